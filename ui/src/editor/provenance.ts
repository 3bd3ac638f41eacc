// Keeps the machine's words and the writer's apart: what is typed in the middle of words the machine made is the
// writer's own, though the editor would let it inherit the mark around it.
import { isHistoryTransaction } from "prosemirror-history";
import { Plugin, type Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { schema } from "./schema";

export function provenance(): Plugin {
  return new Plugin({
    appendTransaction(transactions, _before, after) {
      let tr = after.tr;
      transactions.forEach((typed, at) => {
        if (!isTyped(typed)) return;
        typed.steps.forEach((step, i) => {
          if (!(step instanceof ReplaceStep) || step.slice.size === 0) return;
          const place = (pos: number) => {
            let mapped = typed.mapping.slice(i + 1).map(pos, 1);
            for (const later of transactions.slice(at + 1)) mapped = later.mapping.map(mapped, 1);
            return mapped;
          };
          tr = tr.removeMark(place(step.from), place(step.from + step.slice.size), schema.marks.machine);
        });
      });
      return tr.docChanged ? tr : null;
    },
  });
}

/** Marks a transaction whose marks are meant as they are. */
export function asMade(tr: Transaction): Transaction {
  return tr.setMeta("as made", true);
}

function isTyped(tr: Transaction): boolean {
  if (!tr.docChanged || isHistoryTransaction(tr) || tr.getMeta("as made")) return false;
  const moved = tr.getMeta("paste") ?? tr.getMeta("uiEvent");
  return !moved;
}
