// What the writer has set. Which model is used and which manuscript was open last are the host's to keep: it
// leaves them as they are whatever is saved here.
import type { Host, Settings, Theme } from "../host/host";
import { setLanguage } from "../words/words.svelte";
import { setOwnKeys } from "./own-keys.svelte";

export class SettingsStore {
  now = $state<Settings>({
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
    inline: false,
    inline_pause_ms: 1200,
    spelling: true,
    temperature: null,
    model: null,
    last_project: null,
    streaks: false,
    keys: {},
  });

  readonly #host: Pick<Host, "settings" | "saveSettings">;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(host: Pick<Host, "settings" | "saveSettings">) {
    this.#host = host;
  }

  async load(): Promise<void> {
    this.now = await this.#host.settings();
    setLanguage(this.now.language);
    setOwnKeys(this.now.keys);
  }

  /** Shown at once, then, if it can be, kept; changes are kept in the order they were made. */
  change(part: Partial<Settings>, keep = true): Promise<void> {
    this.now = { ...this.now, ...part };
    if ("language" in part) setLanguage(this.now.language);
    if ("keys" in part) setOwnKeys(this.now.keys);
    if (!keep) return Promise.resolve();
    const settings = { ...this.now };
    const kept = this.#queue.then(() => this.#host.saveSettings(settings));
    this.#queue = kept.catch(() => undefined);
    return kept;
  }

  get theme(): Theme {
    return this.now.theme;
  }
}
