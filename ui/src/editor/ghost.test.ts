import { closeHistory, history, redo, undo } from "prosemirror-history";
import { EditorState, TextSelection, type Transaction } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import {
  bringBack,
  compareWith,
  drop,
  ghost,
  ghostIn,
  grow,
  leave,
  show,
  type Suggestion,
  take,
  takeNext,
} from "./ghost";
import { compare } from "./diff";
import { firstSentence, firstWord } from "./pieces";
import { asMade, provenance } from "./provenance";
import { schema } from "./schema";
import { fromText, plainText } from "./text";

/** A page without a window: what happens to its state. */
class Page {
  state: EditorState;

  constructor(text: string) {
    const doc = fromText(text);
    this.state = EditorState.create({ doc, plugins: [ghost(), history(), provenance()] });
    this.apply(this.state.tr.setSelection(TextSelection.atEnd(doc)));
  }

  apply(tr: Transaction | null): this {
    if (tr) this.state = this.state.apply(tr);
    return this;
  }

  /** Suggests words for a place; without one, at the end of the text. */
  suggest(
    text: string,
    from = this.state.doc.content.size - 1,
    to = from,
    live = false,
    more: Partial<Suggestion> = {},
  ): this {
    return this.apply(show(this.state, { request: "r", candidate: 0, from, to, text, live, ...more }));
  }

  type(text: string, at = this.state.selection.from): this {
    return this.apply(this.state.tr.insertText(text, at));
  }

  undo(): this {
    undo(this.state, (tr) => this.apply(tr));
    return this;
  }

  redo(): this {
    redo(this.state, (tr) => this.apply(tr));
    return this;
  }

  get text(): string {
    return plainText(this.state.doc);
  }

  get suggestion() {
    return ghostIn(this.state).suggestion;
  }

  get told() {
    return ghostIn(this.state).told;
  }

  /** The words that carry the machine's mark. */
  get made(): string {
    let made = "";
    this.state.doc.descendants((node) => {
      if (node.isText && schema.marks.machine.isInSet(node.marks)) made += node.text;
    });
    return made;
  }
}

describe("a suggestion", () => {
  it("is not in the document and not in the history", () => {
    const page = new Page("He said").suggest(" nothing.");
    expect(page.text).toBe("He said");
    page.undo();
    expect(page.text).toBe("He said");
    expect(page.suggestion?.text).toBe(" nothing.");
  });

  it("moves with the text before it", () => {
    const page = new Page("He said").suggest(" nothing.").type("Then ", 1);
    expect(page.suggestion?.from).toBe("Then He said".length + 1);
    page.apply(take(page.state));
    expect(page.text).toBe("Then He said nothing.");
  });

  it("is let go, and handed over, when its place is written over", () => {
    const page = new Page("He said").suggest(" nothing.").type("!");
    expect(page.suggestion).toBeNull();
    expect(page.told).toMatchObject({ what: "overtyped", suggestion: { text: " nothing." } });
    page.type("?");
    expect(page.told).toBeNull();
  });

  it("is let go when a letter before it is deleted", () => {
    const page = new Page("He said").suggest(" nothing.");
    page.apply(page.state.tr.delete(7, 8));
    expect(page.suggestion).toBeNull();
  });

  it("stays on a selection when something is written right beside it, not within", () => {
    const page = new Page("one two three").suggest("2", 5, 8);
    page.type("!", 8).type("?", 5);
    expect(page.suggestion).toMatchObject({ from: 6, to: 9 });
    page.type("x", 7);
    expect(page.suggestion).toBeNull();
  });

  it("takes a selection off the words it would replace, and leaves any other where it is", () => {
    const page = new Page("one two three");
    const select = (from: number, to: number) =>
      page.apply(page.state.tr.setSelection(TextSelection.create(page.state.doc, from, to)));
    select(5, 8).suggest("2", 5, 8);
    expect(page.state.selection).toMatchObject({ from: 8, to: 8 });
    select(1, 4).suggest("2", 5, 8);
    expect(page.state.selection).toMatchObject({ from: 1, to: 4 });
  });

  it("grows while words come", () => {
    const page = new Page("He").suggest("", undefined, undefined, true);
    page
      .apply(grow(page.state, " said", true))
      .type("So ", 1)
      .apply(grow(page.state, " said no", false));
    expect(page.suggestion).toMatchObject({ text: " said no", live: false, from: 6 });
  });
});

describe("taking", () => {
  it("is one undo step, apart from the typing before and after it", () => {
    const page = new Page("He").type(" said").suggest(" nothing.\n\n“Well?”");
    page.apply(take(page.state));
    expect(page.text).toBe("He said nothing.\n\n“Well?”");
    page.undo();
    expect(page.text).toBe("He said");
    page.redo();
    expect(page.text).toBe("He said nothing.\n\n“Well?”");
  });

  it("marks the words as the machine's, and what is typed after them as the writer's", () => {
    const page = new Page("He").suggest(" said nothing");
    page.apply(take(page.state)).type(" more");
    expect(page.made).toBe(" said nothing");
  });

  it("leaves what is typed inside the machine's words the writer's", () => {
    const page = new Page("He").suggest(" said nothing");
    page.apply(take(page.state)).type("almost ", 9);
    expect(page.text).toBe("He said almost nothing");
    expect(page.made).toBe(" said nothing");
  });

  it("keeps the mark of words that are moved", () => {
    const page = new Page("He").suggest(" said");
    page.apply(take(page.state));
    const slice = page.state.doc.slice(3, 8);
    page.apply(page.state.tr.replace(1, 1, slice).setMeta("paste", true));
    expect(page.made).toBe(" said said");
  });

  it("keeps the mark when the page is filled with what was made", () => {
    const page = new Page("");
    const words = schema.text("made", [schema.marks.machine.create({ request: "r" })]);
    page.apply(asMade(page.state.tr.insert(1, words)));
    expect(page.made).toBe("made");
  });

  it("replaces a selection in one step", () => {
    const page = new Page("The boat lay on its side.").suggest("leaned", 10, 25);
    page.apply(take(page.state));
    expect(page.text).toBe("The boat leaned.");
    page.undo();
    expect(page.text).toBe("The boat lay on its side.");
  });

  it("goes word by word, and undo gives each word back", () => {
    const page = new Page("He").suggest(" said nothing.\n\nThen left");
    for (let i = 0; i < 3; i++) page.apply(takeNext(page.state, firstWord));
    expect(page.text).toBe("He said nothing.\n\nThen");
    expect(page.suggestion?.text).toBe(" left");
    page.undo();
    expect(page.text).toBe("He said nothing.");
    expect(page.suggestion?.text).toBe("\n\nThen left");
    page.undo().undo();
    expect(page.text).toBe("He");
    expect(page.suggestion?.text).toBe(" said nothing.\n\nThen left");
    page.apply(take(page.state));
    expect(page.text).toBe("He said nothing.\n\nThen left");
  });

  it("leaves out of later words what was taken already", () => {
    const page = new Page("He").suggest(" said", undefined, undefined, true);
    page.apply(takeNext(page.state, firstWord));
    page.apply(grow(page.state, " said nothing", true));
    expect(page.suggestion?.text).toBe(" nothing");
  });

  it("ends with the last word", () => {
    const page = new Page("He").suggest(" left");
    page.apply(takeNext(page.state, firstWord));
    expect(page.suggestion).toBeNull();
    expect(page.text).toBe("He left");
  });

  it("does not cut a rewrite into words", () => {
    const page = new Page("one two").suggest("three four", 1, 4);
    expect(takeNext(page.state, firstWord)).toBeNull();
  });
});

describe("undoing what was taken", () => {
  it("gives the suggestion back, also after something else was written and undone", () => {
    const page = new Page("He").suggest(" said");
    page.apply(take(page.state)).apply(closeHistory(page.state.tr)).type("!", 8);
    page.undo();
    expect([page.text, page.suggestion]).toEqual(["He said", null]);
    page.undo();
    expect(page.text).toBe("He");
    expect(page.suggestion).toMatchObject({ text: " said", from: 3, live: false });
    expect(page.told).toMatchObject({ what: "returned", suggestion: { request: "r" } });
    page.redo();
    expect([page.text, page.suggestion]).toEqual(["He said", null]);
    expect(page.told).toMatchObject({ what: "retaken", pieces: [{ text: " said" }] });
    page.undo();
    expect(page.suggestion?.text).toBe(" said");
  });

  it("gives back the rewrite with the changes that were left", () => {
    const segments = compare("The boat lay on its side.", "The boat sat on her side.");
    const left = new Set([segments.findIndex(({ before }) => before === "its")]);
    const page = new Page("The boat lay on its side.").suggest("The boat sat on her side.", 1, 26);
    page.apply(compareWith(page.state, { segments, left, current: null }));
    page.apply(take(page.state));
    expect([page.text, page.made]).toEqual(["The boat sat on its side.", "sat"]);
    page.undo();
    expect(page.text).toBe("The boat lay on its side.");
    expect(page.suggestion?.compared?.left).toBe(left);
  });

  it("works for every way of taking", () => {
    for (const where of ["here", "below", "behind"] as const) {
      const page = new Page("One two. Three.").suggest("Four.", 5, 9);
      page.apply(take(page.state, where));
      const expected = {
        here: "One Four. Three.",
        below: "One two. Three.\n\nFour.",
        behind: "One two. Four. Three.",
      };
      expect(page.text).toBe(expected[where]);
      page.undo();
      expect([page.text, page.suggestion?.text]).toEqual(["One two. Three.", "Four."]);
    }
  });

  it("keeps the origin of each piece of a mixed text", () => {
    const pieces = [
      { text: " One.", request: "r", candidate: 1 },
      { text: " Two.", request: "q", candidate: 0 },
    ];
    const page = new Page("Zero.").suggest(" One. Two.", undefined, undefined, false, { pieces });
    expect(takeNext(page.state, firstWord)).toBeNull();
    page.apply(take(page.state));
    const origins: unknown[] = [];
    page.state.doc.descendants((node) => {
      if (node.isText) origins.push([node.text, node.marks[0]?.attrs.request]);
    });
    expect(origins).toEqual([
      ["Zero.", undefined],
      [" One.", "r"],
      [" Two.", "q"],
    ]);
    page.undo();
    expect(page.suggestion?.pieces).toEqual(pieces);
  });
});

describe("a sentence", () => {
  it("is taken by itself, and given back", () => {
    const page = new Page("He").suggest(" left. “Why?” she said.\n\nLater.");
    page.apply(takeNext(page.state, firstSentence)).apply(takeNext(page.state, firstSentence));
    expect(page.text).toBe("He left. “Why?” she said.");
    page.undo();
    expect([page.text, page.suggestion?.text]).toEqual(["He left.", " “Why?” she said.\n\nLater."]);
  });
});

describe("a suggestion that nobody asked for", () => {
  const faint = (text = "He said") =>
    new Page(text).suggest(" nothing much", undefined, undefined, false, { faint: true });

  it("is used up by typing its beginning, which is the writer's own", () => {
    const page = faint().type(" ").type("n").type("oth");
    expect(page.suggestion).toMatchObject({ text: "ing much", from: 13 });
    page.apply(takeNext(page.state, firstWord));
    expect([page.text, page.made]).toEqual(["He said nothing", "ing"]);
    const whole = faint().type(" nothing much");
    expect(whole.suggestion).toBeNull();
  });

  it("fades at any other key, at a click elsewhere and at a change elsewhere", () => {
    const away = (page: Page) => [page.suggestion, page.told?.what];
    expect(away(faint().type(" so"))).toEqual([null, "faded"]);
    expect(away(faint().type("So ", 1))).toEqual([null, "faded"]);
    const moved = faint();
    moved.apply(moved.state.tr.setSelection(TextSelection.create(moved.state.doc, 2)));
    expect(away(moved)).toEqual([null, "faded"]);
  });
});

describe("leaving", () => {
  it("can be undone until the text changes", () => {
    const page = new Page("He").suggest(" said");
    page.apply(leave(page.state));
    expect(page.suggestion).toBeNull();
    page.apply(bringBack(page.state));
    expect(page.suggestion?.text).toBe(" said");
    page.apply(leave(page.state)).type("!");
    expect(bringBack(page.state)).toBeNull();
  });

  it("can be for good", () => {
    const page = new Page("He").suggest(" said");
    page.apply(drop(page.state));
    expect(bringBack(page.state)).toBeNull();
  });
});
