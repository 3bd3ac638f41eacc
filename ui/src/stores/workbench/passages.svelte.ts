// What prompts are tried on: the place on the page where the writer is, and passages that are kept in sets.
import type { Passage, PassagesHost, TestSet, TestSetSummary } from "../../host/host";
import { t } from "../../words/words.svelte";
import type { Around, PagePlace } from "./around";

/** Where a passage comes from: the page, or a place in a set. */
export type Source = { from: "page" } | { from: "set"; set: number; at: number };

const BLANK: Passage = {
  title: "",
  before: "",
  selection: "",
  after: "",
  instruction: "",
  variant: null,
  language: "",
  into: null,
  reference: null,
  variables: {},
};

export class Passages {
  /** All, also those that were put away. */
  everything = $state.raw<TestSetSummary[]>([]);
  /** The set that is looked at. */
  open = $state<TestSet | null>(null);
  /** Counts what was saved, for those that read sets themselves. */
  saves = $state(0);

  readonly #host: PassagesHost;
  readonly #around: Around;
  readonly #read = new Map<number, TestSet>();

  constructor(host: PassagesHost, around: Around) {
    this.#host = host;
    this.#around = around;
  }

  readonly sets = $derived(this.everything.filter(({ archived }) => !archived));
  readonly archived = $derived(this.everything.filter(({ archived }) => archived));

  async load(): Promise<void> {
    this.everything = await this.#host.testSets();
  }

  async look(id: number): Promise<void> {
    this.open = structuredClone(await this.#set(id));
  }

  /** The passages of a set. */
  async all(id: number): Promise<Passage[]> {
    return (await this.#set(id)).passages;
  }

  async passage(source: Source): Promise<Passage> {
    if (source.from === "page") return this.onPage();
    const { passages } = await this.#set(source.set);
    return passages[source.at] ?? BLANK;
  }

  /** The place on the page where the writer is. */
  onPage(): Passage {
    const place = this.#around.place() ?? { title: "", before: "", selection: "", after: "" };
    return { ...BLANK, ...place, language: this.#around.language() };
  }

  /** Makes a set; its id. */
  async make(name: string, passages: Passage[]): Promise<number> {
    const made = await this.#host.saveTestSet(null, name, passages);
    await this.load();
    return made.id;
  }

  /** Keeps the set that is looked at as it is now. */
  async save(): Promise<void> {
    const { open } = this;
    if (!open) return;
    const set = $state.snapshot(open) as TestSet;
    this.#read.delete(set.id);
    await this.#host.saveTestSet(set.id, set.name, set.passages);
    this.saves++;
    await this.load();
  }

  /** Adds passages to the open set and keeps it. */
  async add(passages: Passage[]): Promise<void> {
    if (!this.open || !passages.length) return;
    this.open.passages.push(...passages);
    await this.save();
  }

  /** A passage of the page: what is selected is what comes, and what is before it the text. */
  async addFromPage(place: PagePlace): Promise<void> {
    await this.add([{ ...BLANK, ...place, language: this.#around.language() }]);
  }

  async addBlank(): Promise<void> {
    await this.add([{ ...BLANK, language: this.#around.language() }]);
  }

  /** Asks for a file and reads it; null when the writer thought better of it. */
  async fromFile(): Promise<{ name: string; passages: Passage[] } | null> {
    const file = await this.#host.choosePassagesFile(t("dialog-passages"));
    if (file === null) return null;
    const name = file.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
    return { name, passages: await this.#host.readPassages(file) };
  }

  async remove(at: number): Promise<void> {
    const { open } = this;
    const [passage] = open?.passages.splice(at, 1) ?? [];
    if (!open || !passage) return;
    await this.save();
    const { notices } = this.#around;
    const go = () => {
      notices.dismiss("step");
      if (this.open?.id !== open.id) return;
      this.open.passages.splice(at, 0, passage);
      void notices.attempt("workbench", this.save());
    };
    notices.mention("step", t("passage-removed"), [{ label: t("tree-undo"), go }]);
  }

  async archive(id: number, archived: boolean): Promise<void> {
    const name = this.everything.find((set) => set.id === id)?.name ?? this.open?.name ?? "";
    await this.#host.archiveTestSet(id, archived);
    await this.load();
    const { notices } = this.#around;
    const go = () => {
      notices.dismiss("step");
      void notices.attempt("workbench", this.archive(id, false));
    };
    if (archived) notices.mention("step", t("passage-archived", { name }), [{ label: t("tree-undo"), go }]);
  }

  async #set(id: number): Promise<TestSet> {
    const known = this.#read.get(id);
    if (known) return known;
    const set = await this.#host.testSet(id);
    this.#read.set(id, set);
    return set;
  }
}

/** As much of the end of a text as this, from the beginning of a word. */
export function endOf(text: string, letters: number): string {
  const all = text.trim();
  return all.length > letters ? all.slice(-letters).replace(/^\S*\s+/, "… ") : all;
}

/** What a passage is called: its title, or how it ends. */
export function titleOf({ title, before, selection }: Passage): string {
  if (title) return title;
  const end = (selection || before).trim().replace(/\s+/g, " ");
  return endOf(end, 48);
}
