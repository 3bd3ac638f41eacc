// A model on trial: it carries a sample on, so that one sees how it writes, and how fast it is here.
import { type Figures, type Host, type Problem, problemOf } from "../host/host";

type Engine = Pick<Host, "tryModel" | "cancelAction">;

export class Trial {
  text = $state("");
  running = $state(false);
  figures = $state<Figures | null>(null);
  problem = $state<Problem | null>(null);

  readonly #host: Engine;
  #request = "";
  #count = 0;

  constructor(host: Engine) {
    this.#host = host;
  }

  async start(): Promise<void> {
    this.forget();
    const request = `trial-${Date.now()}-${++this.#count}`;
    this.#request = request;
    this.running = true;
    try {
      await this.#host.tryModel(request, (event) => {
        if (request !== this.#request) return;
        if (event.event === "text") this.text += event.text;
        if (event.event === "finished") this.#end(event.figures);
        if (event.event === "failed") this.#end(null, event.problem);
      });
    } catch (thrown) {
      if (request === this.#request) this.#end(null, problemOf(thrown));
    }
  }

  stop(): void {
    if (this.running) void this.#host.cancelAction(this.#request);
  }

  /** Another model's page is open. */
  forget(): void {
    this.stop();
    this.#request = "";
    [this.text, this.figures, this.problem, this.running] = ["", null, null, false];
  }

  #end(figures: Figures | null, problem: Problem | null = null): void {
    [this.running, this.figures, this.problem] = [false, figures, problem];
  }
}
