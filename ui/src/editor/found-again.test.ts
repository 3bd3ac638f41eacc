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
    const text = TEXT.replace("He said nothing", "He said a word");
    const place = range("He said nothing");
    const found = { from: of("He said"), to: of("He said") + "He said a word".length };
    expect(rangeIn(text, place, ["not a word", "He said a lot"])).toEqual(found);
    expect(rangeIn(text, place)).toBeNull();
    const longer = TEXT.replace("He said nothing", "He said a word, and another, and then one more, at last");
    expect(rangeIn(longer, place, ["not a word", "He said a lot"])).toBeNull();
    // At the end of a text as well, where one of them alone would do if nothing had to follow it.
    const last = range("It rained.");
    const both = TEXT.replace("It rained.", "Rain fell. It poured.");
    const taken = ["Rain fell.", "It poured."];
    expect(rangeIn(both, last, taken)).toEqual({ from: of("It rained."), to: both.length });
    expect(
      rangeIn(`${both} And she went on for a long while, and for longer than that.`, last, taken),
    ).toBeNull();
    const end = range("It rained.");
    expect(rangeIn(TEXT.replace("It rained.", "Rain."), end, ["It: rain."])?.to).toBe(TEXT.length - 5);
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

  it("is behind the words of it that are in the text, as long as they are", () => {
    const at = of(", and she");
    const place = remembered(TEXT, at);
    const text = `${TEXT.slice(0, at)} at all${TEXT.slice(at)}`;
    expect(pointIn(text, place, " at all")).toBe(at + 7);
    expect(pointIn(text, place, " to her")).toBe(at);
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
  it("of a text that has not changed is found as it was", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, selection, after) => {
        const text = before + selection + after;
        const [from, to] = [before.length, before.length + selection.length];
        const place = remembered(text, from, to);
        expect(pointIn(text, place)).toBe(to);
        if (selection) expect(rangeIn(text, place)).toEqual({ from, to });
      }),
    );
  });
});
