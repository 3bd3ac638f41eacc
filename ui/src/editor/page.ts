// The editor as the rest of the page sees it: load, read, and the few things done to a suggestion. Everything
// about ProseMirror stays behind it.
import { closeHistory, history, redo, undo } from "prosemirror-history";
import { Node } from "prosemirror-model";
import { EditorState, TextSelection, type Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { blurred } from "./blurred";
import { caughtUp } from "./cursor";
import * as ghosts from "./ghost";
import { type TextCommand, textCommands, typing } from "./input";
import { Offers } from "./offers";
import { places } from "./places";
import { isBlank, placeholder } from "./placeholder";
import { asMade, provenance } from "./provenance";
import { schema } from "./schema";
import { countWords, fromText, offsetAt, pasted, plainText } from "./text";

export type { Suggestion, Told, Where } from "./ghost";
export type { Offers, Unit } from "./offers";
export type { Bookmark, Spot } from "./places";
export type { Compared, Piece } from "./putting";
export type { TextCommand } from "./input";

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
  /** The selection or the suggestion moved on the screen. */
  moved(): void;
  /** Something became of what is offered by what was done to the text. */
  told(what: ghosts.Told): void;
}

/** What the page itself says, in the writer's language. */
export interface Said {
  /** Its name for a screen reader. */
  label: string;
  /** What an empty page says. */
  hint: string;
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
  readonly #view: EditorView;
  readonly #heard: Heard;

  readonly #said: () => Said;
  /** Whether the end of the suggestion is kept in sight; ends when the writer goes elsewhere. */
  #following = false;

  /** `said` is asked whenever the page is drawn; `retell` draws it after a change of language. */
  constructor(mount: HTMLElement, said: () => Said, heard: Heard) {
    this.#said = said;
    this.#heard = heard;
    this.#view = new EditorView(
      { mount },
      {
        state: fresh(fromText(""), said),
        attributes: () => ({
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": said().label,
          spellcheck: "true",
          tabindex: "0",
        }),
        clipboardTextParser: (text) => pasted(text),
        clipboardTextSerializer: (slice) => plainText(schema.node("doc", null, slice.content)),
        dispatchTransaction: (tr) => this.#dispatch(tr),
        handleDOMEvents: { wheel: () => (this.#following = false) },
        scrollMargin: { top: 80, bottom: 140, left: 5, right: 5 },
        scrollThreshold: { top: 60, bottom: 100, left: 5, right: 5 },
      },
    );
    this.offers = new Offers(this.#view, (anew) => {
      this.#following ||= anew;
      this.keepInSight();
    });
  }

  /** The language of the text (BCP 47; empty: not said) and the way its lines run. */
  write(language: string, direction: "auto" | "ltr" | "rtl"): void {
    const { dom } = this.#view;
    dom.lang = language;
    if (direction === "auto") dom.removeAttribute("dir");
    else dom.dir = direction;
  }

  /** Opens a document; where there is none yet, the text it begins with. Throws when it is not one of ours. */
  load(document: string, text = ""): void {
    this.#open(document ? parsed(document) : fromText(text));
  }

  /** Puts text on the page as a change that can be undone. */
  fill(text: string): void {
    const { state } = this.#view;
    const tr = asMade(state.tr.replaceWith(0, state.doc.content.size, fromText(text).content));
    this.#view.dispatch(closeHistory(tr.setSelection(TextSelection.atEnd(tr.doc))));
  }

  /** Shows the text to be read only. */
  readOnly(): void {
    this.#view.setProps({ editable: () => false });
  }

  /** Draws what the page says anew: the language is another. */
  retell(): void {
    this.#view.updateState(this.#view.state);
  }

  document(): string {
    return JSON.stringify(this.#view.state.doc.toJSON());
  }

  text(): string {
    return plainText(this.#view.state.doc);
  }

  focus(): void {
    this.#view.focus();
  }

  /** The cursor; what is selected lies before it, and is what an action at it is about. */
  cursor(): Place {
    const { doc, selection } = caughtUp(this.#view);
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

  /** Whether the writer could be offered words where the cursor stands: nothing is selected or being composed. */
  get resting(): { before: string; after: string } | null {
    const { selection } = caughtUp(this.#view);
    if (!this.#view.hasFocus() || this.#view.composing || !selection.empty) return null;
    const { parent, parentOffset } = selection.$head;
    if (!parent.isTextblock) return null;
    const text = (from: number, to: number) => parent.textBetween(from, to, "", "\n");
    return { before: text(0, parentOffset), after: text(parentOffset, parent.content.size) };
  }

  /** Selects a stretch, as far as the document goes, and brings it into sight. */
  reveal(from: number, to: number): void {
    const { doc, tr } = this.#view.state;
    const [start, end] = [from, to].map((at) => doc.resolve(Math.max(0, Math.min(at, doc.content.size))));
    this.#view.dispatch(tr.setSelection(TextSelection.between(start!, end!)).scrollIntoView());
    this.#view.focus();
  }

  get hasSelection(): boolean {
    const { selection } = caughtUp(this.#view);
    return selection instanceof TextSelection && !selection.empty;
  }

  undo(): void {
    undo(this.#view.state, this.#view.dispatch);
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
    if (this.#following) this.#view.dom.querySelector(".ghost .end")?.scrollIntoView({ block: "nearest" });
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
    this.#view.updateState(fresh(doc, this.#said));
    this.#heard.counted(countWords(doc), isBlank(doc));
    this.#heard.moved();
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
    const before = ghosts.ghostIn(this.#view.state).told;
    const state = this.#view.state.apply(tr);
    this.#view.updateState(state);
    const { told } = ghosts.ghostIn(state);
    if (tr.docChanged) {
      this.#heard.counted(countWords(state.doc), isBlank(state.doc));
      this.#heard.changed();
    }
    if (told && told !== before) this.#heard.told(told);
    this.#heard.moved();
  }
}

function fresh(doc: Node, said: () => Said): EditorState {
  const state = EditorState.create({
    doc,
    plugins: [ghosts.ghost(), places(), blurred(), ...typing(), history(), provenance(), placeholder(said)],
  });
  return state.apply(state.tr.setSelection(TextSelection.atEnd(doc)));
}

/** A stretch without the spaces at its ends: they belong to the text around it, not to what takes its place. */
function withoutEdges(doc: Node, from: number, to: number): [number, number] {
  const text = doc.textBetween(from, to, "\n", "\n");
  if (!text.trim()) return [from, to];
  const spaces = (edge: RegExp) => edge.exec(text)?.[0].length ?? 0;
  return [from + spaces(/^[ \t\u00a0]+/), to - spaces(/[ \t\u00a0]+$/)];
}

function parsed(document: string): Node {
  const doc = Node.fromJSON(schema, JSON.parse(document));
  doc.check();
  return doc;
}
