import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HostError } from "../host/host";
import { Keeper } from "./keeper.svelte";

const full = () => new HostError({ code: "library", message: "The disk is full." });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("what is typed into a form", () => {
  it("is kept once, a moment after the last key", async () => {
    const keeper = new Keeper(() => {});
    const disk: string[] = [];
    for (const text of ["a", "ab", "abc"]) keeper.put("card-1", text, async () => disk.push(text));
    await vi.advanceTimersByTimeAsync(399);
    expect([disk, keeper.draft("card-1"), keeper.busy]).toEqual([[], "abc", true]);
    await vi.advanceTimersByTimeAsync(1);
    expect([disk, keeper.draft("card-1"), keeper.busy]).toEqual([["abc"], undefined, false]);
  });

  it("is kept at once when asked for, each thing beside the others", async () => {
    const keeper = new Keeper(() => {});
    const disk: Record<string, string> = {};
    keeper.put("card-1", "one", async () => (disk.one = "one"));
    keeper.put("lore-1", "two", async () => (disk.two = "two"));
    expect(await keeper.flush()).toBe(true);
    expect(disk).toEqual({ one: "one", two: "two" });
  });

  it("is not passed by what was typed after it", async () => {
    const keeper = new Keeper(() => {});
    const disk: string[] = [];
    let arrive = () => {};
    keeper.put("card-1", "first", () => new Promise<void>((done) => (arrive = done)));
    const flushed = keeper.flush();
    keeper.put("card-1", "second", async () => disk.push("second"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(disk).toEqual([]);
    arrive();
    expect([await flushed, disk]).toEqual([true, ["second"]]);
  });

  it("is tried again until the library takes it, and told meanwhile", async () => {
    const told = vi.fn();
    const keeper = new Keeper(told);
    const disk: string[] = [];
    let left = 2;
    keeper.put("card-1", "kept", async () => {
      if (left-- > 0) throw full();
      disk.push("kept");
    });
    expect([await keeper.flush(), keeper.problem?.code]).toEqual([false, "library"]);
    await vi.advanceTimersByTimeAsync(1000 + 2000);
    expect([disk, keeper.problem]).toEqual([["kept"], null]);
    expect(told.mock.calls.map(([problem]) => problem?.code ?? null)).toEqual(["library", "library", null]);
  });

  it("is held, and not asked again by itself, where it is refused", async () => {
    const keeper = new Keeper(() => {});
    const save = vi.fn(async () => {
      throw new HostError({ code: "not_found", message: "There is no such scene." });
    });
    keeper.put("card-1", "typed", save);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([save.mock.calls.length, keeper.draft("card-1")]).toEqual([1, "typed"]);
  });

  it("is kept a moment after the last key again once it is otherwise than what was refused", async () => {
    const told = vi.fn();
    const keeper = new Keeper(told);
    const disk: string[] = [];
    keeper.put("lore-1", "", async () => {
      throw new HostError({ code: "bad_request", message: "It needs a name." });
    });
    await vi.advanceTimersByTimeAsync(400);
    expect(keeper.problem?.code).toBe("bad_request");
    for (const text of ["M", "Mi"]) keeper.put("lore-1", text, async () => disk.push(text));
    await vi.advanceTimersByTimeAsync(399);
    expect(disk).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([disk, keeper.problem, keeper.busy]).toEqual([["Mi"], null, false]);
  });

  it("is kept when it was typed while what is refused was on its way", async () => {
    const keeper = new Keeper(() => {});
    const disk: string[] = [];
    let refuse = () => {};
    const refused = new HostError({ code: "bad_request", message: "It needs a name." });
    let failed = false;
    keeper.put("lore-1", "", () => {
      if (failed) return new Promise((_, reject) => (refuse = () => reject(refused)));
      failed = true;
      throw full();
    });
    await vi.advanceTimersByTimeAsync(400 + 1000);
    keeper.put("lore-1", "Mi", async () => disk.push("Mi"));
    refuse();
    await vi.advanceTimersByTimeAsync(400);
    expect(disk).toEqual(["Mi"]);
  });

  it("is on disk in the end, whatever fails and whenever it is asked for", async () => {
    const step = fc.oneof(
      fc.record({ name: fc.constantFrom("a", "b"), text: fc.string() }),
      fc.record({ wait: fc.integer({ min: 0, max: 900 }) }),
      fc.constant("flush" as const),
      fc.record({ fail: fc.integer({ min: 1, max: 3 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const keeper = new Keeper(() => {});
        const disk: Record<string, string> = {};
        const typed: Record<string, string> = {};
        let failing = 0;
        for (const step of steps) {
          if (step === "flush") void keeper.flush();
          else if ("wait" in step) await vi.advanceTimersByTimeAsync(step.wait);
          else if ("fail" in step) failing = step.fail;
          else {
            const { name, text } = step;
            typed[name] = text;
            keeper.put(name, text, async () => {
              await new Promise((done) => setTimeout(done, 50));
              if (failing-- > 0) throw full();
              disk[name] = text;
            });
            expect(keeper.draft(name)).toBe(text);
          }
        }
        await vi.advanceTimersByTimeAsync(60_000);
        expect(disk).toEqual(typed);
        expect(keeper.busy).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
