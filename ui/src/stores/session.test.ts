import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Place, Suggestion } from "../editor/page";
import { type ActionEvent, type ActionRequest, HostError, type Outcome, type Problem } from "../host/host";
import { Session, type Sheet } from "./session.svelte";

/** A sheet that remembers what is shown on it. */
class Paper implements Sheet {
  shown: Omit<Suggestion, "taken"> | null = null;
  text = "";
  singly = "";
  #left: Omit<Suggestion, "taken"> | null = null;

  #place = (from: number): Place => ({
    from,
    to: from,
    before: "before",
    selection: "chosen",
    after: "after",
  });
  cursor = () => this.#place(7);
  selection = () => ({ ...this.#place(3), to: 9 });
  suggested = () => this.shown && this.#place(this.shown.from);
  show = (suggestion: Omit<Suggestion, "taken">) => void (this.shown = { ...suggestion });
  grow(text: string, live: boolean) {
    if (this.shown) Object.assign(this.shown, { text, live });
  }
  take() {
    const text = this.shown?.text ?? "";
    this.text += text;
    this.shown = null;
    return text;
  }
  takeWord() {
    const [word] = this.shown!.text.split(" ");
    this.singly += word;
    return null;
  }
  taken = () => this.singly;
  leave(forGood = false) {
    this.#left = forGood ? null : this.shown;
    this.shown = null;
  }
  know() {}
  bringBack() {
    this.shown = this.#left;
    return this.#left !== null;
  }
}

let paper: Paper;
let asked: ActionRequest[];
let cancelled: string[];
let outcomes: Outcome[];
let troubles: Problem[];
let hear: (event: ActionEvent) => void;
let refusal: Problem | null;
let session: Session;

beforeEach(() => {
  paper = new Paper();
  [asked, cancelled, outcomes, troubles, refusal] = [[], [], [], [], null];
  const host = {
    startAction: async (request: ActionRequest, heard: (event: ActionEvent) => void) => {
      if (refusal) throw new HostError(refusal);
      asked.push(request);
      hear = heard;
    },
    cancelAction: async (request: string) => void cancelled.push(request),
    recordOutcome: async (outcome: Outcome) => void outcomes.push(outcome),
  };
  const wishes = () => ({ scene: 5, words: 80, ideas: 3, temperature: 0.7 });
  session = new Session(host, paper, wishes, (problem) => troubles.push(problem));
});

const CONTEXT = { used: 10, limit: 100, reserved: 20, parts: [] };
const FIGURES = {
  prompt_tokens: 10,
  reused_tokens: 0,
  generated_tokens: 4,
  first_token_s: 0.2,
  prefill_tok_s: 100,
  decode_tok_s: 20,
};

function started(candidates = 1) {
  const request = asked.at(-1)!.request;
  hear({ event: "started", request, candidates, seed: 7, model: "m", prompt: "p v1", context: CONTEXT });
}
const says = (text: string, candidate = 0) => hear({ event: "text", candidate, text });
const done = (candidate = 0) => hear({ event: "candidate_done", candidate, reason: "stop" });
const finished = () => hear({ event: "finished", figures: FIGURES });

async function pending(words = " and so on") {
  await session.start({ kind: "continue" });
  started();
  says(words);
  done();
  finished();
}

describe("continue", () => {
  it("goes from reading to writing to pending, and shows the words as they come", async () => {
    await session.start({ kind: "continue" });
    expect(session.phase).toBe("reading");
    expect(asked[0]).toMatchObject({
      action: { kind: "continue" },
      scene: 5,
      before: "before",
      selection: "",
      after: "after",
      words: 80,
      candidates: null,
      seed: null,
      temperature: 0.7,
    });
    started();
    hear({ event: "reading", read: 30, of: 40 });
    expect(session.read).toBe(0.75);
    expect(session.phase).toBe("reading");
    says(" and");
    expect(session.phase).toBe("writing");
    says(" so on");
    expect(paper.shown).toMatchObject({ text: " and so on", live: true, from: 7 });
    done();
    finished();
    expect(session.phase).toBe("pending");
    expect(paper.shown).toMatchObject({ live: false });
    expect(session.figures).toEqual(FIGURES);
    expect(session.said).toBe("3 words suggested. Tab takes them, Esc leaves them.");
  });

  it("takes the words and tells the host", async () => {
    await pending();
    session.accept();
    expect(paper.text).toBe(" and so on");
    expect(session.phase).toBe("idle");
    expect(outcomes).toMatchObject([{ candidate: 0, verdict: "accepted", text: " and so on" }]);
  });

  it("stops, keeps what came, and hears no more words", async () => {
    await session.start({ kind: "continue" });
    started();
    says(" and");
    session.stop();
    expect(cancelled).toEqual([asked[0]!.request]);
    says(" late");
    finished();
    expect(session.phase).toBe("pending");
    expect(paper.shown).toMatchObject({ text: " and", live: false });
    expect(session.figures).toEqual(FIGURES);
  });

  it("is idle again when it is stopped before the first word", async () => {
    await session.start({ kind: "continue" });
    session.stop();
    expect(session.phase).toBe("idle");
    expect(paper.shown).toBeNull();
    expect(outcomes).toEqual([]);
  });

  it("leaves, and brings back what was left", async () => {
    await pending();
    session.reject();
    expect(session.phase).toBe("idle");
    expect(paper.shown).toBeNull();
    expect(outcomes).toMatchObject([{ verdict: "rejected", text: "" }]);
    expect(session.restore()).toBe(true);
    expect(session.phase).toBe("pending");
    expect(paper.shown).toMatchObject({ text: " and so on" });
    session.accept();
    expect(outcomes.at(-1)).toMatchObject({ verdict: "accepted", text: " and so on" });
  });

  it("counts words taken singly as taken when the rest is left", async () => {
    await pending("and so on");
    session.acceptWord();
    session.reject();
    expect(outcomes).toMatchObject([{ verdict: "accepted", text: "and" }]);
  });

  it("asks again at the same place with another request and no seed", async () => {
    await pending();
    await session.again();
    expect(asked).toHaveLength(2);
    expect(asked[1]!.request).not.toBe(asked[0]!.request);
    expect(asked[1]!.seed).toBeNull();
    expect(outcomes).toMatchObject([{ request: asked[0]!.request, verdict: "rejected" }]);
    expect(paper.shown).toMatchObject({ text: "", live: true, from: 7 });
  });

  it("ignores what an earlier request still says", async () => {
    await session.start({ kind: "continue" });
    started();
    const earlier = hear;
    await session.again();
    started();
    earlier({ event: "text", candidate: 0, text: " stale" });
    expect(paper.shown?.text).toBe("");
    expect(cancelled).toEqual([asked[0]!.request]);
  });

  it("tells why nothing began", async () => {
    refusal = { code: "bad_request", message: "nothing selected" };
    await session.start({ kind: "continue" });
    expect(session.phase).toBe("idle");
    expect(troubles).toEqual([refusal]);
    expect(paper.shown).toBeNull();
  });

  it("keeps what came when the engine fails", async () => {
    await session.start({ kind: "continue" });
    started();
    says(" and");
    hear({ event: "failed", problem: { code: "engine", message: "broke" } });
    expect(session.phase).toBe("pending");
    expect(troubles).toMatchObject([{ message: "broke" }]);
  });

  it("offers words whose place changed while they came, and does not put them in", async () => {
    await session.start({ kind: "continue" });
    started();
    says(" and");
    const written = { ...paper.shown!, taken: [] };
    paper.shown = null;
    session.overtyped(written);
    expect(session.phase).toBe("idle");
    expect(session.stray?.text).toBe(" and");
    expect(cancelled).toHaveLength(1);
    session.insertStray();
    expect(paper.text).toBe(" and");
    expect(outcomes).toMatchObject([{ verdict: "accepted", text: " and" }]);
    expect(session.stray).toBeNull();
  });

  it("takes writing over a pending suggestion for leaving it", async () => {
    await pending();
    session.overtyped({ ...paper.shown!, taken: [] });
    expect(session.phase).toBe("idle");
    expect(session.stray).toBeNull();
    expect(outcomes).toMatchObject([{ verdict: "rejected" }]);
  });
});

describe("brainstorm", () => {
  it("shows the chosen idea and tells what became of each", async () => {
    await session.start({ kind: "brainstorm", instruction: "" });
    expect(asked[0]).toMatchObject({ words: null, candidates: 3 });
    started(3);
    says("one", 0);
    says("two", 1);
    expect(paper.shown).toMatchObject({ candidate: 0, text: "one" });
    session.choose(1);
    expect(paper.shown).toMatchObject({ candidate: 1, text: "two", live: true });
    says(" more", 1);
    expect(paper.shown?.text).toBe("two more");
    finished();
    session.accept();
    expect(outcomes).toMatchObject([
      { candidate: 0, verdict: "rejected" },
      { candidate: 1, verdict: "accepted", text: "two more" },
    ]);
  });

  it("outlives writing at the cursor: the ideas stay, the page is free", async () => {
    await session.start({ kind: "brainstorm", instruction: "" });
    started(3);
    says("one", 0);
    finished();
    const written = { ...paper.shown!, taken: [] };
    paper.shown = null;
    session.overtyped(written);
    expect(session.phase).toBe("pending");
    expect(session.shown).toBe(false);
    session.choose(0);
    expect(paper.shown).toMatchObject({ text: "one", from: 7 });
  });
});

describe("rewrite", () => {
  it("speaks of the selection and keeps its place", async () => {
    await session.start({ kind: "rewrite", instruction: "Shorter" });
    expect(asked[0]).toMatchObject({ action: { instruction: "Shorter" }, selection: "chosen", words: null });
    expect(paper.shown).toMatchObject({ from: 3, to: 9 });
  });

  it("never takes nothing in the place of something", async () => {
    await session.start({ kind: "rewrite", instruction: "Shorter" });
    started();
    const take = vi.spyOn(paper, "take");
    session.accept();
    expect(take).not.toHaveBeenCalled();
    expect(session.phase).toBe("idle");
  });
});
