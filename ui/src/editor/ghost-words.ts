// Words that are only offered, as they stand on the page. They grow in place: what stands there already is not drawn again.

/** One element with all the words; a mark at its end stays in sight while more are coming. */
export class GhostWords {
  readonly element = document.createElement("span");
  readonly #end = document.createElement("span");
  #text = "";

  constructor() {
    this.element.dataset.testid = "ghost";
    this.element.className = "ghost";
    this.#end.className = "end";
    this.element.append(this.#end);
  }

  show({ text, live, faint }: { text: string; live: boolean; faint?: boolean }): void {
    this.element.classList.toggle("live", live);
    this.element.classList.toggle("faint", !!faint);
    // Nobody asked for these: a screen reader does not stumble upon them.
    this.element.ariaHidden = faint ? "true" : null;
    if (text === this.#text) return;
    const more = text.slice(this.#text.length);
    const sameLine = !more.includes("\n") && !this.#text.endsWith("\n");
    // A node of its own: to grow a long one costs the browser its whole length.
    if (sameLine && text.startsWith(this.#text)) this.#end.before(more);
    else this.element.replaceChildren(...linesOf(text), this.#end);
    this.#text = text;
  }
}

/** Text with its line breaks, and an indent where a paragraph begins. */
export function linesOf(text: string): (Node | string)[] {
  return text.split("\n\n").flatMap((paragraph, i) => {
    const lines = paragraph.split("\n").flatMap((line, j) => (j > 0 ? [newLine(), line] : [line]));
    return i > 0 ? [newLine(), indent(), ...lines] : lines;
  });
}

function newLine(): HTMLElement {
  return document.createElement("br");
}

function indent(): HTMLElement {
  const indent = document.createElement("span");
  indent.className = "indent";
  return indent;
}
