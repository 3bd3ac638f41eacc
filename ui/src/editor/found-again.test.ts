import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pointIn, rangeIn, type Remembered } from "./found-again";

const TEXT =
  "It was dark on the stairs. He said nothing, and she went up to the lamp. It was dark on the stairs. It rained.";

/** Where something stood, as it is remembered. */
function remembered(text: string, from: number, to = from): Remembered {
  return {
    at: from,
    before: text.slice(Math.max(0, from - 30), from),
    selection: text.slice(from, to),
    after: text.slice(to, to + 30),
  };
}

const of = (words: string) => TEXT.indexOf(words);
const range = (words: string) => remembered(TEXT, of(words), of(words) + words.length);

describe("a passage", () => {
  it("is found where it stood, also when the text before it has grown", () => {
    const place = range("He said nothing");
    expect(rangeIn(TEXT, place)).toEqual({ from: of("He said"), to: of(", and she") });
    expect(rangeIn(`So. ${TEXT}`, place)?.from).toBe(of("He said") + 4);
  });

  it("is the nearest of several alike", () => {
    const twice = `${TEXT} ${TEXT}`;
    const second = twice.lastIndexOf("He said nothing");
    const place = remembered(twice, second, second + "He said nothing".length);
    expect(rangeIn(twice, place)?.from).toBe(second);
    expect(rangeIn(`So. ${twice}`, place)?.from).toBe(second + 4);
  });

  it("is found by what took its place", () => {
    const text = TEXT.replace("He said nothing", "He kept silent");
    expect(rangeIn(text, range("He said nothing"), ["He kept silent"])).toEqual({
      from: of("He said"),
      to: of("He said") + "He kept silent".length,
    });
  });

  it("is found by what was mixed of several that took its place", () => {
    const place = range("He said nothing");
    const taken = ["He said one word", "Not a word"];
    const text = TEXT.replace("He said nothing", "He said nothing. Not a word");
    expect(rangeIn(TEXT.replace("He said nothing", "Not a word He said"), place, taken)).toEqual({
      from: of("He said"),
      to: of("He said") + "Not a word He said".length,
    });
    // The author's own words before it stay as they are: it was put behind them.
    expect(rangeIn(text, place, ["Not a word"])).toEqual({ from: of("He said"), to: of(", and she") });
    // At the end of a text as well, where one of them alone would do if nothing had to follow it.
    const last = range("It rained.");
    const both = TEXT.replace("It rained.", "Rain fell. It poured.");
    const two = ["Rain fell.", "It poured."];
    expect(rangeIn(both, last, two)).toEqual({ from: of("It rained."), to: both.length });
    expect(rangeIn(`${both} And she went on for a long while.`, last, two)).toBeNull();
  });

  it("is gone when its author wrote it anew, however long that is", () => {
    const place = range("He said nothing");
    const text = TEXT.replace("He said nothing", "He kept quite silent");
    expect(rangeIn(text, place, ["He said one word", "Not a word"])).toBeNull();
    expect(rangeIn(text, place, ["He said one word"])).toBeNull();
    expect(rangeIn(text, place)).toBeNull();
  });

  it("is gone when its words were changed, or moved to another place", () => {
    expect(rangeIn(TEXT.replace("nothing", "little"), range("He said nothing"))).toBeNull();
    expect(rangeIn("He said nothing", range("He said nothing"))).toBeNull();
  });

  it("that was all of the text is found when there is more", () => {
    const all = remembered("He said nothing.", 0, 16);
    expect(rangeIn("So. He said nothing. It rained.", all)).toEqual({ from: 4, to: 20 });
  });

  it("is found by one side when the other was written anew", () => {
    const text = `He said nothing${TEXT.slice(of(", and she"))}`;
    expect(rangeIn(text, range("He said nothing"))).toEqual({ from: 0, to: 15 });
  });
});

describe("a point", () => {
  it("is where what stood before it ends, whatever follows now", () => {
    const place = remembered(TEXT, of(", and she"));
    expect(pointIn(TEXT, place)).toBe(of(", and she"));
    const shorter = TEXT.slice(0, of(", and she"));
    expect(pointIn(shorter, place)).toBe(shorter.length);
  });

  it("is behind the words of it that are in the text, and gone with them", () => {
    const at = of(", and she");
    const place = remembered(TEXT, at);
    const text = `${TEXT.slice(0, at)} at all${TEXT.slice(at)}`;
    expect(pointIn(text, place, " at all")).toBe(at + 7);
    expect(pointIn(text, place, " to her")).toBeNull();
  });

  it("after a word or two is not in the middle of another", () => {
    const place = { at: 2, before: "He", selection: "", after: " said it, and went." };
    expect(pointIn("He said it, and went.", place)).toBe(2);
    expect(pointIn("He said nothing.", place)).toBe(2);
    expect(pointIn("Hello. So He said it, and went.", { ...place, at: 12 })).toBe(12);
    expect(pointIn("Hello.", place)).toBeNull();
    expect(pointIn("Then. So He said it, and went.", place)).toBe(11);
    expect(pointIn("Then Hebe came.", place)).toBeNull();
  });

  it("is behind what was selected when it was asked", () => {
    const place = range("He said nothing");
    expect(pointIn(TEXT, place)).toBe(of(", and she"));
  });

  it("is found by what stood after it when all before it is new", () => {
    const at = of(", and she");
    expect(pointIn(`New. ${TEXT.slice(at)}`, remembered(TEXT, at))).toBe(5);
  });

  it("is gone with all around it", () => {
    expect(pointIn("Something else altogether.", remembered(TEXT, of(", and she")))).toBeNull();
  });
});

describe("any place", () => {
  // Long enough for much of it to be forgotten, and of so few words that much of it is alike.
  const words = fc
    .array(fc.constantFrom("He", " ", "went", ". ", "\n\n", "a", " lamp"), { maxLength: 60 })
    .map((all) => all.join(""));

  it("of a text that has not changed is found as it was", () => {
    fc.assert(
      fc.property(words, words, words, (before, selection, after) => {
        const text = before + selection + after;
        const [from, to] = [before.length, before.length + selection.length];
        const place = remembered(text, from, to);
        const point = pointIn(text, place);
        const range = rangeIn(text, place);
        const known = place.before + selection;
        // Where that stands several times, at one of them.
        expect(point !== null && text.slice(0, point).endsWith(known)).toBe(true);
        if (text.lastIndexOf(known) === text.indexOf(known)) expect(point).toBe(to);
        if (selection) expect(range && text.slice(range.from, range.to)).toBe(selection);
      }),
    );
  });
});
