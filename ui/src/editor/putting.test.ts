import fc from "fast-check";
import { EditorState } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import { compare, composed } from "./diff";
import { type Piece, put, putBelow, putChanges } from "./putting";
import { schema } from "./schema";
import { fromText, offsetAt, plainText } from "./text";

const stateOf = (text: string) => EditorState.create({ doc: fromText(text) });
const made = (text: string, candidate = 0): Piece => ({ text, request: "r", candidate });

/** The words that carry the machine's mark, with the candidate they came from. */
function origins(state: EditorState): [string, number][] {
  const found: [string, number][] = [];
  state.doc.descendants((node) => {
    const mark = node.isText && schema.marks.machine.isInSet(node.marks);
    if (mark) found.push([node.text!, mark.attrs.candidate as number]);
  });
  return found;
}

describe("pieces", () => {
  it("go in one after the other, each with its own origin, the writer's own with none", () => {
    const state = stateOf("He said");
    const tr = state.tr;
    const pieces = [made(" nothing.", 2), { text: " Then he left.", request: null, candidate: 0 }];
    put(tr, 8, 8, [...pieces, made("\n\n“Well?”", 1)]);
    const after = state.apply(tr);
    expect(plainText(after.doc)).toBe("He said nothing. Then he left.\n\n“Well?”");
    expect(origins(after)).toEqual([
      [" nothing.", 2],
      ["“Well?”", 1],
    ]);
  });

  it("say the same as their words together, wherever they are put", () => {
    const text = fc.array(fc.constantFrom("a", " ", "\n\n", "\n", "# b", "é")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const state = stateOf("xy");
        const tr = state.tr;
        put(
          tr,
          2,
          2,
          texts.map((one) => made(one)),
        );
        expect(plainText(tr.doc).replace(/[#\s]/g, "")).toBe(`x${texts.join("")}y`.replace(/[#\s]/g, ""));
      }),
    );
  });

  it("go below a paragraph as one of their own", () => {
    const state = stateOf("One.\n\nTwo.");
    const tr = state.tr;
    putBelow(tr, 3, [made("New."), made("\n\nNewer.")]);
    expect(plainText(tr.doc)).toBe("One.\n\nNew.\n\nNewer.\n\nTwo.");
  });
});

describe("changes", () => {
  const origin = { request: "r", candidate: 0 };
  const word = fc.constantFrom("boat", "lay", "船", "she", "\n\n", "\n\n", " ", " ", "\n", ".");
  const prose = fc.array(word, { minLength: 1, maxLength: 14 }).map((parts) => parts.join(""));

  it("make of a range what was composed of them, or are not put at all", () => {
    let put = 0;
    fc.assert(
      fc.property(
        prose,
        prose,
        prose,
        prose,
        fc.infiniteStream(fc.boolean()),
        (before, now, then, after, way) => {
          const state = stateOf(`${before}x${now}x${after}`);
          const { doc } = state;
          const places = [...Array(doc.content.size + 1).keys()].filter(
            (pos) => doc.resolve(pos).parent.isTextblock,
          );
          const at = (offset: number) => places.find((pos) => offsetAt(doc, pos) === offset);
          const [from, to] = [at(before.length), at(before.length + now.length + 2)];
          if (from === undefined || to === undefined) return;
          const segments = compare(`x${now}x`, then);
          const left = new Set([...segments.keys()].filter(() => way.next().value));
          const tr = state.tr;
          const end = putChanges(tr, from, to, { segments, left, current: null }, origin);
          if (end === null) return expect(tr.docChanged).toBe(false);
          put++;
          expect(plainText(tr.doc)).toBe(before + composed(segments, left) + after);
        },
      ),
    );
    expect(put).toBeGreaterThan(10);
  });

  it("leave the words that stay as they were, with their marks", () => {
    const doc = schema.node("doc", null, [
      schema.node("paragraph", null, [
        schema.text("The boat "),
        schema.text("lay", [schema.marks.em.create()]),
        schema.text(" on its side, dry as a bone."),
      ]),
    ]);
    const state = EditorState.create({ doc });
    const segments = compare(
      "The boat lay on its side, dry as a bone.",
      "The boat leaned on its side, dry as chalk.",
    );
    const tr = state.tr;
    putChanges(tr, 1, doc.content.size - 1, { segments, left: new Set(), current: null }, origin);
    const after = state.apply(tr);
    expect(plainText(after.doc)).toBe("The boat leaned on its side, dry as chalk.");
    expect(origins(after)).toEqual([
      ["leaned", 0],
      ["chalk", 0],
    ]);
    const leaned = after.doc.nodeAt(10)!;
    expect(schema.marks.em.isInSet(leaned.marks)).toBeTruthy();
  });
});
