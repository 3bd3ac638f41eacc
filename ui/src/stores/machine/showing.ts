// How words that were asked for stand on the page: at their place as long as there is one, as ghost text, as the changes
// they would make, or mixed from several.
import type { Place } from "../../editor/page";
import type { Sheet } from "./around";
import type { Asked } from "./asked.svelte";
import type { Mix } from "./mix.svelte";

export class Showing {
  readonly #sheet: () => Sheet;

  constructor(sheet: () => Sheet) {
    this.#sheet = sheet;
  }

  /** Shows the chosen words, or the mixed ones; false where their place is lost, so that they have to be offered beside it. */
  present(asked: Asked, mix: Mix): boolean {
    const spot = this.#offers.spot(asked.id);
    if (!spot || spot.lost) {
      asked.adrift ||= asked.placed;
      return false;
    }
    const { id: request, chosen: candidate, gives } = asked;
    const at = { request, candidate, from: spot.from, to: spot.to };
    if (mix.on) {
      const before = gives === "passage" ? this.#sheet().place(spot.from, spot.to).before : "";
      const pieces = mix.pieces(before);
      this.#offers.show({ ...at, text: pieces.map(({ text }) => text).join(""), live: false, pieces });
      return true;
    }
    const text = asked.text();
    const live = !asked.candidates[candidate]!.done;
    const taken = asked.used.get(candidate) ?? "";
    const partly = gives === "passage" && taken.length < text.length && text.startsWith(taken);
    const compared = asked.changes(this.original(asked))?.compared;
    const words = partly ? { text: text.slice(taken.length), taken } : { text };
    this.#offers.show({ ...at, ...words, live, ...(compared && { compared }) });
    return true;
  }

  /** The text that would be replaced, as it is now. */
  original(asked: Asked): string {
    return this.#place(asked)?.selection ?? asked.request.selection;
  }

  /** Where it was asked, as it is now, with what the action was about; null when that is lost. */
  placeOf(asked: Asked): Place | null {
    const place = this.#place(asked);
    const { selection } = asked.request;
    const about = place && place.from === place.to && selection && place.before.endsWith(selection);
    return about ? { ...place, before: place.before.slice(0, -selection.length), selection } : place;
  }

  #place(asked: Asked): Place | null {
    const spot = this.#offers.spot(asked.id);
    return spot && !spot.lost ? this.#sheet().place(spot.from, spot.to) : null;
  }

  get #offers(): Sheet["offers"] {
    return this.#sheet().offers;
  }
}
