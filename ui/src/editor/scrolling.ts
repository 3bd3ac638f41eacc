// Keeps the line in hand, or the end of a suggestion, in sight. Measuring makes the browser lay the page out, so it is
// done once a frame, where the page is laid out anyway, and never while a key is being handled.
import type { EditorView } from "prosemirror-view";

/** Where the line in hand stays in typewriter mode, as a part of the sheet's height. */
const HEIGHT = 0.42;
/** How near to an edge, in pixels, a line is moved, and how far from it. */
const EDGE = { top: 60, bottom: 100 };
const ROOM = { top: 80, bottom: 140 };

export class Scrolling {
  typewriter = false;

  readonly #view: EditorView;
  #frame = 0;
  #caret = false;

  constructor(view: EditorView) {
    this.#view = view;
  }

  /** The cursor is to be in sight. */
  toCaret(): void {
    this.#caret = true;
    this.#soon();
  }

  /** The end of the suggestion is to be in sight. */
  toSuggestion(): void {
    this.#soon();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
  }

  #soon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#view.isDestroyed) return;
      if (this.#caret) this.#holdCaret();
      else this.#showSuggestion();
      this.#caret = false;
    });
  }

  #holdCaret(): void {
    const scroller = this.#scroller();
    if (!scroller) return;
    const caret = this.#view.coordsAtPos(this.#view.state.selection.head, 1);
    const sheet = scroller.getBoundingClientRect();
    if (this.typewriter) {
      const line = (caret.top + caret.bottom) / 2;
      scroller.scrollTop += Math.round(line - sheet.top - HEIGHT * sheet.height);
    } else if (caret.top < sheet.top + EDGE.top) scroller.scrollTop += caret.top - sheet.top - ROOM.top;
    else if (caret.bottom > sheet.bottom - EDGE.bottom)
      scroller.scrollTop += caret.bottom - sheet.bottom + ROOM.bottom;
  }

  #showSuggestion(): void {
    this.#view.dom.querySelector(".ghost .end")?.scrollIntoView({ block: "nearest" });
  }

  #scroller(): HTMLElement | null {
    return this.#view.dom.closest<HTMLElement>("[data-scroller]");
  }
}
