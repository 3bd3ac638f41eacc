// “Unstick me”: looks at where the writer is, asks two short questions at most, and has the fitting action run. The
// diagnosis stays in sight and can be overruled.
import {
  type Action,
  type Host,
  type Problem,
  problemOf,
  type Situation,
  type Stuck,
  type StuckAnswer,
  type UnstickStep,
} from "../../host/host";

/** What it needs of those around it. */
export interface Around {
  situation(): Situation;
  /** Runs what helps. */
  act(action: Action): void;
  trouble(problem: Problem): void;
}

export const KINDS: readonly Stuck[] = [
  "what_next",
  "how_to_say_it",
  "too_much",
  "lost_thread",
  "blank_page",
];

export class Unstick {
  /** What is asked or known; none: it was not called for. */
  step = $state.raw<UnstickStep | null>(null);
  /** How many questions were answered. */
  asked = $state(0);

  readonly #host: Pick<Host, "unstick">;
  readonly #around: Around;
  #situation: Situation = {};
  #answers: StuckAnswer[] = [];

  constructor(host: Pick<Host, "unstick">, around: Around) {
    this.#host = host;
    this.#around = around;
  }

  /** Begins anew, from where the writer is. */
  async begin(): Promise<void> {
    this.#situation = this.#around.situation();
    this.#answers = [];
    this.asked = 0;
    await this.#next(null);
  }

  async answer(answer: StuckAnswer): Promise<void> {
    this.#answers.push(answer);
    this.asked = this.#answers.length;
    await this.#next(null);
  }

  /** It is stuck in another way than was found. */
  async overrule(stuck: Stuck): Promise<void> {
    await this.#next(stuck);
  }

  close(): void {
    this.step = null;
  }

  async #next(overruled: Stuck | null): Promise<void> {
    try {
      this.step = await this.#host.unstick(this.#situation, this.#answers, overruled);
    } catch (thrown) {
      this.step = null;
      return this.#around.trouble(problemOf(thrown));
    }
    if (this.step.step === "known") this.#around.act(this.step.action);
  }
}
