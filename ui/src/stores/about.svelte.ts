// What an author says of a whole manuscript: what it is about, whose it is, its language and direction; the passages that
// show how it is to sound; the words that are right in it.
import type { PageDirection, ProjectBrief, ProjectHost, StyleSample } from "../host/host";
import { t } from "../words/words.svelte";
import type { Keeper } from "./keeper.svelte";
import type { Notices } from "./notices.svelte";

export class AboutStore {
  /** None until it is read. */
  brief = $state<ProjectBrief | null>(null);
  samples = $state<StyleSample[]>([]);
  archived = $state<StyleSample[]>([]);
  /** Right whatever a spelling checker says. */
  words = $state<string[]>([]);

  readonly #host: ProjectHost;
  readonly #keeper: Keeper;
  readonly #notices: Notices;
  readonly #write: (language: string, direction: PageDirection) => void;
  #project: number | null = null;

  /** `write` tells the page in which language, and which way, it is written from now on. */
  constructor(
    host: ProjectHost,
    keeper: Keeper,
    notices: Notices,
    write: (language: string, direction: PageDirection) => void,
  ) {
    this.#host = host;
    this.#keeper = keeper;
    this.#notices = notices;
    this.#write = write;
  }

  /** Another manuscript is open; nothing is read before it is looked at. */
  open(project: number): void {
    if (project === this.#project) return;
    this.#project = project;
    this.brief = null;
    this.samples = [];
    this.archived = [];
    this.words = [];
  }

  /** What is known is not so any more. */
  forget(): void {
    this.#project = null;
  }

  /** Reads all of it. */
  async look(): Promise<void> {
    const project = this.#project;
    if (project === null) return;
    const [brief, samples, archived, words] = await Promise.all([
      this.#host.brief(project),
      this.#host.styleSamples(project),
      this.#host.archivedStyleSamples(project),
      this.#host.rightWords(project),
    ]);
    if (project !== this.#project) return;
    this.brief = this.#keeper.draft(`brief-${project}`) ?? brief;
    this.samples = samples.map((sample) => this.#keeper.draft(`style-${sample.id}`) ?? sample);
    this.archived = archived;
    this.words = words;
  }

  change(said: Partial<ProjectBrief>): void {
    const project = this.#project;
    if (!this.brief || project === null) return;
    const before = this.brief;
    const now = { ...before, ...said };
    this.#keeper.takebacks.note(
      `brief-${project} ${Object.keys(said).join()}`,
      () => this.#say(project, before),
      () => this.#say(project, now),
    );
    this.#say(project, now);
  }

  #say(project: number, brief: ProjectBrief): void {
    const { language, direction } = this.brief ?? brief;
    if (project === this.#project) {
      this.brief = brief;
      if (brief.language !== language || brief.direction !== direction)
        this.#write(brief.language, brief.direction);
    }
    this.#keeper.put(`brief-${project}`, brief, () => this.#host.setBrief(project, brief));
  }

  async addSample(title: string, text: string): Promise<void> {
    if (this.#project === null || !text.trim()) return;
    const sample = await this.#host.addStyleSample(this.#project, title, text.trim());
    this.samples = [...this.samples.filter(({ id }) => id !== sample.id), sample];
  }

  changeSample(id: number, said: Partial<StyleSample>): void {
    const before = this.samples.find((sample) => sample.id === id);
    if (!before) return;
    const sample = { ...before, ...said };
    this.#keeper.takebacks.note(
      `style-${id} ${Object.keys(said).join()}`,
      () => this.#put(before),
      () => this.#put(sample),
    );
    this.#put(sample);
  }

  #put(sample: StyleSample): void {
    const { id } = sample;
    const changed = (one: StyleSample) => (one.id === id ? sample : one);
    this.samples = this.samples.map(changed);
    // What was put away meanwhile says it where it lies.
    this.archived = this.archived.map(changed);
    this.#keeper.put(`style-${id}`, sample, () => this.#host.setStyleSample(sample));
  }

  async archiveSample(sample: StyleSample): Promise<void> {
    await this.#host.archiveStyleSample(sample.id, true);
    this.samples = this.samples.filter(({ id }) => id !== sample.id);
    this.archived = [...this.archived, sample];
    this.#undoably(t("about-sample-archived"), () => void this.unarchiveSample(sample));
  }

  async unarchiveSample(sample: StyleSample): Promise<void> {
    this.#notices.dismiss("step");
    await this.#host.archiveStyleSample(sample.id, false);
    this.archived = this.archived.filter(({ id }) => id !== sample.id);
    this.samples = [...this.samples, sample].sort((a, b) => a.id - b.id);
  }

  async addWord(word: string): Promise<void> {
    await this.#setWord(word.trim(), true);
  }

  async removeWord(word: string): Promise<void> {
    await this.#setWord(word, false);
    this.#undoably(t("about-word-removed", { word }), () => void this.addWord(word));
  }

  async #setWord(word: string, right: boolean): Promise<void> {
    if (this.#project === null || !word) return;
    this.#notices.dismiss("step");
    await this.#host.setRightWord(this.#project, word, right);
    const others = this.words.filter((one) => one !== word);
    this.words = right ? [...others, word].sort((a, b) => a.localeCompare(b)) : others;
  }

  #undoably(message: string, go: () => void): void {
    this.#notices.mention("step", message, [{ label: t("tree-undo"), go }]);
  }
}
