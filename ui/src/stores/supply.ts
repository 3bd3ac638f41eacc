// Models on their way in and to work: each step is waited for, and what goes wrong with it is told.
import type { Host } from "../host/host";
import type { HubStore } from "./hub.svelte";
import type { ModelStore } from "./model.svelte";
import type { ModelsStore } from "./models.svelte";
import type { Notices } from "./notices.svelte";
import type { SettingsStore } from "./settings.svelte";

/** The stores it works on. */
export interface Stores {
  model: ModelStore;
  models: ModelsStore;
  hub: HubStore;
  settings: SettingsStore;
  notices: Notices;
}

export class Supply {
  readonly #host: Pick<Host, "chooseModelFile" | "chooseModelFolder">;
  readonly #model: ModelStore;
  readonly #models: ModelsStore;
  readonly #hub: HubStore;
  readonly #settings: SettingsStore;
  readonly #notices: Notices;

  constructor(host: Pick<Host, "chooseModelFile" | "chooseModelFolder">, stores: Stores) {
    this.#host = host;
    this.#model = stores.model;
    this.#models = stores.models;
    this.#hub = stores.hub;
    this.#settings = stores.settings;
    this.#notices = stores.notices;
  }

  async chooseModel(): Promise<void> {
    this.#notices.dismiss("model");
    if (await this.#notices.attempt("model", this.#model.choose()))
      await this.#notices.attempt("model", this.#settings.load());
  }

  async useStarter(): Promise<void> {
    this.#notices.dismiss("model");
    await this.#notices.attempt("model", this.#model.useStarter());
    await this.#notices.attempt("model", this.#settings.load());
  }

  cancelLoading(): void {
    void this.#notices.attempt("model", this.#model.cancelLoading());
  }

  async lookAtModels(): Promise<void> {
    this.#notices.dismiss("models");
    await this.#notices.attempt("models", this.#models.look());
  }

  async measureMachine(): Promise<void> {
    await this.#notices.attempt("models", this.#models.measure());
  }

  /** Uses a model of the list, or of another program. */
  async useModel(id: string): Promise<void> {
    const model = [...this.#models.here, ...this.#models.found].find((one) => one.id === id);
    if (!model?.path) return;
    this.#notices.dismiss("model");
    await this.#notices.attempt("model", this.#model.use(model.path));
    await this.#notices.attempt("model", this.#settings.load());
  }

  /** Lets a model come whose header says that it fits, or, when forced, any. */
  async getModel(name: string, forced = false): Promise<void> {
    this.#notices.dismiss("models");
    await this.#notices.attempt("models", this.#models.get(name, forced));
  }

  /** Takes the offer of a nearer model in the place of one that does not fit. */
  async getInstead(name: string, nearest: string): Promise<void> {
    await this.dropArrival(name);
    await this.getModel(nearest);
  }

  async pauseArrival(name: string): Promise<void> {
    await this.#notices.attempt("models", this.#models.pause(name));
  }

  async dropArrival(name: string): Promise<void> {
    await this.#notices.attempt("models", this.#models.drop(name));
  }

  /** Keeps the hub's token and asks again for what wanted it. */
  async useToken(token: string, name: string): Promise<void> {
    this.#notices.dismiss("models");
    const kept = await this.#hub.keepToken(token);
    if (!kept) this.#notices.tell("models", "", [], this.#hub.problem);
    if (kept) await this.getModel(name);
  }

  async takeModelFile(): Promise<void> {
    const path = await this.#notices.attempt("models", this.#host.chooseModelFile());
    if (path) await this.takeModel(path);
  }

  async takeModelFolder(): Promise<void> {
    const path = await this.#notices.attempt("models", this.#host.chooseModelFolder());
    if (path) await this.takeModel(path);
  }

  /** A file or a folder comes onto the list, where it lies; a folder of weights is converted first. */
  async takeModel(path: string): Promise<void> {
    this.#notices.dismiss("models");
    await this.#notices.attempt("models", this.#models.take(path));
  }

  async removeModel(id: string): Promise<void> {
    await this.#notices.attempt("models", this.#models.remove(id));
  }

  modelFacts(id: string) {
    return this.#notices.attempt("models", this.#models.facts(id));
  }

  modelSettings(id: string) {
    return this.#notices.attempt("models", this.#models.settings(id));
  }

  async setModel(id: string, name: string, value: string): Promise<void> {
    this.#notices.dismiss("models");
    await this.#notices.attempt("models", this.#models.set(id, name, value));
  }

  async resetModel(id: string): Promise<void> {
    await this.#notices.attempt("models", this.#models.reset(id));
  }

  searchHub(words: string) {
    this.#notices.dismiss("models");
    return this.#notices.attempt("models", this.#models.searchHub(words));
  }

  hubFiles(repo: string) {
    this.#notices.dismiss("models");
    return this.#notices.attempt("models", this.#models.hubFiles(repo));
  }
}
