// One text out of several: sentences that are picked from candidates, in the order they were picked, each with its origin.
import { gapBetween, sentencesIn } from "../../editor/pieces";
import type { Piece } from "../../editor/page";
import type { Asked } from "./asked.svelte";

/** A sentence that can be picked. */
export interface Pick extends Piece {
  key: string;
  /** Begins a paragraph where it comes from. */
  opens: boolean;
}

/** The sentences of one text. */
export interface Source {
  /** The request; none: the text as it stands. */
  request: string | null;
  candidate: number;
  sentences: Pick[];
}

export class Mix {
  on = $state(false);
  picks = $state.raw<readonly Pick[]>([]);
  readonly #made = new WeakMap<readonly Piece[], readonly Pick[]>();

  /** Picks a sentence as the next one; one that is picked is given back. */
  toggle(pick: Pick): void {
    const others = this.picks.filter(({ key }) => key !== pick.key);
    this.picks = others.length < this.picks.length ? others : [...this.picks, pick];
  }

  /** Gives back the last one. */
  back(): void {
    this.picks = this.picks.slice(0, -1);
  }

  clear(): void {
    this.on = false;
    this.picks = [];
  }

  /** Which one it is in the text, from 1; 0: not picked. */
  order({ key }: Pick): number {
    return this.picks.findIndex((pick) => pick.key === key) + 1;
  }

  /** The picked sentences as words that follow `before`. */
  pieces(before: string): readonly Piece[] {
    let last = before;
    const pieces = this.picks.map(({ text, request, candidate, opens }, at) => {
      const whole = (at > 0 && opens ? "\n\n" : gapBetween(last, text)) + text;
      last = whole;
      return { text: whole, request, candidate };
    });
    this.#made.set(pieces, this.picks);
    return pieces;
  }

  /** The picks that pieces were made of, after taking them was undone. */
  restore(pieces: readonly Piece[]): void {
    const picks = this.#made.get(pieces);
    if (!picks) return;
    this.on = true;
    this.picks = picks;
  }
}

/** All texts that sentences can be picked from: what they would replace, if anything, and every candidate. */
export function sourcesOf(asked: Asked, original: string | null): Source[] {
  const own = original === null ? [] : [sourceOf(original, null, 0)];
  return [...own, ...asked.candidates.map((_, at) => sourceOf(asked.text(at), asked.id, at))];
}

function sourceOf(text: string, request: string | null, candidate: number): Source {
  const sentences = sentencesIn(text).map((sentence, at) => {
    return { ...sentence, request, candidate, key: `${request ?? ""}/${candidate}/${at}` };
  });
  return { request, candidate, sentences };
}
