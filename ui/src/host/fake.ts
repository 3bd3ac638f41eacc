// A host for a browser: a library in localStorage (so that a reload is a restart) and a model that says canned
// words at a pace one can set. Parameters of the address set it up (`?model=chat&pace=30`), `window.__fake`
// steers it while it runs. Never part of a production build.
import { fakeModels } from "./fake-models";
import { CONTINUATIONS, IDEAS, REWRITES, SAMPLES } from "./fake-words";
import {
  type ActionEvent,
  type ActionRequest,
  type EndReason,
  type Host,
  HostError,
  type ModelState,
  type OpenProject,
  type Outcome,
  type ProblemCode,
  type ProjectSummary,
  type SaveScene,
  type Scene,
  type Settings,
} from "./host";

const SHELF = "foolscap-fake";

const SETTINGS: Settings = {
  theme: "system",
  language: null,
  page: {
    typeface: "literata",
    text_size: 100,
    line_height: 166,
    measure: 66,
    focus: "off",
    typewriter: false,
    typography: true,
  },
  words: 60,
  ideas: 3,
  memory_mb: 512,
  release_minutes: 30,
  temperature: null,
  model: null,
  last_project: null,
};

interface Shelf {
  projects: ProjectSummary[];
  scenes: Scene[];
  settings: Settings;
}

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
  /** Fails this many of the next saves. */
  failSaves = 0;
  /** Fails the next action after this many words; negative: when it is asked. */
  failAction: number | null = null;
  outcomes: Outcome[] = [];
  requests: ActionRequest[] = [];
  saves: SaveScene[] = [];
  closing: (() => Promise<boolean>) | null = null;

  /** At least so many words in every answer, for what takes long. */
  readonly #long: number;
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
    this.#long = Number(parameters.get("long") ?? "0");
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

  /** Saves the scene of a project as another window would. */
  saveElsewhere(project: number): void {
    this.#change((shelf) => void shelf.scenes.find((scene) => scene.project === project)!.version++);
  }

  host(): Host {
    return {
      listProjects: async () => this.#read().projects,
      createProject: async (title, text) => this.#create(title, text ?? ""),
      openProject: async (id) => this.#open(id),
      renameProject: async (id, title) =>
        this.#change((shelf) => {
          const project = found(shelf.projects.find((one) => one.id === id));
          project.title = title;
          return project;
        }),
      saveScene: async (save) => this.#save(save),
      samples: async () => SAMPLES,
      settings: async () => this.#read().settings,
      saveSettings: async (settings) =>
        this.#change((shelf) => {
          const { model, last_project } = shelf.settings;
          shelf.settings = { ...settings, model, last_project };
        }),
      watchModel: async (heard) => {
        this.#watchers.push(heard);
        heard(this.#model);
      },
      useModel: async (path) => {
        this.#change((shelf) => void (shelf.settings.model = path));
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

  #read(): Shelf {
    const kept = localStorage.getItem(SHELF);
    if (!kept) return { projects: [], scenes: [], settings: SETTINGS };
    const shelf = JSON.parse(kept) as Shelf;
    return { ...shelf, settings: { ...SETTINGS, ...shelf.settings } };
  }

  #change<T>(change: (shelf: Shelf) => T): T {
    const shelf = this.#read();
    const result = change(shelf);
    localStorage.setItem(SHELF, JSON.stringify(shelf));
    return result;
  }

  #create(title: string, text: string): OpenProject {
    return this.#change((shelf) => {
      const id = 1 + Math.max(0, ...shelf.projects.map((project) => project.id));
      const updated_at = new Date().toISOString();
      const words = text.split(/\s+/).filter(Boolean).length;
      const project = { id, title, words, updated_at };
      const scene = { id, project: id, document: "", text, version: 0, words, updated_at };
      shelf.projects.unshift(project);
      shelf.scenes.push(scene);
      shelf.settings.last_project = id;
      return { project, scene };
    });
  }

  #open(id: number): OpenProject {
    return this.#change((shelf) => {
      const project = found(shelf.projects.find((one) => one.id === id));
      shelf.settings.last_project = id;
      return { project, scene: found(shelf.scenes.find((one) => one.project === id)) };
    });
  }

  #save(save: SaveScene) {
    if (this.failSaves > 0) {
      this.failSaves--;
      refuse("library", "The library at ~/Foolscap could not be written: the disk is full. Free some space.");
    }
    this.saves.push(save);
    return this.#change((shelf) => {
      const scene = found(shelf.scenes.find((one) => one.id === save.scene));
      if (scene.version !== save.base_version) refuse("conflict", "The scene was changed elsewhere.");
      const words = save.text.split(/\s+/).filter(Boolean).length;
      const updated_at = new Date().toISOString();
      const version = scene.version + 1;
      Object.assign(scene, { document: save.document, text: save.text, version, words, updated_at });
      const project = found(shelf.projects.find((one) => one.id === scene.project));
      Object.assign(project, { words, updated_at });
      return { scene: scene.id, version, words, updated_at };
    });
  }

  #start(request: ActionRequest, heard: (event: ActionEvent) => void): void {
    this.requests.push(request);
    if (this.#model.state === "failed") throw new HostError(this.#model.problem);
    if (this.failAction !== null && this.failAction < 0) {
      this.failAction = null;
      refuse("bad_request", "There is nothing selected to rewrite. Select some words first.");
    }
    const texts = this.#wordsFor(request);
    const candidates = texts.map((text) => ({ words: this.#wordsIn(text), said: 0, done: false }));
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
    if (request.action.kind === "continue") return [CONTINUATIONS[turn % CONTINUATIONS.length]!];
    if (request.action.kind === "rewrite") return [REWRITES[turn % REWRITES.length]!];
    return Array.from({ length: request.candidates ?? 3 }, (_, i) => IDEAS[(turn + i) % IDEAS.length]!);
  }

  #wordsIn(text: string): string[] {
    const words = text.match(/\s*\S+/g) ?? [];
    return Array.from({ length: Math.max(words.length, this.#long) }, (_, i) => words[i % words.length]!);
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

function found<T>(thing: T | undefined): T {
  return thing ?? refuse("not_found", "There is no such manuscript in the library.");
}

function refuse(code: ProblemCode, message: string): never {
  throw new HostError({ code, message });
}
