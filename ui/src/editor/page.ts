// The editor as the rest of the page sees it: load, read, and the few things done to a suggestion. Everything
// about ProseMirror stays behind it.
import { closeHistory, history, redo, undo } from "prosemirror-history";
import { undoInputRule } from "prosemirror-inputrules";
import type { Node } from "prosemirror-model";
import { EditorState, type Plugin, TextSelection, type Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { answersIn, authors, type Origin, showAuthors, tellOrigins } from "./authors";
import { blurred } from "./blurred";
import { countWords, type Length, lengthOf } from "./counting";
import { caughtUp } from "./cursor";
import { type Direction, drawnBlocks, runsOf } from "./direction";
import { fromJson, toJson } from "./document";
import { type Focus, focusing, setFocus } from "./focus";
import { found, marked, type Span } from "./found";
import * as ghosts from "./ghost";
import { type TextCommand, textCommands, typing } from "./input";
import { keypress } from "./keypress";
import { LeftPages } from "./left-pages";
import { makersIn, type Stretch } from "./makers";
import { paragraphBelow, storyPlace } from "./notes";
import { Offers } from "./offers";
import { Passages, passages } from "./passages";
import { pasting } from "./paste";
import { isBlank, placeholder } from "./placeholder";
import { places } from "./places";
import { asMade, provenance } from "./provenance";
import { Scrolling } from "./scrolling";
import { type Misspelt, misspeltAt, nextMisspelt, setSpelling, type Speller, spelling } from "./spelling";
import { fromText, offsetAt, plainText } from "./text";
import { type Typography, typographyOf } from "./typography";

export type { Origin } from "./authors";
export type { Direction } from "./direction";
export type { Focus } from "./focus";
export type { Span } from "./found";
export type { Suggestion, Told, Where } from "./ghost";
export type { Offers, Unit } from "./offers";
export type { Passages, Quoted } from "./passages";
export type { Bookmark, Spot } from "./places";
export type { Compared, Piece } from "./putting";
export type { Misspelt } from "./spelling";
export type { TextCommand } from "./input";
export type { Stretch } from "./makers";

/** How the writer wants to write. */
export interface Manner {
  focus: Focus;
  /** The line in hand stays at the same height. */
  typewriter: boolean;
  /** Quotation marks, dashes and dots become those of the language. */
  typography: boolean;
  /** Words that a machine made are marked. */
  authors: boolean;
  /** Misspelt words are marked; else that is left to the browser. */
  spelling: boolean;
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
  /** Something became of what is offered by what was done to the text. */
  told(what: ghosts.Told): void;
  /** Which words are misspelt. */
  misspelt: Speller;
  /** A passage that is marked was pressed. */
  pressed(passage: string): void;
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
  /** What is offered on the page. */
  readonly offers: Offers;
  /** What is marked because something is said of it. */
  readonly passages: Passages;
  readonly #view: EditorView;
  readonly #scrolling: Scrolling;
  readonly #heard: Heard;
  readonly #ask: () => Said;

  #said: Said;
  #direction: Direction = "auto";
  #language = "";
  #typography: Typography | null = typographyOf("");
  #manner: Manner = { focus: "off", typewriter: false, typography: true, authors: false, spelling: false };
  /** Told since the page was made: words can be moved from one document to another. */
  readonly #origins: Origin[] = [];
  readonly #left = new LeftPages();
  /** The scene that is open; none: a page that is not gone back to. */
  #scene: number | null = null;
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
          spellcheck: String(!this.#manner.spelling),
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
    this.offers = new Offers(this.#view, (anew) => {
      this.#following ||= anew;
      this.keepInSight();
    });
    this.passages = new Passages(this.#view);
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
    this.spellAnew();
  }

  /** The language that the text is said to be in; empty: not said. */
  get language(): string {
    return this.#view.dom.lang;
  }

  /** How the writer wants to write from now on. */
  behave(manner: Manner): void {
    const old = this.#manner;
    this.#manner = manner;
    this.#setTypography();
    this.#scrolling.typewriter = manner.typewriter;
    if (manner.focus !== old.focus) this.#view.dispatch(setFocus(this.#view.state, manner.focus));
    if (manner.authors !== old.authors) this.#view.dispatch(showAuthors(this.#view.state, manner.authors));
    if (manner.spelling !== old.spelling) this.#view.dispatch(setSpelling(this.#view.state, manner.spelling));
    if (manner.typewriter) this.#scrolling.toCaret();
  }

  /** Asks about all words anew: others are right now. */
  spellAnew(): void {
    if (this.#manner.spelling) this.#view.dispatch(setSpelling(this.#view.state, true));
  }

  /** The misspelt word at the cursor, or at a place on the screen. */
  misspelt(at?: { left: number; top: number }): Misspelt | null {
    const pos = at ? this.#view.posAtCoords(at)?.pos : caughtUp(this.#view).selection.head;
    return pos === undefined ? null : misspeltAt(this.#view.state, pos);
  }

  /** The misspelt word that comes next after the cursor, or before it. */
  nextMisspelt(by: 1 | -1): Misspelt | null {
    const { from, to } = caughtUp(this.#view).selection;
    return nextMisspelt(this.#view.state, by === 1 ? to : from, by);
  }

  /** Puts other words in a stretch, as one step, and the cursor behind them. */
  replace(from: number, to: number, words: string): void {
    const tr = closeHistory(this.#view.state.tr.insertText(words, from, to));
    this.#view.dispatch(tr.setSelection(TextSelection.create(tr.doc, from + words.length)));
    this.#view.dispatch(closeHistory(this.#view.state.tr));
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

  /**
   * Opens the document of a scene; where there is none yet, the text it begins with. One that was left with this text goes
   * on with its undo steps and selection. Throws when it is not one of ours.
   */
  load(document: string, text = "", scene: number | null = null): void {
    const doc = document ? fromJson(document) : fromText(text);
    if (this.#scene !== null) this.#left.leave(this.#scene, this.#view.state);
    this.#scene = scene;
    this.#open(doc);
  }

  /** Forgets the pages that were open: the library is another. */
  forget(): void {
    this.#left.forget();
    this.#scene = null;
  }

  /** Puts text on the page as a change that can be undone. */
  fill(text: string): void {
    const { state } = this.#view;
    const tr = asMade(state.tr.replaceWith(0, state.doc.content.size, fromText(text).content));
    this.#view.dispatch(closeHistory(tr.setSelection(TextSelection.atEnd(tr.doc))));
  }

  /** Whether the text can be written, or only read. */
  editable(so: boolean): void {
    this.#view.setProps({ editable: () => so });
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
    // One that has it may have a newer selection than the editor has heard of, which focusing would undo.
    caughtUp(this.#view);
    this.#view.focus();
  }

  /**
   * The cursor; what is selected lies before it, and is what an action at it is about. From a note to self it goes to the
   * story nearest to it, unless it is only looked at: what a machine writes belongs there.
   */
  cursor(look = false): Place {
    const { doc, selection } = caughtUp(this.#view);
    const place = storyPlace(doc, selection.to);
    if (place !== selection.to) return this.#beside(place, look);
    const [from, to] = withoutEdges(doc, selection.from, selection.to);
    return { ...this.#place(from, to), from: to };
  }

  /** The selection; without one, the paragraph the cursor is in, which is selected unless it is only looked at. */
  selection(look = false): Place {
    const state = caughtUp(this.#view);
    const { from, to, empty, $from } = state.selection;
    if (!empty) return this.#place(...withoutEdges(state.doc, from, to));
    if (!$from.parent.isTextblock) return this.#place(from, to);
    const [start, end] = [$from.start(), $from.end()];
    if (!look) this.#view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, start, end)));
    return this.#place(start, end);
  }

  /** A range of the text, with the text around it. */
  place(from: number, to: number): Place {
    return this.#place(from, to);
  }

  /** How long the selection is, or the whole text where nothing is selected; notes to self are left out. */
  length(): Length {
    const { doc, selection } = caughtUp(this.#view);
    return selection.empty ? lengthOf(doc) : lengthOf(doc, selection.from, selection.to);
  }

  /** Whether the writer could be offered words where the cursor stands: nothing is selected or being composed. */
  get resting(): { before: string; after: string } | null {
    const { doc, selection } = caughtUp(this.#view);
    if (!this.#view.hasFocus() || this.#view.composing || !selection.empty) return null;
    const { parent, parentOffset, pos } = selection.$head;
    if (!parent.isTextblock || storyPlace(doc, pos) !== pos) return null;
    const text = (from: number, to: number) => parent.textBetween(from, to, "", "\n");
    return { before: text(0, parentOffset), after: text(parentOffset, parent.content.size) };
  }

  /** Selects a stretch and brings it into sight; what lies beyond the end counts as the end. */
  select(from: number, to: number): void {
    const { doc, tr } = this.#view.state;
    const within = (pos: number) => doc.resolve(Math.max(0, Math.min(pos, doc.content.size)));
    this.#view.dispatch(tr.setSelection(TextSelection.between(within(from), within(to))).scrollIntoView());
  }

  /** The same, and the page has the focus. */
  reveal(from: number, to: number): void {
    this.select(from, to);
    this.#view.focus();
  }

  /** Marks the places of a search, `current` among them more so; none: the search is over. */
  mark(places: Span[], current = -1): void {
    this.#view.dispatch(marked(this.#view.state, places, current));
  }

  /** Who wrote what is selected, or stands at the cursor. */
  makers(): Stretch[] {
    return makersIn(caughtUp(this.#view));
  }

  /** What is selected, as positions of the editor. */
  get span(): Span {
    const { from, to } = this.#view.state.selection;
    return { from, to };
  }

  get focused(): boolean {
    return this.#view.hasFocus();
  }

  get hasSelection(): boolean {
    return selects(caughtUp(this.#view));
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
    const place = this.offers.suggestion?.to;
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
    const left = this.#scene === null ? null : this.#left.reopen(this.#scene, doc, this.#plugins());
    this.#view.updateState(left ?? this.#fresh(doc));
    const { focus, authors } = this.#manner;
    if (focus !== "off") this.#view.dispatch(setFocus(this.#view.state, focus));
    if (authors) this.#view.dispatch(showAuthors(this.#view.state, true));
    this.spellAnew();
    this.#view.dispatch(tellOrigins(this.#view.state, this.#origins));
    this.#heard.counted(countWords(doc), isBlank(doc));
    this.#heard.moved(selects(this.#view.state));
  }

  #fresh(doc: Node): EditorState {
    const state = EditorState.create({ doc, plugins: this.#plugins() });
    return state.apply(state.tr.setSelection(TextSelection.atEnd(doc)));
  }

  #plugins(): Plugin[] {
    return [
      ghosts.ghost(),
      places(),
      blurred(),
      passages((name) => this.#heard.pressed(name)),
      authors((model, changed) => this.#said.madeBy(model, changed)),
      focusing(() => this.#language),
      found(),
      spelling((blocks) => this.#heard.misspelt(blocks)),
      ...typing(() => this.#typography),
      keypress(),
      pasting(),
      history(),
      provenance(),
      placeholder(() => this.#said),
    ];
  }

  #setTypography(): void {
    this.#typography = this.#manner.typography ? typographyOf(this.#language) : null;
  }

  /** The place of the story beside a note, `null`: a paragraph that is made below it. */
  #beside(place: number | null, look: boolean): Place {
    const { state } = this.#view;
    const end = state.selection.$to.after(1);
    if (look) return this.#place(place ?? end, place ?? end);
    if (place === null) this.#view.dispatch(paragraphBelow(state, state.selection.to));
    else this.#view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, place)));
    const { to } = this.#view.state.selection;
    return this.#place(to, to);
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

  #dispatch(tr: Transaction): void {
    const before = ghosts.ghostIn(this.#view.state);
    const state = this.#view.state.apply(tr);
    this.#view.updateState(state);
    const { told, drawn } = ghosts.ghostIn(state);
    if (tr.docChanged) {
      this.#heard.counted(countWords(state.doc), isBlank(state.doc));
      this.#heard.changed();
    }
    if (told && told !== before.told) this.#heard.told(told);
    const moved = tr.docChanged || tr.selectionSet;
    if (this.#manner.typewriter && moved && !tr.getMeta("pointer")) this.#scrolling.toCaret();
    if (moved || drawn !== before.drawn) this.#heard.moved(selects(state));
  }
}

function selects({ selection }: EditorState): boolean {
  return selection instanceof TextSelection && !selection.empty;
}

/** A stretch without the spaces at its ends: they belong to the text around it, not to what takes its place. */
function withoutEdges(doc: Node, from: number, to: number): [number, number] {
  const text = doc.textBetween(from, to, "\n", "\n");
  if (!text.trim()) return [from, to];
  const spaces = (edge: RegExp) => edge.exec(text)?.[0].length ?? 0;
  return [from + spaces(/^[ \t\u00a0]+/), to - spaces(/[ \t\u00a0]+$/)];
}
