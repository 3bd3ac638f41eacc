// What was asked, scene by scene, in this session and in earlier ones, so that words that were not taken stay reachable at
// their place.
import { SvelteMap } from "svelte/reactivity";
import type { Spot } from "../../editor/page";
import type { Asked } from "./asked.svelte";

/** As many are kept for a scene. */
const MOST = 60;

export class Branches {
  readonly #scenes = new SvelteMap<number | null, readonly Asked[]>();

  add(asked: Asked): void {
    const { scene } = asked.home;
    this.#scenes.set(scene, [...this.of(scene), asked].slice(-MOST));
  }

  /** What was asked in earlier sessions comes before all that was asked since, the earliest first. */
  recall(scene: number, earlier: readonly Asked[]): void {
    const all = [...this.of(scene), ...earlier];
    const before = all.filter(({ since }) => since !== null);
    before.sort((a, b) => Date.parse(a.since!) - Date.parse(b.since!));
    this.#scenes.set(scene, [...before, ...all.filter(({ since }) => since === null)].slice(-MOST));
  }

  clear(): void {
    this.#scenes.clear();
  }

  drop(asked: Asked): void {
    const { scene } = asked.home;
    this.#scenes.set(
      scene,
      this.of(scene).filter((other) => other !== asked),
    );
  }

  /** All of a scene, the earliest first. */
  of(scene: number | null): readonly Asked[] {
    return this.#scenes.get(scene) ?? [];
  }

  find(scene: number | null, id: string): Asked | null {
    return this.of(scene).find((asked) => asked.id === id) ?? null;
  }

  /** All that was asked at the place of one. */
  beside(asked: Asked, spotOf: (id: string) => Spot | null): readonly Asked[] {
    const here = spotOf(asked.id);
    if (!here || here.lost) return [asked];
    return this.of(asked.home.scene).filter((other) => {
      const spot = spotOf(other.id);
      return other === asked || (!!spot && !spot.lost && spot.from === here.from && spot.to === here.to);
    });
  }

  /** What was asked last where the cursor is: right there, else in its paragraph. */
  near(
    scene: number | null,
    cursor: number,
    paragraph: { from: number; to: number },
    spotOf: (id: string) => Spot | null,
  ): Asked | null {
    const within = (from: number, to: number) => (asked: Asked) => {
      const spot = spotOf(asked.id);
      return !!spot && !spot.lost && spot.from <= to && spot.to >= from;
    };
    const all = this.of(scene);
    return all.findLast(within(cursor, cursor)) ?? all.findLast(within(paragraph.from, paragraph.to)) ?? null;
  }
}
