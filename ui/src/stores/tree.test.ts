import { beforeEach, describe, expect, it, vi } from "vitest";
import type { OutlineItem } from "../host/host";
import { type Row, shifted, Tree } from "./tree.svelte";

const scene = (id: number, title = `s${id}`): OutlineItem => ({
  kind: "scene",
  id,
  title,
  beginning: "",
  synopsis: "",
  status: "draft",
  words: id,
  items: [],
});

const chapter = (id: number, items: OutlineItem[], kind: "chapter" | "part" = "chapter"): OutlineItem => ({
  kind,
  id,
  title: `c${id}`,
  beginning: "",
  synopsis: "",
  status: null,
  words: items.reduce((sum, item) => sum + item.words, 0),
  items,
});

/** Part 1 with chapter 2 (scenes 1, 2) and chapter 3 (none); scene 4 at the top. */
const book = () => [chapter(1, [chapter(2, [scene(1), scene(2)]), chapter(3, [])], "part"), scene(4)];

function opened(items = book(), calls = {}) {
  const host = calls as never;
  const around = {
    settled: async () => true,
    open: vi.fn(async () => {}),
    reopen: async () => {},
    version: () => 0,
    cursor: () => 0,
    did: vi.fn(),
    counted: vi.fn(),
    writable: () => true,
  };
  const tree = new Tree(host, around);
  tree.show(1, items, 1);
  return { tree, around };
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

const row = (tree: Tree, key: string): Row => tree.find(key)!;

describe("the tree", () => {
  it("draws rows in reading order, and not what is folded away", () => {
    const { tree } = opened();
    const keys = () => tree.rows.map(({ key }) => key);
    expect(keys()).toEqual(["chapter-1", "chapter-2", "scene-1", "scene-2", "chapter-3", "scene-4"]);
    tree.fold("chapter-2", true);
    expect(keys()).toEqual(["chapter-1", "chapter-2", "chapter-3", "scene-4"]);
  });

  it("remembers what is folded, and unfolds what is opened", () => {
    const { tree } = opened();
    tree.fold("chapter-3", true);
    tree.fold("chapter-2", true);
    const again = opened().tree;
    expect(again.folded).toEqual(["chapter-3"]);
  });

  it("moves a row by one, over the ends of chapters too", () => {
    const { tree } = opened();
    const to = (key: string, way: Parameters<typeof shifted>[1]) => shifted(row(tree, key), way, tree.items);
    expect(to("scene-2", "up")).toEqual({ before: { scene: 1 } });
    expect(to("scene-1", "up")).toBeNull();
    expect(to("scene-2", "down")).toEqual({ in: 3 });
    expect(to("scene-2", "out")).toEqual({ after: { chapter: 2 } });
    expect(to("chapter-3", "in")).toBeNull();
    expect(to("scene-4", "in")).toEqual({ in: 1 });
    expect(to("chapter-1", "out")).toBeNull();
    expect(to("scene-4", "up")).toEqual({ before: { chapter: 1 } });
  });

  it("knows whether a step was the last thing done, and then undoes and redoes it", async () => {
    const step = (undo: string) => ({ undo, saved: [], outline: { items: book() } });
    const undoStep = vi.fn(async (_project: number, undo: string) => step(`not ${undo}`));
    const { tree } = opened(book(), { undoStep });
    expect(tree.justDone).toBe(false);
    tree.written();
    await tree.taken(step("first") as never, "First");
    tree.written();
    await tree.taken(step("second") as never, "Second");
    expect(tree.justDone).toBe(true);
    // The key comes twice before the library answers: what was written between the steps is undone next.
    await Promise.all([tree.undo(true), tree.undo(true)]);
    expect(undoStep.mock.calls).toEqual([[1, "second"]]);
    expect([tree.justDone, tree.justUndone]).toEqual([false, true]);
    await tree.redo(true);
    expect(undoStep).toHaveBeenLastCalledWith(1, "not second");
    expect([tree.justDone, tree.justUndone]).toEqual([true, false]);
    tree.written();
    expect(tree.justDone).toBe(false);
    await tree.undo();
    expect(undoStep).toHaveBeenCalledTimes(3);
  });

  it("counts a save up to the top without asking for the tree again", () => {
    const { tree, around } = opened();
    tree.saved({ scene: 1, version: 1, words: 100, updated_at: "" }, "text");
    expect(tree.words).toBe(106);
    expect(around.counted).toHaveBeenLastCalledWith(106);
    expect(row(tree, "chapter-2").item.words).toBe(102);
  });
});
