// Lessons: what a prompt, a temperature or a context is, each with something to try.
import type { Lesson, PromptsHost } from "../../host/host";

export class Lessons {
  list = $state.raw<Lesson[]>([]);
  shown = $state<string | null>(null);

  readonly #host: Pick<PromptsHost, "lessons">;

  constructor(host: Pick<PromptsHost, "lessons">) {
    this.#host = host;
  }

  readonly lesson = $derived(this.list.find(({ id }) => id === this.shown) ?? null);

  async load(): Promise<void> {
    if (!this.list.length) this.list = await this.#host.lessons();
  }
}
