// What a screen reader says of an answer that has come to its end.
import { wordsIn } from "../../editor/counting";
import { t } from "../../words/words.svelte";
import type { Asked } from "./asked.svelte";

/** What is offered of it; `changes`: how many it would make in the text. */
export function sayingOf(asked: Asked, changes: number): string {
  if (asked.adrift) return t("suggestion-said-adrift");
  if (!asked.onPage) return t("suggestion-said-ideas", { ideas: asked.entries.length });
  if (changes) return t("suggestion-said-changes", { changes });
  const candidates = asked.candidates.length;
  if (candidates > 1) return t("suggestion-said-several", { candidates });
  return t("suggestion-said-words", { words: wordsIn(asked.text()) });
}
