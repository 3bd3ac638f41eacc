// Files into the library and out of it: what will come is shown before it is stored, and what went out is remembered.
import {
  problemOf,
  type ExportedFile,
  type ExportOptions,
  type FilesHost,
  type ImportPreview,
} from "../host/host";
import type { Problem } from "../host/host";
import { t } from "../words/words.svelte";
import type { Way } from "./notices.svelte";
import type { Tree } from "./tree.svelte";

/** What it needs of the desk. */
export interface Around {
  /** Saves what is on the page; false when it cannot be saved, or nothing may be written. */
  settled(): Promise<boolean>;
  /** The same for who only reads. */
  flushed(): Promise<boolean>;
  open(scene: number): Promise<void>;
  /** Puts a manuscript away that was made by mistake. */
  putAway(project: number): Promise<void>;
  mention(message: string, ways?: Way[]): void;
  step(work: Promise<unknown>): void;
}

/** Formats in the order in which authors need them; `folder` is a folder of Markdown. */
export const FORMATS = ["docx", "epub", "pdf", "md", "txt", "html", "folder"] as const;
export type Format = (typeof FORMATS)[number];

/** Typefaces of a manuscript as editors want it. */
export const TYPEFACES = ["times", "courier"] as const;

/** Files that were read and not stored yet. */
export interface Arriving {
  files: string[];
  /** None as long as they are read. */
  preview: ImportPreview | null;
}

export class Files {
  arriving = $state<Arriving | null>(null);
  /** Where it goes: to the end of the open manuscript, or into one of its own. */
  into = $state<"new" | "open">("new");
  title = $state("");
  busy = $state<"choosing" | "reading" | "storing" | "writing" | null>(null);
  problem = $state<Problem | null>(null);

  format = $state<Format>("docx");
  options = $state<ExportOptions | null>(null);
  place = $state("");
  /** The file that is there will be replaced: it is the one that was exported last, or the system's dialog has asked. */
  replaces = $state(false);
  /** What was written. */
  written = $state<ExportedFile | null>(null);

  readonly #host: FilesHost;
  readonly #tree: Tree;
  readonly #around: Around;
  #asked = 0;

  constructor(host: FilesHost, tree: Tree, around: Around) {
    this.#host = host;
    this.#tree = tree;
    this.#around = around;
  }

  /** Begins an import with nothing chosen yet. */
  begin(): void {
    this.#asked++;
    this.arriving = null;
    this.problem = null;
    this.busy = null;
  }

  async chooseFiles(): Promise<void> {
    await this.#choose(async () => this.#host.chooseImportFiles(t("dialog-import"), t("dialog-manuscripts")));
  }

  async chooseFolder(): Promise<void> {
    await this.#choose(async () => {
      const folder = await this.#host.chooseImportFolder(t("dialog-import-folder"));
      return folder === null ? [] : [folder];
    });
  }

  /** Reads files and shows what would come of them. */
  async look(files: string[]): Promise<void> {
    const asked = ++this.#asked;
    this.arriving = { files, preview: null };
    this.into = "new";
    await this.#try("reading", async () => {
      const preview = await this.#host.previewImport(files);
      if (asked !== this.#asked) return;
      this.arriving = { files, preview };
      this.title = preview.title;
    });
    if (asked === this.#asked && !this.arriving.preview) this.arriving = null;
  }

  /** Stores what was shown, opens it, and says how it is undone; true when it is there. */
  async store(): Promise<boolean> {
    const { arriving, into } = this;
    const project = into === "open" ? this.#tree.project : null;
    if (!arriving?.preview || !(await this.#around.settled())) return false;
    let stored = false;
    await this.#try("storing", async () => {
      const title = project === null ? this.title : null;
      const { imported, step } = await this.#host.importFiles(arriving.files, project, title);
      stored = true;
      const scenes = imported.scenes.length;
      const told = t("import-done", {
        scenes,
        words: imported.scenes.reduce((sum, one) => sum + one.words, 0),
      });
      if (step) await this.#tree.taken(step, told);
      const first = imported.scenes[0];
      if (first) await this.#around.open(first.scene);
      const undo = () => this.#around.step(this.#around.putAway(imported.project));
      if (!step) this.#around.mention(told, [{ label: t("tree-undo"), go: undo }]);
      this.arriving = null;
    });
    return stored;
  }

  /** Begins an export as the last one was. */
  async beginExport(): Promise<void> {
    const { project } = this.#tree;
    this.written = null;
    if (project === null) return;
    await this.#try(null, async () => {
      const { format, options } = await this.#host.exportChoice(project);
      this.options = options;
      await this.#propose(FORMATS.find((known) => known === format) ?? "docx");
    });
  }

  async use(format: Format): Promise<void> {
    await this.#try(null, () => this.#propose(format));
  }

  set(part: Partial<ExportOptions>): void {
    if (this.options) this.options = { ...this.options, ...part };
  }

  /** Asks for another place. */
  async choosePlace(): Promise<void> {
    await this.#try("choosing", async () => {
      const file = await this.#host.chooseExportFile(this.format, this.place);
      if (file === null) return;
      this.place = file;
      // The dialog has asked before it let a file be replaced.
      this.replaces = false;
    });
  }

  async write(): Promise<void> {
    const { project } = this.#tree;
    const { options } = this;
    if (project === null || !options || !(await this.#around.flushed())) return;
    await this.#try("writing", async () => {
      // Nobody's name is wanted where it was taken out; where nothing was said, it is the manuscript's.
      const author = options.author?.trim() ?? null;
      const wanted = { ...$state.snapshot(options), author };
      this.written = await this.#host.exportProject(project, this.format, wanted, this.place);
    });
  }

  /** Shows what was written where it lies. */
  async show(): Promise<void> {
    const { written } = this;
    if (written) await this.#try(null, () => this.#host.showFile(written.file));
  }

  async #propose(format: Format): Promise<void> {
    const asked = ++this.#asked;
    this.format = format;
    const { file, replaces } = await this.#host.exportPlace(this.#tree.project!, format);
    if (asked !== this.#asked) return;
    this.place = file;
    this.replaces = replaces;
    this.written = null;
  }

  async #choose(ask: () => Promise<string[]>): Promise<void> {
    let files: string[] = [];
    await this.#try("choosing", async () => void (files = await ask()));
    if (files.length) await this.look(files);
  }

  async #try(busy: Files["busy"], work: () => Promise<void>): Promise<void> {
    this.problem = null;
    this.busy = busy;
    try {
      await work();
    } catch (thrown) {
      this.problem = problemOf(thrown);
    } finally {
      this.busy = null;
    }
  }
}

/** A path's last part. */
export function nameOf(path: string): string {
  return path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;
}

/** `3 parts, 12 chapters, 40 scenes`, without what there is none of. */
export function sizeOf({ parts, chapters, scenes }: ImportPreview): string[] {
  return [
    parts ? t("import-parts", { parts }) : "",
    chapters ? t("import-chapters", { chapters }) : "",
    t("import-scenes", { scenes }),
  ].filter(Boolean);
}
