// Keeps what is typed into forms: cards, lore, briefs. Each thing has a name of its own (`card-12`); what was typed last is
// on its way 400 ms after the last key, one save of a thing at a time. Nothing is let go of before it is on disk: what the
// library cannot take just now is tried again until it can, and can be asked for meanwhile.
import { type Problem, problemOf } from "../host/host";
import { Takebacks } from "./takebacks.svelte";

const AFTER_LAST_KEY = 400;
const RETRIES = [1000, 2000, 5000, 10_000];

interface Kept {
  value: unknown;
  /** Whether what was typed last is on disk. */
  done: boolean;
  save: () => Promise<unknown>;
  timer: ReturnType<typeof setTimeout> | undefined;
  flight: Promise<boolean> | null;
  failures: number;
  /** It was refused as it is, and waits for something else to be typed. */
  refused: boolean;
}

export class Keeper {
  /** What keeps something from being kept. */
  problem = $state<Problem | null>(null);
  readonly takebacks = new Takebacks();

  readonly #told: (problem: Problem | null) => void;
  readonly #all = new Map<string, Kept>();

  /** `told` hears what goes wrong, and `null` when all is well again. */
  constructor(told: (problem: Problem | null) => void) {
    this.#told = told;
  }

  /** Something is otherwise now; `save` takes it to disk. */
  put(name: string, value: unknown, save: () => Promise<unknown>): void {
    const kept = this.#all.get(name) ?? {
      timer: undefined,
      flight: null,
      failures: 0,
      refused: false,
      done: true,
    };
    const now: Kept = Object.assign(kept, { value, save, done: false });
    this.#all.set(name, now);
    // One that the library could not take has its next try already.
    if (!now.failures || now.refused) this.#wait(name, now, AFTER_LAST_KEY);
  }

  /** What was typed and is not on disk yet: whoever reads from there must not show less. */
  draft<T>(name: string): T | undefined {
    return this.#all.get(name)?.value as T | undefined;
  }

  /** Whether anything is not on disk yet. */
  get busy(): boolean {
    return this.#all.size > 0;
  }

  /** Keeps now what is not on disk yet; true when all of it is. */
  async flush(): Promise<boolean> {
    const all = await Promise.all([...this.#all.keys()].map((name) => this.#run(name)));
    return all.every(Boolean);
  }

  #wait(name: string, kept: Kept, ms: number): void {
    clearTimeout(kept.timer);
    kept.timer = setTimeout(() => void this.#run(name), ms);
  }

  #run(name: string): Promise<boolean> {
    const kept = this.#all.get(name);
    if (!kept) return Promise.resolve(true);
    kept.flight ??= this.#work(name, kept).finally(() => (kept.flight = null));
    return kept.flight;
  }

  async #work(name: string, kept: Kept): Promise<boolean> {
    while (!kept.done) {
      clearTimeout(kept.timer);
      kept.done = true;
      try {
        await kept.save();
      } catch (thrown) {
        this.#failed(name, kept, problemOf(thrown));
        return false;
      }
    }
    this.#all.delete(name);
    if (this.problem && ![...this.#all.values()].some(({ failures }) => failures)) this.#tell(null);
    return true;
  }

  #failed(name: string, kept: Kept, problem: Problem): void {
    const newer = !kept.done;
    kept.done = false;
    const after = RETRIES[Math.min(kept.failures++, RETRIES.length - 1)]!;
    // What is refused is refused again as it is; a library that cannot be written may be able to later.
    kept.refused = problem.code !== "library";
    if (!kept.refused) this.#wait(name, kept, after);
    else if (newer) this.#wait(name, kept, AFTER_LAST_KEY);
    this.#tell(problem);
  }

  #tell(problem: Problem | null): void {
    this.problem = problem;
    this.#told(problem);
  }
}
