// A page without a window, for tests: the editor's own state and plugins, and nothing drawn.
import { history, redo, undo } from "prosemirror-history";
import { EditorState, TextSelection, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { ghost, ghostIn, type Told } from "../../editor/ghost";
import { Offers } from "../../editor/offers";
import type { Place } from "../../editor/page";
import { Passages, passages } from "../../editor/passages";
import { places } from "../../editor/places";
import { provenance } from "../../editor/provenance";
import { schema } from "../../editor/schema";
import { fromText, offsetAt, plainText } from "../../editor/text";

export class Paper {
  state!: EditorState;
  readonly offers: Offers;
  readonly passages: Passages;
  /** The cursor is where words could be offered. */
  focused = true;
  told: (told: Told) => void = () => undefined;
  written: () => void = () => undefined;

  constructor(text = "") {
    this.open(text);
    const view = {
      dispatch: (tr: Transaction) => this.dispatch(tr),
      hasFocus: () => false,
      focus: () => undefined,
      dom: { querySelector: () => null },
    };
    Object.defineProperty(view, "state", { get: () => this.state });
    this.offers = new Offers(view as unknown as EditorView, () => undefined);
    this.passages = new Passages(view as unknown as EditorView);
  }

  /** Opens another document, with the cursor at its end. */
  open(text: string): void {
    const doc = fromText(text);
    const state = EditorState.create({
      doc,
      plugins: [ghost(), places(), passages(() => undefined), history(), provenance()],
    });
    this.state = state.apply(state.tr.setSelection(TextSelection.atEnd(doc)));
  }

  dispatch(tr: Transaction): void {
    const before = ghostIn(this.state).told;
    this.state = this.state.apply(tr);
    const { told } = ghostIn(this.state);
    if (tr.docChanged) this.written();
    if (told && told !== before) this.told(told);
  }

  type(text: string, at = this.state.selection.from): this {
    this.dispatch(this.state.tr.insertText(text, at));
    return this;
  }

  /** Selects words; with nothing, puts the cursor at the end. */
  select(words?: string): this {
    const { doc, tr } = this.state;
    if (words === undefined) this.dispatch(tr.setSelection(TextSelection.atEnd(doc)));
    doc.descendants((node, pos) => {
      const at = words && node.isText ? node.text!.indexOf(words) : -1;
      if (at >= 0) {
        const range = TextSelection.create(doc, pos + at, pos + at + words!.length);
        this.dispatch(this.state.tr.setSelection(range));
      }
    });
    return this;
  }

  undo(): void {
    undo(this.state, (tr) => this.dispatch(tr));
  }

  redo(): void {
    redo(this.state, (tr) => this.dispatch(tr));
  }

  get text(): string {
    return plainText(this.state.doc);
  }

  /** What is offered on it; none: nothing. */
  get ghost(): string | null {
    return this.offers.suggestion?.text ?? null;
  }

  /** The words that carry the machine's mark, with the request and the candidate they came from. */
  get made(): { text: string; request: string; candidate: number }[] {
    const found: { text: string; request: string; candidate: number }[] = [];
    this.state.doc.descendants((node) => {
      const mark = node.isText ? schema.marks.machine.isInSet(node.marks) : undefined;
      if (!mark) return;
      found.push({ text: node.text!, ...(mark.attrs as { request: string; candidate: number }) });
    });
    return found;
  }

  know(): void {}

  cursor(): Place {
    const { from, to } = this.state.selection;
    return { ...this.place(from, to), from: to };
  }

  selection(): Place {
    const { from, to, empty, $from } = this.state.selection;
    return empty ? this.place($from.start(), $from.end()) : this.place(from, to);
  }

  place(from: number, to: number): Place {
    const { doc } = this.state;
    const text = plainText(doc);
    const [start, end] = [offsetAt(doc, from), offsetAt(doc, to)];
    return {
      from,
      to,
      before: text.slice(0, start),
      selection: text.slice(start, end),
      after: text.slice(end),
    };
  }

  get resting(): { before: string; after: string } | null {
    const { selection } = this.state;
    if (!this.focused || !selection.empty) return null;
    const { parent, parentOffset } = selection.$head;
    const text = (from: number, to: number) => parent.textBetween(from, to, "", "\n");
    return { before: text(0, parentOffset), after: text(parentOffset, parent.content.size) };
  }
}
