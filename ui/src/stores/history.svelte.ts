// The earlier states of the open scene: which is looked at, what it is compared with, and the way back to it.
import { type Comparison, type HistoryHost, problemOf, type Problem, type Revision } from "../host/host";
import type { RevisionSummary } from "../host/host";
import { date, t } from "../words/words.svelte";
import type { Tree } from "./tree.svelte";

/** What the history needs of the desk. */
export interface Around {
  /** Saves what is on the page; false when it cannot be saved, or nothing may be written. */
  settled(): Promise<boolean>;
  /** The same for who only reads: false when something of the page is not on disk. */
  flushed(): Promise<boolean>;
  /** The version of the open scene. */
  version(): number;
  /** Mentions something that was done. */
  mention(message: string): void;
}

/** What a state is compared with: what the scene is now, the state kept before it, or another one. */
export type Against = "present" | "before" | number;

/** How a comparison is drawn. */
export const WAYS = ["inline", "beside", "page"] as const;
export type Way = (typeof WAYS)[number];

/** States of one stretch of time. */
export interface Group {
  label: string;
  /** Whether its times need no day. */
  near: boolean;
  kept: RevisionSummary[];
}

const WAY = "foolscap.history";

export class History {
  kept = $state<RevisionSummary[]>([]);
  /** The state that is looked at. */
  chosen = $state<number | null>(null);
  against = $state<Against>("present");
  way = $state<Way>(recalled());
  comparison = $state<Comparison | null>(null);
  /** The chosen state with its text, where that is looked at. */
  revision = $state<Revision | null>(null);
  /** False until the states are known. */
  ready = $state(false);
  problem = $state<Problem | null>(null);

  readonly #host: HistoryHost;
  readonly #tree: Tree;
  readonly #around: Around;
  /** Numbers what is asked for, so that only the latest answer counts. */
  #asked = 0;
  #scene: number | null = null;

  constructor(host: HistoryHost, tree: Tree, around: Around) {
    this.#host = host;
    this.#tree = tree;
    this.#around = around;
  }

  readonly state = $derived(this.kept.find(({ id }) => id === this.chosen) ?? null);
  /** The earlier and the later of the two that are compared. */
  readonly sides = $derived(this.state && this.#between(this.state, this.against));

  /** Reads the states of the open scene, and looks at the one that was looked at, or the latest. */
  async show(): Promise<void> {
    const scene = this.#tree.scene;
    if (scene === null) return;
    const asked = ++this.#asked;
    if (scene !== this.#scene) {
      this.#scene = scene;
      this.ready = false;
      this.kept = [];
      this.against = "present";
      this.comparison = this.revision = null;
    }
    await this.#tell(async () => {
      await this.#around.flushed();
      const kept = await this.#host.revisions(scene);
      if (asked !== this.#asked) return;
      this.kept = kept;
      this.ready = true;
      if (!this.state) this.chosen = kept[0]?.id ?? null;
      if (typeof this.against === "number" && !kept.some(({ id }) => id === this.against))
        this.against = "present";
      await this.#look();
    });
  }

  choose(id: number): void {
    this.chosen = id;
    if (this.against === id) this.against = "present";
    void this.#look();
  }

  compareWith(against: Against): void {
    this.against = against;
    void this.#look();
  }

  look(way: Way): void {
    this.way = way;
    localStorage.setItem(WAY, way);
    void this.#look();
  }

  /** Brings the chosen state back onto the page. */
  async restore(): Promise<void> {
    const { state } = this;
    if (!state || !(await this.#around.settled())) return;
    const step = await this.#host.restoreRevision(state.id, this.#around.version());
    await this.#tree.taken(step, t("history-restored", { when: whenOf(state) }));
  }

  /** Names the chosen state; without a name it is one among the others again. */
  async name(name: string): Promise<void> {
    const { state } = this;
    if (!state || name.trim() === (state.name ?? "")) return;
    const named = await this.#host.nameRevision(state.id, name.trim() || null);
    this.kept = this.kept.map((one) => (one.id === named.id ? named : one));
  }

  /** Keeps the open scene as it is, under a name. */
  async snapshot(name: string): Promise<void> {
    const scene = this.#tree.scene;
    if (scene === null || !(await this.#around.settled())) return;
    const kept = await this.#host.snapshot(scene, name);
    this.#around.mention(kept ? t("history-snapshot-taken", { name }) : t("history-snapshot-nothing"));
  }

  /** Keeps every scene of the manuscript as it is, under one name. */
  async snapshotAll(name: string): Promise<void> {
    const project = this.#tree.project;
    if (project === null || !(await this.#around.settled())) return;
    const scenes = await this.#host.snapshotProject(project, name);
    this.#around.mention(t("history-snapshots-taken", { scenes, name }));
  }

  async #look(): Promise<void> {
    const { state, way, sides } = this;
    const asked = ++this.#asked;
    if (!state || !sides) return;
    await this.#tell(async () => {
      if (way === "page") {
        const revision = await this.#host.revision(state.id);
        if (asked === this.#asked) this.revision = revision;
        return;
      }
      const [before, after] = sides;
      const comparison = await this.#host.compare(before.id, after?.id ?? null);
      if (asked === this.#asked) this.comparison = comparison;
    });
  }

  /** The earlier and the later of the two that are compared; `null` is the present. */
  #between(state: RevisionSummary, against: Against): [RevisionSummary, RevisionSummary | null] {
    if (against === "present") return [state, null];
    const at = this.kept.indexOf(state);
    const other = against === "before" ? this.kept[at + 1] : this.kept.find(({ id }) => id === against);
    // There is none before the first: it is compared with itself.
    if (!other) return [state, state];
    return other.version < state.version ? [other, state] : [state, other];
  }

  async #tell(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (thrown) {
      this.ready = true;
      this.problem = problemOf(thrown);
    }
  }
}

/** When a scene was in a state, as it is said of a single one. */
export function whenOf({ written_at }: RevisionSummary): string {
  return date(written_at, { dateStyle: "medium", timeStyle: "short" });
}

/** States by day for a week, then by month; the latest first. */
export function grouped(kept: RevisionSummary[], now = new Date()): Group[] {
  const groups: Group[] = [];
  for (const state of kept) {
    const { label, near } = stretch(new Date(state.written_at), now);
    const last = groups.at(-1);
    if (last?.label === label) last.kept.push(state);
    else groups.push({ label, near, kept: [state] });
  }
  return groups;
}

function stretch(at: Date, now: Date): { label: string; near: boolean } {
  const day = (of: Date) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  const days = Math.round((day(now) - day(at)) / 86_400_000);
  if (days <= 0) return { label: t("history-today"), near: true };
  if (days === 1) return { label: t("history-yesterday"), near: true };
  if (days < 7) return { label: date(at, { weekday: "long", day: "numeric", month: "long" }), near: true };
  return { label: date(at, { month: "long", year: "numeric" }), near: false };
}

function recalled(): Way {
  const kept = localStorage.getItem(WAY);
  return WAYS.find((way) => way === kept) ?? "inline";
}
