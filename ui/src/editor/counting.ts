// Counting words as the library does: by the default word boundaries of Unicode (UAX #29), where scripts that write no
// spaces count by character. `Intl.Segmenter` is not that: it cuts Chinese, Japanese and Thai by a dictionary, another
// one in every engine.
import type { Node } from "prosemirror-model";
import { schema } from "./schema";

const HEBREW = "(?:(?=\\p{Lo})\\p{sc=Hebrew})";
const KATAKANA =
  "(?:(?!\\p{M}|[\\uFF9E\\uFF9F])[\\p{sc=Katakana}\\u3031-\\u3035\\u309B\\u309C\\u30A0\\u30FC\\uFF70])";
/** Written without spaces, so that each character is a word of its own. */
const UNSPACED =
  "\\p{Ideographic}\\p{sc=Hiragana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{sc=Tai_Le}" +
  "\\p{sc=New_Tai_Lue}\\p{sc=Tai_Tham}\\p{sc=Tai_Viet}\\p{sc=Ahom}";
const LETTER = `(?:(?!${KATAKANA}|[${UNSPACED}\\p{M}\\uFF9E\\uFF9F])\\p{Alphabetic})`;
const DIGIT = "[\\p{Nd}\\u19DA]";
/** Joins letters and digits of all kinds. */
const LINK = "[\\p{Pc}\\u202F]";
/** Marks on what is before them, and signs that are not seen. */
const UNSEEN =
  "\\p{M}\\p{Emoji_Modifier}\\u00AD\\u061C\\u180E\\u200C-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF\\uFF9E\\uFF9F" +
  "\\uFFF9-\\uFFFB\\u{E0001}\\u{E0020}-\\u{E007F}";
const MARKS = `[${UNSEEN}]*`;
/** Signs that stand among letters and digits as if they were some, but are no word alone. */
const SIGNS =
  "\\u00B8\\u02C2-\\u02C5\\u02D2-\\u02D7\\u02DE\\u02DF\\u02E5-\\u02EB\\u02ED\\u02EF-\\u02FF\\u055A-\\u055C\\u055E" +
  "\\u058A\\u05F3\\u0600-\\u0605\\u066B\\u06DD\\u070F\\u0890\\u0891\\u08E2\\uA708-\\uA716\\uA720\\uA721\\uA789\\uA78A" +
  "\\uAB5B";
const WITH = `[${UNSEEN}${SIGNS}]*`;

const IN_WORDS =
  "[:.'\\u00B7\\u0387\\u055F\\u05F4\\u2018\\u2019\\u2024\\u2027\\uFE13\\uFE52\\uFE55\\uFF07\\uFF0E\\uFF1A]";
const IN_NUMBERS =
  "[,;.'\\u037E\\u0589\\u060C\\u060D\\u066C\\u07F8\\u2018\\u2019\\u2024\\u2044\\uFE50\\uFE52\\uFE54\\uFF07\\uFF0C" +
  "\\uFF0E\\uFF1B]";

const SPELT =
  `(?:${HEBREW}${WITH}(?:"${MARKS}(?=${HEBREW}))?(?:${IN_WORDS}${WITH}(?=${LETTER}))?` +
  `|${LETTER}${WITH}(?:${IN_WORDS}${WITH}(?=${LETTER}))?` +
  `|${DIGIT}${WITH}(?:${IN_NUMBERS}${WITH}(?=${DIGIT}))?)+`;
const SYLLABLES = `(?:(?!\\p{Alphabetic})${KATAKANA}${MARKS})*(?=\\p{Alphabetic})(?:${KATAKANA}${MARKS})+`;
const PIECE = `(?:${SPELT}|${SYLLABLES})`;
const LINKS = `(?:${LINK}${WITH})`;
const WORDS = new RegExp(`${LINKS}*${PIECE}(?:${LINKS}+${PIECE})*|[\\p{Alphabetic}\\p{N}]${MARKS}`, "gu");

/** How many words a text holds. */
export function wordsIn(text: string): number {
  return text.match(WORDS)?.length ?? 0;
}

/** How long a text is. */
export interface Length {
  words: number;
  /** As people count them: a letter with its marks is one. */
  characters: number;
  /** Without spaces. */
  solid: number;
}

/** How long a stretch of a document is; line ends are no characters, and notes to self do not count. */
export function lengthOf(doc: Node, from = 0, to = doc.content.size): Length {
  let text = "";
  doc.nodesBetween(from, to, (node, pos) => {
    if (node.type === schema.nodes.note) return false;
    if (node.text) text += node.text.slice(Math.max(0, from - pos), to - pos);
    else if (text) text += "\n";
    return true;
  });
  const characters = text.match(/[^\p{M}\n\u200C\u200D\u2060\uFEFF]/gu)?.length ?? 0;
  const spaces = text.match(/[^\S\n]/g)?.length ?? 0;
  return { words: wordsIn(text), characters, solid: characters - spaces };
}

const counted = new WeakMap<Node, number>();

/** How many words a document holds, notes to self left out. Counts are remembered, so a key costs one block. */
export function countWords(doc: Node): number {
  let total = 0;
  doc.forEach((block) => {
    if (block.type === schema.nodes.note) return;
    let words = counted.get(block);
    if (words === undefined) {
      words = wordsIn(block.textBetween(0, block.content.size, "\n", "\n"));
      counted.set(block, words);
    }
    total += words;
  });
  return total;
}
