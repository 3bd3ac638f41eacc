// What can be written at a place of a prompt, with what it stands for.
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { ownVariables } from "./own";

export interface Word {
  name: string;
  about: string;
}

/** What every template may say; a prompt’s own variables stand in its text. */
export interface Vocabulary {
  variables: Word[];
  includes: Word[];
  filters: string[];
  sections: Word[];
}

const TAGS = ["if", "elif", "else", "endif", "for", "endfor", "include", "set"];

/** The words that fit where the cursor is; null: none do. */
export function complete(context: CompletionContext, words: Vocabulary): CompletionResult | null {
  const { text, from } = context.state.doc.lineAt(context.pos);
  const before = text.slice(0, context.pos - from);
  const open = /\{([{%])(?:(?![%}]\}).)*$/.exec(before);
  if (!open) {
    const heading = /^# ?(\w*)$/.exec(before);
    if (!heading) return null;
    return { from: from, options: words.sections.map((one) => option(one, `# ${one.name}`)), filter: true };
  }
  const include = /include\s+"([\w-]*)$/.exec(before);
  if (include)
    return { from: context.pos - include[1]!.length, options: words.includes.map((one) => option(one)) };
  const word = /\w*$/.exec(before)![0];
  const at = context.pos - word.length;
  if (/\|\s*\w*$/.test(before)) return { from: at, options: words.filters.map((name) => ({ label: name })) };
  if (!word && !context.explicit && !/\{\{-?\s*$/.test(before)) return null;
  const tags = open[1] === "%" && /\{%-?\s*\w*$/.test(before);
  if (tags) return { from: at, options: TAGS.map((label) => ({ label })) };
  const own = ownVariables(context.state.doc.toString());
  return { from: at, options: [...own, ...words.variables].map((one) => option(one)) };
}

function option({ name, about }: Word, label = name): Completion {
  return { label, info: about };
}
