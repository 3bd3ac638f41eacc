// Finding in the manuscript, and going to a scene.
import type { Desk } from "../stores/desk.svelte";
import type { Command } from "./command";

const opened = ({ tree }: Desk) => tree.scene !== null;

/** The words that are selected on the page, where the writer is on it. */
const selected = ({ page }: Desk) => (page.focused && page.hasSelection ? page.selection().selection : "");

export const find: Command[] = [
  {
    id: "find",
    group: "find",
    keys: ["Mod-F"],
    when: opened,
    run: (desk) => {
      desk.view.screen = null;
      desk.search.begin(selected(desk), false);
    },
  },
  {
    id: "replace",
    group: "find",
    writes: true,
    keys: ["Mod-Shift-H", "Mod-H"],
    when: opened,
    run: (desk) => {
      desk.view.screen = null;
      desk.search.begin(selected(desk), true);
    },
  },
  {
    id: "find-next",
    group: "find",
    keys: ["F3"],
    when: ({ search }) => search.pattern.text !== "",
    run: ({ search }) => void search.step(1),
  },
  {
    id: "find-previous",
    group: "find",
    keys: ["Shift-F3"],
    when: ({ search }) => search.pattern.text !== "",
    run: ({ search }) => void search.step(-1),
  },
  {
    id: "go-to-scene",
    group: "find",
    keys: ["Mod-G"],
    when: opened,
    run: ({ view }) => (view.dialog = "scenes"),
  },
];
