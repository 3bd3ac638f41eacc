// Experiments: which there are and how they get on, and what came of the one that is looked at.
import {
  type AnswerLine,
  type AnswerQuery,
  type ArmResult,
  type ExperimentPlan,
  type ExperimentResults,
  type ExperimentsHost,
  type ExperimentSummary,
  type JudgeTask,
  type ResultsFormat,
} from "../../host/host";
import { t } from "../../words/words.svelte";
import type { Around } from "./around";

/** Which answers are listed. */
export interface Filter {
  arm: number | null;
  /** Only those that failed this check. */
  check: number | null;
  /** Only those to this passage, by its number. */
  passage: number | null;
  /** Only those to passages in this language. */
  language: string | null;
}

const ALL: Filter = { arm: null, check: null, passage: null, language: null };

/** So many answers are listed at once: thousands would make the page slow. */
const MANY = 60;

/** Answers come fast where models are small: what came of them is counted again this often at most. */
const COUNTED = 800;

/** Whether all is there but what failed, which can be tried again. */
export function onlyFailedLeft({ state, done, total, failed }: ExperimentSummary): boolean {
  return state === "paused" && failed > 0 && done >= total;
}

export class Experiments {
  /** All, also those that were put away. */
  all = $state.raw<ExperimentSummary[]>([]);
  /** The one that is looked at, also while something else is. */
  open = $state<number | null>(null);
  plan = $state.raw<ExperimentPlan | null>(null);
  results = $state.raw<ExperimentResults | null>(null);
  /** Of those that are meant, as many as are listed. */
  answers = $state.raw<AnswerLine[]>([]);
  /** How many are meant. */
  meant = $state(0);
  filter = $state.raw<Filter>(ALL);
  /** Answers that are compared with each other, two at most. */
  compared = $state.raw<AnswerLine[]>([]);
  /** What is read out: that one begins, and that it is done. */
  said = $state("");

  readonly #host: ExperimentsHost;
  readonly #around: Around;
  readonly #open: (id: number) => void;
  #watching = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  /** `open`: goes to one. */
  constructor(host: ExperimentsHost, around: Around, open: (id: number) => void) {
    this.#host = host;
    this.#open = open;
    this.#around = around;
  }

  readonly list = $derived(this.all.filter(({ archived }) => !archived));
  readonly archived = $derived(this.all.filter(({ archived }) => archived));
  readonly summary = $derived(this.list.find(({ id }) => id === this.open) ?? null);
  /** The arm that is chosen more often than the others, beyond chance. */
  readonly leader = $derived<ArmResult | null>(
    this.results?.arms.find(({ arm }) => arm === this.results?.leader) ?? null,
  );

  async watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    await this.#host.watchExperiments((list) => this.#told(list));
  }

  /** Looks at what was chosen of last, so that its winner is at hand. */
  async recall(): Promise<void> {
    const chosen = this.list.find(({ votes }) => votes > 0);
    if (this.open === null && chosen) await this.look(chosen.id);
  }

  async look(id: number): Promise<void> {
    if (id !== this.open) {
      this.open = id;
      this.results = this.plan = null;
      this.answers = [];
      this.meant = 0;
      this.filter = ALL;
      this.compared = [];
    }
    await this.count();
  }

  /** What came of the open one so far. */
  async count(): Promise<void> {
    const id = this.open;
    if (id === null) return;
    const asked = ++this.#asked;
    const [results, page, plan] = await Promise.all([
      this.#host.experimentResults(id),
      this.#host.experimentAnswers(id, this.#query(0, Math.max(MANY, this.answers.length))),
      this.plan ?? this.#host.experimentPlan(id),
    ]);
    if (asked !== this.#asked || id !== this.open) return;
    this.results = results;
    this.answers = page.lines;
    this.meant = page.total;
    this.plan = plan;
  }

  /** Lists other answers. */
  async show(filter: Partial<Filter>): Promise<void> {
    this.filter = { ...this.filter, ...filter };
    this.answers = [];
    await this.more();
  }

  /** Lists the next answers too. */
  async more(): Promise<void> {
    const { open: id, filter } = this;
    if (id === null) return;
    const page = await this.#host.experimentAnswers(id, this.#query(this.answers.length, MANY));
    if (id !== this.open || filter !== this.filter) return;
    this.answers = [...this.answers, ...page.lines];
    this.meant = page.total;
  }

  #query(from: number, most: number): AnswerQuery {
    const { check, ...of } = this.filter;
    return { ...of, failed: check, from, most };
  }

  arm(of: number): ArmResult | undefined {
    return this.results?.arms.find(({ arm }) => arm === of);
  }

  /** The one that comes with Foolscap. */
  sample(): Promise<ExperimentPlan> {
    return this.#host.sampleExperiment();
  }

  /** Makes one and begins it; its number. */
  async begin(plan: ExperimentPlan): Promise<number> {
    const { id } = await this.#host.newExperiment(plan);
    await this.#host.startExperiment(id);
    return id;
  }

  /** Stops for a while, or goes on. */
  async toggle(id: number): Promise<void> {
    const paused = this.list.find((one) => one.id === id)?.state === "paused";
    await (paused ? this.#host.startExperiment(id) : this.#host.pauseExperiment(id));
  }

  async archive(id: number, archived: boolean): Promise<void> {
    const name = this.list.find((one) => one.id === id)?.name ?? "";
    await this.#host.archiveExperiment(id, archived);
    const { notices } = this.#around;
    const go = () => {
      notices.dismiss("step");
      void notices.attempt("workbench", this.archive(id, false));
    };
    if (archived)
      notices.mention("step", t("experiment-archived", { name }), [{ label: t("tree-undo"), go }]);
  }

  /** A model judges too. */
  async judge(model: string, task: JudgeTask): Promise<void> {
    if (this.open === null) return;
    await this.#host.judgeExperiment(this.open, model, task);
    await this.count();
  }

  async save(format: ResultsFormat): Promise<void> {
    if (this.open === null) return;
    const name = this.summary?.name ?? t("experiment");
    const file = await this.#host.chooseResultsFile(name, format);
    if (file === null) return;
    await this.#host.saveResults(this.open, format, file);
    this.#around.notices.mention("step", t("experiment-written", { file }));
  }

  /** Compares an answer with another, or no more. */
  compare(answer: AnswerLine): void {
    const rest = this.compared.filter(({ id }) => id !== answer.id);
    this.compared = rest.length < this.compared.length ? rest : [...rest.slice(-1), answer];
  }

  /** Said to who does not look, and shown to who is on the page. */
  #ended({ id }: ExperimentSummary, said: string): void {
    this.said = said;
    const { notices } = this.#around;
    if (this.#around.here()) return;
    const go = () => {
      notices.dismiss("experiment");
      this.#open(id);
    };
    notices.mention("experiment", this.said, [{ label: t("experiment-see"), go }]);
  }

  #told(list: ExperimentSummary[]): void {
    for (const now of list) {
      const before = this.all.find(({ id }) => id === now.id);
      if (before && before.state !== now.state) {
        const { name } = now;
        if (now.state === "done") this.#ended(now, t("experiment-said-done", { name }));
        else if (onlyFailedLeft(now)) this.#ended(now, t("experiment-said-failed", { name, n: now.failed }));
        else if (before.state === "paused") this.said = t("experiment-said-begun", { name });
        else if (now.state === "paused") this.said = t("experiment-said-paused", { name });
      }
    }
    this.all = list;
    if (!list.some(({ id }) => id === this.open)) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#around.notices.attempt("workbench", this.count());
    }, COUNTED);
  }
}
