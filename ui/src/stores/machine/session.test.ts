import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Action, ActionKind, Gives, Problem } from "../../host/host";
import type { Asked } from "./asked.svelte";
import { CONTINUE, Engine, FIGURES } from "./engine";
import { Paper } from "./paper";
import { Session } from "./session.svelte";

vi.stubGlobal("document", { getSelection: () => null });

const GIVES: Partial<Record<ActionKind, Gives>> = {
  brainstorm: "remark",
  outline: "list",
  rewrite: "replacement",
  translate: "replacement",
};
const REWRITE: Action = { kind: "rewrite", variant: "livelier", instruction: "" };
const BRAINSTORM: Action = { kind: "brainstorm", variant: null, instruction: "" };

let paper: Paper;
let engine: Engine;
let session: Session;
let troubles: Problem[];
let ended: Asked[];
let scene: number;
let asks: number;

beforeEach(() => {
  paper = new Paper("He said");
  engine = new Engine();
  [troubles, ended, scene, asks] = [[], [], 5, 0];
  session = new Session(engine, {
    sheet: () => paper,
    home: () => ({ scene, title: `Scene ${scene}` }),
    placeFor: ({ kind }) => (GIVES[kind] === "replacement" ? paper.selection() : paper.cursor()),
    request: (action, { before, selection, after }) => ({
      ...{ request: `r${asks++}`, action, scene, before, selection, after },
      ...{ words: 80, candidates: null, seed: null, temperature: 0.7, off: [], on: [] },
    }),
    gives: ({ kind }) => GIVES[kind] ?? "passage",
    writable: () => true,
    described: async () => undefined,
    saveBefore: (work) => void work(),
    count: () => 1,
    ended: (asked) => ended.push(asked),
    trouble: (problem) => troubles.push(problem),
  });
  paper.told = (told) => session.told(told);
  paper.written = () => session.written();
  session.enterScene(scene);
});

async function offered(...texts: string[]): Promise<void> {
  await session.start(CONTINUE);
  engine.answers(...texts);
}

/** Opens another scene. */
function turnTo(next: number, text: string): void {
  session.leaveScene();
  scene = next;
  paper.open(text);
  session.enterScene(next);
}

describe("a continuation", () => {
  it("goes from reading to writing to pending, and shows the words as they come", async () => {
    await session.start(CONTINUE);
    expect(session.phase).toBe("reading");
    expect(engine.asked[0]).toMatchObject({ action: CONTINUE, scene: 5, before: "He said", after: "" });
    engine.started();
    engine.tell({ event: "reading", read: 30, of: 40 });
    expect([session.current?.read, session.phase]).toEqual([0.75, "reading"]);
    engine.says(" and");
    engine.says(" so on");
    expect([session.phase, paper.ghost]).toEqual(["writing", " and so on"]);
    expect(paper.offers.suggestion?.live).toBe(true);
    engine.tell({ event: "candidate_done", candidate: 0, reason: "stop" });
    engine.finishes();
    expect([session.phase, paper.offers.suggestion?.live]).toEqual(["pending", false]);
    expect(session.figures).toEqual(FIGURES);
    expect(session.said).toBe("3 words suggested. Tab takes them, Esc leaves them.");
  });

  it("is taken, and undo gives it back to be taken otherwise", async () => {
    await offered(" nothing.", " too much.");
    session.accept();
    expect([paper.text, session.phase]).toEqual(["He said nothing.", "idle"]);
    expect(engine.verdicts).toEqual({ "0/0": " nothing.", "0/1": "–" });
    paper.undo();
    expect([paper.text, paper.ghost, session.phase]).toEqual(["He said", " nothing.", "pending"]);
    session.choose(1);
    session.accept();
    expect(paper.text).toBe("He said too much.");
    await vi.waitFor(() => expect(engine.verdicts).toEqual({ "0/0": "–", "0/1": " too much." }));
  });

  it("is taken again by redo", async () => {
    await offered(" nothing.");
    session.accept();
    paper.undo();
    paper.redo();
    expect([paper.text, paper.ghost, session.phase]).toEqual(["He said nothing.", null, "idle"]);
    expect(engine.verdicts).toEqual({ "0/0": " nothing." });
  });

  it("is taken by word and by sentence, and what was taken is told when the rest is left", async () => {
    await offered(" nothing. Then he left. At last.");
    session.acceptNext("word");
    session.acceptNext("sentence");
    expect([paper.text, paper.ghost]).toEqual(["He said nothing. Then he left.", " At last."]);
    paper.undo();
    expect([paper.text, paper.ghost]).toEqual(["He said nothing.", " Then he left. At last."]);
    session.reject();
    expect(engine.verdicts).toEqual({ "0/0": " nothing." });
  });

  it("goes below as a paragraph of its own", async () => {
    await offered(" Nothing.");
    session.accept("below");
    expect(paper.text).toBe("He said\n\nNothing.");
    paper.undo();
    expect([paper.text, paper.ghost]).toEqual(["He said", " Nothing."]);
  });

  it.each([
    ["stop", " and so on", "So. He said"],
    ["accept", null, "So. He said and so on"],
  ] as const)("keeps what came while the writer typed: %s", async (end, ghost, text) => {
    await session.start(CONTINUE);
    engine.started();
    engine.says(" and");
    paper.type("So. ", 1);
    engine.says(" so on");
    expect(paper.ghost).toBe(" and");
    session[end]();
    expect([paper.ghost, paper.text]).toEqual([ghost, text]);
  });

  it("stops, keeps what came, and hears no more words", async () => {
    await session.start(CONTINUE);
    engine.started();
    engine.says(" and");
    session.stop();
    expect(engine.cancelled).toEqual(["r0"]);
    engine.says(" late");
    engine.finishes();
    expect([session.phase, paper.ghost]).toEqual(["pending", " and"]);
    expect(session.figures).toEqual(FIGURES);
  });

  it("is idle again when it is stopped before the first word, and leaves nothing behind", async () => {
    await session.start(CONTINUE);
    session.stop();
    expect([session.phase, paper.ghost, engine.outcomes]).toEqual(["idle", null, []]);
    expect(session.branches.of(5)).toEqual([]);
  });

  it("is left, and brought back until the text goes on", async () => {
    await offered(" and so on");
    session.reject();
    expect([session.phase, paper.ghost]).toEqual(["idle", null]);
    expect(session.restore()).toBe(true);
    expect([session.phase, paper.ghost]).toEqual(["pending", " and so on"]);
    session.reject();
    paper.type("!");
    expect(session.restore()).toBe(false);
  });

  it("is left by writing on where it stands", async () => {
    await offered(" nothing.");
    paper.type(" but");
    expect([session.phase, paper.ghost]).toEqual(["idle", null]);
    expect(engine.verdicts).toEqual({ "0/0": "–" });
  });

  it("is asked again at the same place with another request", async () => {
    await offered(" nothing.");
    await session.again({ instruction: "shorter" });
    expect(engine.asked[1]).toMatchObject({
      action: { instruction: "shorter" },
      before: "He said",
      seed: null,
    });
    expect(engine.verdicts).toEqual({ "0/0": "–" });
    engine.says(" stale", 0, 0);
    expect(paper.ghost).toBe("");
  });

  it("tells why nothing began, and keeps what came when the engine fails", async () => {
    engine.refusal = { code: "bad_request", message: "nothing selected" };
    await session.start(CONTINUE);
    expect([session.phase, paper.ghost]).toEqual(["idle", null]);
    engine.refusal = null;
    await session.start(CONTINUE);
    engine.started();
    engine.says(" and");
    engine.tell({ event: "failed", problem: { code: "engine", message: "broke" } });
    expect([session.phase, paper.ghost]).toEqual(["pending", " and"]);
    expect(troubles.map(({ message }) => message)).toEqual(["nothing selected", "broke"]);
  });
});

describe("a place that changes while words come for it", () => {
  it("has them offered beside the page, in the end at the cursor", async () => {
    await session.start(CONTINUE);
    engine.started();
    engine.says(" and");
    paper.type(" x");
    engine.says(" so");
    expect([session.phase, session.shown, session.current?.adrift]).toEqual(["writing", false, true]);
    engine.finishes();
    expect(session.said).toContain("The text changed meanwhile");
    session.accept();
    expect([paper.text, session.phase]).toEqual(["He said x and so", "idle"]);
    expect(engine.verdicts).toEqual({ "0/0": "and so" });
  });

  it("moves with what is written elsewhere", async () => {
    await session.start(CONTINUE);
    engine.started();
    paper.type("Then ", 1);
    engine.answers(" no.");
    session.accept();
    expect(paper.text).toBe("Then He said no.");
  });

  it("offers a rewrite beside the page when its passage changes, written or not", async () => {
    paper = new Paper("One two three.");
    paper.told = (told) => session.told(told);
    session.enterScene(5);
    paper.select("two");
    await session.start(REWRITE);
    engine.answers("2");
    paper.type("x", 6);
    expect([session.phase, session.current?.adrift, paper.ghost]).toEqual(["pending", true, null]);
    session.accept();
    expect(paper.text).toContain("2");
  });
});

describe("a rewrite", () => {
  const BEFORE = "The boat lay on its side, dry as a bone.";

  beforeEach(async () => {
    paper.open(BEFORE);
    session.leaveScene();
    session.enterScene(5);
    paper.select(BEFORE);
    await session.start(REWRITE);
  });

  it("shows its changes at the end, and puts in those that are taken", () => {
    engine.started();
    engine.says("The boat sat on its side, dry as chalk. ");
    expect(session.changes).toBeNull();
    engine.finishes();
    expect(session.changes?.list).toMatchObject([
      { before: "lay", after: "sat", taken: true },
      { before: "a bone", after: "chalk", taken: true },
    ]);
    expect(session.said).toContain("2 changes suggested.");
    session.toggle(session.changes!.list[1]!.at);
    expect(session.changes?.taken).toBe(1);
    session.accept();
    expect(paper.text).toBe("The boat sat on its side, dry as a bone.");
    expect(paper.made).toEqual([{ text: "sat", request: "r0", candidate: 0 }]);
    paper.undo();
    expect(paper.text).toBe(BEFORE);
    expect(session.changes?.list.map(({ taken }) => taken)).toEqual([true, false]);
  });

  it("takes none, and all", () => {
    engine.answers("The boat sat on its side, dry as chalk.");
    session.toggleAll(false);
    session.accept();
    expect([paper.text, paper.made, session.phase]).toEqual([BEFORE, [], "idle"]);
    expect(session.restore()).toBe(true);
    session.toggleAll(true);
    session.accept();
    expect(paper.text).toBe("The boat sat on its side, dry as chalk.");
  });

  it("goes below, or behind what is there, which is kept", () => {
    engine.answers("It was dry.");
    session.accept("below");
    expect(paper.text).toBe(`${BEFORE}\n\nIt was dry.`);
    paper.undo();
    session.accept("behind");
    expect(paper.text).toBe(`${BEFORE} It was dry.`);
    paper.undo();
    expect([paper.text, session.phase]).toEqual([BEFORE, "pending"]);
  });

  it("never takes nothing in the place of something", () => {
    engine.started();
    session.accept();
    expect([paper.text, session.phase]).toEqual([BEFORE, "idle"]);
  });

  it("can be taken otherwise later: against what stands there then", () => {
    engine.answers("The boat sat on its side, dry as a bone.", "The boat lay on its back, dry as a bone.");
    session.accept();
    expect(session.walk(-1)).toBe(true);
    session.choose(1);
    expect(session.changes?.list).toMatchObject([
      { before: "sat", after: "lay" },
      { before: "side", after: "back" },
    ]);
    session.accept();
    expect(paper.text).toBe("The boat lay on its back, dry as a bone.");
  });
});

describe("mixing", () => {
  it("puts picked sentences together in their order, each with its own origin, in one step", async () => {
    paper.open("One. Two.");
    session.leaveScene();
    session.enterScene(5);
    paper.select("One. Two.");
    await session.start(REWRITE);
    engine.answers("Uno. Due.", "Eins. Zwei.");
    session.toggleMix();
    const [own, first, second] = session.sources;
    session.pick(second!, 0);
    session.pick(own!, 1);
    session.pick(first!, 1);
    expect(paper.ghost).toBe("Eins. Two. Due.");
    session.pick(own!, 1);
    session.pick(own!, 0);
    session.unpick();
    expect(paper.ghost).toBe("Eins. Due.");
    session.accept();
    expect(paper.text).toBe("Eins. Due.");
    expect(paper.made).toEqual([
      { text: "Eins.", request: "r0", candidate: 1 },
      { text: " Due.", request: "r0", candidate: 0 },
    ]);
    expect(engine.verdicts).toEqual({ "0/0": " Due.", "0/1": "Eins." });
    paper.undo();
    expect([paper.text, session.mix.on, session.mix.picks.length]).toEqual(["One. Two.", true, 2]);
    session.toggleMix();
    expect(paper.ghost).toBe("Uno. Due.");
  });

  it("fits what is mixed to the text before it", async () => {
    await offered(" nothing. He left.", " little. She stayed.");
    session.toggleMix();
    const [first, second] = session.sources;
    session.pick(second!, 1);
    session.pick(first!, 0);
    session.accept();
    expect(paper.text).toBe("He said She stayed. nothing.");
  });
});

describe("cards", () => {
  it("are no words for the page, and outlive what is written on it", async () => {
    await session.start(BRAINSTORM);
    engine.answers("One.", "Two.");
    expect([paper.ghost, session.phase]).toEqual([null, "pending"]);
    expect(session.said).toBe("2 ideas. Arrow keys choose, Enter inserts one, Esc leaves them.");
    paper.type(" more.");
    session.choose(1);
    session.accept();
    expect([paper.text, session.phase]).toEqual(["He said more. Two.", "pending"]);
    expect(paper.made).toEqual([{ text: "Two.", request: "r0", candidate: 1 }]);
    expect(engine.verdicts).toEqual({ "0/1": "Two." });
    paper.undo();
    expect([paper.text, session.phase]).toEqual(["He said more.", "pending"]);
    session.reject();
    expect(session.restore()).toBe(true);
  });

  it("have the lines of a list on them one by one", async () => {
    await session.start({ kind: "outline", variant: null, instruction: "" });
    engine.started();
    engine.says("1. She opens it.\n2. He se");
    expect(session.current?.entries).toMatchObject([
      { text: "She opens it.", done: true },
      { text: "He se", done: false },
    ]);
    engine.says("es it.");
    engine.finishes();
    session.insert(session.current!.entries[1]!);
    expect(paper.text).toBe("He said He sees it.");
  });

  it("are kept in a note below the cursor, which one undo takes away, and asked for more of", async () => {
    await session.start({ ...BRAINSTORM, instruction: "Dark." });
    engine.answers("A key.");
    session.keepAsNote(session.current!.entries[0]!);
    expect(paper.state.doc.lastChild).toMatchObject({ type: { name: "note" }, textContent: "A key." });
    expect(engine.verdicts).toEqual({ "0/0": "A key." });
    expect(paper.text).toBe("He said");
    paper.undo();
    expect(paper.state.doc.childCount).toBe(1);
    await session.more(session.current!.entries[0]!);
    expect(engine.asked[1]?.action).toMatchObject({
      kind: "brainstorm",
      instruction: "Dark. Of this kind, but different: “A key.”",
    });
  });
});

describe("what was asked before at a place", () => {
  it("is walked through, and taken later", async () => {
    await offered(" one.");
    await session.again();
    engine.answers(" two.");
    await session.again();
    engine.answers(" three.");
    expect(session.beside).toHaveLength(3);
    session.walk(-1);
    session.walk(-1);
    expect([paper.ghost, session.walk(-1)]).toEqual([" one.", false]);
    session.walk(1);
    expect(paper.ghost).toBe(" two.");
    session.accept();
    expect(paper.text).toBe("He said two.");
    await vi.waitFor(() => expect(engine.verdicts).toEqual({ "0/0": "–", "1/0": " two.", "2/0": "–" }));
  });

  it("moves with the text, and is found by the cursor", async () => {
    await offered(" one.");
    session.reject();
    paper.type("So ", 1).select();
    paper.type(" no.");
    expect(session.walk(-1)).toBe(true);
    expect(paper.ghost).toBe(" one.");
    session.accept();
    expect(paper.text).toBe("So He said one. no.");
  });

  it("goes on being written while another is looked at", async () => {
    await offered(" one.");
    await session.again();
    engine.started();
    engine.says(" two");
    session.walk(-1);
    expect([paper.ghost, engine.cancelled]).toEqual([" one.", []]);
    engine.says(" and more");
    engine.finishes();
    expect([paper.ghost, session.phase]).toEqual([" one.", "pending"]);
    session.walk(1);
    expect(paper.ghost).toBe(" two and more");
  });

  it("is there after another scene was open", async () => {
    await offered(" one.");
    session.reject();
    turnTo(6, "Elsewhere.");
    expect(session.walk(-1)).toBe(false);
    turnTo(5, "He said");
    expect(session.walk(-1)).toBe(true);
    expect(paper.ghost).toBe(" one.");
  });
});

describe("another scene", () => {
  it("lets what is written go on, tells of its end, and has it offered on coming back", async () => {
    await session.start(CONTINUE);
    engine.started();
    engine.says(" and");
    turnTo(6, "Elsewhere.");
    expect([session.phase, paper.ghost, session.elsewhere.length]).toEqual(["idle", null, 1]);
    engine.says(" so on");
    engine.finishes();
    expect(ended).toHaveLength(1);
    expect([paper.text, paper.ghost]).toEqual(["Elsewhere.", null]);
    turnTo(5, "He said");
    expect([session.phase, paper.ghost, session.elsewhere]).toEqual(["pending", " and so on", []]);
    session.accept();
    expect(paper.text).toBe("He said and so on");
  });

  it("has one of its own meanwhile", async () => {
    await session.start(CONTINUE);
    engine.started();
    turnTo(6, "Elsewhere.");
    await session.start(CONTINUE);
    engine.started();
    engine.says(" here", 0, 1);
    engine.says(" there", 0, 0);
    expect(paper.ghost).toBe(" here");
    turnTo(5, "He said");
    expect([session.phase, paper.ghost]).toEqual(["writing", " there"]);
  });

  it("offers beside the page what was written for a place that was changed meanwhile", async () => {
    await offered(" and so on");
    turnTo(6, "Elsewhere.");
    turnTo(5, "Something else");
    expect([session.phase, session.current?.adrift, paper.ghost]).toEqual(["pending", true, null]);
  });

  it("can be told to stop", async () => {
    await session.start(CONTINUE);
    engine.started();
    turnTo(6, "Elsewhere.");
    session.stopElsewhere(session.elsewhere[0]!);
    expect([engine.cancelled, session.elsewhere]).toEqual([["r0"], []]);
  });
});
