// Manuscripts, and the tree of the one that is open.
import type { Desk } from "../stores/desk.svelte";
import type { Command } from "./command";
import { inPrompt } from "./workbench";

const writable = ({ ready }: Desk) => ready;
const inTree = ({ tree }: Desk) => tree.scene !== null;

export const manuscripts: Command[] = [
  {
    id: "new",
    group: "manuscripts",
    writes: true,
    keys: ["Mod-N"],
    run: (desk) => void desk.newManuscript(),
  },
  {
    id: "open",
    group: "manuscripts",
    keys: ["Mod-O"],
    run: ({ view }) => (view.dialog = "manuscripts"),
  },
  {
    id: "rename",
    group: "manuscripts",
    writes: true,
    keys: ["F2"],
    when: ({ library }) => library.open !== null,
    run: ({ view }) => (view.renaming = true),
  },
  {
    id: "new-scene",
    group: "manuscripts",
    writes: true,
    keys: ["Mod-Shift-N"],
    when: inTree,
    run: (desk) => desk.step(desk.tree.add("scene")),
  },
  {
    id: "new-chapter",
    group: "manuscripts",
    writes: true,
    when: inTree,
    run: (desk) => desk.step(desk.tree.add("chapter")),
  },
  {
    id: "new-part",
    group: "manuscripts",
    writes: true,
    when: inTree,
    run: (desk) => desk.step(desk.tree.add("part")),
  },
  {
    id: "split",
    group: "manuscripts",
    writes: true,
    keys: ["Mod-Alt-Enter"],
    when: (desk) => desk.ready && !desk.blank,
    run: (desk) => desk.step(desk.tree.split()),
  },
  {
    id: "merge",
    group: "manuscripts",
    writes: true,
    when: (desk) => desk.ready && desk.tree.mergeable,
    run: (desk) => desk.step(desk.tree.merge()),
  },
  {
    id: "next-scene",
    group: "manuscripts",
    keys: ["Alt-PageDown"],
    when: ({ tree }) => tree.scenes.length > 1,
    run: (desk) => desk.step(desk.tree.turn(1)),
  },
  {
    id: "previous-scene",
    group: "manuscripts",
    keys: ["Alt-PageUp"],
    when: ({ tree }) => tree.scenes.length > 1,
    run: (desk) => desk.step(desk.tree.turn(-1)),
  },
  {
    id: "undo-tree",
    group: "manuscripts",
    writes: true,
    when: ({ tree }) => tree.undoable !== null,
    run: (desk) => desk.step(desk.tree.undo()),
  },
  {
    id: "redo-tree",
    group: "manuscripts",
    writes: true,
    when: ({ tree }) => tree.redoable !== null,
    run: (desk) => desk.step(desk.tree.redo()),
  },
  {
    id: "archive",
    group: "manuscripts",
    run: ({ view }) => (view.dialog = "archive"),
  },
  {
    id: "archive-manuscript",
    group: "manuscripts",
    writes: true,
    when: ({ library }) => library.open !== null,
    run: (desk) => void desk.archiveManuscript(),
  },
  {
    id: "sample",
    group: "manuscripts",
    writes: true,
    when: ({ library }) => library.samples.length > 0,
    run: ({ view }) => (view.dialog = "samples"),
  },
  {
    id: "begin",
    group: "manuscripts",
    keys: ["Mod-Shift-B"],
    when: (desk) => desk.ready && desk.blank && desk.library.samples.length > 0,
    run: (desk) => void desk.beginWithSample(0),
  },
  {
    id: "save",
    group: "manuscripts",
    writes: true,
    keys: ["Mod-S"],
    when: writable,
    // What is written in the workbench is kept as a version.
    run: (desk) => (inPrompt(desk) ? desk.workbench.editing.ask("version") : desk.keep()),
  },
];
