// Dragging rows of the tree by pointer. (Not by the browser's own drag and drop: in the window that belongs to files
// dropped from outside.) A drag begins when the pointer has gone a few pixels; Escape gives it up.
import type { ItemPlace } from "../../host/host";
import { holds, pathTo, type Row, type Tree } from "../../stores/tree.svelte";

/** How far the pointer must go before a press is a drag, in pixels. */
const SLACK = 5;

export interface Dragging {
  /** The row that is being dragged. */
  readonly row: Row | null;
  /** Where it would go if it were let go now. */
  readonly over: ItemPlace | null;
  /** Whether the last press was a drag, so that the click after it means nothing. */
  readonly moved: boolean;
  take(event: PointerEvent, row: Row): void;
  move(event: PointerEvent): void;
  drop(): void;
  cancel(): void;
}

export function dragging(tree: () => Tree, step: (work: Promise<void>) => void): Dragging {
  let pressed: { row: Row; x: number; y: number } | null = null;
  let row = $state<Row | null>(null);
  let over = $state<ItemPlace | null>(null);
  let moved = false;

  const escaped = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    cancel();
  };

  function cancel(): void {
    pressed = null;
    row = null;
    over = null;
    removeEventListener("keydown", escaped, true);
  }

  return {
    get row() {
      return row;
    },
    get over() {
      return over;
    },
    get moved() {
      return moved;
    },
    take(event, taken) {
      if (event.button !== 0 || event.pointerType === "touch") return;
      pressed = { row: taken, x: event.clientX, y: event.clientY };
      moved = false;
    },
    move(event) {
      if (!pressed) return;
      if (!row) {
        if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < SLACK) return;
        row = pressed.row;
        moved = true;
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
        addEventListener("keydown", escaped, true);
      }
      const under = document
        .elementFromPoint(event.clientX, event.clientY)
        ?.closest<HTMLElement>("[data-key]");
      const target = under && tree().find(under.dataset.key!);
      const box = under?.getBoundingClientRect();
      over = target && box ? place(row, target, (event.clientY - box.top) / box.height, tree()) : null;
    },
    drop() {
      const [taken, to] = [row, over];
      cancel();
      if (taken && to) step(tree().move(taken, to));
    },
    cancel,
  };
}

/** Where a row may go when it is held over another, at a part of that one's height. */
export function place(
  row: Row,
  target: Row,
  part: number,
  tree: Pick<Tree, "items" | "folded">,
): ItemPlace | null {
  const above = pathTo(tree.items, target.key);
  if (above.some((item) => item === row.item)) return null;
  const inside = holds(target.item, row.item);
  // The middle of something that can hold the row is inside of it; so is the lower edge of an unfolded one.
  if (inside && part > 0.3 && part < 0.7) return { in: target.item.id };
  if (inside && part >= 0.7 && !tree.folded.includes(target.key)) {
    const first = target.item.items[0];
    return first
      ? { before: first.kind === "scene" ? { scene: first.id } : { chapter: first.id } }
      : { in: target.item.id };
  }
  const beside = target.parent === null || holds(target.parent, row.item);
  if (!beside) return null;
  return part < 0.5 ? { before: target.ref } : { after: target.ref };
}
