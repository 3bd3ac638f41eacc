import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstSentence, firstWord, gapBetween, sentencesIn } from "./pieces";

const texts = fc
  .array(
    fc.constantFrom("He left.", "“Why?”", " ", "\n\n", "she", "船が来た。", "Mr. ", "…", "No!", "\n", "12.5"),
  )
  .map((parts) => parts.join(""));

const bare = (text: string) => text.replace(/\s+/g, "");

describe("sentences", () => {
  it("are all of a text, in its order", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(
          bare(
            sentencesIn(text)
              .map((one) => one.text)
              .join(""),
          ),
        ).toBe(bare(text));
      }),
    );
  });

  it("keep together what is said and who says it, and a name with its title", () => {
    expect(
      sentencesIn(" “Where did you get that?” he asked, and sat. Mr. Lund said nothing.\n\nLater."),
    ).toEqual([
      { text: "“Where did you get that?” he asked, and sat.", opens: false },
      { text: "Mr. Lund said nothing.", opens: false },
      { text: "Later.", opens: true },
    ]);
    expect(sentencesIn("船が来た。彼は待った。").map(({ text }) => text)).toEqual([
      "船が来た。",
      "彼は待った。",
    ]);
  });

  it("are cut off one by one until nothing is left", () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(firstSentence, firstWord), (text, cut) => {
        let rest = text;
        while (rest.trim()) {
          const piece = cut(rest);
          expect(rest.startsWith(piece) && piece.trim() !== "").toBe(true);
          rest = rest.slice(piece.length);
        }
        expect(cut(rest)).toBe("");
      }),
    );
  });
});

describe("words", () => {
  it("come with the space before and the signs at them", () => {
    expect(firstWord(" nothing.” More")).toBe(" nothing.”");
    expect(firstWord("\n\n“Well?” he")).toBe("\n\n“Well?”");
  });

  it("are found where none are parted by spaces", () => {
    expect(firstWord("彼は昨日、家に")).toBe("彼");
  });
});

describe("a gap", () => {
  it("is a space where words would run together, and nothing elsewhere", () => {
    expect(gapBetween("He left.", "She stayed.")).toBe(" ");
    for (const [before, after] of [
      ["", "He"],
      ["He ", "left"],
      ["He", ", then"],
      ["“", "Go"],
      ["来た。", "彼"],
      ["来", "彼"],
    ] as const)
      expect(gapBetween(before, after)).toBe("");
  });
});
