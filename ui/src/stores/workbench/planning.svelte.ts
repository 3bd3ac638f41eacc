// An experiment that is being thought out: what is compared, on what, and how many answers that makes.
import type { ActionKind, ExperimentPlan, ModelChoice, TrialSettings } from "../../host/host";
import type { Around } from "./around";
import type { Passages } from "./passages.svelte";

export const PLAIN: TrialSettings = {
  name: "",
  temperature: null,
  top_p: null,
  top_k: null,
  min_p: null,
  repetition_penalty: null,
  words: null,
};

/** A model on this machine; the one in use where none is named. */
export const here = (model: string): ModelChoice => ({
  model,
  endpoint: null,
  key_variable: null,
  chat: null,
});

export class Planning {
  name = $state("");
  action = $state<ActionKind>("continue");
  prompts = $state<string[]>([]);
  models = $state<ModelChoice[]>([]);
  settings = $state<TrialSettings[]>([{ ...PLAIN }]);
  set = $state<number | null>(null);
  repeats = $state(2);
  seed = $state(7);
  /** What every answer is held against, as TOML; empty: the usual. */
  checks = $state("");
  /** The model that a check of perplexity asks, on this machine; empty: the starter. */
  scorer = $state("");
  /** Whether the open manuscript's lore, notes and the like are told. */
  told = $state(false);

  readonly #around: Around;
  readonly #passages: Passages;

  constructor(around: Around, passages: Passages) {
    this.#around = around;
    this.#passages = passages;
  }

  readonly passages = $derived(this.#many());
  readonly answers = $derived(
    this.prompts.length * this.models.length * this.settings.length * this.passages * (this.repeats || 0),
  );
  readonly elsewhere = $derived(this.models.some(({ endpoint }) => endpoint !== null));

  /** Compares versions of one action; what was chosen of another is left. */
  choose(action: ActionKind): void {
    this.action = action;
    this.prompts = [];
  }

  togglePrompt(label: string): void {
    this.prompts = toggled(this.prompts, label);
  }

  toggleModel(id: string): void {
    const there = this.models.some((one) => one.model === id && one.endpoint === null);
    this.models = there
      ? this.models.filter((one) => one.model !== id || one.endpoint !== null)
      : [...this.models, here(id)];
  }

  hasModel(id: string): boolean {
    return this.models.some((one) => one.model === id && one.endpoint === null);
  }

  /** All of it said. */
  async plan(name: string): Promise<ExperimentPlan> {
    return {
      name: this.name.trim() || name,
      prompts: $state.snapshot(this.prompts),
      models: $state.snapshot(this.models),
      settings: $state.snapshot(this.settings),
      passages: this.set === null ? [this.#passages.onPage()] : await this.#passages.all(this.set),
      repeats: this.repeats,
      seed: this.seed,
      project: this.told ? this.#around.project() : null,
      scorer: this.scorer || null,
      checks: this.checks.trim(),
    };
  }

  #many(): number {
    if (this.set === null) return 1;
    return this.#passages.sets.find(({ id }) => id === this.set)?.passages ?? 0;
  }
}

function toggled(list: string[], one: string): string[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}
