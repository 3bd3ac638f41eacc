// The machine's words before they are taken. They live in this plugin's state and are drawn as a decoration:
// not in the document, not in the undo history. The place moves with the text around it; when the text at the
// place itself changes, the suggestion is let go and its owner is told what it was.
import { closeHistory, isHistoryTransaction } from "prosemirror-history";
import type { Node } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { GhostWords } from "./ghost-words";
import { notesWithin } from "./notes";
import { asMade } from "./provenance";
import { schema } from "./schema";
import { sliceFrom } from "./text";

/** Words offered at a place: to be put in at `from`, or in the stead of `from`..`to`. */
export interface Suggestion {
  request: string;
  candidate: number;
  from: number;
  to: number;
  text: string;
  /** More is coming. */
  live: boolean;
  /** Words of it that were taken singly, with the document and place before each. */
  taken: { words: string; doc: Node; from: number }[];
}

export interface GhostState {
  suggestion: Suggestion | null;
  /** Left by the writer just now: undo brings it back until the text changes. */
  left: Suggestion | null;
  /** Let go in the last transaction because the text at its place changed. */
  overtyped: Suggestion | null;
  /** Its place on the page; the same as long as nothing but the words change. */
  drawn: DecorationSet;
}

type Change =
  | { do: "show"; suggestion: Omit<Suggestion, "taken"> }
  | { do: "grow"; text: string; live: boolean }
  | { do: "took"; words: string; whole: boolean }
  | { do: "leave" }
  | { do: "drop" }
  | { do: "return" };

const NOTHING: GhostState = { suggestion: null, left: null, overtyped: null, drawn: DecorationSet.empty };
const key = new PluginKey<GhostState>("ghost");

export function ghost(): Plugin<GhostState> {
  let words: GhostWords | null = null;
  const element = () => (words ??= new GhostWords()).element;
  return new Plugin<GhostState>({
    key,
    state: {
      init: () => NOTHING,
      apply: (tr, old, before) => {
        const now = apply(tr, old, before);
        const { suggestion } = now;
        if (!suggestion) return now;
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
  return key.getState(state) ?? NOTHING;
}

/** Shows words at a place, in the stead of any shown before. */
export function show(state: EditorState, suggestion: Omit<Suggestion, "taken">): Transaction {
  const tr = state.tr;
  // The words to be replaced are struck through; a selection on top of them would only be in the way.
  if (suggestion.from < suggestion.to) tr.setSelection(TextSelection.near(tr.doc.resolve(suggestion.to), -1));
  return change(tr, { do: "show", suggestion });
}

/** Sets the words that have come so far and whether there will be more; those taken singly are left out. */
export function grow(state: EditorState, text: string, live: boolean): Transaction {
  return change(state.tr, { do: "grow", text, live });
}

/** Puts all the words into the document, in one undo step of its own. */
export function take(state: EditorState): Transaction | null {
  const { suggestion } = ghostIn(state);
  return suggestion && taking(state, suggestion, suggestion.text, true);
}

/**
 * Puts the next word into the document; undo gives it back to the suggestion. Words that replace others are only
 * taken whole.
 */
export function takeWord(state: EditorState): Transaction | null {
  const { suggestion } = ghostIn(state);
  const words = suggestion && /^\s*\S+/.exec(suggestion.text)?.[0];
  if (!words || suggestion.from !== suggestion.to) return null;
  return taking(state, suggestion, words, words.length === suggestion.text.length && !suggestion.live);
}

/** Lets the suggestion go; `bringBack` undoes that. What it would have replaced is selected again. */
export function leave(state: EditorState): Transaction {
  return change(reselected(state), { do: "leave" });
}

/** Lets the suggestion go for good. */
export function drop(state: EditorState): Transaction {
  return change(reselected(state), { do: "drop" });
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

function taking(state: EditorState, suggestion: Suggestion, words: string, whole: boolean): Transaction {
  const { from, to, request, candidate } = suggestion;
  const tr = closeHistory(state.tr);
  const notes = notesWithin(state.doc, from, to);
  tr.replace(from, to, sliceFrom(words, [schema.marks.machine.create({ request, candidate })]));
  const end = tr.mapping.map(to, 1);
  tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1)).setStoredMarks([]);
  // What the author noted in the text that goes is none of the model's business, and stays.
  if (notes.length) tr.insert(tr.doc.resolve(end).after(1), notes);
  return change(asMade(tr), { do: "took", words, whole }).scrollIntoView();
}

function apply(tr: Transaction, old: GhostState, before: EditorState): GhostState {
  const asked = tr.getMeta(key) as Change | undefined;
  if (asked) return asked.do === "took" ? took(tr, old, asked, before) : changed(old, asked);
  const appended = tr.getMeta("appendedTransaction") !== undefined;
  if (!tr.docChanged) return old.overtyped && !appended ? { ...old, overtyped: null } : old;

  const { suggestion } = old;
  if (!suggestion) return appended ? old : NOTHING;
  const last = suggestion.taken.at(-1);
  if (last && isHistoryTransaction(tr) && tr.doc.eq(last.doc)) {
    const taken = suggestion.taken.slice(0, -1);
    const text = last.words + suggestion.text;
    return { ...NOTHING, suggestion: { ...suggestion, from: last.from, to: last.from, text, taken } };
  }
  const place = moved(tr, suggestion.from, suggestion.to);
  if (!place) return { ...NOTHING, overtyped: suggestion };
  return { ...NOTHING, suggestion: { ...suggestion, ...place } };
}

function changed(old: GhostState, asked: Exclude<Change, { do: "took" }>): GhostState {
  switch (asked.do) {
    case "show":
      return { ...NOTHING, suggestion: { ...asked.suggestion, taken: [] } };
    case "grow": {
      if (!old.suggestion) return old;
      const gone = takenOf(old.suggestion).length;
      return {
        ...NOTHING,
        suggestion: { ...old.suggestion, text: asked.text.slice(gone), live: asked.live },
      };
    }
    case "leave":
      return { ...NOTHING, left: old.suggestion };
    case "drop":
      return NOTHING;
    case "return":
      return { ...NOTHING, suggestion: old.left && { ...old.left, live: false } };
  }
}

function took(
  tr: Transaction,
  old: GhostState,
  { words, whole }: { words: string; whole: boolean },
  before: EditorState,
): GhostState {
  const suggestion = old.suggestion;
  if (!suggestion || whole) return NOTHING;
  const from = tr.mapping.map(suggestion.to, 1);
  const taken = [...suggestion.taken, { words, doc: before.doc, from: suggestion.from }];
  return {
    ...NOTHING,
    suggestion: { ...suggestion, from, to: from, text: suggestion.text.slice(words.length), taken },
  };
}

/** The words of a suggestion that already went into the document. */
export function takenOf(suggestion: Suggestion): string {
  return suggestion.taken.map((piece) => piece.words).join("");
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
  const { from, to, text, request, candidate } = suggestion;
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
    (one.text === "") === (other.text === "")
  );
}
