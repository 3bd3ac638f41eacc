// A piece of a scene's text around words that were looked for, as it is shown: cut between words, and the words marked. The
// library cuts it so many characters before the first of them, wherever that is, and does not say whether it did.

/** As much as the library gives before the words; where it brings spaces together, less. */
const BEFORE = 60;
const WHOLE = 2 * BEFORE;
const SPACES = 6;

export interface Part {
  text: string;
  /** It is what was looked for. */
  found: boolean;
}

export function excerpt(snippet: string, words: string): Part[] {
  const wanted = words.split(/\s+/).filter(Boolean);
  const text = betweenWords(snippet, wanted);
  const folded = fold(text);
  const parts: Part[] = [];
  let done = 0;
  for (const { from, to } of placesOf(folded.text, wanted)) {
    const [start, end] = [folded.at[from]!, folded.at[to]!];
    if (start > done) parts.push({ text: text.slice(done, start), found: false });
    parts.push({ text: text.slice(start, end), found: true });
    done = end;
  }
  if (done < text.length) parts.push({ text: text.slice(done), found: false });
  return parts;
}

function betweenWords(snippet: string, wanted: string[]): string {
  const lower = snippet.toLowerCase();
  const at = wanted.map((word) => lower.indexOf(word.toLowerCase())).find((place) => place >= 0) ?? 0;
  const length = (text: string) => [...text].length;
  const begun = length(snippet.slice(0, at)) < BEFORE - SPACES ? snippet : cut(snippet, /^\S*\s+/, "…", "");
  return length(snippet) < WHOLE - SPACES ? begun : cut(begun, /\s+\S*$/, "", "…");
}

/** Without a word that may be half of one; all of it where there is only one. */
function cut(text: string, word: RegExp, before: string, after: string): string {
  return `${before}${text.replace(word, "")}${after}`;
}

/** Where the words stand, in order and apart: where words begin, or within them in scripts without spaces. */
function placesOf(text: string, wanted: string[]): { from: number; to: number }[] {
  const words = wanted.map((word) => fold(word).text).filter(Boolean);
  if (!words.length) return [];
  const any = words
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
  const all = (expression: RegExp) =>
    [...text.matchAll(expression)].map(({ index, 0: word }) => ({ from: index, to: index + word.length }));
  const begun = all(new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})`, "gu"));
  return begun.length ? begun : all(new RegExp(any, "gu"));
}

/** A text without case and accents, and where each of its characters stood; one more place is the end. */
function fold(text: string): { text: string; at: number[] } {
  let folded = "";
  const at: number[] = [];
  let place = 0;
  for (const sign of text) {
    const plain = sign.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    for (let i = 0; i < plain.length; i++) at.push(place);
    folded += plain;
    place += sign.length;
  }
  return { text: folded, at: [...at, place] };
}
