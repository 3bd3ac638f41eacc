// Passages of the text that something is said of. They have names, move with the text while the writer writes, and are
// marked while they are shown; one whose words were taken out is found again when they come back.
import type { Node } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { caughtUp } from "./cursor";
import { offsetAt, offsetsAt, plainText, positionAt } from "./text";

/** A passage by its words, and by where they stood in the plain text. */
export interface Quoted {
  name: string;
  quote: string;
  place: number;
  /** How it is marked, besides that it is. */
  looks?: string;
}

interface Spot extends Quoted {
  from: number;
  to: number;
}

interface State {
  spots: readonly Spot[];
  current: string | null;
  drawn: DecorationSet;
}

type Change = { spots: readonly Spot[] } | { current: string | null };

const key = new PluginKey<State>("passages");
const NOTHING: State = { spots: [], current: null, drawn: DecorationSet.empty };

/** `pressed` hears the name of a passage that is clicked on. */
export function passages(pressed: (name: string) => void): Plugin<State> {
  return new Plugin<State>({
    key,
    state: { init: () => NOTHING, apply },
    props: {
      decorations: (state) => key.getState(state)?.drawn,
      handleClick: (view, pos) => {
        const spot = within(view.state, pos);
        if (spot) pressed(spot.name);
        return false;
      },
    },
  });
}

/** Where a quotation stands in a text: of all places the nearest to where it stood; -1 where it does not. */
export function locate(text: string, quote: string, place: number): number {
  if (!quote) return -1;
  let found = -1;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1))
    if (found < 0 || Math.abs(at - place) < Math.abs(found - place)) found = at;
  return found;
}

/** Shows these passages, and no others. */
export function setPassages(state: EditorState, quoted: readonly Quoted[]): Transaction {
  const text = plainText(state.doc);
  const spots = quoted.map((one) => spotOf(state.doc, text, one));
  return state.tr.setMeta(key, { spots } satisfies Change);
}

/** Makes one stand out. */
export function setCurrent(state: EditorState, current: string | null): Transaction {
  return state.tr.setMeta(key, { current } satisfies Change);
}

/** The passages with the words they have now; empty words where they are gone. */
export function passagesIn(state: EditorState): Quoted[] {
  const spots = key.getState(state)?.spots ?? [];
  const text = plainText(state.doc);
  const places = offsetsAt(
    state.doc,
    spots.flatMap(({ from, to }) => [from, to]),
  );
  return spots.map(({ name }, at) => {
    const [from, to] = [places[2 * at]!, places[2 * at + 1]!];
    return { name, place: from, quote: text.slice(from, to) };
  });
}

export class Passages {
  readonly #view: EditorView;

  constructor(view: EditorView) {
    this.#view = view;
  }

  show(quoted: readonly Quoted[]): void {
    this.#view.dispatch(setPassages(caughtUp(this.#view), quoted));
  }

  /** Makes one stand out and brings it into sight; the cursor stays. */
  look(name: string | null): void {
    this.#view.dispatch(setCurrent(caughtUp(this.#view), name));
    this.#view.dom.querySelector(".passage.current")?.scrollIntoView({ block: "nearest" });
  }

  /** Selects one and goes there; false where its words are gone. */
  go(name: string): boolean {
    const state = caughtUp(this.#view);
    const spot = key.getState(state)?.spots.find((one) => one.name === name);
    if (!spot || spot.from >= spot.to) return false;
    const selection = TextSelection.create(state.doc, spot.from, spot.to);
    this.#view.dispatch(state.tr.setSelection(selection).scrollIntoView());
    this.#view.focus();
    return true;
  }

  get all(): Quoted[] {
    return passagesIn(this.#view.state);
  }

  /** Names of those whose words are gone. */
  get gone(): string[] {
    const spots = key.getState(this.#view.state)?.spots ?? [];
    return spots.filter(({ from, to }) => from >= to).map(({ name }) => name);
  }
}

function apply(tr: Transaction, old: State, _: EditorState, state: EditorState): State {
  const change = tr.getMeta(key) as Change | undefined;
  if (change && "spots" in change) return drawn(state.doc, change.spots, old.current);
  if (change) return change.current === old.current ? old : drawn(state.doc, old.spots, change.current);
  if (!tr.docChanged || !old.spots.length) return old;
  // What was taken out may be back by an undo.
  const back = tr.getMeta("history$") !== undefined;
  let found = false;
  let text: string | null = null;
  const spots = old.spots.map((spot) => {
    const from = tr.mapping.map(spot.from, 1);
    const to = Math.max(from, tr.mapping.map(spot.to, -1));
    if (from < to || !back) return { ...spot, from, to };
    text ??= plainText(state.doc);
    const again = spotOf(state.doc, text, { ...spot, place: offsetAt(state.doc, from) });
    found ||= again.from < again.to;
    return again.from < again.to ? again : { ...spot, from, to };
  });
  if (found) return drawn(state.doc, spots, old.current);
  return { ...old, spots, drawn: old.drawn.map(tr.mapping, tr.doc) };
}

function spotOf(doc: Node, text: string, quoted: Quoted): Spot {
  const at = locate(text, quoted.quote, quoted.place);
  if (at < 0) return { ...quoted, from: 0, to: 0 };
  return { ...quoted, from: positionAt(doc, at), to: positionAt(doc, at + quoted.quote.length) };
}

function drawn(doc: Node, spots: readonly Spot[], current: string | null): State {
  const marks = spots
    .filter(({ from, to }) => from < to)
    .map(({ name, from, to, looks = "" }) => {
      const stands = name === current ? " current" : "";
      return Decoration.inline(from, to, { nodeName: "mark", class: `passage ${looks}${stands}`.trim() });
    });
  return { spots, current, drawn: DecorationSet.create(doc, marks) };
}

/** The shortest passage at a position. */
function within(state: EditorState, pos: number): Spot | undefined {
  const here = (key.getState(state)?.spots ?? []).filter(
    ({ from, to }) => from <= pos && pos <= to && from < to,
  );
  return here.sort((a, b) => a.to - a.from - (b.to - b.from))[0];
}
