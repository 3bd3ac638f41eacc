// Words that were made, put into a document with the marks that say where they come from.
import type { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { Transform } from "prosemirror-transform";
import { composed, isChange, type Segment } from "./diff";
import { schema } from "./schema";
import { offsetAt, plainText, sliceFrom } from "./text";

/** Words of one origin. */
export interface Piece {
  text: string;
  /** The request they were made for; none: the writer's own. */
  request: string | null;
  candidate: number;
}

/** What a rewrite changes, and which changes are left, by their places among the segments. */
export interface Compared {
  segments: readonly Segment[];
  left: ReadonlySet<number>;
  /** The change that is looked at. */
  current: number | null;
}

/** Puts pieces in the place of a range, one after the other; answers where they end. */
export function put(tr: Transaction, from: number, to: number, pieces: readonly Piece[]): number {
  let [start, end] = [from, to];
  for (const { text, request, candidate } of pieces) {
    const marks = request === null ? [] : [schema.marks.machine.create({ request, candidate })];
    const before = tr.steps.length;
    tr.replace(start, end, sliceFrom(text, marks));
    start = end = tr.mapping.slice(before).map(end, 1);
  }
  return end;
}

/** Puts pieces into a paragraph of their own below the block at a position; answers where they end. */
export function putBelow(tr: Transaction, at: number, pieces: readonly Piece[]): number {
  const $at = tr.doc.resolve(at);
  const after = $at.depth > 0 ? $at.after(1) : at;
  tr.insert(after, schema.nodes.paragraph.create());
  return put(tr, after + 1, after + 1, pieces);
}

/**
 * Puts the taken changes into a range and leaves alone what they do not touch: words that stayed are the writer's still, with
 * their marks. Answers where the range ends; null, with nothing done, where the changes do not fit between its blocks.
 */
export function putChanges(
  tr: Transaction,
  from: number,
  to: number,
  { segments, left }: Compared,
  origin: Omit<Piece, "text">,
): number | null {
  const { doc } = tr;
  const before = plainText(doc);
  const [start, end] = [offsetAt(doc, from), offsetAt(doc, to)];
  const expected = before.slice(0, start) + composed(segments, left) + before.slice(end);
  const work = changed(doc, from, to, segments, left);
  if (!work) return null;
  const trial = new Transform(doc);
  for (const { from, to, text } of work.reverse()) {
    const around = doc.resolve(from).marksAcross(doc.resolve(to)) ?? [];
    const kept = from < to ? around.filter(({ type }) => type !== schema.marks.machine) : [];
    trial.replace(from, to, sliceFrom(text, schema.marks.machine.create(origin).addToSet(kept)));
  }
  if (plainText(trial.doc) !== expected) return null;
  for (const step of trial.steps) tr.step(step);
  return trial.mapping.map(to, 1);
}

/** Where the segments of a range's text stand in its document; null where one begins or ends between positions. */
export function placesOf(
  doc: Node,
  from: number,
  to: number,
  segments: readonly Segment[],
): { from: number; to: number }[] | null {
  const place = positions(doc, from, to);
  let offset = 0;
  let start = place(0);
  const places: { from: number; to: number }[] = [];
  for (const { before } of segments) {
    offset += before.length;
    const end = place(offset);
    if (start === null || end === null) return null;
    places.push({ from: start, to: end });
    start = end;
  }
  return places;
}

function changed(
  doc: Node,
  from: number,
  to: number,
  segments: readonly Segment[],
  left: ReadonlySet<number>,
): { from: number; to: number; text: string }[] | null {
  const places = placesOf(doc, from, to, segments);
  return (
    places &&
    segments.flatMap((segment, at) =>
      isChange(segment) && !left.has(at) ? [{ ...places[at]!, text: segment.after }] : [],
    )
  );
}

/** From characters of a range's text to positions in its document; null for one that has none. */
function positions(doc: Node, from: number, to: number): (offset: number) => number | null {
  const part = doc.cut(from, to);
  const lead = doc.resolve(from).depth;
  // A heading's signs are no part of what is selected in it.
  const signs = offsetAt(part, lead);
  const offset = (pos: number) => offsetAt(part, pos) - signs;
  return (wanted) => {
    let [low, high] = [lead, lead + (to - from)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (offset(middle) < wanted) low = middle + 1;
      else high = middle;
    }
    return offset(low) === wanted ? from + low - lead : null;
  };
}
