// What was said in forms before (cards, lore, what is said of a manuscript), as long as the session lasts: a field forgets its
// own undo when something else is looked at. Keys in a row in one field are one change.

/** Milliseconds after which another key is another change. */
const APART = 2000;
/** As many are kept. */
const MOST = 200;

interface Change {
  back: () => void;
  again: () => void;
}

export class Takebacks {
  done = $state.raw<readonly Change[]>([]);
  undone = $state.raw<readonly Change[]>([]);
  #field = "";
  #at = -Infinity;

  /** Something is said otherwise in a field; `back` and `again` say what was said before and is now. */
  note(field: string, back: () => void, again: () => void): void {
    const now = performance.now();
    const last = field === this.#field && now - this.#at < APART ? this.done.at(-1) : undefined;
    [this.#field, this.#at] = [field, now];
    this.undone = [];
    const change = { back: last?.back ?? back, again };
    this.done = [...(last ? this.done.slice(0, -1) : this.done), change].slice(-MOST);
  }

  /** Takes the last change back; false when there is none. */
  back(): boolean {
    const change = this.done.at(-1);
    if (!change) return false;
    this.#field = "";
    this.done = this.done.slice(0, -1);
    this.undone = [...this.undone, change];
    change.back();
    return true;
  }

  /** Makes the change again that was taken back last. */
  again(): void {
    const change = this.undone.at(-1);
    if (!change) return;
    this.undone = this.undone.slice(0, -1);
    this.done = [...this.done, change];
    change.again();
  }

  /** What was said belongs to something that is not there any more. */
  forget(): void {
    this.done = this.undone = [];
    this.#field = "";
  }
}
