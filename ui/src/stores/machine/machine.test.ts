import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Host, Settings } from "../../host/host";
import { Notices } from "../notices.svelte";
import { ACTIONS } from "../../host/fake/actions";
import { CONTINUE, Engine } from "./engine";
import { Machine } from "./machine.svelte";
import { Paper } from "./paper";

vi.stubGlobal("document", { getSelection: () => null });

const kept = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
});

const SETTINGS = { words: 60, ideas: 4, temperature: 0.5, inline: false, inline_pause_ms: 1000 } as Settings;

let paper: Paper;
let engine: Engine;
let machine: Machine;
let notices: Notices;

function begin(): void {
  const host = { ...engine, actions: async () => ACTIONS };
  notices = new Notices();
  machine = new Machine(host as unknown as Host, {
    page: () => paper,
    home: () => ({ scene: 1, title: "One" }),
    project: () => 1,
    words: () => 6,
    daysAway: () => 0,
    follows: () => true,
    act: (action) => void machine.act(action),
    settings: () => SETTINGS,
    free: () => true,
    open: () => undefined,
    writable: () => true,
    saveBefore: (work) => void work(),
    notices,
  });
  paper.told = (told) => machine.told(told);
  paper.written = () => machine.written();
  machine.session.enterScene(1);
}

beforeEach(async () => {
  kept.clear();
  paper = new Paper("The boat lay there. She waited.");
  engine = new Engine();
  begin();
  await machine.actions.load();
});

describe("an action", () => {
  it("at the cursor is about what is selected, which lies before it", async () => {
    paper.select("The boat");
    await machine.act({ kind: "describe", variant: "sight", instruction: "" });
    expect(engine.asked[0]).toMatchObject({
      before: "",
      selection: "The boat",
      after: " lay there. She waited.",
    });
    engine.answers(" It was blue.");
    expect(paper.offers.suggestion).toMatchObject({ from: 9, to: 9 });
    await machine.again();
    expect(engine.asked[1]).toMatchObject({ before: "", selection: "The boat" });
  });

  it("on a selection takes the paragraph where nothing is selected", async () => {
    await machine.act({ kind: "rewrite", variant: "shorter", instruction: "" });
    expect(engine.asked[0]).toMatchObject({ selection: "The boat lay there. She waited.", words: null });
    expect(machine.session.current?.gives).toBe("replacement");
  });

  it("has as many words and candidates as were set for it, or as its prompt says", async () => {
    await machine.act(CONTINUE);
    expect(engine.asked[0]).toMatchObject({ words: 60, candidates: null, temperature: 0.5, off: [], on: [] });
    machine.asking.choose("continue", { words: 20, candidates: 3 });
    await machine.act(CONTINUE);
    expect(engine.asked[1]).toMatchObject({ words: 20, candidates: 3 });
    expect(machine.session.current?.candidates).toHaveLength(3);
    await machine.act({ kind: "brainstorm", variant: null, instruction: "" });
    await machine.act({ kind: "brainstorm", variant: "names", instruction: "" });
    expect(engine.asked.slice(2)).toMatchObject([{ candidates: 4 }, { candidates: null }]);
    expect(machine.session.current?.candidates).toHaveLength(8);
  });

  it("takes along what is switched for the scene", async () => {
    machine.plan.toggle(1, { id: "lore:1", sent: "long" } as never);
    await machine.act(CONTINUE);
    expect(engine.asked[0]).toMatchObject({ off: ["lore:1"] });
  });

  it("gives what its variant gives, and is named in the writer's words", () => {
    const names = { kind: "brainstorm" as const, variant: "names", instruction: "old ones" };
    expect(machine.actions.gives(names)).toBe("item");
    expect(machine.actions.heading(names)).toBe("Brainstorm · Names · old ones");
    expect(machine.actions.variantTitle("rewrite", { id: "my own", title: "As a letter" })).toBe(
      "As a letter",
    );
  });
});

describe("the form that asks", () => {
  it("finds its last choices again, also after a restart", () => {
    machine.asking.begin("translate");
    machine.asking.choose("translate", { language: "de", instruction: "Keep the names. " });
    begin();
    machine.asking.begin("translate");
    expect(machine.asking.action("close")).toEqual({
      kind: "translate",
      variant: "close",
      instruction: "Keep the names.",
      language: "de",
    });
    expect(machine.asking.of("continue").instruction).toBe("");
  });

  it("begins afresh where what was kept cannot be read", () => {
    kept.set("foolscap.asked", "{");
    begin();
    expect(machine.asking.of("rewrite").instruction).toBe("");
  });
});
