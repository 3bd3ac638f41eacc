// Earlier states of a scene, and who wrote what.
import type { Desk } from "../stores/desk.svelte";
import type { Command } from "./command";

const opened = ({ tree }: Desk) => tree.scene !== null;

export const history: Command[] = [
  {
    id: "history",
    group: "history",
    keys: ["Mod-Alt-H"],
    when: opened,
    run: ({ view }) => (view.screen = view.screen === "history" ? null : "history"),
  },
  {
    id: "snapshot",
    group: "history",
    writes: true,
    keys: ["Mod-Alt-S"],
    when: opened,
    run: ({ view }) => (view.dialog = "snapshot"),
  },
  {
    id: "snapshot-all",
    group: "history",
    writes: true,
    keys: ["Mod-Alt-Shift-S"],
    when: opened,
    run: ({ view }) => (view.dialog = "snapshot-all"),
  },
  {
    id: "who",
    group: "history",
    keys: ["Alt-W"],
    onPage: true,
    when: (desk) => desk.ready && !desk.blank,
    run: (desk) => {
      desk.step(desk.authorship.ask());
      desk.view.dialog = "who";
    },
  },
  {
    id: "authorship",
    group: "history",
    keys: ["Mod-Alt-W"],
    when: opened,
    run: ({ view }) => (view.screen = view.screen === "authorship" ? null : "authorship"),
  },
  {
    id: "backups",
    group: "history",
    keys: ["Mod-Alt-B"],
    run: ({ view }) => (view.dialog = "backups"),
  },
];
