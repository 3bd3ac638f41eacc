// What an author keeps beside the words, all of it: cards, lore, what is said of the manuscript, summaries, progress. It
// follows the desk from one scene and manuscript to the next, and keeps what is typed.
import type { Host, OpenProject, PageDirection, Saved } from "../host/host";
import { t } from "../words/words.svelte";
import { AboutStore } from "./about.svelte";
import { CardStore, type Rows } from "./card.svelte";
import { Keeper } from "./keeper.svelte";
import { LoreStore } from "./lore.svelte";
import type { Notices } from "./notices.svelte";
import { ProgressStore } from "./progress.svelte";
import { type Around as AroundSummaries, Summaries } from "./summaries.svelte";

/** What the notebook needs of the desk. */
export interface Around extends Rows, AroundSummaries {
  /** The page is written in another language, or runs another way. */
  write(language: string, direction: PageDirection): void;
}

export class Notebook {
  readonly keeper: Keeper;
  readonly card: CardStore;
  readonly lore: LoreStore;
  readonly about: AboutStore;
  readonly summaries: Summaries;
  readonly progress: ProgressStore;

  readonly #notices: Notices;
  #project: number | null = null;

  constructor(host: Host, notices: Notices, around: Around) {
    this.#notices = notices;
    this.keeper = new Keeper(() => this.tell());
    const write = (language: string, direction: PageDirection) => around.write(language, direction);
    this.card = new CardStore(host, this.keeper, around);
    this.lore = new LoreStore(host, this.keeper, notices);
    this.about = new AboutStore(host, this.keeper, notices, write);
    this.summaries = new Summaries(host, this.keeper, notices, around);
    this.progress = new ProgressStore(host, this.keeper);
  }

  /** Another scene is on the page, perhaps of another manuscript. */
  opened({ project, scene }: OpenProject): void {
    if (project.id !== this.#project) this.keeper.takebacks.forget();
    this.#project = project.id;
    this.about.open(project.id);
    this.see(
      Promise.all([
        this.card.show(scene.id),
        this.lore.open(project.id),
        this.summaries.open(project.id),
        this.progress.refresh(project.id),
      ]),
    );
  }

  /** Takes back what was said last in a form; a notice leads back to it. */
  takeBack(): void {
    const { takebacks } = this.keeper;
    if (!takebacks.back()) return;
    const go = () => {
      this.#notices.dismiss("step");
      takebacks.again();
    };
    this.#notices.mention("step", t("card-taken-back"), [{ label: t("card-again"), go }]);
  }

  /** The library is another: all of it is read anew. */
  forget(): void {
    this.keeper.takebacks.forget();
    this.about.forget();
    this.lore.forget();
    this.summaries.forget();
  }

  /** The page was saved. */
  saved(saved: Saved): void {
    this.summaries.saved(saved);
    if (this.#project !== null) this.see(this.progress.refresh(this.#project));
  }

  /** Tells what could not be kept, if anything. */
  tell(more = ""): void {
    const { problem } = this.keeper;
    if (problem) this.#notices.tell("notebook", `${t("manuscript-unsaved")} ${more}`.trim(), [], problem);
    else this.#notices.dismiss("notebook");
  }

  /** Waits for it; what goes wrong is told. */
  see(work: Promise<unknown>): void {
    work.catch((thrown) => this.#notices.fail("beside", thrown));
  }

  /** Keeps now what is not on disk yet; true when all of it is. */
  flush(): Promise<boolean> {
    return this.keeper.flush();
  }
}
