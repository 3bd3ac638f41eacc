// Tells the library what became of each candidate, so that it is known later who wrote what.
import type { Piece } from "../../editor/page";
import { type Host, type Problem, problemOf } from "../../host/host";
import type { Asked } from "./asked.svelte";

export class Outcomes {
  readonly #host: Pick<Host, "recordOutcome">;
  readonly #trouble: (problem: Problem) => void;

  constructor(host: Pick<Host, "recordOutcome">, trouble: (problem: Problem) => void) {
    this.#host = host;
    this.#trouble = trouble;
  }

  /** Words of a candidate went into the text; none: it was left. */
  record(request: string, candidate: number, text: string): void {
    this.#host
      .recordOutcome({ request, candidate, verdict: text ? "accepted" : "rejected", text })
      .catch((thrown) => this.#trouble(problemOf(thrown)));
  }

  /** All candidates of a request, by what was used of them. */
  recordAll(asked: Asked): void {
    asked.candidates.forEach(({ text }, index) => {
      if (text) this.record(asked.id, index, asked.used.get(index) ?? "");
    });
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
