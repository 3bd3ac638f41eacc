import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ActionRequest, MovedRemark, Remark, RemarkWhat, ReviewEvent } from "../../host/host";
import { CONTEXT, FIGURES } from "./engine";
import { Paper } from "./paper";
import { Remarks } from "./remarks.svelte";

vi.stubGlobal("document", { getSelection: () => null });

const TEXT = "The lamp was out. She went up the stairs, and her red hair shone.";

const note = (quote: string, id: number | null = null): Remark => ({
  id,
  quote,
  place: TEXT.indexOf(quote),
  what: { kind: "note", concern: "pace", says: "x" },
  intended: null,
});

const finding = (quote: string, label: "contradicts" | "new" = "contradicts"): Remark => {
  const what: RemarkWhat = { kind: "finding", label, says: "x", source: null, key: quote };
  return { ...note(quote), what };
};

/** A host that keeps what it is told. */
class Shelf {
  asked: ActionRequest[] = [];
  heard: ((event: ReviewEvent) => void)[] = [];
  cancelled: string[] = [];
  moved: MovedRemark[] = [];
  kept: (Remark & { away?: boolean })[] = [];
  meant = new Map<string, string>();

  readonly startReview = async (request: ActionRequest, heard: (event: ReviewEvent) => void) => {
    this.asked.push(request);
    this.heard.push(heard);
  };
  readonly cancelAction = async (request: string) => void this.cancelled.push(request);
  readonly remarks = async () =>
    this.kept.filter(({ away }) => !away).map((one) => ({ ...one, intended: this.#meant(one) }));
  readonly dismissRemark = async (id: number, away: boolean) => {
    this.kept = this.kept.map((one) => (one.id === id ? { ...one, away } : one));
  };
  readonly moveRemarks = async (moved: MovedRemark[]) => void this.moved.push(...moved);
  readonly setIntended = async (_: number, key: string, reason: string | null) => {
    if (reason === null) this.meant.delete(key);
    else this.meant.set(key, reason);
  };

  tell(event: ReviewEvent, of = this.heard.length - 1): void {
    this.heard[of]!(event);
  }

  started(): void {
    const known = { request: "r", seed: 1, model: "m", prompt: "critique v1", context: CONTEXT };
    this.tell({ event: "started", ...known });
  }

  finds(...remarks: Remark[]): void {
    this.tell({ event: "found", review: { remarks, discarded: [] } });
  }

  finishes(remarks: Remark[], discarded: string[] = [], reason: "end_of_text" | "cancelled" = "end_of_text") {
    const kept = remarks.map((one, at) => ({ ...one, id: 10 * this.asked.length + at }));
    if (reason !== "cancelled") this.kept = kept;
    this.tell({ event: "finished", review: { remarks: kept, discarded }, reason, figures: FIGURES });
  }

  #meant({ what }: Remark): string | null {
    return what.kind === "finding" ? (this.meant.get(what.key) ?? null) : null;
  }
}

const CRITIQUE = { kind: "critique", variant: null, instruction: "" } as const;
const CHECK = { kind: "check", variant: null, instruction: "" } as const;

let paper: Paper;
let shelf: Shelf;
let remarks: Remarks;
let scene: number;
let follows: boolean | null;
const ended = vi.fn();
const trouble = vi.fn();

beforeEach(async () => {
  vi.clearAllMocks();
  [scene, follows] = [1, true];
  paper = new Paper(TEXT);
  shelf = new Shelf();
  remarks = new Remarks(shelf, {
    passages: () => paper.passages,
    home: () => ({ scene, title: `Scene ${scene}` }),
    project: () => 1,
    request: (action) => ({ ...paper.cursor(), request: `r${shelf.asked.length}`, action, scene }) as never,
    follows: () => follows,
    say: () => undefined,
    did: () => undefined,
    ended,
    trouble,
  });
  paper.written = () => remarks.written();
  await remarks.enter(1);
});

const quotes = () => remarks.rows.map(({ remark }) => remark.quote);
const marked = () => paper.passages.all.map(({ quote }) => quote);

describe("notes", () => {
  it("come one by one, are marked on the page, and keep the one that is looked at", async () => {
    await remarks.start(CRITIQUE);
    expect([remarks.phase, remarks.open]).toEqual(["reading", true]);
    shelf.started();
    shelf.finds(note("She went up"));
    shelf.finds(note("The lamp"), note("She went up"));
    expect([quotes(), marked()]).toEqual([
      ["The lamp", "She went up"],
      ["The lamp", "She went up"],
    ]);
    shelf.finishes([note("The lamp"), note("She went up")], ["He lit it."]);
    expect([remarks.phase, remarks.discarded.length]).toEqual(["idle", 1]);
    expect(remarks.chosen?.remark).toMatchObject({ quote: "She went up", id: 11 });
    remarks.walk(1);
    expect(remarks.chosen?.remark.quote).toBe("The lamp");
  });

  it("of a critique stand beside those of a check, contradictions first", async () => {
    await remarks.start(CRITIQUE);
    shelf.finishes([note("The lamp")]);
    await remarks.start(CHECK);
    shelf.finishes([finding("stairs", "new"), finding("her red hair")]);
    expect(remarks.rows.map(({ group }) => group)).toEqual(["contradicts", "note", "new"]);
    await remarks.start(CRITIQUE);
    shelf.finishes([]);
    expect(quotes()).toEqual(["her red hair", "stairs"]);
  });

  it("stay as they were when a new review is stopped before anything came, or fails", async () => {
    await remarks.start(CRITIQUE);
    shelf.finishes([note("The lamp")]);
    await remarks.start(CRITIQUE);
    remarks.stop();
    expect(shelf.cancelled).toEqual(["r1"]);
    shelf.finishes([], [], "cancelled");
    expect(quotes()).toEqual(["The lamp"]);
    await remarks.start(CRITIQUE);
    shelf.finds(note("stairs"));
    shelf.tell({ event: "failed", problem: { code: "engine", message: "x" } });
    expect([quotes(), remarks.problem?.code]).toEqual([["The lamp"], "engine"]);
  });

  it("are not asked of a model that follows no instructions", async () => {
    follows = false;
    await remarks.start(CRITIQUE);
    expect([remarks.unable, shelf.asked.length]).toEqual([true, 0]);
    follows = null;
    await remarks.start(CRITIQUE);
    expect(remarks.unable).toBe(false);
    shelf.tell({ event: "failed", problem: { code: "no_instructions", message: "x" } });
    expect([remarks.unable, remarks.problem]).toEqual([true, null]);
  });

  it("are told of when they came while another scene was open, and are there when it is opened", async () => {
    await remarks.start(CRITIQUE);
    void remarks.leave();
    scene = 2;
    await remarks.enter(2);
    shelf.finds(note("The lamp"));
    expect(quotes()).toEqual([]);
    shelf.finishes([note("The lamp")]);
    expect(ended).toHaveBeenCalledWith({ scene: 1, title: "Scene 1" });
    scene = 1;
    await remarks.enter(1);
    expect(quotes()).toEqual(["The lamp"]);
  });
});

describe("what a writer does with notes", () => {
  beforeEach(async () => {
    await remarks.start(CHECK);
    shelf.finishes([finding("her red hair"), finding("stairs")]);
  });

  it("dismisses one and takes that back, until the text goes on", async () => {
    await remarks.dismiss();
    expect([quotes(), remarks.chosen?.remark.quote]).toEqual([["her red hair"], "her red hair"]);
    expect(remarks.fresh).toBe(true);
    await remarks.undo();
    expect([quotes(), remarks.chosen?.remark.quote]).toEqual([["stairs", "her red hair"], "stairs"]);
    await remarks.redo();
    expect(quotes()).toEqual(["her red hair"]);
    paper.select().type("!");
    expect(remarks.fresh).toBe(false);
  });

  it("says why it is meant so, which later checks know, and takes that back", async () => {
    const row = remarks.rows[1]!;
    await remarks.intend(row, "she dyes it");
    expect(remarks.rows.map(({ group }) => group)).toEqual(["contradicts", "intended"]);
    expect(remarks.chosen?.remark.intended).toBe("she dyes it");
    await remarks.undo();
    expect(shelf.meant.size).toBe(0);
    await remarks.redo();
    await remarks.intend(remarks.chosen!, null);
    expect(remarks.rows.map(({ group }) => group)).toEqual(["contradicts", "contradicts"]);
    await remarks.undo();
    expect(shelf.meant.get("her red hair")).toBe("she dyes it");
  });

  it("writes on: passages move, and what they say then is kept", async () => {
    paper.type("Later. ", 1).type("long ", paper.text.indexOf("red") + 1);
    expect(marked()).toEqual(["stairs", "her long red hair"]);
    remarks.saved();
    expect(shelf.moved).toEqual([{ id: 10, quote: "her long red hair", place: TEXT.indexOf("her red") + 7 }]);
    const told = [{ id: 11, quote: "stairs", place: TEXT.indexOf("stairs") + 7 }];
    await remarks.leave();
    expect(shelf.moved.slice(1)).toEqual(told);
    // Once: the library may be another by now.
    paper.type("Much ", 1);
    await remarks.leave();
    expect(shelf.moved.slice(1)).toEqual(told);
  });

  it("takes a passage out, which the note says, and brings it back", () => {
    paper.select("stairs");
    paper.dispatch(paper.state.tr.deleteSelection());
    expect(remarks.rows.map(({ gone }) => gone)).toEqual([true, false]);
    expect(remarks.go(remarks.rows[0])).toBe(false);
    paper.undo();
    expect(remarks.rows.map(({ gone }) => gone)).toEqual([false, false]);
    expect(remarks.go(remarks.rows[0])).toBe(true);
    const { from, to } = paper.state.selection;
    expect(paper.state.doc.textBetween(from, to)).toBe("stairs");
  });

  it("puts the list away, and the marks with it", () => {
    remarks.toggle(false);
    expect(marked()).toEqual([]);
    remarks.toggle(true);
    expect(marked()).toEqual(["stairs", "her red hair"]);
  });
});
