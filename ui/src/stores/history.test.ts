import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Comparison, HistoryHost, RevisionSummary, TreeStep } from "../host/host";
import { grouped, History } from "./history.svelte";
import type { Tree } from "./tree.svelte";

const state = (
  id: number,
  written_at = "2026-11-28T09:00:00Z",
  name: string | null = null,
): RevisionSummary => ({
  id,
  scene: 1,
  version: id,
  words: 3,
  cause: "typing",
  name,
  written_at,
  created_at: written_at,
});

const nothing: Comparison = { changes: [], added: 0, removed: 0, only_looks: false };

function opened(kept: RevisionSummary[], host: Partial<HistoryHost> = {}) {
  const compare = vi.fn(async () => nothing);
  const restored = { saved: [] } as unknown as TreeStep;
  const whole = {
    revisions: async () => kept,
    compare,
    restoreRevision: vi.fn(async () => restored),
    ...host,
  } as unknown as HistoryHost;
  const tree = { scene: 1, project: 1, taken: vi.fn(async () => {}) };
  const around = {
    settled: vi.fn(async () => true),
    flushed: async () => true,
    version: () => 7,
    mention: vi.fn(),
  };
  return { history: new History(whole, tree as unknown as Tree, around), compare, tree, around, host: whole };
}

beforeEach(() => {
  vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => undefined });
});

describe("the history", () => {
  it("groups states by day for a week, and by month before that", () => {
    const now = new Date(2026, 10, 28, 12);
    const at = (...day: [number, number, number]) => new Date(...day, 9).toISOString();
    const groups = grouped(
      [
        state(6, at(2026, 10, 28)),
        state(5, at(2026, 10, 28)),
        state(4, at(2026, 10, 27)),
        state(3, at(2026, 10, 24)),
        state(2, at(2026, 9, 2)),
        state(1, at(2026, 9, 1)),
      ],
      now,
    );
    expect(groups.map(({ kept }) => kept.length)).toEqual([2, 1, 1, 2]);
    expect(groups.map(({ label }) => label)).toEqual([
      "Today",
      "Yesterday",
      "Tuesday, November 24",
      "October 2026",
    ]);
    expect(groups.map(({ near }) => near)).toEqual([true, true, true, false]);
  });

  it("compares the latest with the present, and with others the earlier one first", async () => {
    const { history, compare } = opened([state(3), state(2), state(1)]);
    await history.show();
    expect(compare).toHaveBeenLastCalledWith(3, null);
    history.compareWith("before");
    expect(compare).toHaveBeenLastCalledWith(2, 3);
    history.choose(2);
    expect(compare).toHaveBeenLastCalledWith(1, 2);
    history.compareWith(3);
    expect(compare).toHaveBeenLastCalledWith(2, 3);
    history.choose(3);
    expect(history.against).toBe("present");
  });

  it("drops an answer that a later question has overtaken", async () => {
    const answers: ((comparison: Comparison) => void)[] = [];
    const compare = () => new Promise<Comparison>((resolve) => answers.push(resolve));
    const { history } = opened([state(2), state(1)], { compare });
    const shown = history.show();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    history.choose(1);
    answers[1]!({ ...nothing, added: 1 });
    answers[0]!({ ...nothing, added: 99 });
    await shown;
    await vi.waitFor(() => expect(history.comparison?.added).toBe(1));
  });

  it("brings a state back on the version of the page, as a step that can be undone", async () => {
    const { history, host, tree, around } = opened([state(3)]);
    await history.show();
    await history.restore();
    expect(host.restoreRevision).toHaveBeenCalledWith(3, 7);
    expect(tree.taken).toHaveBeenCalledOnce();
    around.settled.mockResolvedValueOnce(false);
    await history.restore();
    expect(host.restoreRevision).toHaveBeenCalledOnce();
  });

  it("tells what went wrong, and goes on when it is asked again", async () => {
    const revisions = vi
      .fn()
      .mockRejectedValueOnce(new Error("gone"))
      .mockResolvedValue([state(1)]);
    const { history } = opened([], { revisions });
    await history.show();
    expect(history.problem?.message).toBe("gone");
    await history.show();
    expect([history.problem, history.chosen]).toEqual([null, 1]);
  });
});
