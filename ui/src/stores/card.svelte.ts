// What an author keeps beside a scene's text: its synopsis, notes and status, and the synopses of chapters and parts. All of
// it is kept as it is typed.
import type { Host, ItemRef, OutlineItem, SceneCard } from "../host/host";
import type { Keeper } from "./keeper.svelte";
import { keyOf } from "./tree.svelte";

type Cards = Pick<Host, "sceneCard" | "setSceneCard" | "setChapterSynopsis">;

/** What the card needs of the tree. */
export interface Rows {
  amend(ref: ItemRef, said: Partial<Pick<OutlineItem, "synopsis" | "status">>): void;
}

export class CardStore {
  /** The part or chapter that the card is about; none: the scene on the page. */
  chapter = $state<number | null>(null);
  /** Of the scene on the page; none until it is read. */
  card = $state<SceneCard | null>(null);
  /** The scene on the page. */
  scene = $state<number | null>(null);

  readonly #host: Cards;
  readonly #keeper: Keeper;
  readonly #rows: Rows;

  constructor(host: Cards, keeper: Keeper, rows: Rows) {
    this.#host = host;
    this.#keeper = keeper;
    this.#rows = rows;
  }

  /** Another scene is on the page. */
  async show(scene: number): Promise<void> {
    if (scene !== this.scene) this.card = null;
    this.scene = scene;
    this.chapter = null;
    const card = this.#draft(scene) ?? (await this.#host.sceneCard(scene));
    // Meanwhile another one may be there, or something was typed.
    if (scene === this.scene) this.card = this.#draft(scene) ?? card;
  }

  /** The author says something else of the scene on the page. */
  change(said: Partial<SceneCard>): void {
    const { scene, card } = this;
    if (!card || scene === null) return;
    const now = { ...card, ...said };
    const field = `${nameOf(scene)} ${Object.keys(said).join()}`;
    this.#keeper.takebacks.note(
      field,
      () => this.#put(scene, card),
      () => this.#put(scene, now),
    );
    this.#put(scene, now);
  }

  /** The author says what is to happen in a part or chapter. */
  tell(chapter: number, synopsis: string, before: string): void {
    this.#keeper.takebacks.note(
      `chapter-${chapter}`,
      () => this.#tell(chapter, before),
      () => this.#tell(chapter, synopsis),
    );
    this.#tell(chapter, synopsis);
  }

  #tell(chapter: number, synopsis: string): void {
    const ref = { chapter };
    this.#rows.amend(ref, { synopsis });
    this.#keeper.put(keyOf(ref), synopsis, () => this.#host.setChapterSynopsis(chapter, synopsis));
  }

  /** What is to happen in a part or chapter, with what was typed just now. */
  synopsisOf({ id, synopsis }: Pick<OutlineItem, "id" | "synopsis">): string {
    return this.#keeper.draft(keyOf({ chapter: id })) ?? synopsis;
  }

  #put(scene: number, card: SceneCard): void {
    if (scene === this.scene) this.card = card;
    this.#rows.amend({ scene }, { synopsis: card.synopsis, status: card.status });
    this.#keeper.put(nameOf(scene), card, () => this.#host.setSceneCard(scene, card));
  }

  #draft(scene: number): SceneCard | undefined {
    return this.#keeper.draft(nameOf(scene));
  }
}

function nameOf(scene: number): string {
  return `card-${scene}`;
}
