import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ActionRequest, ContextItem } from "../../host/host";
import { CONTEXT, CONTINUE, Engine } from "./engine";
import { Plan } from "./plan.svelte";

const kept = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
});

const item = (id: string, sent: ContextItem["sent"]): ContextItem => ({
  ...{ id, kind: "lore", title: id, order: null, sent, tokens: 0, left_out: 0 },
  ...{ why: null, reason: "", named: null, stale: false, switched: null },
});

const [USED, LEFT] = [item("lore:1", "long"), item("lore:2", null)];

let engine: Engine;
let plan: Plan;

beforeEach(() => {
  kept.clear();
  engine = new Engine();
  begin();
});

/** The window is opened. */
function begin(): void {
  plan = new Plan(engine, (action) => ({ request: "p", action }) as ActionRequest);
}

describe("a plan", () => {
  it("is of an action, and is made anew", async () => {
    await plan.show(CONTINUE);
    expect([plan.state, plan.plan?.context]).toEqual(["ready", CONTEXT]);
    await plan.again();
    expect(engine.planned).toHaveLength(2);
    plan.close();
    await plan.again();
    expect([engine.planned.length, plan.plan]).toEqual([2, null]);
  });

  it("waits for a model that is being loaded, and tells what else is wrong", async () => {
    engine.refusal = { code: "not_ready", message: "loading" };
    await plan.show(CONTINUE);
    expect(plan.state).toBe("waiting");
    engine.refusal = { code: "model_unusable", message: "cut short" };
    await plan.again();
    expect([plan.state, plan.problem?.message]).toEqual(["failed", "cut short"]);
    engine.refusal = null;
    await plan.again();
    expect(plan.state).toBe("ready");
  });

  it("does not take an answer that comes late for the newest", async () => {
    let late = () => {};
    const { planAction } = engine;
    const first = vi.fn(async (request: ActionRequest) => {
      await new Promise<void>((resolve) => (late = resolve));
      return { ...(await planAction(request)), model: "late" };
    });
    const host = { planAction: first as Engine["planAction"] };
    plan = new Plan(host, (action) => ({ request: "p", action }) as ActionRequest);
    const one = plan.show(CONTINUE);
    host.planAction = planAction;
    await plan.again();
    late();
    await one;
    expect(plan.plan?.model).toBe("m");
  });

  it("follows what changes often after a pause, once", async () => {
    vi.useFakeTimers();
    await plan.show(CONTINUE);
    for (let i = 0; i < 5; i++) plan.soon(100);
    await vi.advanceTimersByTimeAsync(100);
    expect(engine.planned).toHaveLength(2);
    vi.useRealTimers();
  });
});

describe("switches", () => {
  it("are against what the plan does of itself, or back to that, and a scene's own", () => {
    plan.toggle(1, USED);
    plan.toggle(1, LEFT);
    expect(plan.switches(1)).toEqual({ off: ["lore:1"], on: ["lore:2"] });
    expect([plan.isOn(1, USED), plan.isOn(1, LEFT)]).toEqual([false, true]);
    expect(plan.switches(2)).toEqual({ off: [], on: [] });
    plan.toggle(1, { ...USED, sent: null });
    plan.toggle(1, { ...LEFT, sent: "long" });
    expect(plan.switches(1)).toEqual({ off: [], on: [] });
  });

  it("stay on where there is no room for what is switched on", () => {
    plan.toggle(1, LEFT);
    expect(plan.isOn(1, LEFT)).toBe(true);
    plan.toggle(1, LEFT);
    expect(plan.isOn(1, LEFT)).toBe(false);
    plan.toggle(1, USED);
    plan.reset(1);
    expect(plan.isOn(1, USED)).toBe(true);
  });

  it("are found again after a restart, until they are put back", () => {
    plan.toggle(1, USED);
    plan.toggle(2, LEFT);
    plan.toggle(null, USED);
    begin();
    expect([1, 2, null].map((scene) => plan.switches(scene))).toEqual([
      { off: ["lore:1"], on: [] },
      { off: [], on: ["lore:2"] },
      { off: [], on: [] },
    ]);
    plan.reset(1);
    plan.toggle(2, LEFT);
    begin();
    expect([plan.switches(1), plan.switches(2)]).toEqual([
      { off: [], on: [] },
      { off: [], on: [] },
    ]);
    expect(kept.get("foolscap.switches")).toBe("[]");
  });

  it("are forgotten of the scenes switched longest ago, where there are very many", () => {
    for (let scene = 1; scene <= 501; scene++) plan.toggle(scene, USED);
    plan.toggle(2, LEFT);
    plan.toggle(502, USED);
    begin();
    const off = [1, 2, 3, 4, 502].map((scene) => plan.switches(scene).off.length);
    expect(off).toEqual([0, 1, 0, 1, 1]);
  });

  it("are none where what was kept cannot be read", () => {
    for (const text of ["{", "{}", '[[1,{"off":"lore:1","on":[]}],["x",{"off":[],"on":[]}],[2]]']) {
      kept.set("foolscap.switches", text);
      begin();
      expect([plan.switches(1), plan.switches(2)]).toEqual([
        { off: [], on: [] },
        { off: [], on: [] },
      ]);
    }
  });
});
