// The pages that were left in this session, with what was done on them: a scene that is opened again as it was left goes on
// from there, so that undo reaches back over the turn. Only that and the selection outlive it; all else that the page
// knows is said anew by who knows it.
import { closeHistory, history } from "prosemirror-history";
import type { Node } from "prosemirror-model";
import type { EditorState, Plugin } from "prosemirror-state";
import * as ghosts from "./ghost";

/** As many are kept; those left first go first. */
const MOST = 24;

export class LeftPages {
  #left: { scene: number; state: EditorState }[] = [];

  /** Keeps a page beside others of the same scene: a step on the tree and its undo lead to one that was left before. */
  leave(scene: number, state: EditorState): void {
    const same = (one: { scene: number; state: EditorState }) =>
      one.scene === scene && one.state.doc.eq(state.doc);
    this.#left = [...this.#left.filter((one) => !same(one)), { scene, state: bare(state) }].slice(-MOST);
  }

  /** The page of a scene that was left with this very text; none: it has changed since, or was never open. */
  reopen(scene: number, doc: Node, plugins: readonly Plugin[]): EditorState | null {
    const found = this.#left.findLast((one) => one.scene === scene && one.state.doc.eq(doc));
    return found?.state.reconfigure({ plugins }) ?? null;
  }

  forget(): void {
    this.#left = [];
  }
}

/** With nothing offered. What was taken stays known, so that undoing it offers it again; what is typed next is a new step. */
function bare(state: EditorState): EditorState {
  const kept = state.reconfigure({ plugins: [history(), ghosts.ghost()] });
  return kept.apply(closeHistory(ghosts.forget(kept)));
}
