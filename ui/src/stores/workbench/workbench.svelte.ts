// The workbench of prompts: what is looked at in it, and the stores behind it. Only here do they know of each other.
import { untrack } from "svelte";
import type { ActionKind, ExperimentPlan, Host, TrialSettings } from "../../host/host";
import { t } from "../../words/words.svelte";
import { Answers } from "./answers.svelte";
import type { Around } from "./around";
import { Choosing } from "./choosing.svelte";
import { Editing } from "./editing.svelte";
import { Experiments } from "./experiments.svelte";
import { Lessons } from "./lessons.svelte";
import { Passages } from "./passages.svelte";
import { here, Planning } from "./planning.svelte";
import { Playground } from "./playground.svelte";
import { Prompts } from "./prompts.svelte";
import { Rendering } from "./rendering.svelte";

/** What the main part of the view shows; of which prompt, set and experiment, the stores say. */
export type Place =
  | "nothing"
  | "prompt"
  | "playground"
  | "passages"
  | "planning"
  | "experiment"
  | "choosing"
  | "answer"
  | "lesson";

/** What stands beside the text of a prompt. */
export const PANES = ["rendered", "versions"] as const;
export type Pane = (typeof PANES)[number];

/** What was found to be best, as an action is asked with it. */
export interface Winner {
  action: ActionKind;
  prompt: string;
  settings: TrialSettings;
}

export class Workbench {
  at = $state<Place>("nothing");
  pane = $state<Pane>("rendered");
  readonly prompts: Prompts;
  readonly editing: Editing;
  readonly rendering: Rendering;
  readonly passages: Passages;
  readonly experiments: Experiments;
  readonly planning: Planning;
  readonly choosing: Choosing;
  readonly answers: Answers;
  readonly playground: Playground;
  readonly lessons: Lessons;

  readonly around: Around;

  constructor(host: Host, around: Around) {
    this.around = around;
    this.prompts = new Prompts(host, around);
    this.passages = new Passages(host, around);
    this.editing = new Editing(host, this.prompts, around, () => this.rendering.soon());
    this.rendering = new Rendering(host, around, this.passages, () => this.editing.choice);
    this.experiments = new Experiments(host, around, (id) => {
      around.go();
      this.see(this.openExperiment(id));
    });
    this.planning = new Planning(around, this.passages);
    this.choosing = new Choosing(host, () => this.experiments.count());
    this.answers = new Answers(host);
    this.playground = new Playground(host, around, this.passages, () => this.prompts.load());
    this.lessons = new Lessons(host);
  }

  /** What the experiment that was looked at last found to be best; null where it did not, or not yet. */
  readonly winner = $derived.by<Winner | null>(() => {
    const leader = this.experiments.leader;
    const action = leader && this.prompts.holder(leader.prompt)?.action;
    return action ? { action, prompt: leader.prompt, settings: leader.settings } : null;
  });

  /** What is to be known before anybody looks: how experiments get on, and which prompt won. */
  async recall(): Promise<void> {
    await this.experiments.watch();
    if (!this.experiments.list.some(({ votes }) => votes > 0)) return;
    await this.prompts.load();
    await this.experiments.recall();
  }

  /** What there is now. */
  async show(): Promise<void> {
    await Promise.all([
      this.prompts.load(),
      this.passages.load(),
      this.experiments.watch(),
      this.lessons.load(),
    ]);
    if (this.at === "prompt") await this.rendering.again();
    if (this.at === "experiment") await this.experiments.count();
  }

  async openPrompt(name: string): Promise<void> {
    this.at = "prompt";
    await this.editing.open(name);
  }

  async openVersion(label: string): Promise<void> {
    this.at = "prompt";
    await this.editing.look(label);
  }

  async openSet(id: number): Promise<void> {
    await this.passages.look(id);
    this.at = "passages";
  }

  async openExperiment(id: number): Promise<void> {
    this.at = "experiment";
    await this.experiments.look(id);
  }

  async openAnswer(id: number): Promise<void> {
    this.at = "answer";
    await this.answers.look(id);
  }

  openLesson(id: string): void {
    this.lessons.shown = id;
    this.at = "lesson";
  }

  /** Chooses blind in the experiment that is looked at. */
  async choose(): Promise<void> {
    const { open } = this.experiments;
    if (open === null) return;
    this.at = "choosing";
    await this.choosing.begin(open);
  }

  /** Thinks an experiment out; with the prompt that is looked at, and what is in use. */
  plan(): void {
    const { planning, editing, prompts } = this;
    const prompt = this.at === "prompt" ? editing.prompt : null;
    if (prompt && editing.label) {
      planning.choose(prompt.action);
      const used = prompts.inUse(prompt.action);
      planning.prompts = [...new Set([editing.label, ...(used ? [used] : [])])];
    }
    if (!planning.models.length) planning.models = [here(this.around.model())];
    planning.set ??= this.passages.sets[0]?.id ?? null;
    this.at = "planning";
  }

  async begin(plan: ExperimentPlan): Promise<void> {
    if (!this.around.writable()) return;
    const id = await this.experiments.begin(plan);
    await this.openExperiment(id);
  }

  /** Begins the experiment that comes with Foolscap. */
  async beginWithSample(): Promise<void> {
    if (!this.around.writable()) return;
    const plan = await this.experiments.sample();
    await this.prompts.load();
    await this.begin(plan);
  }

  /** Tries what is looked at beside what is in use. */
  play(): void {
    const { playground, editing, prompts } = this;
    if (this.at === "prompt" && editing.choice && editing.prompt) {
      const used = prompts.inUse(editing.prompt.action);
      playground.columns = [];
      if (used && used !== editing.label) playground.add({ kind: "version", label: used });
      playground.add($state.snapshot(editing.choice));
      playground.tryOn(this.rendering.source);
    }
    if (!playground.columns.length) {
      const used = prompts.inUse("continue");
      if (used) playground.add({ kind: "version", label: used });
    }
    this.at = "playground";
  }

  /** The winner is used from now on: everywhere, or here, where this project has a choice of its own that would go first. */
  async useWinner(): Promise<void> {
    const { winner } = this;
    if (!winner) return;
    const where = this.prompts.chosenHere(winner.action) ? "here" : "everywhere";
    await this.prompts.use(winner.action, where, winner.prompt);
  }

  /** Begins a set of passages: with the place on the page, where something is written there. */
  async newSet(): Promise<void> {
    if (!this.around.writable()) return;
    const place = this.around.place();
    const passages = place?.before.trim() ? [this.passages.onPage()] : [];
    await this.openSet(await this.passages.make(t("passage-unnamed"), passages));
  }

  /** Keeps the place on the page among the passages: in the set that was looked at, or the first. */
  async addPlace(): Promise<void> {
    const place = this.around.place();
    if (!place || !this.around.writable()) return;
    await this.passages.load();
    const id = this.passages.open?.id ?? this.passages.sets[0]?.id;
    if (id === undefined) await this.passages.look(await this.passages.make(t("passage-unnamed"), []));
    else await this.passages.look(id);
    await this.passages.addFromPage(place);
    const { notices } = this.around;
    const go = () => {
      notices.dismiss("step");
      this.around.go();
      this.at = "passages";
    };
    notices.mention("step", t("passage-added", { name: this.passages.open?.name ?? "" }), [
      { label: t("passage-see"), go },
    ]);
  }

  /** Puts what is looked at away. */
  async putAway(): Promise<void> {
    if (!this.around.writable()) return;
    const { at, editing, passages, experiments } = this;
    this.at = "nothing";
    if (at === "prompt" && editing.prompt) await this.prompts.archive(editing.prompt.name, true);
    else if (at === "passages" && passages.open) await passages.archive(passages.open.id, true);
    else if (experiments.open !== null) await experiments.archive(experiments.open, true);
  }

  async importPrompts(): Promise<void> {
    const label = await this.prompts.import();
    if (label) await this.openVersion(label);
  }

  /** Waits for something; what goes wrong with it is told. */
  see(work: Promise<unknown>): void {
    // What is told is not what an effect that asks depends on.
    untrack(() => this.around.notices.dismiss("workbench"));
    void this.around.notices.attempt("workbench", work);
  }
}
