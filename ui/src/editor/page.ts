// The editor as the rest of the page sees it: load, read, and the few things done to a suggestion. Everything
// about ProseMirror stays behind it.
import { closeHistory, history, redo, undo } from "prosemirror-history";
import { undoInputRule } from "prosemirror-inputrules";
import type { Node } from "prosemirror-model";
import { EditorState, TextSelection, type Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { answersIn, authors, type Origin, showAuthors, tellOrigins } from "./authors";
import { blurred } from "./blurred";
import { countWords } from "./counting";
import { caughtUp } from "./cursor";
import { type Direction, drawnBlocks, runsOf } from "./direction";
import { fromJson, toJson } from "./document";
import { type Focus, focusing, setFocus } from "./focus";
import * as ghosts from "./ghost";
import { type TextCommand, textCommands, typing } from "./input";
import { paragraphBelow, storyPlace } from "./notes";
import { pasting } from "./paste";
import { isBlank, placeholder } from "./placeholder";
import { asMade, provenance } from "./provenance";
import { Scrolling } from "./scrolling";
import { fromText, offsetAt, plainText } from "./text";
import { type Typography, typographyOf } from "./typography";

export type { Origin } from "./authors";
export type { Direction } from "./direction";
export type { Focus } from "./focus";
export type { Suggestion } from "./ghost";
export type { TextCommand } from "./input";

/** How the writer wants to write. */
export interface Manner {
  focus: Focus;
  /** The line in hand stays at the same height. */
  typewriter: boolean;
  /** Quotation marks, dashes and dots become those of the language. */
  typography: boolean;
  /** Words that a machine made are marked. */
  authors: boolean;
}

/** A place in the text, with the text around it as the model reads it. */
export interface Place {
  from: number;
  to: number;
  before: string;
  selection: string;
  after: string;
}

/** What the page tells its owner. */
export interface Heard {
  /** What is on the page now, after a change or after another document was opened. */
  counted(words: number, blank: boolean): void;
  /** The writer changed the text. */
  changed(): void;
  /** The selection or the suggestion moved on the screen; `selected`: words are selected. */
  moved(selected: boolean): void;
  /** The writer wrote over the place of a suggestion; these words of it were not taken. */
  overtyped(suggestion: ghosts.Suggestion): void;
}

/** What the page itself says, in the writer's language. */
export interface Said {
  /** Its name for a screen reader. */
  label: string;
  /** What an empty page says. */
  hint: string;
  /** What a note to self is called. */
  note: string;
  /** Who wrote words of a machine (empty: not known which), or such that the writer changed. */
  madeBy(model: string, changed: boolean): string;
}

export interface Rectangle {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export class PageEditor {
  readonly #view: EditorView;
  readonly #scrolling: Scrolling;
  readonly #heard: Heard;
  readonly #ask: () => Said;

  #said: Said;
  #direction: Direction = "auto";
  #language = "";
  #typography: Typography | null = typographyOf("");
  #manner: Manner = { focus: "off", typewriter: false, typography: true, authors: false };
  /** Told since the page was made: words can be moved from one document to another. */
  readonly #origins: Origin[] = [];
  /** Whether the end of the suggestion is kept in sight; ends when the writer goes elsewhere. */
  #following = false;

  /** `said` is asked now, and by `retell` after a change of language. */
  constructor(mount: HTMLElement, said: () => Said, heard: Heard) {
    this.#heard = heard;
    this.#ask = said;
    this.#said = said();
    this.#view = new EditorView(
      { mount },
      {
        state: this.#fresh(fromText("")),
        attributes: () => ({
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": this.#said.label,
          spellcheck: "true",
          tabindex: "0",
        }),
        dispatchTransaction: (tr) => this.#dispatch(tr),
        handleDOMEvents: { wheel: () => (this.#following = false) },
        handleScrollToSelection: () => {
          this.#scrolling.toCaret();
          return true;
        },
      },
    );
    this.#scrolling = new Scrolling(this.#view);
    this.write("", "auto");
  }

  /** The language of the text (BCP 47; empty: not said, the system's is taken) and the way its lines run. */
  write(language: string, direction: Direction): void {
    this.#direction = direction;
    this.#language = language || navigator.language;
    this.#setTypography();
    this.#view.dom.lang = language;
    this.#view.dom.dir = runsOf(this.#language, direction);
    this.retell();
  }

  /** How the writer wants to write from now on. */
  behave(manner: Manner): void {
    const old = this.#manner;
    this.#manner = manner;
    this.#setTypography();
    this.#scrolling.typewriter = manner.typewriter;
    if (manner.focus !== old.focus) this.#view.dispatch(setFocus(this.#view.state, manner.focus));
    if (manner.authors !== old.authors) this.#view.dispatch(showAuthors(this.#view.state, manner.authors));
    if (manner.typewriter) this.#scrolling.toCaret();
  }

  /** Tells where words of machines came from; of those that are not told, only what the page itself shows is known. */
  know(origins: Origin[]): void {
    this.#origins.push(...origins);
    this.#view.dispatch(tellOrigins(this.#view.state, origins));
  }

  /** The answers of machines that the page has words of. */
  answers(): Pick<Origin, "request" | "candidate">[] {
    return answersIn(this.#view.state.doc);
  }

  /** Opens a document; where there is none yet, the text it begins with. Throws when it is not one of ours. */
  load(document: string, text = ""): void {
    this.#open(document ? fromJson(document) : fromText(text));
  }

  /** Puts text on the page as a change that can be undone. */
  fill(text: string): void {
    const { state } = this.#view;
    const tr = asMade(state.tr.replaceWith(0, state.doc.content.size, fromText(text).content));
    this.#view.dispatch(closeHistory(tr.setSelection(TextSelection.atEnd(tr.doc))));
  }

  /** Draws what the page says anew: the language is another. */
  retell(): void {
    this.#said = this.#ask();
    this.#view.setProps({ nodeViews: drawnBlocks(this.#direction, this.#said.note) });
  }

  document(): string {
    return toJson(this.#view.state.doc);
  }

  text(): string {
    return plainText(this.#view.state.doc);
  }

  focus(): void {
    this.#view.focus();
  }

  /**
   * The cursor, or the end of what is selected. From a note to self it goes to the story nearest to it: what a machine
   * writes belongs there.
   */
  cursor(): Place {
    const { doc, selection } = caughtUp(this.#view);
    const place = storyPlace(doc, selection.to);
    if (place === null) this.#view.dispatch(paragraphBelow(this.#view.state, selection.to));
    else if (place !== selection.to) {
      const { tr } = this.#view.state;
      this.#view.dispatch(tr.setSelection(TextSelection.create(doc, place)));
    }
    const { to } = this.#view.state.selection;
    return this.#place(to, to);
  }

  /** The selection; without one, the paragraph the cursor is in. */
  selection(): Place {
    const state = caughtUp(this.#view);
    const { from, to, empty, $from } = state.selection;
    if (!empty) return this.#place(...withoutEdges(state.doc, from, to));
    if (!$from.parent.isTextblock) return this.#place(from, to);
    const [start, end] = [$from.start(), $from.end()];
    this.#view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, start, end)));
    return this.#place(start, end);
  }

  /** The place of the suggestion that is shown. */
  suggested(): Place | null {
    const { suggestion } = ghosts.ghostIn(this.#view.state);
    return suggestion && this.#place(suggestion.from, suggestion.to);
  }

  show(suggestion: Omit<ghosts.Suggestion, "taken">): void {
    this.#view.dispatch(ghosts.show(this.#view.state, suggestion));
    this.#following = true;
    this.keepInSight();
  }

  grow(text: string, live: boolean): void {
    this.#view.dispatch(ghosts.grow(this.#view.state, text, live));
    this.keepInSight();
  }

  /** Takes the whole suggestion; answers all the words that went into the text. */
  take(): string {
    return this.#taking(ghosts.take(this.#view.state));
  }

  /** Takes one word; answers all words when that was the last one, else null. */
  takeWord(): string | null {
    const words = this.#taking(ghosts.takeWord(this.#view.state));
    return ghosts.ghostIn(this.#view.state).suggestion ? null : words;
  }

  /** Words of the suggestion that were taken singly so far. */
  taken(): string {
    const { suggestion } = ghosts.ghostIn(this.#view.state);
    return suggestion ? ghosts.takenOf(suggestion) : "";
  }

  /** Lets the suggestion go; with `forGood` undo will not bring it back. */
  leave(forGood = false): void {
    const { state } = this.#view;
    this.#view.dispatch(forGood ? ghosts.drop(state) : ghosts.leave(state));
  }

  /** Brings back the suggestion left last; false when the text has changed since. */
  bringBack(): boolean {
    const tr = ghosts.bringBack(this.#view.state);
    if (tr) this.#view.dispatch(tr);
    return tr !== null;
  }

  /** A sign that was just made better is first given back as it was typed. */
  undo(): void {
    const { state, dispatch } = this.#view;
    if (!undoInputRule(state, dispatch)) undo(state, dispatch);
  }

  redo(): void {
    redo(this.#view.state, this.#view.dispatch);
  }

  run(command: TextCommand): void {
    textCommands[command](caughtUp(this.#view), this.#view.dispatch);
    this.#view.focus();
  }

  /** Scrolls to the end of a suggestion at the cursor, unless the writer has gone to look elsewhere. */
  keepInSight(): void {
    const place = ghosts.ghostIn(this.#view.state).suggestion?.to;
    this.#following &&= this.#view.state.selection.to === place;
    if (this.#following) this.#scrolling.toSuggestion();
  }

  /** Where the selection is on the screen. */
  rectangle(): Rectangle {
    const { from, to } = this.#view.state.selection;
    const start = this.#view.coordsAtPos(from, 1);
    const end = this.#view.coordsAtPos(to, -1);
    const oneLine = Math.abs(start.top - end.top) < 4;
    const sheet = this.#view.dom.getBoundingClientRect();
    return {
      left: oneLine ? start.left : sheet.left,
      right: oneLine ? end.right : sheet.right,
      top: start.top,
      bottom: end.bottom,
    };
  }

  #open(doc: Node): void {
    this.#view.updateState(this.#fresh(doc));
    const { focus, authors } = this.#manner;
    if (focus !== "off") this.#view.dispatch(setFocus(this.#view.state, focus));
    if (authors) this.#view.dispatch(showAuthors(this.#view.state, true));
    this.#view.dispatch(tellOrigins(this.#view.state, this.#origins));
    this.#heard.counted(countWords(doc), isBlank(doc));
    this.#heard.moved(false);
  }

  #fresh(doc: Node): EditorState {
    const plugins = [
      ghosts.ghost(),
      blurred(),
      authors((model, changed) => this.#said.madeBy(model, changed)),
      focusing(() => this.#language),
      ...typing(() => this.#typography),
      pasting(),
      history(),
      provenance(),
      placeholder(() => this.#said),
    ];
    const state = EditorState.create({ doc, plugins });
    return state.apply(state.tr.setSelection(TextSelection.atEnd(doc)));
  }

  #setTypography(): void {
    this.#typography = this.#manner.typography ? typographyOf(this.#language) : null;
  }

  #place(from: number, to: number): Place {
    const { doc } = this.#view.state;
    const text = plainText(doc);
    const start = offsetAt(doc, from);
    const end = offsetAt(doc, to);
    return {
      from,
      to,
      before: text.slice(0, start),
      selection: text.slice(start, end),
      after: text.slice(end),
    };
  }

  #taking(tr: Transaction | null): string {
    const { suggestion } = ghosts.ghostIn(this.#view.state);
    if (!tr || !suggestion) return "";
    const before = ghosts.takenOf(suggestion);
    const size = suggestion.text.length;
    this.#view.dispatch(tr);
    const left = ghosts.ghostIn(this.#view.state).suggestion?.text.length ?? 0;
    this.#view.dispatch(closeHistory(this.#view.state.tr));
    return before + suggestion.text.slice(0, size - left);
  }

  #dispatch(tr: Transaction): void {
    const before = ghosts.ghostIn(this.#view.state).drawn;
    const state = this.#view.state.apply(tr);
    this.#view.updateState(state);
    const { overtyped, drawn } = ghosts.ghostIn(state);
    if (tr.docChanged) {
      this.#heard.counted(countWords(state.doc), isBlank(state.doc));
      this.#heard.changed();
      if (overtyped) this.#heard.overtyped(overtyped);
    }
    const moved = tr.docChanged || tr.selectionSet;
    if (this.#manner.typewriter && moved && !tr.getMeta("pointer")) this.#scrolling.toCaret();
    if (moved || drawn !== before)
      this.#heard.moved(state.selection instanceof TextSelection && !state.selection.empty);
  }
}

/** A stretch without the spaces at its ends: they belong to the text around it, not to what takes its place. */
function withoutEdges(doc: Node, from: number, to: number): [number, number] {
  const text = doc.textBetween(from, to, "\n", "\n");
  if (!text.trim()) return [from, to];
  const spaces = (edge: RegExp) => edge.exec(text)?.[0].length ?? 0;
  return [from + spaces(/^[ \t\u00a0]+/), to - spaces(/[ \t\u00a0]+$/)];
}
