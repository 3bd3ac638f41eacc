// One answer with all that is needed to have it again, and what the writer thinks of it.
import type { Answer, ExperimentsHost, Flag } from "../../host/host";

/** A stretch of an answer, and what is wrong with it. */
export interface Piece {
  text: string;
  why: string[];
}

export class Answers {
  answer = $state.raw<Answer | null>(null);

  readonly #host: ExperimentsHost;
  #asked = 0;

  constructor(host: ExperimentsHost) {
    this.#host = host;
  }

  async look(id: number): Promise<void> {
    const asked = ++this.#asked;
    if (this.answer?.line.id !== id) this.answer = null;
    const answer = await this.#host.experimentAnswer(id);
    if (asked === this.#asked) this.answer = answer;
  }

  /** From 1 to 5; the same again takes it back. */
  async rate(stars: number): Promise<void> {
    if (!this.answer) return;
    const { line, note } = this.answer;
    await this.#keep(line.rating === stars ? null : stars, note);
  }

  async note(note: string): Promise<void> {
    if (this.answer) await this.#keep(this.answer.line.rating, note);
  }

  async #keep(rating: number | null, note: string): Promise<void> {
    const { answer } = this;
    if (!answer) return;
    await this.#host.rateAnswer(answer.line.id, rating, note);
    if (this.answer?.line.id === answer.line.id)
      this.answer = { ...this.answer, note, line: { ...this.answer.line, rating } };
  }
}

/** An answer cut where its quotes begin and end; a quote that is not found is left out. */
export function pieces(text: string, flags: Flag[]): Piece[] {
  const found = flags.flatMap(({ quote, why }) => {
    const from = quote ? text.indexOf(quote) : -1;
    return from < 0 ? [] : [{ from, to: from + quote.length, why }];
  });
  const cuts = [...new Set([0, text.length, ...found.flatMap(({ from, to }) => [from, to])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((to, at) => {
    const from = cuts[at]!;
    const why = found.filter((one) => one.from <= from && one.to >= to).map((one) => one.why);
    return { text: text.slice(from, to), why: [...new Set(why)] };
  });
}
