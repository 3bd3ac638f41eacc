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
    keys: ["Mod-/", "?"],
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
    keys: ["Mod-3"],
    group: "window",
    run: ({ view }) => {
      view.screen = null;
      view.cardFirst = false;
      if (!document.querySelector("aside.panel")) view.showSide(true);
      void tick().then(() => {
        const wanted = ["[role=listbox]", "[role=group] [type=checkbox]", "[tabindex='0']", "button"];
        const found = wanted.map((one) => document.querySelector<HTMLElement>(`.panel ${one}`));
        found.find((one) => one !== null)?.focus();
      });
    },
  },
  {
    id: "focus-notice",
    group: "window",
    keys: ["Mod-5"],
    when: ({ notices }) => notices.latest !== undefined,
    run: ({ notices }) => {
      // What lies under a view is drawn as well, and cannot be reached.
      const buttons = document.querySelectorAll<HTMLElement>(
        `[data-notice="${notices.latest?.subject}"] button`,
      );
      [...buttons].find((one) => !one.closest("[inert]"))?.focus();
    },
  },
  {
    id: "panel",
    group: "window",
    run: ({ view }) => view.showSide(!view.side),
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
