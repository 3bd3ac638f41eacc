// Lessons: what a prompt, a temperature or a context is, each with something to try.
import type { Lesson, PromptsHost } from "../../host/host";
import { language } from "../../words/words.svelte";

export class Lessons {
  list = $state.raw<Lesson[]>([]);
  shown = $state<string | null>(null);

  readonly #host: Pick<PromptsHost, "lessons">;
  #language = "";

  constructor(host: Pick<PromptsHost, "lessons">) {
    this.#host = host;
  }

  readonly lesson = $derived(this.list.find(({ id }) => id === this.shown) ?? null);

  /** In the language of the window. */
  async load(): Promise<void> {
    if (this.#language === language()) return;
    this.#language = language();
    this.list = await this.#host.lessons(this.#language);
  }
}
