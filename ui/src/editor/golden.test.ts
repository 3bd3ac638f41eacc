// Holds the page and the library to the same files: what a document says as plain text, and how many words that is.
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countWords, wordsIn } from "./counting";
import { fromJson, toJson } from "./document";
import { fromText, plainText } from "./text";

interface Case {
  document: object;
  text: string;
  words: number;
}

function golden<T>(name: string): T {
  const path = new URL(`../../../crates/manuscript/tests/golden/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

describe("the page and the library", () => {
  it("read, write and count documents alike", () => {
    for (const { document, text, words } of golden<Case[]>("documents")) {
      const doc = fromJson(JSON.stringify(document));
      expect(plainText(doc)).toBe(text);
      expect({ text, words: countWords(doc) }).toEqual({ text, words });
      expect(toJson(doc)).toBe(JSON.stringify(document));
    }
  });

  it("make the same document of a text", () => {
    for (const { document, text, words } of golden<Case[]>("pages")) {
      const doc = fromText(text);
      expect(doc.toJSON()).toEqual(document);
      expect(plainText(doc)).toBe(text);
      expect(countWords(doc)).toBe(words);
    }
  });

  const table = golden<[string, number][]>("words");

  it("count words in all scripts alike", () => {
    for (const [text, words] of table) expect({ text, words: wordsIn(text) }).toEqual({ text, words });
  });

  it("count the words of lines by themselves", () => {
    const lines = fc.array(fc.constantFrom(...table), { maxLength: 6 });
    fc.assert(
      fc.property(lines, fc.constantFrom("\n", "\n\n", " — ", "\n\n***\n\n"), (lines, between) => {
        const text = lines.map(([line]) => line).join(between);
        const words = lines.reduce((sum, [, words]) => sum + words, 0);
        expect(wordsIn(text)).toBe(words);
        if (between !== " — ") expect(countWords(fromText(text))).toBe(words);
      }),
    );
  });
});
