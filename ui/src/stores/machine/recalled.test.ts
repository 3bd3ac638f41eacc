import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ActionKind, EarlierRequest, Gives, Problem } from "../../host/host";
import { CONTINUE, Engine } from "./engine";
import { Paper } from "./paper";
import { Session } from "./session.svelte";

vi.stubGlobal("document", { getSelection: () => null });

const GIVES: Partial<Record<ActionKind, Gives>> = { brainstorm: "remark", rewrite: "replacement" };

let paper: Paper;
let engine: Engine;
let session: Session;
let troubles: Problem[];
let described: () => Promise<void>;
let writable: boolean;

/** What an earlier session asked at a place of “He said it. She went.”, with what came of it. */
function earlier(
  kind: ActionKind,
  at: number,
  selection: string,
  ...candidates: [text: string, taken?: string][]
): EarlierRequest {
  const text = "He said it. She went.";
  const place = { at, before: text.slice(0, at), selection, after: text.slice(at + selection.length) };
  return {
    ...{ request: `old-${kind}-${at}`, action: { kind, variant: null, instruction: "" }, place },
    ...{ model: "Harbour", prompt: `${kind} v2`, seed: 7, asked_at: "2026-11-20T09:00:00Z" },
    candidates: candidates.map(([words, taken = ""], candidate) => ({ candidate, text: words, taken })),
  };
}

beforeEach(() => {
  engine = new Engine();
  troubles = [];
  described = async () => undefined;
  writable = true;
});

async function begin(text: string, ...earlierRequests: EarlierRequest[]): Promise<void> {
  paper = new Paper(text);
  engine.earlier = earlierRequests;
  let asks = 0;
  session = new Session(engine, {
    sheet: () => paper,
    home: () => ({ scene: 5, title: "Scene" }),
    placeFor: ({ kind }) => (GIVES[kind] === "replacement" ? paper.selection() : paper.cursor()),
    request: (action, { before, selection, after }) => ({
      ...{ request: `r${asks++}`, action, scene: 5, before, selection, after },
      ...{ words: 80, candidates: null, seed: null, temperature: 0.7, off: [], on: [] },
    }),
    gives: ({ kind }) => GIVES[kind] ?? "passage",
    writable: () => writable,
    described: () => described(),
    saveBefore: (work) => void work(),
    count: () => 1,
    ended: () => undefined,
    trouble: (problem) => troubles.push(problem),
  });
  paper.told = (told) => session.told(told);
  paper.written = () => session.written();
  session.enterScene(5);
  await vi.waitFor(() => expect(session.all.length + troubles.length).toBeGreaterThanOrEqual(1));
}

describe("what was suggested in an earlier session", () => {
  it("is offered again at its place, and can be taken there", async () => {
    await begin("So. He said it. She went.", earlier("continue", 11, "", [" Twice."], [" Not loudly."]));
    paper.select("it. ");
    expect(session.walk(-1)).toBe(true);
    expect([session.phase, paper.ghost]).toEqual(["pending", " Twice."]);
    expect(session.current).toMatchObject({ since: "2026-11-20T09:00:00Z", adrift: false });
    expect(session.current?.report).toMatchObject({ model: "Harbour", prompt: "continue v2", context: null });
    session.choose(1);
    session.accept();
    expect(paper.text).toBe("So. He said it. Not loudly. She went.");
    expect(paper.made).toEqual([{ text: " Not loudly.", request: "old-continue-11", candidate: 1 }]);
    const told = engine.outcomes.map(({ request, candidate, text }) => `${request}/${candidate}:${text}`);
    expect(told).toEqual(["old-continue-11/1: Not loudly."]);
  });

  it("that is only looked at tells the library nothing new", async () => {
    await begin(
      "He said it. Twice. She went.",
      earlier("continue", 11, "", [" Twice.", " Twice."], [" Not loudly."]),
    );
    session.offer(session.all[0]!);
    session.reject();
    session.offer(session.all[0]!);
    session.reject();
    expect(engine.outcomes).toEqual([]);
  });

  it("is offered whole where those of its words that were taken are gone again", async () => {
    await begin("He said it. She went.", earlier("continue", 11, "", [" Twice. And again.", " Twice."]));
    session.offer(session.all[0]!);
    expect(paper.ghost).toBe(" Twice. And again.");
    session.accept();
    expect(paper.text).toBe("He said it. Twice. And again. She went.");
    expect(engine.outcomes.map(({ text }) => text)).toEqual([" Twice. And again."]);
  });

  it("is shown and not taken where the library can only be read", async () => {
    writable = false;
    await begin(
      "He said it. She went.",
      earlier("continue", 11, "", [" Twice."]),
      earlier("brainstorm", 21, "", ["A letter."]),
    );
    session.offer(session.all[1]!);
    expect(paper.ghost).toBe(" Twice.");
    session.accept();
    session.acceptNext("word");
    session.reject();
    session.offer(session.all[0]!);
    session.insert(session.current!.entries[0]!);
    session.keepAsNote(session.current!.entries[0]!);
    await session.again();
    session.reject();
    expect([paper.text, engine.outcomes, engine.asked]).toEqual(["He said it. She went.", [], []]);
  });

  it("goes when the library becomes another", async () => {
    await begin("He said it. She went.", earlier("continue", 11, "", [" Twice."]));
    engine.earlier = [];
    session.leaveScene();
    session.forget();
    paper.open("He said it.");
    session.enterScene(5);
    await session.recalled;
    expect(session.all).toEqual([]);
  });

  it("and has no words is not offered", async () => {
    const empty = earlier("continue", 21, "", [" "]);
    await begin("He said it. She went.", earlier("continue", 11, "", [" Twice."]), empty);
    expect(session.all.map(({ id }) => id)).toEqual(["old-continue-11"]);
  });

  it("stands where its words took the place of others", async () => {
    await begin(
      "He said it. She left.",
      earlier("rewrite", 12, "She went", ["She left", "She left"], ["Off she went"]),
    );
    paper.select("left");
    session.walk(-1);
    expect(session.current?.used.get(0)).toBe("She left");
    session.choose(1);
    session.accept();
    expect(paper.text).toBe("He said it. Off she went.");
  });

  it("stands where a mixture of its words took the place of others", async () => {
    const asked = earlier(
      "rewrite",
      12,
      "She went.",
      ["She left.", "She left."],
      ["It rained. Hard.", "It rained."],
    );
    await begin("He said it. She left. It rained.", asked);
    paper.select("rained");
    session.walk(-1);
    session.choose(1);
    expect(session.changes?.list.length).toBeGreaterThan(0);
    session.accept();
    expect(paper.text).toBe("He said it. It rained. Hard.");
  });

  it("goes on behind those of its words that were taken singly", async () => {
    await begin(
      "He said it. Twice. She went.",
      earlier("continue", 11, "", [" Twice. And again.", " Twice."]),
    );
    paper.select("Twice");
    session.walk(-1);
    expect(paper.ghost).toBe(" And again.");
    session.accept();
    expect(paper.text).toBe("He said it. Twice. And again. She went.");
  });

  it("is offered beside the page where its place is gone", async () => {
    await begin("All of it is new.", earlier("rewrite", 12, "She went", ["Off she went"]));
    expect(session.walk(-1)).toBe(false);
    session.offer(session.all[0]!);
    expect([session.phase, session.current?.adrift, paper.ghost]).toEqual(["pending", true, null]);
    session.accept();
    expect(paper.text).toBe("All of it is new. Off she went");
  });

  it("comes before what is asked since at the same place", async () => {
    await begin("He said it. She went.", earlier("continue", 21, "", [" Home."]));
    await session.start(CONTINUE);
    engine.answers(" Away.");
    expect(session.beside.map(({ id }) => id)).toEqual(["old-continue-21", "r0"]);
    expect(session.all.map(({ id }) => id)).toEqual(["r0", "old-continue-21"]);
    session.walk(-1);
    expect(paper.ghost).toBe(" Home.");
  });

  it("is not what is asked again after a start", async () => {
    await begin("He said it. She went.", earlier("continue", 21, "", [" Home."]));
    expect(session.last).toBeNull();
    session.leaveScene();
    paper.open("He said it. She went.");
    session.enterScene(5);
    expect(session.last).toBeNull();
    expect(session.all).toHaveLength(1);
  });

  it("waits until the prompts have told what their actions give", async () => {
    let tell = () => undefined as void;
    described = () => new Promise((resolve) => (tell = resolve));
    const begun = begin("He said it. She went.", earlier("brainstorm", 21, "", ["A letter comes."]));
    await Promise.resolve();
    expect(session.all).toEqual([]);
    tell();
    await begun;
    expect(session.all[0]).toMatchObject({ gives: "remark" });
  });

  it("that cannot be read is told, and the page goes on", async () => {
    const unreadable = vi.spyOn(engine, "suggestions").mockRejectedValue(new Error("The disk is gone."));
    await begin("He said it.");
    expect(troubles).toHaveLength(1);
    unreadable.mockRestore();
    await session.start(CONTINUE);
    engine.answers(" Twice.");
    expect(paper.ghost).toBe(" Twice.");
  });
});
