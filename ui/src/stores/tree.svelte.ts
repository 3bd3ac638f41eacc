// The tree of the open manuscript and the steps on it. Every step can be taken back: the library answers each with what
// undoes it, and undoing with what redoes. Steps that touch words first wait until the page is on disk.
import type { ItemKind, ItemPlace, ItemRef, OutlineItem, Saved, TreeHost, TreeStep } from "../host/host";
import { t } from "../words/words.svelte";

/** What the tree needs of the desk. */
export interface Around {
  /** Saves what is on the page; false when it cannot be saved. */
  settled(): Promise<boolean>;
  /** Opens a scene on the page. */
  open(scene: number): Promise<void>;
  /** Shows the open scene anew, whose text a step has changed. */
  reopen(): Promise<void>;
  /** The version of the open scene. */
  version(): number;
  /** The cursor, as a position of the editor. */
  cursor(): number;
  /** Tells of a step that can be taken back. */
  did(message: string): void;
  /** The project's words changed. */
  counted(words: number): void;
  /** Whether anything can be changed; tells when it cannot. */
  writable(): boolean;
}

/** Something in the tree, with where it stands. */
export interface Row {
  item: OutlineItem;
  ref: ItemRef;
  /** Names it in this page. */
  key: string;
  level: number;
  parent: OutlineItem | null;
  /** Those that stand beside it, itself among them. */
  siblings: OutlineItem[];
}

interface Step {
  message: string;
  undo: string;
  /** How often the page had been changed when it was done, or undone. */
  changes: number;
}

export class Tree {
  items = $state<OutlineItem[]>([]);
  /** The scene on the page. */
  scene = $state<number | null>(null);
  /** Keys of parts and chapters that are folded. */
  folded = $state<string[]>([]);
  /** What is being renamed. */
  renaming = $state<string | null>(null);
  /** Where the keys are in the tree. */
  at = $state<string | null>(null);
  undoable = $state<string | null>(null);
  redoable = $state<string | null>(null);

  readonly #host: TreeHost;
  readonly #around: Around;
  #project: number | null = null;
  #done: Step[] = [];
  #undone: Step[] = [];
  #changes = 0;
  /** Done when steps are undone and redone that are being so. */
  #walked: Promise<unknown> = Promise.resolve();

  constructor(host: TreeHost, around: Around) {
    this.#host = host;
    this.#around = around;
  }

  get project(): number | null {
    return this.#project;
  }

  /** Rows as they are drawn: what is folded away is left out. */
  readonly rows = $derived(this.#rows(this.items, 1, null));
  readonly scenes = $derived(flat(this.items).filter((item) => item.kind === "scene"));
  readonly words = $derived(this.items.reduce((sum, item) => sum + item.words, 0));

  /** Begins with the tree of a project and the scene that is open in it. */
  show(project: number, items: OutlineItem[], scene: number): void {
    if (project !== this.#project) {
      this.#project = project;
      this.folded = recall(project);
      this.#done = [];
      this.#undone = [];
      this.#told();
    }
    this.items = items;
    this.scene = scene;
    this.at = keyOf({ scene });
    this.#unfold(this.at);
  }

  /** Lets go of the steps that were done: the library is another. */
  forget(): void {
    this.#project = null;
  }

  /** A save went through. */
  saved(saved: Saved, text: string): void {
    const beginning = text.slice(0, 80);
    this.items = counted(this.items, saved, beginning);
    this.#around.counted(this.words);
  }

  /** Something else is said of an item, beside its title and text. */
  amend(ref: ItemRef, said: Partial<Pick<OutlineItem, "synopsis" | "status">>): void {
    this.items = amended(this.items, keyOf(ref), said);
  }

  /** The open scene's place in the tree, from the top. */
  get path(): OutlineItem[] {
    return this.scene === null ? [] : pathTo(this.items, keyOf({ scene: this.scene }));
  }

  /** The row of the open scene, folded away or not. */
  get here(): Row | undefined {
    return this.#row(this.scene);
  }

  /** What the open scene is called. */
  get title(): string {
    const item = this.path.at(-1);
    return item ? nameOf(item) : "";
  }

  find(key: string | null): Row | undefined {
    return this.rows.find((row) => row.key === key);
  }

  fold(key: string, folded: boolean): void {
    this.folded = folded ? [...new Set([...this.folded, key])] : this.folded.filter((other) => other !== key);
    if (this.#project !== null) remember(this.#project, this.folded);
  }

  /** Makes something after a row (or after the open scene) and opens its page. */
  async add(kind: ItemKind, after = this.#row(this.at) ?? this.here): Promise<void> {
    const project = this.#project;
    if (project === null || !(await this.#around.settled())) return;
    const step = await this.#host.addItem(project, kind, "", placeFor(kind, after, this.items));
    this.#took(step, t(`tree-added-${kind}`));
    if (step.made?.scene !== undefined) await this.#around.open(step.made.scene);
    const made = step.made && pathTo(this.items, keyOf(step.made));
    this.renaming = kind === "scene" ? null : made && made.length > 1 ? keyOf(refOf(made.at(-2)!)) : null;
  }

  async rename(row: Row, title: string): Promise<void> {
    this.renaming = null;
    if (title.trim() === row.item.title || !this.#around.writable()) return;
    const step = await this.#host.renameItem(row.ref, title);
    this.#took(step, t("tree-renamed", { name: nameOf(row.item) }), false);
  }

  async move(row: Row, place: ItemPlace, tell = false): Promise<void> {
    if (!this.#around.writable()) return;
    const step = await this.#host.moveItem(row.ref, place);
    this.#took(step, t("tree-moved", { name: nameOf(row.item) }), tell);
    this.#unfold(row.key);
    this.at = row.key;
  }

  /** Moves a row by one among those beside it, or out of or into what is next to it; `tell` where the tree is not looked at. */
  async shift(row: Row, way: "up" | "down" | "in" | "out", tell = false): Promise<void> {
    const place = shifted(row, way, this.items);
    if (place) await this.move(row, place, tell);
  }

  async duplicate(row: Row): Promise<void> {
    if (!(await this.#around.settled())) return;
    const step = await this.#host.duplicateItem(row.ref);
    this.#took(step, t("tree-duplicated", { name: nameOf(row.item) }));
    if (step.made) this.at = keyOf(step.made);
    if (step.made?.scene !== undefined) await this.#around.open(step.made.scene);
  }

  /** Puts a row away with all it holds; when the open scene goes with it, its neighbour is opened. */
  async archive(row: Row): Promise<void> {
    if (!(await this.#around.settled())) return;
    const before = this.scenes.map(({ id }) => id);
    this.#took(await this.#host.archiveItem(row.ref), t("tree-archived", { name: nameOf(row.item) }));
    await this.#openLeft(before);
  }

  async unarchive(ref: ItemRef, name: string): Promise<void> {
    if (!this.#around.writable()) return;
    const step = await this.#host.unarchiveItem(ref);
    this.#took(step, t("tree-unarchived", { name }));
    this.at = keyOf(ref);
    if (ref.scene !== undefined) await this.#around.open(ref.scene);
  }

  archived() {
    return this.#project === null ? Promise.resolve([]) : this.#host.archivedItems(this.#project);
  }

  /** Cuts the open scene in two at the cursor, and goes on in the second. */
  async split(): Promise<void> {
    if (this.scene === null || !(await this.#around.settled())) return;
    const { version, cursor } = this.#around;
    const step = await this.#host.splitScene(this.scene, version(), cursor(), "");
    this.#took(step, t("tree-split"));
    if (step.made?.scene !== undefined) await this.#around.open(step.made.scene);
  }

  /** Puts the scene that comes next at the end of the open one. */
  async merge(): Promise<void> {
    if (this.scene === null || !(await this.#around.settled())) return;
    this.#took(await this.#host.mergeScene(this.scene, this.#around.version()), t("tree-merged"));
    await this.#around.reopen();
  }

  /** Whether a scene comes right after the open one. */
  get mergeable(): boolean {
    const row = this.here;
    const at = row?.siblings.findIndex((item) => item.kind === "scene" && item.id === this.scene) ?? -1;
    return row?.siblings[at + 1]?.kind === "scene";
  }

  /** Opens the scene so many further on; false when there is none. */
  async turn(by: 1 | -1): Promise<boolean> {
    const next = this.scenes[this.scenes.findIndex(({ id }) => id === this.scene) + by];
    if (!next) return false;
    await this.#around.open(next.id);
    return true;
  }

  /** The page changed: what was done here before is not the last thing that was done. */
  written(): void {
    this.#changes++;
  }

  /** Whether the step that can be undone was the last thing that was done. */
  get justDone(): boolean {
    return this.#isLast(this.#done.at(-1));
  }

  /** Whether the last thing that was done was to undo the step that can be redone. */
  get justUndone(): boolean {
    return this.#isLast(this.#undone.at(-1));
  }

  /** Undoes the last step; with `just` only if nothing was written since. */
  undo(just = false): Promise<void> {
    return this.#walk(async () => {
      if (!just || this.justDone)
        await this.#back(this.#done, this.#undone, (step) => t("tree-undone", { step }));
    });
  }

  redo(just = false): Promise<void> {
    return this.#walk(async () => {
      if (!just || this.justUndone)
        await this.#back(this.#undone, this.#done, (step) => t("tree-redone", { step }));
    });
  }

  /** A step that something else has made on the open manuscript: it is shown, and undone as those on the tree are. */
  async taken(step: TreeStep, message: string): Promise<void> {
    this.#took(step, message);
    if (step.saved.some(({ scene }) => scene === this.scene)) await this.#around.reopen();
  }

  /** Reads the tree anew: something outside of it has changed it. */
  async refresh(): Promise<void> {
    if (this.#project === null) return;
    this.items = (await this.#host.outline(this.#project)).items;
    this.#around.counted(this.words);
  }

  /** One after the other: the key comes again before the library has answered. */
  #walk(step: () => Promise<void>): Promise<void> {
    const walked = this.#walked.then(step);
    this.#walked = walked.catch(() => {});
    return walked;
  }

  #isLast(step: Step | undefined): boolean {
    return step?.changes === this.#changes;
  }

  async #back(from: Step[], to: Step[], told: (step: string) => string): Promise<void> {
    const step = from.at(-1);
    if (!step || this.#project === null || !(await this.#around.settled())) return;
    const before = this.scenes.map(({ id }) => id);
    const done = await this.#host.undoStep(this.#project, step.undo);
    from.pop();
    to.push({ message: step.message, undo: done.undo, changes: this.#changes });
    this.#take(done);
    this.#told();
    this.#around.did(told(step.message));
    if (done.saved.some(({ scene }) => scene === this.scene)) await this.#around.reopen();
    // A scene that goes by an undo was made from the one before it.
    await this.#openLeft(before, from === this.#done);
  }

  /** When the open scene is no longer in the tree: the nearest of those that came after it, or `back` before it. */
  async #openLeft(before: number[], back = false): Promise<void> {
    const here = new Set(this.scenes.map(({ id }) => id));
    if (this.scene !== null && here.has(this.scene)) return;
    const at = before.indexOf(this.scene ?? -1);
    const [earlier, later] = [before.slice(0, Math.max(0, at)).reverse(), before.slice(at + 1)];
    const left = back ? [...earlier, ...later] : [...later, ...earlier];
    const next = left.find((id) => here.has(id)) ?? this.scenes[0]?.id;
    if (next !== undefined) return this.#around.open(next);
    // A manuscript always has a page to write on.
    const step = await this.#host.addItem(this.#project!, "scene", "", { in: null });
    this.#take(step);
    if (step.made?.scene !== undefined) await this.#around.open(step.made.scene);
  }

  #took(step: TreeStep, message: string, tell = true): void {
    this.#done.push({ message, undo: step.undo, changes: this.#changes });
    this.#undone = [];
    this.#take(step);
    this.#told();
    if (tell) this.#around.did(message);
  }

  #take(step: TreeStep): void {
    this.items = step.outline.items;
    this.#around.counted(this.words);
  }

  #told(): void {
    this.undoable = this.#done.at(-1)?.message ?? null;
    this.redoable = this.#undone.at(-1)?.message ?? null;
  }

  #row(which: string | number | null): Row | undefined {
    const key = typeof which === "number" ? keyOf({ scene: which }) : which;
    return this.#all(this.items, 1, null).find((row) => row.key === key);
  }

  #rows(items: OutlineItem[], level: number, parent: OutlineItem | null): Row[] {
    return items.flatMap((item) => {
      const row = rowOf(item, level, parent, items);
      return this.folded.includes(row.key) ? [row] : [row, ...this.#rows(item.items, level + 1, item)];
    });
  }

  #all(items: OutlineItem[], level: number, parent: OutlineItem | null): Row[] {
    return items.flatMap((item) => [
      rowOf(item, level, parent, items),
      ...this.#all(item.items, level + 1, item),
    ]);
  }

  #unfold(key: string): void {
    const above = pathTo(this.items, key)
      .slice(0, -1)
      .map((item) => keyOf(refOf(item)));
    if (above.some((key) => this.folded.includes(key)))
      this.folded = this.folded.filter((key) => !above.includes(key));
  }
}

export function refOf({ kind, id }: OutlineItem): ItemRef {
  return kind === "scene" ? { scene: id } : { chapter: id };
}

export function keyOf(ref: ItemRef): string {
  return ref.scene !== undefined ? `scene-${ref.scene}` : `chapter-${ref.chapter}`;
}

/** What something is called: its title, else how it begins, else what it is. */
export function nameOf(item: Pick<OutlineItem, "kind" | "title" | "beginning">): string {
  const begins = item.beginning.replace(/^#+ |\s+/g, (found) => (found.startsWith("#") ? "" : " ")).trim();
  const short = begins.length > 32 ? `${begins.slice(0, 32).replace(/\s+\S*$/, "")}…` : begins;
  return item.title || short || t(`tree-untitled-${item.kind}`);
}

function rowOf(item: OutlineItem, level: number, parent: OutlineItem | null, siblings: OutlineItem[]): Row {
  const ref = refOf(item);
  return { item, ref, key: keyOf(ref), level, parent, siblings };
}

/** Where something new of a kind stands when it is made beside a row. */
function placeFor(kind: ItemKind, after: Row | undefined, items: OutlineItem[]): ItemPlace {
  if (!after) return { in: null };
  if (kind === "scene") return after.item.kind === "scene" ? { after: after.ref } : { in: after.item.id };
  const path = pathTo(items, after.key);
  const top = path[0]!;
  if (kind === "part") return { after: refOf(top) };
  // A chapter stands beside the chapter the row is in, or in its part.
  const chapter = path.find((item) => item.kind === "chapter");
  if (chapter) return { after: refOf(chapter) };
  if (top.kind === "part") return path.length > 1 ? { after: refOf(path[1]!) } : { in: top.id };
  return { after: refOf(top) };
}

/** Where a row goes by one step; null where there is no way. */
export function shifted(row: Row, way: "up" | "down" | "in" | "out", items: OutlineItem[]): ItemPlace | null {
  const at = row.siblings.indexOf(row.item);
  const before = row.siblings[at - 1];
  const after = row.siblings[at + 1];
  if (way === "up" && before) return { before: refOf(before) };
  if (way === "down" && after) return { after: refOf(after) };
  if (way === "in") return before && holds(before, row.item) ? { in: before.id } : null;
  if (way === "out") {
    const above = row.parent;
    return above && row.item.kind !== "part" ? { after: refOf(above) } : null;
  }
  // At an end: into the neighbouring chapter.
  const path = pathTo(items, row.key);
  const parent = path.at(-2);
  if (!parent) return null;
  const uncles = path.at(-3)?.items ?? items;
  const next = uncles[uncles.indexOf(parent) + (way === "up" ? -1 : 1)];
  if (!next || !holds(next, row.item)) return null;
  const first = next.items[0];
  return way === "down" && first ? { before: refOf(first) } : { in: next.id };
}

/** Whether one kind of thing may stand in another. */
export function holds(outer: OutlineItem, inner: OutlineItem): boolean {
  if (outer.kind === "scene" || inner.kind === "part") return false;
  return outer.kind === "part" || inner.kind === "scene";
}

export function pathTo(items: OutlineItem[], key: string): OutlineItem[] {
  for (const item of items) {
    if (keyOf(refOf(item)) === key) return [item];
    const below = pathTo(item.items, key);
    if (below.length) return [item, ...below];
  }
  return [];
}

export function flat(items: OutlineItem[]): OutlineItem[] {
  return items.flatMap((item) => [item, ...flat(item.items)]);
}

/** The tree with the words of a scene as they are now. */
function counted(items: OutlineItem[], saved: Saved, beginning: string): OutlineItem[] {
  return items.map((item) => {
    if (item.kind === "scene") {
      if (item.id !== saved.scene) return item;
      return { ...item, words: saved.words, beginning: item.title ? "" : beginning };
    }
    const inner = counted(item.items, saved, beginning);
    if (inner.every((one, at) => one === item.items[at])) return item;
    return { ...item, items: inner, words: inner.reduce((sum, one) => sum + one.words, 0) };
  });
}

function amended(items: OutlineItem[], key: string, said: Partial<OutlineItem>): OutlineItem[] {
  return items.map((item) => {
    if (keyOf(refOf(item)) === key) return { ...item, ...said };
    return item.items.length ? { ...item, items: amended(item.items, key, said) } : item;
  });
}

const FOLDED = "foolscap.folded.";

function recall(project: number): string[] {
  const kept: unknown = JSON.parse(localStorage.getItem(FOLDED + project) ?? "[]");
  return Array.isArray(kept) ? kept.filter((key) => typeof key === "string") : [];
}

function remember(project: number, folded: string[]): void {
  localStorage.setItem(FOLDED + project, JSON.stringify(folded));
}
