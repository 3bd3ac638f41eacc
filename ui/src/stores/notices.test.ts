import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Notices } from "./notices.svelte";

let notices: Notices;

beforeEach(() => {
  vi.useFakeTimers();
  notices = new Notices();
});
afterEach(() => void vi.useRealTimers());

const pass = (seconds: number) => vi.advanceTimersByTime(1000 * seconds);
const told = () => notices.list.map(({ subject }) => subject);

describe("a notice of what was done", () => {
  it("goes by itself, and what went wrong stays", () => {
    notices.mention("step", "Put away.");
    notices.tell("saving", "Not saved.");
    pass(11);
    expect(told()).toEqual(["step", "saving"]);
    pass(1);
    expect(told()).toEqual(["saving"]);
  });

  it("tells once that it has gone, by itself, put away, or for another", () => {
    const gone: string[] = [];
    notices.mention("step", "One.", [], () => gone.push("one"));
    notices.mention("step", "Two.", [], () => gone.push("two"));
    expect(gone).toEqual(["one"]);
    pass(12);
    expect(gone).toEqual(["one", "two"]);
    notices.mention("step", "Three.", [], () => gone.push("three"));
    notices.dismiss("step");
    pass(60);
    expect(gone).toEqual(["one", "two", "three"]);
  });

  it("stays while the pointer or the focus is on it, and as long again after", () => {
    notices.mention("step", "Put away.");
    pass(11);
    notices.near("step", "pointer", true);
    pass(60);
    notices.near("step", "focus", true);
    notices.near("step", "pointer", false);
    pass(60);
    expect(told()).toEqual(["step"]);
    notices.near("step", "focus", false);
    pass(11);
    expect(told()).toEqual(["step"]);
    pass(1);
    expect(told()).toEqual([]);
  });

  it("stays when another takes its place under the pointer", () => {
    notices.mention("step", "One put away.");
    notices.near("step", "pointer", true);
    notices.mention("step", "Two put away.");
    pass(60);
    expect(told()).toEqual(["step"]);
  });

  it("has the time of its own when the one before was put away under the pointer", () => {
    notices.mention("step", "One put away.");
    notices.near("step", "pointer", true);
    notices.dismiss("step");
    pass(6);
    notices.mention("step", "Two put away.");
    pass(11);
    expect(told()).toEqual(["step"]);
    pass(1);
    expect(told()).toEqual([]);
  });

  it("leaves nothing behind that takes away what is told in its place", () => {
    notices.mention("step", "Put away.");
    notices.tell("step", "It could not be brought back.");
    pass(60);
    expect(told()).toEqual(["step"]);
  });

  it("is the latest when it was told last", () => {
    notices.tell("saving", "Not saved.");
    notices.mention("step", "Put away.");
    notices.tell("saving", "Still not saved.");
    expect(notices.latest?.message).toBe("Still not saved.");
  });
});
