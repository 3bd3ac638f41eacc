import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type {
  ActionEvent,
  AnswerLine,
  AnswerQuery,
  BlindPair,
  ExperimentSummary,
  Host,
  PromptShelf,
  PromptVersion,
  Trial,
} from "../../host/host";
import { Notices } from "../notices.svelte";
import { pieces } from "./answers.svelte";
import type { Around } from "./around";
import { Choosing } from "./choosing.svelte";
import { Editing, renamed } from "./editing.svelte";
import { Experiments } from "./experiments.svelte";
import { endOf, Passages } from "./passages.svelte";
import { here, PLAIN, Planning } from "./planning.svelte";
import { Playground } from "./playground.svelte";
import { Prompts } from "./prompts.svelte";

const version = (number: number, parent: string | null = null): PromptVersion => ({
  label: `mine v${number}`,
  number,
  message: "",
  created_at: "2026-11-28T09:00:00Z",
  parent,
  hash: "",
});
const shelf = (): PromptShelf => ({
  prompts: [
    {
      name: "Continue",
      action: "continue",
      purpose: "",
      built_in: true,
      archived: false,
      versions: [{ ...version(2), label: "continue v2" }],
    },
    {
      name: "Mine",
      action: "continue",
      purpose: "",
      built_in: false,
      archived: false,
      versions: [version(2), version(1)],
    },
  ],
  in_use: [],
});

const around = (): Around => ({
  notices: new Notices(),
  project: () => 1,
  scene: () => 1,
  title: () => "The Brass Box",
  place: () => ({ title: "", before: "It was dark", selection: "", after: "" }),
  here: () => true,
  used: () => undefined,
  go: () => undefined,
  model: () => "starter",
  language: () => "en",
  writable: () => true,
});

function host(more: Partial<Host> = {}) {
  return {
    promptShelf: vi.fn(async () => shelf()),
    promptVocabulary: async () => ({ variables: [], includes: [], filters: [], sections: [] }),
    promptText: async (label: string) => ({
      name: label.startsWith("mine") ? "Mine" : "Continue",
      version: version(1),
      source: `name = "Mine"\n${label}`,
    }),
    checkPrompt: async () => ({ problem: null, name: "Mine", action: "continue", variables: [] }),
    usePrompt: vi.fn(async () => undefined),
    savePrompt: vi.fn(async () => version(2)),
    ...more,
  } as unknown as Host;
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
});

describe("the version in use", () => {
  it("is the manuscript’s own, or everybody’s, or what came", async () => {
    const below = host();
    const prompts = new Prompts(below, around());
    await prompts.load();
    expect(prompts.inUse("continue")).toBe("continue v2");
    prompts.uses = [{ action: "continue", project: null, label: "mine v1" }];
    expect(prompts.inUse("continue")).toBe("mine v1");
    prompts.uses = [...prompts.uses, { action: "continue", project: 1, label: "mine v2" }];
    expect(prompts.inUse("continue")).toBe("mine v2");
    expect(prompts.usesOf("continue", "mine v1")).toEqual(["everywhere"]);
    expect(prompts.usesOf("continue", "mine v2")).toEqual(["here"]);
  });

  it("is changed with a way back", async () => {
    const below = host();
    const desk = around();
    const prompts = new Prompts(below, desk);
    await prompts.load();
    await prompts.use("continue", "here", "mine v2");
    expect(below.usePrompt).toHaveBeenLastCalledWith("continue", 1, "mine v2");
    prompts.uses = [{ action: "continue", project: 1, label: "mine v2" }];
    desk.notices.list[0]!.ways[0]!.go();
    await vi.waitFor(() => expect(below.usePrompt).toHaveBeenLastCalledWith("continue", 1, null));
  });
});

describe("a text that is written", () => {
  async function editing(below = host()) {
    const desk = around();
    const prompts = new Prompts(below, desk);
    await prompts.load();
    return { editing: new Editing(below, prompts, desk, () => undefined), desk, prompts };
  }

  it("is a draft until it is a version, whatever is looked at meanwhile", async () => {
    const { editing: one } = await editing();
    await one.look("mine v1");
    one.write("something else");
    expect(one.choice).toEqual({ kind: "draft", source: "something else" });
    await one.look("continue v2");
    expect(one.dirty).toBe(false);
    await one.look("mine v1");
    expect(one.source).toBe("something else");
    // Another window of the same machine finds it too.
    const { editing: other } = await editing();
    await other.open("Mine");
    expect(other.source).toBe("something else");
    await other.save("said");
    expect(other.drafts.size).toBe(0);
  });

  it("is one draft for each version it was begun from", async () => {
    const { editing: one } = await editing();
    await one.look("mine v2");
    one.write("two hours of work");
    await one.look("mine v1");
    one.write("x");
    await one.look("mine v2");
    expect(one.source).toBe("two hours of work");
    // One that is taken back takes no other with it.
    await one.look("mine v1");
    one.write(one.original);
    expect(one.begun("Mine")).toEqual(["mine v2"]);
    await one.open("Mine");
    expect(one.source).toBe("two hours of work");
  });

  it("finds what an older page has kept", async () => {
    const older = [["Mine", { parent: "mine v1", source: "kept" }]];
    localStorage.setItem("foolscap.prompt-drafts", JSON.stringify(older));
    const { editing: one } = await editing();
    await one.open("Mine");
    expect([one.label, one.source]).toEqual(["mine v1", "kept"]);
  });

  it("is thrown away with a way back", async () => {
    const { editing: one, desk } = await editing();
    await one.look("mine v1");
    one.write("something else");
    one.discard();
    expect(one.dirty).toBe(false);
    desk.notices.list.at(-1)!.ways[0]!.go();
    await vi.waitFor(() => expect(one.source).toBe("something else"));
  });

  it("asks for a name where it came with Foolscap", async () => {
    const { editing: one } = await editing();
    await one.look("continue v2");
    one.ask("version");
    expect(one.asking).toBe("fork");
  });

  it("gets another name in its first lines", () => {
    const name = 'Mine, $& "too"';
    expect(renamed('+++\nname = "Old"\n+++\nname = "x"', name)).toBe(
      '+++\nname = "Mine, $& \\"too\\""\n+++\nname = "x"',
    );
  });
});

describe("an answer with what was found in it", () => {
  it("is the same text, and says at every quote what is wrong", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "é", "“"), maxLength: 40 });
    const flags = fc.array(
      fc.record({ quote: fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 4 }), why: fc.string() }),
    );
    fc.assert(
      fc.property(text, flags, (text, flags) => {
        const cut = pieces(text, flags);
        expect(cut.map((piece) => piece.text).join("")).toBe(text);
        for (const { quote, why } of flags)
          if (quote && text.includes(quote)) expect(cut.some((piece) => piece.why.includes(why))).toBe(true);
      }),
    );
  });
});

describe("the end of a text", () => {
  it("begins with a word", () => {
    expect(endOf("She waited until the kettle had gone quiet.", 20)).toBe("… had gone quiet.");
    expect(endOf("Short.", 20)).toBe("Short.");
  });
});

describe("an experiment", () => {
  const answer = (id: number): AnswerLine => ({
    id,
    arm: 0,
    passage: 0,
    repeat: 0,
    text: "It rained.",
    problem: null,
    checks: [],
    rating: null,
  });
  const summary = (more: Partial<ExperimentSummary> = {}): ExperimentSummary => ({
    id: 1,
    name: "Which?",
    state: "paused",
    done: 0,
    total: 4,
    failed: 0,
    seconds_left: null,
    elsewhere: false,
    votes: 0,
    judges: 0,
    archived: false,
    created_at: "",
    problem: null,
    ...more,
  });

  it("tells when it begins and when it is done, once", async () => {
    let tell: (list: ExperimentSummary[]) => void = () => undefined;
    const experiments = new Experiments(
      host({ watchExperiments: async (heard) => void (tell = heard) }),
      around(),
      () => undefined,
    );
    await experiments.watch();
    tell([summary()]);
    expect(experiments.said).toBe("");
    tell([summary({ state: "loading" })]);
    expect(experiments.said).toBe("“Which?” is running.");
    tell([summary({ state: "running", done: 1 })]);
    tell([summary({ state: "done", done: 4 })]);
    expect(experiments.said).toBe("“Which?” is done.");
  });

  it("lists answers page by page, and begins anew where others are meant", async () => {
    const all = Array.from({ length: 130 }, (_, id) => answer(id));
    const asked: AnswerQuery[] = [];
    const experiments = new Experiments(
      host({
        experimentAnswers: async (_id, query) => {
          asked.push(query);
          return { lines: all.slice(query.from, query.from + query.most!), total: all.length };
        },
      }),
      around(),
      () => undefined,
    );
    experiments.open = 1;
    await experiments.more();
    await experiments.more();
    expect([experiments.answers.length, experiments.meant]).toEqual([120, 130]);
    await experiments.show({ check: 2 });
    expect(experiments.answers).toEqual(all.slice(0, 60));
    expect(asked.map(({ from, failed }) => [from, failed])).toEqual([
      [0, null],
      [60, null],
      [0, 2],
    ]);
  });

  it("knows what won before anybody looks", async () => {
    let results = 0;
    const experiments = new Experiments(
      host({
        watchExperiments: async (heard) =>
          heard([summary({ id: 3 }), summary({ id: 2, votes: 8 }), summary({ id: 1, votes: 30 })]),
        experimentResults: async (id) => {
          results = id;
          throw new Error("enough");
        },
        experimentAnswers: async () => ({ lines: [], total: 0 }),
        experimentPlan: async () => Promise.reject(new Error("enough")),
      }),
      around(),
      () => undefined,
    );
    await experiments.watch();
    await expect(experiments.recall()).rejects.toThrow("enough");
    expect([experiments.open, results]).toEqual([2, 2]);
  });

  it("keeps two answers to compare", () => {
    const experiments = new Experiments(host(), around(), () => undefined);
    const [one, two, three] = [answer(1), answer(2), answer(3)];
    for (const marked of [one, two, three]) experiments.compare(marked);
    expect(experiments.compared).toEqual([two, three]);
    experiments.compare(two);
    expect(experiments.compared).toEqual([three]);
  });

  it("says how many answers it makes before it is one", async () => {
    const desk = around();
    const passages = new Passages(
      host({ testSets: async () => [{ id: 4, name: "Openings", passages: 5, archived: false }] }),
      desk,
    );
    await passages.load();
    const planning = new Planning(desk, passages);
    expect(planning.answers).toBe(0);
    planning.prompts = ["mine v1", "mine v2"];
    planning.toggleModel("starter");
    planning.settings = [PLAIN, { ...PLAIN, temperature: 1 }];
    expect(planning.answers).toBe(2 * 2 * 2);
    planning.set = 4;
    expect(planning.answers).toBe(2 * 2 * 5 * 2);
    planning.choose("rewrite");
    expect(planning.answers).toBe(0);
    planning.set = null;
    planning.prompts = ["mine v1"];
    expect(await planning.plan("Mine")).toMatchObject({
      name: "Mine",
      models: [here("starter")],
      passages: [{ before: "It was dark", language: "en" }],
      project: null,
    });
  });
});

describe("choosing blind", () => {
  const pair = (id: string) => ({ pair: id, votes: 0 }) as BlindPair;

  it("takes one choice for a pair, however fast keys come", async () => {
    const vote = vi.fn(async () => undefined);
    const nextPair = vi.fn(async () => pair("b")).mockResolvedValueOnce(pair("a"));
    const counted = vi.fn(async () => undefined);
    const choosing = new Choosing(host({ vote, nextPair }), counted);
    await choosing.begin(1);
    const first = choosing.vote("left");
    await choosing.vote("left");
    await first;
    expect(vote).toHaveBeenCalledExactlyOnceWith("a", "left");
    expect(choosing.pair?.pair).toBe("b");
    expect(counted).toHaveBeenCalledOnce();
  });

  it("does not show how it stands when another experiment is begun", async () => {
    const choosing = new Choosing(host({ nextPair: async () => pair("a") }), async () => undefined);
    await choosing.begin(1);
    choosing.sofar = true;
    await choosing.begin(1);
    expect(choosing.sofar).toBe(true);
    await choosing.begin(2);
    expect(choosing.sofar).toBe(false);
  });
});

describe("the playground", () => {
  const played = (more: Partial<Host> = {}) => {
    const below = host(more);
    const desk = around();
    return new Playground(below, desk, new Passages(below, desk), async () => undefined);
  };

  it("has four columns at most, and fills them with temperatures", () => {
    const playground = played();
    for (let at = 0; at < 6; at++) playground.add({ kind: "version", label: "mine v1" });
    expect(playground.columns).toHaveLength(4);
    playground.sweep();
    expect(playground.columns.map(({ settings }) => settings.temperature)).toEqual([0.2, 0.6, 1, 1.4]);
  });

  it("is no experiment while it has drafts in it", async () => {
    const playground = played();
    playground.add({ kind: "version", label: "mine v1" });
    playground.add({ kind: "version", label: "mine v2" });
    expect(playground.keepable).toBe(true);
    const { prompts, models, settings } = await playground.plan("p");
    expect([prompts, models, settings.length]).toEqual([["mine v1", "mine v2"], [here("starter")], 1]);
    playground.add({ kind: "draft", source: "x" });
    expect(playground.keepable).toBe(false);
  });

  it("sends what its columns say of their prompts’ own variables, and keeps it", async () => {
    const sent: Trial[] = [];
    const playground = played({ startTrial: async (trial) => void sent.push(trial) });
    playground.add({ kind: "version", label: "mine v1" });
    const [first] = playground.columns;
    first!.own = [{ name: "mood", about: "", usual: "calm" }];
    first!.variables = { mood: "bleak", gone: "of another prompt" };
    playground.add({ kind: "version", label: "mine v2" });
    await playground.run();
    expect(sent.map(({ passage }) => passage.variables)).toEqual([{ mood: "bleak" }, {}]);
    const { passages } = await playground.plan("p");
    expect(passages.map(({ variables }) => variables)).toEqual([{ mood: "bleak" }, {}]);
    playground.columns[1]!.own = first!.own;
    expect((await playground.plan("p")).passages).toHaveLength(1);
  });

  it("asks once for columns that read the same, and tells each its own words as they come", async () => {
    const sent: Trial[] = [];
    const heard: ((event: ActionEvent) => void)[] = [];
    const cancelled: string[] = [];
    const playground = played({
      startTrial: async (trial, hear) => {
        sent.push(trial);
        heard.push(hear);
      },
      cancelAction: async (request) => void cancelled.push(request),
    });
    playground.add({ kind: "version", label: "mine v1" });
    playground.sweep();
    playground.columns[3]!.prompt = { kind: "version", label: "mine v2" };
    playground.candidates = 2;
    await playground.run();
    expect(sent.map(({ draws }) => draws.length)).toEqual([6, 2]);
    expect(playground.columns.map(({ others }) => others)).toEqual([2, 2, 2, 0]);
    const drawn = sent[0]!.draws.map(({ seed, settings }) => [settings.temperature, seed]);
    expect(drawn).toEqual([0.2, 0.6, 1].flatMap((of) => [of, of].map((_, at) => [of, 7 + at])));
    heard[0]!({ event: "text", candidate: 0, text: "cool" });
    heard[0]!({ event: "text", candidate: 3, text: "warm" });
    heard[1]!({ event: "text", candidate: 1, text: "other" });
    const said = () => playground.columns.map(({ texts }) => texts.map(({ text }) => text).join("|"));
    expect(said()).toEqual(["cool|", "|warm", "|", "|other"]);
    // One of them can go while the others still come.
    playground.remove(playground.columns[0]!);
    expect(cancelled).toEqual([]);
    heard[0]!({ event: "candidate_done", candidate: 3, reason: "stop" });
    expect(playground.columns[0]!.texts.map(({ done }) => done)).toEqual([false, true]);
    playground.stop();
    expect(cancelled).toEqual(sent.map(({ request }) => request));
    heard[0]!({ event: "text", candidate: 3, text: " and late" });
    expect(said()[0]).toBe("|warm");
  });

  it("draws no more together than a model may be asked for at once", async () => {
    const sent: Trial[] = [];
    const playground = played({ startTrial: async (trial) => void sent.push(trial) });
    playground.add({ kind: "version", label: "mine v1" });
    playground.sweep();
    playground.candidates = 8;
    await playground.run();
    expect(sent.map(({ draws }) => draws.length)).toEqual([16, 16]);
    expect(new Set(sent.map(({ request }) => request)).size).toBe(2);
  });

  it("tells in its column what a trial cannot", async () => {
    const playground = played({
      startTrial: async () => {
        throw new Error("no");
      },
    });
    playground.add({ kind: "version", label: "mine v1" });
    await playground.run();
    expect(playground.columns[0]!.problem?.message).toBe("no");
    expect(playground.live).toBe(false);
  });
});
