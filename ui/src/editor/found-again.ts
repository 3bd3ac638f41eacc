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

/** So much of what stood on one side alone is enough to know a place by, in UTF-16 code units. */
const ENOUGH = 24;

/**
 * The range of a text that held the selection, and holds it still, or `others`, which took its place, one of them or mixed
 * of several; null where neither stands there. Of several like it the nearest to where it was.
 */
export function rangeIn(
  text: string,
  { at, before, selection, after }: Remembered,
  others: readonly string[] = [],
): { from: number; to: number } | null {
  const words = [selection, ...others].filter(Boolean);
  const strictly = words.map((one) => wordsAt(text, at, before, one, after, true));
  const there = strictly.find((found) => found !== null);
  if (there) return there;
  if (others.length) {
    const mixed = mixedIn(text, { at, before, selection, after }, others);
    if (mixed) return mixed;
  }
  // Of several that were mixed, one alone is not what took the place.
  const alone = others.length > 1 ? [selection] : words;
  for (const one of alone.filter(Boolean)) {
    for (const [left, right] of sides(before, after)) {
      const found = wordsAt(text, at, left, one, right, false);
      if (found) return found;
    }
  }
  return null;
}

/** Words between those that stood around them; `strictly`: where nothing did, the text begins or ends. */
function wordsAt(
  text: string,
  at: number,
  left: string,
  words: string,
  right: string,
  strictly: boolean,
): { from: number; to: number } | null {
  const whole = left + words + right;
  const found =
    strictly && !right
      ? text.endsWith(whole)
        ? text.length - whole.length
        : -1
      : locate(text, whole, at - left.length);
  if (found < 0 || (strictly && !left && found > 0)) return null;
  const from = found + left.length;
  return { from, to: from + words.length };
}

/** What stands between the same words as then, as long as it is no more than all that can have been put there. */
function mixedIn(
  text: string,
  { at, before, selection, after }: Remembered,
  others: readonly string[],
): { from: number; to: number } | null {
  const left = before ? locate(text, before, at - before.length) : 0;
  if (left < 0) return null;
  const from = left + before.length;
  const to = after ? text.indexOf(after, from) : text.length;
  const most = others.reduce((sum, { length }) => sum + length + 1, selection.length);
  return to > from && to - from <= most ? { from, to } : null;
}

/** Where a text goes on after what stood before a place, with `taken` of what was offered there; null where that is gone. */
export function pointIn(
  text: string,
  { at, before, selection, after }: Remembered,
  taken = "",
): number | null {
  const left = before + selection;
  const end = at + selection.length;
  if (!left) return text.startsWith(taken) ? taken.length : 0;
  const known = left + taken;
  const there = locate(text, known, end - left.length);
  if (there >= 0) return there + known.length;
  if (taken) return pointIn(text, { at, before, selection, after });
  const behind = after.length >= ENOUGH ? locate(text, after, end) : -1;
  return behind < 0 ? null : behind;
}

/** What has to stand on both sides: all that is known, or enough of one where the other was written anew. */
function sides(before: string, after: string): [string, string][] {
  const all: [string, string][] = [];
  if (before && after) all.push([before, after]);
  // It was all of the text.
  if (!before && !after) all.push(["", ""]);
  if (before.length >= ENOUGH) all.push([before, ""]);
  if (after.length >= ENOUGH) all.push(["", after]);
  return all;
}
