// A problem comes from below with a sentence in English that names things and the way out. In other languages a sentence
// of the page says what kind of problem it is, and the original stays as its detail.
import { language, t } from "./words.svelte";

/** What happened in the writer's language, and the original sentence where that is another. */
export interface Told {
  sentence: string;
  /** English; empty where the sentence is it. */
  detail: string;
}

export function told({ code, message }: { code: string; message: string }): Told {
  if (language() === "en") return { sentence: message, detail: "" };
  return { sentence: t(`problem-${code}`), detail: message };
}
