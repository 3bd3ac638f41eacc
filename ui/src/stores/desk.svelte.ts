// Everything on the writer's desk, and the few things that need more than one of them: opening a manuscript
// (page, autosave, session, settings) and closing the window. Components and commands are handed this.
import { tick, untrack } from "svelte";
import { type Heard, type Origin, PageEditor, type Place, type Said, type Span } from "../editor/page";
import type { Action, Focus, Host, OpenProject, PageSettings, Settings } from "../host/host";
import { date, t } from "../words/words.svelte";
import { Authorship } from "./authorship.svelte";
import { Autosave } from "./autosave.svelte";
import { Backups } from "./backups.svelte";
import { Files } from "./files.svelte";
import { History } from "./history.svelte";
import { HubStore } from "./hub.svelte";
import { bounded } from "./look";
import { Library, untitled } from "./library.svelte";
import { type Besides, Machine } from "./machine/machine.svelte";
import { isReview } from "./machine/remarks.svelte";
import { ModelStore } from "./model.svelte";
import { ModelsStore } from "./models.svelte";
import { Notebook } from "./notebook.svelte";
import { Notices, type Way } from "./notices.svelte";
import { Saving } from "./saving";
import { Search } from "./search.svelte";
import { SettingsStore } from "./settings.svelte";
import { Spelling } from "./spelling.svelte";
import { Supply } from "./supply";
import { Tree } from "./tree.svelte";
import { Trial } from "./trial.svelte";
import { Turning } from "./turning";
import { View } from "./view.svelte";
import { Workbench } from "./workbench/workbench.svelte";

/** How long a closing window waits for its last words to be saved. */
const CLOSING = 3000;

const DAY = 24 * 60 * 60_000;

export class Desk {
  readonly notices = new Notices();
  readonly view = new View();
  readonly settings: SettingsStore;
  readonly model: ModelStore;
  readonly models: ModelsStore;
  readonly hub: HubStore;
  readonly supply: Supply;
  readonly trial: Trial;
  readonly library: Library;
  readonly tree: Tree;
  readonly history: History;
  readonly search: Search;
  readonly authorship: Authorship;
  readonly backups: Backups;
  readonly files: Files;
  readonly spelling: Spelling;
  readonly autosave: Autosave;
  readonly machine: Machine;
  readonly notebook: Notebook;
  readonly workbench: Workbench;

  /** Whether there is a page to write on: false until the library answered. */
  ready = $state(false);
  /** Nothing can be changed: another program writes the library. */
  readOnly = $state(false);
  words = $state(0);
  blank = $state(true);
  /** Whether words on the page are selected. */
  selected = $state(false);
  /** Counts what moved on the page, for things drawn beside the text. */
  moves = $state(0);

  readonly #host: Host;
  readonly #saving: Saving;
  readonly #turning: Turning;
  #page: PageEditor | null = null;
  #scene: number | null = null;
  /** The version of the open scene when it was opened. */
  #opened = 0;
  #closing = false;
  readonly #begun = Date.now();
  /** When each project was written on last before this session. */
  readonly #written = new Map<number, number>();

  constructor(host: Host) {
    this.#host = host;
    this.settings = new SettingsStore(host);
    this.model = new ModelStore(host);
    this.models = new ModelsStore(host);
    this.hub = new HubStore(host);
    const { model, models, hub, settings, notices } = this;
    this.supply = new Supply(host, { model, models, hub, settings, notices });
    this.trial = new Trial(host);
    this.library = new Library(host);
    const draft = () => ({ document: this.page.document(), text: this.page.text() });
    this.autosave = new Autosave(host, {
      draft,
      saved: (saved, text) => {
        this.tree.saved(saved, text);
        this.library.saved(saved, this.tree.words);
        this.search.stale();
        this.notebook.saved(saved);
        this.notices.dismiss("saving");
        this.machine.remarks.saved();
      },
      failed: () => this.#saving.tell(),
    });
    this.#saving = new Saving(host, this.autosave, this.library, this.notices, {
      scene: () => this.#scene,
      draft,
      show: (opened) => this.#show(opened),
    });
    this.#turning = new Turning(this.autosave, this.library, this.notices, {
      scene: () => this.#scene,
      keepBeside: () => this.notebook.flush(),
      unsaved: () => this.#saving.tell(),
      show: (opened) => this.#show(opened),
      leave: () => {
        this.page.editable(false);
        return this.machine.leaveScene();
      },
    });
    const around = this.#around();
    this.tree = new Tree(host, around);
    this.history = new History(host, this.tree, around);
    this.search = new Search(host, this.tree, around);
    this.authorship = new Authorship(host, this.tree, around);
    this.backups = new Backups(host, around);
    this.files = new Files(host, this.tree, around);
    this.spelling = new Spelling(host, around);
    // What was said of the story a moment ago goes along, too.
    const told: Host = {
      ...host,
      planAction: (request) => this.notebook.flush().then(() => host.planAction(request)),
      startAction: (request, heard) => this.notebook.flush().then(() => host.startAction(request, heard)),
    };
    this.machine = new Machine(told, {
      page: () => this.page,
      home: () => ({ scene: this.#scene, title: this.tree.title }),
      project: () => this.library.open?.id ?? null,
      words: () => this.words,
      daysAway: () => this.#daysAway(),
      follows: () => this.model.info?.chat ?? null,
      act: (action) => this.act(action),
      settings: () => this.settings.now,
      free: () => this.#atPage && !this.readOnly && this.model.info !== null,
      open: (scene) => void this.openScene(scene),
      writable: () => this.writable(),
      saveBefore: (work) => this.autosave.before(work),
      notices: this.notices,
    });
    this.notebook = new Notebook(host, this.notices, {
      settled: () => this.#turning.settled(),
      scenes: () => this.tree.scenes,
      amend: (ref, said) => this.tree.amend(ref, said),
      write: (language, direction) => {
        this.page.write(language, direction);
        this.spelling.turned();
      },
    });
    this.workbench = new Workbench(told, {
      notices: this.notices,
      project: () => this.library.open?.id ?? null,
      scene: () => this.#scene,
      title: () => this.library.open?.title ?? "",
      place: () => (this.ready ? { title: this.tree.title, ...textsOf(this.page.cursor(true)) } : null),
      here: () => this.view.screen === "workbench",
      used: () => this.describeActions(),
      go: () => (this.view.screen = "workbench"),
      model: () => this.settings.now.model ?? "starter",
      language: () => this.notebook.about.brief?.language ?? "",
      writable: () => this.writable(),
    });
  }

  /** Whether the page is what the writer is at. */
  get #atPage(): boolean {
    return this.ready && !this.view.dialog && !this.view.screen;
  }

  get session() {
    return this.machine.session;
  }

  get page(): PageEditor {
    if (!this.#page) throw new Error("The page is not mounted yet.");
    return this.#page;
  }

  /** Puts the page where the component says and opens what was open last. */
  async begin(mount: HTMLElement, said: () => Said): Promise<void> {
    this.#page = new PageEditor(mount, said, this.#heard());
    void this.notices.attempt("model", this.model.watch());
    void this.#host.beforeClose(() => this.#settle());
    void this.#host.watchDrops((paths) => void this.#dropped(paths));
    void this.notices.attempt("samples", this.library.loadSamples());
    await this.#openFirst();
    // Experiments that go on after a restart say so, and what won is at hand.
    void this.notices.attempt("workbench", this.workbench.recall());
  }

  /** Asks what the prompts in use make of the actions. */
  describeActions(project: number | null = this.tree.project): void {
    void this.notices.attempt("action", this.machine.actions.load(project));
  }

  /** Opens a scene of any manuscript; `anew` also the one that is open. */
  async openScene(id: number, anew = false): Promise<void> {
    if (id === this.#scene && !anew) return this.#toNext();
    await this.#turning.to(() => this.library.openScene(id));
  }

  /** Goes back to the page, wherever the writer was. */
  toPage(then = (page: PageEditor) => page.focus()): void {
    this.view.screen = null;
    this.view.cardFirst = false;
    // A page that was closed until now cannot take the focus before it is drawn open.
    void tick().then(() => this.ready && then(this.page));
  }

  /** Waits for a step on the tree; what goes wrong is told. */
  step(work: Promise<unknown>): void {
    this.notices.dismiss("tree");
    void this.notices.attempt("tree", work);
  }

  /** Puts the open manuscript away and opens another. */
  async archiveManuscript(): Promise<void> {
    const open = this.library.open;
    if (!open || !this.writable()) return;
    await this.#turning.to(async () => {
      const opened = await this.library.archive(open.id);
      this.notices.mention("step", t("library-archived", { title: open.title }), [
        { label: t("tree-undo"), go: () => void this.unarchiveManuscript(open.id) },
      ]);
      return opened;
    });
  }

  async unarchiveManuscript(id: number): Promise<void> {
    if (!this.writable()) return;
    this.notices.dismiss("step");
    await this.#turning.to(() => this.library.unarchive(id));
  }

  async openManuscript(id: number): Promise<void> {
    if (id === this.library.open?.id) return this.#toNext();
    await this.#turning.to(() => this.library.openProject(id));
  }

  /** Makes a manuscript; an untitled one that is still blank is as good as another. */
  async newManuscript(title = untitled(), text?: string): Promise<void> {
    if (!this.writable()) return;
    const fresh = this.ready && this.blank && this.library.isUntitled;
    if (fresh && !text) return this.page.focus();
    await this.#turning.to(() => this.library.create(title, text));
  }

  /** Begins with the text of a sample: on this page when nothing is on it, else in a manuscript of its own. */
  async beginWithSample(index: number): Promise<void> {
    const sample = this.library.samples[index];
    if (!sample || !this.writable()) return;
    if (!this.ready || !this.blank) return this.newManuscript(sample.title, sample.text);
    this.page.fill(sample.text);
    this.page.focus();
    await this.rename(sample.title);
  }

  async rename(title: string): Promise<void> {
    if (!this.writable()) return;
    await this.notices.attempt("rename", this.library.rename(title));
  }

  /** The title is being written: it is kept as what else is typed. */
  retitle(title: string): void {
    const { open } = this.library;
    if (!open || !this.writable()) return;
    this.library.retitle(title);
    this.notebook.keeper.put(`title-${open.id}`, title, () => this.library.rename(title, open.id));
  }

  /** Changes a setting; where the library cannot be written, for as long as this window is open. */
  change(part: Partial<Settings>): void {
    void this.notices.attempt("settings", this.settings.change(part, this.writable()));
  }

  changePage(part: Partial<PageSettings>): void {
    this.change({ page: { ...this.settings.now.page, ...part } });
  }

  /** Focus of this kind, or none if that is on. */
  toggleFocus(focus: Focus): void {
    this.changePage({ focus: this.settings.now.page.focus === focus ? "off" : focus });
  }

  /** So many percent more or less. */
  sizeText(by: number): void {
    this.changePage({ text_size: bounded("text_size", this.settings.now.page.text_size + by) });
  }

  /** Begins an action of the machine. */
  act(action: Action, besides: Besides | null = null): void {
    if (!this.writable()) return;
    this.notices.dismiss("action");
    void this.machine.act(action, besides);
    // The form that asks how has the focus then.
    if (isReview(action.kind) || this.machine.asking.open) return;
    if (this.session.current?.placed ?? true) this.page.focus();
  }

  again(change: Partial<Action> = {}): void {
    if (!this.writable()) return;
    this.notices.dismiss("action");
    void this.machine.again(change);
  }

  /** Takes back the last thing that was done: a suggestion that was left, a step on the tree, or what was written. */
  undo(): void {
    if (this.session.restore()) return this.page.focus();
    if (this.tree.justDone) return this.step(this.tree.undo(true));
    this.page.undo();
    this.page.focus();
  }

  redo(): void {
    if (this.tree.justUndone) this.step(this.tree.redo(true));
    else this.page.redo();
  }

  /** Saves at once what is not on disk yet. */
  keep(): void {
    void this.autosave.flush();
    void this.notebook.flush();
  }

  async #openFirst(): Promise<void> {
    try {
      await this.settings.load();
      await this.#lookAtLibrary();
      this.#show(await this.library.begin(this.settings.now.last_project));
      this.view.welcome = this.library.fresh && !this.readOnly;
    } catch (thrown) {
      this.notices.fail("library", thrown, [
        { label: t("manuscript-try-again"), go: () => void this.#openFirst() },
      ]);
    }
  }

  /** Whether the library can be written, and whether something had to be done to open it. */
  async #lookAtLibrary(): Promise<void> {
    const { read_only, recovery } = await this.#host.libraryState();
    this.readOnly = read_only;
    this.writable();
    if (!recovery) return;
    const made = recovery.made_at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(.*)$/, "$1-$2-$3T$4:$5:$6");
    const when = date(made, { dateStyle: "long", timeStyle: "short" });
    const { damaged } = recovery;
    const said = damaged ? t("library-recovered", { when, damaged }) : t("library-gone", { when });
    this.notices.tell("recovery", said);
    // What cannot be noted is told once more.
    void this.#host.recoveryTold().catch(() => {});
  }

  /** Whether anything can be changed; tells when it cannot. */
  writable(): boolean {
    if (this.readOnly) this.notices.tell("read-only", t("library-read-only"));
    return !this.readOnly;
  }

  #version(): number {
    return this.readOnly ? this.#opened : this.autosave.version;
  }

  #did(message: string): void {
    const way = { label: t("tree-undo"), go: () => this.step(this.tree.undo()) };
    this.notices.mention("step", message, this.tree.undoable ? [way] : []);
  }

  /** What has the place of the page gives way when one is opened; a history goes on with the next scene. */
  #toNext(): void {
    if (this.view.screen !== "history") this.toPage();
  }

  /** Models that are dropped on the window go onto their list, everything else is looked at to be imported. */
  async #dropped(paths: string[]): Promise<void> {
    const sorted = await this.notices.attempt("library", this.#host.sortDropped(paths));
    if (!sorted) return;
    if (sorted.models.length) this.view.dialog = "models";
    for (const path of sorted.models) await this.supply.takeModel(path);
    if (sorted.models.length || !this.writable()) return;
    this.view.dialog = "import";
    await this.files.look(sorted.manuscripts);
  }

  #show(opened: OpenProject): void {
    const { project, items, scene, language, direction } = opened;
    // As the prompts in use in this manuscript describe them.
    if (project.id !== this.tree.project) this.describeActions(project.id);
    this.notices.dismiss("library");
    if (!this.#written.has(project.id)) this.#written.set(project.id, Date.parse(project.updated_at));
    void this.machine.leaveScene();
    this.#scene = scene.id;
    this.tree.show(project.id, items, scene.id);
    this.autosave.close();
    this.page.write(language, direction);
    try {
      this.page.load(scene.document, scene.text, scene.id);
    } catch {
      this.ready = false;
      this.#scene = null;
      this.machine.enterScene(null);
      this.page.load("");
      this.notices.tell("library", t("manuscript-other-version", { title: project.title }));
      return;
    }
    this.ready = true;
    this.#opened = scene.version;
    this.machine.enterScene(scene.id);
    this.page.editable(!this.readOnly);
    if (!this.readOnly) this.autosave.open(scene.id, scene.version);
    this.search.turned();
    this.spelling.turned();
    void this.notices.attempt("authorship", this.authorship.turned());
    this.notebook.opened(opened);
    this.view.closeNavIfOver();
    this.#toNext();
  }

  /** The last words before the window closes; a second try closes it whatever happened. */
  async #settle(): Promise<boolean> {
    if (this.#closing || !this.#page) return true;
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), CLOSING));
    const removed = this.supply.settle().then(() => true);
    const all = Promise.all([this.autosave.flush(), this.notebook.flush(), removed]).then((kept) =>
      kept.every(Boolean),
    );
    if (await Promise.race([all, late])) return true;
    this.#closing = true;
    this.notebook.tell(t("manuscript-close-again"));
    this.#saving.tell(t("manuscript-close-again"));
    return false;
  }

  /** Whole days since the open project was written on before this session. */
  #daysAway(): number {
    const written = this.#written.get(this.library.open?.id ?? -1);
    return written ? Math.max(0, Math.floor((this.#begun - written) / DAY)) : 0;
  }

  #heard(): Heard {
    return {
      counted: (words, blank) => {
        this.words = words;
        this.blank = blank;
      },
      changed: () => {
        this.view.welcome = false;
        this.autosave.touch();
        this.tree.written();
        this.machine.written();
      },
      moved: (selected) => {
        this.selected = selected;
        this.moves = untrack(() => this.moves) + 1;
      },
      told: (told) => this.machine.told(told),
      pressed: (passage) => this.machine.remarks.choose(passage),
      misspelt: (blocks) => this.spelling.check(blocks),
    };
  }

  /** What stores need of each other and of the page, which is mounted later. */
  #around() {
    return {
      settled: async () => this.writable() && this.#turning.settled(),
      leave: async () => this.writable() && this.#turning.leave(),
      flushed: () => this.autosave.flush(),
      writable: () => this.writable(),
      open: (scene: number) => this.openScene(scene, true),
      reopen: async () => {
        const at = this.page.cursor().from;
        await this.openScene(this.#scene!, true);
        this.page.select(at, at);
      },
      project: () => this.tree.project,
      page: () => this.page,
      setWord: (word: string, right: boolean) =>
        right ? this.notebook.about.addWord(word) : this.notebook.about.removeWord(word),
      version: () => this.#version(),
      cursor: () => this.page.cursor().from,
      select: (from: number, to: number) => this.page.select(from, to),
      mark: (places: Span[], current: number) => this.page.mark(places, current),
      makers: () => this.page.makers(),
      answers: () => this.page.answers(),
      know: (origins: Origin[]) => this.page.know(origins),
      focus: () => this.page.focus(),
      did: (message: string) => {
        this.search.stepped();
        this.#did(message);
      },
      mention: (message: string, ways: Way[] = []) => this.notices.mention("step", message, ways),
      step: (work: Promise<unknown>) => this.step(work),
      putAway: (project: number) => this.#turning.to(() => this.library.archive(project)),
      begin: () => {
        this.tree.forget();
        this.notebook.forget();
        this.machine.forget();
        this.page.forget();
        return this.#openFirst();
      },
      counted: (words: number) => this.library.counted(words),
    };
  }
}

function textsOf({ before, selection, after }: Place) {
  return { before, selection, after };
}
