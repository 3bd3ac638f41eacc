// Where things were asked: places that have names and move with the text, so that what was suggested at one can be
// offered there again. They outlive the page: a document that is opened again gets them back.
import type { Node } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { StepMap } from "prosemirror-transform";

export interface Spot {
  from: number;
  to: number;
  /** The text in it has changed since, or went away with all around it. */
  lost: boolean;
}

/** The places of a document, to be found again in the next one that is opened of the same scene. */
export interface Bookmark {
  doc: Node;
  spots: ReadonlyMap<string, Spot>;
}

/** As many are remembered; the oldest go first. */
const MOST = 200;

type Spots = ReadonlyMap<string, Spot>;
type Change = { set: [string, Spot][] } | { all: Spots };

const key = new PluginKey<Spots>("places");

export function places(): Plugin<Spots> {
  return new Plugin<Spots>({
    key,
    state: {
      init: () => new Map(),
      apply: (tr, old) => {
        const change = tr.getMeta(key) as Change | undefined;
        if (change && "all" in change) return change.all;
        const now = tr.docChanged && old.size ? movedAll(old, tr.mapping.maps) : old;
        return change ? new Map([...now, ...change.set].slice(-MOST)) : now;
      },
    },
  });
}

export function spotsIn(state: EditorState): Spots {
  return key.getState(state) ?? new Map();
}

/** Names a place, or puts it elsewhere. */
export function setSpot(tr: Transaction, name: string, from: number, to: number): Transaction {
  return setSpots(tr, new Map([[name, { from, to }]]));
}

/** The same of several at once. */
export function setSpots(
  tr: Transaction,
  named: ReadonlyMap<string, Pick<Spot, "from" | "to">>,
): Transaction {
  const set = [...named].map(([name, { from, to }]): [string, Spot] => [name, { from, to, lost: false }]);
  return tr.setMeta(key, { set } satisfies Change);
}

export function bookmark(state: EditorState): Bookmark {
  return { doc: state.doc, spots: spotsIn(state) };
}

/** Puts the places of an earlier document into this one: what differs between them counts as one change. */
export function reopened(state: EditorState, { doc, spots }: Bookmark): Transaction {
  const difference = differenceOf(doc, state.doc);
  const all = difference ? movedAll(spots, [difference], isBeside) : spots;
  return state.tr.setMeta(key, { all } satisfies Change).setMeta("addToHistory", false);
}

function differenceOf(before: Node, after: Node): StepMap | null {
  const start = before.content.findDiffStart(after.content);
  const end = before.content.findDiffEnd(after.content);
  if (start === null || !end) return null;
  // Where the same text stands twice, the ends overlap.
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  return new StepMap([start, end.a + overlap - start, end.b + overlap - start]);
}

type Hit = (start: number, end: number, spot: Spot) => boolean;

function movedAll(spots: Spots, maps: readonly StepMap[], isHit: Hit = isWithin): Spots {
  const through = (spot: Spot, map: StepMap) => moved(spot, map, isHit);
  return new Map([...spots].map(([name, spot]) => [name, maps.reduce(through, spot)]));
}

/** What is written right at a place leaves it where it is: before what was written. */
function moved(spot: Spot, map: StepMap, isHit: Hit): Spot {
  let { lost } = spot;
  map.forEach((start, end) => {
    lost ||= isHit(start, end, spot);
  });
  const point = spot.from === spot.to;
  const from = map.map(spot.from, point ? -1 : 1);
  const to = point ? from : map.map(spot.to, -1);
  return { from, to: Math.max(from, to), lost };
}

/** A writer's own change hits a range when it reaches into it, and a point when all around it goes. */
function isWithin(start: number, end: number, { from, to }: Spot): boolean {
  return start < to && end > from;
}

/** Of a change that nobody watched, what stands right beside it cannot be told from what is in it. */
function isBeside(start: number, end: number, { from, to }: Spot): boolean {
  return from === to ? start <= from && end >= from : isWithin(start, end, { from, to, lost: false });
}
