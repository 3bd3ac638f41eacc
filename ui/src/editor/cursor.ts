// Where the writer's cursor is at this moment. The browser moves it on a key and tells ProseMirror in an event of its
// own, which can come after the next key: whoever acts on a key must look at the window, not at the last event.
import { type EditorState, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

/** The state of the view after the browser's selection was taken over. */
export function caughtUp(view: EditorView): EditorState {
  const seen = document.getSelection();
  const { anchorNode, focusNode } = seen ?? {};
  const ours = anchorNode && focusNode && view.dom.contains(anchorNode) && view.dom.contains(focusNode);
  if (!seen || !ours || !view.hasFocus() || !(view.state.selection instanceof TextSelection))
    return view.state;
  const { doc, tr, selection } = view.state;
  const anchor = view.posAtDOM(anchorNode, seen.anchorOffset);
  const head = view.posAtDOM(focusNode, seen.focusOffset);
  const now = TextSelection.between(doc.resolve(anchor), doc.resolve(head));
  if (!now.eq(selection)) view.dispatch(tr.setSelection(now));
  return view.state;
}
