import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textCommands, typing } from "./input";
import { notesWithin, storyPlace } from "./notes";
import { provenance } from "./provenance";
import { schema } from "./schema";
import { Sheet } from "./testing";
import { fromText } from "./text";
import { typographyOf } from "./typography";

const paragraph = (text = "") => schema.node("paragraph", null, text ? [schema.text(text)] : []);
const note = (...texts: string[]) => schema.node("note", null, texts.map(paragraph));

function sheet(...blocks: ReturnType<typeof paragraph>[]): Sheet {
  return new Sheet(schema.node("doc", null, blocks), [...typing(() => typographyOf("en")), provenance()]);
}

describe("a note to self", () => {
  it("is begun by two percent signs and a space, and Backspace gives them back", () => {
    const page = sheet(paragraph()).type("%% ask M.");
    expect(page.outline).toBe("note(p(ask M.))");
    expect(page.text).toBe("");
    expect(sheet(paragraph()).type("%% ").press("Backspace").outline).toBe("p(%% )");
  });

  it("is no note in the middle of a line or in a quotation", () => {
    expect(sheet(paragraph("so")).type("%% ").outline).toBe("p(so%% )");
    const quoted = schema.node("blockquote", null, [paragraph()]);
    expect(sheet(quoted).at(2).type("%% ").outline).toBe("q(p(%% ))");
  });

  it("begins below the paragraph by the command, and takes in what is selected", () => {
    const page = sheet(paragraph("One."), paragraph("Two."));
    page.find("One").run(textCommands.note);
    expect(page.type("when?").outline).toBe("p(One.) note(p(when?)) p(Two.)");
    const selected = sheet(paragraph("One."), paragraph("Two."));
    selected.at(2, 9).run(textCommands.note);
    expect(selected.outline).toBe("note(p(One.) p(Two.))");
    selected.run(textCommands.note);
    expect(selected.outline).toBe("p(One.) p(Two.)");
  });

  it("takes in headings and quotations as paragraphs, and no scene break", () => {
    const page = new Sheet(fromText("# One\n\n> two\n> three\n\nfour"));
    page.at(1, page.state.doc.content.size - 1).run(textCommands.note);
    expect(page.outline).toBe("note(p(One) p(two/three) p(four))");
    const broken = new Sheet(fromText("one\n\n***\n\ntwo"));
    expect(broken.at(1, broken.state.doc.content.size - 1).run(textCommands.note)).toBe(false);
  });

  it("goes on after Enter, and ends with Enter on an empty line", () => {
    const page = sheet(paragraph()).type("%% one").press("Enter").type("two").press("Enter");
    expect(page.outline).toBe("note(p(one) p(two) p())");
    expect(page.press("Enter").type("Story.").outline).toBe("note(p(one) p(two)) p(Story.)");
    expect(sheet(note("")).press("Enter").outline).toBe("p()");
  });

  it("gives its first paragraph to the story with Backspace at its beginning", () => {
    const page = sheet(note("one", "two"));
    expect(page.find("one").press("Backspace").outline).toBe("p(one) note(p(two))");
    expect(page.find("two").press("Backspace").outline).toBe("p(one) p(two)");
  });

  it("lets no paragraph of the story slip in with Backspace or Delete", () => {
    const page = sheet(note("mine"), paragraph("Story."), note("mine too"));
    expect(page.find("Story.").press("Backspace").outline).toContain("p(Story.)");
    expect(page.find("Story.", true).press("Delete").outline).toContain("p(Story.)");
    expect(sheet(note("mine"), paragraph()).press("Backspace").outline).toBe("note(p(mine))");
  });

  it("keeps the machine's mark on words that go into it and come out", () => {
    const made = schema.text("made", [schema.marks.machine.create({ request: "r" })]);
    const page = new Sheet(schema.node("doc", null, [schema.node("heading", null, [made])]), [provenance()]);
    page.run(textCommands.note);
    page.at(1, 8).run(textCommands.note);
    page.at(1, 7).run(textCommands.note);
    let marked = "";
    page.state.doc.descendants((node) => void (marked += node.marks.length ? node.text : ""));
    expect(marked).toBe("made");
  });
});

describe("the story's place", () => {
  const blocks = fc.array(
    fc.oneof(
      fc.constantFrom(paragraph(), paragraph("Story."), note("mine"), note("a", "b")),
      fc.constantFrom(schema.node("scene_break"), schema.node("blockquote", null, [paragraph("said")])),
    ),
    { minLength: 1, maxLength: 6 },
  );

  it("is never in a note, and where it is already it stays", () => {
    fc.assert(
      fc.property(blocks, fc.nat(60), (blocks, at) => {
        const doc = schema.node("doc", null, blocks);
        const pos = at % (doc.content.size + 1);
        const place = storyPlace(doc, pos);
        if (place === null) return;
        const $place = doc.resolve(place);
        expect($place.depth ? $place.node(1).type.name : "").not.toBe("note");
        if (place !== pos) expect($place.parent.isTextblock).toBe(true);
        expect(storyPlace(doc, place)).toBe(place);
      }),
    );
  });

  it("is the end of the story before a note, or the empty paragraph after it", () => {
    const doc = sheet(paragraph("Story."), note("mine"), paragraph("More.")).state.doc;
    expect(storyPlace(doc, 11)).toBe(7);
    const second = schema.node("doc", null, [note("mine"), paragraph()]);
    expect(storyPlace(second, 3)).toBe(9);
    expect(storyPlace(schema.node("doc", null, [note("mine"), paragraph("x")]), 3)).toBeNull();
  });

  it("has the notes that lie in it as a whole", () => {
    const doc = sheet(paragraph("a"), note("mine"), paragraph("b")).state.doc;
    expect(notesWithin(doc, 1, doc.content.size - 1)).toHaveLength(1);
    expect(notesWithin(doc, 5, doc.content.size - 1)).toHaveLength(0);
  });
});
