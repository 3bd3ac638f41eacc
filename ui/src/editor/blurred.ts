// Keeps the selection visible while the focus is elsewhere, such as in the form that asks how to rewrite it.
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";

const key = new PluginKey<boolean>("blurred");

export function blurred(): Plugin<boolean> {
  const tell = (away: boolean) => (view: EditorView) => {
    if (key.getState(view.state) !== away) view.dispatch(view.state.tr.setMeta(key, away));
    return false;
  };
  return new Plugin<boolean>({
    key,
    state: { init: () => false, apply: (tr, old) => (tr.getMeta(key) as boolean | undefined) ?? old },
    props: {
      handleDOMEvents: { focus: tell(false), blur: tell(true) },
      decorations: (state) => {
        const { from, to, empty } = state.selection;
        if (empty || !key.getState(state)) return null;
        return DecorationSet.create(state.doc, [Decoration.inline(from, to, { class: "selected" })]);
      },
    },
  });
}
