import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Takebacks } from "./takebacks.svelte";

describe("what is said in forms", () => {
  let takebacks: Takebacks;
  let said: Record<string, string>;

  beforeEach(() => {
    vi.useFakeTimers();
    takebacks = new Takebacks();
    said = { name: "", long: "" };
  });
  afterEach(() => vi.useRealTimers());

  function type(field: string, text: string): void {
    for (const sign of text) {
      const [before, now] = [said[field]!, said[field] + sign];
      takebacks.note(
        field,
        () => (said[field] = before),
        () => (said[field] = now),
      );
      said[field] = now;
      vi.advanceTimersByTime(100);
    }
  }

  it("is taken back field by field and pause by pause, and made again", () => {
    type("name", "Ada");
    type("long", "proud");
    vi.advanceTimersByTime(5000);
    type("long", ", sixteen");
    takebacks.back();
    expect(said).toEqual({ name: "Ada", long: "proud" });
    takebacks.back();
    takebacks.back();
    expect([said, takebacks.back()]).toEqual([{ name: "", long: "" }, false]);
    takebacks.again();
    takebacks.again();
    expect(said).toEqual({ name: "Ada", long: "proud" });
    // What is said otherwise meanwhile is not made over.
    type("long", "!");
    takebacks.again();
    expect(said.long).toBe("proud!");
    takebacks.back();
    expect(said.long).toBe("proud");
  });
});
