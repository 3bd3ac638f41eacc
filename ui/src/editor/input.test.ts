import { history, undo } from "prosemirror-history";
import { undoInputRule } from "prosemirror-inputrules";
import { describe, expect, it } from "vitest";
import { textCommands, typing } from "./input";
import { provenance } from "./provenance";
import { schema } from "./schema";
import { Sheet } from "./testing";
import { fromText } from "./text";
import { type Typography, typographyOf } from "./typography";

const made = schema.marks.machine.create({ request: "r" });

function sheet(text = "", set: Typography | null = typographyOf("en")): Sheet {
  return new Sheet(fromText(text), [...typing(() => set), history(), provenance()]);
}

/** A page whose only paragraph a machine wrote. */
function written(text: string): Sheet {
  const doc = schema.node("doc", null, [schema.node("paragraph", null, [schema.text(text, [made])])]);
  return new Sheet(doc, [...typing(() => typographyOf("en")), history(), provenance()]);
}

/** The words with the machine's mark. */
function machine(page: Sheet): string {
  let words = "";
  page.state.doc.descendants((node) => void (words += made.isInSet(node.marks) ? node.text : ""));
  return words;
}

describe("typographic signs", () => {
  it("come as one types, and stay straight where that is wanted", () => {
    expect(sheet().type(`"Don't--"`).text).toBe("“Don’t—”");
    expect(sheet("", null).type(`"Don't--"...`).text).toBe(`"Don't--"...`);
  });

  it("are given back as they were typed by Backspace or undo right after", () => {
    expect(sheet().type(`say "`).press("Backspace").text).toBe(`say "`);
    expect(sheet().type("wait...").press("Backspace").text).toBe("wait...");
    const page = sheet().type("so--");
    expect(page.run(undoInputRule)).toBe(true);
    expect(page.type(" x").text).toBe("so-- x");
    expect(page.run(undoInputRule)).toBe(false);
  });

  it("go with the words around them when typing is undone", () => {
    const page = sheet().type(`"No`);
    page.run(undo);
    expect(page.text).toBe("");
  });

  it("look as what is typed there does", () => {
    const page = sheet();
    page.run(textCommands.emphasis);
    page.type(`"No"`);
    const { firstChild } = page.state.doc.firstChild!;
    expect([firstChild!.text, firstChild!.marks.map(({ type }) => type.name)]).toEqual(["“No”", ["em"]]);
  });

  it("are the writer's beside and inside words of a machine", () => {
    const after = written("He said ").type(`"no"`);
    expect([after.text, machine(after)]).toEqual(["He said “no”", "He said "]);
    const inside = written("He said no more").find("no").type(`"`);
    expect([inside.text, machine(inside)]).toEqual(["He said “no more", "He said no more"]);
    expect(inside.press("Backspace").text).toBe(`He said "no more`);
  });

  it("know what was said before in the paragraph, and what follows", () => {
    const page = sheet("“I was").at(7);
    expect(page.type(`--"`).text).toBe("“I was—”");
    expect(sheet("dont go", typographyOf("de")).at(4).type("'").text).toBe("don’t go");
  });
});

describe("headings", () => {
  it("have one line: line breaks become spaces, and no word is lost", () => {
    const page = sheet("one\ntwo\nthree");
    page.run(textCommands.chapterHeading);
    expect(page.text).toBe("# one two three");
    page.run(undo);
    expect(page.text).toBe("one\ntwo\nthree");
  });
});
