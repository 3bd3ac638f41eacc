// A rewrite on the page: what it would strike and what it would put there, change by change. A change that is left is
// shown as the text stands; the one that is looked at stands out.
import type { Node } from "prosemirror-model";
import { Decoration, DecorationSet } from "prosemirror-view";
import { isChange } from "./diff";
import { linesOf } from "./ghost-words";
import type { Compared } from "./putting";

/** `places`: where the segments stand, counted from `from`. */
export function drawCompared(
  doc: Node,
  from: number,
  to: number,
  { segments, left, current }: Compared,
  places: readonly { from: number; to: number }[],
): DecorationSet {
  const drawn = [Decoration.inline(from, to, { class: "compared" })];
  segments.forEach((segment, at) => {
    if (!isChange(segment)) return;
    const place = { from: from + places[at]!.from, to: from + places[at]!.to };
    const looked = at === current ? " current" : "";
    const kind = left.has(at) ? "left-as-it-is" : "replaced";
    if (place.from < place.to) drawn.push(Decoration.inline(place.from, place.to, { class: kind + looked }));
    if (left.has(at)) return;
    const added = segment.after || (segment.before.includes("\n") ? "¶" : "");
    if (!added) return;
    const words = () => drawnAddition(added, segment.after === "", looked);
    const key = `${at}/${looked}/${added}`;
    drawn.push(Decoration.widget(place.to, words, { side: -1, marks: [], key, ignoreSelection: true }));
  });
  return DecorationSet.create(doc, drawn);
}

/** `gone`: a break between paragraphs that would go, which has no words to strike. */
function drawnAddition(text: string, gone: boolean, looked: string): HTMLElement {
  const span = document.createElement(gone ? "del" : "ins");
  span.className = (gone ? "replaced" : "added") + looked;
  span.dataset.testid = "added";
  span.append(...linesOf(text));
  return span;
}
