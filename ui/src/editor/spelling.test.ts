import type { EditorState, PluginView, Transaction } from "prosemirror-state";
import { DecorationSet, type EditorView } from "prosemirror-view";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { misspeltAt, nextMisspelt, setSpelling, spelling } from "./spelling";
import { Sheet } from "./testing";
import { fromText } from "./text";

const WRONG = /lampp|outt/g;

/** A page with its plugin, as a window would drive it; `asked` has every block that was asked about. */
class Page {
  readonly asked: string[][] = [];
  readonly sheet: Sheet;
  composing = false;
  answer = async (blocks: string[]) => blocks.map(wrongIn);
  readonly #plugin = spelling((blocks) => {
    this.asked.push(blocks);
    return this.answer(blocks);
  });
  readonly #view: PluginView;

  constructor(text: string) {
    this.sheet = new Sheet(fromText(text), [this.#plugin]);
    this.#view = this.#plugin.spec.view!(this as unknown as EditorView);
  }

  get state(): EditorState {
    return this.sheet.state;
  }

  dispatch(tr: Transaction): void {
    const before = this.state;
    this.sheet.apply(tr);
    this.#view.update!(this as unknown as EditorView, before);
  }

  on(on = true): this {
    this.dispatch(setSpelling(this.state, on));
    return this;
  }

  type(text: string, pos?: number): this {
    for (const key of text) {
      const at = pos === undefined ? this.state.selection.from : pos++;
      this.dispatch(this.state.tr.insertText(key, at));
    }
    return this;
  }

  close(): void {
    this.#view.destroy!();
  }

  /** Waits until nothing more is asked. */
  async settled(): Promise<this> {
    await vi.advanceTimersByTimeAsync(2000);
    return this;
  }

  /** The words that are marked. */
  get marked(): string[] {
    const drawn = this.#plugin.props.decorations!.call(this.#plugin, this.state) as DecorationSet;
    return drawn.find().map(({ from, to }) => this.state.doc.textBetween(from, to));
  }
}

function wrongIn(text: string) {
  return [...text.matchAll(WRONG)].map(({ 0: word, index: from }) => ({
    from,
    to: from + word.length,
    word,
  }));
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("misspelt words", () => {
  it("are marked when that is on, and no longer when it is off", async () => {
    const page = new Page("The lampp.\n\nIt went outt.");
    expect((await page.settled()).marked).toEqual([]);
    expect((await page.on().settled()).marked).toEqual(["lampp", "outt"]);
    expect(page.on(false).marked).toEqual([]);
    expect((await page.type(" lampp").settled()).marked).toEqual([]);
  });

  it("are asked about block by block, and only where the text is another", async () => {
    const page = await new Page("The lampp.\n\nIt went outt.").on().settled();
    expect(page.asked).toEqual([["The lampp.", "It went outt."]]);
    await page.type(" Old", 4).settled();
    expect(page.asked.slice(1)).toEqual([["The Old lampp."]]);
    expect(page.marked).toEqual(["lampp", "outt"]);
  });

  it("go along with the text before the answer comes", async () => {
    const page = await new Page("The lampp.").on().settled();
    page.type("Old: ", 1);
    expect(page.marked).toEqual(["lampp"]);
    expect(misspeltAt(page.state, 11)).toEqual({ from: 10, to: 15, word: "lampp" });
  });

  it("are left alone while they are being typed", async () => {
    const page = await new Page("The lamp").on().settled();
    await page.type("p").settled();
    expect(page.marked).toEqual([]);
    page.sheet.find("The");
    expect(page.marked).toEqual(["lampp"]);
  });

  it("are neither asked about nor drawn while words are composed", async () => {
    const page = await new Page("").on().settled();
    page.composing = true;
    await page.type("lampp ").settled();
    expect([page.asked, page.marked]).toEqual([[], []]);
    page.composing = false;
    expect((await page.settled()).marked).toEqual(["lampp"]);
  });

  it("are asked about anew when other words are right, and an answer that is too late counts for nothing", async () => {
    const page = new Page("The lampp.");
    let late: () => void = () => {};
    page.answer = (blocks) => new Promise((resolve) => (late = () => resolve(blocks.map(wrongIn))));
    await page.on().settled();
    page.answer = async (blocks) => blocks.map(() => []);
    page.on();
    late();
    expect((await page.settled()).marked).toEqual([]);
    expect(page.asked).toHaveLength(2);
  });

  it("are not asked about again and again where nothing can be said, nor after the page was closed", async () => {
    const page = new Page("The lampp.");
    page.answer = async () => null as never;
    await page.on().settled();
    expect(page.asked).toHaveLength(1);
    page.on().close();
    await page.settled();
    expect(page.asked).toHaveLength(1);
  });

  it("are asked about in parts where a text is long", async () => {
    const long = Array.from({ length: 9 }, () => "lampp ".repeat(1000).trim()).join("\n\n");
    const page = await new Page(long).on().settled();
    expect(page.asked.map((blocks) => blocks.length)).toEqual([4, 4, 1]);
    expect(page.marked).toHaveLength(9000);
  });

  it("are gone through in their order, over the ends too", async () => {
    const page = await new Page("lampp and outt.\n\nlampp").on().settled();
    const next = (from: number, by: 1 | -1) => nextMisspelt(page.state, from, by)?.from;
    expect([next(1, 1), next(6, 1), next(15, 1), next(24, 1)]).toEqual([1, 11, 18, 1]);
    expect([next(18, -1), next(11, -1), next(1, -1)]).toEqual([11, 1, 18]);
    expect(nextMisspelt(new Page("").on().state, 1, 1)).toBeNull();
  });
});
