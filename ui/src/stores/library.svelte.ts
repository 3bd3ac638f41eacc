// The writer's manuscripts, and the one that is open.
import type { Host, OpenProject, ProjectSummary, Sample, Saved } from "../host/host";
import { inEveryLanguage, t } from "../words/words.svelte";

type Shelf = Pick<
  Host,
  | "listProjects"
  | "createProject"
  | "openProject"
  | "openScene"
  | "renameProject"
  | "archiveProject"
  | "archivedProjects"
  | "samples"
>;

/** What a manuscript without a title is called. */
export const untitled = () => t("manuscript-untitled");

export class Library {
  projects = $state<ProjectSummary[]>([]);
  open = $state<ProjectSummary | null>(null);
  /** Nothing was ever written here. */
  fresh = $state(false);
  samples = $state<Sample[]>([]);

  readonly #host: Shelf;

  constructor(host: Shelf) {
    this.#host = host;
  }

  /** Reads the list and opens the manuscript that was open last, or a first, untitled one. */
  async begin(last: number | null): Promise<OpenProject> {
    this.projects = await this.#host.listProjects();
    const known = this.projects.find((project) => project.id === last) ?? this.projects[0];
    if (known) return this.openProject(known.id);
    this.fresh = !(await this.#host.archivedProjects()).length;
    return this.create(untitled());
  }

  async openProject(id: number): Promise<OpenProject> {
    return this.#opened(await this.#host.openProject(id));
  }

  async openScene(id: number): Promise<OpenProject> {
    return this.#opened(await this.#host.openScene(id));
  }

  /** Puts a manuscript away, and opens another. */
  async archive(id: number): Promise<OpenProject> {
    await this.#host.archiveProject(id, true);
    return this.begin(null);
  }

  async unarchive(id: number): Promise<OpenProject> {
    await this.#host.archiveProject(id, false);
    return this.openProject(id);
  }

  archived(): Promise<ProjectSummary[]> {
    return this.#host.archivedProjects();
  }

  async create(title: string, text?: string): Promise<OpenProject> {
    return this.#opened(await this.#host.createProject(title, text));
  }

  /** Renames a manuscript, the open one unless another is named; a blank title is no title. */
  async rename(title: string, id = this.open?.id): Promise<void> {
    const named = title.trim();
    if (id === undefined || !named || named === this.projects.find((one) => one.id === id)?.title) return;
    const renamed = await this.#host.renameProject(id, named);
    this.#put(renamed);
    if (this.open?.id === renamed.id) this.open = renamed;
  }

  /** Shows another title of the open manuscript, before it is kept. */
  retitle(title: string): void {
    if (this.open && title.trim()) this.open = { ...this.open, title };
  }

  /** Whether the open manuscript has no title yet, in whichever language it was begun. */
  get isUntitled(): boolean {
    return inEveryLanguage("manuscript-untitled").includes(this.open?.title ?? "");
  }

  async loadSamples(): Promise<void> {
    this.samples = await this.#host.samples();
  }

  /** A save went through: the list tells the new count, of all scenes. */
  saved(saved: Saved, words: number): void {
    if (!this.open) return;
    this.open = { ...this.open, words, updated_at: saved.updated_at };
    this.#put(this.open);
  }

  /** The words of the open manuscript, after a step on its tree. */
  counted(words: number): void {
    if (!this.open || this.open.words === words) return;
    this.open = { ...this.open, words };
    this.#put(this.open);
  }

  #opened(opened: OpenProject): OpenProject {
    this.open = opened.project;
    this.#put(opened.project);
    return opened;
  }

  #put(project: ProjectSummary): void {
    const known = this.projects.some(({ id }) => id === project.id);
    this.projects = known
      ? this.projects.map((old) => (old.id === project.id ? project : old))
      : [project, ...this.projects];
  }
}
