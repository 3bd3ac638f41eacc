// What is shown, where the focus goes, how it looks.
import { tick } from "svelte";
import { LANGUAGES } from "../words/words.svelte";
import type { Desk } from "../stores/desk.svelte";
import type { Command } from "./command";

const writable = ({ ready }: Desk) => ready;

export const window: Command[] = [
  {
    id: "commands",
    group: "window",
    keys: ["Mod-P", "Mod-Shift-P"],
    run: ({ view }) => (view.dialog = "commands"),
  },
  {
    id: "keys",
    group: "window",
    keys: ["Mod-/"],
    run: ({ view }) => (view.dialog = "keys"),
  },
  {
    id: "nav",
    group: "window",
    keys: ["Mod-\\"],
    run: ({ view }) => view.toggleNav(),
  },
  {
    id: "focus-nav",
    group: "window",
    keys: ["Mod-1"],
    run: ({ view }) => {
      view.nav = true;
      void tick().then(() =>
        document.querySelector<HTMLElement>("nav [role=treeitem][tabindex='0']")?.focus(),
      );
    },
  },
  {
    id: "focus-page",
    group: "window",
    keys: ["Mod-2"],
    when: writable,
    run: (desk) => desk.toPage(),
  },
  {
    id: "focus-panel",
    group: "window",
    keys: ["Mod-3"],
    when: ({ session, view }) => session.phase !== "idle" || session.stray !== null || view.sent,
    run: () => document.querySelector<HTMLElement>("aside [tabindex='0'], aside button")?.focus(),
  },
  {
    id: "sent",
    group: "window",
    when: ({ session }) => session.report !== null,
    run: ({ view }) => (view.sent = !view.sent),
  },
  {
    id: "welcome",
    group: "window",
    when: (desk) => desk.ready && desk.blank,
    run: (desk) => {
      desk.view.welcome = true;
      desk.toPage();
    },
  },
  {
    id: "settings",
    group: "window",
    keys: ["Mod-,"],
    run: ({ view }) => (view.dialog = "settings"),
  },
  {
    id: "light",
    group: "window",
    run: (desk) => desk.change({ theme: "light" }),
  },
  {
    id: "dark",
    group: "window",
    run: (desk) => desk.change({ theme: "dark" }),
  },
  {
    id: "system",
    group: "window",
    run: (desk) => desk.change({ theme: "system" }),
  },
  {
    id: "language-system",
    group: "window",
    run: (desk) => desk.change({ language: null }),
  },
  ...LANGUAGES.map((language): Command => ({
    id: `language-${language}`,
    group: "window",
    run: (desk) => desk.change({ language }),
  })),
];
