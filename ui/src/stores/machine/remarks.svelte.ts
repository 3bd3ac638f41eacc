// What a critique or a check says of the open scene: asked, heard note by note, kept with the scene, walked through,
// dismissed, meant so. Every step of the writer can be taken back.
import type { Passages, Quoted } from "../../editor/page";
import {
  type Action,
  type ActionKind,
  type ActionRequest,
  type Host,
  type Problem,
  problemOf,
  type Remark,
  type Review,
  type ReviewEvent,
} from "../../host/host";
import { t } from "../../words/words.svelte";
import type { Home, Report } from "./asked.svelte";

type Engine = Pick<
  Host,
  "startReview" | "cancelAction" | "remarks" | "dismissRemark" | "moveRemarks" | "setIntended"
>;

/** What the notes need of those around them. */
export interface Around {
  passages(): Pick<Passages, "show" | "look" | "go" | "all" | "gone">;
  home(): Home;
  project(): number | null;
  request(action: Action): ActionRequest;
  /** Whether the model follows instructions; null while that is not known. */
  follows(): boolean | null;
  say(message: string): void;
  /** Mentions what was done, with the way back. */
  did(message: string): void;
  /** Notes came to a scene that is not open. */
  ended(home: Home): void;
  trouble(problem: Problem): void;
}

/** Under which heading a note stands, in this order. */
export const GROUPS = ["contradicts", "note", "new", "supported", "intended"] as const;
export type Group = (typeof GROUPS)[number];

/** A note as it is listed. */
export interface Row {
  key: string;
  group: Group;
  remark: Remark;
  /** Its words are no longer in the text. */
  gone: boolean;
}

interface Step {
  undo: () => Promise<void>;
  redo: () => Promise<void>;
}

interface Running {
  request: ActionRequest;
  home: Home;
}

export function isReview(kind: ActionKind): boolean {
  return kind === "critique" || kind === "check";
}

export class Remarks {
  /** Whether the notes are listed, and their passages marked. */
  open = $state(false);
  phase = $state<"idle" | "reading" | "writing">("idle");
  /** How much of the prompt is read, from 0 to 1; null when that is not known. */
  read = $state<number | null>(null);
  /** What was asked last in this scene; its report and what was discarded belong to it. */
  action = $state.raw<Action | null>(null);
  report = $state.raw<Report | null>(null);
  discarded = $state.raw<readonly string[]>([]);
  problem = $state.raw<Problem | null>(null);
  /** The model that is in use cannot do it. */
  unable = $state(false);
  /** The finding whose reason is being asked. */
  asking = $state<string | null>(null);
  /** The last step of the writer was one here. */
  fresh = $state(false);

  #list = $state.raw<readonly Remark[]>([]);
  #gone = $state.raw<ReadonlySet<string>>(new Set());
  #chosen = $state<string | null>(null);
  #running = $state.raw<Running | null>(null);

  readonly #host: Engine;
  readonly #around: Around;
  #done: Step[] = [];
  #undone: Step[] = [];
  /** What was kept before the review that runs. */
  #before: readonly Remark[] = [];

  constructor(host: Engine, around: Around) {
    this.#host = host;
    this.#around = around;
  }

  /** In the order they are listed. */
  readonly rows: readonly Row[] = $derived(rowsOf(this.#list, this.#gone));

  /** Whether a review of the open scene goes on. */
  get live(): boolean {
    return this.phase !== "idle";
  }

  get chosen(): Row | undefined {
    return this.rows.find(({ key }) => key === this.#chosen) ?? this.rows[0];
  }

  /** Asks for a critique or a check of what is selected, or of the scene. */
  async start(action: Action): Promise<void> {
    this.stop();
    this.open = true;
    this.action = action;
    this.problem = null;
    this.discarded = [];
    this.report = null;
    this.unable = this.#around.follows() === false;
    if (this.unable) return;
    const running = { request: this.#around.request(action), home: this.#around.home() };
    this.#running = running;
    this.#before = this.#list;
    this.read = null;
    this.phase = "reading";
    this.#around.say(t("remark-said-reading"));
    try {
      await this.#host.startReview(running.request, (event) => this.#hear(running, event));
    } catch (thrown) {
      this.#fail(running, problemOf(thrown));
    }
  }

  /** Asks the same again. */
  again(): void {
    if (this.action) void this.start(this.action);
  }

  /** Stops; what came stays. */
  stop(): void {
    if (this.#running) void this.#host.cancelAction(this.#running.request.request);
  }

  /** Shows the notes of the scene, or puts them away. */
  toggle(open = !this.open): void {
    this.open = open;
    this.asking = null;
    if (!open) this.unable = false;
    this.#mark();
  }

  choose(key: string): void {
    this.#chosen = key;
    this.asking = null;
    if (this.open) this.#around.passages().look(key);
  }

  /** The next note, or the one before. */
  walk(by: 1 | -1): void {
    const { rows, chosen } = this;
    if (!chosen) return;
    this.choose(rows[(placeOf(rows, chosen) + by + rows.length) % rows.length]!.key);
  }

  /** Goes to the passage; false where its words are gone. */
  go(row = this.chosen): boolean {
    if (!row) return false;
    this.choose(row.key);
    const found = this.#around.passages().go(row.key);
    if (!found) this.#around.say(t("remark-gone"));
    return found;
  }

  /** Puts a note away. */
  async dismiss(row = this.chosen): Promise<void> {
    const id = row?.remark.id;
    if (!row || id == null || this.live) return;
    const { rows } = this;
    const at = placeOf(rows, row);
    const next = rows[at + 1] ?? rows[at - 1];
    await this.#step(
      { undo: () => this.#put(row, false), redo: () => this.#put(row, true) },
      t("remark-dismissed"),
    );
    if (next) this.choose(next.key);
  }

  /** Says why a finding is meant so; without a reason, that it is not. */
  async intend(row: Row, reason: string | null): Promise<void> {
    const { what, intended } = row.remark;
    const project = this.#around.project();
    this.asking = null;
    if (what.kind !== "finding" || project === null) return;
    const { key } = what;
    const set = async (reason: string | null) => {
      await this.#host.setIntended(project, key, reason);
      await this.#load();
      this.choose(row.key);
    };
    await this.#step(
      { undo: () => set(intended ?? null), redo: () => set(reason) },
      t(`remark-${reason === null ? "not-intended" : "intended-kept"}`),
    );
  }

  get undoable(): boolean {
    return this.#done.length > 0;
  }

  async undo(): Promise<void> {
    const step = this.#done.pop();
    if (!step) return;
    await this.#try(step.undo());
    this.#undone.push(step);
    this.#around.say(t("remark-back"));
  }

  async redo(): Promise<void> {
    const step = this.#undone.pop();
    if (!step) return;
    await this.#try(step.redo());
    this.#done.push(step);
  }

  /** A scene is opened. */
  async enter(scene: number | null): Promise<void> {
    this.#list = [];
    this.#done = [];
    this.#undone = [];
    this.#chosen = null;
    this.fresh = false;
    this.problem = null;
    this.report = null;
    this.discarded = [];
    const running = this.#running?.home.scene === scene ? this.#running : null;
    this.phase = running ? (this.phase === "idle" ? "reading" : this.phase) : "idle";
    this.action = running?.request.action ?? null;
    this.unable = false;
    if (scene !== null) await this.#load();
  }

  /** A scene is left: where its passages stand now is kept, once. */
  leave(): Promise<void> {
    const kept = this.#keepPlaces(true);
    this.#list = [];
    this.asking = null;
    this.phase = "idle";
    return kept;
  }

  /** The writer changed the text. */
  written(): void {
    this.fresh = false;
    if (!this.#list.length || !this.open) return;
    const { gone } = this.#around.passages();
    if (gone.length !== this.#gone.size) this.#gone = new Set(gone);
  }

  /** The text is on disk. */
  saved(): void {
    void this.#keepPlaces(false);
  }

  #hear(running: Running, event: ReviewEvent): void {
    const here = this.#running === running && this.#around.home().scene === running.home.scene;
    switch (event.event) {
      case "started": {
        const { model, prompt, seed, context } = event;
        if (here) this.report = { model, prompt, seed, context };
        break;
      }
      case "reading":
        if (here) this.read = event.of ? event.read / event.of : null;
        break;
      case "found":
        if (!here) break;
        this.phase = "writing";
        this.#take(running, event.review);
        break;
      case "finished": {
        this.#end(running, here);
        if (!here) break;
        // Who stops before anything came keeps what there was.
        const none = event.reason === "cancelled" && !event.review.remarks.length;
        if (none) this.#show(this.#before);
        else this.#take(running, event.review);
        this.#around.say(
          none ? t("remark-said-stopped") : t("remark-said-done", { notes: event.review.remarks.length }),
        );
        break;
      }
      case "failed":
        this.#fail(running, event.problem);
        break;
    }
  }

  #fail(running: Running, problem: Problem): void {
    const here = this.#around.home().scene === running.home.scene && this.#running === running;
    this.#end(running, here);
    if (!here) return this.#around.trouble(problem);
    this.#show(this.#before);
    this.unable = problem.code === "no_instructions";
    this.problem = this.unable ? null : problem;
  }

  #end(running: Running, here: boolean): void {
    if (this.#running === running) this.#running = null;
    if (here) this.phase = "idle";
    else if (this.#around.home().scene !== running.home.scene) this.#around.ended(running.home);
  }

  /** What came, beside what another action has said of the scene. */
  #take({ request }: Running, { remarks, discarded }: Review): void {
    const kind = request.action.kind === "check" ? "finding" : "note";
    const looked = this.chosen?.remark;
    this.discarded = discarded;
    this.#show([...this.#before.filter(({ what }) => what.kind !== kind), ...remarks]);
    // Its key is another once it is kept.
    const same = this.rows.find(
      ({ remark }) => remark.place === looked?.place && remark.quote === looked.quote,
    );
    this.#chosen = (same ?? this.rows[0])?.key ?? null;
    if (this.#chosen) this.#around.passages().look(this.#chosen);
  }

  async #load(): Promise<void> {
    const { scene } = this.#around.home();
    if (scene === null) return;
    const kept = await this.#try(this.#host.remarks(scene));
    if (!kept || this.#around.home().scene !== scene) return;
    this.#before = kept;
    this.#show(kept);
  }

  #show(list: readonly Remark[]): void {
    this.#list = list;
    this.#mark();
  }

  #mark(): void {
    const passages = this.#around.passages();
    passages.show(this.open ? this.rows.map(quotedOf) : []);
    this.#gone = new Set(passages.gone);
    passages.look(this.open ? (this.chosen?.key ?? null) : null);
  }

  async #put({ remark }: Row, away: boolean): Promise<void> {
    await this.#host.dismissRemark(remark.id!, away);
    this.#show(
      away
        ? this.#list.filter(({ id }) => id !== remark.id)
        : [...this.#list.filter(({ id }) => id !== remark.id), remark],
    );
    if (!away) this.choose(keyOf(remark, 0));
  }

  async #step(step: Step, message: string): Promise<void> {
    const done = await this.#try(step.redo().then(() => true));
    if (!done) return;
    this.#done.push(step);
    this.#undone = [];
    this.fresh = true;
    this.#around.did(message);
  }

  /** Tells where passages stand; `all`: also those that only moved. */
  async #keepPlaces(all: boolean): Promise<void> {
    if (!this.open || this.live || !this.#list.length) return;
    const now = new Map(this.#around.passages().all.map((one) => [one.name, one]));
    const moved = this.rows.flatMap(({ key, remark: { id, quote, place } }) => {
      const at = now.get(key);
      if (id == null || !at?.quote || (at.quote === quote && (!all || at.place === place))) return [];
      return [{ id, quote: at.quote, place: at.place }];
    });
    if (!moved.length) return;
    const known = new Map(moved.map((one) => [one.id, one]));
    this.#list = this.#list.map((remark) => ({ ...remark, ...(remark.id != null && known.get(remark.id)) }));
    await this.#try(this.#host.moveRemarks(moved));
  }

  async #try<T>(attempt: Promise<T>): Promise<T | undefined> {
    try {
      return await attempt;
    } catch (thrown) {
      this.#around.trouble(problemOf(thrown));
      return undefined;
    }
  }
}

function rowsOf(list: readonly Remark[], gone: ReadonlySet<string>): Row[] {
  const rows = list.map((remark, at): Row => {
    const key = keyOf(remark, at);
    return { key, group: groupOf(remark), remark, gone: gone.has(key) };
  });
  const rank = ({ group }: Row) => GROUPS.indexOf(group);
  return rows.sort((a, b) => rank(a) - rank(b) || a.remark.place - b.remark.place);
}

function placeOf(rows: readonly Row[], { key }: Row): number {
  return rows.findIndex((row) => row.key === key);
}

function keyOf({ id }: Remark, at: number): string {
  return id == null ? `new-${at}` : `remark-${id}`;
}

function groupOf({ what, intended }: Remark): Group {
  if (what.kind === "note") return "note";
  return intended ? "intended" : what.label;
}

function quotedOf({ key, group, remark: { quote, place } }: Row): Quoted {
  return { name: key, quote, place, looks: `on-${group}` };
}
