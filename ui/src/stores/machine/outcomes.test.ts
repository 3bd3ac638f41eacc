import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ActionRequest, Gives, Outcome, SaveScene } from "../../host/host";
import { Autosave } from "../autosave.svelte";
import { CONTINUE, Engine } from "./engine";
import { Inline } from "./inline.svelte";
import { Paper } from "./paper";
import { Session } from "./session.svelte";

vi.stubGlobal("document", { getSelection: () => null });

/** A library that writes down what it is told, in the order it comes. */
let told: string[];
let paper: Paper;
let engine: Engine;
let autosave: Autosave;
let session: Session;
let inline: Inline;
let gives: Gives;

beforeEach(() => {
  [told, gives] = [[], "passage"];
  paper = new Paper("said");
  engine = new Engine();
  const host = {
    startAction: engine.startAction,
    cancelAction: engine.cancelAction,
    suggestions: engine.suggestions,
    recordOutcome: async ({ verdict, text }: Outcome) => void told.push(`${verdict}:${text}`),
    saveScene: async ({ scene, base_version, text }: SaveScene) => {
      told.push(`save:${text}`);
      return { scene, version: base_version + 1, words: 1, updated_at: "" };
    },
  };
  const draft = () => ({ document: "", text: paper.text });
  autosave = new Autosave(host, { draft, saved: () => undefined, failed: () => undefined });
  autosave.open(5, 1);
  const saveBefore = (work: () => Promise<unknown>) => autosave.before(work);
  const request = () => ({ request: `r${engine.asked.length}`, scene: 5 }) as ActionRequest;
  session = new Session(host, {
    sheet: () => paper,
    home: () => ({ scene: 5, title: "" }),
    placeFor: () => paper.cursor(),
    request: (action) => ({ ...request(), action }),
    gives: () => gives,
    writable: () => true,
    described: async () => undefined,
    saveBefore,
    count: () => 1,
    ended: () => undefined,
    trouble: () => undefined,
  });
  inline = new Inline(host, { sheet: () => paper, pause: () => 1, free: () => true, request, saveBefore });
  paper.told = (told) => (told.suggestion.faint ? inline : session).told(told);
  paper.written = () => autosave.touch();
  session.enterScene(5);
});

/** What was typed just now is not saved yet, and words are offered after it. */
async function offered(text: string): Promise<void> {
  await session.start(CONTINUE);
  engine.answers(text);
  paper.type("He ", 1);
}

describe("words of a machine go in", () => {
  it("whole: the page is saved as the author left it, they are told, and then it is saved with them", async () => {
    await offered(" nothing.");
    session.accept();
    expect(paper.text).toBe("He said nothing.");
    await autosave.flush();
    expect(told).toEqual(["save:He said", "accepted: nothing.", "save:He said nothing."]);
  });

  it("by word: the same before the first of them, and what was taken is told again at the end", async () => {
    await offered(" nothing at all.");
    session.acceptNext("word");
    expect(paper.text).toBe("He said nothing");
    session.acceptNext("word");
    await autosave.flush();
    expect(told).toEqual(["save:He said", "accepted: nothing", "save:He said nothing at"]);
    session.acceptNext("sentence");
    await autosave.flush();
    expect(told.slice(3)).toEqual(["accepted: nothing at all.", "save:He said nothing at all."]);
  });

  it("by word, all at once: in the order in which they were taken", async () => {
    await offered(" nothing more");
    session.acceptNext("word");
    session.acceptNext("word");
    await autosave.flush();
    expect(told).toEqual([
      "save:He said",
      "accepted: nothing",
      "accepted: nothing more",
      "save:He said nothing more",
    ]);
  });

  it("once more after all were taken back: with what was typed since", async () => {
    await offered(" nothing.");
    session.acceptNext("word");
    await autosave.flush();
    paper.undo();
    paper.type("Then ", 1);
    session.acceptNext("word");
    await autosave.flush();
    expect(told.slice(3)).toEqual(["save:Then He said", "accepted: nothing.", "save:Then He said nothing."]);
  });

  it("from a card: the same", async () => {
    gives = "item";
    await session.start({ ...CONTINUE, kind: "brainstorm" });
    engine.answers("Nothing.");
    paper.type("He ", 1);
    session.accept();
    await autosave.flush();
    expect(told).toEqual(["save:He said", "accepted:Nothing.", "save:He said Nothing."]);
  });

  it("unasked, at the cursor: the same, by word and whole", async () => {
    paper.type("He ", 1);
    paper.offers.show({
      ...{ request: "r0", candidate: 0, from: 8, to: 8 },
      ...{ text: " nothing more.", live: false, faint: true },
    });
    inline.take("word");
    expect(paper.text).toBe("He said nothing");
    await autosave.flush();
    inline.take("all");
    await autosave.flush();
    expect(told).toEqual([
      "save:He said",
      "accepted: nothing",
      "save:He said nothing",
      "accepted: nothing more.",
      "save:He said nothing more.",
    ]);
  });

  it("into a page that is saved: nothing is saved before they are told", async () => {
    await offered(" nothing.");
    await autosave.flush();
    session.accept();
    await autosave.flush();
    expect(told.slice(1)).toEqual(["accepted: nothing.", "save:He said nothing."]);
  });
});
