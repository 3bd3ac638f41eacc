// What can be asked of the machine, as its prompts tell of themselves, in the writer's words where there are any. A prompt
// that is added below shows up here by itself, under the title it gives itself.
import type { Action, ActionInfo, ActionKind, Gives, Host, VariantInfo, WorksOn } from "../../host/host";
import { line, translated } from "../../words/words.svelte";

/** In the order of the menus. */
export const KINDS = [
  "continue",
  "describe",
  "dialogue",
  "bridge",
  "brainstorm",
  "rewrite",
  "translate",
  "summarise",
  "outline",
  "critique",
  "check",
] as const satisfies readonly ActionKind[];

/** Before the prompts have told. */
const WORKS_ON: Partial<Record<ActionKind, WorksOn>> = {
  rewrite: "selection",
  translate: "selection",
  summarise: "selection_or_text",
  critique: "selection_or_text",
  check: "selection_or_text",
};
const GIVES: Partial<Record<ActionKind, Gives>> = {
  brainstorm: "remark",
  rewrite: "replacement",
  translate: "replacement",
  summarise: "remark",
  outline: "list",
  critique: "notes",
  check: "notes",
};

export class Actions {
  list = $state.raw<ActionInfo[]>([]);

  readonly #host: Pick<Host, "actions">;
  #loading: Promise<unknown> = Promise.resolve();

  constructor(host: Pick<Host, "actions">) {
    this.#host = host;
  }

  /** As the prompts in use in a manuscript describe them. */
  async load(project: number | null = null): Promise<void> {
    const told = this.#host.actions(project);
    this.#loading = told;
    this.list = await told;
  }

  /** Done when the prompts have told, or cannot. */
  async described(): Promise<void> {
    await this.#loading.catch(() => undefined);
  }

  of(kind: ActionKind): ActionInfo | undefined {
    return this.list.find((info) => info.kind === kind);
  }

  variant({ kind, variant }: Action): VariantInfo | undefined {
    return this.of(kind)?.variants.find(({ id }) => id === variant);
  }

  worksOn(kind: ActionKind): WorksOn {
    return this.of(kind)?.works_on ?? WORKS_ON[kind] ?? "cursor";
  }

  gives(action: Action): Gives {
    return this.variant(action)?.gives ?? this.of(action.kind)?.gives ?? GIVES[action.kind] ?? "passage";
  }

  /** “Rewrite”. */
  title(kind: ActionKind): string {
    return translated(`action-${kind}`, this.of(kind)?.title ?? kind);
  }

  purpose(kind: ActionKind): string {
    return translated(`action-purpose-${kind}`, this.of(kind)?.purpose ?? "");
  }

  /** “Shorter”. */
  variantTitle(kind: ActionKind, variant: Pick<VariantInfo, "id" | "title">): string {
    return translated(`action-${kind}-${variant.id}`, variant.title);
  }

  /** “Rewrite · Shorter · keep the names”. */
  heading(action: Action): string {
    const variant = this.variant(action);
    return line(
      this.title(action.kind),
      variant ? this.variantTitle(action.kind, variant) : null,
      action.instruction || null,
    );
  }
}
