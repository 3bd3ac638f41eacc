// Keeps the page on disk. A save follows 400 ms after the last key and, while typing goes on, at least every
// second; one is in flight at a time and each names the version it was made on. "Saved" is said only after the
// host said so, and a failed save is tried again until it goes through.
import { type Host, type Problem, problemOf, type Saved } from "../host/host";

const AFTER_LAST_KEY = 400;
const AT_LEAST_EVERY = 1000;
const RETRIES = [1000, 2000, 5000, 10_000];

/** What is to be saved. */
export interface Draft {
  document: string;
  text: string;
}

/** What autosave needs of its owner. */
export interface Owner {
  /** Read at the last moment. */
  draft(): Draft;
  /** A save of this text went through. */
  saved(saved: Saved, text: string): void;
  /** A save failed; `problem` says how. */
  failed(): void;
}

export class Autosave {
  state = $state<"saved" | "waiting" | "saving" | "failed" | "conflict">("saved");
  problem = $state<Problem | null>(null);

  readonly #host: Pick<Host, "saveScene">;
  readonly #owner: Owner;
  #scene: number | null = null;
  #version = 0;
  /** Counts changes, so that a save knows whether the page went on while it was under way. */
  #changes = 0;
  #kept = 0;
  #firstUnsaved = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flight: Promise<void> | null = null;

  constructor(host: Pick<Host, "saveScene">, owner: Owner) {
    this.#host = host;
    this.#owner = owner;
  }

  /** Begins to keep another scene; what the last one still had to save must be flushed before. */
  open(scene: number, version: number): void {
    clearTimeout(this.#timer);
    this.#scene = scene;
    this.#version = version;
    this.#changes = this.#kept = this.#failures = 0;
    this.state = "saved";
    this.problem = null;
  }

  /** Stops keeping, for a page that could not be read and must not be written over. */
  close(): void {
    clearTimeout(this.#timer);
    this.#scene = null;
  }

  /** The version that the page was made from. */
  get version(): number {
    return this.#version;
  }

  /** The page changed. */
  touch(): void {
    if (this.#scene === null) return;
    const now = Date.now();
    if (this.#changes === this.#kept) this.#firstUnsaved = now;
    this.#changes++;
    if (this.state === "failed" || this.state === "conflict") return;
    if (this.state === "saved") this.state = "waiting";
    if (!this.#flight) this.#wait(Math.min(AFTER_LAST_KEY, this.#firstUnsaved + AT_LEAST_EVERY - now));
  }

  /** Saves now what is unsaved; true when all of it is on disk. */
  async flush(): Promise<boolean> {
    while (this.unsaved && this.state !== "conflict") {
      await this.#save();
      if (this.state === "failed") break;
    }
    return !this.unsaved;
  }

  /**
   * Saves the page as it stands at this moment, then does `work`, and only then saves what comes onto the page from now on.
   * So nobody waits for words of a machine to go in, and yet the library has the author's own state, and is told whose words
   * come, before it sees them: it is the next save that waits, as it does for any save under way.
   */
  before(work: () => Promise<unknown>): void {
    const [scene, changes] = [this.#scene, this.#changes];
    const draft = this.unsaved ? this.#owner.draft() : null;
    const flight = this.#flight;
    clearTimeout(this.#timer);
    void this.#fly(async () => {
      await flight;
      const wanted = this.#scene === scene && this.#kept < changes && this.state !== "conflict";
      if (draft && wanted) await this.#send(draft, changes);
      await work();
      if (this.unsaved && this.state === "waiting") this.#wait(AFTER_LAST_KEY);
    });
  }

  /** After a conflict: save this page over the version that is there. */
  async overwrite(version: number): Promise<boolean> {
    this.#version = version;
    this.state = "waiting";
    this.problem = null;
    return this.flush();
  }

  /** Whether something on the page is not on disk. */
  get unsaved(): boolean {
    return this.#scene !== null && this.#changes !== this.#kept;
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), Math.max(0, ms));
  }

  #save(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#flight ?? this.#fly(() => this.#send());
  }

  /** One thing at a time; the next one waits for it. */
  #fly(work: () => Promise<void>): Promise<void> {
    const flight = work().finally(() => {
      if (this.#flight === flight) this.#flight = null;
    });
    this.#flight = flight;
    return flight;
  }

  async #send(draft?: Draft, changes = this.#changes): Promise<void> {
    const scene = this.#scene;
    if (scene === null) return;
    if (this.state === "waiting") this.state = "saving";
    try {
      const { document, text } = draft ?? this.#owner.draft();
      const saved = await this.#host.saveScene({ scene, base_version: this.#version, document, text });
      if (this.#scene !== scene) return;
      this.#version = saved.version;
      this.#kept = changes;
      this.#failures = 0;
      this.problem = null;
      this.#owner.saved(saved, text);
      this.#firstUnsaved = Date.now();
      this.state = this.unsaved ? "waiting" : "saved";
      if (this.unsaved) this.#wait(AFTER_LAST_KEY);
    } catch (thrown) {
      if (this.#scene !== scene) return;
      this.problem = problemOf(thrown);
      this.state = this.problem.code === "conflict" ? "conflict" : "failed";
      if (this.state === "failed") this.#wait(RETRIES[Math.min(this.#failures++, RETRIES.length - 1)]!);
      this.#owner.failed();
    }
  }
}
