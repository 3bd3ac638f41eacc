// Summaries of scenes, for the scenes that come after them: written by the author, or by the model when it is asked to. What
// the model puts in the place of another one can be taken back.
import type { Host, OutlineItem, Saved, Summary } from "../host/host";
import { t } from "../words/words.svelte";
import type { Keeper } from "./keeper.svelte";
import type { Notices } from "./notices.svelte";
import { Stopped, Summing } from "./summing";

type Shelf = Pick<Host, "summaries" | "setSummary" | "sceneText" | "startAction" | "cancelAction">;

/** What summaries need of the desk. */
export interface Around {
  /** Saves what is on the page; false when it cannot be saved. */
  settled(): Promise<boolean>;
  /** The scenes of the open manuscript, in the order they are read. */
  scenes(): OutlineItem[];
}

/** The model at work on one scene after the other. */
export interface Run {
  scenes: number[];
  /** How many of them are done. */
  done: number;
  /** How much of this one is read, from 0 to 1. */
  read: number;
  /** What the model has written of this one. */
  text: string;
  /** Seconds until all are done; none before the first is. */
  left: number | null;
}

export class Summaries {
  /** By scene. */
  all = $state<Record<number, Summary>>({});
  run = $state<Run | null>(null);
  /** In how many pieces a scene was read that was longer than the model sees. */
  pieces = $state<Record<number, number>>({});
  /** What a screen reader says. */
  said = $state("");

  readonly #host: Shelf;
  readonly #keeper: Keeper;
  readonly #notices: Notices;
  readonly #around: Around;
  #project: number | null = null;
  #summing: Summing | null = null;

  constructor(host: Shelf, keeper: Keeper, notices: Notices, around: Around) {
    this.#host = host;
    this.#keeper = keeper;
    this.#notices = notices;
    this.#around = around;
  }

  /** The scene that the model is at. */
  get at(): number | null {
    return this.run?.scenes[this.run.done] ?? null;
  }

  /** Scenes with words and without a summary of them as they are. */
  get missing(): number[] {
    const scenes = this.#around.scenes().filter(({ words }) => words > 0);
    return scenes.map(({ id }) => id).filter((id) => !this.all[id] || this.all[id].stale);
  }

  /** Those of them of which the author wrote a summary, before the scene changed: the model leaves it as it is. */
  get own(): number[] {
    return this.missing.filter((id) => this.all[id]?.text && !this.all[id].model);
  }

  /** Those of them that are left to the model. */
  get left(): number[] {
    const { own } = this;
    return this.missing.filter((id) => !own.includes(id));
  }

  /** Another manuscript is open. */
  async open(project: number): Promise<void> {
    if (project === this.#project) return;
    this.stop();
    this.#project = project;
    this.all = {};
    this.pieces = {};
    try {
      const list = await this.#host.summaries(project);
      if (project === this.#project) this.all = Object.fromEntries(list.map((one) => [one.scene, one]));
    } catch (thrown) {
      // They are read again with the next scene.
      if (project === this.#project) this.#project = null;
      throw thrown;
    }
  }

  /** What is known is not so any more. */
  forget(): void {
    this.#project = null;
  }

  /** A scene was saved: what was written of it before is of another version. */
  saved({ scene, version }: Saved): void {
    const summary = this.all[scene];
    if (summary && summary.version !== version && !summary.stale) summary.stale = true;
  }

  /** The author writes it. */
  write(scene: number, text: string): void {
    const before = { ...(this.all[scene] ?? blank(scene)) };
    this.#keeper.takebacks.note(
      `summary-${scene}`,
      () => this.#putBack(scene, before),
      () => this.#write(scene, text),
    );
    this.#write(scene, text);
  }

  /** As it was: the model's, where it was, and of the version it was made of. */
  #putBack(scene: number, summary: Summary): void {
    this.all[scene] = summary;
    const { text, model } = summary;
    const version = text ? summary.version : null;
    this.#keeper.put(`summary-${scene}`, text, () => this.#host.setSummary(scene, version, text, model));
  }

  #write(scene: number, text: string): void {
    const before = this.all[scene] ?? blank(scene);
    this.all[scene] = { ...before, text, model: "", stale: false };
    this.#keeper.put(`summary-${scene}`, text, async () => {
      const { version, updated_at } = await this.#host.setSummary(scene, null, text, "");
      const now = this.all[scene];
      if (now) this.all[scene] = { ...now, version, updated_at };
    });
  }

  /** The author says that it still holds, though the scene has changed. */
  async confirm(scene: number): Promise<void> {
    const summary = this.all[scene];
    if (!summary || !(await this.#around.settled())) return;
    this.all[scene] = await this.#host.setSummary(scene, null, summary.text, summary.model);
  }

  /** Has the model sum up all scenes that lack it, and tells of how many the author's own summary stayed. */
  async sumUpAll(): Promise<void> {
    const [scenes, own] = [this.left, this.own.length];
    if (!scenes.length && own) this.#notices.mention("step", t("summary-own", { scenes: own }));
    await this.sumUp(scenes, own);
  }

  /** Has the model sum up scenes, one after the other; of `own` others the author's summary stays, which is told. */
  async sumUp(scenes: number[], own = 0): Promise<void> {
    if (this.run || !scenes.length) return;
    if (!(await this.#around.settled()) || !(await this.#keeper.flush())) return;
    const project = this.#project;
    const replaced = new Map<number, Summary | null>();
    const summing = new Summing(this.#host);
    this.#summing = summing;
    this.run = { scenes, done: 0, read: 0, text: "", left: null };
    this.said = t("summary-said-begun", { scenes: scenes.length });
    try {
      await this.#each(scenes, summing, replaced);
      this.said = t("summary-said-done", { scenes: replaced.size });
    } catch (thrown) {
      this.said = t("summary-said-stopped", { scenes: replaced.size });
      if (!(thrown instanceof Stopped)) this.#notices.fail("summaries", thrown);
    } finally {
      this.run = null;
      this.#summing = null;
    }
    if (replaced.size && project === this.#project) this.#tell(replaced, own);
  }

  /** Stops; what is done stays. */
  stop(): void {
    this.#summing?.stop();
  }

  async #each(scenes: number[], summing: Summing, replaced: Map<number, Summary | null>): Promise<void> {
    this.#notices.dismiss("summaries");
    const words = new Map(this.#around.scenes().map((scene) => [scene.id, scene.words]));
    const count = (ids: number[]) => ids.reduce((sum, id) => sum + (words.get(id) ?? 0), 0);
    const began = Date.now();
    for (const [at, scene] of scenes.entries()) {
      const { text, version } = await this.#host.sceneText(scene);
      if (text.trim()) {
        const made = await summing.sumUp(scene, text, {
          read: (part) => this.#goOn({ read: part }),
          text: (text) => this.#goOn({ text }),
        });
        if (made.text) {
          replaced.set(scene, $state.snapshot(this.all[scene]) ?? null);
          this.all[scene] = await this.#host.setSummary(scene, version, made.text, made.model);
          this.pieces[scene] = made.pieces;
        } else this.#notices.tell("summaries", t("summary-none-made"));
      }
      const done = count(scenes.slice(0, at + 1));
      const left = count(scenes.slice(at + 1));
      const seconds = (Date.now() - began) / 1000;
      this.#goOn({ done: at + 1, read: 0, text: "", left: done ? (seconds * left) / done : null });
    }
  }

  #goOn(so: Partial<Run>): void {
    if (this.run) this.run = { ...this.run, ...so };
  }

  /** Tells what was made, with the way back to what was there before. */
  #tell(replaced: Map<number, Summary | null>, own: number): void {
    const made = t("summary-made", { scenes: replaced.size });
    this.#notices.mention("step", own ? `${made} ${t("summary-own", { scenes: own })}` : made, [
      { label: t("tree-undo"), go: () => void this.#takeBack(replaced) },
    ]);
  }

  async #takeBack(replaced: Map<number, Summary | null>): Promise<void> {
    this.#notices.dismiss("step");
    try {
      for (const [scene, before] of replaced) {
        const { version = null, text = "", model = "" } = before ?? {};
        const now = await this.#host.setSummary(scene, version, text, model);
        if (before) this.all[scene] = now;
        else delete this.all[scene];
      }
    } catch (thrown) {
      this.#notices.fail("summaries", thrown);
    }
  }
}

function blank(scene: number): Summary {
  return { scene, text: "", version: 0, model: "", stale: false, updated_at: "" };
}
