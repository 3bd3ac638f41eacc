import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TextChange } from "../host/host";
import { folded, rowsOf } from "./difference";

const kept = (text: string): TextChange => ({ fate: "kept", text });
const added = (text: string): TextChange => ({ fate: "added", text });
const removed = (text: string): TextChange => ({ fate: "removed", text });

describe("a comparison", () => {
  it("breaks into rows where both texts have the end of a paragraph", () => {
    const rows = rowsOf([kept("One.\n\nTwo "), removed("a\n\nb"), added("c"), kept(".\n\nThree.")]);
    expect(rows.map(({ changed }) => changed)).toEqual([false, true, false]);
    expect(rows[1]!.parts).toEqual([kept("Two "), removed("a\n\nb"), added("c"), kept(".")]);
  });

  it("folds away what is far from any change, and never a row or two", () => {
    const still = (count: number) => Array.from({ length: count }, () => kept("Same.\n\n"));
    const rows = rowsOf([...still(6), added("New."), kept("\n\n"), ...still(3)]);
    const shown = folded(rows).map(({ folded, rows }) => (folded ? `…${rows.length}` : rows.length));
    expect(shown).toEqual(["…5", 3, 2]);
    expect(folded(rowsOf(still(2))).every((stretch) => !stretch.folded)).toBe(true);
  });

  it("loses no word in rows, whatever changed", () => {
    const change = fc.record({
      fate: fc.constantFrom<TextChange["fate"]>("kept", "added", "removed"),
      text: fc
        .array(fc.constantFrom("a", " ", "\n\n", "é"), { minLength: 1, maxLength: 6 })
        .map((all) => all.join("")),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const letters = (texts: string[]) => texts.join("").replace(/\n\n/g, "");
        const rows = rowsOf(changes);
        const inRows = rows.flatMap(({ parts }) => parts.map(({ text }) => text));
        expect(letters(inRows)).toBe(letters(changes.map(({ text }) => text)));
        expect(folded(rows).flatMap((stretch) => stretch.rows)).toEqual(rows);
      }),
    );
  });
});
