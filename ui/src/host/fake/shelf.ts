// What the fake host keeps: a library in localStorage, so that a reload is a restart. Each part of the fake reads and
// changes it through `read` and `change`.
import {
  HostError,
  type ItemRef,
  type OutlineItem,
  type PageDirection,
  type ProblemCode,
  type ProjectSummary,
  type Scene,
  type SceneCard,
  type Settings,
} from "../host";

const SHELF = "foolscap-fake";

const SETTINGS: Settings = {
  theme: "system",
  language: null,
  page: {
    typeface: "literata",
    text_size: 100,
    line_height: 166,
    measure: 66,
    focus: "off",
    typewriter: false,
    typography: true,
  },
  words: 60,
  ideas: 3,
  memory_mb: 512,
  release_minutes: 30,
  inline: false,
  inline_pause_ms: 1200,
  spelling: true,
  temperature: null,
  model: null,
  last_project: null,
  streaks: false,
  keys: {},
};

export interface FakeProject extends ProjectSummary {
  items: OutlineItem[];
  archived: { item: OutlineItem; at: string }[];
  language: string;
  direction: PageDirection;
  last_scene: number | null;
  away?: boolean;
}

export type FakeScene = Scene & { card: SceneCard };

export interface Shelf {
  projects: FakeProject[];
  scenes: FakeScene[];
  settings: Settings;
  /** What other parts keep, each under its own name. */
  more: Record<string, unknown>;
}

/** The library where it is to be quick: the real one is another process, whose work no key waits for. */
let held: Shelf | null = null;

export function read(): Shelf {
  if (held) return held;
  const kept = localStorage.getItem(SHELF);
  if (!kept) return { projects: [], scenes: [], settings: SETTINGS, more: {} };
  const shelf = JSON.parse(kept) as Shelf;
  return { ...shelf, settings: { ...SETTINGS, ...shelf.settings } };
}

/** Whether another program is said to write the library. */
let locked = false;

export function lock(): void {
  locked = true;
}

export function isLocked(): boolean {
  return locked;
}

export function change<T>(work: (shelf: Shelf) => T): T {
  if (locked) refuse("read_only", "The library is open in another program, so it can only be read here.");
  return remember(work);
}

/** The same for what is only remembered, and is not where nothing can be written. */
export function remember<T>(work: (shelf: Shelf) => T): T {
  const shelf = read();
  const result = work(shelf);
  if (!locked && !held) localStorage.setItem(SHELF, JSON.stringify(shelf));
  return result;
}

export function projectIn(shelf: Shelf, id: number): FakeProject {
  return found(shelf.projects.find((one) => one.id === id));
}

export function sceneIn(shelf: Shelf, id: number): FakeScene {
  return found(shelf.scenes.find((one) => one.id === id));
}

export function found<T>(thing: T | undefined): T {
  return thing ?? refuse("not_found", "There is no such thing in the library.");
}

export function refuse(code: ProblemCode, message: string): never {
  throw new HostError({ code, message });
}

export function refOf({ kind, id }: OutlineItem): ItemRef {
  return kind === "scene" ? { scene: id } : { chapter: id };
}

export function same(a: ItemRef, b: ItemRef): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function wordsOf(text: string): number {
  let words = 0;
  let inside = false;
  for (let at = 0; at < text.length; at++) {
    const space = text[at]! <= " " || text[at] === "\u00a0";
    if (!space && !inside) words++;
    inside = !space;
  }
  return words;
}

/** All of it, as it lies there. */
export function lift(): string {
  return localStorage.getItem(SHELF) ?? JSON.stringify(read());
}

/** Puts another in its place. */
export function put(shelf: string): void {
  change(() => undefined);
  localStorage.setItem(SHELF, shelf);
}

/** From now on nothing outlives the page, and a step on the library takes no time. */
export function hold(): void {
  held = read();
}
