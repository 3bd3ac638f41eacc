// Who wrote what: the report of a manuscript, and where the words at the cursor came from.
import type { AuthorshipHost, AuthorshipReport, Problem, ReportFormat, WordOrigin } from "../host/host";
import { problemOf } from "../host/host";
import { t } from "../words/words.svelte";
import type { Origin } from "../editor/page";
import type { Tree } from "./tree.svelte";

/** What it needs of the desk. */
export interface Around {
  /** Saves what is on the page, for who only reads it. */
  flushed(): Promise<boolean>;
  /** Who wrote what is selected, or stands at the cursor. */
  makers(): { made: { request: string; candidate: number } | null; text: string }[];
  /** The answers of machines that the page has words of. */
  answers(): { request: string; candidate: number }[];
  /** Tells the page where words of machines came from. */
  know(origins: Origin[]): void;
  mention(message: string): void;
}

/** Words of one maker, and how they came to be. */
export interface Told {
  text: string;
  /** The writer's own words. */
  own: boolean;
  /** None for the writer's own words, and where it was not recorded. */
  origin: WordOrigin | null;
}

export class Authorship {
  report = $state<AuthorshipReport | null>(null);
  problem = $state<Problem | null>(null);
  /** What was asked about, in the order it stands. */
  told = $state<Told[] | null>(null);
  saving = $state(false);

  readonly #host: AuthorshipHost;
  readonly #tree: Tree;
  readonly #around: Around;
  /** Answers that the page was told of. */
  readonly #known = new Set<string>();

  constructor(host: AuthorshipHost, tree: Tree, around: Around) {
    this.#host = host;
    this.#tree = tree;
    this.#around = around;
  }

  /** Counts the open manuscript. */
  async count(): Promise<void> {
    const project = this.#tree.project;
    if (project === null) return;
    this.problem = null;
    try {
      await this.#around.flushed();
      this.report = await this.#host.authorship(project);
    } catch (thrown) {
      this.problem = problemOf(thrown);
    }
  }

  /** Writes the report into a file that the writer chooses. */
  async save(format: ReportFormat): Promise<void> {
    const { project } = this.#tree;
    if (project === null || !this.report) return;
    this.saving = true;
    this.problem = null;
    try {
      const name = t("authorship-file", { title: this.report.title });
      const file = await this.#host.chooseReportFile(name, format);
      if (!file) return;
      await this.#host.saveReport(project, format, file);
      this.#around.mention(t("authorship-saved", { file }));
    } catch (thrown) {
      this.problem = problemOf(thrown);
    } finally {
      this.saving = false;
    }
  }

  /** Looks up who wrote what is selected, or stands at the cursor. */
  async ask(): Promise<void> {
    const scene = this.#tree.scene;
    if (scene === null) return;
    this.told = null;
    const stretches = this.#around.makers();
    this.told = await Promise.all(
      stretches.map(async ({ made, text }) => ({
        text,
        own: made === null,
        origin: made && (await this.#originOf(scene, made.request, made.candidate)),
      })),
    );
  }

  /** Another page is open: it is told where its machines' words came from, so that it can show which were changed. */
  async turned(): Promise<void> {
    const scene = this.#tree.scene;
    if (scene === null) return;
    const fresh = this.#around
      .answers()
      .filter(({ request, candidate }) => !this.#known.has(`${candidate} ${request}`));
    const origins = await Promise.all(
      fresh.map(async ({ request, candidate }) => {
        const origin = await this.#originOf(scene, request, candidate);
        this.#known.add(`${candidate} ${request}`);
        return origin && { request, candidate, model: origin.model, text: origin.text };
      }),
    );
    const known = origins.filter((origin) => origin !== null);
    if (known.length) this.#around.know(known);
  }

  async #originOf(scene: number, request: string, candidate: number): Promise<WordOrigin | null> {
    try {
      return await this.#host.wordOrigin(scene, request, candidate);
    } catch (thrown) {
      if (problemOf(thrown).code === "not_found") return null;
      throw thrown;
    }
  }
}
