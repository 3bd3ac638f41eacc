// Models on their way in and to work: each step is waited for, and what goes wrong with it is told.
import type { Host, ModelHere } from "../host/host";
import { t } from "../words/words.svelte";
import type { HubStore } from "./hub.svelte";
import type { ModelStore } from "./model.svelte";
import { bytes, type ModelsStore } from "./models.svelte";
import type { Notices } from "./notices.svelte";
import type { SettingsStore } from "./settings.svelte";

/** The subject of what is told of a model that was taken off the list. */
export const REMOVED = "removed";

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
  #removal: Promise<unknown> = Promise.resolve();

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
    const path = await this.#notices.attempt("models", this.#host.chooseModelFile(t("dialog-model")));
    if (path) await this.takeModel(path);
  }

  async takeModelFolder(): Promise<void> {
    const path = await this.#notices.attempt(
      "models",
      this.#host.chooseModelFolder(t("dialog-model-folder")),
    );
    if (path) await this.takeModel(path);
  }

  /** A file or a folder comes onto the list, where it lies; a folder of weights is converted first. */
  async takeModel(path: string): Promise<void> {
    this.#notices.dismiss("models");
    await this.#notices.attempt("models", this.#models.take(path));
  }

  /** Takes a model off the list at once. It is removed only when that is not told any more, so that it can be taken back. */
  async removeModel({ id, name, ours, size }: ModelHere): Promise<void> {
    await this.#notices.attempt("models", this.#models.hide(id));
    let back = false;
    const undo = () => {
      back = true;
      this.#notices.dismiss(REMOVED);
      void this.#notices.attempt("models", this.#models.unhide(id));
    };
    const said = ours ? t("models-deleted", { name, size: bytes(size) }) : t("models-unlisted", { name });
    this.#notices.mention(REMOVED, said, [{ label: t("tree-undo"), go: undo }], () => {
      if (!back) this.#removal = this.#notices.attempt("models", this.#models.remove(id));
    });
  }

  /** Removes now what is about to be; done when it is. */
  async settle(): Promise<void> {
    this.#notices.dismiss(REMOVED);
    await this.#removal;
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
