// The changes of one rewritten text, each of them taken or left.
import { SvelteSet } from "svelte/reactivity";
import { compare, isChange, type Segment } from "../../editor/diff";
import type { Compared } from "../../editor/page";

export interface Change extends Segment {
  /** Its place among the segments. */
  at: number;
  taken: boolean;
}

export class Changes {
  readonly original: string;
  readonly segments: readonly Segment[];
  /** The change that is looked at. */
  current = $state<number | null>(null);
  readonly #left = new SvelteSet<number>();

  constructor(original: string, text: string) {
    this.original = original;
    this.segments = compare(original, text);
  }

  /** Whether nothing stayed of the text: there are no changes to choose among. */
  get whole(): boolean {
    return this.segments.every(isChange);
  }

  get list(): Change[] {
    return this.segments.flatMap((segment, at) =>
      isChange(segment) ? [{ ...segment, at, taken: !this.#left.has(at) }] : [],
    );
  }

  get taken(): number {
    return this.list.filter(({ taken }) => taken).length;
  }

  toggle(at: number): void {
    if (!this.#left.delete(at)) this.#left.add(at);
  }

  /** All, or none. */
  setAll(taken: boolean): void {
    this.#left.clear();
    if (!taken) for (const { at } of this.list) this.#left.add(at);
  }

  /** As the page draws it. */
  get compared(): Compared {
    return { segments: this.segments, left: new Set(this.#left), current: this.current };
  }
}
