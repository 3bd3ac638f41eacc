import { EditorState } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import { bookmark, places, reopened, setSpot, spotsIn } from "./places";
import { fromText } from "./text";

const opened = (text: string) => EditorState.create({ doc: fromText(text), plugins: [places()] });
const spot = (state: EditorState, name = "a") => spotsIn(state).get(name);

function named(text: string, from: number, to = from): EditorState {
  const state = opened(text);
  return state.apply(setSpot(state.tr, "a", from, to));
}

describe("a place", () => {
  it("moves with the text before it, and stays before what is written at it", () => {
    let state = named("He said", 8);
    state = state.apply(state.tr.insertText("Then ", 1));
    expect(spot(state)).toEqual({ from: 13, to: 13, lost: false });
    state = state.apply(state.tr.insertText(" but", 13));
    expect(spot(state)).toEqual({ from: 13, to: 13, lost: false });
  });

  it("is lost when its words change, or all around it goes", () => {
    let range = named("one two three", 5, 8);
    range = range.apply(range.tr.insertText("!", 8).insertText("?", 5));
    expect(spot(range)).toEqual({ from: 6, to: 9, lost: false });
    range = range.apply(range.tr.insertText("x", 7));
    expect(spot(range)?.lost).toBe(true);
    const point = named("one two three", 5);
    expect(spot(point.apply(point.tr.delete(2, 8)))?.lost).toBe(true);
  });
});

describe("a document that is opened again", () => {
  it("has its places where they were", () => {
    const kept = bookmark(named("One.\n\nTwo.", 9));
    const state = opened("One.\n\nTwo.");
    expect(spot(state.apply(reopened(state, kept)))).toEqual({ from: 9, to: 9, lost: false });
  });

  it("finds them where its text was changed elsewhere, and loses those in what changed", () => {
    const first = named("One.\n\nTwo.\n\nThree.", 3);
    const kept = bookmark(first.apply(setSpot(first.tr, "b", 13, 18)));
    const state = opened("One.\n\nTwo, and more.\n\nThree.");
    const again = state.apply(reopened(state, kept));
    expect(spot(again)).toEqual({ from: 3, to: 3, lost: false });
    expect(spot(again, "b")).toEqual({ from: 23, to: 28, lost: false });
    const other = opened("One.\n\nTwo.\n\nThirteen.");
    expect(spot(other.apply(reopened(other, kept)), "b")?.lost).toBe(true);
  });

  it("finds them where the same words stand twice", () => {
    const kept = bookmark(named("a a a", 6));
    const state = opened("a a");
    expect(spot(state.apply(reopened(state, kept)))?.from).toBeLessThanOrEqual(4);
  });
});
