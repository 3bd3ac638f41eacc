// Shows which words a machine made, and which of them the writer changed since, by the rules of the library's report
// (`crates/manuscript/src/provenance.rs`). Only the block that changed is looked at again.
import type { Mark, Node } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { schema } from "./schema";

/** Where words of a machine came from. */
export interface Origin {
  request: string;
  candidate: number;
  /** Empty where it is not known. */
  model: string;
  /** All the machine wrote; `null` where it is not known. */
  text: string | null;
}

/** Says who wrote words: a machine, or a machine and then the writer. */
export type Telling = (model: string, changed: boolean) => string;

interface Authors {
  shown: boolean;
  origins: Map<string, Origin>;
  drawn: DecorationSet;
}

type Change = { shown: boolean } | { origins: Origin[] };

/** A run of a machine's words in a block. */
export interface Made {
  from: number;
  to: number;
  request: string;
  candidate: number;
  changed: boolean;
}

const key = new PluginKey<Authors>("authors");
const { machine } = schema.marks;

export function authors(tell: Telling): Plugin<Authors> {
  return new Plugin<Authors>({
    key,
    state: {
      init: () => ({ shown: false, origins: new Map(), drawn: DecorationSet.empty }),
      apply: (tr, old) => {
        const asked = tr.getMeta(key) as Change | undefined;
        const now = asked ? changed(old, asked) : old;
        if (!now.shown)
          return now.drawn === DecorationSet.empty ? now : { ...now, drawn: DecorationSet.empty };
        if (asked) return { ...now, drawn: DecorationSet.create(tr.doc, drawAll(tr.doc, now.origins, tell)) };
        if (!tr.docChanged) return now;
        // Words that are being composed must not have their spans changed around them.
        const composing = tr.getMeta("composition") !== undefined;
        return { ...now, drawn: composing ? now.drawn.map(tr.mapping, tr.doc) : redrawn(tr, now, tell) };
      },
    },
    props: { decorations: (state) => key.getState(state)?.drawn },
  });
}

export function showAuthors(state: EditorState, shown: boolean): Transaction {
  return state.tr.setMeta(key, { shown } satisfies Change);
}

/** Tells where words came from, besides what was told before. */
export function tellOrigins(state: EditorState, origins: Origin[]): Transaction {
  return state.tr.setMeta(key, { origins } satisfies Change);
}

/** Every answer of a machine that the page has words of. */
export function answersIn(doc: Node): Pick<Origin, "request" | "candidate">[] {
  const found = new Map<string, Pick<Origin, "request" | "candidate">>();
  doc.descendants((node) => {
    const mark = machine.isInSet(node.marks) as Mark | undefined;
    if (!mark) return;
    const { request, candidate } = mark.attrs as Origin;
    found.set(nameOf({ request, candidate }), { request, candidate });
  });
  return [...found.values()];
}

/** What a block has of machines' words. Without a record it can only be seen that something stands in their middle. */
export function madeIn(block: Node, origins: ReadonlyMap<string, Origin>): Made[] {
  const runs: (Made & { text: string })[] = [];
  const text = block.textBetween(0, block.content.size, "\n", "\n");
  block.forEach((inline, offset) => {
    const mark = machine.isInSet(inline.marks) as Mark | undefined;
    if (!mark) return;
    const { request, candidate } = mark.attrs as { request: string; candidate: number };
    const last = runs.at(-1);
    const goesOn = last?.to === offset && last.request === request && last.candidate === candidate;
    if (goesOn) last.to = offset + inline.nodeSize;
    else
      runs.push({ from: offset, to: offset + inline.nodeSize, request, candidate, changed: false, text: "" });
  });
  for (const run of runs) {
    const own = runs.filter((one) => nameOf(one) === nameOf(run));
    const passage = text.slice(own[0]!.from, own.at(-1)!.to);
    const made = origins.get(nameOf(run))?.text;
    run.changed = made == null ? own.length > 1 : !inOneLine(made).includes(inOneLine(passage));
    run.changed ||= inWord(text, run.from) || inWord(text, run.to);
  }
  return runs;
}

/** Whether a place is in the middle of a word. */
function inWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}]$/u.test(text.slice(0, at)) && /^[\p{L}\p{N}]/u.test(text.slice(at));
}

function inOneLine(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(" ");
}

function nameOf({ request, candidate }: { request: string; candidate: number }): string {
  return `${candidate} ${request}`;
}

function changed(old: Authors, asked: Change): Authors {
  if ("shown" in asked) return { ...old, shown: asked.shown };
  const origins = new Map(old.origins);
  for (const origin of asked.origins) origins.set(nameOf(origin), origin);
  return { ...old, origins };
}

function drawAll(doc: Node, origins: Authors["origins"], tell: Telling, from = 0, to = doc.content.size) {
  const drawn: Decoration[] = [];
  doc.nodesBetween(from, to, (block, pos) => {
    if (!block.isTextblock) return true;
    for (const made of madeIn(block, origins)) {
      const says = tell(origins.get(nameOf(made))?.model ?? "", made.changed);
      const looks = { class: made.changed ? "by-both" : "by-machine", title: says };
      drawn.push(Decoration.inline(pos + 1 + made.from, pos + 1 + made.to, looks));
    }
    return false;
  });
  return drawn;
}

/** What is drawn after a change: moved with the text, and drawn anew in the blocks that changed. */
function redrawn(tr: Transaction, { origins, drawn }: Authors, tell: Telling): DecorationSet {
  const { start, end } = differing(tr.before, tr.doc);
  const moved = drawn.map(tr.mapping, tr.doc);
  return moved.remove(moved.find(start, end)).add(tr.doc, drawAll(tr.doc, origins, tell, start, end));
}

/** From the first block that is another to the last, in the document after. Blocks that stay are the same objects. */
function differing(before: Node, after: Node): { start: number; end: number } {
  const least = Math.min(before.childCount, after.childCount);
  let [first, start, last, end] = [0, 0, 0, after.content.size];
  for (; first < least && before.child(first) === after.child(first); first++)
    start += after.child(first).nodeSize;
  const at = (doc: Node) => doc.child(doc.childCount - 1 - last);
  for (; last < least - first && at(before) === at(after); last++) end -= at(after).nodeSize;
  return { start, end };
}
