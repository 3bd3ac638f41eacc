// Models for the fake host: a small catalogue, one model that another program holds, and downloads that come as far as one
// says (`window.__fakeModels.arrive(name, 0.4)`).
import { type Arrival, type FitFacts, type Host, HostError, type HubSettings, type Look } from "../host";
import type { ModelHere, ModelsHost, Offer } from "../host";

const GB = 1e9;

function fit(needed: number, left: number, tokens_a_second: number | null): FitFacts {
  const verdict = left < 0 ? "too_large" : left < 2 * GB ? "tight" : "fits";
  return { verdict, disk: false, context: 8192, needed, left, tokens_a_second, about: true, longest: null };
}

const FREE = 11 * GB;
const SETTINGS =
  "context threads device gpu_layers kv_type temperature top_p top_k min_p template style".split(" ");
const DEFAULTS = new Map([
  ["context", "32768, as memory allows"],
  ["threads", "2, one a core that is worth it"],
  ["device", "the processor: this build knows no card"],
  ["gpu_layers", "as many of 28 as fit"],
  ["kv_type", "16 bits"],
  ["template", "none"],
  ["style", "as the model is: carries text on"],
]);

function offer(id: string, name: string, size: number, good_at: string, more: Partial<Offer> = {}): Offer {
  const needed = size * 1.1 + 1.1 * GB;
  return {
    id,
    name,
    repo: `someone/${name.replaceAll(" ", "-")}-GGUF`,
    file: `${id}-Q4_K_M.gguf`,
    size,
    quantization: "Q4_K_M",
    licence: "Apache-2.0",
    languages: "many languages",
    good_at,
    instruct: true,
    context: 32_768,
    fit: fit(needed, FREE - needed, 28 / (needed / GB)),
    nearest: null,
    here: null,
    ...more,
  };
}

const STARTER: ModelHere = {
  id: "starter",
  name: "Foolscap Starter",
  path: null,
  size: 6.3e6,
  source: "starter",
  ours: false,
  entry: null,
  fit: fit(0.06 * GB, FREE, 800),
  instruct: false,
  measured: 800,
  problem: null,
};

type Models = ModelsHost & Pick<Host, "watchDrops">;

/** What tests reach as `window.__fakeModels`. */
export class FakeModels {
  arrivals: Arrival[] = [];
  here: ModelHere[] = [STARTER];
  set = new Map<string, string>();
  tokens: string[] = [];
  hub: HubSettings = { endpoints: [], usual: "https://huggingface.co", environment: null, token: null };
  drop: (paths: string[]) => void = () => undefined;
  #watchers: ((arrivals: Arrival[]) => void)[] = [];
  readonly offers: Offer[] = [
    offer("qwen3-1.7b", "Qwen3 1.7B", 1.1 * GB, "quick ideas, rewriting"),
    offer("gemma-3-4b", "Gemma 3 4B", 2.5 * GB, "voice, dialogue", { licence: "Gemma terms" }),
    offer("mistral-nemo-12b", "Mistral Nemo 12B", 7.5 * GB, "long prose"),
    offer("gemma-3-27b", "Gemma 3 27B", 16.5 * GB, "everything, slowly", {
      nearest: { name: "mistral-nemo-12b", title: "Mistral Nemo 12B" },
    }),
  ];

  /** A download as far as this; whole at 1. */
  arrive(name: string, part: number): void {
    const of = this.offers.find((one) => one.id === name);
    const total = of?.size ?? 2 * GB;
    const done = part * total;
    if (part < 1)
      return this.#tell(name, { state: "fetching", done, total, rate: 12e6, left: (total - done) / 12e6 });
    const id = name;
    const file = `/cache/${id}.gguf`;
    const model = {
      ...STARTER,
      id,
      name: of?.name ?? id,
      path: file,
      size: total,
      source: "hub",
      ours: true,
    };
    this.here.push({ ...model, measured: null, fit: of?.fit ?? null });
    if (of) of.here = id;
    this.#tell(name, { state: "done", id, done: total, total });
  }

  /** A conversion as far as this; whole at 1. */
  convert(name: string, part: number): void {
    const [total, done] = [2.4 * GB, 2.4 * GB * part];
    const left = (total - done) / 9e6;
    if (part < 1) return this.#tell(name, { state: "converting", done, total, rate: 9e6, left });
    const id = name.split("/").pop()!;
    this.here.push({ ...STARTER, id, name: id, path: `/own/${id}.gguf`, size: total, source: "copy" });
    this.#tell(name, { state: "done", id, done: total, total });
  }

  /** As its header says; those of the hub's files fit. */
  #look(name: string): Look {
    const of = this.offers.find((one) => one.id === name);
    const size = of?.size ?? 4 * GB;
    const said = { ...(of?.fit ?? fit(size, FREE - size, 5)), about: false };
    return { size, files: of ? 1 : 3, fit: said, disk_free: 120 * GB, nearest: of?.nearest ?? null };
  }

  #start(name: string, forced: boolean): void {
    const look = this.#look(name);
    const unfit = look.fit.verdict === "too_large" && !forced;
    this.#tell(name, { state: unfit ? "unfit" : "asking", look });
  }

  /** A download that fails with this. */
  fail(name: string, code: "hub" | "gated", message: string): void {
    this.#tell(name, { state: "failed", problem: { code, message } });
  }

  #tell(name: string, more: object): void {
    const before = this.arrivals.find((one) => one.name === name);
    const title = this.offers.find((one) => one.id === name)?.name ?? name.split("/").pop()!;
    const begun = { name, title, done: 0, total: 0, look: null };
    const fresh = { ...begun, ...before, rate: null, left: null, ...more } as Arrival;
    this.arrivals = before
      ? this.arrivals.map((one) => (one.name === name ? fresh : one))
      : [...this.arrivals, fresh];
    for (const watcher of this.#watchers) watcher(this.arrivals);
  }

  models(): Models {
    const machine = {
      processor: "A processor",
      cores: 2,
      memory: 16 * GB,
      memory_free: FREE,
      disk_free: 120 * GB,
      memory_rate: 28e9,
      product_rate: 400e9,
    };
    return {
      machine: async () => machine,
      measureMachine: async () => machine,
      modelsHere: async () => [...this.here],
      modelsFound: async () => [
        {
          ...STARTER,
          id: "/ollama/blob",
          name: "llama3.2:3b",
          path: "/ollama/blob",
          size: 2 * GB,
          source: "Ollama",
          fit: null,
          measured: null,
        },
      ],
      offers: async () => this.offers.map((one) => ({ ...one })),
      searchHub: async (words) => [{ repo: `someone/${words}-GGUF`, downloads: 4211, gated: false }],
      hubFiles: async (repo) =>
        [2, 4, 8].map((size) => {
          const path = size === 8 ? "model-Q8-00001-of-00003.gguf" : `model-Q${size}.gguf`;
          return {
            name: `${repo}:${path}`,
            path,
            files: size === 8 ? 3 : 1,
            size: size * GB,
            fit: fit(size * GB, FREE - size * GB, 5),
            problem: null,
          };
        }),
      startArrival: async (name, forced) => this.#start(name, forced),
      pauseArrival: async (name) => this.#tell(name, { state: "paused" }),
      dropArrival: async (name) => {
        this.arrivals = this.arrivals.filter((one) => one.name !== name);
        for (const watcher of this.#watchers) watcher(this.arrivals);
      },
      watchArrivals: async (heard) => {
        this.#watchers.push(heard);
        heard(this.arrivals);
      },
      importModel: async (path) => {
        if (!path.endsWith(".gguf")) {
          this.#tell(path, { state: "asking" });
          return [];
        }
        const model = {
          ...STARTER,
          id: "imported",
          name: path.split("/").pop()!,
          path,
          source: "file",
          size: 3 * GB,
        };
        this.here.push(model);
        return [model];
      },
      removeModel: async (id) => void (this.here = this.here.filter((one) => one.id !== id)),
      modelFacts: async (id) => [
        { name: "name", value: id },
        { name: "architecture", value: "llama" },
      ],
      modelSettings: async () =>
        SETTINGS.map((name) => ({
          name,
          value: this.set.get(name) ?? "",
          default: DEFAULTS.get(name) ?? "the prompt's",
        })),
      setModel: async (_, name, value) => void this.set.set(name, value),
      resetModel: async () => this.set.clear(),
      hubSettings: async () => ({ ...this.hub }),
      setEndpoints: async (lines) => {
        const endpoints = lines.map((line) => line.trim()).filter(Boolean);
        const wrong = endpoints.find((line) => !URL.canParse(line));
        const message = `${wrong} is no address of a hub; write it as https://huggingface.co`;
        if (wrong) throw new HostError({ code: "bad_request", message });
        this.hub.endpoints = endpoints;
      },
      setToken: async (token) => {
        if (token) this.tokens.push(token);
        this.hub.token = token ? "keyring" : null;
      },
      tryModel: async (_, heard) => {
        const text = " The lamp went out, and nobody said a word.";
        heard({ event: "text", candidate: 0, text });
        heard({ event: "candidate_done", candidate: 0, reason: "stop" });
        const figures = { prompt_tokens: 290, reused_tokens: 0, generated_tokens: 11 };
        const speeds = { first_token_s: 0.76, prefill_tok_s: 381, decode_tok_s: 57.4 };
        heard({ event: "finished", figures: { ...figures, ...speeds } });
      },
      watchDrops: async (heard) => void (this.drop = heard),
    };
  }
}

export function fakeModels(): Models {
  const fake = new FakeModels();
  (window as unknown as { __fakeModels: FakeModels }).__fakeModels = fake;
  return fake.models();
}
