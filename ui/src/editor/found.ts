// The places of a search on the page: each one marked, the one in hand more so, until the search ends. They are
// decorations: not in the document, and carried along by every change.
import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

export interface Span {
  from: number;
  to: number;
}

const key = new PluginKey<DecorationSet>("found");

export function found(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, old) => (tr.getMeta(key) as DecorationSet | undefined) ?? old.map(tr.mapping, tr.doc),
    },
    props: { decorations: (state) => key.getState(state) },
  });
}

/** Marks these places and no others; those that are not on the page are left out. */
export function marked(state: EditorState, places: Span[], current: number): Transaction {
  const size = state.doc.content.size;
  const drawn = places.flatMap(({ from, to }, at) =>
    from < to && to <= size
      ? [Decoration.inline(from, to, { class: at === current ? "found-now" : "found" })]
      : [],
  );
  return state.tr.setMeta(key, DecorationSet.create(state.doc, drawn)).setMeta("addToHistory", false);
}
