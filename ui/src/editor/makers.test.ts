import { EditorState, TextSelection } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import { makersIn } from "./makers";
import { schema } from "./schema";

const made = (request: string, candidate = 0) => [schema.marks.machine.create({ request, candidate })];
const paragraph = (...words: [string, string?][]) =>
  schema.node(
    "paragraph",
    null,
    words.map(([text, request]) => schema.text(text, request ? made(request) : [])),
  );

const doc = schema.node("doc", null, [
  paragraph(["It was "], ["dark and ", "a"], ["cold.", "b"]),
  paragraph(["Ada ", "a"], ["slept."]),
]);

function told(from: number, to = from) {
  const state = EditorState.create({ doc });
  const selected = state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
  return makersIn(selected).map(({ made, text }) => [made?.request ?? null, text]);
}

describe("who wrote what is at the cursor", () => {
  it("is who wrote what stands before it, with the whole stretch", () => {
    expect(told(11)).toEqual([["a", "dark and "]]);
    expect(told(8)).toEqual([[null, "It was "]]);
    expect(told(9)).toEqual([["a", "dark and "]]);
  });

  it("is at the start of a paragraph who wrote what comes", () => {
    expect(told(1)).toEqual([[null, "It was "]]);
    expect(told(24)).toEqual([["a", "Ada "]]);
  });
});

describe("who wrote what is selected", () => {
  it("is each maker once, in the order they stand, with the selected words alone", () => {
    expect(told(4, 28)).toEqual([
      [null, "was "],
      ["a", "dark and Ada "],
      ["b", "cold."],
    ]);
  });

  it("is nobody where nothing is", () => {
    const state = EditorState.create({ doc: schema.node("doc", null, [schema.node("paragraph")]) });
    expect(makersIn(state)).toEqual([]);
  });
});
