// Where something was asked in an earlier session: a place is found again by the text that stood around it.
import { locate } from "./passages";

/** A place of the plain text, as it was. */
export interface Remembered {
  /** Where the selection or the cursor was. */
  at: number;
  /** The end of what stood before it. */
  before: string;
  /** What was selected; empty when nothing was. */
  selection: string;
  /** The beginning of what stood after it. */
  after: string;
}

export interface Range {
  from: number;
  to: number;
}

/** So much of what stood on one side alone is enough to know a place by, in UTF-16 code units. */
const ENOUGH = 24;

/**
 * The range of a text that held the selection, and holds it still, or `others`, which took its place, one of them or mixed
 * of several; null where neither stands there. Of several like it the nearest to where it was.
 */
export function rangeIn(text: string, place: Remembered, others: readonly string[] = []): Range | null {
  const { before, selection, after } = place;
  const words = [selection, ...others].filter(Boolean);
  for (const one of words) {
    const found = between(text, place, before, one, after, true);
    if (found) return found;
  }
  // One side may have been written anew. Of several that were mixed, one alone is not what took the place.
  const kept = selection && beside(text, place, selection);
  if (kept) return kept;
  const mixed = others.length ? mixedIn(text, place, others) : null;
  if (mixed || others.length !== 1) return mixed;
  return beside(text, place, others[0]!);
}

/** Where a text goes on after what stood before a place, and after `taken` of what was offered there; null where that is gone. */
export function pointIn(text: string, place: Remembered, taken = ""): number | null {
  const { at, before, selection, after } = place;
  const left = before + selection;
  const known = left + taken;
  const end = at + selection.length;
  // A word or two stand anywhere: the text has to go on as it did, or to begin with them.
  const short = left.length < ENOUGH;
  const there = short && !after ? -1 : locate(text, short ? known + after : known, end - left.length);
  if (there >= 0) return there + known.length;
  if (short && text.startsWith(known) && !isWithinWord(text, known.length)) return known.length;
  const behind = !taken && after.length >= ENOUGH ? locate(text, after, end) : -1;
  return behind < 0 ? null : behind;
}

/** Words between those that stood around them; `strictly`: where nothing did, the text begins or ends. */
function between(
  text: string,
  { at }: Remembered,
  left: string,
  words: string,
  right: string,
  strictly: boolean,
): Range | null {
  const whole = left + words + right;
  const atEnd = strictly && !right;
  if (atEnd && !text.endsWith(whole)) return null;
  const found = atEnd ? text.length - whole.length : locate(text, whole, at - left.length);
  if (found < 0 || (strictly && !left && found > 0)) return null;
  const from = found + left.length;
  return { from, to: from + words.length };
}

/** Words with what stood on one side of them, if that was enough; of what was all of the text, the words alone. */
function beside(text: string, place: Remembered, words: string): Range | null {
  const { before, after } = place;
  const sides: [string, string][] = [];
  if (before && after) sides.push([before, after]);
  if (before.length >= ENOUGH) sides.push([before, ""]);
  if (after.length >= ENOUGH) sides.push(["", after]);
  if (!before && !after) sides.push(["", ""]);
  for (const [left, right] of sides) {
    const found = between(text, place, left, words, right, false);
    if (found) return found;
  }
  return null;
}

/** What stands between the same words as then, as long as all its words are of those that can have been put there. */
function mixedIn(
  text: string,
  { at, before, selection, after }: Remembered,
  others: readonly string[],
): Range | null {
  const left = before ? locate(text, before, at - before.length) : 0;
  if (left < 0) return null;
  const from = left + before.length;
  const to = after ? text.indexOf(after, from) : text.length;
  const sources = [selection, ...others];
  const most = sources.reduce((sum, { length }) => sum + length + 1, 0);
  if (to <= from || to - from > most) return null;
  const known = new Set(sources.flatMap(wordsOf));
  return wordsOf(text.slice(from, to)).every((word) => known.has(word)) ? { from, to } : null;
}

const isWithinWord = (text: string, at: number): boolean =>
  at > 0 && /^[\p{L}\p{N}]{2}/u.test(text.slice(at - 1, at + 1));

const wordsOf = (text: string): string[] => text.split(/\s+/u).filter(Boolean);
