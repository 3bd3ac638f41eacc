// Marks misspelt words. Which they are is asked of whoever knows, a moment after the last key and never while words are
// composed. Blocks that stay are the same objects, so only blocks that changed are asked about again; until the answer
// comes, their marks go along with the text. The word that is being typed is left alone.
import type { Node } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";

/** A word that no dictionary knows, by its place in the text of a block. */
export interface Misspelt {
  from: number;
  to: number;
  word: string;
}

/** Answers for each of some blocks; `null`: nothing can be said, and nothing more is asked until it is asked for anew. */
export type Speller = (blocks: string[]) => Promise<Misspelt[][] | null>;

interface Spelling {
  on: boolean;
  /** Counts how often all was to be asked about anew. */
  anew: number;
  /** All marks. */
  words: DecorationSet;
  /** The marks without the word that is being typed. */
  drawn: DecorationSet;
  typing: boolean;
}

type Change = { on: boolean } | { words: DecorationSet };

const key = new PluginKey<Spelling>("spelling");
const NONE: Spelling = {
  on: false,
  anew: 0,
  words: DecorationSet.empty,
  drawn: DecorationSet.empty,
  typing: false,
};

/** How long after the last key it is asked, in milliseconds. */
const PAUSE = 350;
/** So many characters are asked about at once: an answer comes soon, and the next question after it. */
const AT_ONCE = 20_000;

export function spelling(ask: Speller): Plugin<Spelling> {
  return new Plugin<Spelling>({
    key,
    state: { init: () => NONE, apply },
    props: { decorations: (state) => key.getState(state)?.drawn },
    view: (view) => new Asking(view, ask),
  });
}

/** Begins or ends to mark misspelt words; what is known already is asked anew. */
export function setSpelling(state: EditorState, on: boolean): Transaction {
  return state.tr.setMeta(key, { on } satisfies Change).setMeta("addToHistory", false);
}

/** The misspelt word at a place, by its place on the page. */
export function misspeltAt(state: EditorState, pos: number): Misspelt | null {
  return spanOf(key.getState(state)?.words.find(pos, pos)[0]);
}

/** The misspelt word that comes next after a place, or before it; over the ends too. */
export function nextMisspelt(state: EditorState, from: number, by: 1 | -1): Misspelt | null {
  const all = (key.getState(state)?.words.find() ?? []).sort((a, b) => a.from - b.from);
  const next =
    by === 1
      ? (all.find((one) => one.from >= from) ?? all[0])
      : (all.findLast((one) => one.to < from) ?? all.at(-1));
  return spanOf(next);
}

function apply(tr: Transaction, old: Spelling): Spelling {
  const change = tr.getMeta(key) as Change | undefined;
  if (change && "on" in change) return { ...(change.on ? old : NONE), on: change.on, anew: old.anew + 1 };
  if (!old.on || !(change || tr.docChanged || tr.selectionSet)) return old;
  const words = change ? change.words : tr.docChanged ? old.words.map(tr.mapping, tr.doc) : old.words;
  const typing = tr.docChanged ? tr.selection.empty : old.typing && !tr.selectionSet;
  const own = typing ? words.find(tr.selection.head, tr.selection.head) : [];
  return { ...old, words, typing, drawn: own.length ? words.remove(own) : words };
}

function spanOf(mark: Decoration | undefined): Misspelt | null {
  return mark ? { from: mark.from, to: mark.to, word: String(mark.spec.word) } : null;
}

/** Asks about what is not known, and draws what is. */
class Asking {
  readonly #view: EditorView;
  readonly #ask: Speller;
  #known = new WeakMap<Node, Misspelt[]>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #over = false;

  constructor(view: EditorView, ask: Speller) {
    this.#view = view;
    this.#ask = ask;
  }

  update(view: EditorView, before: EditorState): void {
    const [old, now] = [key.getState(before)!, key.getState(view.state)!];
    if (now.anew !== old.anew) {
      this.#known = new WeakMap();
      this.#soon(0);
    } else if (now.on && view.state.doc !== before.doc) this.#soon(PAUSE);
  }

  destroy(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  #soon(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), ms);
  }

  async #look(): Promise<void> {
    if (this.#over || !this.#now.on) return;
    if (this.#view.composing || this.#busy) return this.#soon(PAUSE);
    this.#draw();
    const blocks = this.#unknown();
    if (!blocks.length) return;
    const { anew } = this.#now;
    this.#busy = true;
    const answers = await this.#ask(blocks.map(textOf));
    this.#busy = false;
    if (this.#over || !answers) return;
    if (anew === this.#now.anew) blocks.forEach((block, at) => this.#known.set(block, answers[at] ?? []));
    this.#soon(0);
  }

  get #now(): Spelling {
    return key.getState(this.#view.state)!;
  }

  #unknown(): Node[] {
    const blocks: Node[] = [];
    let length = 0;
    this.#view.state.doc.descendants((node) => {
      if (!node.isTextblock) return length < AT_ONCE;
      if (length >= AT_ONCE || this.#known.has(node) || !node.content.size) return false;
      length += node.content.size;
      blocks.push(node);
      return false;
    });
    return blocks;
  }

  /** Draws the blocks that are known and look otherwise. */
  #draw(): void {
    const { doc, tr } = this.#view.state;
    let { words } = this.#now;
    doc.descendants((node, pos) => {
      if (!node.isTextblock) return true;
      const known = this.#known.get(node);
      if (!known) return false;
      const there = words.find(pos + 1, pos + 1 + node.content.size);
      const same =
        there.length === known.length &&
        known.every(({ from, to }) =>
          there.some((one) => one.from === pos + 1 + from && one.to === pos + 1 + to),
        );
      if (!same)
        words = words.remove(there).add(
          doc,
          known.map((one) => markOf(one, pos + 1)),
        );
      return false;
    });
    if (words !== this.#now.words)
      this.#view.dispatch(tr.setMeta(key, { words } satisfies Change).setMeta("addToHistory", false));
  }
}

function markOf({ from, to, word }: Misspelt, start: number): Decoration {
  return Decoration.inline(start + from, start + to, { class: "misspelt" }, { word });
}

/** As long as the block itself: what is no text is one character of it. */
function textOf(block: Node): string {
  return block.textBetween(0, block.content.size, "\n", "\n");
}
