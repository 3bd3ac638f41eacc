import { describe, expect, it, vi } from "vitest";
import { HostError, type SpellingHost } from "../host/host";
import { type Around, type Page, Spelling } from "./spelling.svelte";

const LAMPP = { from: 5, to: 10, word: "lampp" };

function opened(host: Partial<SpellingHost> = {}, text = "The lampp.") {
  const page = {
    language: "",
    text: () => text,
    misspelt: vi.fn(() => LAMPP as typeof LAMPP | null),
    nextMisspelt: vi.fn(() => ({ from: 20, to: 24, word: "outt" }) as typeof LAMPP | null),
    select: vi.fn(),
    replace: vi.fn(),
    rectangle: () => ({ left: 40, bottom: 60 }),
    spellAnew: vi.fn(),
    focus: vi.fn(),
  };
  const steps: Promise<unknown>[] = [];
  const around = {
    project: () => 1,
    writable: vi.fn(() => true),
    page: () => page as Page,
    setWord: vi.fn(async (_word: string, _right: boolean) => {}),
    mention: vi.fn(),
    step: (work: Promise<unknown>) => void steps.push(work),
  } satisfies Around;
  const checkSpelling = vi.fn(async (_: number, language: string | null, paragraphs: string[]) => ({
    language: language ?? "en-GB",
    paragraphs: paragraphs.map((text) =>
      text.includes("lampp") ? [{ from: 4, to: 9, word: "lampp", name: false }] : [],
    ),
  }));
  const all = {
    checkSpelling,
    suggestSpelling: async () => ["lamp"],
    ...host,
  };
  const spelling = new Spelling(all as unknown as SpellingHost, around);
  return { spelling, page, around, checkSpelling, settled: () => Promise.allSettled(steps) };
}

describe("spelling", () => {
  it("takes the language from all of the text until there is enough of it", async () => {
    const short = opened();
    await short.spelling.check(["The lampp."]);
    expect(short.checkSpelling).toHaveBeenLastCalledWith(1, null, ["The lampp.", "The lampp."]);
    const long = opened({}, "word ".repeat(400));
    await long.spelling.check(["One."]);
    await long.spelling.check(["Two."]);
    expect(long.checkSpelling).toHaveBeenLastCalledWith(1, "en-GB", ["Two."]);
  });

  it("begins anew when the text turns out to be in another language, or is said to be", async () => {
    const { spelling, page, checkSpelling } = opened();
    await spelling.check(["The"]);
    checkSpelling.mockResolvedValueOnce({ language: "de-DE", paragraphs: [[], []] });
    await spelling.check(["Der Sturm"]);
    expect(page.spellAnew).toHaveBeenCalledTimes(1);
    spelling.problem = { code: "not_found", message: "" };
    page.language = "en-US";
    spelling.turned();
    expect(spelling.problem).toBeNull();
    await spelling.check(["The"]);
    expect(checkSpelling).toHaveBeenLastCalledWith(1, "en-US", ["The"]);
  });

  it("says why nothing is marked, and asks again when its dialog is looked at", async () => {
    const problem = { code: "not_found" as const, message: "no dictionary" };
    const { spelling, page, checkSpelling } = opened({
      spellingLanguages: async () => ({ languages: [], folder: "/d" }),
    });
    checkSpelling.mockRejectedValueOnce(new HostError(problem));
    expect(await spelling.check(["ab"])).toBeNull();
    expect(await spelling.check(["ab"])).toBeNull();
    expect([spelling.problem?.message, checkSpelling.mock.calls.length]).toEqual(["no dictionary", 1]);
    await spelling.look();
    expect([spelling.problem, page.spellAnew.mock.calls.length]).toEqual([null, 1]);
  });

  it("offers words for the one in hand and puts one in its place", async () => {
    const { spelling, page, settled } = opened();
    spelling.go(1);
    expect(spelling.inHand).toMatchObject({ ...LAMPP, left: 40, top: 60, suggestions: null });
    await settled();
    expect(spelling.inHand?.suggestions).toEqual(["lamp"]);
    spelling.correct("lamp");
    expect(page.replace).toHaveBeenCalledWith(5, 10, "lamp");
    expect([spelling.inHand, page.focus.mock.calls.length]).toEqual([null, 1]);
  });

  it("goes on to the next word where the one at the cursor was looked at", () => {
    const { spelling, page, around } = opened();
    spelling.go(1);
    spelling.close();
    expect(page.select).toHaveBeenLastCalledWith(10, 10);
    spelling.go(1);
    expect(spelling.inHand?.word).toBe("outt");
    page.misspelt.mockReturnValue(null);
    page.nextMisspelt.mockReturnValue(null);
    spelling.go(1);
    expect([spelling.inHand, around.mention.mock.calls.length]).toEqual([null, 1]);
  });

  it("learns a word for the manuscript, which is undone, or leaves one until the window is closed", async () => {
    const { spelling, page, around, settled } = opened();
    spelling.go(1);
    await spelling.add();
    expect(around.setWord).toHaveBeenLastCalledWith("lampp", true);
    around.mention.mock.calls[0]![1][0].go();
    await settled();
    expect(around.setWord).toHaveBeenLastCalledWith("lampp", false);
    page.misspelt.mockReturnValue({ from: 30, to: 35, word: "lampp" });
    spelling.go(1);
    spelling.leave();
    expect(await spelling.check(["The lampp."])).toEqual([[]]);
  });
});
