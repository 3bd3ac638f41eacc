// The machine at the writer's side: what can be asked of it, the form that asks, what is offered, what would be sent, and
// what comes unasked. Only here do they know of each other.
import { wordsIn } from "../../editor/counting";
import type { PageEditor, Place, Told } from "../../editor/page";
import type { Action, ActionRequest, ContextItem, Host, Settings, Situation } from "../../host/host";
import { t } from "../../words/words.svelte";
import type { Notices } from "../notices.svelte";
import { Actions } from "./actions.svelte";
import type { Asked, Home } from "./asked.svelte";
import { Asking } from "./asking.svelte";
import { Effort } from "./effort";
import { Inline } from "./inline.svelte";
import type { SaveBefore } from "./outcomes";
import { Plan, type Switches } from "./plan.svelte";
import { isReview, Remarks } from "./remarks.svelte";
import { Session } from "./session.svelte";
import { Unstick } from "./unstick.svelte";

/** What the machine needs of the desk. */
export interface DeskAround {
  page(): Pick<PageEditor, "cursor" | "selection" | "place" | "know" | "offers" | "passages" | "resting">;
  home(): Home;
  project(): number | null;
  /** Words of the open scene. */
  words(): number;
  /** Whole days since the project was written on before this session. */
  daysAway(): number;
  /** Whether the model follows instructions; null while that is not known. */
  follows(): boolean | null;
  act(action: Action): void;
  settings(): Settings;
  /** Whether a model is loaded and the page is what the writer is at. */
  free(): boolean;
  open(scene: number): void;
  /** Whether anything can be changed; tells when it cannot. */
  writable(): boolean;
  saveBefore: SaveBefore;
  notices: Notices;
}

/** Another version of the prompt than the one in use, and how its words are drawn and how many are wanted. */
export type Besides = Pick<ActionRequest, "prompt" | "temperature" | "settings" | "words">;

/** A plan that is open follows the text after a pause of so many milliseconds. */
const FOLLOWING = 700;

export class Machine {
  readonly actions: Actions;
  readonly asking = new Asking();
  readonly session: Session;
  readonly plan: Plan;
  readonly inline: Inline;
  readonly remarks: Remarks;
  readonly unstick: Unstick;
  /** Whether all that was suggested in the open scene is listed. */
  listing = $state(false);
  /** The request that was chosen in that list. */
  listed = $state<string | null>(null);

  readonly #desk: DeskAround;
  readonly #effort = new Effort();
  /** What the last action was asked with; the same when it is asked again. */
  #besides: Besides | null = null;
  /** What an action is to be asked with that the form is open for: how, or into which language, is still to be said. */
  #offered: { kind: Action["kind"]; told: Besides } | null = null;

  constructor(host: Host, desk: DeskAround) {
    this.#desk = desk;
    this.actions = new Actions(host);
    this.session = new Session(host, {
      sheet: () => desk.page(),
      home: () => desk.home(),
      placeFor: (action) => this.#placeFor(action),
      request: (action, place) => ({ ...this.#request(action, place), ...this.#besides }),
      gives: (action) => this.actions.gives(action),
      described: () => this.actions.described(),
      writable: () => desk.writable(),
      saveBefore: desk.saveBefore,
      count: (request) => this.#count(request),
      ended: (asked) => this.#ended(asked),
      trouble: (problem) => desk.notices.tell("action", "", [], problem),
    });
    this.plan = new Plan(host, (action) => this.#request(action, this.#placeFor(action, true)));
    this.remarks = new Remarks(host, {
      passages: () => desk.page().passages,
      home: () => desk.home(),
      project: () => desk.project(),
      request: (action) => this.#request(action, this.#placeFor(action)),
      follows: () => desk.follows(),
      say: (message) => (this.session.said = message),
      did: (message) =>
        desk.notices.mention("remark", message, [
          { label: t("tree-undo"), go: () => void this.remarks.undo() },
        ]),
      ended: ({ scene, title }) => this.#mention(t("remark-elsewhere", { scene: title }), scene),
      trouble: (problem) => desk.notices.tell("action", "", [], problem),
    });
    this.unstick = new Unstick(host, {
      situation: () => this.#situation(),
      act: (action) => desk.act(action),
      trouble: (problem) => desk.notices.tell("action", "", [], problem),
    });
    this.inline = new Inline(host, {
      sheet: () => desk.page(),
      pause: () => (desk.settings().inline ? desk.settings().inline_pause_ms : null),
      free: () => desk.free() && this.session.phase === "idle" && !this.asking.open,
      request: (action) => this.#request(action, desk.page().cursor()),
      saveBefore: desk.saveBefore,
    });
  }

  /** Begins an action where the writer is; what it lacks there is told. */
  async act(action: Action, told: Besides | null = null): Promise<void> {
    const offered = this.#offered;
    this.#offered = null;
    this.#besides = told ?? (offered?.kind === action.kind ? offered.told : null);
    const lacking = this.#lacking(action);
    if (lacking) return this.#desk.notices.tell("action", lacking);
    if (told && this.#unsaid(action)) {
      this.#offered = { kind: action.kind, told };
      return this.asking.begin(action.kind);
    }
    this.inline.stop();
    this.asking.open = false;
    this.asking.choose(action.kind, { variant: action.variant ?? null });
    this.plan.close();
    if (isReview(action.kind)) return this.remarks.start(action);
    await this.session.start(action);
  }

  async again(change: Partial<Action> = {}): Promise<void> {
    this.inline.stop();
    this.plan.close();
    await this.session.again(change);
  }

  /** The action that a plan is of when none is named: what is offered, what is being asked, or what goes on at the cursor. */
  get inMind(): Action {
    if (this.asking.open) return this.asking.action();
    return this.session.action ?? { kind: "continue", variant: null, instruction: "" };
  }

  /** The open scene. */
  get scene(): number | null {
    return this.#desk.home().scene;
  }

  /** What is switched off and on in the open scene. */
  get switches(): Switches {
    return this.plan.switches(this.scene);
  }

  /** Switches an item of the plan, and plans anew. */
  toggle(item: ContextItem): void {
    this.plan.toggle(this.scene, item);
    void this.plan.again();
  }

  resetSwitches(): void {
    this.plan.reset(this.scene);
    void this.plan.again();
  }

  enterScene(scene: number | null): void {
    this.session.enterScene(scene);
    this.#effort.begin(this.#desk.words());
    void this.remarks.enter(scene);
  }

  /** The library is another. */
  forget(): void {
    this.session.forget();
    this.listed = null;
  }

  /** Done when the library knows where the notes of the scene stand. */
  leaveScene(): Promise<void> {
    this.inline.stop();
    const told = this.remarks.leave();
    this.unstick.close();
    this.session.leaveScene();
    this.asking.open = false;
    this.plan.close();
    return told;
  }

  /** The writer changed the text. */
  written(): void {
    this.session.written();
    this.remarks.written();
    this.#effort.note(this.#desk.words());
    this.inline.touched();
    this.plan.soon(FOLLOWING);
  }

  told(told: Told): void {
    if (told.suggestion.faint) this.inline.told(told);
    else this.session.told(told);
  }

  /** Shows what was asked before or after at this place; where there is nothing, that is said. */
  async walk(way: -1 | 1): Promise<void> {
    this.inline.stop();
    this.plan.close();
    if (!this.session.current) {
      const { scene } = this;
      await this.session.recalled;
      if (this.scene !== scene || this.session.current) return;
    }
    if (!this.session.walk(way))
      this.#desk.notices.mention("walked", t(`suggestion-no-${way < 0 ? "earlier" : "later"}`));
  }

  /** Lists all that was suggested in the open scene, or puts the list away; what is offered just now is left. */
  list(open: boolean): void {
    this.inline.stop();
    this.plan.close();
    if (this.session.current) this.session.reject();
    this.listing = open;
  }

  /** What came to its end in another scene is told, with the way there. */
  #ended({ home: { scene, title }, empty }: Asked): void {
    if (!empty) this.#mention(t("suggestion-elsewhere-done", { scene: title }), scene);
  }

  #mention(message: string, scene: number | null): void {
    if (scene === null) return;
    this.#desk.notices.mention("elsewhere", message, [
      { label: t("suggestion-elsewhere-go"), go: () => this.#desk.open(scene) },
    ]);
  }

  /** What can be seen of a writer who is stuck. */
  #situation(): Situation {
    const { before, selection, after } = this.#desk.page().cursor(true);
    const [words_before, selected, words_after] = [before, selection, after].map(wordsIn) as [
      number,
      number,
      number,
    ];
    return {
      words: words_before + selected + words_after,
      words_before,
      selected,
      words_after,
      days_away: this.#desk.daysAway(),
      ...this.#effort.lately(),
    };
  }

  /** Whether the writer has to say how, or into which language. */
  #unsaid({ kind, variant, instruction, language }: Action): boolean {
    const info = this.actions.of(kind);
    return (
      ((info?.must_say_how ?? false) && !variant && !instruction) ||
      ((info?.needs_language ?? false) && !language)
    );
  }

  #lacking(action: Action): string {
    const place = this.#placeFor(action, true);
    const works = this.actions.worksOn(action.kind);
    if (works === "selection" && !place.selection.trim()) return t("ask-needs-selection");
    return this.actions.of(action.kind)?.needs_after && !place.after.trim() ? t("ask-needs-after") : "";
  }

  #placeFor(action: Action, look = false): Place {
    const page = this.#desk.page();
    const works = this.actions.worksOn(action.kind);
    if (works === "selection") return page.selection(look);
    return page.cursor(look);
  }

  #request(action: Action, place: Place): ActionRequest {
    const { scene } = this.#desk.home();
    const { words, ideas, temperature } = this.#desk.settings();
    const chosen = this.asking.of(action.kind);
    const few = !action.variant || action.variant === "ideas" || action.variant === "next";
    const { before, selection, after } = place;
    const { off, on } = this.plan.switches(scene);
    return {
      request: `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`,
      action,
      scene,
      before,
      selection,
      after,
      words: chosen.words ?? (action.kind === "continue" ? words : null),
      candidates: chosen.candidates ?? (action.kind === "brainstorm" && few ? ideas : null),
      seed: null,
      temperature,
      off: [...off],
      on: [...on],
    };
  }

  #count({ action, candidates }: ActionRequest): number {
    return (
      candidates ?? this.actions.variant(action)?.candidates ?? this.actions.of(action.kind)?.candidates ?? 1
    );
  }
}
