// What a prompt would send for a passage, while it is being written: planned below a moment after the last key.
import {
  type ContextPlan,
  type Problem,
  problemOf,
  type PromptChoice,
  type PromptsHost,
} from "../../host/host";
import type { Around } from "./around";
import type { Passages, Source } from "./passages.svelte";

const PAUSE = 350;

export class Rendering {
  /** What it is tried on. */
  source = $state<Source>({ from: "page" });
  plan = $state.raw<ContextPlan | null>(null);
  state = $state<"asking" | "ready" | "waiting" | "failed">("ready");
  problem = $state<Problem | null>(null);
  /** Where in the text its beginning was cut; null where it was not, or the place is not found. */
  cut = $state<number | null>(null);

  readonly #host: PromptsHost;
  readonly #around: Around;
  readonly #passages: Passages;
  readonly #choice: () => PromptChoice | null;
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: PromptsHost, around: Around, passages: Passages, choice: () => PromptChoice | null) {
    this.#host = host;
    this.#around = around;
    this.#passages = passages;
    this.#choice = choice;
  }

  tryOn(source: Source): void {
    this.source = source;
    void this.again();
  }

  /** Plans anew after a pause. */
  soon(): void {
    this.state = "asking";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.again(), PAUSE);
  }

  async again(): Promise<void> {
    clearTimeout(this.#timer);
    const prompt = this.#choice();
    if (!prompt) return;
    const turn = ++this.#turn;
    this.state = "asking";
    try {
      const passage = await this.#passages.passage(this.source);
      const onPage = this.source.from === "page";
      const plan = await this.#host.planTrial({
        request: "plan",
        prompt,
        model: null,
        passage,
        project: onPage ? this.#around.project() : null,
        scene: onPage ? this.#around.scene() : null,
        draws: [],
      });
      if (turn !== this.#turn) return;
      this.plan = plan;
      this.cut = plan.cut ?? null;
      this.state = "ready";
      this.problem = null;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.problem = problemOf(thrown);
      this.state = this.problem.code === "not_ready" ? "waiting" : "failed";
    }
  }
}
