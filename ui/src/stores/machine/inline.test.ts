import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ActionRequest } from "../../host/host";
import { Engine } from "./engine";
import { fewOf, Inline } from "./inline.svelte";
import { Paper } from "./paper";

vi.stubGlobal("document", { getSelection: () => null });

let paper: Paper;
let engine: Engine;
let inline: Inline;
let pause: number | null;
let free: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  engine = new Engine();
  [pause, free] = [1000, true];
  paper = new Paper("The lamp was out");
  inline = new Inline(engine, {
    sheet: () => paper,
    pause: () => pause,
    free: () => free,
    saveBefore: (work) => void work(),
    request: (action) =>
      ({ request: `r${engine.asked.length}`, action, ...paper.cursor() }) as unknown as ActionRequest,
  });
  paper.written = () => inline.touched();
  paper.told = (told) => inline.told(told);
});

afterEach(() => vi.useRealTimers());

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function suggested(text: string): Promise<void> {
  paper.type(" and");
  await wait(1000);
  engine.started();
  engine.says(text);
  engine.finishes();
}

describe("an inline suggestion", () => {
  it("is asked for a pause after the last key, for a few words", async () => {
    paper.type(" a");
    await wait(900);
    paper.type("nd");
    await wait(900);
    expect(engine.asked).toEqual([]);
    await wait(100);
    expect(engine.asked).toMatchObject([{ action: { kind: "continue" }, words: 10, candidates: 1 }]);
    await wait(60_000);
    expect(engine.asked).toHaveLength(1);
  });

  it("is never asked for when it is not wanted, something goes on, or the cursor stands elsewhere", async () => {
    const typed = async (text = "!") => {
      paper.type(text);
      await wait(2000);
      return engine.asked.length;
    };
    pause = null;
    expect(await typed()).toBe(0);
    [pause, free] = [1000, false];
    expect(await typed()).toBe(0);
    [free, paper.focused] = [true, false];
    expect(await typed()).toBe(0);
    paper.focused = true;
    paper.type("!");
    paper.select("lamp");
    await wait(2000);
    expect(engine.asked).toHaveLength(0);
    paper.open("In the middle of words");
    paper.type("x", 5);
    const { state } = paper;
    paper.dispatch(
      state.tr.setSelection(Object.getPrototypeOf(state.selection).constructor.create(state.doc, 6)),
    );
    await wait(2000);
    expect(engine.asked).toHaveLength(0);
  });

  it("comes at the end of a sentence in the middle of a paragraph, and in an empty one after a story", async () => {
    paper.open("The lamp was out. Nobody came.");
    const end = "The lamp was out. ".length + 1;
    paper.dispatch(paper.state.tr.insertText("x", end).delete(end, end + 1));
    const { state } = paper;
    paper.dispatch(
      state.tr.setSelection(Object.getPrototypeOf(state.selection).constructor.create(state.doc, end)),
    );
    await wait(1000);
    expect(engine.asked).toHaveLength(1);
    paper.open("The lamp was out.\n\n");
    inline.touched();
    await wait(1000);
    expect(engine.asked).toHaveLength(2);
  });

  it("is cancelled by the next key", async () => {
    paper.type(" and");
    await wait(1000);
    paper.type(" so");
    expect(engine.cancelled).toEqual(["r0"]);
    engine.says(" late");
    engine.finishes();
    expect(paper.ghost).toBeNull();
  });

  it("is shown when it is whole, cut to a sentence or a few words, and then no more is made", async () => {
    paper.type(" and");
    await wait(1000);
    engine.started();
    engine.says(" nobody came");
    expect(paper.ghost).toBeNull();
    engine.says(". The wind");
    expect([paper.ghost, inline.shown]).toEqual([" nobody came.", true]);
    expect(engine.cancelled).toEqual(["r0"]);
    expect(paper.offers.suggestion?.faint).toBe(true);
  });

  it("is taken whole or by word, which is told, and undo gives it back", async () => {
    await suggested(" nobody came.");
    inline.take("word");
    expect([paper.text, inline.shown]).toEqual(["The lamp was out and nobody", true]);
    inline.take("all");
    expect([paper.text, inline.shown]).toEqual(["The lamp was out and nobody came.", false]);
    await wait(0);
    expect(engine.verdicts).toEqual({ "0/0": " nobody came." });
    paper.undo();
    expect([paper.ghost, inline.shown]).toEqual([" came.", true]);
  });

  it("is used up by typing it, and gone with anything else", async () => {
    await suggested(" nobody came.");
    paper.type(" nob");
    expect([paper.ghost, inline.shown]).toEqual(["ody came.", true]);
    paper.type("!");
    expect([paper.ghost, inline.shown]).toEqual([null, false]);
  });

  it("stays away for a while after it was sent away", async () => {
    await suggested(" nobody came.");
    expect(inline.dismiss()).toBe(true);
    expect([paper.ghost, inline.dismiss()]).toEqual([null, false]);
    paper.type(" so");
    await wait(30_000);
    expect(engine.asked).toHaveLength(1);
    await wait(31_000);
    paper.type(" then");
    await wait(1000);
    expect(engine.asked).toHaveLength(2);
  });

  it("tells nobody when it cannot be had", async () => {
    engine.refusal = { code: "engine", message: "broke" };
    paper.type(" and");
    await wait(1000);
    expect(paper.ghost).toBeNull();
    engine.refusal = null;
    paper.type(" so");
    await wait(1000);
    expect(engine.asked).toHaveLength(1);
  });
});

describe("a few words", () => {
  it("are the first sentence, or ten words", () => {
    expect(fewOf(" He left. She stayed.")).toBe(" He left.");
    expect(fewOf(" and so")).toBe(" and so");
    expect(fewOf(" one two three four five six seven eight nine ten eleven twelve")).toBe(
      " one two three four five six seven eight nine ten",
    );
  });
});
