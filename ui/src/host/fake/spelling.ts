// Spelling for the fake host: a few words are wrong, in English; there is a dictionary for German too, and for no other.
import type { SpellingHost } from "../host";
import { about } from "./project";
import { projectIn, read, refuse } from "./shelf";

/** What is misspelt, and what was meant. */
const MISSPELT: Record<string, string[]> = {
  lampp: ["lamp", "lamps", "lampoon"],
  recieved: ["received", "relieved"],
  outt: ["out", "outta"],
  Zorgle: [],
};

const FOLDER = "/home/ada/.local/share/foolscap/dictionaries";
const TAGS = ["de-DE", "en-GB", "en-US"];

export class FakeSpelling {
  /** The paragraphs of each question. */
  asked: string[][] = [];
  shown = 0;

  host(): SpellingHost {
    return {
      spellingLanguages: async () => ({
        languages: TAGS.map((tag) => ({
          tag,
          file: tag.startsWith("en") ? null : `/usr/share/hunspell/${tag.replace("-", "_")}.dic`,
        })),
        folder: FOLDER,
      }),
      checkSpelling: async (project, language, paragraphs) => {
        this.asked.push(paragraphs);
        const known = projectIn(read(), project);
        const wanted = language || known.language || "en-US";
        const tag =
          TAGS.find((one) => one === wanted) ??
          TAGS.find((one) => one.split("-")[0] === wanted.split("-")[0]) ??
          refuse("not_found", `There is no dictionary for ${wanted}. Put ${wanted}.dic into ${FOLDER}.`);
        const own = new Set(about(read(), project).words);
        const misspelt = (text: string) =>
          [...text.matchAll(/\p{L}+/gu)]
            .filter(([word]) => tag.startsWith("en") && word in MISSPELT && !own.has(word))
            .map(({ 0: word, index }) => ({ from: index, to: index + word.length, word, name: false }));
        return { language: tag, paragraphs: paragraphs.map(misspelt) };
      },
      suggestSpelling: async (_, __, word) => MISSPELT[word] ?? [],
      showDictionaries: async () => void this.shown++,
    };
  }
}
