import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FoundPlace, type FoundPlaces, HostError, type SearchHost, type TreeStep } from "../host/host";
import { Search } from "./search.svelte";
import type { Tree } from "./tree.svelte";

const place = (scene: number, from: number, version = 0): FoundPlace => ({
  at: { scene, version, block: 0, start: from, end: from + 3 },
  from,
  to: from + 3,
  in_note: false,
  text: "Ada",
  before: "",
  after: "",
  with: "Maria",
});

const all = (...places: FoundPlace[]): FoundPlaces => ({
  places,
  total: places.length,
  scenes: 1,
  unread: [],
});

function opened(host: Partial<SearchHost>) {
  const tree = {
    project: 1,
    scene: 2,
    scenes: [{ id: 1 }, { id: 2 }, { id: 3 }],
    taken: vi.fn(async () => {}),
  };
  const around = {
    settled: vi.fn(async () => true),
    flushed: async () => true,
    version: () => 0,
    cursor: () => 10,
    open: vi.fn(async (scene: number) => void (tree.scene = scene)),
    select: vi.fn(),
    mark: vi.fn(),
    focus: vi.fn(),
  };
  const search = new Search(host as SearchHost, tree as unknown as Tree, around);
  return { search, tree, around };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is typed, and the moment after it. */
async function type(search: Search, text: string) {
  search.change({ text });
  await vi.advanceTimersByTimeAsync(1000);
}

describe("a search", () => {
  it("is asked a moment after the last key, once", async () => {
    const find = vi.fn(async () => all(place(1, 1)));
    const { search } = opened({ find });
    search.begin("", false);
    for (const text of ["a", "ad", "ada"]) search.change({ text });
    await vi.advanceTimersByTimeAsync(1000);
    expect(find).toHaveBeenCalledOnce();
    expect(search.found?.total).toBe(1);
  });

  it("drops an answer that a later question has overtaken, and one that says so itself", async () => {
    const answers: ((found: FoundPlaces | null) => void)[] = [];
    const find = () => new Promise<FoundPlaces | null>((resolve) => answers.push(resolve));
    const { search } = opened({ find });
    search.begin("", false);
    await type(search, "a");
    await type(search, "ad");
    answers[1]!(all(place(1, 1), place(1, 5)));
    await vi.advanceTimersByTimeAsync(0);
    answers[0]!(all());
    await vi.advanceTimersByTimeAsync(0);
    expect(search.found?.total).toBe(2);
    await type(search, "ada");
    answers[2]!(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(search.found?.total).toBe(2);
  });

  it("begins at the place after the cursor, and goes round", async () => {
    const found = all(place(1, 4), place(2, 4), place(2, 30), place(3, 1));
    const { search, around } = opened({ find: async () => found });
    search.begin("", false);
    await type(search, "ada");
    await search.step(1);
    expect([search.at, around.select.mock.lastCall]).toEqual([2, [30, 33]]);
    await search.step(1);
    expect([search.at, around.open.mock.lastCall]).toEqual([3, [3]]);
    await search.step(1);
    expect(search.at).toBe(0);
    search.at = -1;
    await search.step(-1);
    expect(search.at).toBe(0);
    search.at = -1;
    around.cursor = () => 0;
    await search.step(-1);
    expect(search.at).toBe(3);
  });

  it("looks again before it goes to a place of a scene that was written on since", async () => {
    const find = vi
      .fn()
      .mockResolvedValueOnce(all(place(2, 20, 0)))
      .mockResolvedValueOnce(all(place(2, 25, 4)));
    const { search, around } = opened({ find });
    around.version = () => 4;
    search.begin("", false);
    await type(search, "ada");
    await search.go(0);
    expect(around.select).toHaveBeenLastCalledWith(25, 28);
  });

  it("says why a pattern is none, and finds nothing by it", async () => {
    const problem = { code: "bad_request" as const, message: "unclosed group" };
    const find = async () => {
      throw new HostError(problem);
    };
    const { search } = opened({ find });
    search.begin("", false);
    await type(search, "(");
    expect([search.problem, search.found, search.busy]).toEqual([problem, null, false]);
  });

  it("replaces what is chosen in one step, and nothing of what is left out", async () => {
    const step = { saved: [{ scene: 1 }] } as unknown as TreeStep;
    const replace = vi.fn(async () => ({ places: 2, step }));
    const find = async () => all(place(1, 1), place(1, 9), place(3, 1));
    const { search, tree } = opened({ find, replace });
    search.begin("", true);
    await type(search, "ada");
    search.choose([1], false);
    expect([search.isChosen(0), search.isChosen(1)]).toEqual([true, false]);
    await search.replace();
    const chosen = [place(1, 1), place(3, 1)].map(({ at }) => ({ at, with: "Maria" }));
    expect(replace).toHaveBeenCalledWith(1, chosen);
    expect(tree.taken).toHaveBeenCalledWith(step, expect.stringContaining("2 places"));
  });

  it("tells of a conflict beside the places as they are then", async () => {
    const replace = async () => {
      throw new HostError({ code: "conflict", message: "" });
    };
    const find = vi
      .fn()
      .mockResolvedValueOnce(all(place(1, 1)))
      .mockResolvedValue(all(place(1, 2)));
    const { search } = opened({ find, replace });
    search.begin("", true);
    await type(search, "ada");
    await search.replace();
    expect([search.found?.places[0]?.from, search.problem]).toEqual([2, null]);
    expect(search.remark).toContain("nothing was replaced");
  });

  it("keeps what was left out as long as the same places are found", async () => {
    const find = vi
      .fn()
      .mockResolvedValueOnce(all(place(1, 1), place(1, 9)))
      .mockResolvedValueOnce(all(place(1, 1), place(1, 9)));
    find.mockResolvedValue(all(place(1, 1)));
    const { search } = opened({ find });
    search.begin("", true);
    await type(search, "ada");
    search.choose([1], false);
    await search.seek();
    expect(search.isChosen(1)).toBe(false);
    await search.seek();
    expect(search.left.size).toBe(0);
  });
});
