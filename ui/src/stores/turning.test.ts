import { beforeEach, describe, expect, it, vi } from "vitest";
import { HostError, type OpenProject, type SaveScene } from "../host/host";
import { Autosave } from "./autosave.svelte";
import { Notices } from "./notices.svelte";
import { Turning } from "./turning";

/** A library with two scenes, of which the first is on the page. */
let disk: Record<number, { text: string; version: number }>;
let page: string;
let shown: OpenProject[];
let besides: () => Promise<unknown>;
let full: boolean;
let autosave: Autosave;
let notices: Notices;
let turning: Turning;
const unsaved = vi.fn();
const leave = vi.fn(async () => {});

beforeEach(() => {
  disk = { 1: { text: "One.", version: 3 }, 2: { text: "Two.", version: 7 } };
  [page, shown, full, besides] = ["One.", [], false, async () => true];
  unsaved.mockClear();
  leave.mockClear();
  const host = {
    saveScene: async ({ scene, base_version, text }: SaveScene) => {
      if (full) throw new HostError({ code: "library", message: "The disk is full." });
      disk[scene] = { text, version: base_version + 1 };
      return { scene, version: base_version + 1, words: 1, updated_at: "" };
    },
  };
  const draft = () => ({ document: page, text: page });
  autosave = new Autosave(host, { draft, saved: () => undefined, failed: () => undefined });
  autosave.open(1, 3);
  notices = new Notices();
  turning = new Turning(autosave, { openScene }, notices, {
    scene: () => 1,
    keepBeside: () => besides(),
    unsaved,
    show: (opened) => void shown.push(opened),
    leave,
  });
});

const openScene = vi.fn(async (id: number) => ({ scene: { id, ...disk[id]! } }) as unknown as OpenProject);

function type(letters: string) {
  page += letters;
  autosave.touch();
}

/** Something that is under way until it is let go. */
class Held<T> {
  go = () => {};
  #begin = () => {};
  readonly begun = new Promise<void>((resolve) => (this.#begin = resolve));
  readonly #gone = new Promise<void>((resolve) => (this.go = resolve));
  readonly #work: () => Promise<T>;

  constructor(work: () => Promise<T>) {
    this.#work = work;
  }

  readonly work = () => {
    this.#begin();
    return this.#gone.then(this.#work);
  };
}

describe("turning to another scene", () => {
  it("saves what is typed while the next one is being opened, before it is shown", async () => {
    const opening = new Held(() => openScene(2));
    const turned = turning.to(opening.work);
    await opening.begun;
    type(" More.");
    opening.go();
    await turned;
    expect(disk[1]!.text).toBe("One. More.");
    expect(shown).toMatchObject([{ scene: { id: 2, text: "Two." } }]);
  });

  it("saves what is typed while what is beside the page is being saved", async () => {
    const form = new Held(async () => true);
    besides = form.work;
    const turned = turning.to(() => openScene(2));
    await form.begun;
    type(" More.");
    form.go();
    await turned;
    expect([disk[1]!.text, shown.length]).toEqual(["One. More.", 1]);
  });

  it("shows the same scene with the letters that were typed while it was opened anew", async () => {
    const opening = new Held(async () => ({ scene: { id: 1, text: "One.", version: 3 } }) as OpenProject);
    const turned = turning.to(opening.work);
    await opening.begun;
    type(" More.");
    opening.go();
    await turned;
    expect(shown).toMatchObject([{ scene: { id: 1, text: "One. More.", version: 4 } }]);
  });

  it("stays where it is when what was typed meanwhile cannot be saved, and says so", async () => {
    const opening = new Held(() => openScene(2));
    const turned = turning.to(opening.work);
    await opening.begun;
    full = true;
    type(" More.");
    opening.go();
    await turned;
    expect([shown, unsaved.mock.calls.length]).toEqual([[], 1]);
    expect(openScene).toHaveBeenLastCalledWith(1);
    autosave.close();
  });

  it("stays where it is when nothing can be opened", async () => {
    await turning.to(async () => {
      throw new HostError({ code: "not_found", message: "There is no such scene." });
    });
    expect([shown, notices.list.length]).toEqual([[], 1]);
  });
});

describe("leaving a scene for good", () => {
  it("saves it first, and nothing of it afterwards", async () => {
    type(" More.");
    expect(await turning.leave()).toBe(true);
    expect([disk[1]!.text, leave.mock.calls.length]).toEqual(["One. More.", 1]);
    type(" Late.");
    expect([autosave.unsaved, await turning.settled(), disk[1]!.text]).toEqual([false, true, "One. More."]);
  });

  it("does not come about while it cannot be saved", async () => {
    full = true;
    type(" More.");
    expect([await turning.leave(), leave.mock.calls.length]).toEqual([false, 0]);
    full = false;
    expect(await turning.settled()).toBe(true);
    expect(disk[1]!.text).toBe("One. More.");
  });
});
