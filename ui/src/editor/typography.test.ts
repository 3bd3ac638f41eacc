import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { better, type Typography, typographyOf } from "./typography";

/** What a writer gets who types this, key by key. */
function typed(keys: string, language: string): string {
  const set = typographyOf(language);
  return [...keys].reduce((before, key) => {
    const to = better(before, key, "", set);
    return to ? before.slice(0, before.length - to.back) + to.text : before + key;
  }, "");
}

describe("typing", () => {
  it.each([
    ["en", `"Don't," she said--twice...`, "“Don’t,” she said—twice…"],
    ["en", `"He said 'no'."`, "“He said ‘no’.”"],
    [
      "en",
      `('tis the '90s) rock 'n' roll, 'twas "'em" all`,
      "(’tis the ’90s) rock ’n’ roll, ’twas “’em” all",
    ],
    ["en", `"I was--" --"Yes," the Smiths' dog`, "“I was—” —“Yes,” the Smiths’ dog"],
    ["en-GB", `'No' -- and then --- gone`, "‘No’ – and then — gone"],
    ["de", `"Wie geht's?" -- 'Gut'`, "„Wie geht’s?“ – ‚Gut‘"],
    ["de", `Er sagte: "'Geht's?', fragte sie."`, "Er sagte: „‚Geht’s?‘, fragte sie.“"],
    ["de-CH", `"Ja 'so'"`, "«Ja ‹so›»"],
    ["fr", `"L'eau ?" dit-il : "Oui !"`, "«\u202fL’eau\u202f?\u202f» dit-il\u00a0: «\u202fOui\u202f!\u202f»"],
    ["fr", `" Bonjour "`, "«\u202f Bonjour\u202f»"],
    ["es", `--"Sí 'no'"`, "—«Sí “no”»"],
    ["it", `L'ora "d'oro"`, "L’ora «d’oro»"],
    ["sv", `"Hej 'du'"`, "”Hej ’du’”"],
    ["pl", `"Tak 'nie'"`, "„Tak «nie»”"],
    ["ru", `"Да 'нет'" -- и...`, "«Да „нет“» — и…"],
    ["ar", `قال "نعم"`, "قال «نعم»"],
    ["he", `צה"ל אמר "כן"`, "צה״ל אמר ”כן”"],
    ["ja", `彼は"はい、'何'"と言った...`, "彼は「はい、『何』」と言った……"],
    ["zh-TW", `他說"好"--`, "他說「好」——"],
    ["zh", `他说"好'吗'"`, "他说“好‘吗’”"],
  ])("sets %s as it is set there: %s", (language, keys, set) => {
    expect(typed(keys, language)).toBe(set);
  });

  it("takes a region of its own, then the language, then English", () => {
    expect(typographyOf("de-AT")).toBe(typographyOf("de"));
    expect(typographyOf("pt-BR")).toBe(typographyOf("pt"));
    expect(typographyOf("zh-HK")).toBe(typographyOf("zh-Hant"));
    for (const none of ["", "tlh", "not a tag!"]) expect(typographyOf(none)).toBe(typographyOf("en"));
  });

  it("gives an apostrophe in the middle of a word, wherever the cursor was put", () => {
    expect(better("don", "'", "t", typographyOf("de"))).toEqual({ back: 0, text: "’" });
  });

  it("leaves hyphens, full stops and what is typed elsewhere alone", () => {
    for (const text of ["well-known", "e.g. this", "a - b", "1.5", "....", "----------"])
      expect(typed(text, "en").replaceAll("—", "--").replaceAll("…", "...")).toBe(text);
  });
});

/** Speech in speech, with the sign a writer types and the mark that belongs there. */
const word = fc.constantFrom("no", "geht's", "well-known", "Tür", "да", "x", "I", "1900");
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((list) => list.join(" "));
const end = fc.constantFrom("", ".", ",", "!", "?");
const inner = fc.tuple(words, end, words, end).map(([first, stop, last, after]) => ({
  straight: `${first}${stop} '${last}${after}'`,
  parts: [`${first}${stop} `, `${last}${after}`] as const,
}));
const speech = fc.record({ inner, around: words, closing: end });

const LANGUAGES = [
  "en",
  "en-GB",
  "de",
  "de-CH",
  "fr",
  "es",
  "it",
  "sv",
  "fi",
  "da",
  "pl",
  "hu",
  "ru",
  "nl",
  "ar",
  "he",
];

describe("quotation marks", () => {
  it("are balanced and turned the right way, for speech in speech", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LANGUAGES),
        fc.array(speech, { minLength: 1, maxLength: 3 }),
        (language, said) => {
          const set = typographyOf(language);
          const straight = said
            .map(({ inner, around, closing }) => `${around} "${inner.straight}${closing}"`)
            .join(" ");
          const wanted = said
            .map(({ inner: { parts }, around, closing }) => {
              const [open, close] = set.double;
              const [open2, close2] = set.single;
              return `${around} ${open}${parts[0]}${open2}${parts[1]}${close2}${closing}${close}`;
            })
            .join(" ");
          expect(typed(straight, language)).toBe(wanted.replaceAll("geht's", `geht${set.apostrophe}s`));
        },
      ),
    );
  });

  it("of every language are two pairs, of which neither is the straight one", () => {
    for (const language of LANGUAGES) {
      const { double, single }: Typography = typographyOf(language);
      expect([...double, ...single].join("")).not.toMatch(/["']/);
      expect(double).not.toEqual(single);
    }
  });
});
