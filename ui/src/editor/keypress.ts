// A typed character becomes a step of ours at once. Left to the browser it would first be made in the page by its own
// editing command, which looks at much of a long document, and then be read back out of the page.
import { Plugin, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { caughtUp } from "./cursor";

export function keypress(): Plugin {
  return new Plugin({ props: { handleKeyPress: typed } });
}

function typed(view: EditorView, event: KeyboardEvent): boolean {
  const character = event.key;
  if (view.composing || [...character].length !== 1) return false;
  const { selection } = caughtUp(view);
  const { $from, $to, from, to } = selection;
  if (!(selection instanceof TextSelection) || !$from.sameParent($to)) return false;
  const step = () => view.state.tr.insertText(character, from, to).scrollIntoView();
  const taken = view.someProp("handleTextInput", (take) => take(view, from, to, character, step));
  if (!taken) view.dispatch(step());
  return true;
}
