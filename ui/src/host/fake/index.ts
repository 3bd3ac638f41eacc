// A host for a browser: a library in localStorage (so that a reload is a restart) and a model that says canned
// words at a pace one can set. Parameters of the address set it up (`?model=chat&pace=30`), `window.__fake`
// steers it while it runs. Never part of a production build.
import { fakeLore } from "./lore";
import { fakeModels } from "./models";
import { fakeProject } from "./project";
import { CONTINUATIONS, IDEAS, REWRITES, SAMPLES, SUMMARIES } from "./words";
import {
  type ActionEvent,
  type ActionRequest,
  type EndReason,
  type Host,
  HostError,
  type ModelState,
  type Outcome,
} from "../host";
import { FakeLibrary } from "./library";
import { change, read, refuse } from "./shelf";

interface Running {
  request: string;
  candidates: { words: string[]; said: number; done: boolean }[];
  heard: (event: ActionEvent) => void;
  prompted: number;
  began: number;
  timer?: ReturnType<typeof setTimeout>;
}

export function fakeHost(): Host {
  return new Fake().host();
}

/** What tests reach as `window.__fake`. */
export class Fake {
  /** Milliseconds a word; `hold` says words only when `say` is called. */
  pace: number | "hold";
  /** Fails the next action after this many words; negative: when it is asked. */
  failAction: number | null = null;
  outcomes: Outcome[] = [];
  requests: ActionRequest[] = [];
  closing: (() => Promise<boolean>) | null = null;

  #running: Running[] = [];
  #asked = 0;
  #model: ModelState;
  /** Requests that came while the model was loading. */
  #waiting: (() => void)[] = [];
  #watchers: ((state: ModelState) => void)[] = [];

  constructor() {
    const parameters = new URLSearchParams(location.search);
    const pace = parameters.get("pace") ?? "28";
    this.pace = pace === "hold" ? "hold" : Number(pace);
    this.#model = modelState(parameters.get("model") ?? "starter");
    (window as unknown as { __fake: Fake }).__fake = this;
  }

  /** Another model state: `starter`, `chat`, `loading` or `failed`. */
  setModel(kind: string): void {
    this.#model = modelState(kind);
    for (const watcher of this.#watchers) watcher(this.#model);
    if (this.#model.state === "ready") for (const begin of this.#waiting.splice(0)) begin();
  }

  /** Says the next words of everything that runs; all of them without a number. */
  say(words = Infinity): void {
    for (const running of [...this.#running]) {
      for (let i = 0; i < words && this.#running.includes(running); i++) this.#step(running);
    }
  }

  readonly library = new FakeLibrary();

  host(): Host {
    return {
      ...this.library.host(),
      ...fakeLore(),
      ...fakeProject(),
      samples: async () => SAMPLES,
      settings: async () => read().settings,
      saveSettings: async (settings) =>
        change((shelf) => {
          const { model, last_project } = shelf.settings;
          shelf.settings = { ...settings, model, last_project };
        }),
      watchModel: async (heard) => {
        this.#watchers.push(heard);
        heard(this.#model);
      },
      useModel: async (path) => {
        change((shelf) => void (shelf.settings.model = path));
        this.setModel(path ? "chat" : "starter");
      },
      chooseModelFile: async () => "/models/harbour-4b-q4_k_m.gguf",
      chooseModelFolder: async () => "/models/Harbour-4B",
      cancelLoading: async () => this.setModel("resting"),
      ...fakeModels(),
      startAction: async (request, heard) => this.#start(request, heard),
      cancelAction: async (request) => {
        const running = this.#running.find((one) => one.request === request);
        if (running) this.#finish(running, "cancelled");
      },
      recordOutcome: async (outcome) => void this.outcomes.push(outcome),
      beforeClose: async (settle) => void (this.closing = settle),
    };
  }

  #start(request: ActionRequest, heard: (event: ActionEvent) => void): void {
    this.requests.push(request);
    if (this.#model.state === "failed") throw new HostError(this.#model.problem);
    if (this.failAction !== null && this.failAction < 0) {
      this.failAction = null;
      refuse("bad_request", "There is nothing selected to rewrite. Select some words first.");
    }
    const texts = this.#wordsFor(request);
    const candidates = texts.map((text) => ({ words: text.match(/\s*\S+/g) ?? [], said: 0, done: false }));
    const prompted = Math.ceil((request.before.length + request.selection.length + request.after.length) / 4);
    const running: Running = {
      request: request.request,
      candidates,
      heard,
      prompted,
      began: performance.now(),
    };
    this.#running.push(running);
    const context = contextOf(request);
    const prompt = `${request.action.kind} v1`;
    const seed = request.seed ?? 7 + this.#asked;
    const begin = () => {
      const { name } = this.#model;
      const of = { request: request.request, candidates: texts.length, seed, model: name, prompt, context };
      heard({ event: "started", ...of });
      heard({ event: "reading", read: context.used, of: context.used });
      this.#next(running);
    };
    if (this.#model.state === "ready") queueMicrotask(begin);
    else this.#waiting.push(begin);
  }

  #wordsFor(request: ActionRequest): string[] {
    const turn = this.#asked++;
    if ((request.action.kind as string) === "summarise") return [SUMMARIES[turn % SUMMARIES.length]!];
    if (request.action.kind === "continue") return [CONTINUATIONS[turn % CONTINUATIONS.length]!];
    if (request.action.kind === "rewrite") return [REWRITES[turn % REWRITES.length]!];
    return Array.from({ length: request.candidates ?? 3 }, (_, i) => IDEAS[(turn + i) % IDEAS.length]!);
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
      if (!one.done) running.heard({ event: "candidate_done", candidate, reason });
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

  #drop(running: Running): void {
    clearTimeout(running.timer);
    this.#running = this.#running.filter((one) => one !== running);
  }
}

function contextOf({ before, selection, after, action }: ActionRequest) {
  const limit = 1024;
  const tokens = (text: string) => Math.ceil(text.length / 4);
  const kept = Math.min(tokens(before), 640);
  const left = tokens(before) - kept;
  const parts = [
    { name: "prompt", tokens: action.kind === "continue" ? 0 : 64, left_out: 0, reason: "" },
    {
      name: "before",
      tokens: kept,
      left_out: left,
      reason: left ? "The beginning of the story did not fit beside the answer." : "",
    },
    { name: "selection", tokens: tokens(selection), left_out: 0, reason: "" },
    { name: "after", tokens: Math.min(tokens(after), 128), left_out: 0, reason: "" },
  ];
  const used = parts.reduce((sum, part) => sum + part.tokens, 0);
  return { used, limit, reserved: 128, parts };
}

function modelState(kind: string): ModelState {
  const starter = {
    name: "Foolscap Starter",
    architecture: "llama",
    quantization: "Q8_0",
    parameters: 15_200_000,
    context: 1024,
    starter: true,
    chat: false,
    device: null,
  };
  const chat = {
    name: "Harbour 4B Instruct",
    architecture: "qwen3",
    quantization: "Q4_K_M",
    parameters: 4_020_000_000,
    context: 8192,
    starter: false,
    chat: true,
    device: null,
  };
  if (kind === "loading") return { state: "loading", name: "Foolscap Starter", part: 0.4 };
  if (kind === "failed") {
    const message = "harbour-4b.gguf is cut short: its tensors end past the file. Download it again.";
    return { state: "failed", name: "harbour-4b.gguf", problem: { code: "model_unusable", message } };
  }
  return { state: "ready", ...(kind === "chat" ? chat : starter) };
}
