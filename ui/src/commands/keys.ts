// Which keys a command has: its own, or those that the writer gave it. All that changes is a map by id, made here and kept in
// the settings.
import { MAC, shown } from "../keys";
import { type OwnKeys, ownKeys } from "../stores/own-keys.svelte";
import type { Command } from "./command";

type Keyed = Pick<Command, "id" | "keys">;

/** The keys that a command has now. */
export function keysOf(command: Keyed, own = ownKeys(), mac = MAC): string[] {
  return own[command.id] ?? usualKeys(command, mac);
}

/** The keys that a command comes with. */
export function usualKeys({ keys = [] }: Keyed, mac = MAC): string[] {
  return mac ? keys.map(forMac) : keys;
}

/** Its first key as it is printed; empty: it has none. */
export function shownKey(command: Keyed): string {
  const [first] = keysOf(command);
  return first ? shown(first) : "";
}

/** On a Mac Alt and a letter write a sign, Alt and an arrow go by words, and ⌘M belongs to the system. */
function forMac(keys: string): string {
  if (keys === "Mod-M") return "Mod-Ctrl-M";
  if (/^Mod-(Shift-)?Forward$/.test(keys)) return keys.replace("Mod", "Alt");
  return keys.replace(/^Alt-([A-Z])$/, "Ctrl-Shift-$1");
}

/** Esc means several things, one after the other; no other key does. */
const SHARED = "Escape";

/** The commands that have one of these keys besides. */
export function holders(all: Command[], own: OwnKeys, id: string, keys: string[]): Command[] {
  const wanted = keys.filter((key) => key !== SHARED);
  return all.filter((other) => other.id !== id && keysOf(other, own).some((key) => wanted.includes(key)));
}

/** The map in which a command has these keys and nobody else does. */
export function given(all: Command[], own: OwnKeys, id: string, keys: string[]): OwnKeys {
  const taken = holders(all, own, id, keys).map((other): [string, string[]] => [
    other.id,
    keysOf(other, own).filter((key) => !keys.includes(key)),
  ]);
  const map = { ...own, [id]: keys, ...Object.fromEntries(taken) };
  const known = new Map(all.map((command) => [command.id, command]));
  const isUsual = ([id, keys]: [string, string[]]) => {
    const command = known.get(id);
    return command !== undefined && same(keys, usualKeys(command));
  };
  return Object.fromEntries(Object.entries(map).filter((entry) => !isUsual(entry)));
}

function same(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((key, at) => key === b[at]);
}
