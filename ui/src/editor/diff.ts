// What a rewrite changes, in words. The differences are found by jsdiff on the words of Unicode; here they are made what
// a reader would call changes: neighbours that only a space parts are one, and a text that is new throughout is one too.
import { diffArrays } from "diff";

/** A stretch of a text before and after; kept where both are the same. */
export interface Segment {
  before: string;
  after: string;
}

/** More edits than this are no changes any more but another text; it also bounds the time. */
const MOST_EDITS = 1000;
/** Of the letters of the longer text, as many must have stayed. */
const LEAST_KEPT = 0.35;
/** A word as short as this between long changes belongs to them. */
const SHORT = 3;

const words = new Intl.Segmenter(undefined, { granularity: "word" });

/**
 * The stretches of both texts in their order, kept and changed ones. One changed stretch where little is left of the first;
 * none for two empty texts.
 */
export function compare(before: string, after: string): Segment[] {
  if (before === after) return before ? [{ before, after }] : [];
  const another = [{ before, after }];
  const [ours, theirs] = [tokens(before), tokens(after)];
  if (isAnother(lettersIn(common(ours, theirs)), before, after)) return another;
  const parts = diffArrays(ours, theirs, { maxEditLength: MOST_EDITS });
  if (!parts) return another;
  const segments = gather(
    united(
      parts.map(({ value, added, removed }) => {
        const text = value.join("");
        return { before: added ? "" : text, after: removed ? "" : text };
      }),
    ),
  );
  const kept = segments.filter((segment) => !isChange(segment)).map((segment) => segment.before);
  return isAnother(lettersIn(kept.join("")), before, after) ? another : united(segments.flatMap(bare));
}

export function isChange({ before, after }: Segment): boolean {
  return before !== after;
}

/** The text with all changes but those that are left, by their places among the segments. */
export function composed(segments: readonly Segment[], left: ReadonlySet<number> = new Set()): string {
  return segments.map(({ before, after }, at) => (left.has(at) ? before : after)).join("");
}

/** Words, signs and spaces. The segmenter is given short pieces: its time grows with the square of a text's length. */
function tokens(text: string): string[] {
  return text
    .split(/(\n\n|\s)/)
    .flatMap((part) => (/^\s/.test(part) ? [part] : [...words.segment(part)].map(({ segment }) => segment)));
}

/** Takes what is kept between two changes into them where it would only tear them apart. */
function gather(segments: Segment[]): Segment[] {
  const found: Segment[] = [];
  for (const segment of segments) {
    const [first, kept] = found.slice(-2);
    if (first && kept && isChange(segment) && isChange(first) && isThin(kept.before, first, segment))
      found.splice(-2, 2, joined(joined(first, kept), segment));
    else found.push(segment);
  }
  return found;
}

function isThin(kept: string, first: Segment, second: Segment): boolean {
  if (/[\n.!?…。！？]/.test(kept)) return false;
  const letters = lettersIn(kept);
  if (letters === 0) return true;
  const alone = kept.trim().split(/\s+/).length === 1;
  return (
    alone && letters <= SHORT && [first, second].every(({ before, after }) => /\S\s+\S/.test(before + after))
  );
}

/** Neighbours of one kind as one. */
function united(segments: Segment[]): Segment[] {
  const found: Segment[] = [];
  for (const segment of segments) {
    const last = found.at(-1);
    if (last && isChange(last) === isChange(segment)) found.splice(-1, 1, joined(last, segment));
    else found.push(segment);
  }
  return found;
}

/** A change without the spaces that both its texts begin or end with. */
function bare(segment: Segment): Segment[] {
  if (!isChange(segment)) return [segment];
  let { before, after } = segment;
  const lead = same(/^[^\S\n]+/, before, after);
  [before, after] = [before.slice(lead.length), after.slice(lead.length)];
  const trail = same(/[^\S\n]+$/, before, after);
  [before, after] = [
    before.slice(0, before.length - trail.length),
    after.slice(0, after.length - trail.length),
  ];
  return [lead, { before, after }, trail].flatMap((part) =>
    typeof part === "object" ? [part] : part ? [{ before: part, after: part }] : [],
  );
}

/** What both begin or end with, when it is the same. */
function same(edge: RegExp, one: string, other: string): string {
  const found = edge.exec(one)?.[0] ?? "";
  return found === (edge.exec(other)?.[0] ?? "") ? found : "";
}

function joined(one: Segment, other: Segment): Segment {
  return { before: one.before + other.before, after: one.after + other.after };
}

/** The words that both have, in whatever order: what a comparison could keep at most. */
function common(ours: string[], theirs: string[]): string {
  const left = new Map<string, number>();
  for (const token of ours) left.set(token, (left.get(token) ?? 0) + 1);
  const shared = theirs.filter((token) => {
    const count = left.get(token) ?? 0;
    left.set(token, count - 1);
    return count > 0;
  });
  return shared.join("");
}

function isAnother(kept: number, before: string, after: string): boolean {
  return kept < LEAST_KEPT * Math.max(lettersIn(before), lettersIn(after));
}

function lettersIn(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
