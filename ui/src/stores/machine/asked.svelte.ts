// One thing that was asked: from the request to the last word of its candidates, whichever page is open meanwhile. It
// knows no page; where its words are shown and what becomes of them is the session's to say.
import { SvelteMap } from "svelte/reactivity";
import type {
  Action,
  ActionEvent,
  ActionRequest,
  ContextReport,
  EndReason,
  Figures,
  Gives,
  Problem,
} from "../../host/host";
import { Changes } from "./changes.svelte";

export interface Candidate {
  text: string;
  done: boolean;
  reason: EndReason | null;
}

/** What is known of a request since it began. */
export interface Report {
  model: string;
  prompt: string;
  seed: number;
  /** Null: it was sent in an earlier session. */
  context: ContextReport | null;
}

/** One thing on a card: a candidate, or a line of a list. */
export interface Entry {
  key: string;
  candidate: number;
  text: string;
  done: boolean;
}

/** Where it was asked. */
export interface Home {
  scene: number | null;
  title: string;
}

export class Asked {
  phase = $state<"reading" | "writing" | "done">("reading");
  candidates = $state<Candidate[]>([]);
  chosen = $state(0);
  /** How much of the prompt is read, from 0 to 1; null when that is not known. */
  read = $state<number | null>(null);
  report = $state<Report | null>(null);
  figures = $state<Figures | null>(null);
  problem = $state<Problem | null>(null);
  /** The text at its place changed: its words are offered beside the page. */
  adrift = $state(false);
  /** It came to its end while another page was open. */
  news = $state(false);
  /** Words that went into the text, by candidate. */
  readonly used = new SvelteMap<number, string>();

  readonly request: ActionRequest;
  readonly gives: Gives;
  readonly home: Home;
  /** When it was asked, if that was in an earlier session; UTC, RFC 3339. */
  readonly since: string | null;
  #stopped = false;
  readonly #changes = new Map<number, Changes>();
  /** What the library was told of each candidate last; of one that words were taken of since, nothing. */
  readonly #told = new Map<number, string>();

  constructor(request: ActionRequest, gives: Gives, home: Home, count: number, since: string | null = null) {
    this.request = request;
    this.gives = gives;
    this.home = home;
    this.since = since;
    this.candidates = blank(count);
  }

  get id(): string {
    return this.request.request;
  }

  get action(): Action {
    return this.request.action;
  }

  get live(): boolean {
    return this.phase !== "done";
  }

  /** Whether its words belong to a place in the text; the others are remarks about it. */
  get placed(): boolean {
    return this.gives === "passage" || this.gives === "replacement";
  }

  get onPage(): boolean {
    return this.placed && !this.adrift;
  }

  get empty(): boolean {
    return !this.candidates.some(({ text }) => text.trim());
  }

  /** The words of a candidate as they would go into the text. */
  text(index = this.chosen): string {
    const candidate = this.candidates[index];
    if (!candidate) return "";
    if (this.gives !== "replacement") return candidate.text;
    return candidate.done ? candidate.text.trim() : candidate.text.trimStart();
  }

  /** What stands on cards: every candidate, or the lines of the chosen list. */
  get entries(): Entry[] {
    const cards = this.candidates.map(({ text, done }, candidate) => ({
      key: String(candidate),
      candidate,
      text: text.trim(),
      done,
    }));
    const { chosen, candidates } = this;
    if (this.gives !== "list") return cards;
    const lines = (cards[chosen]?.text ?? "")
      .split(/\n+/)
      .map((line) => line.replace(/^\s*(?:\d+[.)]|[-*•])\s*/, ""));
    const found = lines.flatMap((text, at) => {
      const done = !!candidates[chosen]?.done || at < lines.length - 1;
      return text ? [{ key: `${chosen}.${at}`, candidate: chosen, text, done }] : [];
    });
    return found.length ? found : cards.slice(chosen, chosen + 1);
  }

  /** What a candidate changes in a text, once all of it is there; null where that says nothing. */
  changes(original: string, index = this.chosen): Changes | null {
    if (this.gives !== "replacement" || this.action.kind === "translate" || !original) return null;
    if (!this.candidates[index]?.done || !this.text(index)) return null;
    const known = this.#changes.get(index);
    const changes = known?.original === original ? known : new Changes(original, this.text(index));
    this.#changes.set(index, changes);
    return changes.whole ? null : changes;
  }

  /** Candidates with words, and what of them is in the text, as far as the library does not know it; from now on it does. */
  tell(): { candidate: number; text: string }[] {
    const all = this.candidates.map(({ text }, candidate) => ({
      candidate,
      text,
      words: this.used.get(candidate) ?? "",
    }));
    const news = all.filter(({ candidate, text, words }) => text && this.#told.get(candidate) !== words);
    news.forEach(({ candidate, words }) => this.#told.set(candidate, words));
    return news.map(({ candidate, words }) => ({ candidate, text: words }));
  }

  use(candidate: number, words: string): void {
    this.#told.delete(candidate);
    if (words) this.used.set(candidate, words);
    else this.used.delete(candidate);
  }

  hear(event: ActionEvent): void {
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
        break;
      }
      case "candidate_done": {
        const candidate = this.candidates[event.candidate];
        if (candidate) Object.assign(candidate, { done: true, reason: event.reason });
        break;
      }
      case "finished":
        this.end();
        break;
      case "failed":
        this.problem = event.problem;
        this.end();
        break;
    }
  }

  /** No more words will come, or none that still come are heard. */
  end(): void {
    this.#stopped = true;
    for (const candidate of this.candidates) candidate.done = true;
    this.phase = "done";
  }
}

function blank(count: number): Candidate[] {
  return Array.from({ length: count }, () => ({ text: "", done: false, reason: null }));
}
