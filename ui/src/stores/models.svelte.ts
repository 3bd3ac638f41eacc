// Which models there are, which can be had, and how those on their way get on.
import type {
  Arrival,
  Fact,
  FitFacts,
  HubFile,
  HubModel,
  Look,
  MachineFacts,
  ModelHere,
  ModelSetting,
  ModelsHost,
  Offer,
} from "../host/host";
import { t } from "../words/words.svelte";

/** Tokens that needs are told for. */
const CONTEXT = 8192;

export class ModelsStore {
  machine = $state<MachineFacts | null>(null);
  here = $state<ModelHere[]>([]);
  found = $state<ModelHere[]>([]);
  offers = $state<Offer[]>([]);
  arrivals = $state<Arrival[]>([]);
  measuring = $state(false);
  /** The model whose page is open; none: the table of those that can be had. */
  shown = $state<string | null>(null);

  readonly #host: ModelsHost;
  /** Those that are about to be removed. */
  readonly #hidden = new Set<string>();
  #watching = false;

  constructor(host: ModelsHost) {
    this.#host = host;
  }

  /** What is there now; the network is not asked. */
  async look(): Promise<void> {
    if (!this.#watching) {
      this.#watching = true;
      await this.#host.watchArrivals((arrivals) => void this.#arrived(arrivals));
    }
    await this.#refresh();
    this.machine = await this.#host.machine();
    this.found = await this.#host.modelsFound();
  }

  async measure(): Promise<void> {
    this.measuring = true;
    try {
      this.machine = await this.#host.measureMachine();
      await this.#refresh();
    } finally {
      this.measuring = false;
    }
  }

  arrival(name: string): Arrival | undefined {
    return this.arrivals.find((one) => one.name === name && one.state !== "done");
  }

  /** Its header is read first; what does not fit comes only when `forced`. */
  get(name: string, forced: boolean): Promise<void> {
    return this.#host.startArrival(name, forced);
  }

  pause(name: string): Promise<void> {
    return this.#host.pauseArrival(name);
  }

  drop(name: string): Promise<void> {
    return this.#host.dropArrival(name);
  }

  async take(path: string): Promise<void> {
    const taken = await this.#host.importModel(path, false);
    await this.look();
    // What has to be converted first is among the arrivals, which are told beside the table.
    this.shown = taken[0]?.id ?? null;
  }

  /** Takes a model off what is shown; nothing is done to it yet. */
  async hide(id: string): Promise<void> {
    this.#hidden.add(id);
    this.shown = null;
    await this.#refresh();
  }

  /** Shows one again that was hidden. */
  async unhide(id: string): Promise<void> {
    this.#hidden.delete(id);
    await this.#refresh();
    this.shown = id;
  }

  /** Removes one that is hidden. */
  async remove(id: string): Promise<void> {
    try {
      await this.#host.removeModel(id);
    } finally {
      this.#hidden.delete(id);
      await this.look();
    }
  }

  searchHub(words: string): Promise<HubModel[]> {
    return this.#host.searchHub(words);
  }

  hubFiles(repo: string): Promise<HubFile[]> {
    return this.#host.hubFiles(repo);
  }

  facts(id: string): Promise<Fact[]> {
    return this.#host.modelFacts(id);
  }

  settings(id: string): Promise<ModelSetting[]> {
    return this.#host.modelSettings(id);
  }

  set(id: string, name: string, value: string): Promise<void> {
    return this.#host.setModel(id, name, value);
  }

  reset(id: string): Promise<void> {
    return this.#host.resetModel(id);
  }

  async #refresh(): Promise<void> {
    const here = await this.#host.modelsHere();
    this.here = here.filter(({ id }) => !this.#hidden.has(id));
    this.offers = await this.#host.offers("", CONTEXT);
  }

  async #arrived(arrivals: Arrival[]): Promise<void> {
    const done = (list: Arrival[]) => list.filter((one) => one.state === "done").length;
    const more = done(arrivals) > done(this.arrivals);
    this.arrivals = arrivals;
    if (more) await this.#refresh();
  }
}

/** Bytes as people say them: `2.5 GB`. */
export function bytes(n: number | null): string {
  if (n === null) return "–";
  if (n >= 1e9) return t("unit-gigabytes", { n: n / 1e9 });
  if (n >= 1e6) return t("unit-megabytes", { n: n / 1e6 });
  return t("unit-kilobytes", { n: n / 1e3 });
}

/** How much of an arrival is here, from 0 to 1. */
export function part({ done, total }: Arrival): number {
  return total ? (done ?? 0) / total : 0;
}

/** A time as people say it: `2 min`. */
export function time(seconds: number): string {
  if (seconds < 60) return t("unit-seconds", { n: Math.max(1, Math.round(seconds)) });
  if (seconds < 3600) return t("unit-minutes", { n: Math.round(seconds / 60) });
  return t("unit-hours", {
    hours: Math.floor(seconds / 3600),
    minutes: Math.round((seconds % 3600) / 60),
  });
}

/** In a few words: whether it fits. */
export function verdict(fit: FitFacts, nearest?: string | null): string {
  if (fit.verdict === "fits") return t("models-fits");
  if (fit.verdict === "tight") return t("models-tight", { left: bytes(Math.max(0, fit.left ?? 0)) });
  const why = fit.disk ? t("models-no-disk") : t("models-no-fit");
  return nearest ? t("models-nearest", { why, nearest }) : why;
}

/** What a header says of a model, in sentences: whether it fits, what it takes, and how fast it will be. */
export function sentences({ fit, size, files, disk_free = null }: Look): string[] {
  const needed = bytes(fit.needed ?? 0);
  const free = bytes((fit.needed ?? 0) + (fit.left ?? 0));
  const tokens = fit.context;
  const download = files > 1 ? t("models-in-files", { size: bytes(size), files }) : bytes(size);
  const all = [];
  if (fit.verdict === "fits") all.push(t("models-look-fits", { needed, tokens, free }));
  else if (fit.verdict === "tight")
    all.push(t("models-look-tight", { needed, tokens, left: bytes(fit.left) }));
  else if (fit.disk) all.push(t("models-look-no-disk", { needed }));
  else all.push(t("models-look-no-fit", { needed, tokens, free }));
  if (fit.longest) all.push(t("models-longest", { tokens: fit.longest }));
  all.push(
    disk_free === null
      ? t("models-download", { size: download })
      : t("models-download-room", { size: download, free: bytes(disk_free) }),
  );
  const speed = Math.round(fit.tokens_a_second ?? -1);
  if (speed > 1) all.push(t("models-expected", { tokens: speed }));
  else if (speed >= 0) all.push(t("models-expected-slow"));
  return all;
}
