// What waits in scenes that are not open: the one thing that is offered in each, which may still be being written, and
// where everything was asked.
import type { Bookmark } from "../../editor/page";
import type { Asked } from "./asked.svelte";

export class Scenes {
  #waiting = $state.raw<readonly Asked[]>([]);
  readonly #marks = new Map<number, Bookmark>();

  /** A scene is left, with what is offered there. */
  leave(scene: number, mark: Bookmark, asked: Asked | null): void {
    this.#marks.set(scene, mark);
    if (asked) this.#waiting = [...this.#waiting, asked];
  }

  /** A scene is opened: what waited there. */
  enter(scene: number): { mark: Bookmark | null; asked: Asked | null } {
    const asked = this.#waiting.find(({ home }) => home.scene === scene) ?? null;
    if (asked) this.drop(asked);
    return { mark: this.#marks.get(scene) ?? null, asked };
  }

  /** Lets go of all; answers what waited. */
  forget(): readonly Asked[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#marks.clear();
    return waiting;
  }

  has(asked: Asked): boolean {
    return this.#waiting.includes(asked);
  }

  drop(asked: Asked): void {
    this.#waiting = this.#waiting.filter((other) => other !== asked);
  }

  /** What still goes on, or came to its end unseen. */
  get elsewhere(): readonly Asked[] {
    return this.#waiting.filter(({ live, news }) => live || news);
  }
}
