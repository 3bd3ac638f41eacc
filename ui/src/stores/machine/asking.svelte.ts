// The form that asks: which action, by which words, how many and how long. What was chosen last for an action is found
// again, also by its key alone; only what was said to it is not sent again unseen.
import type { Action, ActionKind } from "../../host/host";

/** What a writer chose for an action. */
export interface Choices {
  instruction: string;
  /** How many candidates; none: as many as the action has. */
  candidates: number | null;
  /** About how many words; none: the action's own measure. */
  words: number | null;
  /** To translate into: a language's tag or its name. */
  language: string;
  /** How it was asked last. */
  variant: string | null;
}

const NOTHING: Choices = { instruction: "", candidates: null, words: null, language: "", variant: null };
const KEPT = "foolscap.asked";

export class Asking {
  /** Whether the form is open, and for which action. */
  open = $state(false);
  kind = $state<ActionKind>("rewrite");
  #kept = $state<Partial<Record<ActionKind, Choices>>>(recall());

  begin(kind: ActionKind): void {
    this.kind = kind;
    this.open = true;
  }

  of(kind: ActionKind): Choices {
    return { ...NOTHING, ...this.#kept[kind] };
  }

  choose(kind: ActionKind, part: Partial<Choices>): void {
    this.#kept = { ...this.#kept, [kind]: { ...this.of(kind), ...part } };
    localStorage.setItem(KEPT, JSON.stringify(this.#kept));
  }

  /** The action as the form asks it. */
  action(variant: string | null = null): Action {
    const { instruction, language } = this.of(this.kind);
    const asked = { kind: this.kind, variant, instruction: instruction.trim() };
    return this.kind === "translate" ? { ...asked, language: language || null } : asked;
  }
}

function recall(): Partial<Record<ActionKind, Choices>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return typeof kept === "object" && kept !== null ? kept : {};
  } catch {
    return {};
  }
}
