// Keys as the command table writes them (`Mod-Shift-Enter`), matched against events and shown to the writer.
// `Mod` is Cmd on a Mac and Ctrl elsewhere.
import { t } from "./words/words.svelte";

const MAC = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

const SIGNS: Record<string, string> = {
  ...(MAC ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" } : {}),
  ArrowRight: "→",
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowDown: "↓",
};

/** Keys whose names are words, which differ from language to language. */
const NAMED = ["Mod", "Alt", "Shift", "Escape", "Enter", "Tab", "Delete", "PageUp", "PageDown"];

/** Whether an event is this key. */
export function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.split("-");
  const name = parts.at(-1)!;
  const wants = (modifier: string) => parts.slice(0, -1).includes(modifier);
  const [mod, other] = MAC ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (mod !== wants("Mod") || other || event.altKey !== wants("Alt")) return false;
  // A sign such as `/` needs Shift on some keyboards; a letter or a named key means it.
  const sign = name.length === 1 && !/[a-z]/i.test(name);
  if (!sign && event.shiftKey !== wants("Shift")) return false;
  return event.key.toLowerCase() === name.toLowerCase() || event.code === `Key${name.toUpperCase()}`;
}

/** The key as it is printed beside a command. */
export function shown(keys: string): string {
  return keys.split("-").map(named).join(" ");
}

function named(key: string): string {
  return SIGNS[key] ?? (NAMED.includes(key) ? t(`key-${key.toLowerCase()}`) : key);
}
