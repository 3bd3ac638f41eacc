// Choosing blind between two answers. Which prompt wrote which is not known here either, before or after.
import type { BlindPair, ExperimentsHost, Preference } from "../../host/host";
import { t } from "../../words/words.svelte";

export class Choosing {
  pair = $state.raw<BlindPair | null>(null);
  /** False until the first pair is known. */
  ready = $state(false);
  /** Whether how it stands is shown: off, so that it does not lead the next choice. */
  sofar = $state(false);
  busy = $state(false);
  said = $state("");

  readonly #host: ExperimentsHost;
  readonly #counted: () => Promise<void>;
  #experiment: number | null = null;

  /** `counted`: the votes are others now. */
  constructor(host: ExperimentsHost, counted: () => Promise<void>) {
    this.#host = host;
    this.#counted = counted;
  }

  async begin(experiment: number): Promise<void> {
    if (experiment !== this.#experiment) {
      this.#experiment = experiment;
      this.pair = null;
      this.ready = this.sofar = false;
    }
    this.said = "";
    await this.#next();
  }

  async vote(preference: Preference): Promise<void> {
    const { pair } = this;
    if (!pair || this.busy) return;
    await this.#one(async () => {
      await this.#host.vote(pair.pair, preference);
      await this.#next();
      this.said = this.pair ? t(`blind-said-${preference}`) : t("blind-done");
    });
  }

  /** Takes the last choice back. */
  async undo(): Promise<void> {
    const experiment = this.#experiment;
    if (experiment === null || this.busy) return;
    await this.#one(async () => {
      const undone = await this.#host.undoVote(experiment);
      await this.#next();
      this.said = undone ? t("blind-said-undone") : t("blind-said-nothing");
    });
  }

  /** Keys may come faster than answers: one choice at a time. */
  async #one(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await work();
    } finally {
      this.busy = false;
    }
    await this.#counted();
  }

  async #next(): Promise<void> {
    if (this.#experiment === null) return;
    this.pair = await this.#host.nextPair(this.#experiment);
    this.ready = true;
  }
}
