import { history, redo, undo } from "prosemirror-history";
import { EditorState, type Plugin, TextSelection } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import { fromJson, toJson } from "./document";
import * as ghosts from "./ghost";
import { LeftPages } from "./left-pages";
import { fromText, plainText } from "./text";

const plugins = (): Plugin[] => [ghosts.ghost(), history()];
const begun = (text: string) => EditorState.create({ doc: fromText(text), plugins: plugins() });

/** As it is stored and read again. */
const stored = (state: EditorState) => fromJson(toJson(state.doc));

function undone(state: EditorState): EditorState {
  let now = state;
  undo(state, (tr) => (now = state.apply(tr)));
  return now;
}

function reopened(left: LeftPages, scene: number, doc = fromText("")): EditorState {
  return left.reopen(scene, doc, plugins())!;
}

describe("pages that were left", () => {
  it("goes on with undo steps, redo steps and the selection", () => {
    const left = new LeftPages();
    const first = begun("Ada went out.");
    let state = first.apply(first.tr.insertText("Then ", 1));
    state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 2, 4)));
    left.leave(1, state);
    const again = reopened(left, 1, stored(state));
    expect(again.selection.toJSON()).toEqual(state.selection.toJSON());
    const back = undone(again);
    expect(plainText(back.doc)).toBe("Ada went out.");
    left.leave(1, back);
    let forth = reopened(left, 1, stored(back));
    redo(forth, (tr) => (forth = forth.apply(tr)));
    expect(plainText(forth.doc)).toBe("Then Ada went out.");
  });

  it("begins afresh where the text is another, or the scene is", () => {
    const left = new LeftPages();
    left.leave(1, begun("Ada went out."));
    expect(left.reopen(1, fromText("Eve went out."), plugins())).toBeNull();
    expect(left.reopen(2, fromText("Ada went out."), plugins())).toBeNull();
  });

  it("finds what a step on the tree and its undo lead back to", () => {
    const left = new LeftPages();
    const first = begun("Ada went out.");
    const state = first.apply(first.tr.insertText(" Then", 14));
    left.leave(1, state);
    left.leave(1, begun("Eve went out. Then"));
    expect(plainText(undone(reopened(left, 1, stored(state))).doc)).toBe("Ada went out.");
  });

  it("makes what is typed after the turn a step of its own", () => {
    const left = new LeftPages();
    const first = begun("Ada");
    const state = first.apply(first.tr.insertText(" went", 4));
    left.leave(1, state);
    const again = reopened(left, 1, stored(state));
    const more = again.apply(again.tr.insertText(" out", 9));
    expect(plainText(undone(more).doc)).toBe("Ada went");
  });

  it("offers nothing, and what was taken once more when that is undone", () => {
    const left = new LeftPages();
    const offered = { request: "r", candidate: 0, from: 4, to: 4, text: " went", live: false };
    const first = begun("Ada");
    const shown = first.apply(ghosts.show(first, offered));
    left.leave(1, shown);
    expect(ghosts.ghostIn(reopened(left, 1, stored(shown))).suggestion).toBeNull();
    const taken = shown.apply(ghosts.take(shown)!);
    left.leave(1, taken);
    const back = undone(reopened(left, 1, stored(taken)));
    expect(plainText(back.doc)).toBe("Ada");
    expect(ghosts.ghostIn(back).suggestion?.text).toBe(" went");
    expect(ghosts.ghostIn(back).told?.what).toBe("returned");
  });

  it("keeps a bounded number, and none when all are forgotten", () => {
    const left = new LeftPages();
    for (let scene = 1; scene <= 25; scene++) left.leave(scene, begun("Ada"));
    expect(left.reopen(1, fromText("Ada"), plugins())).toBeNull();
    expect(left.reopen(2, fromText("Ada"), plugins())).not.toBeNull();
    left.forget();
    expect(left.reopen(2, fromText("Ada"), plugins())).toBeNull();
  });
});
