// The prompt that is looked at: its versions, and the text that is being written. What is not saved as a version is a draft;
// it is kept on this machine until it is saved or thrown away, whatever is looked at meanwhile.
import { diffLines } from "diff";
import { SvelteMap } from "svelte/reactivity";
import type { PromptChecked, PromptChoice, PromptLine, PromptsHost, PromptSummary } from "../../host/host";
import { t } from "../../words/words.svelte";
import type { Around } from "./around";
import type { Prompts } from "./prompts.svelte";

/** A text that is no version yet. */
export interface Draft {
  /** The name of its prompt. */
  prompt: string;
  source: string;
}

const KEPT = "foolscap.prompt-drafts";
/** A text is checked so long after the last key. */
const PAUSE = 250;

export class Editing {
  /** The version that is looked at. */
  label = $state<string | null>(null);
  /** What is in the editor. */
  source = $state("");
  /** The text of the version. */
  original = $state("");
  checked = $state.raw<PromptChecked | null>(null);
  /** The version that this one is compared with. */
  against = $state<string | null>(null);
  lines = $state.raw<PromptLine[] | null>(null);
  /** What is being asked for: a message for a new version, or a name for a prompt of one's own. */
  asking = $state<"version" | "fork" | null>(null);
  /** By the version each was begun from: no two share a text. */
  readonly drafts = new SvelteMap<string, Draft>(recalled());

  readonly #host: PromptsHost;
  readonly #prompts: Prompts;
  readonly #around: Around;
  readonly #changed: () => void;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `changed`: another text is looked at, or the text is another. */
  constructor(host: PromptsHost, prompts: Prompts, around: Around, changed: () => void) {
    this.#host = host;
    this.#prompts = prompts;
    this.#around = around;
    this.#changed = changed;
  }

  readonly prompt = $derived<PromptSummary | null>(
    this.label === null ? null : (this.#holder(this.label) ?? null),
  );
  readonly version = $derived(this.prompt?.versions.find(({ label }) => label === this.label) ?? null);
  readonly dirty = $derived(this.source !== this.original);
  /** What was written since the version, line by line. */
  readonly changes = $derived<PromptLine[]>(this.dirty ? linesOf(this.original, this.source) : []);
  /** What a trial is given: the draft, or the version. */
  readonly choice = $derived<PromptChoice | null>(
    this.label === null
      ? null
      : this.dirty
        ? { kind: "draft", source: this.source }
        : { kind: "version", label: this.label },
  );

  /** Looks at a version; a draft that was begun from it is gone on with. */
  async look(label: string): Promise<void> {
    const asked = ++this.#asked;
    const text = await this.#host.promptText(label);
    if (asked !== this.#asked) return;
    const draft = this.drafts.get(label);
    this.label = label;
    this.original = text.source;
    this.source = draft?.source ?? text.source;
    this.checked = null;
    this.against = null;
    this.lines = null;
    await this.#check();
    this.#changed();
  }

  /** Looks at a prompt: at what was begun of it, at the version in use, or at the latest. */
  async open(name: string): Promise<void> {
    const prompt = this.#prompts.named(name);
    if (!prompt) return;
    const used = this.#prompts.inUse(prompt.action);
    const begun = this.begun(name).at(-1);
    const known = (label: string | null | undefined) => prompt.versions.find((one) => one.label === label);
    const version = known(begun) ?? known(used) ?? prompt.versions[0];
    if (version) await this.look(version.label);
  }

  /** The versions of a prompt that something was begun from, the latest begun last. */
  begun(name: string): string[] {
    return [...this.drafts].filter(([, { prompt }]) => prompt === name).map(([label]) => label);
  }

  /** The author writes. */
  write(source: string): void {
    if (this.label === null || source === this.source) return;
    this.source = source;
    this.#keep();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), PAUSE);
    this.#changed();
  }

  /** Asks for what a new version needs; what came with Foolscap needs another name. */
  ask(what: "version" | "fork"): void {
    if (!this.prompt || !this.#around.writable()) return;
    this.asking = this.prompt.built_in ? "fork" : what;
  }

  /** Throws what was written away; that is undone by the notice. */
  discard(): void {
    const { source, label, prompt } = this;
    if (!this.dirty || label === null || !prompt) return;
    this.source = this.original;
    this.#forget(label);
    void this.#check();
    this.#changed();
    const { notices } = this.#around;
    const go = () => {
      notices.dismiss("step");
      this.drafts.set(label, { prompt: prompt.name, source });
      this.#remember();
      void notices.attempt("workbench", this.look(label));
    };
    notices.mention("step", t("prompt-discarded"), [{ label: t("tree-undo"), go }]);
  }

  /** Keeps the text as a new version, under another name where one is given. */
  async save(message: string, name: string | null = null): Promise<void> {
    const { label, prompt } = this;
    if (label === null || !prompt || !this.#around.writable()) return;
    const source = name === null ? this.source : renamed(this.source, name);
    const version = await this.#host.savePrompt(source, label, message);
    this.#forget(label);
    await this.#prompts.load();
    await this.look(version.label);
    const known = { prompt: version.label };
    const said = version.label === label ? t("prompt-nothing-new", known) : t("prompt-saved", known);
    this.#around.notices.mention("step", said);
  }

  /** Makes the text of this version the latest one again. */
  async restore(): Promise<void> {
    const { label, prompt } = this;
    const latest = prompt?.versions[0];
    if (label === null || !prompt || !latest || latest.label === label || !this.#around.writable()) return;
    const message = t("prompt-restored-message", { prompt: label });
    const version = await this.#host.savePrompt(this.original, latest.label, message);
    await this.#prompts.load();
    await this.look(version.label);
    this.#around.notices.mention("step", t("prompt-restored", { old: label, prompt: version.label }));
  }

  /** Shows what changed from another version to this one; `null`: no more. */
  async compare(against: string | null): Promise<void> {
    const { label } = this;
    this.against = against;
    this.lines = null;
    if (against === null || label === null) return;
    const lines = await this.#host.comparePrompts(against, label);
    if (this.against === against && this.label === label) this.lines = lines;
  }

  async #check(): Promise<void> {
    clearTimeout(this.#timer);
    const { source } = this;
    const checked = await this.#host.checkPrompt(source);
    if (source === this.source) this.checked = checked;
  }

  #holder(label: string): PromptSummary | undefined {
    return this.#prompts.holder(label);
  }

  #keep(): void {
    const { prompt, label } = this;
    if (!prompt || label === null) return;
    if (this.dirty) this.drafts.set(label, { prompt: prompt.name, source: this.source });
    else this.drafts.delete(label);
    this.#remember();
  }

  #forget(label: string): void {
    this.drafts.delete(label);
    this.#remember();
  }

  #remember(): void {
    localStorage.setItem(KEPT, JSON.stringify([...this.drafts]));
  }
}

function linesOf(before: string, after: string): PromptLine[] {
  return diffLines(before, after).flatMap(({ value, added, removed }) => {
    const fate = added ? "added" : removed ? "removed" : "kept";
    const lines = value.replace(/\n$/, "").split("\n");
    return lines.map((text): PromptLine => ({ fate, text }));
  });
}

/** The name of a prompt stands in its first lines. */
export function renamed(source: string, name: string): string {
  const line = `name = ${JSON.stringify(name)}`;
  return /^name\s*=.*$/m.test(source) ? source.replace(/^name\s*=.*$/m, () => line) : source;
}

/** Until now there was one draft a prompt, which named its version. */
type Older = { parent: string; source: string };

function recalled(): [string, Draft][] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]") as [string, Draft | Older][];
    return kept.map(([key, one]) =>
      "parent" in one ? [one.parent, { prompt: key, source: one.source }] : [key, one],
    );
  } catch {
    return [];
  }
}
