// A host for a browser: a library in localStorage (so that a reload is a restart) and a model that says canned
// words at a pace one can set. Parameters of the address set it up (`?model=chat&pace=30`), `window.__fake`
// steers it while it runs. Never part of a production build.
import type { Host, LibraryState, ModelState, Outcome } from "../host";
import { FakeAuthorship } from "./authorship";
import { FakeBackups } from "./backups";
import { fillWorkbench } from "./bench";
import { FakeExperiments } from "./experiments";
import { FakeFiles } from "./files";
import { FakeHistory, keep } from "./history";
import { FakeLibrary } from "./library";
import { fakeLore } from "./lore";
import { FakeMachine } from "./machine";
import { fakeModels } from "./models";
import { fakePassages } from "./passages";
import { fakeProject } from "./project";
import { FakePrompts } from "./prompts";
import { FakeReviews } from "./reviews";
import { FakeSearch } from "./search";
import { FakeSpelling } from "./spelling";
import { change, hold, lock, read, sceneIn } from "./shelf";
import { keepCandidate, keepOutcome } from "./suggestions";
import { SAMPLES } from "./words";

export function fakeHost(): Host {
  return new Fake().host();
}

/** What tests reach as `window.__fake`. */
export class Fake {
  readonly library = new FakeLibrary();
  readonly history = new FakeHistory();
  readonly search = new FakeSearch();
  readonly authorship = new FakeAuthorship();
  readonly backups = new FakeBackups();
  readonly files = new FakeFiles();
  readonly spelling = new FakeSpelling();
  readonly machine: FakeMachine;
  readonly reviews: FakeReviews;
  readonly prompts: FakePrompts;
  readonly experiments: FakeExperiments;
  closing: (() => Promise<boolean>) | null = null;

  #model: ModelState;
  #watchers: ((state: ModelState) => void)[] = [];

  constructor() {
    const parameters = new URLSearchParams(location.search);
    this.machine = new FakeMachine(() => this.#model, parameters, {
      made: (request, candidate, text) => {
        this.authorship.made.push({ request, candidate, text, at: new Date().toISOString() });
        keepCandidate(request, candidate, text, this.#model.name);
      },
      recorded: (outcome) => this.#record(outcome),
    });
    this.reviews = new FakeReviews(() => this.#model, parameters);
    this.#model = modelState(parameters.get("model") ?? "starter");
    if (parameters.has("held")) hold();
    this.prompts = new FakePrompts(this.machine, () =>
      this.#model.state === "ready" ? this.#model.context : 0,
    );
    this.experiments = new FakeExperiments(parameters, () => this.machine.busy);
    if (parameters.get("workbench") === "full") fillWorkbench();
    if (parameters.has("readonly")) {
      this.library.state.read_only = true;
      lock();
    }
    if (parameters.has("recovered")) this.library.state.recovery = RECOVERY;
    (window as unknown as { __fake: Fake }).__fake = this;
  }

  /** Another model state: `starter`, `chat`, `loading` or `failed`. */
  setModel(kind: string): void {
    this.#model = modelState(kind);
    for (const watcher of this.#watchers) watcher(this.#model);
    if (this.#model.state === "ready") this.machine.begin();
  }

  host(): Host {
    return {
      ...this.library.host(),
      ...this.history.host(),
      ...this.search.host(),
      ...this.authorship.host(),
      ...this.backups.host(),
      ...this.files.host(),
      ...this.spelling.host(),
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
      ...this.machine.host(),
      ...this.reviews.host(),
      ...this.prompts.host(),
      ...fakePassages(),
      ...this.experiments.host(),
      cancelAction: async (request) => {
        if (!this.reviews.cancel(request)) this.machine.cancel(request);
      },
      beforeClose: async (settle) => void (this.closing = settle),
    };
  }

  /** What became of a candidate; the scene is kept as it was before words of a machine come in. */
  #record(outcome: Outcome): void {
    const { request, verdict } = outcome;
    keepOutcome(outcome);
    const scene = this.machine.requests.find((one) => one.request === request)?.scene;
    if (verdict === "accepted" && scene != null)
      change((shelf) => void keep(shelf, sceneIn(shelf, scene), "machine"));
  }
}

/** What is told of a library that was damaged. */
const RECOVERY: NonNullable<LibraryState["recovery"]> = {
  reason: "Page 7 of the file is not what was written there.",
  damaged: "library.foolscap.damaged",
  backup: "library-20261001T093000.250Z.foolscap",
  made_at: "20261001T093000.250Z",
};

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
