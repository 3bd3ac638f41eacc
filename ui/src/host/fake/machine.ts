// The fake machine: canned words that come at a pace one can set, and a plan of what would be sent. Tests steer it as
// `window.__fake.machine`.
import {
  type ActionEvent,
  type ActionRequest,
  type ContextPlan,
  type EndReason,
  HostError,
  type MachineHost,
  type ModelState,
  type Outcome,
} from "../host";
import { ACTIONS } from "./actions";
import { reportOf } from "./context";
import { refuse } from "./shelf";
import { suggestionsFor } from "./suggestions";
import { answers } from "./words";

interface Running {
  request: string;
  candidates: { words: string[]; said: number; done: boolean }[];
  heard: (event: ActionEvent) => void;
  prompted: number;
  began: number;
  timer?: ReturnType<typeof setTimeout>;
}

type Started = Extract<ActionEvent, { event: "started" }>;

/** What others keep of its work. */
interface Records {
  made(request: ActionRequest, candidate: number, text: string): void;
  recorded(outcome: Outcome): void;
}

export class FakeMachine {
  /** Milliseconds a word; `hold` says words only when `say` is called. */
  pace: number | "hold";
  /** Fails the next action after this many words; negative: when it is asked. */
  failAction: number | null = null;
  outcomes: Outcome[] = [];
  requests: ActionRequest[] = [];
  plans: ActionRequest[] = [];

  readonly #model: () => ModelState;
  readonly #full: boolean;
  readonly #records: Records;
  /** At least so many words in every answer, for what takes long. */
  readonly #long: number;
  #running: Running[] = [];
  #asked = 0;
  /** Requests that came while the model was loading. */
  #waiting: (() => void)[] = [];

  constructor(model: () => ModelState, parameters: URLSearchParams, records: Records) {
    const pace = parameters.get("pace") ?? "28";
    this.pace = pace === "hold" ? "hold" : Number(pace);
    this.#full = parameters.get("context") === "full";
    this.#long = Number(parameters.get("long") ?? "0");
    this.#model = model;
    this.#records = records;
  }

  /** Says the next words of everything that runs; all of them without a number. */
  say(words = Infinity): void {
    for (const running of [...this.#running]) {
      for (let i = 0; i < words && this.#running.includes(running); i++) this.#step(running);
    }
  }

  /** Whether it answers a writer just now. */
  get busy(): boolean {
    return this.#running.length > 0;
  }

  /** The model is loaded: what waited for it begins. */
  begin(): void {
    for (const begin of this.#waiting.splice(0)) begin();
  }

  /** Stops a request; what came stays. */
  cancel(request: string): void {
    const running = this.#running.find((one) => one.request === request);
    if (running) this.#finish(running, "cancelled");
  }

  host(): MachineHost {
    return {
      actions: async () => ACTIONS,
      planAction: async (request) => this.#plan(request),
      startAction: async (request, heard) => this.#start(request, heard),
      cancelAction: async (request) => this.cancel(request),
      recordOutcome: async (outcome) => {
        this.outcomes.push(outcome);
        this.#records.recorded(outcome);
      },
      suggestions: async (scene) => suggestionsFor(scene),
    };
  }

  /** Says these texts as the answers of a trial. */
  tell(
    request: string,
    texts: string[],
    told: Pick<Started, "seed" | "prompt" | "variant" | "context">,
    heard: (event: ActionEvent) => void,
  ): void {
    const running: Running = {
      request,
      candidates: texts.map((text) => ({ words: this.#wordsIn(text), said: 0, done: false })),
      heard,
      prompted: told.context.used,
      began: performance.now(),
    };
    this.#running.push(running);
    const begin = () => {
      if (!this.#running.includes(running)) return;
      const model = this.#model().name;
      heard({ event: "started", request, candidates: texts.length, model, sampling: null, ...told });
      heard({ event: "reading", read: told.context.used, of: told.context.used });
      this.#next(running);
    };
    if (this.#model().state === "ready") queueMicrotask(begin);
    else this.#waiting.push(begin);
  }

  #plan(request: ActionRequest): ContextPlan {
    this.plans.push(request);
    const model = this.#model();
    if (model.state === "failed") throw new HostError(model.problem);
    if (model.state === "loading") refuse("not_ready", "The model is still loading.");
    const { action } = request;
    const { prompt, words } = ACTIONS.find(({ kind }) => kind === action.kind)!;
    const context = reportOf(request, this.#limit(), this.#full);
    return {
      model: model.name,
      prompt,
      variant: action.variant ?? null,
      candidates: this.#count(request),
      words: request.words ?? words ?? 60,
      context,
      text: request.before,
    };
  }

  #wordsIn(text: string): string[] {
    const words = text.match(/\s*\S+/g) ?? [];
    return Array.from({ length: Math.max(words.length, this.#long) }, (_, i) => words[i % words.length]!);
  }

  #start(request: ActionRequest, heard: (event: ActionEvent) => void): void {
    this.requests.push(request);
    const model = this.#model();
    if (model.state === "failed") throw new HostError(model.problem);
    if (this.failAction !== null && this.failAction < 0) {
      this.failAction = null;
      refuse("bad_request", "There is nothing selected to rewrite. Select some words first.");
    }
    const { action, selection, before, after } = request;
    const turn = this.#asked++;
    const texts = answers(action.kind, action.variant ?? null, selection, this.#count(request), turn);
    const running: Running = {
      request: request.request,
      candidates: texts.map((text) => ({ words: this.#wordsIn(text), said: 0, done: false })),
      heard,
      prompted: Math.ceil((before.length + selection.length + after.length) / 4),
      began: performance.now(),
    };
    this.#running.push(running);
    const begin = () => {
      if (!this.#running.includes(running)) return;
      const context = reportOf(request, this.#limit(), this.#full);
      heard({
        event: "started",
        request: request.request,
        candidates: texts.length,
        seed: request.seed ?? 8 + turn,
        model: this.#model().name,
        prompt: request.prompt ?? `${action.kind} v1`,
        variant: action.variant ?? null,
        sampling: null,
        context,
      });
      heard({ event: "reading", read: context.used, of: context.used });
      this.#next(running);
    };
    if (model.state === "ready") queueMicrotask(begin);
    else this.#waiting.push(begin);
  }

  #count({ action, candidates }: ActionRequest): number {
    const info = ACTIONS.find(({ kind }) => kind === action.kind)!;
    const variant = info.variants.find(({ id }) => id === action.variant);
    return candidates ?? variant?.candidates ?? info.candidates;
  }

  #limit(): number {
    const model = this.#model();
    return model.state === "ready" ? model.context : 1024;
  }

  #next(running: Running): void {
    if (this.pace === "hold") return;
    running.timer = setTimeout(() => {
      this.#step(running);
      if (this.#running.includes(running)) this.#next(running);
    }, this.pace);
  }

  /** One word of every candidate. */
  #step(running: Running): void {
    running.candidates.forEach((one, candidate) => {
      const text = one.words[one.said];
      if (text !== undefined) {
        one.said++;
        running.heard({ event: "text", candidate, text });
      } else if (!one.done) {
        one.done = true;
        this.#made(running, candidate);
        running.heard({ event: "candidate_done", candidate, reason: "stop" });
      }
    });
    if (this.failAction !== null && running.candidates[0]!.said >= this.failAction) {
      this.failAction = null;
      this.#drop(running);
      const message = "The model stopped with an error. What came so far is kept; ask again.";
      running.heard({ event: "failed", problem: { code: "engine", message } });
    } else if (running.candidates.every((one) => one.done)) this.#finish(running, "stop");
  }

  #finish(running: Running, reason: EndReason): void {
    this.#drop(running);
    running.candidates.forEach((one, candidate) => {
      if (one.done) return;
      this.#made(running, candidate);
      running.heard({ event: "candidate_done", candidate, reason });
    });
    const generated_tokens = running.candidates.reduce((sum, one) => sum + one.said, 0);
    const seconds = Math.max(0.001, (performance.now() - running.began) / 1000);
    const figures = {
      prompt_tokens: running.prompted,
      reused_tokens: 0,
      generated_tokens,
      first_token_s: 0.21,
      prefill_tok_s: 480,
      decode_tok_s: this.pace === "hold" ? 24 : Math.min(99, generated_tokens / seconds),
    };
    running.heard({ event: "finished", figures });
  }

  #made({ request, candidates }: Running, candidate: number): void {
    const { words, said } = candidates[candidate]!;
    const asked = this.requests.find((one) => one.request === request);
    if (asked) this.#records.made(asked, candidate, words.slice(0, said).join(""));
  }

  #drop(running: Running): void {
    clearTimeout(running.timer);
    this.#running = this.#running.filter((one) => one !== running);
  }
}
