import * as fc from "fast-check";
import { DecorationSet } from "prosemirror-view";
import { describe, expect, it } from "vitest";
import { focusing, sentenceAt, setFocus } from "./focus";
import { Sheet } from "./testing";
import { fromText } from "./text";

const TEXT = "It was dark. “Who is it?” he asked. Nobody.\n\nThen the wind rose.\n\n> A letter.";

function sheet(text = TEXT): Sheet {
  return new Sheet(fromText(text), [focusing(() => "en")]);
}

/** What is clear on the page. */
function clear(page: Sheet): string[] {
  const plugin = page.state.plugins[0]!;
  const drawn = plugin.props.decorations!.call(plugin, page.state) as DecorationSet;
  return drawn.find().map(({ from, to }) => page.state.doc.textBetween(from, to, "\n"));
}

describe("focus", () => {
  it("is off until it is wanted, and again", () => {
    const page = sheet().find("dark");
    expect(clear(page)).toEqual([]);
    page.apply(setFocus(page.state, "paragraph"));
    expect(clear(page)).toHaveLength(1);
    page.apply(setFocus(page.state, "off"));
    expect(clear(page)).toEqual([]);
  });

  it("is on the paragraph in hand, or all that are selected", () => {
    const page = sheet().find("wind");
    page.apply(setFocus(page.state, "paragraph"));
    expect(clear(page)).toEqual(["Then the wind rose."]);
    page.find("letter");
    expect(clear(page)).toEqual(["A letter."]);
    page.at(1, page.state.doc.content.size - 2);
    expect(clear(page)).toHaveLength(3);
  });

  it("is on the sentence in hand, and goes on with what is typed", () => {
    const page = sheet().find("Nobody");
    page.apply(setFocus(page.state, "sentence"));
    expect(clear(page)).toEqual(["Nobody."]);
    page.find("asked");
    expect(clear(page)).toEqual(["“Who is it?” he asked. "]);
    page.find("Nobody.", true).type(" She sat.");
    expect(clear(page)).toEqual(["She sat."]);
  });

  it("keeps what is clear in its place while words are composed", () => {
    const page = sheet().find("dark");
    page.apply(setFocus(page.state, "sentence"));
    page.apply(page.state.tr.insertText("so. very ", 8).setMeta("composition", 1));
    expect(clear(page)).toEqual(["It was so. very dark. "]);
    page.type("!");
    expect(clear(page)).toHaveLength(1);
  });

  it("finds a sentence around every place of a paragraph", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("It rained.", "Why?", "\n", " ", "…", "天黑了。"), { maxLength: 8 }),
        (parts) => {
          const block = fromText(parts.join("").replaceAll("\n\n", "\n")).firstChild!;
          for (let at = 0; at <= block.content.size; at++) {
            const { from, to } = sentenceAt(block, at, "en");
            expect(from <= at && at <= to).toBe(true);
          }
        },
      ),
    );
  });
});
