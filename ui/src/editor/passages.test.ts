import fc from "fast-check";
import { history, undo } from "prosemirror-history";
import { TextSelection } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import { locate, passages, passagesIn, setPassages } from "./passages";
import { Sheet } from "./testing";
import { fromText, offsetAt, plainText, positionAt } from "./text";

const TEXT = "The lamp was out. She went up.\n\n> “Who is there?”\n> Nobody.\n\n# Two\n\nThe lamp was out.";

function sheet(quote: string, place = 0) {
  const page = new Sheet(fromText(TEXT), [passages(() => undefined), history()]);
  return page.apply(setPassages(page.state, [{ name: "a", quote, place }]));
}

const words = (page: Sheet) => passagesIn(page.state)[0]!.quote;

describe("a passage", () => {
  it("stands at its words, of several places at the nearest to where it stood", () => {
    expect(locate(TEXT, "The lamp", 0)).toBe(0);
    expect(locate(TEXT, "The lamp", 60)).toBe(TEXT.lastIndexOf("The lamp"));
    expect(locate(TEXT, "a lamp", 0)).toBe(-1);
    expect(passagesIn(sheet("The lamp was out.", 60).state)[0]!.place).toBe(TEXT.lastIndexOf("The lamp"));
  });

  it("moves with the text, and has in it what is written in its middle", () => {
    const page = sheet("She went up");
    page.at(1).type("Later. ").find("went").type("slowly ");
    expect(words(page)).toBe("She slowly went up");
    expect(passagesIn(page.state)[0]!.place).toBe(page.text.indexOf("She slowly"));
  });

  it("does not take in what is written at its ends", () => {
    const page = sheet("She went up");
    page.find("She").type("X").find("went up", true).type("Y");
    expect(words(page)).toBe("She went up");
  });

  it("is gone with its words and there again when they are", () => {
    const page = sheet("She went up");
    page.find("She went up");
    const { from } = page.state.selection;
    page.apply(page.state.tr.delete(from, from + "She went up".length));
    expect(words(page)).toBe("");
    page.run(undo);
    expect(words(page)).toBe("She went up");
  });

  it("may go through quotations and headings", () => {
    for (const quote of ["“Who is there?”\n> Nobody.", "She went up.\n\n> “Who", "Nobody.\n\n# Two"])
      expect(words(sheet(quote))).toBe(quote);
  });
});

describe("positions", () => {
  it("are those of the characters of the plain text, there and back", () => {
    const part = fc.constantFrom("one two", "> said\n> again", "***", "## head", "x", "", "a\nb");
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.nat(), (parts, seed) => {
        const doc = fromText(parts.join("\n\n"));
        const text = plainText(doc);
        const offset = seed % (text.length + 1);
        const pos = positionAt(doc, offset);
        expect(() => doc.resolve(pos)).not.toThrow();
        // What stands between blocks or before a line's own words has its place behind it.
        expect(offsetAt(doc, pos)).toBeGreaterThanOrEqual(offset);
        expect(positionAt(doc, offsetAt(doc, pos))).toBe(pos);
      }),
    );
    const doc = fromText(TEXT);
    doc.descendants((node, pos) => {
      if (!node.isText) return;
      for (let at = pos; at < pos + node.nodeSize; at++) expect(positionAt(doc, offsetAt(doc, at))).toBe(at);
      expect(TextSelection.create(doc, pos).empty).toBe(true);
    });
  });
});
