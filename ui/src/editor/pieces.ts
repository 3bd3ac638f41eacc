// Cutting words that were made into what a writer takes at a time: a word, a sentence.

/** A sentence without the white space around it. */
export interface Sentence {
  text: string;
  /** Begins a paragraph, though not the first one. */
  opens: boolean;
}

const sentences = new Intl.Segmenter(undefined, { granularity: "sentence" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });

/** Titles whose full stop ends nothing. */
const TITLE = /(?:^|\s)(?:Mr|Mrs|Ms|Dr|Prof|St|Hr|Fr|Frl|Nr|Sr|Sra|M|Mme)\.\s*$/;

/** Written without spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** The sentences of a text; what is said and who says it are one: `“Where?” he asked.` */
export function sentencesIn(text: string): Sentence[] {
  const found = text.split(/\n{2,}/).flatMap((paragraph) => {
    const parts = partsOf(paragraph).map((part) => part.trim());
    return parts.filter(Boolean).map((part, at) => ({ text: part, opens: at === 0 }));
  });
  return found.map((sentence, at) => (at === 0 ? { ...sentence, opens: false } : sentence));
}

/** The first word of a text with the white space before it and the signs at it; empty where there is none. */
export function firstWord(text: string): string {
  const [whole = "", space = "", word = ""] = /^(\s*)(\S+)/.exec(text) ?? [];
  if (!UNSPACED.test(word)) return whole;
  let taken = "";
  let seen = false;
  for (const { segment, isWordLike } of words.segment(word)) {
    if (seen && isWordLike) break;
    taken += segment;
    seen ||= !!isWordLike;
  }
  return space + taken;
}

/** The first sentence of a text with the white space before it; empty where there is none. */
export function firstSentence(text: string): string {
  const space = /^\s*/.exec(text)![0];
  const [paragraph = ""] = text.slice(space.length).split(/\n{2,}/);
  return paragraph ? space + partsOf(paragraph)[0]!.trimEnd() : "";
}

/** What has to stand between two stretches of text so that they do not run together. */
export function gapBetween(before: string, after: string): string {
  const [last, first] = [before.at(-1) ?? "", after.at(0) ?? ""];
  if (!last || !first || /[\s(\[“‘«„¿¡—]/.test(last) || /[\s,.;:!?…)\]”’»]/.test(first)) return "";
  return UNSPACED.test(last) && UNSPACED.test(first) ? "" : /[。！？」』、]/.test(last) ? "" : " ";
}

function partsOf(paragraph: string): string[] {
  const parts: string[] = [];
  for (const { segment } of sentences.segment(paragraph)) {
    const last = parts.at(-1);
    if (last !== undefined && (/^[\p{Ll},;:—–]/u.test(segment) || TITLE.test(last)))
      parts.splice(-1, 1, last + segment);
    else parts.push(segment);
  }
  return parts;
}
