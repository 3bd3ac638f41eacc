// Everything a writer can do, once: this table is the command list (Ctrl+P), the keys of the window and the help. Each
// group has a file.
import { isField, matches, writesSign } from "../keys";
import { ownKeys } from "../stores/own-keys.svelte";
import type { Desk } from "../stores/desk.svelte";
import { LANGUAGES, nameOf, t } from "../words/words.svelte";
import type { Command } from "./command";
import { files } from "./files";
import { find } from "./find";
import { history } from "./history";
import { keysOf, shownKey } from "./keys";
import { manuscripts } from "./manuscripts";
import { model } from "./model";
import { notebook } from "./notebook";
import { offered } from "./offered";
import { page } from "./page";
import { stuck, variants } from "./stuck";
import { text } from "./text";
import { window } from "./window";
import { workbench } from "./workbench";

export type { Command } from "./command";

export const commands: Command[] = [
  ...stuck,
  ...offered,
  ...text,
  ...page,
  ...manuscripts,
  ...notebook,
  ...files,
  ...find,
  ...history,
  ...workbench,
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

/** What is done on the page means nothing while a view lies over it. */
const ON_PAGE: Command["group"][] = ["stuck", "ways", "offered", "text"];

/** Whether a command can be run just now. */
export function possible(command: Command, desk: Desk): boolean {
  return (!command.writes || !desk.readOnly) && means(command, desk);
}

/** Whether a command means something just now, if only that nothing can be written. */
function means(command: Command, desk: Desk): boolean {
  if (desk.view.screen !== null && ON_PAGE.includes(command.group)) return false;
  return command.when?.(desk) ?? true;
}

/** A command by its name. */
export function command(id: string): Command {
  return commands.find((known) => known.id === id)!;
}

/** The first key of a command as it is printed; empty: it has none. */
export function keyOf(id: string): string {
  return shownKey(command(id));
}

/** Whether an event is a key of a command, whatever that means where the writer is. */
export function isKeyOf(event: KeyboardEvent, id: string): boolean {
  return keysOf(command(id)).some((key) => matches(key, event));
}

/** “Rename (F2)”. */
export function withKey(what: string, id: string): string {
  const keys = keyOf(id);
  return keys ? t("keys-beside", { what, keys }) : what;
}

/** Runs what a key means just now; true when it meant something. */
export function press(event: KeyboardEvent, desk: Desk): boolean {
  if (event.isComposing || desk.view.dialog !== null) return false;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest("[role=tree]") && IN_TREES.some((key) => matches(key, event))) return false;
  const reach = event.key === "Escape" ? "[data-testid=page], .panel" : "[data-testid=page], [role=listbox]";
  const onPage = target === document.body || !!target?.closest(reach);
  // What the prompts offer has keys only where the writer gave it some.
  const some = Object.keys(ownKeys()).some((id) => id.startsWith("act-")) ? everything(desk) : commands;
  const field = isField(target);
  const found = some.find(
    (command) =>
      (onPage || !command.onPage) &&
      keysOf(command).some((key) => matches(key, event) && !(field && writesSign(key))) &&
      means(command, desk),
  );
  if (!found) return swallowed(event, onPage);
  // Where the library can only be read, that is told.
  if (!found.writes || desk.writable()) found.run(desk);
  return true;
}

/** Keys of the browser underneath that would throw the page away, or change the text past the editor. */
function swallowed(event: KeyboardEvent, onPage: boolean): boolean {
  const keys = [
    "Mod-R",
    "Mod-P",
    ...(onPage ? ["Mod-Z", "Mod-Shift-Z", "Mod-Y", "Mod-B", "Mod-I", "Mod-U"] : []),
  ];
  return keys.some((key) => matches(key, event));
}
