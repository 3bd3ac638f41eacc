import { describe, expect, it, vi } from "vitest";
import type { Progress } from "../host/host";
import { Keeper } from "./keeper.svelte";
import { DAYS, lastDays, paceOf, partOf, ProgressStore } from "./progress.svelte";

const none = { words: null, by: null, day: null, session: null };
const progress = (said: Partial<Progress> = {}): Progress => ({
  goals: none,
  words: 1000,
  today: 0,
  session: null,
  ...said,
});

describe("the pace", () => {
  const goals = { ...none, words: 2000, by: "2027-03-10" };
  const on = (day: string, said: Partial<Progress> = {}) =>
    paceOf(progress({ goals, ...said }), new Date(`${day}T09:00:00`));

  it("is what is left, over the days that are left, today among them", () => {
    expect(on("2027-03-01")).toBe(100);
    expect(on("2027-03-10")).toBe(1000);
  });

  it("stays what it was this morning while today's words are written", () => {
    expect(on("2027-03-01", { words: 1060, today: 60 })).toBe(100);
  });

  it("does not miss a day where the clocks are changed", () => {
    const spring = { ...none, words: 2000, by: "2027-04-05" };
    expect(paceOf(progress({ goals: spring }), new Date("2027-03-27T23:30:00"))).toBe(100);
  });

  it("is nothing when the goal is reached, and not told without a day or when it is over", () => {
    expect(on("2027-03-01", { words: 2500 })).toBe(0);
    expect(on("2027-03-11")).toBeNull();
    expect(paceOf(progress({ goals: { ...none, words: 2000 } }))).toBeNull();
    expect(paceOf(progress({ goals: { ...goals, by: "soon" } }))).toBeNull();
  });
});

describe("the last days", () => {
  it("have a place for each, also for those on which nothing was written", () => {
    const written = {
      days: [
        { day: "2027-03-01", words: 40 },
        { day: "2027-02-27", words: -3 },
      ],
      streak: 1,
    };
    const days = lastDays(written, new Date("2027-03-01T00:10:00"));
    expect(days).toHaveLength(DAYS);
    expect(days.slice(-3)).toEqual([
      { day: "2027-02-27", words: -3 },
      { day: "2027-02-28", words: 0 },
      { day: "2027-03-01", words: 40 },
    ]);
  });
});

describe("progress", () => {
  const store = (host: object) => new ProgressStore(host as never, new Keeper(() => {}));

  it("tells the nearest goal there is", async () => {
    let goals: Progress["goals"] = { ...none, words: 4000, session: 300, day: 500 };
    const told = store({ progress: async () => progress({ goals, today: 412, session: 100 }) });
    const target = async () => (await told.refresh(1), told.target);
    expect(await target()).toEqual({ what: "today", done: 412, goal: 500 });
    goals = { ...goals, day: null };
    expect(await target()).toEqual({ what: "session", done: 100, goal: 300 });
    goals = { ...goals, session: null };
    expect(await target()).toEqual({ what: "project", done: 1000, goal: 4000 });
    goals = none;
    expect(await target()).toBeNull();
    expect([partOf({ done: -5, goal: 10 }), partOf({ done: 20, goal: 10 })]).toEqual([0, 1]);
  });

  it("is read once for many saves that come while it is read", async () => {
    let answer = () => {};
    const read = vi.fn(() => new Promise<Progress>((resolve) => (answer = () => resolve(progress()))));
    const told = store({ progress: read });
    const all = [told.refresh(1), told.refresh(1), told.refresh(1)];
    answer();
    await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(2));
    answer();
    await Promise.all(all);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("shows a goal as it is set, and not as it was when it is read meanwhile", async () => {
    const setGoals = vi.fn(async () => {});
    const told = store({ progress: async () => progress(), setGoals });
    await told.refresh(1);
    told.setGoals({ day: 500 });
    await told.refresh(1);
    expect(told.now!.goals.day).toBe(500);
  });
});
