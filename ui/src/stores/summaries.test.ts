import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  type ActionEvent,
  type ActionRequest,
  HostError,
  type OutlineItem,
  type Problem,
  type Summary,
} from "../host/host";
import { Keeper } from "./keeper.svelte";
import { Notices } from "./notices.svelte";
import { Summaries } from "./summaries.svelte";
import { halvesOf, Stopped, Summing } from "./summing";

type Hear = (event: ActionEvent) => void;

/** A model that sums a text up as its first word, and sees so many characters. */
class Model {
  sees = Infinity;
  asked: ActionRequest[] = [];
  /** Holds what is asked until it is let go. */
  held: (() => void)[] | null = null;
  cancelled: string[] = [];

  async startAction(request: ActionRequest, hear: Hear): Promise<void> {
    this.asked.push(request);
    const { request: name, selection } = request;
    const go = () => {
      if (this.cancelled.includes(name)) return hear({ event: "finished", figures: {} as never });
      if (selection.length > this.sees) {
        const problem: Problem = { code: "too_long", message: "It is longer than the model sees." };
        return hear({ event: "failed", problem });
      }
      hear({ event: "started", request: name, model: "Tiny" } as never);
      hear({ event: "text", candidate: 0, text: ` ${selection.split(/\s/)[0]}` });
      hear({ event: "text", candidate: 0, text: "!\n" });
      hear({ event: "finished", figures: {} as never });
    };
    if (this.held) this.held.push(go);
    else queueMicrotask(go);
  }

  async cancelAction(request: string): Promise<void> {
    this.cancelled.push(request);
    this.held?.splice(0).forEach((go) => go());
  }
}

const silent = { read: () => {}, text: () => {} };

describe("summing up a text", () => {
  it("gives the model's words, and its name", async () => {
    const model = new Model();
    const heard: string[] = [];
    const made = await new Summing(model).sumUp(4, "Rain falls.", {
      ...silent,
      text: (text) => heard.push(text),
    });
    expect(made).toEqual({ text: "Rain!", model: "Tiny", pieces: 1 });
    expect(heard).toEqual(["Rain", "Rain!"]);
    expect(model.asked[0]).toMatchObject({
      scene: 4,
      selection: "Rain falls.",
      action: { kind: "summarise" },
    });
  });

  it("reads in pieces what is longer than the model sees, and leaves nothing out", async () => {
    const model = new Model();
    model.sees = 500;
    const paragraphs = Array.from({ length: 8 }, (_, i) => `P${i} ${"word ".repeat(50).trim()}.`);
    const made = await new Summing(model).sumUp(1, paragraphs.join("\n\n"), silent);
    const read = model.asked.map(({ selection }) => selection).filter(({ length }) => length <= 500);
    expect(read.join("\n\n")).toBe(paragraphs.join("\n\n"));
    expect(made).toEqual({ text: "P0! P1! P2! P3! P4! P5! P6! P7!", model: "Tiny", pieces: 8 });
  });

  it("gives up on what cannot be cut", async () => {
    const model = new Model();
    model.sees = 3;
    await expect(new Summing(model).sumUp(1, "A short text.", silent)).rejects.toThrow(HostError);
  });

  it("stops, and asks no more", async () => {
    const model = new Model();
    model.held = [];
    const summing = new Summing(model);
    const made = summing.sumUp(1, "Rain.", silent);
    summing.stop();
    await expect(made).rejects.toThrow(Stopped);
    await expect(summing.sumUp(2, "Snow.", silent)).rejects.toThrow(Stopped);
    expect(model.asked).toHaveLength(1);
  });

  it("cuts a long text in two that hold all of it, both shorter", () => {
    const word = fc.constantFrom("a", "word", "wörter", "天黑了", ".", "\n\n", "\n", " ", "! ", "🌧");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 400 }), (words) => {
        const text = words.join("").trim();
        const halves = halvesOf(text);
        if (!halves) return void expect(text.length).toBeLessThan(400);
        const bare = (text: string) => text.replace(/\s+/g, "");
        expect(bare(halves.join(""))).toBe(bare(text));
        expect(halves.every((half) => half.length > 0 && half.length < text.length)).toBe(true);
      }),
    );
  });
});

const scene = (id: number, words = 100) => ({ id, words, kind: "scene" }) as OutlineItem;

function opened(kept: Summary[] = []) {
  const model = new Model();
  const disk = new Map(kept.map((one) => [one.scene, one]));
  const host = {
    startAction: (request: ActionRequest, hear: Hear) => model.startAction(request, hear),
    cancelAction: (request: string) => model.cancelAction(request),
    summaries: async () => [...disk.values()],
    sceneText: async (id: number) => ({
      scene: id,
      project: 1,
      title: "",
      text: `S${id} text`,
      version: 3,
      words: 2,
    }),
    setSummary: async (scene: number, version: number | null, text: string, by: string) => {
      const made = {
        scene,
        version: version ?? 3,
        text,
        model: by,
        stale: (version ?? 3) < 3,
        updated_at: "now",
      };
      if (text) disk.set(scene, made);
      else disk.delete(scene);
      return made;
    },
  };
  const notices = new Notices();
  const keeper = new Keeper(() => {});
  const scenes = () => [scene(1), scene(2), scene(3), scene(4, 0)];
  const store = new Summaries(host, keeper, notices, { settled: async () => true, scenes });
  return { model, disk, notices, keeper, store };
}

const mine: Summary = { scene: 2, version: 1, text: "Mine.", model: "", stale: true, updated_at: "" };

describe("summaries", () => {
  it("are made of the scenes that have none of them as they are, with the version that was read", async () => {
    const made = { ...mine, text: "Made.", model: "Tiny" };
    const { store, disk } = opened([made, { ...mine, scene: 1, version: 3, stale: false }]);
    await store.open(1);
    expect(store.missing).toEqual([2, 3]);
    await store.sumUpAll();
    expect([...disk.values()].map(({ scene, text, model }) => [scene, text, model])).toEqual([
      [2, "S2!", "Tiny"],
      [1, "Mine.", ""],
      [3, "S3!", "Tiny"],
    ]);
    expect([disk.get(3)!.version, store.all[3]!.stale, store.run, store.missing]).toEqual([
      3,
      false,
      null,
      [],
    ]);
  });

  it("that the author wrote stay where their scene has changed, which is told", async () => {
    const { store, disk, notices } = opened([mine]);
    await store.open(1);
    expect([store.missing, store.own, store.left]).toEqual([[1, 2, 3], [2], [1, 3]]);
    await store.sumUpAll();
    expect([disk.get(1)?.text, disk.get(2), disk.get(3)?.text]).toEqual(["S1!", mine, "S3!"]);
    expect(notices.latest?.message).toBe(
      "2 scenes summed up. One that you wrote yourself is of a scene that has changed since; it stays as it is.",
    );
    notices.dismiss("step");
    await store.sumUpAll();
    expect([notices.latest?.ways, disk.get(2)?.text]).toEqual([[], "Mine."]);
    // Asked for this one, the model writes it.
    await store.sumUp([2]);
    expect([disk.get(2)?.text, store.own]).toEqual(["S2!", []]);
  });

  it("give back what they took the place of", async () => {
    const { store, disk, notices } = opened([mine]);
    await store.open(1);
    await store.sumUp([2, 3]);
    notices.list.find(({ subject }) => subject === "step")!.ways[0]!.go();
    await vi.waitFor(() => expect([...disk.keys()]).toEqual([2]));
    expect(disk.get(2)).toMatchObject({ text: "Mine.", version: 1, model: "", stale: true });
    expect([store.all[2]!.text, store.all[3]]).toEqual(["Mine.", undefined]);
  });

  it("keep those that are done when they are stopped, and the one before where it was", async () => {
    const { store, model, disk } = opened([mine]);
    await store.open(1);
    model.held = [];
    const run = store.sumUp([1, 2, 3]);
    await vi.waitFor(() => expect(model.held).toHaveLength(1));
    model.held.splice(0).forEach((go) => go());
    await vi.waitFor(() => expect([store.run?.done, store.at, model.held?.length]).toEqual([1, 2, 1]));
    store.stop();
    await run;
    expect([disk.get(1)?.text, disk.get(2)?.text, disk.has(3)]).toEqual(["S1!", "Mine.", false]);
    expect(model.asked).toHaveLength(2);
  });

  it("become stale with the next save of their scene, and current when they are confirmed or written", async () => {
    const { store, disk, keeper } = opened([{ ...mine, version: 2, stale: false }]);
    await store.open(1);
    store.saved({ scene: 2, version: 3, words: 1, updated_at: "" });
    expect(store.all[2]!.stale).toBe(true);
    await store.confirm(2);
    expect([store.all[2]!.stale, store.all[2]!.version, disk.get(2)!.text]).toEqual([false, 3, "Mine."]);
    store.saved({ scene: 2, version: 4, words: 1, updated_at: "" });
    store.write(2, "Written anew.");
    expect([store.all[2]!.stale, store.all[2]!.model]).toEqual([false, ""]);
    await keeper.flush();
    expect(disk.get(2)!.text).toBe("Written anew.");
  });
});
