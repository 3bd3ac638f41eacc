// Starts the page on whatever host there is.
import "@fontsource-variable/literata/wght.css";
import "@fontsource-variable/literata/wght-italic.css";
import "@fontsource-variable/inter/wght.css";
import "./style/arabic.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/prose.css";
import { mount } from "svelte";
import App from "./App.svelte";
import type { Host } from "./host/host";
import { Desk } from "./stores/desk.svelte";
import { t } from "./words/words.svelte";

async function host(): Promise<Host> {
  if (window.__TAURI_INTERNALS__) return (await import("./host/tauri")).tauriHost();
  if (import.meta.env.MODE !== "production") return (await import("./host/fake")).fakeHost();
  throw new Error(t("window-elsewhere"));
}

const target = document.getElementById("app")!;
host().then(
  (found) => {
    const desk = new Desk(found);
    // What browser tests reach of the page itself.
    if (import.meta.env.MODE !== "production") Object.assign(window, { __desk: desk });
    mount(App, { target, props: { desk } });
  },
  (thrown: Error) => (target.textContent = thrown.message),
);
