import { describe, expect, it } from "vitest";
import { excerpt } from "./excerpt";

/** With what was found in brackets. */
const shown = (snippet: string, words: string) =>
  excerpt(snippet, words)
    .map(({ text, found }) => (found ? `[${text}]` : text))
    .join("");

/** As the library cuts it. */
function looked(text: string, word: string): string {
  const from = Math.max(0, text.indexOf(word) - 60);
  return text
    .slice(from, from + 120)
    .replace(/\s+/g, " ")
    .trim();
}

describe("an excerpt", () => {
  it("begins and ends between words where it is cut", () => {
    const text =
      "She did not open it at once.\n\nShe carried it up to the lamp room, set it on the table among the charts, and " +
      "waited for her father to come in from the wind.";
    expect(shown(looked(text, "table"), "table")).toBe(
      "…once. She carried it up to the lamp room, set it on the [table] among the charts, and waited for her father to come…",
    );
  });

  it("is the whole of a short text", () => {
    expect(shown(looked("Nobody saw Ada.", "saw"), "saw")).toBe("Nobody [saw] Ada.");
    expect(shown("Nobody saw Ada.", "title")).toBe("Nobody saw Ada.");
  });

  it("marks words where they begin, whatever their case and accents", () => {
    expect(shown("Das CAFÉ, ein Cafe; nie Strandcafé.", "cafe ein")).toBe(
      "Das [CAFÉ], [ein] [Cafe]; nie Strandcafé.",
    );
    expect(shown("الكِتاب هنا", "الكتاب")).toBe("[الكِتاب] هنا");
    expect(shown("灯台は暗かった", "暗")).toBe("灯台は[暗]かった");
    expect(shown("1 + (2)", "(2)")).toBe("1 + [(2)]");
  });
});
