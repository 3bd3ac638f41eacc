// Everything a writer can do, once: this table is the command list (Ctrl+P), the keys of the window and the help. Each
// group has a file.
import { matches } from "../keys";
import type { Desk } from "../stores/desk.svelte";
import { LANGUAGES, nameOf, t } from "../words/words.svelte";
import type { Command } from "./command";
import { manuscripts } from "./manuscripts";
import { model } from "./model";
import { offered } from "./offered";
import { page } from "./page";
import { stuck, variants } from "./stuck";
import { text } from "./text";
import { window } from "./window";

export type { Command } from "./command";

export const commands: Command[] = [
  ...stuck,
  ...offered,
  ...text,
  ...page,
  ...manuscripts,
  ...window,
  ...model,
];

/** The table, and what the prompts offer besides. */
export function everything(desk: Desk): Command[] {
  return [...commands, ...variants(desk)];
}

/** Keys that mean something of their own in a tree. */
const IN_TREES = ["F2", "Alt-ArrowUp", "Alt-ArrowDown"];

/** What a command is called. */
export function titleOf({ id, title }: Command): string {
  if (title) return title;
  const language = LANGUAGES.find((one) => id === `language-${one}`);
  return language ? t("command-language", { language: nameOf(language) }) : t(`command-${id}`);
}

/** Whether a command can be run just now. */
export function possible(command: Command, desk: Desk): boolean {
  return command.when?.(desk) ?? true;
}

/** A command by its name. */
export function command(id: string): Command {
  return commands.find((known) => known.id === id)!;
}

/** Runs what a key means just now; true when it meant something. */
export function press(event: KeyboardEvent, desk: Desk): boolean {
  if (event.isComposing || desk.view.dialog !== null) return false;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest("[role=tree]") && IN_TREES.some((key) => matches(key, event))) return false;
  const reach = event.key === "Escape" ? "[data-testid=page], aside" : "[data-testid=page], [role=listbox]";
  const onPage = target === document.body || !!target?.closest(reach);
  const found = commands.find(
    ({ keys = [], onPage: needed, ...rest }) =>
      (onPage || !needed) && keys.some((key) => matches(key, event)) && (rest.when?.(desk) ?? true),
  );
  if (!found) return swallowed(event);
  found.run(desk);
  return true;
}

/** Keys of the browser underneath that would throw the page away. */
function swallowed(event: KeyboardEvent): boolean {
  return matches("Mod-R", event) || matches("Mod-P", event);
}
