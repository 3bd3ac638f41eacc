// One action of the machine from asking to its outcome: idle → reading → writing → pending → idle. It speaks to
// the host and to the sheet the words are shown on, and is the only place that knows both.
import type { Origin, Place, Suggestion } from "../editor/page";
import { wordsIn } from "../editor/counting";
import {
  type Action,
  type ActionEvent,
  type ContextReport,
  type EndReason,
  type Figures,
  type Host,
  type Problem,
  problemOf,
} from "../host/host";
import { t } from "../words/words.svelte";

export interface Candidate {
  text: string;
  done: boolean;
  reason: EndReason | null;
}

/** What is known of the request that was made last. */
export interface Report {
  model: string;
  prompt: string;
  seed: number;
  context: ContextReport;
}

/** What a session needs of the page. */
export interface Sheet {
  cursor(): Place;
  selection(): Place;
  suggested(): Place | null;
  show(suggestion: Omit<Suggestion, "taken">): void;
  grow(text: string, live: boolean): void;
  take(): string;
  takeWord(): string | null;
  taken(): string;
  leave(forGood?: boolean): void;
  bringBack(): boolean;
  know(origins: Origin[]): void;
}

/** What goes with every request; read when it is made. */
export interface Wishes {
  scene: number | null;
  words: number;
  ideas: number;
  temperature: number | null;
}

type Engine = Pick<Host, "startAction" | "cancelAction" | "recordOutcome">;

interface Left {
  request: string;
  action: Action;
  candidates: Candidate[];
  chosen: number;
}

export class Session {
  phase = $state<"idle" | "reading" | "writing" | "pending">("idle");
  action = $state<Action | null>(null);
  candidates = $state<Candidate[]>([]);
  chosen = $state(0);
  /** Whether the chosen words are on the page; false when the writer wrote over their place. */
  shown = $state(false);
  /** Words that came for a place that changed meanwhile. */
  stray = $state<{ request: string; candidate: number; text: string } | null>(null);
  /** How much of the prompt is read, from 0 to 1; null when that is not known. */
  read = $state<number | null>(null);
  report = $state<Report | null>(null);
  figures = $state<Figures | null>(null);
  /** What a screen reader says: starts and ends, never words as they come. */
  said = $state("");

  readonly #host: Engine;
  readonly #sheet: Sheet;
  readonly #wishes: () => Wishes;
  readonly #trouble: (problem: Problem) => void;
  #request = "";
  #stopped = false;
  #left: Left | null = null;

  constructor(host: Engine, sheet: Sheet, wishes: () => Wishes, trouble: (problem: Problem) => void) {
    this.#host = host;
    this.#sheet = sheet;
    this.#wishes = wishes;
    this.#trouble = trouble;
  }

  get live(): boolean {
    return this.phase === "reading" || this.phase === "writing";
  }

  /** Words of the chosen candidate. */
  get words(): number {
    return wordsIn(this.candidates[this.chosen]?.text ?? "");
  }

  /** Begins an action at the cursor or, for a rewrite, on the selection. */
  async start(action: Action): Promise<void> {
    if (this.phase !== "idle") this.reject();
    await this.#ask(action, this.#placeFor(action));
  }

  /** Asks the same again, with a new seed. */
  async again(): Promise<void> {
    if (!this.action) return;
    const place = this.#sheet.suggested() ?? this.#placeFor(this.action);
    if (this.phase !== "idle") this.#end(this.#sheet.taken(), true);
    await this.#ask(this.action, place);
  }

  /** Stops, and keeps what came. */
  stop(): void {
    if (!this.live) return;
    this.#cancel();
    this.#settle(t("suggestion-said-stopped"));
  }

  /** Puts the chosen words into the text. */
  accept(): void {
    if (this.phase === "idle") return;
    if (!this.candidates[this.chosen]?.text) return this.reject();
    if (this.live) this.#cancel();
    if (!this.shown) this.choose(this.chosen);
    const text = this.#sheet.take();
    this.#end(text, false);
    this.said = text ? t("suggestion-said-taken") : "";
  }

  /** Puts the next word into the text. */
  acceptWord(): void {
    if (!this.shown) return;
    const text = this.#sheet.takeWord();
    if (text !== null) this.#end(text, false);
  }

  /** Leaves the suggestion; `restore` undoes that. */
  reject(): void {
    if (this.phase === "idle" || !this.action) return;
    if (this.live) this.#cancel();
    const { action, chosen } = this;
    const candidates = this.candidates.map((candidate) => ({ ...candidate, done: true }));
    const taken = this.#sheet.taken();
    this.#sheet.leave(!candidates[chosen]?.text);
    this.#left = { request: this.#request, action, candidates, chosen };
    this.#end(taken, false);
    this.said = t("suggestion-said-not-taken");
  }

  /** Brings back what was left just now; false when the text went on since. */
  restore(): boolean {
    if (!this.#left || this.phase !== "idle" || !this.#sheet.bringBack()) return false;
    this.#request = this.#left.request;
    this.#stopped = true;
    this.action = this.#left.action;
    this.candidates = this.#left.candidates;
    this.chosen = this.#left.chosen;
    this.shown = true;
    this.phase = "pending";
    this.#sayPending(t("suggestion-said-back"));
    return true;
  }

  /** Shows another candidate on the page. */
  choose(index: number): void {
    const candidate = this.candidates[index];
    if (!candidate || this.phase === "idle") return;
    const taken = this.#sheet.taken();
    if (taken) this.#tell(this.chosen, taken);
    const { from, to } = this.#sheet.suggested() ?? this.#placeFor(this.action!);
    this.chosen = index;
    this.shown = true;
    const { text, done } = candidate;
    this.#sheet.show({ request: this.#request, candidate: index, from, to, text, live: !done });
  }

  /** The writer wrote over the place of the suggestion. */
  overtyped({ request, candidate, text, taken }: Suggestion): void {
    if (request !== this.#request || this.phase === "idle") return;
    this.shown = false;
    if (this.action?.kind === "brainstorm") return;
    if (this.live) {
      this.#cancel();
      if (text) this.stray = { request, candidate, text };
    }
    const before = taken.map((piece) => piece.words).join("");
    if (this.stray) this.#idle();
    else this.#end(before, true);
  }

  /** Puts stray words in at the cursor. */
  insertStray(): void {
    if (!this.stray) return;
    const { from } = this.#sheet.cursor();
    this.#sheet.show({ ...this.stray, from, to: from, live: false });
    this.#sheet.take();
    this.#record(this.stray.request, this.stray.candidate, "accepted", this.stray.text);
    this.stray = null;
  }

  dismissStray(): void {
    if (!this.stray) return;
    this.#record(this.stray.request, this.stray.candidate, "rejected", "");
    this.stray = null;
  }

  /** Another document is opened: nothing goes on here. */
  reset(): void {
    if (this.phase !== "idle") this.reject();
    this.dismissStray();
    this.#left = null;
    this.action = null;
    this.said = "";
  }

  #placeFor(action: Action): Place {
    return action.kind === "rewrite" ? this.#sheet.selection() : this.#sheet.cursor();
  }

  async #ask(action: Action, place: Place): Promise<void> {
    const request = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
    this.#request = request;
    this.#stopped = false;
    this.#left = null;
    this.action = action;
    const wishes = this.#wishes();
    this.candidates = blank(action.kind === "brainstorm" ? wishes.ideas : 1);
    this.chosen = 0;
    this.dismissStray();
    this.phase = "reading";
    this.read = null;
    this.shown = true;
    this.said = t("suggestion-said-writing");
    const { from, to, before, selection, after } = place;
    this.#sheet.show({ request, candidate: 0, from, to, text: "", live: true });
    const asked = {
      request,
      action,
      scene: wishes.scene,
      before,
      selection: action.kind === "rewrite" ? selection : "",
      after,
      words: action.kind === "continue" ? wishes.words : null,
      candidates: action.kind === "brainstorm" ? wishes.ideas : null,
      seed: null,
      temperature: wishes.temperature,
    };
    try {
      await this.#host.startAction(asked, (event) => this.#hear(request, event));
    } catch (thrown) {
      if (request === this.#request) this.#fail(problemOf(thrown));
    }
  }

  #hear(request: string, event: ActionEvent): void {
    if (request !== this.#request) return;
    if (event.event === "finished") this.figures = event.figures;
    if (this.#stopped) return;
    switch (event.event) {
      case "started": {
        const { model, prompt, seed, context } = event;
        this.report = { model, prompt, seed, context };
        if (this.candidates.length !== event.candidates) this.candidates = blank(event.candidates);
        break;
      }
      case "reading":
        this.read = event.of ? event.read / event.of : null;
        break;
      case "text": {
        const candidate = this.candidates[event.candidate];
        if (!candidate) break;
        this.phase = "writing";
        candidate.text += event.text;
        if (event.candidate === this.chosen) this.#sheet.grow(candidate.text, true);
        break;
      }
      case "candidate_done": {
        const candidate = this.candidates[event.candidate];
        if (!candidate) break;
        candidate.done = true;
        candidate.reason = event.reason;
        if (event.candidate === this.chosen) this.#sheet.grow(candidate.text, false);
        break;
      }
      case "finished":
        this.#settle("");
        break;
      case "failed":
        this.#fail(event.problem);
        break;
    }
  }

  #fail(problem: Problem): void {
    this.#settle("");
    this.#trouble(problem);
  }

  /** No more words will come: what came is pending, nothing came is nothing. */
  #settle(saying: string): void {
    for (const candidate of this.candidates) candidate.done = true;
    if (!this.candidates.some(({ text }) => text)) {
      this.#sheet.leave(true);
      this.#idle();
      this.said = saying || t("suggestion-said-nothing");
      return;
    }
    this.phase = "pending";
    const chosen = this.candidates[this.chosen]!;
    if (chosen.text) this.#sheet.grow(chosen.text, false);
    else if (this.shown) this.choose(this.candidates.findIndex(({ text }) => text));
    this.#sayPending(saying);
  }

  #sayPending(first: string): void {
    const count = this.candidates.length;
    const what =
      count > 1
        ? t("suggestion-said-ideas", { ideas: count })
        : t("suggestion-said-words", { words: this.words });
    this.said = [first, what].filter(Boolean).join(" ");
  }

  #cancel(): void {
    this.#stopped = true;
    this.#host.cancelAction(this.#request).catch((thrown) => this.#trouble(problemOf(thrown)));
  }

  /** Tells what became of every candidate and is idle; `clear` takes the words off the page. */
  #end(taken: string, clear: boolean): void {
    if (this.live && !this.#stopped) this.#cancel();
    this.candidates.forEach((candidate, index) => {
      if (candidate.text) this.#tell(index, index === this.chosen ? taken : "");
    });
    const { text } = this.candidates[this.chosen] ?? { text: "" };
    const [request, candidate] = [this.#request, this.chosen];
    if (taken) this.#sheet.know([{ request, candidate, model: this.report?.model ?? "", text }]);
    if (clear) this.#sheet.leave(true);
    this.#idle();
  }

  #idle(): void {
    this.phase = "idle";
    this.shown = false;
    this.candidates = [];
  }

  #tell(candidate: number, taken: string): void {
    this.#record(this.#request, candidate, taken ? "accepted" : "rejected", taken);
  }

  #record(request: string, candidate: number, verdict: "accepted" | "rejected", text: string): void {
    this.#host
      .recordOutcome({ request, candidate, verdict, text })
      .catch((thrown) => this.#trouble(problemOf(thrown)));
  }
}

function blank(count: number): Candidate[] {
  return Array.from({ length: count }, () => ({ text: "", done: false, reason: null }));
}
