// Experiments of the fake host: answers come at a pace (`?answers=40`, milliseconds each; `hold`: when `step` is called), go on
// after a reload, and votes change how strong an arm looks. Tests steer it as `window.__fake.experiments`.
import type {
  Answer,
  AnswerLine,
  BlindPair,
  ExperimentPlan,
  ExperimentsHost,
  ExperimentState,
  ExperimentSummary,
  JudgeOpinion,
  JudgeTask,
  Preference,
} from "../host";
import { answer as say, hash, rendered, textOf } from "./prompts";
import { type Arm, armsOf, checksOf, CRITERIA, figureOf, resultsOf } from "./results";
import { samplePlan } from "./sample";
import { change, found, isLocked, read, refuse, type Shelf } from "./shelf";

export interface FakeExperiment {
  id: number;
  plan: ExperimentPlan;
  state: ExperimentState;
  archived: boolean;
  answers: AnswerLine[];
  notes: Record<number, string>;
  votes: { pair: string; preference: Preference; better: number; worse: number }[];
  judges: { model: string; task: JudgeTask }[];
  created_at: string;
  /** Failed answers that are tried once more. */
  again?: number[];
}

export const experiments = (shelf: Shelf) => (shelf.more.experiments ??= []) as FakeExperiment[];

export class FakeExperiments {
  pace: number | "hold";
  files: { file: string; format: string }[] = [];
  /** So many of the next answers fail. */
  failing = 0;

  #watchers: ((all: ExperimentSummary[]) => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #busy: () => boolean;

  /** `busy`: the writer's own request comes first. */
  constructor(parameters: URLSearchParams, busy: () => boolean) {
    this.#busy = busy;
    const pace = parameters.get("answers") ?? "60";
    this.pace = pace === "hold" ? "hold" : Number(pace);
  }

  /** The next answers of what runs. */
  step(count = Infinity): void {
    for (let i = 0; i < count && this.#next(); i++);
    this.#tell();
  }

  host(): ExperimentsHost {
    return {
      watchExperiments: async (heard) => {
        this.#watchers.push(heard);
        heard(summaries());
        this.#soon();
      },
      newExperiment: async (plan) => {
        const made = change((shelf) => {
          const all = experiments(shelf);
          const blank = { answers: [], notes: {}, votes: [], judges: [], archived: false };
          const created_at = new Date().toISOString();
          const one: FakeExperiment = { id: all.length + 1, plan, state: "paused", created_at, ...blank };
          all.push(one);
          return summary(one);
        });
        this.#tell();
        return made;
      },
      sampleExperiment: async () => samplePlan(),
      experimentPlan: async (id) => one(id).plan,
      startExperiment: async (id) => {
        this.#set(id, (it) => {
          it.again = failedOf(it).map((line) => line.id);
          it.state = it.again.length || it.answers.length < totalOf(it) ? "loading" : "done";
        });
        this.#soon();
      },
      pauseExperiment: async (id) => this.#set(id, (it) => void (it.state = "paused")),
      archiveExperiment: async (id, archived) =>
        this.#set(id, (it) => {
          it.archived = archived;
          if (it.state !== "done") it.state = "paused";
        }),
      experimentResults: async (id) => resultsOf(one(id), summary(one(id))),
      experimentAnswers: async (id, { arm, passage, language, failed, from, most }) => {
        const { passages } = one(id).plan;
        const meant = one(id).answers.filter(
          (line) =>
            (arm === null || line.arm === arm) &&
            (passage === null || line.passage === passage) &&
            (language === null || passages[line.passage]!.language === language) &&
            (failed === null || line.checks[failed] === false),
        );
        return { lines: meant.slice(from, most === null ? undefined : from + most), total: meant.length };
      },
      experimentAnswer: async (id) => whole(id),
      nextPair: async (id) => nextPair(one(id)),
      vote: async (pair, preference) => {
        const [id, left, right] = pair.split(":").map(Number) as [number, number, number];
        this.#set(id, (it) => {
          if (it.votes.some((vote) => vote.pair === pair))
            refuse("conflict", "This pair was chosen of already.");
          const arm = (of: number) => it.answers.find((line) => line.id === of)!.arm;
          const [better, worse] = preference === "right" ? [right, left] : [left, right];
          it.votes.push({ pair, preference, better: arm(better), worse: arm(worse) });
        });
      },
      undoVote: async (id) => this.#set(id, (it) => it.votes.pop() !== undefined),
      rateAnswer: async (answer, stars, note) =>
        this.#set(Math.floor(answer / 1000), (it) => {
          it.answers.find((line) => line.id === answer)!.rating = stars;
          it.notes[answer] = note;
        }),
      judgeExperiment: async (id, model, task) => this.#set(id, (it) => void it.judges.push({ model, task })),
      chooseResultsFile: async (name, format) => `/home/ada/${name}.${format}`,
      saveResults: async (_id, format, file) => void this.files.push({ file, format }),
    };
  }

  #set<T>(id: number, work: (it: FakeExperiment) => T): T {
    const result = change((shelf) => work(found(experiments(shelf).find((it) => it.id === id))));
    this.#tell();
    return result;
  }

  #soon(): void {
    clearTimeout(this.#timer);
    if (this.pace === "hold" || isLocked()) return;
    this.#timer = setTimeout(() => {
      const more = this.#next();
      this.#tell();
      if (more) this.#soon();
    }, this.pace);
  }

  /** One answer; false when nothing runs. */
  #next(): boolean {
    return change((shelf) => {
      const it = experiments(shelf).find(({ state }) => state !== "paused" && state !== "done");
      if (!it) return false;
      if (this.#busy()) {
        it.state = "yielding";
        return true;
      }
      if (it.state !== "running") {
        it.state = "running";
        return true;
      }
      const again = it.answers.length < totalOf(it) ? undefined : it.again?.shift();
      const nth = again === undefined ? it.answers.length : again - it.id * 1000;
      it.answers[nth] = this.failing-- > 0 ? failed(it, nth) : made(it, nth);
      if (it.answers.length >= totalOf(it) && !it.again?.length)
        it.state = failedOf(it).length ? "paused" : "done";
      return true;
    });
  }

  #tell(): void {
    for (const heard of this.#watchers) heard(summaries());
  }
}

/** The answer that comes as the nth: passages one after the other, all arms on each. */
export function made(it: FakeExperiment, nth: number): AnswerLine {
  const arms = armsOf(it.plan);
  const arm = arms[nth % arms.length]!;
  const place = Math.floor(nth / arms.length);
  const passage = place % it.plan.passages.length;
  const repeat = Math.floor(place / it.plan.passages.length);
  const id = it.id * 1000 + nth;
  const selection = it.plan.passages[passage]!.selection;
  const text = say({ kind: "version", label: "continue v2" }, selection, arm.arm + passage + repeat).trim();
  const chance = (check: number) => (parseInt(hash(`${id}.${check}`).slice(0, 6), 16) % 100) / 100;
  const checks = checksOf(it.plan).map((_, check) =>
    check === 2 && passage % 4 === 3 ? null : chance(check) < 0.95 - arm.arm * 0.2,
  );
  return { id, arm: arm.arm, passage, repeat, text, problem: null, checks, rating: null };
}

function failed(it: FakeExperiment, nth: number): AnswerLine {
  const problem = "The server at desk.local closed the connection. See whether it is running.";
  return { ...made(it, nth), text: "", checks: [], problem };
}

function failedOf({ answers }: FakeExperiment): AnswerLine[] {
  return answers.filter(({ problem }) => problem !== null);
}

function one(id: number): FakeExperiment {
  return found(experiments(read()).find((it) => it.id === id));
}

function totalOf({ plan }: FakeExperiment): number {
  return armsOf(plan).length * plan.passages.length * plan.repeats;
}

function summaries(): ExperimentSummary[] {
  return experiments(read()).map(summary);
}

function summary(it: FakeExperiment): ExperimentSummary {
  const [done, total] = [it.answers.length, totalOf(it)];
  return {
    id: it.id,
    name: it.plan.name,
    state: it.state,
    done,
    total,
    failed: failedOf(it).length,
    seconds_left: done ? (total - done) * 4 : null,
    elsewhere: it.plan.models.some(({ endpoint }) => endpoint),
    votes: it.votes.length,
    judges: 0,
    archived: it.archived,
    created_at: it.created_at,
    problem: null,
  };
}

/** Two answers to one passage that nobody has chosen of yet. */
function nextPair(it: FakeExperiment): BlindPair | null {
  const { more_votes } = resultsOf(it, summary(it));
  for (const a of it.answers)
    for (const b of it.answers) {
      if (a.id >= b.id || a.passage !== b.passage || a.repeat !== b.repeat || a.arm === b.arm) continue;
      if (a.text === b.text || a.problem !== null || b.problem !== null) continue;
      const turned = parseInt(hash(`${a.id}${b.id}`).slice(0, 4), 16) % 2 === 1;
      const [left, right] = turned ? [b, a] : [a, b];
      const pair = `${it.id}:${left.id}:${right.id}`;
      if (it.votes.some((vote) => vote.pair === pair)) continue;
      const passage = it.plan.passages[a.passage]!;
      const sides = { left: left.text, right: right.text };
      return { pair, title: passage.title, passage, ...sides, votes: it.votes.length, more_votes };
    }
  return null;
}

function whole(id: number): Answer {
  const it = one(Math.floor(id / 1000));
  const line = found(it.answers.find((answer) => answer.id === id));
  const arm: Arm = armsOf(it.plan)[line.arm]!;
  const passage = it.plan.passages[line.passage]!;
  const source = textOf(arm.prompt).source;
  const quote = line.text.split(" ").slice(1, 4).join(" ");
  return {
    line,
    title: arm.title,
    prompt: arm.prompt,
    source,
    model: arm.model.model === "starter" ? "Foolscap Starter" : arm.model.model,
    model_hash: hash(arm.model.model),
    elsewhere: !!arm.model.endpoint,
    settings: arm.settings,
    drawn: JSON.stringify({ temperature: 0.8, top_p: 0.95, ...setIn(arm.settings) }),
    seed: it.plan.seed + line.repeat,
    rendered: rendered(source, passage),
    passage,
    figures: {
      prompt_tokens: 212,
      beside: false,
      reused_tokens: 180,
      generated_tokens: 41,
      first_token_s: 0.21,
      prefill_tok_s: 480,
      decode_tok_s: 24,
    },
    findings: checksOf(it.plan).map((info, check) => {
      const { name, unit } = info;
      const passed = line.checks[check] ?? null;
      const reason =
        passed === null ? "The passage names nobody." : passed ? "" : "It says so more than once.";
      const flags = passed === false ? [{ quote, why: reason }] : [];
      return { name, passed, figure: figureOf(info, id), unit, reason, flags };
    }),
    claims: [{ quote: line.text.split(" ").slice(-3).join(" "), why: "Neither passage nor lore have it." }],
    opinions: it.judges
      .filter(({ task }) => task !== "pairs")
      .map(({ model, task }) => opinion(model, task, quote)),
    note: it.notes[id] ?? "",
    created_at: it.created_at,
  };
}

function opinion(judge: string, task: JudgeTask, quote: string): JudgeOpinion {
  const blank = { judge, task, criteria: [], verdict: "", quote: "" };
  if (task === "facts")
    return {
      ...blank,
      score: 0,
      verdict: "contradicts",
      quote,
      reason: "The reference has him come back alone.",
    };
  const criteria = CRITERIA.map((name, at) => ({ name, points: 3 + (at % 3) * 0.5 }));
  return { ...blank, score: 3.4, criteria, reason: "It keeps the voice, and says one thing twice." };
}

/** What settings say, without what they leave open. */
function setIn(settings: object): object {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}
