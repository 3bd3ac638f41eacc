// Where models are fetched from, and whether there is a token for those with terms. The token itself is never here: it goes
// to the system's keyring and does not come back.
import { type Host, type HubSettings, type Problem, problemOf } from "../host/host";

type Asked = Pick<Host, "hubSettings" | "setEndpoints" | "setToken">;

export class HubStore {
  now = $state<HubSettings | null>(null);
  /** What was wrong with the last change. */
  problem = $state<Problem | null>(null);

  readonly #host: Asked;

  constructor(host: Asked) {
    this.#host = host;
  }

  async load(): Promise<boolean> {
    return this.#do(async () => undefined);
  }

  /** One address a line; none: the usual hub. */
  setEndpoints(text: string): Promise<boolean> {
    return this.#do(() => this.#host.setEndpoints(text.split("\n")));
  }

  keepToken(token: string): Promise<boolean> {
    return this.#do(() => this.#host.setToken(token));
  }

  forgetToken(): Promise<boolean> {
    return this.#do(() => this.#host.setToken(null));
  }

  /** Whether it was done. */
  async #do(change: () => Promise<void>): Promise<boolean> {
    this.problem = null;
    try {
      await change();
      this.now = await this.#host.hubSettings();
      return true;
    } catch (thrown) {
      this.problem = problemOf(thrown);
      return false;
    }
  }
}
