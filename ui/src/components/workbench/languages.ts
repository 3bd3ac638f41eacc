// What a language is called in the language of the window.
import { language } from "../../words/words.svelte";

export function nameOfLanguage(tag: string): string {
  try {
    return new Intl.DisplayNames([language()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
