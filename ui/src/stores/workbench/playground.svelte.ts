// Trials beside each other: one passage, up to four columns of a prompt with a model and settings, all drawn from one seed.
// Columns that differ in how they are drawn alone are one request, whose prompt is read once and whose words come at once.
import {
  type ActionEvent,
  type ExperimentPlan,
  type Figures,
  type Host,
  type Passage,
  type Problem,
  problemOf,
  type PromptChoice,
  type Trial,
  type TrialSettings,
} from "../../host/host";
import type { OwnVariable } from "../../editor/prompt/own";
import { t } from "../../words/words.svelte";
import type { Around } from "./around";
import type { Passages, Source } from "./passages.svelte";
import { here, PLAIN } from "./planning.svelte";

export const COLUMNS = 4;
/** So many answers are drawn together at most. */
const TOGETHER = 16;
/** What a sweep tries. */
const SWEEP = [0.2, 0.6, 1, 1.4];

export class Column {
  prompt = $state<PromptChoice>({ kind: "version", label: "" });
  /** None: the one in use. */
  model = $state<string | null>(null);
  settings = $state<TrialSettings>({ ...PLAIN });
  /** Variables that its prompt brings along. */
  own = $state.raw<OwnVariable[]>([]);
  /** What is said of them; those of another prompt that was chosen before are kept for it. */
  variables = $state<Record<string, string>>({});
  texts = $state<{ text: string; done: boolean }[]>([]);
  state = $state<"idle" | "waiting" | "reading" | "writing" | "done">("idle");
  figures = $state<Figures | null>(null);
  problem = $state<Problem | null>(null);
  /** How many columns its answers were drawn together with: its figures are of all of them. */
  others = $state(0);
  request = "";
  readonly key: number;

  constructor(key: number, prompt: PromptChoice) {
    this.key = key;
    this.prompt = prompt;
  }

  /** A passage with what is said here in the place of what it says. */
  filled(passage: Passage): Passage {
    const said = this.own.flatMap(({ name }): [string, string][] => {
      const value = this.variables[name];
      return value ? [[name, value]] : [];
    });
    return { ...passage, variables: { ...passage.variables, ...Object.fromEntries(said) } };
  }

  get live(): boolean {
    return this.state === "waiting" || this.state === "reading" || this.state === "writing";
  }

  /** Waits for so many answers of a request. */
  begin(request: string, answers: number): void {
    this.request = request;
    this.texts = Array.from({ length: answers }, () => ({ text: "", done: false }));
    this.figures = this.problem = null;
    this.state = "waiting";
  }

  /** `from`: the first of the request's candidates that is this column's. */
  hear(event: ActionEvent, from: number): void {
    // Words that still came when it was stopped are not looked at.
    if (this.state === "done" && event.event !== "finished") return;
    const own = "candidate" in event ? this.texts[event.candidate - from] : undefined;
    if (event.event === "started") this.state = "reading";
    else if (event.event === "text" && own) {
      this.state = "writing";
      own.text += event.text;
    } else if (event.event === "candidate_done" && own) own.done = true;
    else if (event.event === "finished") {
      this.figures = event.figures;
      this.state = "done";
    } else if (event.event === "failed") this.fail(event.problem);
  }

  fail(problem: Problem): void {
    this.problem = problem;
    this.state = "done";
  }
}

/** The name in a prompt's front matter; empty where there is none. */
export function nameIn(source: string): string {
  return /^name\s*=\s*["'](.*)["']\s*$/m.exec(source)?.[1] ?? "";
}

export class Playground {
  source = $state<Source>({ from: "page" });
  /** A passage of a lesson, in the place of the source. */
  given = $state.raw<Passage | null>(null);
  columns = $state<Column[]>([]);
  seed = $state(7);
  candidates = $state(1);
  said = $state("");

  readonly #host: Pick<Host, "startTrial" | "cancelAction" | "savePrompt">;
  readonly #around: Around;
  readonly #passages: Passages;
  readonly #kept: () => Promise<void>;
  #count = 0;

  /** `kept`: there is a version more. */
  constructor(
    host: Pick<Host, "startTrial" | "cancelAction" | "savePrompt">,
    around: Around,
    passages: Passages,
    kept: () => Promise<void>,
  ) {
    this.#host = host;
    this.#around = around;
    this.#passages = passages;
    this.#kept = kept;
  }

  readonly live = $derived(this.columns.some((column) => column.live));
  /** Whether what is tried can be kept as an experiment: drafts are no versions. */
  readonly keepable = $derived(
    this.columns.length > 0 && this.columns.every(({ prompt }) => prompt.kind === "version" && prompt.label),
  );

  add(prompt: PromptChoice): void {
    if (this.columns.length >= COLUMNS) return;
    const last = this.columns.at(-1);
    const column = new Column(++this.#count, prompt);
    if (last) {
      column.settings = { ...$state.snapshot(last.settings) };
      column.model = last.model;
      column.variables = { ...$state.snapshot(last.variables) };
    }
    this.columns.push(column);
  }

  remove(column: Column): void {
    this.#cancel(column);
    this.columns = this.columns.filter((one) => one !== column);
  }

  /** Keeps the text of a lesson as a prompt of the writer's own. */
  async adopt(column: Column): Promise<void> {
    if (column.prompt.kind !== "draft" || !this.#around.writable()) return;
    const { label } = await this.#host.savePrompt(column.prompt.source, null, t("playground-mine-from"));
    await this.#kept();
    column.prompt = { kind: "version", label };
  }

  tryOn(source: Source): void {
    this.given = null;
    this.source = source;
  }

  /** Fills the columns with the first one's prompt at several temperatures. */
  sweep(): void {
    const [first] = this.columns;
    if (!first) return;
    for (const column of this.columns) this.#cancel(column);
    this.columns = SWEEP.map((temperature) => {
      const column = new Column(++this.#count, $state.snapshot(first.prompt));
      column.model = first.model;
      column.variables = { ...$state.snapshot(first.variables) };
      column.settings = { ...$state.snapshot(first.settings), temperature };
      return column;
    });
  }

  /** Takes what a lesson proposes. */
  take(trials: Trial[]): void {
    for (const column of this.columns) this.#cancel(column);
    this.given = trials[0]?.passage ?? null;
    this.columns = trials.slice(0, COLUMNS).map(({ prompt, model, draws }) => {
      const column = new Column(++this.#count, prompt);
      column.model = model;
      column.settings = { ...PLAIN, ...draws[0]?.settings };
      return column;
    });
    const [draw] = trials[0]?.draws ?? [];
    if (draw) this.seed = draw.seed;
    this.candidates = Math.max(1, trials[0]?.draws.length ?? 1);
  }

  /** Asks all columns. */
  async run(): Promise<void> {
    this.said = t("playground-said-begun");
    const passage = this.given ?? (await this.#passages.passage(this.source));
    for (const column of this.columns) this.#cancel(column);
    await Promise.all(this.#together(passage).map((columns) => this.#ask(columns, passage)));
  }

  stop(): void {
    for (const column of this.columns) this.#cancel(column);
    this.said = t("playground-said-stopped");
  }

  /** What was tried as an experiment, so far as one has columns like these. */
  async plan(name: string): Promise<ExperimentPlan> {
    const labels = this.columns.flatMap(({ prompt }) => (prompt.kind === "version" ? [prompt.label] : []));
    const models = this.columns.map(({ model }) => model ?? this.#around.model());
    const settings = this.columns.map((column) => JSON.stringify($state.snapshot(column.settings)));
    const passage = this.given ?? (await this.#passages.passage(this.source));
    const passages = this.columns.map((column) => JSON.stringify(column.filled(passage)));
    return {
      name,
      prompts: [...new Set(labels)],
      models: [...new Set(models)].map(here),
      settings: [...new Set(settings)].map((one) => JSON.parse(one) as TrialSettings),
      passages: [...new Set(passages)].map((one) => JSON.parse(one) as Passage),
      repeats: Math.max(1, this.candidates),
      seed: this.seed,
      project: this.source.from === "page" ? this.#around.project() : null,
      scorer: null,
      checks: "",
    };
  }

  /** Columns in groups that read the same: the same prompt on the same model, wanting as many words. */
  #together(passage: Passage): Column[][] {
    const groups = new Map<string, Column[]>();
    for (const column of this.columns) {
      const { prompt, model, settings } = column;
      const read = JSON.stringify([prompt, model, settings.words ?? null, column.filled(passage)]);
      const most = Math.max(1, Math.floor(TOGETHER / Math.max(1, this.candidates)));
      let nth = 0;
      while ((groups.get(`${nth} ${read}`)?.length ?? 0) >= most) nth++;
      const key = `${nth} ${read}`;
      groups.set(key, [...(groups.get(key) ?? []), column]);
    }
    return [...groups.values()];
  }

  async #ask(columns: Column[], passage: Passage): Promise<void> {
    const [first] = columns as [Column, ...Column[]];
    const request = `trial-${Date.now().toString(36)}-${first.key}`;
    const each = this.candidates;
    for (const column of columns) {
      column.begin(request, each);
      column.others = columns.length - 1;
    }
    const onPage = this.source.from === "page" && !this.given;
    const draws = columns.flatMap((column) => {
      const settings = $state.snapshot(column.settings);
      return column.texts.map((_, at) => ({ settings, seed: this.seed + at }));
    });
    const trial: Trial = {
      request,
      prompt: $state.snapshot(first.prompt),
      model: first.model,
      passage: first.filled(passage),
      project: onPage ? this.#around.project() : null,
      scene: onPage ? this.#around.scene() : null,
      draws,
    };
    const meant = () => columns.filter((column) => column.request === request);
    try {
      await this.#host.startTrial(trial, (event) => {
        for (const column of meant()) column.hear(event, columns.indexOf(column) * each);
        if (!meant().length) return;
        if (!this.live && this.said !== t("playground-said-done")) this.said = t("playground-said-done");
      });
    } catch (thrown) {
      for (const column of meant()) column.fail(problemOf(thrown));
    }
  }

  #cancel(column: Column): void {
    if (!column.live) return;
    column.state = "done";
    // Another column may still come with the same request.
    if (this.columns.some(({ live, request }) => live && request === column.request)) return;
    void this.#around.notices.attempt("workbench", this.#host.cancelAction(column.request));
  }
}
