// Words come some thirty times a second, and with each the page is drawn anew: a key that falls into such a drawing waits for
// the next. While the writer types they are gathered, and shown some times a second.
import type { ActionEvent } from "../../host/host";

/** Milliseconds after a key for which the writer is taken to go on typing. */
const TYPING = 500;
/** Milliseconds for which words are gathered meanwhile. */
const APART = 250;

type Words = Extract<ActionEvent, { event: "text" }>;
type Tell = (event: ActionEvent) => void;

export class Gathered {
  #held: { words: Words; tell: Tell }[] = [];
  #typed = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The writer has typed something. */
  typed(): void {
    this.#typed = performance.now();
  }

  /** Tells of an event, at once or with the words that come after it. */
  hear(event: ActionEvent, tell: Tell): void {
    if (event.event !== "text" || performance.now() - this.#typed > TYPING) {
      this.flush();
      return tell(event);
    }
    const before = this.#held.find((one) => one.tell === tell && one.words.candidate === event.candidate);
    if (before) before.words = { ...event, text: before.words.text + event.text };
    else this.#held.push({ words: event, tell });
    this.#timer ??= setTimeout(() => this.flush(), APART);
  }

  /** Tells of all that is held. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { words, tell } of this.#held.splice(0)) tell(words);
  }
}
