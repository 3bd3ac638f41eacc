// Where the model stands, as the host tells it.
import type { Host, ModelInfo, ModelState } from "../host/host";
import { line, t } from "../words/words.svelte";

export class ModelStore {
  state = $state<ModelState>({ state: "loading", name: t("model"), part: null });

  readonly #host: Pick<Host, "watchModel" | "useModel" | "chooseModelFile" | "cancelLoading">;

  constructor(host: Pick<Host, "watchModel" | "useModel" | "chooseModelFile" | "cancelLoading">) {
    this.#host = host;
  }

  watch(): Promise<void> {
    return this.#host.watchModel((state) => (this.state = state));
  }

  /** What is known of the model; null until it is loaded. */
  get info(): ModelInfo | null {
    return this.state.state === "ready" ? this.state : null;
  }

  /** The model's name with its quantization, as the status line says it. */
  get label(): string {
    const { state } = this;
    if (state.state !== "ready") return state.name;
    return state.starter
      ? line(state.name, t("model-starter"))
      : line(state.name, state.quantization, t("model-here"));
  }

  /** Asks for a file and uses it; false when none was chosen. */
  async choose(): Promise<boolean> {
    const path = await this.#host.chooseModelFile(t("dialog-model"));
    if (path === null) return false;
    await this.#host.useModel(path);
    return true;
  }

  use(path: string): Promise<void> {
    return this.#host.useModel(path);
  }

  cancelLoading(): Promise<void> {
    return this.#host.cancelLoading();
  }

  useStarter(): Promise<void> {
    return this.#host.useModel(null);
  }
}
