import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runsOf } from "./direction";
import { fromJson, toJson } from "./document";
import { schema } from "./schema";
import { Sheet } from "./testing";
import { fromText } from "./text";

describe("a document as it is kept", () => {
  const text = fc
    .array(fc.constantFrom("# One", "two\nthree", "***", "> “four”", "", "fünf \u2028 6"), { maxLength: 8 })
    .map((parts) => parts.join("\n\n"));

  it("is the editor's own JSON, and read back the same", () => {
    fc.assert(
      fc.property(text, (text) => {
        const doc = fromText(text);
        expect(toJson(doc)).toBe(JSON.stringify(doc.toJSON()));
        expect(fromJson(toJson(doc)).eq(doc)).toBe(true);
      }),
    );
  });

  it("follows every change, though blocks that stay are not written anew", () => {
    const page = new Sheet(fromText("one\n\ntwo\n\nthree"));
    toJson(page.state.doc);
    page.find("two").type("and ");
    expect(toJson(page.state.doc)).toBe(JSON.stringify(page.state.doc.toJSON()));
  });

  it("is refused where it is none of ours", () => {
    const doc = (block: object) => JSON.stringify({ type: "doc", content: [block] });
    expect(() => fromJson(doc({ type: "sonnet" }))).toThrow();
    expect(() => fromJson(doc({ type: "note", content: [{ type: "scene_break" }] }))).toThrow();
    expect(() => fromJson(JSON.stringify(schema.node("paragraph").toJSON()))).not.toThrow();
  });
});

describe("the way a page runs", () => {
  it("is as the project says, or else as its language does", () => {
    expect(runsOf("ar", "auto")).toBe("rtl");
    expect(runsOf("he-IL", "auto")).toBe("rtl");
    expect(runsOf("de", "auto")).toBe("ltr");
    expect(runsOf("", "auto")).toBe("ltr");
    expect(runsOf("ar", "ltr")).toBe("ltr");
    expect(runsOf("en", "rtl")).toBe("rtl");
  });
});
