// Texts of one direction within sentences of the other, kept apart by marks that no eye sees. A title in Arabic would
// otherwise pull the figure behind it over to its other side, and a model's name in an Arabic sentence likewise.

/** Begins a text that runs as its first letter does. */
const FIRST_STRONG = "\u2068";
/** Begins a text that runs from right to left. */
const RTL_ISOLATE = "\u2067";
/** Ends either. */
const END = "\u2069";

/** Letters that are written from right to left. */
const RTL_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * A text for a sentence that runs from left to right. Only one that runs the other way gets marks: they stay out of all
 * others, which programs compare and people copy.
 */
export function withinLtr(text: string): string {
  return RTL_LETTER.test(text) ? `${FIRST_STRONG}${text}${END}` : text;
}

/**
 * A text for a sentence that runs from right to left. One that has marks within is a message itself and runs so too, which a
 * browser cannot find out where all letters are isolated.
 */
export function withinRtl(text: string): string {
  return `${text.includes(FIRST_STRONG) ? RTL_ISOLATE : FIRST_STRONG}${text}${END}`;
}
