// What is told when the page cannot be saved, and the ways out of two versions of it: the writer says which one stays.
import type { Host, OpenProject } from "../host/host";
import { t } from "../words/words.svelte";
import type { Autosave } from "./autosave.svelte";
import type { Library } from "./library.svelte";
import type { Notices } from "./notices.svelte";

/** What it needs of the desk. */
export interface Around {
  /** The scene on the page. */
  scene(): number | null;
  draft(): { document: string; text: string };
  /** Shows another page; nothing of this one is to be saved any more. */
  show(opened: OpenProject): void;
}

export class Saving {
  readonly #host: Pick<Host, "openScene" | "createProject" | "saveScene" | "listProjects">;
  readonly #autosave: Autosave;
  readonly #library: Library;
  readonly #notices: Notices;
  readonly #around: Around;

  constructor(host: Host, autosave: Autosave, library: Library, notices: Notices, around: Around) {
    this.#host = host;
    this.#autosave = autosave;
    this.#library = library;
    this.#notices = notices;
    this.#around = around;
  }

  /** Tells that something is not saved, if it is so. */
  tell(more = ""): void {
    const { state, problem } = this.#autosave;
    if (!problem || state === "saved") return;
    if (state === "conflict") return this.#tellConflict();
    this.#notices.tell("saving", `${t("manuscript-unsaved")} ${more}`.trim(), [], problem);
  }

  #tellConflict(): void {
    const { open } = this.#library;
    if (!open) return;
    const way = (label: string, work: () => Promise<void>) => ({
      label,
      go: () => void work().catch((thrown: unknown) => this.#notices.fail("saving", thrown)),
    });
    this.#notices.tell("saving", t("manuscript-conflict"), [
      way(t("manuscript-keep-page"), () => this.#overwrite()),
      way(t("manuscript-keep-copy"), () => this.#keepCopy(open.id, open.title)),
    ]);
  }

  async #overwrite(): Promise<void> {
    const scene = this.#around.scene();
    if (scene === null) return;
    const opened = await this.#host.openScene(scene);
    if (await this.#autosave.overwrite(opened.scene.version)) this.#notices.dismiss("saving");
    else this.tell();
  }

  async #keepCopy(id: number, title: string): Promise<void> {
    const { scene } = await this.#host.createProject(t("manuscript-copy", { title }));
    let { version } = scene;
    let kept: string | null = null;
    /** Keeps the page as it is now; false when that was done before. */
    const keep = async (): Promise<boolean> => {
      const { document, text } = this.#around.draft();
      if (document === kept) return false;
      const saved = await this.#host.saveScene({ scene: scene.id, base_version: version, document, text });
      version = saved.version;
      kept = document;
      return true;
    };
    await keep();
    this.#library.projects = await this.#host.listProjects();
    const opened = await this.#library.openProject(id);
    // What was typed until the other version was there.
    while (await keep());
    this.#autosave.close();
    this.#notices.dismiss("saving");
    this.#around.show(opened);
  }
}
