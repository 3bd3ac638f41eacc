// What would be sent, before it is: planned below for the action one has in mind, at the place where one is. What a writer
// switches off or on is kept for the scene, over a restart too, and goes with every request from there: who switched a
// spoiler off does not send it unseen the next day.
import { SvelteMap } from "svelte/reactivity";
import {
  type Action,
  type ActionRequest,
  type ContextItem,
  type ContextPlan,
  type Host,
  type Problem,
  problemOf,
} from "../../host/host";

export interface Switches {
  off: readonly string[];
  on: readonly string[];
}

const NONE: Switches = { off: [], on: [] };
const KEPT = "foolscap.switches";
/** Of more scenes it is not kept; those that were switched longest ago are forgotten. */
const SCENES = 500;

export class Plan {
  /** The plan is shown, for this action. */
  action = $state.raw<Action | null>(null);
  plan = $state.raw<ContextPlan | null>(null);
  /** `waiting`: for a model that is being loaded. */
  state = $state<"asking" | "ready" | "waiting" | "failed">("ready");
  problem = $state<Problem | null>(null);

  readonly #host: Pick<Host, "planAction">;
  readonly #request: (action: Action) => ActionRequest;
  readonly #switches = new SvelteMap<number | null, Switches>(recall());
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `request`: what would be asked at this moment; it must not move the writer's selection. */
  constructor(host: Pick<Host, "planAction">, request: (action: Action) => ActionRequest) {
    this.#host = host;
    this.#request = request;
  }

  /** Shows what an action would send. */
  async show(action: Action): Promise<void> {
    this.action = action;
    await this.again();
  }

  close(): void {
    this.action = null;
    this.plan = null;
    this.#turn++;
    clearTimeout(this.#timer);
  }

  /** Plans anew: the text, a switch or the model is another. */
  async again(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.action) return;
    const turn = ++this.#turn;
    this.state = "asking";
    try {
      const plan = await this.#host.planAction(this.#request(this.action));
      if (turn !== this.#turn) return;
      this.plan = plan;
      this.state = "ready";
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.problem = problemOf(thrown);
      this.plan = null;
      this.state = this.problem.code === "not_ready" ? "waiting" : "failed";
    }
  }

  /** The same after a pause, for what changes with every key. */
  soon(pause: number): void {
    if (!this.action) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.again(), pause);
  }

  switches(scene: number | null): Switches {
    return this.#switches.get(scene) ?? NONE;
  }

  /** Whether an item goes in as far as the writer is concerned. */
  isOn(scene: number | null, { id, sent }: ContextItem): boolean {
    const { off, on } = this.switches(scene);
    return on.includes(id) || (!off.includes(id) && sent !== null);
  }

  /** Switches an item: against what the plan does of itself, or back to that. */
  toggle(scene: number | null, item: ContextItem): void {
    const { off, on } = this.switches(scene);
    const { id } = item;
    const without = (list: readonly string[]) => list.filter((one) => one !== id);
    const wanted = !this.isOn(scene, item);
    const forced = off.includes(id) || on.includes(id);
    this.#set(scene, {
      off: wanted || forced ? without(off) : [...off, id],
      on: !wanted || forced ? without(on) : [...on, id],
    });
  }

  /** Nothing is switched any more. */
  reset(scene: number | null): void {
    this.#set(scene, NONE);
  }

  #set(scene: number | null, now: Switches): void {
    // The scene in hand comes last, the oldest first.
    this.#switches.delete(scene);
    if (now.off.length || now.on.length) this.#switches.set(scene, now);
    const kept = [...this.#switches].filter(([scene]) => scene !== null).slice(-SCENES);
    localStorage.setItem(KEPT, JSON.stringify(kept));
  }
}

function recall(): [number, Switches][] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return [];
  }
}

function isKept(entry: unknown): entry is [number, Switches] {
  if (!Array.isArray(entry) || typeof entry[0] !== "number") return false;
  const { off, on } = (entry[1] ?? {}) as Partial<Switches>;
  const names = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === "string");
  return names(off) && names(on);
}
