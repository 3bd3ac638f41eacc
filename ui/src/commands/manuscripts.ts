// Manuscripts, and the tree of the one that is open.
import type { Desk } from "../stores/desk.svelte";
import { type Row, shifted, type Tree } from "../stores/tree.svelte";
import type { Command } from "./command";
import { inPrompt } from "./workbench";

const writable = ({ ready }: Desk) => ready;
const inTree = ({ tree }: Desk) => tree.scene !== null;
const movable =
  (way: "up" | "down") =>
  ({ tree }: Desk) =>
    !!tree.here && shifted(tree.here, way, tree.items) !== null;

/** A step that the menu of a row takes on that row, on the row of the open scene. */
function here(step: (tree: Tree, row: Row) => Promise<void>): (desk: Desk) => void {
  return (desk) => desk.step(step(desk.tree, desk.tree.here!));
}

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
    id: "duplicate-scene",
    group: "manuscripts",
    writes: true,
    when: ({ tree }) => !!tree.here,
    run: here((tree, row) => tree.duplicate(row)),
  },
  {
    id: "put-away-scene",
    group: "manuscripts",
    writes: true,
    when: ({ tree }) => !!tree.here,
    run: here((tree, row) => tree.archive(row)),
  },
  {
    id: "move-up",
    group: "manuscripts",
    writes: true,
    when: movable("up"),
    run: here((tree, row) => tree.shift(row, "up", true)),
  },
  {
    id: "move-down",
    group: "manuscripts",
    writes: true,
    when: movable("down"),
    run: here((tree, row) => tree.shift(row, "down", true)),
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
