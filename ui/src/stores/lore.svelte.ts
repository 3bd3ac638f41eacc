// The lore of the open manuscript: its entries, the one that is looked at, and where the manuscript names it.
import type { LoreEntry, LoreHost, LoreKind, LorePassages, LoreText } from "../host/host";
import { t } from "../words/words.svelte";
import type { Keeper } from "./keeper.svelte";
import type { Notices } from "./notices.svelte";

export const KINDS: LoreKind[] = ["person", "place", "thing", "fact"];

/** A name is no longer than this; what is longer is what there is to say. */
const NAME = 60;

/** An entry that is about to be made. */
export interface Beginning {
  kind: LoreKind;
  name: string;
  long: string;
}

export class LoreStore {
  entries = $state<LoreEntry[]>([]);
  /** Put away; none until they are asked for. */
  archived = $state<LoreEntry[]>([]);
  /** The entry that is looked at. */
  shown = $state<number | null>(null);
  /** What is about to be made, while its name is asked for. */
  beginning = $state<Beginning | null>(null);
  /** What is looked for by typing. */
  typed = $state("");
  /** Where the manuscript names the entry that is looked at; none while it is looked for. */
  passages = $state<LorePassages | null>(null);

  readonly #host: LoreHost;
  readonly #keeper: Keeper;
  readonly #notices: Notices;
  #project: number | null = null;
  #looks = 0;
  /** By what it was looked for last. */
  #looked = "";

  constructor(host: LoreHost, keeper: Keeper, notices: Notices) {
    this.#host = host;
    this.#keeper = keeper;
    this.#notices = notices;
  }

  readonly found = $derived.by(() => {
    const words = fold(this.typed).split(/\s+/).filter(Boolean);
    const said = ({ name, aliases, short }: LoreEntry) => fold([name, ...aliases, short].join(" "));
    return this.entries.filter((entry) => words.every((word) => said(entry).includes(word)));
  });
  readonly entry = $derived(this.entries.find(({ id }) => id === this.shown) ?? null);

  /** Another manuscript is open. */
  async open(project: number): Promise<void> {
    if (project === this.#project) return;
    this.#project = project;
    this.entries = [];
    this.archived = [];
    this.#leave();
    this.typed = "";
    try {
      const entries = await this.#host.lore(project);
      if (project === this.#project) this.entries = entries.map((entry) => this.#typed(entry)).sort(byName);
    } catch (thrown) {
      // It is read again with the next scene.
      if (project === this.#project) this.#project = null;
      throw thrown;
    }
  }

  /** What is known is not so any more. */
  forget(): void {
    this.#project = null;
  }

  /** Of a kind, those that are found. */
  of(kind: LoreKind): LoreEntry[] {
    return this.found.filter((entry) => entry.kind === kind);
  }

  /** Looks at an entry. */
  look(id: number): void {
    this.beginning = null;
    this.shown = id;
    this.passages = null;
    void this.#lookFor(id);
  }

  /** Begins an entry; its name is asked for. What is selected is its name or, when it is long, what there is to say. */
  begin(selection = ""): void {
    const text = selection.trim();
    const named = this.entries.find(({ name, aliases }) => [name, ...aliases].some((one) => same(one, text)));
    if (text && named) return this.look(named.id);
    const isName = text.length <= NAME && !/\n/.test(text);
    this.#leave();
    this.beginning = { kind: "person", name: isName ? text : "", long: isName ? "" : text };
  }

  /** Makes the entry that was begun. */
  async make({ kind, name, long }: Beginning): Promise<void> {
    if (!name.trim()) return;
    await this.#add({ ...BLANK, kind, name: name.trim(), long });
  }

  async duplicate(entry: LoreEntry): Promise<void> {
    await this.#add({ ...textOf(entry), name: t("lore-copy", { name: entry.name }) });
  }

  /** The author says something else of an entry. */
  change(id: number, said: Partial<LoreText>): void {
    const before = this.entries.find((entry) => entry.id === id);
    if (!before) return;
    const entry = { ...before, ...said };
    const field = `lore-${id} ${Object.keys(said).join()}`;
    this.#keeper.takebacks.note(
      field,
      () => this.#say(id, textOf(before)),
      () => this.#say(id, textOf(entry)),
    );
    this.#say(id, textOf(entry));
  }

  #say(id: number, what: LoreText): void {
    // What was put away meanwhile says it where it lies.
    const before = [...this.entries, ...this.archived].find((entry) => entry.id === id);
    if (!before) return;
    const entry = { ...before, ...what };
    const changed = (one: LoreEntry) => (one.id === id ? entry : one);
    this.entries = this.entries.map(changed);
    this.archived = this.archived.map(changed);
    this.#keeper.put(`lore-${id}`, entry, async () => {
      await this.#host.setLore(id, textOf(entry));
      if (id === this.shown && namedBy(entry) !== this.#looked) await this.#lookFor(id);
    });
  }

  /** Puts an entry in its place by name, once its name is written. */
  sort(): void {
    this.entries = [...this.entries].sort(byName);
  }

  async archive(entry: LoreEntry): Promise<void> {
    await this.#host.archiveLore(entry.id, true);
    this.entries = this.entries.filter(({ id }) => id !== entry.id);
    this.archived = [...this.archived.filter(({ id }) => id !== entry.id), entry].sort(byName);
    if (this.shown === entry.id) this.#leave();
    this.#notices.mention("step", t("lore-archived", { name: entry.name }), [
      { label: t("tree-undo"), go: () => void this.unarchive(entry) },
    ]);
  }

  async unarchive(entry: LoreEntry): Promise<void> {
    this.#notices.dismiss("step");
    await this.#host.archiveLore(entry.id, false);
    this.archived = this.archived.filter(({ id }) => id !== entry.id);
    this.entries = [...this.entries, entry].sort(byName);
    this.look(entry.id);
  }

  async loadArchived(): Promise<void> {
    if (this.#project !== null) this.archived = await this.#host.archivedLore(this.#project);
  }

  /** The entry that the texts before and after the cursor name. */
  async at(before: string, after: string): Promise<LoreEntry | null> {
    return this.#project === null ? null : this.#host.loreAt(this.#project, before, after);
  }

  #leave(): void {
    this.shown = null;
    this.beginning = null;
    this.passages = null;
    this.#looks++;
  }

  async #add(what: LoreText): Promise<void> {
    if (this.#project === null) return;
    const entry = await this.#host.addLore(this.#project, what);
    this.entries = [...this.entries, entry].sort(byName);
    this.look(entry.id);
  }

  async #lookFor(id: number): Promise<void> {
    const look = ++this.#looks;
    const entry = this.entries.find((one) => one.id === id);
    this.#looked = entry ? namedBy(entry) : "";
    try {
      const passages = await this.#host.lorePassages(id);
      if (look === this.#looks) this.passages = passages;
    } catch (thrown) {
      this.#notices.fail("lore", thrown);
    }
  }

  #typed(entry: LoreEntry): LoreEntry {
    return this.#keeper.draft(`lore-${entry.id}`) ?? entry;
  }
}

const BLANK: LoreText = {
  kind: "person",
  name: "",
  aliases: [],
  told: "named",
  match_case: false,
  short: "",
  long: "",
  from: null,
  to: null,
};

function textOf({ kind, name, aliases, told, match_case, short, long, from, to }: LoreEntry): LoreText {
  return { kind, name, aliases, told, match_case, short, long, from, to };
}

/** What decides where an entry is named, and whether it holds there. */
function namedBy({ name, aliases, match_case, from, to }: LoreEntry): string {
  return JSON.stringify([name, aliases, match_case, from, to]);
}

function byName(a: LoreEntry, b: LoreEntry): number {
  return a.name.localeCompare(b.name) || a.id - b.id;
}

function same(a: string, b: string): boolean {
  return fold(a) === fold(b);
}

/** As people look for it: without case and accents. */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();
}
