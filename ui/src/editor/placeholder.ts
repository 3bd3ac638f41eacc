// A few quiet words on an empty page, drawn by the style sheet and never part of the text.
import type { Node } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

export function placeholder(said: () => { hint: string }): Plugin {
  return new Plugin({
    props: {
      decorations: (state) => {
        if (!isBlank(state.doc)) return null;
        const looks = { class: "blank", "data-hint": said().hint };
        return DecorationSet.create(state.doc, [Decoration.node(0, state.doc.content.size, looks)]);
      },
    },
  });
}

/** Whether nothing was written yet. */
export function isBlank(doc: Node): boolean {
  return doc.childCount === 1 && doc.firstChild!.isTextblock && doc.firstChild!.content.size === 0;
}
