// The way lines run: as the project says, or as each paragraph's first letter says.
import type { Node } from "prosemirror-model";
import type { NodeViewConstructor } from "prosemirror-view";

export type Direction = "auto" | "ltr" | "rtl";

const RIGHT_TO_LEFT = /^(arab|hebr|syrc|thaa|nkoo|adlm|rohg|mand|samr)$/i;

/** How the page as a whole runs: what paragraphs without a letter go by. */
export function runsOf(language: string, direction: Direction): "ltr" | "rtl" {
  if (direction !== "auto") return direction;
  try {
    return RIGHT_TO_LEFT.test(new Intl.Locale(language).maximize().script ?? "") ? "rtl" : "ltr";
  } catch {
    return "ltr";
  }
}

/** How blocks are drawn whose looks the schema cannot know: the way they run, and what a note to self is called. */
export function drawnBlocks(direction: Direction, note: string): Record<string, NodeViewConstructor> {
  const noteView: NodeViewConstructor = () => {
    const dom = document.createElement("aside");
    dom.className = "note";
    dom.dataset.note = note;
    dom.setAttribute("role", "note");
    dom.setAttribute("aria-label", note);
    return { dom, contentDOM: dom };
  };
  const auto = direction === "auto";
  return {
    note: noteView,
    paragraph: running(() => "p", auto),
    heading: running(({ attrs }) => `h${attrs.level}`, auto),
  };
}

/** A block that runs as its first letter does, if `auto`, and as the page does while it has none. */
function running(tag: (node: Node) => string, auto: boolean): NodeViewConstructor {
  return (node) => {
    const name = tag(node);
    const dom = document.createElement(name);
    const run = ({ content }: Node) => {
      if (!auto || content.size === 0) dom.removeAttribute("dir");
      else if (!dom.dir) dom.dir = "auto";
    };
    run(node);
    const update = (next: Node) => {
      if (next.type !== node.type || tag(next) !== name) return false;
      run(next);
      return true;
    };
    return { dom, contentDOM: dom, update };
  };
}
