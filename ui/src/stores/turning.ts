// From one scene to another, and no letter lost on the way. What is typed until the next one is there stands on the page
// that the writer still sees: that page goes on to be written and is saved once more. A page that took no letters
// meanwhile would lose them.
import type { OpenProject } from "../host/host";
import type { Autosave } from "./autosave.svelte";
import type { Library } from "./library.svelte";
import type { Notices } from "./notices.svelte";

/** What it needs of the desk. */
export interface Around {
  /** The scene on the page. */
  scene(): number | null;
  /** Keeps now what was typed beside the page. */
  keepBeside(): Promise<unknown>;
  /** The page cannot be saved. */
  unsaved(): void;
  show(opened: OpenProject): void;
  /** Nothing is written on the page any more; done when the library knows where all stands on it. */
  leave(): Promise<void>;
}

type Saves = Pick<Autosave, "flush" | "close" | "unsaved" | "version">;

export class Turning {
  readonly #autosave: Saves;
  readonly #library: Pick<Library, "openScene">;
  readonly #notices: Notices;
  readonly #around: Around;

  constructor(autosave: Saves, library: Pick<Library, "openScene">, notices: Notices, around: Around) {
    this.#autosave = autosave;
    this.#library = library;
    this.#notices = notices;
    this.#around = around;
  }

  /** Shows what `open` opens, once all of this page is saved. */
  async to(open: () => Promise<OpenProject>): Promise<void> {
    if (!(await this.settled())) return;
    let { version } = this.#autosave;
    let opened = await this.#notices.attempt("library", open());
    if (!opened) return;
    while (opened && (await this.settled())) {
      if (this.#autosave.version === version) return this.#around.show(opened);
      // What was opened does not know what was saved since.
      version = this.#autosave.version;
      opened = await this.#open(opened.scene.id);
    }
    // The page stays, and what is open with it.
    const scene = this.#around.scene();
    if (scene !== null) await this.#open(scene);
  }

  /** Saves all that is on the page and beside it; false when the page cannot be saved. */
  async settled(): Promise<boolean> {
    do {
      const [kept] = await Promise.all([this.#autosave.flush(), this.#around.keepBeside()]);
      if (!kept) {
        this.#around.unsaved();
        return false;
      }
      // The page may have gone on while what is beside it was being saved.
    } while (this.#autosave.unsaved);
    return true;
  }

  /** Leaves the scene for good, with all of it in the library; false when it cannot be saved. */
  async leave(): Promise<boolean> {
    if (!(await this.settled())) return false;
    this.#autosave.close();
    await this.#around.leave();
    return true;
  }

  #open(scene: number): Promise<OpenProject | undefined> {
    return this.#notices.attempt("library", this.#library.openScene(scene));
  }
}
