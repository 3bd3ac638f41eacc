// Who wrote what stands at the cursor or is selected: the writer, or a machine in answer to a request.
import type { Mark, Node } from "prosemirror-model";
import type { EditorState } from "prosemirror-state";
import { schema } from "./schema";

/** Words of one maker. */
export interface Stretch {
  /** Names the words in the record of what machines wrote; `null`: the writer's own. */
  made: { request: string; candidate: number } | null;
  text: string;
}

/** In the order they stand; words of the same answer come once. Without a selection, the stretch around the cursor. */
export function makersIn(state: EditorState): Stretch[] {
  const { from, to, empty, $from } = state.selection;
  const stretches: Stretch[] = [];
  const parent = $from.parent;
  if (empty && parent.isTextblock) add(stretches, around(parent, $from.parentOffset));
  else
    state.doc.nodesBetween(from, to, (node, pos) => {
      if (!node.isText) return;
      const text = node.text!.slice(Math.max(0, from - pos), to - pos);
      if (text) add(stretches, [{ made: madeOf(node), text }]);
    });
  return stretches;
}

/** The pieces of a paragraph that have the maker of what is before the cursor, or at its start of what is after. */
function around(parent: Node, offset: number): Stretch[] {
  const at = parent.childBefore(offset).node ? parent.childBefore(offset) : parent.childAfter(offset);
  if (!at.node) return [];
  const maker = madeOf(at.node);
  let [first, last] = [at.index, at.index];
  while (first > 0 && same(maker, madeOf(parent.child(first - 1)))) first--;
  while (last < parent.childCount - 1 && same(maker, madeOf(parent.child(last + 1)))) last++;
  const text = parent.children
    .slice(first, last + 1)
    .map((node) => node.text ?? "\n")
    .join("");
  return text.trim() ? [{ made: maker, text }] : [];
}

function add(stretches: Stretch[], more: Stretch[]): void {
  for (const { made, text } of more) {
    const known = stretches.find((one) => same(one.made, made));
    if (known) known.text += known.text.endsWith(" ") || text.startsWith(" ") ? text : ` ${text}`;
    else stretches.push({ made, text });
  }
}

function madeOf(node: Node): Stretch["made"] {
  const mark: Mark | undefined = node.marks.find(({ type }) => type === schema.marks.machine);
  return mark ? { request: String(mark.attrs.request), candidate: Number(mark.attrs.candidate) } : null;
}

function same(a: Stretch["made"], b: Stretch["made"]): boolean {
  return a?.request === b?.request && a?.candidate === b?.candidate;
}
