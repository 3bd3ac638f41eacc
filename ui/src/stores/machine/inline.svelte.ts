// A few words that come by themselves when the writer pauses at the end of a sentence or paragraph, if they want that. They
// are shown when all of them are there, and at the next key they are used up or gone. Nothing here runs on a key but a note
// of the time.
import type { Told, Unit } from "../../editor/page";
import { firstSentence, firstWord } from "../../editor/pieces";
import { wordsIn } from "../../editor/counting";
import type { Action, ActionEvent, ActionRequest, Host } from "../../host/host";
import type { Sheet } from "./around";
import type { Report } from "./asked.svelte";
import { Outcomes, type SaveBefore } from "./outcomes";

/** What inline suggestions need of those around them. */
export interface Pauses {
  sheet(): Sheet & { resting: { before: string; after: string } | null };
  /** How long a pause is, in milliseconds; none: nothing is suggested unasked. */
  pause(): number | null;
  /** Whether the machine has nothing else to do, and is loaded. */
  free(): boolean;
  request(action: Action): ActionRequest;
  saveBefore: SaveBefore;
}

/** As many words come at most. */
const WORDS = 10;
/** After they were sent away nothing comes for so long, in milliseconds. */
const AWAY = 60_000;
/** There must be something to carry on. */
const LEAST = 3;

export class Inline {
  /** Whether words that nobody asked for stand on the page. */
  shown = $state(false);
  /** What was sent for them; none before the first. */
  report = $state.raw<Report | null>(null);

  readonly #host: Pick<Host, "startAction" | "cancelAction">;
  readonly #outcomes: Outcomes;
  readonly #around: Pauses;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastKey = 0;
  #away = 0;
  #request: string | null = null;
  #text = "";
  /** Where the cursor was. */
  #at = 0;

  constructor(host: Pick<Host, "startAction" | "cancelAction" | "recordOutcome">, around: Pauses) {
    this.#host = host;
    this.#outcomes = new Outcomes(host, around.saveBefore);
    this.#around = around;
  }

  /** The writer wrote, or moved the cursor. */
  touched(): void {
    if (this.#request !== null) this.#cancel();
    const pause = this.#around.pause();
    if (pause === null) return;
    this.#lastKey = performance.now();
    this.#timer ??= setTimeout(() => this.#look(pause), pause);
  }

  /** Sends them away for a while; false when there are none. */
  dismiss(): boolean {
    if (!this.shown) return false;
    this.#away = performance.now() + AWAY;
    this.#around.sheet().offers.leave(true);
    this.shown = false;
    return true;
  }

  /** They went with what the writer did, or came back by an undo. */
  told({ what }: Told): void {
    this.shown = what === "returned";
  }

  /** Takes all of them, or the next word. */
  take(unit: Unit | "all"): void {
    const { offers } = this.#around.sheet();
    const { suggestion } = offers;
    if (!suggestion?.faint) return;
    if (!suggestion.taken) this.#outcomes.hold();
    const over = unit === "all" ? offers.take().length > 0 : offers.takeNext(unit);
    const { request, candidate, taken, text } = suggestion;
    this.shown = !over;
    this.#around.sheet().know([{ request, candidate, model: this.report?.model ?? "", text: taken + text }]);
    const words = over ? taken + text : (offers.suggestion?.taken ?? "");
    if (words) this.#outcomes.record(request, candidate, words);
  }

  /** Nothing unasked from now on: another scene, or something that was asked for. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.shown) this.#around.sheet().offers.leave(true);
    this.shown = false;
    if (this.#request !== null) this.#cancel();
  }

  #look(pause: number): void {
    const left = this.#lastKey + pause - performance.now();
    this.#timer = left > 1 ? setTimeout(() => this.#look(pause), left) : undefined;
    if (!this.#timer && this.#isTime()) void this.#ask();
  }

  #isTime(): boolean {
    if (this.#around.pause() === null || performance.now() < this.#away) return false;
    if (!this.#around.free() || this.#around.sheet().offers.suggestion) return false;
    const resting = this.#around.sheet().resting;
    if (!resting) return false;
    const { before, after } = resting;
    if (after.trim() === "") return wordsIn(before) >= LEAST || (before === "" && this.#follows());
    return /[.!?…。！？]["'”’»)\]]*\s+$/.test(before) && wordsIn(before) >= LEAST;
  }

  /** Whether there is a story before this empty paragraph. */
  #follows(): boolean {
    return wordsIn(this.#around.sheet().cursor().before.slice(-400)) >= LEAST;
  }

  async #ask(): Promise<void> {
    const request = this.#around.request({ kind: "continue", variant: null, instruction: "" });
    const id = request.request;
    this.#request = id;
    this.#text = "";
    this.#at = this.#around.sheet().cursor().to;
    const few = { ...request, words: WORDS, candidates: 1, unasked: true };
    try {
      await this.#host.startAction(few, (event) => this.#hear(id, event));
    } catch {
      // Nobody asked for it, so nobody is told; what is asked for will tell.
      if (this.#request === id) this.#request = null;
    }
  }

  #hear(id: string, event: ActionEvent): void {
    if (id !== this.#request) return;
    if (event.event === "started") {
      const { model, prompt, seed, context } = event;
      this.report = { model, prompt, seed, context };
    }
    if (event.event === "text") this.#text += event.text;
    const enough = fewOf(this.#text);
    const over = event.event === "finished" || event.event === "failed";
    if (!over && enough.length === this.#text.length) return;
    if (!over) void this.#host.cancelAction(id).catch(() => undefined);
    this.#request = null;
    if (enough.trim() && this.#isTime()) this.#show(id, enough);
  }

  #show(request: string, text: string): void {
    const sheet = this.#around.sheet();
    const { to } = sheet.cursor();
    if (to !== this.#at) return;
    sheet.offers.show({ request, candidate: 0, from: to, to, text, live: false, faint: true });
    this.shown = true;
  }

  #cancel(): void {
    const id = this.#request!;
    this.#request = null;
    void this.#host.cancelAction(id).catch(() => undefined);
  }
}

/** The first sentence of a text, or as much of it as is a few words; all of it while it is no more than that. */
export function fewOf(text: string): string {
  const sentence = firstSentence(text);
  if (wordsIn(sentence) <= WORDS) return sentence.length < text.trimEnd().length ? sentence : text;
  let few = "";
  for (
    let word = firstWord(text);
    word && wordsIn(few + word) <= WORDS;
    word = firstWord(text.slice(few.length))
  )
    few += word;
  return few;
}
