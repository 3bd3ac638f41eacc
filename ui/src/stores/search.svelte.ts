// Finding in the scene or the manuscript, and putting other words there. It is asked as one types, a moment after the last
// key; an answer that a later question has overtaken is dropped. Answers are bounded and say how much there is.
import { SvelteSet } from "svelte/reactivity";
import { problemOf, type FoundPlace, type FoundPlaces, type Problem } from "../host/host";
import type { SearchHost, SearchPattern } from "../host/host";
import { t } from "../words/words.svelte";
import type { Tree } from "./tree.svelte";

/** What a search needs of the desk. */
export interface Around {
  /** Saves what is on the page; false when it cannot be saved, or nothing may be written. */
  settled(): Promise<boolean>;
  /** The same for who only reads. */
  flushed(): Promise<boolean>;
  /** The version of the open scene. */
  version(): number;
  cursor(): number;
  open(scene: number): Promise<void>;
  select(from: number, to: number): void;
  /** Marks places on the page, `current` among them more so. */
  mark(places: { from: number; to: number }[], current: number): void;
  focus(): void;
}

/** Places of one scene. */
export interface Group {
  scene: number;
  places: { place: FoundPlace; at: number }[];
}

/** As many places are told at once. A replacement is chosen place by place, so of those more are. */
export const SHOWN = 500;
export const REPLACED = 5000;

const AFTER_LAST_KEY = 150;
/** Longer than between two saves of a writer who types on: looking again waits for a pause. */
const AFTER_SAVE = 1500;

export type Scope = "manuscript" | "scene";

export class Search {
  open = $state(false);
  /** Counts how often it was asked for. */
  begun = $state(0);
  /** Whether other words are to be put there. */
  replacing = $state(false);
  scope = $state<Scope>("manuscript");
  pattern = $state<SearchPattern>({
    text: "",
    match_case: false,
    whole_words: false,
    regex: false,
    notes: true,
  });
  replacement = $state("");
  /** None before something was looked for. */
  found = $state<FoundPlaces | null>(null);
  busy = $state(false);
  problem = $state<Problem | null>(null);
  /** Why what was found is not what it was: said once, beside the results. */
  remark = $state("");
  /** The place in hand, by its number; -1: none yet. */
  at = $state(-1);
  /** Places that are not to be replaced, by their number. */
  readonly left = new SvelteSet<number>();

  readonly #host: SearchHost;
  readonly #tree: Tree;
  readonly #around: Around;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: SearchHost, tree: Tree, around: Around) {
    this.#host = host;
    this.#tree = tree;
    this.#around = around;
  }

  readonly groups = $derived(grouped(this.found?.places ?? []));
  readonly chosen = $derived(
    (this.found?.places ?? [])
      .filter((_, at) => !this.left.has(at))
      .map(({ at, with: words }) => ({ at, with: words })),
  );
  readonly hidden = $derived((this.found?.total ?? 0) - (this.found?.places.length ?? 0));

  /** Opens the search, with the words that are selected where there are some. */
  begin(words: string, replacing: boolean): void {
    const line = words.trim();
    if (line && !line.includes("\n") && !this.pattern.regex) this.pattern.text = line;
    this.open = true;
    this.begun++;
    this.replacing = replacing;
    this.remark = "";
    this.#soon(0);
  }

  close(): void {
    this.open = false;
    this.#asked++;
    clearTimeout(this.#timer);
    this.busy = false;
    this.#around.mark([], -1);
    this.#around.focus();
  }

  /** Something of what is looked for is another. */
  change(part: Partial<SearchPattern>): void {
    this.pattern = { ...this.pattern, ...part };
    this.#soon(AFTER_LAST_KEY);
  }

  within(scope: Scope): void {
    this.scope = scope;
    this.#soon(0);
  }

  replaceWith(words: string): void {
    this.replacement = words;
    this.#soon(AFTER_LAST_KEY);
  }

  toggleReplacing(): void {
    this.replacing = !this.replacing;
    this.#soon(0);
  }

  /** A save went through: what was found may be elsewhere now. */
  stale(): void {
    if (this.open && this.pattern.text) this.#soon(AFTER_SAVE, this.remark);
  }

  /** A step was made or taken back, maybe on many scenes. */
  stepped(): void {
    if (this.open && this.pattern.text) this.#soon(0, this.remark);
  }

  /** Another page is open. */
  turned(): void {
    this.draw();
    if (this.open && this.scope === "scene") this.#soon(0);
  }

  /** Looks now, and answers when the places are known. */
  async seek(): Promise<void> {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const project = this.#tree.project;
    if (!this.pattern.text || project === null) return this.#show(null);
    this.busy = true;
    try {
      await this.#around.flushed();
      const scene = this.scope === "scene" ? this.#tree.scene : null;
      const words = this.replacing ? this.replacement : null;
      const limit = this.replacing ? REPLACED : SHOWN;
      const found = await this.#host.find(project, scene, $state.snapshot(this.pattern), words, limit);
      if (asked === this.#asked && found) this.#show(found);
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.#show(null);
      this.problem = problemOf(thrown);
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }

  /** Goes on by so many places, over the ends too; the first time to the one that comes next after the cursor. */
  async step(by: 1 | -1): Promise<void> {
    await this.#settled();
    const places = this.found?.places ?? [];
    if (!places.length) return;
    if (this.at < 0) return this.go(this.#nearest(by));
    await this.go((this.at + by + places.length) % places.length);
  }

  /** Opens the scene of a place and selects it there; with `stay` the focus stays where it is. */
  async go(at: number, stay = true): Promise<void> {
    const place = this.found?.places[at];
    if (!place) return;
    this.at = at;
    if (place.at.scene !== this.#tree.scene) await this.#around.open(place.at.scene);
    else await this.#around.flushed();
    if (place.at.version !== this.#around.version()) {
      // Something was written in between: the place is looked for again, and the nearest is gone to.
      await this.seek();
      const near = this.found?.places.findIndex(
        (one) => one.at.scene === place.at.scene && one.from >= place.from,
      );
      if (near === undefined || near < 0) return;
      this.at = near;
    }
    const now = this.found!.places[this.at]!;
    this.draw();
    this.#around.select(now.from, now.to);
    if (!stay) this.#around.focus();
  }

  /** Scenes of the manuscript that have all the words, the best first. */
  lookUp(words: string) {
    return this.#host.lookUp(this.#tree.project, words);
  }

  /** Whether this is the place in hand. */
  isAt({ from, to }: { from: number; to: number }): boolean {
    const place = this.open ? this.found?.places[this.at] : undefined;
    return place?.at.scene === this.#tree.scene && place.from === from && place.to === to;
  }

  /** Whether a place is to be replaced. */
  isChosen(at: number): boolean {
    return !this.left.has(at);
  }

  /** Takes places in or leaves them out. */
  choose(places: number[], chosen: boolean): void {
    for (const at of places) {
      if (chosen) this.left.delete(at);
      else this.left.add(at);
    }
  }

  /** Puts the new words in the chosen places, all in one step. */
  async replace(): Promise<void> {
    const project = this.#tree.project;
    if (project === null || !this.chosen.length || !(await this.#around.settled())) return;
    try {
      const { places, step } = await this.#host.replace(project, $state.snapshot(this.chosen));
      await this.#tree.taken(step, t("search-replaced", { places, scenes: step.saved.length }));
      await this.seek();
    } catch (thrown) {
      const problem = problemOf(thrown);
      await this.seek();
      if (problem.code === "conflict") this.remark = t("search-conflict");
      else this.problem = problem;
    }
  }

  async #settled(): Promise<void> {
    // Keys may come before the answer to what was typed.
    if (this.busy || !this.found) await this.seek();
  }

  #soon(ms: number, remark = ""): void {
    clearTimeout(this.#timer);
    this.remark = remark;
    this.busy = this.pattern.text !== "";
    this.#asked++;
    this.#timer = setTimeout(() => void this.seek(), ms);
  }

  #show(found: FoundPlaces | null): void {
    const before = this.found?.places[this.at];
    const kept = this.found && found && same(this.found, found);
    this.found = found;
    this.problem = null;
    this.busy = false;
    if (!kept) {
      this.left.clear();
      const again = ({ at, from }: FoundPlace) => at.scene === before?.at.scene && from === before.from;
      this.at = found?.places.findIndex(again) ?? -1;
    }
    this.draw();
  }

  /** Marks the places on the page that is open. */
  draw(): void {
    if (!this.open) return;
    const { scene } = this.#tree;
    const here = (this.found?.places ?? []).flatMap((place, at) =>
      place.at.scene === scene ? [{ place, at }] : [],
    );
    const upToDate = here.filter(({ place }) => place.at.version === this.#around.version());
    const current = upToDate.findIndex(({ at }) => at === this.at);
    this.#around.mark(
      upToDate.map(({ place: { from, to } }) => ({ from, to })),
      current,
    );
  }

  /** The place that comes next to the cursor in the order of the manuscript. */
  #nearest(by: 1 | -1): number {
    const order = new Map(this.#tree.scenes.map(({ id }, index) => [id, index]));
    const here = order.get(this.#tree.scene ?? -1) ?? 0;
    const cursor = this.#around.cursor();
    const places = this.found?.places ?? [];
    const isAfter = ({ at, from }: FoundPlace) => {
      const index = order.get(at.scene) ?? 0;
      return index > here || (index === here && from >= cursor);
    };
    const after = places.findIndex(isAfter);
    if (by === 1) return after < 0 ? 0 : after;
    return (after < 0 ? places.length : after || places.length) - 1;
  }
}

function grouped(places: FoundPlace[]): Group[] {
  const groups: Group[] = [];
  places.forEach((place, at) => {
    const last = groups.at(-1);
    if (last?.scene === place.at.scene) last.places.push({ place, at });
    else groups.push({ scene: place.at.scene, places: [{ place, at }] });
  });
  return groups;
}

/** Whether the same places were found, though scenes may have other versions. */
function same(a: FoundPlaces, b: FoundPlaces): boolean {
  const line = ({ at, from, to }: FoundPlace) => `${at.scene} ${from} ${to}`;
  return (
    a.places.length === b.places.length && a.places.every((place, at) => line(place) === line(b.places[at]!))
  );
}
