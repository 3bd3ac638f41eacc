// The machine's words before they are taken. They live in this plugin's state and are drawn as a decoration:
// not in the document, not in the undo history. The place moves with the text around it; when the text at the
// place itself changes, the suggestion is let go and its owner is told what it was. Undoing what was taken gives the
// suggestion back.
import { closeHistory, isHistoryTransaction } from "prosemirror-history";
import type { Node } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { Decoration, DecorationSet } from "prosemirror-view";
import { drawCompared } from "./compared";
import { composed } from "./diff";
import { GhostWords } from "./ghost-words";
import { notesWithin } from "./notes";
import { gapBetween } from "./pieces";
import { asMade } from "./provenance";
import { type Compared, type Piece, placesOf, put, putBelow, putChanges } from "./putting";

/** Words offered at a place: to be put in at `from`, or in the stead of `from`..`to`. */
export interface Suggestion {
  request: string;
  candidate: number;
  from: number;
  to: number;
  text: string;
  /** More is coming. */
  live: boolean;
  /** The origins of the words, where they are not all of one. */
  pieces?: readonly Piece[];
  /** What they change in the words they would replace. */
  compared?: Compared;
  /** Where the compared stretches stand, from `from` on; none where they fit no places. */
  places?: { from: number; to: number }[] | null;
  /** Came unasked: it is fainter, typing its beginning uses that up, and anything else lets it go. */
  faint?: boolean;
  /** Words of it that were taken singly. */
  taken: string;
}

/** Where the words go when they are taken: to their place, into a paragraph below it, or behind what they would replace. */
export type Where = "here" | "below" | "behind";

/** Words that were taken; an undo that leads back to the document before gives the suggestion back. */
export interface Taken {
  suggestion: Suggestion;
  /** What is still offered after it. */
  rest: Suggestion | null;
  pieces: readonly Piece[];
}

/** What became of a suggestion by itself in the last transaction. */
export type Told =
  /** The text at its place changed. */
  | { what: "overtyped"; suggestion: Suggestion }
  /** It came unasked, and the writer went on otherwise, or typed all of it. */
  | { what: "faded"; suggestion: Suggestion }
  /** Taking it was undone, or redone. */
  | ({ what: "returned" | "retaken" } & Taken);

export interface GhostState {
  suggestion: Suggestion | null;
  /** Left by the writer just now: undo brings it back until the text changes. */
  left: Suggestion | null;
  told: Told | null;
  steps: readonly Step[];
  /** Its place on the page; the same as long as nothing but the words change. */
  drawn: DecorationSet;
}

type Undrawn = Omit<GhostState, "drawn">;

interface Step extends Taken {
  before: Node;
  after: Node;
  undone: boolean;
}

type Change =
  | { do: "show"; suggestion: Suggestion }
  | { do: "grow"; text: string; live: boolean }
  | { do: "compare"; compared: Compared | null }
  | ({ do: "took" } & Taken)
  | { do: "leave" }
  | { do: "drop" }
  | { do: "return" };

/** What can be undone step by step and still gives its suggestion back. */
const STEPS = 60;

const NOTHING = { suggestion: null, left: null, told: null };
const key = new PluginKey<GhostState>("ghost");

export function ghost(): Plugin<GhostState> {
  let words: GhostWords | null = null;
  const element = () => (words ??= new GhostWords()).element;
  return new Plugin<GhostState>({
    key,
    state: {
      init: () => ({ ...NOTHING, steps: [], drawn: DecorationSet.empty }),
      apply: (tr, old, before) => {
        const now = apply(tr, old, before);
        if (now === old) return old;
        const { suggestion } = now;
        if (!suggestion) return { ...now, drawn: DecorationSet.empty };
        const placed = !tr.docChanged && old.suggestion && samePlace(old.suggestion, suggestion);
        return { ...now, drawn: placed ? old.drawn : draw(tr.doc, suggestion, element) };
      },
    },
    props: { decorations: (state) => ghostIn(state).drawn },
    view: () => ({
      update: ({ state }) => {
        const { suggestion } = ghostIn(state);
        if (suggestion) words?.show(suggestion);
      },
    }),
  });
}

export function ghostIn(state: EditorState): GhostState {
  return key.getState(state) ?? { ...NOTHING, steps: [], drawn: DecorationSet.empty };
}

/** Shows words at a place, in the stead of any shown before. */
export function show(
  state: EditorState,
  offered: Omit<Suggestion, "taken"> & { taken?: string },
): Transaction {
  const tr = state.tr;
  const suggestion = { taken: "", ...offered };
  const { from, to } = suggestion;
  const { selection } = state;
  // The words to be replaced are struck through; a selection on top of them would only be in the way.
  if (!selection.empty && selection.from < to && selection.to > from)
    tr.setSelection(TextSelection.near(tr.doc.resolve(to), -1));
  return change(tr, { do: "show", suggestion });
}

/** Sets the words that have come so far and whether there will be more; those taken singly are left out. */
export function grow(state: EditorState, text: string, live: boolean): Transaction {
  return change(state.tr, { do: "grow", text, live });
}

/** Shows what the words change in those they would replace; with nothing, all of them again. */
export function compareWith(state: EditorState, compared: Compared | null): Transaction {
  return change(state.tr, { do: "compare", compared });
}

/** Puts all the words into the document, in one undo step of its own. */
export function take(state: EditorState, where: Where = "here"): Transaction | null {
  const { suggestion } = ghostIn(state);
  return suggestion && taking(state, suggestion, null, where);
}

/**
 * Puts the next words into the document, as `cut` cuts them off; undo gives them back to the suggestion. Words that
 * replace others, or are of several origins, are only taken whole.
 */
export function takeNext(state: EditorState, cut: (text: string) => string): Transaction | null {
  const { suggestion } = ghostIn(state);
  const words = suggestion && cut(suggestion.text);
  if (!words || suggestion.from !== suggestion.to || suggestion.pieces) return null;
  const last = words.length === suggestion.text.length && !suggestion.live;
  return taking(state, suggestion, last ? null : words, "here");
}

/** Lets the suggestion go; `bringBack` undoes that. What it would have replaced is selected again. */
export function leave(state: EditorState): Transaction {
  return change(reselected(state), { do: "leave" });
}

/** Lets the suggestion go for good. */
export function drop(state: EditorState): Transaction {
  return change(reselected(state), { do: "drop" });
}

/** The same with the selection as it is: nobody is there to see it. */
export function forget(state: EditorState): Transaction {
  return change(state.tr, { do: "drop" });
}

/** Brings back what was left just now; null when there is nothing. */
export function bringBack(state: EditorState): Transaction | null {
  return ghostIn(state).left ? change(state.tr, { do: "return" }) : null;
}

function reselected(state: EditorState): Transaction {
  const { suggestion } = ghostIn(state);
  if (!suggestion || suggestion.from === suggestion.to) return state.tr;
  return state.tr.setSelection(TextSelection.create(state.doc, suggestion.from, suggestion.to));
}

function change(tr: Transaction, value: Change): Transaction {
  return tr.setMeta(key, value);
}

/** `words`: those that are taken; none: all. */
function taking(state: EditorState, suggestion: Suggestion, words: string | null, where: Where): Transaction {
  const { request, candidate, compared } = suggestion;
  const tr = closeHistory(state.tr);
  const all = compared ? composed(compared.segments, compared.left) : suggestion.text;
  const pieces = (words === null && suggestion.pieces) || [{ text: words ?? all, request, candidate }];
  const end = putIn(tr, suggestion, pieces, where);
  keepNotes(tr, notesWithin(state.doc, suggestion.from, suggestion.to), end);
  tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1)).setStoredMarks([]);
  const rest = words === null ? null : withoutFirst(suggestion, words, end);
  return change(asMade(tr), { do: "took", suggestion, rest, pieces }).scrollIntoView();
}

/** Answers where the words end. */
function putIn(tr: Transaction, suggestion: Suggestion, pieces: readonly Piece[], where: Where): number {
  const { from, to, request, candidate, compared } = suggestion;
  if (where === "below") return putBelow(tr, to, trimmed(pieces));
  if (where === "behind") {
    const gap = gapBetween(tr.doc.textBetween(Math.max(0, to - 1), to, "\n"), pieces[0]?.text ?? "");
    return put(tr, to, to, [{ text: gap, request: null, candidate }, ...pieces]);
  }
  const end = compared && putChanges(tr, from, to, compared, { request, candidate });
  return end ?? put(tr, from, to, pieces);
}

/** What the author noted in the text that goes is none of the model's business: it stays, below where the words end. */
function keepNotes(tr: Transaction, notes: readonly Node[], end: number): void {
  if (!notes.length) return;
  const still = new Set(tr.doc.children);
  const gone = notes.filter((note) => !still.has(note));
  if (gone.length) tr.insert(tr.doc.resolve(end).after(1), gone);
}

function trimmed(pieces: readonly Piece[]): Piece[] {
  const [first, ...rest] = pieces;
  return first ? [{ ...first, text: first.text.trimStart() }, ...rest] : [];
}

function withoutFirst(suggestion: Suggestion, words: string, at: number): Suggestion {
  const { text, taken } = suggestion;
  return { ...suggestion, from: at, to: at, text: text.slice(words.length), taken: taken + words };
}

function apply(tr: Transaction, old: GhostState, before: EditorState): Undrawn {
  const asked = tr.getMeta(key) as Change | undefined;
  if (asked?.do === "took") return took(tr, old, asked, before.doc);
  if (asked) return { ...changed(old, asked, tr.doc), told: null, steps: old.steps };
  // What a plugin appends belongs to the transaction before it.
  const appended = tr.getMeta("appendedTransaction") !== undefined;
  const told = appended ? old.told : null;
  const { suggestion } = old;
  if (!tr.docChanged) {
    const faded = suggestion?.faint && tr.selectionSet && !isCursorAt(tr, suggestion.from);
    if (faded) return { ...NOTHING, told: { what: "faded", suggestion }, steps: old.steps };
    return told === old.told ? old : { ...old, told };
  }
  if (isHistoryTransaction(tr)) {
    const stepped = walked(tr.doc, old);
    if (stepped) return stepped;
  }
  const left = appended ? old.left : null;
  const steps = isHistoryTransaction(tr) ? old.steps : old.steps.filter(({ undone }) => !undone);
  if (!suggestion) return { suggestion, left, told, steps };
  const used = suggestion.faint ? usedUp(tr, suggestion) : null;
  if (used?.text) return { ...NOTHING, suggestion: used, steps };
  const place = suggestion.faint ? null : moved(tr, suggestion.from, suggestion.to);
  if (place) return { suggestion: { ...suggestion, ...place }, left: null, told, steps };
  return { ...NOTHING, told: { what: suggestion.faint ? "faded" : "overtyped", suggestion }, steps };
}

function changed(
  old: GhostState,
  asked: Exclude<Change, { do: "took" }>,
  doc: Node,
): Pick<GhostState, "suggestion" | "left"> {
  const { suggestion } = old;
  switch (asked.do) {
    case "show":
      return { suggestion: compared(asked.suggestion, asked.suggestion.compared ?? null, doc), left: null };
    case "grow": {
      if (!suggestion) return old;
      const text = asked.text.slice(suggestion.taken.length);
      return { suggestion: { ...suggestion, text, live: asked.live }, left: null };
    }
    case "compare":
      return { suggestion: suggestion && compared(suggestion, asked.compared, doc), left: null };
    case "leave":
      return { suggestion: null, left: suggestion };
    case "drop":
      return { suggestion: null, left: null };
    case "return":
      return { suggestion: old.left && { ...old.left, live: false }, left: null };
  }
}

function compared(suggestion: Suggestion, now: Compared | null, doc: Node): Suggestion {
  const { compared: last, places, ...rest } = suggestion;
  if (!now) return rest;
  if (places && last?.segments === now.segments) return { ...suggestion, compared: now };
  const { from, to } = suggestion;
  const found = placesOf(doc, from, to, now.segments);
  const relative = found?.map((place) => ({ from: place.from - from, to: place.to - from })) ?? null;
  return { ...suggestion, compared: now, places: relative };
}

function took(tr: Transaction, old: GhostState, { suggestion, rest, pieces }: Taken, before: Node): Undrawn {
  const step = { suggestion, rest, pieces, before, after: tr.doc, undone: false };
  return {
    ...NOTHING,
    suggestion: rest,
    steps: [...old.steps.filter(({ undone }) => !undone), step].slice(-STEPS),
  };
}

/** The suggestion as it was, where undo or redo has led to a document from before or after it was taken. */
function walked(doc: Node, { steps }: GhostState): Undrawn | null {
  const back = steps.findLastIndex(({ undone, before }) => !undone && before.eq(doc));
  if (back >= 0) {
    const { suggestion, rest, pieces } = steps[back]!;
    const told = { what: "returned" as const, suggestion, rest, pieces };
    const walked = steps.map((step, at) => (at < back ? step : { ...step, undone: true }));
    return { ...NOTHING, suggestion: { ...suggestion, live: false }, told, steps: walked };
  }
  const again = steps.findIndex(({ undone, after }) => undone && after.eq(doc));
  if (again < 0) return null;
  const { suggestion, rest, pieces } = steps[again]!;
  const walked = steps.map((step, at) => (at === again ? { ...step, undone: false } : step));
  return { ...NOTHING, suggestion: rest, told: { what: "retaken", suggestion, rest, pieces }, steps: walked };
}

/** What is left of a suggestion after the writer has typed its beginning; none when something else was done. */
function usedUp(tr: Transaction, suggestion: Suggestion): Suggestion | null {
  const [step, ...more] = tr.steps;
  if (!(step instanceof ReplaceStep) || more.length || step.from !== step.to) return null;
  if (step.from !== suggestion.from || step.slice.openStart || step.slice.openEnd) return null;
  const typed = step.slice.content.textBetween(0, step.slice.content.size, "\n\n", "\n");
  const from = step.from + step.slice.size;
  return typed && suggestion.text.startsWith(typed)
    ? { ...withoutFirst(suggestion, typed, from), taken: "" }
    : null;
}

function isCursorAt({ selection }: Transaction, place: number): boolean {
  return selection.empty && selection.head === place;
}

/** Where a place went, or null when the text at it changed. A change right beside a range leaves it alone. */
function moved(tr: Transaction, from: number, to: number): { from: number; to: number } | null {
  for (const map of tr.mapping.maps) {
    let touched = false;
    map.forEach((start, end) => {
      touched ||= from === to ? start <= from && end >= from : start < to && end > from;
    });
    if (touched) return null;
    const point = from === to;
    from = map.map(from, point ? -1 : 1);
    to = point ? from : map.map(to, -1);
  }
  return { from, to };
}

/** Where the words stand on the page, and what they would replace. */
function draw(doc: Node, suggestion: Suggestion, element: () => HTMLElement): DecorationSet {
  const { from, to, text, request, candidate, places } = suggestion;
  if (suggestion.compared && places) return drawCompared(doc, from, to, suggestion.compared, places);
  const widget = Decoration.widget(to, element, {
    side: 1,
    marks: [],
    key: `ghost/${request}/${candidate}`,
    ignoreSelection: true,
  });
  if (from === to) return DecorationSet.create(doc, [widget]);
  const replaced = Decoration.inline(from, to, { class: text ? "replaced" : "asked" });
  return DecorationSet.create(doc, [replaced, widget]);
}

function samePlace(one: Suggestion, other: Suggestion): boolean {
  return (
    one.request === other.request &&
    one.candidate === other.candidate &&
    one.from === other.from &&
    one.to === other.to &&
    one.compared === other.compared &&
    one.places === other.places &&
    (one.text === "") === (other.text === "")
  );
}
