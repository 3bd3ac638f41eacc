// A comparison as it is drawn: rows that break where both texts have a paragraph's end, and what did not change folded away.
import type { TextChange } from "../host/host";

const PARAGRAPH = "\n\n";

/** What stands between two ends of paragraphs that both texts have. */
export interface Row {
  parts: TextChange[];
  changed: boolean;
}

/** Rows that are drawn, or some without a change of which only the number is told. */
export type Stretch = { rows: Row[]; folded: false } | { rows: Row[]; folded: true };

export function rowsOf(changes: TextChange[]): Row[] {
  const rows: Row[] = [];
  let parts: TextChange[] = [];
  const close = () => {
    if (parts.length) rows.push({ parts, changed: parts.some(({ fate }) => fate !== "kept") });
    parts = [];
  };
  for (const { fate, text } of changes) {
    if (fate !== "kept") {
      parts.push({ fate, text });
      continue;
    }
    const pieces = text.split(PARAGRAPH);
    pieces.forEach((piece, at) => {
      if (piece) parts.push({ fate, text: piece });
      if (at < pieces.length - 1) close();
    });
  }
  close();
  return rows;
}

/** Rows next to a change stay; of more than two in a row that are not, the number is told. */
export function folded(rows: Row[]): Stretch[] {
  const near = rows.map(
    (row, at) => row.changed || (rows[at - 1]?.changed ?? false) || (rows[at + 1]?.changed ?? false),
  );
  const stretches: Stretch[] = [];
  rows.forEach((row, at) => {
    const last = stretches.at(-1);
    if (last && last.folded === !near[at]) last.rows.push(row);
    else stretches.push({ rows: [row], folded: !near[at] } as Stretch);
  });
  return stretches.map((stretch) =>
    stretch.rows.length > 2 ? stretch : ({ rows: stretch.rows, folded: false } as Stretch),
  );
}
