import * as fc from "fast-check";
import { EditorState } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import { fromText, offsetAt, pasted, plainText, sliceFrom } from "./text";

/** Text as writers and models make it: prose, headings, breaks, quotations, verse, and stray marks. */
const line = fc.oneof(
  fc.constantFrom("", "#", "# ", "***", "* * *", "> ", ">", "### Three", "> said she", "#### four"),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, " ")),
);
const text = fc
  .array(fc.tuple(line, fc.constantFrom("\n", "\n\n", "\n\n\n")), { maxLength: 8 })
  .map((lines) => lines.flat().join(""));

describe("a document as plain text", () => {
  it("holds exactly the text it was made from", () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(plainText(fromText(written))).toBe(written);
      }),
    );
  });

  it("takes carriage returns for line ends", () => {
    expect(plainText(fromText("one\r\n\r\ntwo\rthree"))).toBe("one\n\ntwo\nthree");
  });

  it("is a valid document whatever the text", () => {
    fc.assert(
      fc.property(text, (written) => {
        fromText(written).check();
      }),
    );
  });

  it("is split by a cursor where a letter typed there would stand", () => {
    fc.assert(
      fc.property(text, (written) => {
        const doc = fromText(written);
        const state = EditorState.create({ doc });
        doc.descendants((node, pos) => {
          if (!node.isTextblock) return;
          for (let at = pos + 1; at <= pos + 1 + node.content.size; at++) {
            const offset = offsetAt(doc, at);
            const typed = plainText(state.tr.insertText("☃", at).doc);
            expect(typed).toBe(written.slice(0, offset) + "☃" + written.slice(offset));
          }
        });
      }),
    );
  });

  it("maps each character of a paragraph to its place", () => {
    const doc = fromText("# Title\n\nfirst\nverse\n\n> a\n> b\n\n***\n\nend");
    const whole = plainText(doc);
    doc.descendants((node, pos) => {
      if (!node.isText) return;
      for (let i = 0; i < node.nodeSize; i++) expect(whole[offsetAt(doc, pos + i)]).toBe(node.text![i]);
    });
  });

  it("takes words in at the cursor as if they had been typed there", () => {
    const prose = fc
      .array(fc.constantFrom("He said", " no.", "\n\n", "\n", " “Go”", "# Two"), { maxLength: 6 })
      .map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(prose, fc.nat(12), (words, at) => {
        const doc = fromText("The keeper came\n\nhome.");
        const state = EditorState.create({ doc });
        const pos = 1 + at;
        const [before, after] = [plainText(doc).slice(0, at), plainText(doc).slice(at)];
        expect(plainText(state.tr.replace(pos, pos, sliceFrom(words)).doc)).toBe(before + words + after);
      }),
    );
  });
});

describe("pasted text", () => {
  const into = (slice: ReturnType<typeof pasted>) => {
    const state = EditorState.create({ doc: fromText("") });
    return state.tr.replace(1, 1, slice).doc;
  };

  it("makes a paragraph of every line when no line is blank", () => {
    expect(into(pasted("one\ntwo\nthree\n")).childCount).toBe(3);
  });

  it("keeps line breaks within paragraphs that blank lines part", () => {
    expect(plainText(into(pasted("roses\nviolets\n\n\n\nend")))).toBe("roses\nviolets\n\nend");
  });
});
