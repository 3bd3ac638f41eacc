// The prompts that there are, their versions, and which of them each action uses.
import type {
  ActionKind,
  PromptChoice,
  PromptsHost,
  PromptSummary,
  PromptVersion,
  PromptVocabulary,
} from "../../host/host";
import type { PromptInUse } from "../../host/host";
import { t } from "../../words/words.svelte";
import type { Around } from "./around";

/** Where a version is in use. */
export type Use = "here" | "everywhere";

export class Prompts {
  list = $state.raw<PromptSummary[]>([]);
  uses = $state.raw<PromptInUse[]>([]);
  vocabulary = $state.raw<PromptVocabulary>({ variables: [], includes: [], filters: [], sections: [] });
  ready = $state(false);

  readonly #host: PromptsHost;
  readonly #around: Around;

  constructor(host: PromptsHost, around: Around) {
    this.#host = host;
    this.#around = around;
  }

  readonly shown = $derived(this.list.filter(({ archived }) => !archived));
  readonly archived = $derived(this.list.filter(({ archived }) => archived));

  async load(): Promise<void> {
    const { prompts, in_use } = await this.#host.promptShelf();
    this.list = prompts;
    this.uses = in_use;
    this.ready = true;
    if (!this.vocabulary.sections.length) this.vocabulary = await this.#host.promptVocabulary();
  }

  /** The text that is meant; empty where nothing is chosen yet. */
  async source(choice: PromptChoice): Promise<string> {
    if (choice.kind === "draft") return choice.source;
    return choice.label ? (await this.#host.promptText(choice.label)).source : "";
  }

  of(action: ActionKind): PromptSummary[] {
    return this.shown.filter((prompt) => prompt.action === action);
  }

  named(name: string): PromptSummary | undefined {
    return this.list.find((prompt) => prompt.name === name);
  }

  /** The prompt that has a version of this label. */
  holder(label: string): PromptSummary | undefined {
    return this.list.find(({ versions }) => versions.some((version) => version.label === label));
  }

  version(label: string): PromptVersion | undefined {
    return this.holder(label)?.versions.find((version) => version.label === label);
  }

  /** The version that an action uses in the open manuscript. */
  inUse(action: ActionKind): string | null {
    const project = this.#around.project();
    const [here, everywhere] = [project, null].map(
      (place) => this.uses.find((use) => use.action === action && use.project === place)?.label,
    );
    const came = this.list.find((prompt) => prompt.action === action && prompt.built_in);
    return here ?? everywhere ?? came?.versions[0]?.label ?? null;
  }

  /** Where a version is in use of all places that matter here. */
  usesOf(action: ActionKind, label: string): Use[] {
    const project = this.#around.project();
    const at = (place: number | null) =>
      this.uses.find((use) => use.action === action && use.project === place)?.label;
    const came = this.list.find((prompt) => prompt.action === action && prompt.built_in);
    const everywhere = (at(null) ?? came?.versions[0]?.label) === label;
    return [
      ...(project !== null && at(project) === label ? (["here"] as const) : []),
      ...(everywhere ? (["everywhere"] as const) : []),
    ];
  }

  /** Whether the open project has a choice of its own. */
  chosenHere(action: ActionKind): boolean {
    const project = this.#around.project();
    return this.uses.some((use) => use.action === action && use.project === project && project !== null);
  }

  /** An action uses this version from now on; `null`: what came with Foolscap, or holds everywhere. */
  async use(action: ActionKind, where: Use, label: string | null): Promise<void> {
    const project = where === "here" ? this.#around.project() : null;
    const before = this.uses.find((use) => use.action === action && use.project === project)?.label ?? null;
    if (before === label) return;
    await this.#host.usePrompt(action, project, label);
    await this.#used();
    const said = label
      ? t(`prompt-used-${where}`, { prompt: label, title: this.#around.title() })
      : t("prompt-used-as-it-came");
    this.#mention(said, () => this.use(action, where, before));
  }

  /** An action uses what came with Foolscap again, here and everywhere. */
  async asItCame(action: ActionKind): Promise<void> {
    const project = this.#around.project();
    const before = this.uses.filter(
      (use) => use.action === action && (use.project === null || use.project === project),
    );
    for (const use of before) await this.#host.usePrompt(action, use.project, null);
    await this.#used();
    this.#mention(t("prompt-used-as-it-came"), async () => {
      for (const use of before) await this.#host.usePrompt(action, use.project, use.label);
      await this.#used();
    });
  }

  async #used(): Promise<void> {
    await this.load();
    this.#around.used();
  }

  async archive(name: string, archived: boolean): Promise<void> {
    await this.#host.archivePrompt(name, archived);
    await this.load();
    const said = archived ? t("prompt-archived", { name }) : t("prompt-unarchived", { name });
    this.#mention(said, () => this.archive(name, !archived));
  }

  async exportAll(): Promise<void> {
    const names = this.shown.filter(({ built_in }) => !built_in).map(({ name }) => name);
    await this.export(names.length ? names : this.shown.map(({ name }) => name));
  }

  async export(names: string[]): Promise<void> {
    const folder = await this.#host.choosePromptFolder(t("dialog-prompts"));
    if (folder === null) return;
    const files = await this.#host.exportPrompts(names, folder);
    this.#around.notices.mention("step", t("prompt-exported", { files, folder }));
  }

  /** Answers with the label of the first that came in. */
  async import(): Promise<string | null> {
    const folder = await this.#host.choosePromptFolder(t("dialog-prompts"));
    if (folder === null) return null;
    const versions = await this.#host.importPrompts(folder);
    await this.load();
    this.#around.notices.mention("step", t("prompt-imported", { prompts: versions.length, folder }));
    return versions[0]?.label ?? null;
  }

  #mention(message: string, undo: () => Promise<void>): void {
    const { notices } = this.#around;
    const go = () => {
      notices.dismiss("step");
      void notices.attempt("workbench", undo());
    };
    notices.mention("step", message, [{ label: t("tree-undo"), go }]);
  }
}
