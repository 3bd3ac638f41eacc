import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Action, Situation, Stuck, StuckAnswer, UnstickStep } from "../../host/host";
import { Effort } from "./effort";
import { Unstick } from "./unstick.svelte";

const KNOWN: UnstickStep = {
  step: "known",
  stuck: "what_next",
  because: ["you_said_so"],
  action: { kind: "brainstorm", variant: "next", instruction: "" },
};

let asked: [Situation, StuckAnswer[], Stuck | null][];
let steps: (UnstickStep | Error)[];
let unstick: Unstick;
const act = vi.fn<(action: Action) => void>();
const trouble = vi.fn();

beforeEach(() => {
  vi.clearAllMocks();
  asked = [];
  const host = {
    unstick: async (situation: Situation, answers: StuckAnswer[], overruled: Stuck | null) => {
      asked.push([situation, [...answers], overruled]);
      const step = steps.shift()!;
      if (step instanceof Error) throw step;
      return step;
    },
  };
  unstick = new Unstick(host, { situation: () => ({ words: 40 }), act, trouble });
});

describe("unstick me", () => {
  it("asks, hears the answer, and has the fitting action run", async () => {
    steps = [{ step: "ask", question: "what_is_missing", kinds: ["what_next"] }, KNOWN];
    await unstick.begin();
    expect(act).not.toHaveBeenCalled();
    await unstick.answer({ answer: "missing", with: "what_next" });
    expect(asked[1]).toEqual([{ words: 40 }, [{ answer: "missing", with: "what_next" }], null]);
    expect(act).toHaveBeenCalledWith(KNOWN.step === "known" && KNOWN.action);
  });

  it("is overruled with the same place in mind, and begins anew with nothing answered", async () => {
    steps = [KNOWN, KNOWN, KNOWN];
    await unstick.begin();
    await unstick.overrule("too_much");
    expect(asked[1]).toEqual([{ words: 40 }, [], "too_much"]);
    expect(act).toHaveBeenCalledTimes(2);
    await unstick.begin();
    expect(asked[2]).toEqual([{ words: 40 }, [], null]);
    unstick.close();
    expect(unstick.step).toBeNull();
  });

  it("tells when it cannot be asked", async () => {
    steps = [new Error("x")];
    await unstick.begin();
    expect([unstick.step, trouble.mock.calls.length]).toEqual([null, 1]);
  });
});

describe("the effort of late", () => {
  it("counts words put in and taken out, and forgets what is long ago", () => {
    const effort = new Effort();
    effort.begin(100);
    effort.note(130, 0);
    effort.note(110, 1000);
    effort.note(115, 2000);
    expect(effort.lately(3000)).toEqual({ added: 35, removed: 20 });
    expect(effort.lately(601_500)).toEqual({ added: 5, removed: 0 });
    effort.begin(7);
    expect(effort.lately(3000)).toEqual({ added: 0, removed: 0 });
  });
});
