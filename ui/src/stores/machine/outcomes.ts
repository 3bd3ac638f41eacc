// Tells the library what became of each candidate, so that it is known later who wrote what.
import type { Piece } from "../../editor/page";
import { type Host, type Outcome, type Problem, problemOf } from "../../host/host";
import type { Asked } from "./asked.svelte";

/** Saves the page as it stands, does something, and only then saves what comes onto the page meanwhile. */
export type SaveBefore = (work: () => Promise<unknown>) => void;

export class Outcomes {
  readonly #host: Pick<Host, "recordOutcome">;
  readonly #saveBefore: SaveBefore;
  readonly #trouble: (problem: Problem) => void;
  /** What is told once the page is saved. */
  #held: Outcome[] | null = null;
  /** What was told of each candidate last: the library takes the later one for what holds. */
  readonly #told = new Map<string, Promise<void>>();

  constructor(
    host: Pick<Host, "recordOutcome">,
    saveBefore: SaveBefore,
    trouble: (problem: Problem) => void = () => undefined,
  ) {
    this.#host = host;
    this.#saveBefore = saveBefore;
    this.#trouble = trouble;
  }

  /**
   * Words of a machine are about to go in. The library keeps the scene as it is there when it is told of them, so the page is
   * saved first as it stands now, and with those words in it not before they are told. The words wait for none of that.
   */
  hold(): void {
    const held: Outcome[] = [];
    this.#held = held;
    this.#saveBefore(() => {
      if (this.#held === held) this.#held = null;
      return Promise.all(held.map((outcome) => this.#tell(outcome)));
    });
  }

  /** Words of a candidate went into the text; none: it was left. */
  record(request: string, candidate: number, text: string): void {
    const outcome: Outcome = { request, candidate, verdict: text ? "accepted" : "rejected", text };
    if (this.#held) this.#held.push(outcome);
    else void this.#tell(outcome);
  }

  /** All candidates of a request, by what was used of them, as far as that is news. */
  recordAll(asked: Asked): void {
    for (const { candidate, text } of asked.tell()) this.record(asked.id, candidate, text);
  }

  #tell(outcome: Outcome): Promise<void> {
    const key = `${outcome.request}/${outcome.candidate}`;
    const record = () => this.#host.recordOutcome(outcome);
    const before = this.#told.get(key);
    const told = (before ? before.then(record) : record())
      .catch((thrown) => this.#trouble(problemOf(thrown)))
      .finally(() => {
        if (this.#told.get(key) === told) this.#told.delete(key);
      });
    this.#told.set(key, told);
    return told;
  }
}

/** The words of pieces by the candidate they came from, in their order. */
export function byOrigin(pieces: readonly Piece[]): { request: string; candidate: number; text: string }[] {
  const found: { request: string; candidate: number; text: string }[] = [];
  for (const { request, candidate, text } of pieces) {
    if (request === null) continue;
    const known = found.find((one) => one.request === request && one.candidate === candidate);
    if (known) known.text += text;
    else found.push({ request, candidate, text });
  }
  return found;
}
