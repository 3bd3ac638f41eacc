import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LoreEntry, LoreHost, LoreText } from "../host/host";
import { Keeper } from "./keeper.svelte";
import { LoreStore } from "./lore.svelte";
import { Notices } from "./notices.svelte";

const text = (name: string, said: Partial<LoreText> = {}): LoreText => ({
  kind: "person",
  name,
  aliases: [],
  told: "named",
  match_case: false,
  short: "",
  long: "",
  from: null,
  to: null,
  ...said,
});

function opened(entries: LoreEntry[]) {
  let rows = entries.map((entry) => ({ ...entry, away: false }));
  const host = {
    lore: async () => rows.filter(({ away }) => !away),
    archivedLore: async () => rows.filter(({ away }) => away),
    addLore: async (project: number, what: LoreText) => {
      const entry = { id: 100 + rows.length, project, ...what };
      rows = [...rows, { ...entry, away: false }];
      return entry;
    },
    setLore: vi.fn(async (id: number, what: LoreText) => ({ id, project: 1, ...what })),
    archiveLore: async (id: number, archived: boolean) =>
      void (rows = rows.map((row) => (row.id === id ? { ...row, away: archived } : row))),
    lorePassages: vi.fn(async () => ({ count: 0, scenes: 0, last: null, passages: [], unread: 0 })),
    loreAt: async () => null,
  } satisfies LoreHost;
  const notices = new Notices();
  const keeper = new Keeper(() => {});
  return { host, notices, keeper, store: new LoreStore(host, keeper, notices) };
}

const book = () => [
  { id: 1, project: 1, ...text("Zoë", { aliases: ["the cook"] }) },
  { id: 2, project: 1, ...text("Ada", { short: "keeper of the light" }) },
  { id: 3, project: 1, ...text("Skerry", { kind: "place" }) },
];
const names = (entries: LoreEntry[]) => entries.map(({ name }) => name);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the lore", () => {
  it("is found by any name, without accents and case, and by kind", async () => {
    const { store } = opened(book());
    await store.open(1);
    const find = (typed: string) => ((store.typed = typed), names(store.found));
    expect(find("")).toEqual(["Ada", "Skerry", "Zoë"]);
    expect(find("ZOE")).toEqual(["Zoë"]);
    expect(find("cook")).toEqual(["Zoë"]);
    expect(find("light keeper")).toEqual(["Ada"]);
    expect(find("")).toHaveLength(3);
    expect(names(store.of("place"))).toEqual(["Skerry"]);
  });

  it("begins an entry with what is selected, as its name or as what there is to say", async () => {
    const { store } = opened(book());
    await store.open(1);
    store.begin(" the old lamp ");
    expect(store.beginning).toEqual({ kind: "person", name: "the old lamp", long: "" });
    store.begin("She came in the spring,\nand nobody knew from where.");
    expect(store.beginning).toMatchObject({
      name: "",
      long: "She came in the spring,\nand nobody knew from where.",
    });
    await store.make({ kind: "thing", name: " Lamp ", long: "Brass." });
    expect(store.entry).toMatchObject({ kind: "thing", name: "Lamp", long: "Brass." });
    expect(names(store.entries)).toEqual(["Ada", "Lamp", "Skerry", "Zoë"]);
  });

  it("looks at the entry that is called what is selected, and makes no other", async () => {
    const { store } = opened(book());
    await store.open(1);
    store.begin("The Cook");
    expect([store.beginning, store.shown]).toEqual([null, 1]);
  });

  it("keeps what is typed, and looks again where it is named when its names change", async () => {
    const { store, host } = opened(book());
    await store.open(1);
    store.look(2);
    await vi.advanceTimersByTimeAsync(0);
    expect(host.lorePassages).toHaveBeenCalledTimes(1);
    store.change(2, { long: "Sixty." });
    await vi.advanceTimersByTimeAsync(400);
    expect(host.setLore).toHaveBeenLastCalledWith(
      2,
      text("Ada", { short: "keeper of the light", long: "Sixty." }),
    );
    expect(host.lorePassages).toHaveBeenCalledTimes(1);
    store.change(2, { aliases: ["the keeper"] });
    store.change(2, { told: "always" });
    await vi.advanceTimersByTimeAsync(400);
    expect(host.lorePassages).toHaveBeenCalledTimes(2);
  });

  it("puts an entry away, and brings it back by undo", async () => {
    const { store, notices } = opened(book());
    await store.open(1);
    store.look(2);
    await store.archive(store.entry!);
    expect([names(store.entries), store.entry, names(store.archived)]).toEqual([
      ["Skerry", "Zoë"],
      null,
      ["Ada"],
    ]);
    notices.list[0]!.ways[0]!.go();
    await vi.advanceTimersByTimeAsync(0);
    expect([names(store.entries), store.entry?.name]).toEqual([["Ada", "Skerry", "Zoë"], "Ada"]);
  });

  it("is that of the manuscript that is open, whichever answer comes first", async () => {
    const { store, host } = opened(book());
    let answer: (entries: LoreEntry[]) => void = () => {};
    host.lore = () => new Promise((resolve) => (answer = resolve as typeof answer));
    const first = store.open(1);
    const late = answer;
    const second = store.open(2);
    answer([{ id: 9, project: 2, ...text("Other") }]);
    await second;
    late(book());
    await first;
    expect(names(store.entries)).toEqual(["Other"]);
  });
});
