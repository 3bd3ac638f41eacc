// Words that are only offered, as they stand on the page.

/** One element with all the words; a mark at its end stays in sight while more are coming. */
export function drawnWords(text: string, { live, faint }: { live: boolean; faint?: boolean }): HTMLElement {
  const span = document.createElement("span");
  span.className = ["ghost", live && "live", faint && "faint"].filter(Boolean).join(" ");
  span.dataset.testid = "ghost";
  // Nobody asked for these: a screen reader does not stumble upon them.
  if (faint) span.ariaHidden = "true";
  span.append(...linesOf(text));
  const end = document.createElement("span");
  end.className = "end";
  span.append(end);
  return span;
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
