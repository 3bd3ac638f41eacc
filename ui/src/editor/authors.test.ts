import * as fc from "fast-check";
import { DecorationSet } from "prosemirror-view";
import { describe, expect, it } from "vitest";
import { authors, madeIn, type Origin, showAuthors, tellOrigins } from "./authors";
import { provenance } from "./provenance";
import { schema } from "./schema";
import { Sheet } from "./testing";

const made = (text: string, request = "r", candidate = 0) =>
  schema.text(text, [schema.marks.machine.create({ request, candidate })]);
const own = (text: string) => schema.text(text);
const paragraph = (...content: ReturnType<typeof own>[]) => schema.node("paragraph", null, content);

const origin = (text: string | null, request = "r"): [string, Origin] => [
  `0 ${request}`,
  { request, candidate: 0, model: "Harbour", text },
];

/** What stands in a block: the machine's words as made, or changed. */
function told(block: ReturnType<typeof paragraph>, ...known: [string, Origin][]) {
  return madeIn(block, new Map(known)).map(({ from, to, changed }) => [
    block.textBetween(from, to, "\n", "\n"),
    changed ? "changed" : "as made",
  ]);
}

describe("words of a machine", () => {
  it("are as made where nothing stands in their middle and they are what was written", () => {
    expect(told(paragraph(own("He said "), made("nothing at all."), own(" Then")))).toEqual([
      ["nothing at all.", "as made"],
    ]);
    const taken = paragraph(made("nothing at"));
    expect(told(taken, origin(" nothing at\n\nall."))).toEqual([["nothing at", "as made"]]);
  });

  it("are changed where the writer put words between them, and both sides are", () => {
    expect(told(paragraph(made("nothing "), own("much "), made("at all.")))).toEqual([
      ["nothing ", "changed"],
      ["at all.", "changed"],
    ]);
  });

  it("are changed where some were taken out, as far as it is known what was written", () => {
    const shorter = paragraph(made("nothing all."));
    expect(told(shorter)).toEqual([["nothing all.", "as made"]]);
    expect(told(shorter, origin("nothing at all."))).toEqual([["nothing all.", "changed"]]);
  });

  it("are changed where the writer went on with a word of theirs", () => {
    expect(told(paragraph(made("walk"), own("ed on")))).toEqual([["walk", "changed"]]);
    expect(told(paragraph(made("walk"), own(", and")))).toEqual([["walk", "as made"]]);
  });

  it("of two answers are told apart, and marks in them do not part them", () => {
    const em = schema.text("at ", [
      schema.marks.em.create(),
      schema.marks.machine.create({ request: "r", candidate: 0 }),
    ]);
    expect(told(paragraph(made("nothing "), em, made("all. "), made("No.", "s")))).toEqual([
      ["nothing at all. ", "as made"],
      ["No.", "as made"],
    ]);
  });
});

describe("the page", () => {
  const blocks = fc.array(
    fc
      .array(fc.constantFrom(own("own "), made("made "), made("more "), made("other ", "s")), {
        maxLength: 5,
      })
      .map((content) => paragraph(...content)),
    { minLength: 1, maxLength: 4 },
  );
  const edits = fc.array(fc.tuple(fc.nat(200), fc.nat(3), fc.constantFrom("", "x", " yz ")), {
    maxLength: 6,
  });

  const sheet = (content: ReturnType<typeof paragraph>[]) =>
    new Sheet(schema.node("doc", null, content), [
      authors((model, changed) => `${model}/${changed}`),
      provenance(),
    ]);

  const drawn = (page: Sheet) => {
    const plugin = page.state.plugins[0]!;
    const set = plugin.props.decorations!.call(plugin, page.state) as DecorationSet;
    return set
      .find()
      .map((one) => [one.from, one.to, (one as unknown as { type: { attrs: object } }).type.attrs])
      .sort(([a], [b]) => Number(a) - Number(b));
  };

  it("shows after every change what it would show anew", () => {
    fc.assert(
      fc.property(blocks, edits, (blocks, edits) => {
        const page = sheet(blocks);
        page.apply(showAuthors(page.state, true));
        page.apply(tellOrigins(page.state, [origin("made more made", "r")[1]]));
        for (const [at, length, text] of edits) {
          const { size } = page.state.doc.content;
          const [from, to] = [at % (size + 1), Math.min(size, (at % (size + 1)) + length)];
          page.at(from, to).apply(page.state.tr.insertText(text));
        }
        const now = drawn(page);
        page.apply(showAuthors(page.state, true));
        expect(now).toEqual(drawn(page));
      }),
    );
  });

  it("shows nothing until it is asked to", () => {
    const page = sheet([paragraph(made("made"))]);
    expect(drawn(page)).toEqual([]);
    page.apply(showAuthors(page.state, true));
    expect(drawn(page)).toEqual([[1, 5, { class: "by-machine", title: "/false" }]]);
    page.apply(showAuthors(page.state, false));
    expect(drawn(page)).toEqual([]);
  });
});
