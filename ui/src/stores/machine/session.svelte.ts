// What is offered to the writer just now, from asking to its outcome: idle → reading → writing → pending → idle. It
// brings together what was asked (`asked`), where its words are shown (the sheet) and what is remembered of it (`branches`).
import type { Piece, Place, Told, Unit, Where } from "../../editor/page";
import { wordsIn } from "../../editor/counting";
import { type Action, type ActionEvent, type Figures, type Host, problemOf } from "../../host/host";
import { t } from "../../words/words.svelte";
import type { Around, Sheet } from "./around";
import { Asked, type Entry } from "./asked.svelte";
import { Branches } from "./branches.svelte";
import type { Changes } from "./changes.svelte";
import { Gathered } from "./gathered";
import { Mix, type Source, sourcesOf } from "./mix.svelte";
import { byOrigin, Outcomes } from "./outcomes";
import { recall } from "./recalled";
import { sayingOf } from "./saying";
import { Scenes } from "./scenes.svelte";
import { Showing } from "./showing";

type Engine = Pick<Host, "startAction" | "cancelAction" | "recordOutcome" | "suggestions">;

export class Session {
  /** What is offered, or is being written to be. */
  current = $state<Asked | null>(null);
  /** Whether words of it stand on the page. */
  shown = $state(false);
  /** Whether it came back by an undo: going on does not take it then. */
  back = $state(false);
  /** What was asked last, whatever became of it. */
  last = $state<Asked | null>(null);
  /** What the last work cost. */
  figures = $state<Figures | null>(null);
  /** What a screen reader says: starts and ends, never words as they come. */
  said = $state("");
  /** Done when what was asked in earlier sessions is known. */
  recalled: Promise<void> = Promise.resolve();
  readonly mix = new Mix();
  readonly branches = new Branches();

  readonly #host: Engine;
  readonly #around: Around;
  #scene: number | null = null;
  readonly #outcomes: Outcomes;
  readonly #showing: Showing;
  readonly #scenes = new Scenes();
  readonly #gathered = new Gathered();
  #left: Asked | null = null;

  constructor(host: Engine, around: Around) {
    this.#host = host;
    this.#around = around;
    this.#outcomes = new Outcomes(host, around.saveBefore, (problem) => around.trouble(problem));
    this.#showing = new Showing(() => around.sheet());
  }

  get phase(): "idle" | "reading" | "writing" | "pending" {
    const phase = this.current?.phase ?? "idle";
    return phase === "done" ? "pending" : phase;
  }

  get live(): boolean {
    return this.current?.live ?? false;
  }

  get action(): Action | null {
    return this.current?.action ?? null;
  }

  /** Words of the chosen candidate. */
  get words(): number {
    return wordsIn(this.current?.text() ?? "");
  }

  /** What the chosen candidate changes in the text it would replace. */
  get changes(): Changes | null {
    const asked = this.current;
    if (!asked?.onPage || !this.shown || this.mix.on) return null;
    return asked.changes(this.#showing.original(asked));
  }

  /** What goes on in other scenes, or came to its end there unseen. */
  get elsewhere(): readonly Asked[] {
    return this.#scenes.elsewhere;
  }

  /** Begins an action where the writer is. */
  async start(action: Action): Promise<void> {
    if (this.current) this.reject();
    this.mix.clear();
    await this.#ask(action, this.#around.placeFor(action));
  }

  /** Asks at the same place again, with a new seed; with something of the action changed. */
  async again(change: Partial<Action> = {}): Promise<void> {
    const asked = this.current ?? this.last;
    if (!asked || !this.#around.writable()) return;
    const action = { ...asked.action, ...change };
    const place = this.#showing.placeOf(asked) ?? this.#around.placeFor(action);
    if (this.current) this.#close(true);
    await this.#ask(action, place);
  }

  /** Asks for more of the kind of a card. */
  more({ text }: Entry): Promise<void> {
    const before = this.current?.action.instruction ?? "";
    const like = t("suggestion-more-like", { text });
    return this.again({ instruction: before && !before.includes(like) ? `${before} ${like}` : like });
  }

  /** Stops, and keeps what came. */
  stop(): void {
    if (!this.current?.live) return;
    this.#cancel(this.current);
    this.#settle(this.current, t("suggestion-said-stopped"));
  }

  /** Puts the chosen words, or the mixed ones, into the text. */
  accept(where: Where = "here"): void {
    this.#gathered.flush();
    const asked = this.current;
    if (!asked || (this.mix.on && !this.mix.picks.length) || !this.#around.writable()) return;
    if (!asked.text().trim() && !this.mix.on) return this.reject();
    if (!asked.onPage) return this.insert(asked.entries.find(({ candidate }) => candidate === asked.chosen)!);
    // Of a rewrite whose changes are all left there is nothing to put in.
    if (where === "here" && this.changes?.taken === 0) return this.reject();
    if (asked.live) this.#cancel(asked);
    this.#present(asked);
    if (!this.shown) return;
    this.#outcomes.hold();
    this.#use(this.#offers.take(where));
    this.#close(false);
    this.said = t("suggestion-said-taken");
  }

  /** Puts the next word or sentence into the text. */
  acceptNext(unit: Unit): void {
    this.#gathered.flush();
    const asked = this.current;
    const before = this.#offers.suggestion;
    if (!asked || !this.shown || !before || asked.gives !== "passage" || !this.#around.writable()) return;
    const { chosen } = asked;
    const first = !asked.used.has(chosen);
    if (first) this.#outcomes.hold();
    const whole = this.#offers.takeNext(unit);
    const taken = this.#offers.suggestion?.taken ?? before.taken + before.text;
    asked.use(chosen, taken);
    this.#know(asked, chosen);
    if (whole) this.#close(false);
    else if (first && taken) this.#outcomes.record(asked.id, chosen, taken);
  }

  /** Leaves the suggestion; `restore` undoes that. */
  reject(): void {
    const asked = this.current;
    if (!asked) return;
    if (asked.live) this.#cancel(asked);
    if (this.shown) this.#offers.leave(asked.empty);
    if (asked.empty) this.branches.drop(asked);
    this.#close(false);
    this.#left = asked.empty ? null : asked;
    this.said = t("suggestion-said-not-taken");
  }

  /** Brings back what was left just now; false when the text went on since. */
  restore(): boolean {
    const asked = this.#left;
    if (!asked || this.current) return false;
    if (asked.onPage && !this.#offers.bringBack()) return false;
    this.#left = null;
    this.#resume(asked, asked.onPage);
    const pieces = this.#offers.suggestion?.pieces;
    if (pieces) this.mix.restore(pieces);
    this.back = true;
    this.#sayPending(asked, t("suggestion-said-back"));
    return true;
  }

  /** Shows another candidate on the page. */
  choose(index: number): void {
    const asked = this.current;
    if (!asked?.candidates[index]) return;
    asked.chosen = index;
    if (asked.onPage && !this.mix.on) this.#present(asked);
  }

  /** Takes or leaves a change of a rewrite. */
  toggle(at: number): void {
    this.#changed((changes) => changes.toggle(at));
  }

  toggleAll(taken: boolean): void {
    this.#changed((changes) => changes.setAll(taken));
  }

  /** Looks at a change: it stands out on the page. */
  look(at: number | null): void {
    if (this.changes && this.changes.current !== at) this.#changed((changes) => (changes.current = at));
  }

  /** What sentences can be picked from: all candidates, and what they would replace. */
  get sources(): Source[] {
    const asked = this.current;
    if (!asked) return [];
    return sourcesOf(asked, asked.gives === "replacement" ? this.#showing.original(asked) : null);
  }

  /** Begins or ends to pick sentences. */
  toggleMix(): void {
    const asked = this.current;
    if (!asked?.onPage) return;
    this.mix.on = !this.mix.on;
    this.#present(asked);
  }

  pick(source: Source, at: number): void {
    const pick = source.sentences[at];
    if (!pick || !this.current) return;
    this.mix.toggle(pick);
    this.#present(this.current);
  }

  unpick(): void {
    this.mix.back();
    if (this.current) this.#present(this.current);
  }

  /** Puts the words of a card in at the cursor; the cards stay. */
  insert(entry: Entry): void {
    const asked = this.current;
    if (!asked || !entry.text || !this.#around.writable()) return;
    if (asked.live) this.stop();
    this.#outcomes.hold();
    this.#offers.insert([this.#piece(asked, entry)]);
    if (asked.placed) {
      asked.use(entry.candidate, joined(asked.used.get(entry.candidate), entry.text));
      this.#close(false);
    } else this.#keepUsed(asked, entry);
    this.said = t("suggestion-said-taken");
  }

  /** Keeps the words of a card in a note to self below the cursor. */
  keepAsNote(entry: Entry): void {
    const asked = this.current;
    if (!asked || !entry.text || !this.#around.writable()) return;
    this.#outcomes.hold();
    this.#offers.note([this.#piece(asked, entry)]);
    this.#keepUsed(asked, entry);
    this.said = t("suggestion-said-noted");
  }

  /** What was asked where the current one was, the earliest first; none: nothing is shown. */
  get beside(): readonly Asked[] {
    const { current } = this;
    // A place moves with the text, which is not to be watched: what is shown is made anew when something is asked or taken.
    return current ? this.branches.beside(current, (id) => this.#offers.spot(id)) : [];
  }

  /** Shows what was asked before (-1) or after (1) at this place; false when there is nothing. */
  walk(way: -1 | 1): boolean {
    const next = this.current ? this.beside[this.beside.indexOf(this.current) + way] : this.#near();
    if (next) this.offer(next);
    return !!next;
  }

  /** Offers what was asked before once more: at its place, or beside the page where that is gone. */
  offer(asked: Asked): void {
    if (asked === this.current) return;
    if (this.current) this.#detach();
    this.mix.clear();
    this.#resume(asked, false);
    if (asked.live) this.said = t("suggestion-said-writing");
    else this.#sayPending(asked, "");
  }

  /** All that was asked in the open scene, the latest first. */
  get all(): readonly Asked[] {
    return this.branches.of(this.#scene).toReversed();
  }

  /** Something became of the words on the page by what the writer did to the text. */
  told(told: Told): void {
    const { suggestion } = told;
    const asked = this.branches.find(this.#scene, suggestion.request);
    if (!asked) return;
    if (told.what === "returned") this.#returned(asked, told);
    else if (told.what === "retaken") this.#retaken(asked, told);
    else if (asked === this.current) this.#overtyped(asked);
  }

  /** The text changed: what was left before is not brought back by the next undo. */
  written(): void {
    this.#left = null;
    this.#gathered.typed();
  }

  /** The page is about to show another scene: what is offered waits, and what is written goes on. */
  leaveScene(): void {
    if (this.#scene !== null) this.#scenes.leave(this.#scene, this.#offers.bookmark(), this.current);
    this.current = this.last = this.#left = null;
    this.shown = false;
    this.mix.clear();
    this.said = "";
  }

  /** The page shows a scene: what was offered there is offered again. */
  enterScene(scene: number | null): void {
    this.#scene = scene;
    if (scene === null) return;
    const { mark, asked } = this.#scenes.enter(scene);
    if (mark) this.#offers.reopen(mark);
    this.last = this.branches.of(scene).findLast(({ since }) => since === null) ?? null;
    this.recalled = recall(this.#host, this.#around, this.branches, scene, () => scene === this.#scene);
    if (!asked) return;
    asked.news = false;
    this.#resume(asked, false);
    if (!asked.live) this.#sayPending(asked, "");
  }

  /** The library is another: what was asked belongs to the one that was there. */
  forget(): void {
    this.#scenes.forget().forEach((asked) => asked.live && this.#cancel(asked));
    this.branches.clear();
  }

  /** Stops what is written in another scene; what came is offered there. */
  stopElsewhere(asked: Asked): void {
    if (asked.live) this.#cancel(asked);
    asked.news = false;
    if (asked.empty) this.#scenes.drop(asked);
  }

  async #ask(action: Action, place: Place): Promise<void> {
    const request = this.#around.request(action, place);
    const asked = new Asked(
      request,
      this.#around.gives(action),
      this.#around.home(),
      this.#around.count(request),
    );
    this.branches.add(asked);
    this.#left = null;
    this.current = this.last = asked;
    this.back = false;
    this.said = t("suggestion-said-writing");
    const { from, to } = place;
    this.shown = asked.onPage;
    if (asked.onPage) this.#offers.show({ request: asked.id, candidate: 0, from, to, text: "", live: true });
    else this.#offers.name(asked.id, from, to);
    try {
      const tell = (event: ActionEvent) => {
        const over = !asked.live;
        asked.hear(event);
        if (event.event === "finished") this.figures = event.figures;
        if (!over) this.#heard(asked, event.event, "candidate" in event ? event.candidate : 0);
      };
      await this.#host.startAction(request, (event) => this.#gathered.hear(event, tell));
    } catch (thrown) {
      if (!asked.live) return;
      asked.problem = problemOf(thrown);
      asked.end();
      this.#settle(asked, "");
    }
  }

  #heard(asked: Asked, event: string, candidate: number): void {
    const words = event === "text" || event === "candidate_done";
    const here = asked === this.current && this.shown && !this.mix.on && candidate === asked.chosen;
    if (words && here) this.#offers.grow(asked.text(), !asked.candidates[candidate]?.done);
    if (!asked.live) this.#settle(asked, "");
  }

  /** No more words will come: what came is pending, nothing came is nothing. */
  #settle(asked: Asked, saying: string): void {
    if (asked.problem) this.#around.trouble(asked.problem);
    if (asked.empty) this.branches.drop(asked);
    if (asked !== this.current) return this.#settleElsewhere(asked);
    if (asked.empty) {
      if (this.shown) this.#offers.leave(true);
      this.current = null;
      this.shown = false;
      this.said = saying || t("suggestion-said-nothing");
      return;
    }
    if (!asked.text().trim()) asked.chosen = asked.candidates.findIndex(({ text }) => text.trim());
    if (this.shown) this.#present(asked);
    this.#sayPending(asked, saying);
  }

  #settleElsewhere(asked: Asked): void {
    if (!this.#scenes.has(asked)) return;
    if (asked.empty) this.#scenes.drop(asked);
    asked.news = !asked.empty;
    this.#around.ended(asked);
  }

  #sayPending(asked: Asked, first: string): void {
    this.said = [first, sayingOf(asked, this.changes?.list.length ?? 0)].filter(Boolean).join(" ");
  }

  #present(asked: Asked): void {
    this.shown = this.#showing.present(asked, this.mix);
  }

  #changed(change: (changes: Changes) => void): void {
    const { changes } = this;
    if (!changes) return;
    change(changes);
    this.#offers.compare(changes.compared);
  }

  /** Makes it the current one again. `shown`: the page shows it already. */
  #resume(asked: Asked, shown: boolean): void {
    this.current = this.last = asked;
    this.back = false;
    this.shown = shown;
    const spot = this.#offers.spot(asked.id);
    asked.adrift = asked.placed && (!spot || spot.lost);
    if (asked.onPage && !shown) this.#present(asked);
  }

  #returned(asked: Asked, { suggestion }: Told): void {
    if (this.current && this.current !== asked) this.#detach(true);
    const { request, candidate, from, to, taken, pieces } = suggestion;
    this.#offers.name(request, from, to);
    asked.adrift = false;
    asked.chosen = candidate;
    asked.use(candidate, taken);
    if (pieces) this.mix.restore(pieces);
    else this.mix.clear();
    this.#resume(asked, true);
    this.back = true;
    this.#sayPending(asked, t("suggestion-said-back"));
  }

  #retaken(asked: Asked, told: Extract<Told, { what: "returned" | "retaken" }>): void {
    if (told.rest) return asked.use(asked.chosen, told.rest.taken);
    this.#use(told.pieces);
    if (asked === this.current) this.#close(false);
  }

  #overtyped(asked: Asked): void {
    this.shown = false;
    this.mix.clear();
    // Who writes on where a continuation stands has left it; all else is offered beside the page.
    if (asked.gives === "passage" && !asked.live) return this.#close(false);
    asked.adrift = true;
    if (!asked.live) this.#sayPending(asked, "");
  }

  /** Notes which words went into the text. */
  #use(pieces: readonly Piece[]): void {
    for (const { request, candidate, text } of byOrigin(pieces)) {
      const asked = this.branches.find(this.#scene, request);
      asked?.use(candidate, text);
      if (asked) this.#know(asked, candidate);
      if (asked && asked !== this.current) this.#outcomes.record(request, candidate, text);
    }
  }

  /** Tells the page who wrote words that it has now. */
  #know(asked: Asked, candidate: number): void {
    const { text } = asked.candidates[candidate] ?? { text: "" };
    this.#sheet.know([{ request: asked.id, candidate, model: asked.report?.model ?? "", text }]);
  }

  /** Tells what became of every candidate and is idle; `clear` takes the words off the page. */
  #close(clear: boolean): void {
    const asked = this.current;
    if (!asked) return;
    if (asked.live) this.#cancel(asked);
    this.#outcomes.recordAll(asked);
    if (clear && this.shown) this.#offers.leave(true);
    this.current = null;
    this.shown = false;
    this.mix.clear();
  }

  /** Puts the current one aside; what is being written goes on. `gone`: the page does not show it any more. */
  #detach(gone = false): void {
    const asked = this.current!;
    if (!asked.live) return this.#close(!gone);
    if (this.shown && !gone) this.#offers.leave(true);
    this.current = null;
    this.shown = false;
  }

  #near(): Asked | null {
    const { to } = this.#sheet.cursor();
    return this.branches.near(this.#scene, to, this.#offers.paragraph(), (id) => this.#offers.spot(id));
  }

  /** Tells that words of a card went in, while the cards stay. */
  #keepUsed(asked: Asked, { candidate, text }: Entry): void {
    asked.use(candidate, joined(asked.used.get(candidate), text));
    this.#outcomes.record(asked.id, candidate, asked.used.get(candidate)!);
  }

  #piece(asked: Asked, { candidate, text }: Entry): Piece {
    return { text, request: asked.id, candidate };
  }

  #cancel(asked: Asked): void {
    // What came is kept.
    this.#gathered.flush();
    asked.end();
    this.#host.cancelAction(asked.id).catch((thrown) => this.#around.trouble(problemOf(thrown)));
  }

  get #sheet(): Sheet {
    return this.#around.sheet();
  }

  get #offers(): Sheet["offers"] {
    return this.#around.sheet().offers;
  }
}

function joined(before: string | undefined, text: string): string {
  return before ? `${before}\n\n${text}` : text;
}
