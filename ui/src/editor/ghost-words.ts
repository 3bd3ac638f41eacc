// The words of a suggestion as they stand on the page. They grow in place: what stands there already is not drawn again.
import type { Suggestion } from "./ghost";

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

  show({ text, live }: Suggestion): void {
    this.element.classList.toggle("live", live);
    if (text === this.#text) return;
    const more = text.slice(this.#text.length);
    const sameLine = !more.includes("\n") && !this.#text.endsWith("\n");
    // A node of its own: to grow a long one costs the browser its whole length.
    if (sameLine && text.startsWith(this.#text)) this.#end.before(more);
    else this.#draw(text);
    this.#text = text;
  }

  #draw(text: string): void {
    const nodes = text.split("\n\n").flatMap((paragraph, i) => {
      const lines = paragraph.split("\n").flatMap((line, j) => [...(j > 0 ? [newLine()] : []), line]);
      return i > 0 ? [newLine(), indent(), ...lines] : lines;
    });
    this.element.replaceChildren(...nodes, this.#end);
  }
}

function newLine(): HTMLElement {
  return document.createElement("br");
}

function indent(): HTMLElement {
  const indent = document.createElement("span");
  indent.className = "indent";
  return indent;
}
