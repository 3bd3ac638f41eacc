// What is offered on the page, as its owner handles it: shown at a place, taken in one of several ways, left, found again.
import { closeHistory } from "prosemirror-history";
import { TextSelection, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { caughtUp } from "./cursor";
import { pointIn, type Range, rangeIn, type Remembered } from "./found-again";
import * as ghosts from "./ghost";
import { firstSentence, firstWord, gapBetween } from "./pieces";
import { type Bookmark, bookmark, reopened, setSpot, setSpots, type Spot, spotsIn } from "./places";
import { asMade } from "./provenance";
import { type Compared, type Piece, put } from "./putting";
import { schema } from "./schema";
import { plainText, positionAt } from "./text";

/** What is taken at a time. */
export type Unit = "word" | "sentence";

const CUTS = { word: firstWord, sentence: firstSentence };

export class Offers {
  readonly #view: EditorView;
  readonly #shown: (anew: boolean) => void;

  /** `shown`: words that were asked for are on the page, or more of them. */
  constructor(view: EditorView, shown: (anew: boolean) => void) {
    this.#view = view;
    this.#shown = shown;
  }

  /** What is offered just now. */
  get suggestion(): ghosts.Suggestion | null {
    return ghosts.ghostIn(this.#view.state).suggestion;
  }

  /** Shows words at a place, which has the name of their request from now on. */
  show(suggestion: Omit<ghosts.Suggestion, "taken"> & { taken?: string }): void {
    const { request, from, to, faint } = suggestion;
    const tr = ghosts.show(caughtUp(this.#view), suggestion);
    this.#view.dispatch(faint ? tr : setSpot(tr, request, from, to));
    if (!faint) this.#shown(true);
  }

  grow(text: string, live: boolean): void {
    this.#view.dispatch(ghosts.grow(caughtUp(this.#view), text, live));
    this.#shown(false);
  }

  compare(compared: Compared | null): void {
    this.#view.dispatch(ghosts.compareWith(caughtUp(this.#view), compared));
  }

  /** Takes all that is offered, in one undo step; answers the words, those that were taken singly before among them. */
  take(where: ghosts.Where = "here"): readonly Piece[] {
    const { suggestion } = this;
    const tr = ghosts.take(this.#view.state, where);
    if (!suggestion || !tr) return [];
    const { request, candidate, from, to, taken } = suggestion;
    this.#view.dispatch(tr);
    // What stands in the place of something is what can be compared with other words there.
    if (from < to && where === "here") this.name(request, from, tr.mapping.map(to, 1));
    this.#close();
    return [...(taken ? [{ text: taken, request, candidate }] : []), ...this.#last()];
  }

  /** Takes the next words; true when those were the last ones. */
  takeNext(unit: Unit): boolean {
    const tr = ghosts.takeNext(this.#view.state, CUTS[unit]);
    if (!tr) return false;
    this.#view.dispatch(tr);
    const { suggestion } = this;
    if (suggestion) this.name(suggestion.request, suggestion.from, suggestion.to);
    this.#close();
    return suggestion === null;
  }

  /** Lets the suggestion go; with `forGood` undo will not bring it back. */
  leave(forGood = false): void {
    const state = caughtUp(this.#view);
    this.#view.dispatch(forGood ? ghosts.drop(state) : ghosts.leave(state));
  }

  /** Brings back the suggestion left last; false when the text has changed since. */
  bringBack(): boolean {
    const tr = ghosts.bringBack(this.#view.state);
    if (tr) this.#view.dispatch(tr);
    return tr !== null;
  }

  /** Puts words in at the cursor, apart from those around them. */
  insert(pieces: readonly Piece[]): void {
    const { doc, selection, tr } = caughtUp(this.#view);
    const at = selection.to;
    const [before, after] = [
      doc.textBetween(0, at, "\n", "\n"),
      doc.textBetween(at, doc.content.size, "\n", "\n"),
    ];
    const text = pieces.map((piece) => piece.text).join("");
    const own = (gap: string) => (gap ? [{ text: gap, request: null, candidate: 0 }] : []);
    const all = [...own(gapBetween(before, text)), ...pieces, ...own(gapBetween(text, after))];
    const end = put(closeHistory(tr), at, at, all);
    tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1))
      .setStoredMarks([])
      .scrollIntoView();
    this.#view.dispatch(asMade(tr));
    this.#close();
  }

  /** Keeps words in a note to self below the cursor. */
  note(pieces: readonly Piece[]): void {
    const { note, paragraph } = schema.nodes;
    const { selection, tr } = caughtUp(this.#view);
    const after = selection.$to.depth > 0 ? selection.$to.after(1) : selection.to;
    tr.insert(after, note.create(null, paragraph.create()));
    put(tr, after + 2, after + 2, pieces);
    this.#view.dispatch(asMade(closeHistory(tr)));
    this.#close();
  }

  /** Where something was asked, by the name of the request. */
  spot(name: string): Spot | null {
    return spotsIn(this.#view.state).get(name) ?? null;
  }

  name(name: string, from: number, to: number): void {
    this.#view.dispatch(setSpot(caughtUp(this.#view).tr, name, from, to));
  }

  nameAll(named: ReadonlyMap<string, Range>): void {
    this.#view.dispatch(setSpots(caughtUp(this.#view).tr, named));
  }

  /**
   * The range of a text that something was asked for in an earlier session, as long as its words are those that were, or
   * `put`, which took their place; null where it is gone.
   */
  findRange(place: Remembered, put: readonly string[]): Range | null {
    const { doc } = caughtUp(this.#view);
    const found = rangeIn(plainText(doc), place, put);
    return found && { from: positionAt(doc, found.from), to: positionAt(doc, found.to) };
  }

  /** The same of a point, behind those words of what was asked for that stand there already. */
  findPoint(place: Remembered, taken = ""): Range | null {
    const { doc } = caughtUp(this.#view);
    const found = pointIn(plainText(doc), place, taken);
    if (found === null) return null;
    const at = positionAt(doc, found);
    return { from: at, to: at };
  }

  /** The paragraph the cursor is in. */
  paragraph(): { from: number; to: number } {
    const { $head } = caughtUp(this.#view).selection;
    return { from: $head.start(), to: $head.end() };
  }

  bookmark(): Bookmark {
    return bookmark(this.#view.state);
  }

  reopen(mark: Bookmark): void {
    this.#view.dispatch(reopened(this.#view.state, mark));
  }

  #last(): readonly Piece[] {
    return ghosts.ghostIn(this.#view.state).steps.at(-1)?.pieces ?? [];
  }

  /** What is typed from now on is another undo step. */
  #close(): void {
    const { state } = this.#view;
    const tr: Transaction = closeHistory(state.tr);
    this.#view.dispatch(tr);
  }
}
