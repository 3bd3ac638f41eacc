import { describe, expect, it } from "vitest";
import { countWords, lengthOf, wordsIn } from "./counting";
import { schema } from "./schema";
import { fromText } from "./text";

describe("counting words", () => {
  it("counts by the boundaries of Unicode, as the library does", () => {
    expect(wordsIn(" \n\n — … \u{a0}")).toBe(0);
    expect(wordsIn("“Don't,” she said—twice.")).toBe(4);
    expect(wordsIn("Die Tür ging 3,5 Meter auf.")).toBe(6);
    expect(wordsIn("Было темно.")).toBe(2);
    expect(wordsIn("天黑了")).toBe(3);
  });

  it("counts over blocks and breaks, and leaves scene breaks and notes out", () => {
    const page = fromText("# The box\n\none\ntwo\n\n***\n\n> three four");
    expect(countWords(page)).toBe(6);
    const note = schema.node("note", null, [schema.node("paragraph", null, [schema.text("not this")])]);
    expect(countWords(page.copy(page.content.addToEnd(note)))).toBe(6);
    expect(countWords(schema.node("doc", null, [schema.node("paragraph")]))).toBe(0);
  });

  it("tells how long a stretch is, as people count characters", () => {
    const page = fromText("# The box\n\none\ntwo é");
    expect(lengthOf(page)).toEqual({ words: 5, characters: 15, solid: 13 });
    expect(lengthOf(page, 5, 8)).toEqual({ words: 1, characters: 3, solid: 3 });
    expect(lengthOf(fromText("e\u0301 مُحَمَّد"))).toEqual({ words: 2, characters: 6, solid: 5 });
    const note = schema.node("note", null, [schema.node("paragraph", null, [schema.text("not this")])]);
    expect(lengthOf(page.copy(page.content.addToEnd(note))).words).toBe(5);
  });
});
