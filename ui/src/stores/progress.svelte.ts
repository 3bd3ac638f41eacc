// How much was written, beside what the author set out to write. It is read anew after saves, one reading at a time.
import type { Goals, Progress, ProjectHost, WritingDays } from "../host/host";
import type { Keeper } from "./keeper.svelte";

/** Days that the picture shows. */
export const DAYS = 30;

/** A goal and how far it is. */
export interface Target {
  what: "today" | "session" | "project";
  done: number;
  goal: number;
}

export class ProgressStore {
  /** None until it is read. */
  now = $state<Progress | null>(null);
  /** None until they are looked at. */
  days = $state<WritingDays | null>(null);
  /** Whether the details are open. */
  open = $state(false);

  readonly #host: ProjectHost;
  readonly #keeper: Keeper;
  #project: number | null = null;
  #reading: Promise<void> | null = null;
  #again = false;

  constructor(host: ProjectHost, keeper: Keeper) {
    this.#host = host;
    this.#keeper = keeper;
  }

  /** The goal that is told in the status line: the nearest there is. */
  readonly target = $derived(this.now && nearest(this.now));

  /** Another manuscript is open, or its words were counted anew. */
  refresh(project: number): Promise<void> {
    if (project !== this.#project) {
      this.#project = project;
      this.now = null;
      this.days = null;
    }
    this.#again = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = null));
    return this.#reading;
  }

  async look(): Promise<void> {
    const project = this.#project;
    if (project === null) return;
    const days = await this.#host.writingDays(project, DAYS);
    if (project === this.#project) this.days = days;
  }

  setGoals(said: Partial<Goals>): void {
    const project = this.#project;
    if (!this.now || project === null) return;
    const goals = { ...this.now.goals, ...said };
    this.now = { ...this.now, goals };
    this.#keeper.put(`goals-${project}`, goals, () => this.#host.setGoals(project, goals));
  }

  async #read(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const project = this.#project!;
      const now = await this.#host.progress(project);
      if (project !== this.#project) continue;
      const goals = this.#keeper.draft<Goals>(`goals-${project}`) ?? now.goals;
      this.now = { ...now, goals };
      if (this.open) await this.look();
    }
  }
}

function nearest({ goals, today, session, words }: Progress): Target | null {
  if (goals.day) return { what: "today", done: today, goal: goals.day };
  if (goals.session) return { what: "session", done: session ?? 0, goal: goals.session };
  if (goals.words) return { what: "project", done: words, goal: goals.words };
  return null;
}

/** How far a goal is, from 0 to 1. */
export function partOf({ done, goal }: Pick<Target, "done" | "goal">): number {
  return goal > 0 ? Math.min(1, Math.max(0, done / goal)) : 0;
}

/** `YYYY-MM-DD`, in the calendar of this machine. */
export function dayOf(date: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The day as a date, at noon: no change of the clock makes it another. */
export function dateOf(day: string): Date {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year!, month! - 1, date, 12);
}

/**
 * The words a day, today among them, that reach a goal in time. It does not shrink while today's are written: what is left is
 * counted from this morning. None where no day is set or it is over.
 */
export function paceOf({ goals, words, today }: Progress, now = new Date()): number | null {
  if (!goals.words || !goals.by) return null;
  const noon = dateOf(dayOf(now));
  const days = 1 + Math.round((dateOf(goals.by).getTime() - noon.getTime()) / 86_400_000);
  if (!(days > 0)) return null;
  return Math.max(0, Math.ceil((goals.words - (words - today)) / days));
}

/** The last days, the earliest first, with those on which nothing was written. */
export function lastDays(written: WritingDays, now = new Date()): { day: string; words: number }[] {
  const words = new Map(written.days.map((one) => [one.day, one.words]));
  return Array.from({ length: DAYS }, (_, at) => {
    const date = dateOf(dayOf(now));
    date.setDate(date.getDate() - (DAYS - 1 - at));
    const day = dayOf(date);
    return { day, words: words.get(day) ?? 0 };
  });
}
