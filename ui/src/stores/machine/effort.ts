// How much was written and taken out again of late: a sentence that is fought over shows in it.

/** What counts as of late, in milliseconds. */
const LATELY = 10 * 60_000;

export class Effort {
  #words = 0;
  #changes: { at: number; by: number }[] = [];

  /** Another page is open, with so many words. */
  begin(words: number): void {
    this.#words = words;
    this.#changes = [];
  }

  /** The page has so many words now. */
  note(words: number, at = Date.now()): void {
    const by = words - this.#words;
    this.#words = words;
    if (by) this.#changes.push({ at, by });
    while (this.#changes[0] && this.#changes[0].at < at - LATELY) this.#changes.shift();
  }

  /** Words put in and taken out of late. */
  lately(at = Date.now()): { added: number; removed: number } {
    const changes = this.#changes.filter((change) => change.at >= at - LATELY);
    const sum = (sign: 1 | -1) => changes.reduce((all, { by }) => all + Math.max(0, by * sign), 0);
    return { added: sum(1), removed: sum(-1) };
  }
}
