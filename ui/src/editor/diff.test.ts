import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, composed, isChange } from "./diff";

const changes = (before: string, after: string) =>
  compare(before, after)
    .filter(isChange)
    .map(({ before, after }) => [before, after]);

const word = fc.constantFrom(
  "the",
  "boat",
  "lay",
  "Straße",
  "naïve",
  "船",
  "они",
  "a",
  "“",
  "”",
  ",",
  ".",
  "—",
);
const space = fc.constantFrom(" ", " ", "", "\n", "\n\n", "\u00a0");
const prose = fc.array(fc.tuple(word, space), { maxLength: 40 }).map((pairs) => pairs.flat().join(""));
const texts = fc.oneof(prose, fc.string({ unit: "grapheme", maxLength: 60 }));

describe("a comparison", () => {
  it("gives the new text when all changes are taken and the old one when none is", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const segments = compare(before, after);
        expect(composed(segments)).toBe(after);
        expect(composed(segments, new Set(segments.keys()))).toBe(before);
      }),
    );
  });

  it("leaves what no change touches where it stands, whichever are taken", () => {
    fc.assert(
      fc.property(prose, prose, fc.infiniteStream(fc.boolean()), (before, after, taken) => {
        const segments = compare(before, after);
        const left = new Set([...segments.keys()].filter(() => taken.next().value));
        const kept = segments.filter((segment) => !isChange(segment)).map((segment) => segment.before);
        const text = composed(segments, left);
        kept.reduce((at, part) => {
          const found = text.indexOf(part, at);
          expect(found).toBeGreaterThanOrEqual(0);
          return found + part.length;
        }, 0);
      }),
    );
  });

  it("never has two changes side by side", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const kinds = compare(before, after).map(isChange);
        expect(kinds.some((kind, at) => kind && kinds[at + 1])).toBe(false);
      }),
    );
  });

  it("tells changes as a reader would: words and phrases, not letters and spaces", () => {
    expect(
      changes(
        "It lay on its side in the shingle, and in the stern sat a small brass box scratched upon the lid.",
        "It leaned like a drunk in the shingle, and in the stern crouched a small brass box scratched deep into the lid.",
      ),
    ).toEqual([
      ["lay on its side", "leaned like a drunk"],
      ["sat", "crouched"],
      ["upon", "deep into"],
    ]);
  });

  it("parts changes where a sentence ends", () => {
    const before = "The long road went on and on. Nobody came along it at all. The wind blew from the sea.";
    const after =
      "The white road went on and on. Someone came along it after all. The wind blew from the hills.";
    expect(changes(before, after)).toEqual([
      ["long", "white"],
      ["Nobody", "Someone"],
      ["at", "after"],
      ["sea", "hills"],
    ]);
  });

  it("sees a paragraph that is split or joined as a change of its own", () => {
    const before = "She went up the stairs. He stayed where he was.";
    const after = "She went up the stairs.\n\nHe stayed where he was.";
    expect(changes(before, after)).toEqual([[" ", "\n\n"]]);
    expect(changes(after, before)).toEqual([["\n\n", " "]]);
  });

  it("is one change where next to nothing is left of the text", () => {
    expect(compare("Dry as a bone, it lay there.", "The wind had other plans for all of them.")).toHaveLength(
      1,
    );
    expect(compare("", "New.")).toEqual([{ before: "", after: "New." }]);
    expect(compare("", "")).toEqual([]);
  });

  it("finds words in scripts without spaces", () => {
    expect(changes("他昨天回到了家。", "他今天回到了家。")).toEqual([["昨天", "今天"]]);
  });

  it("takes no longer than a moment for long texts that have nothing in common", () => {
    const one = Array.from({ length: 4000 }, (_, i) => `word${i}`).join(" ");
    const other = Array.from({ length: 4000 }, (_, i) => `other${i}`).join(" ");
    expect(compare(one, other)).toHaveLength(1);
  });
});
