import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HostError, type ProblemCode, type SaveScene, type Saved } from "../host/host";
import { Autosave } from "./autosave.svelte";

/** A disk whose saves end when the test says so. */
class Disk {
  asked: SaveScene[] = [];
  version = 3;
  #ends: ((failure?: ProblemCode) => void)[] = [];

  saveScene = (save: SaveScene) =>
    new Promise<Saved>((resolve, reject) => {
      this.asked.push(save);
      this.#ends.push((failure) => {
        if (failure) return reject(new HostError({ code: failure, message: failure }));
        this.version = save.base_version + 1;
        resolve({ scene: save.scene, version: this.version, words: 1, updated_at: "now" });
      });
    });

  async end(failure?: ProblemCode): Promise<void> {
    this.#ends.shift()!(failure);
    await vi.advanceTimersByTimeAsync(0);
  }
}

let disk: Disk;
let autosave: Autosave;
let page: string;
const failed = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  disk = new Disk();
  page = "";
  failed.mockClear();
  const draft = () => ({ document: page, text: page });
  autosave = new Autosave(disk, { draft, saved: () => undefined, failed });
  autosave.open(1, 3);
});
afterEach(() => void vi.useRealTimers());

function type(letters: string) {
  page += letters;
  autosave.touch();
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("autosave", () => {
  it("saves 400 ms after the last key, and says so only when it is on disk", async () => {
    type("a");
    await pass(300);
    type("b");
    await pass(399);
    expect(disk.asked).toHaveLength(0);
    await pass(1);
    expect(disk.asked).toMatchObject([{ scene: 1, base_version: 3, text: "ab" }]);
    expect(autosave.state).toBe("saving");
    await disk.end();
    expect(autosave.state).toBe("saved");
  });

  it("saves at least every second while typing goes on", async () => {
    for (let i = 0; i < 10; i++) {
      type("x");
      await pass(100);
    }
    expect(disk.asked).toHaveLength(1);
    await disk.end();
    for (let i = 0; i < 10; i++) {
      type("y");
      await pass(100);
    }
    expect(disk.asked).toHaveLength(2);
  });

  it("has one save in flight and chains the versions", async () => {
    type("a");
    await pass(400);
    type("b");
    await pass(5000);
    expect(disk.asked).toHaveLength(1);
    await disk.end();
    expect(autosave.state).toBe("waiting");
    await pass(400);
    expect(disk.asked[1]).toMatchObject({ base_version: 4, text: "ab" });
    await disk.end();
    expect(autosave.state).toBe("saved");
  });

  it("tries again until the library can be written", async () => {
    type("a");
    await pass(400);
    await disk.end("library");
    expect(autosave.state).toBe("failed");
    expect(failed).toHaveBeenCalledOnce();
    type("b");
    await pass(1000);
    expect(disk.asked[1]).toMatchObject({ base_version: 3, text: "ab" });
    await disk.end("library");
    await pass(2000);
    await disk.end();
    expect(autosave.state).toBe("saved");
    expect(autosave.problem).toBeNull();
  });

  it("stops at a conflict until the writer chooses, and then writes over", async () => {
    type("a");
    await pass(400);
    await disk.end("conflict");
    expect(autosave.state).toBe("conflict");
    type("b");
    await pass(60_000);
    expect(disk.asked).toHaveLength(1);
    const written = autosave.overwrite(9);
    await pass(0);
    expect(disk.asked[1]).toMatchObject({ base_version: 9, text: "ab" });
    await disk.end();
    expect(await written).toBe(true);
  });

  it("flushes what is unsaved, waiting for what is under way", async () => {
    type("a");
    await pass(400);
    type("b");
    const flushed = autosave.flush();
    await disk.end();
    await disk.end();
    expect(await flushed).toBe(true);
    expect(disk.asked[1]).toMatchObject({ base_version: 4, text: "ab" });
    expect(await autosave.flush()).toBe(true);
    expect(disk.asked).toHaveLength(2);
  });

  it("says that a flush failed", async () => {
    type("a");
    const flushed = autosave.flush();
    await pass(0);
    await disk.end("library");
    expect(await flushed).toBe(false);
  });

  it("saves the page as it stood, does what follows, and only then saves what came meanwhile", async () => {
    type("a");
    let done = () => {};
    const work = vi.fn(() => new Promise<void>((resolve) => (done = resolve)));
    autosave.before(work);
    type(" machine");
    await pass(5000);
    expect(disk.asked).toMatchObject([{ base_version: 3, text: "a" }]);
    expect(work).not.toHaveBeenCalled();
    await disk.end();
    expect(work).toHaveBeenCalledOnce();
    await pass(5000);
    expect(disk.asked).toHaveLength(1);
    done();
    await pass(400);
    expect(disk.asked[1]).toMatchObject({ base_version: 4, text: "a machine" });
    await disk.end();
    expect(autosave.state).toBe("saved");
  });

  it("saves the page as it stood behind a save under way, and what is flushed behind both", async () => {
    type("a");
    await pass(400);
    type("b");
    const work = vi.fn(async () => {});
    autosave.before(work);
    type(" machine");
    const flushed = autosave.flush();
    await disk.end();
    expect(work).not.toHaveBeenCalled();
    await disk.end();
    await disk.end();
    expect(await flushed).toBe(true);
    expect(disk.asked.map(({ text }) => text)).toEqual(["a", "ab", "ab machine"]);
    expect(work).toHaveBeenCalledOnce();
  });

  it("does what follows also where nothing is unsaved, or nothing can be saved", async () => {
    const work = vi.fn(async () => {});
    autosave.before(work);
    await pass(0);
    expect([work.mock.calls.length, disk.asked.length]).toEqual([1, 0]);
    type("a");
    autosave.before(work);
    await pass(0);
    await disk.end("library");
    expect([work.mock.calls.length, autosave.state]).toEqual([2, "failed"]);
    await pass(1000);
    await disk.end();
    expect(autosave.state).toBe("saved");
  });

  it("never writes over a page it does not keep", async () => {
    autosave.close();
    type("a");
    await pass(10_000);
    expect(disk.asked).toHaveLength(0);
  });
});
