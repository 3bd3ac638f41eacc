// Keys as the command table writes them (`Mod-Shift-Enter`), matched against events and shown to the writer.
// `Mod` is Cmd on a Mac and Ctrl elsewhere; `Forward` is the arrow that points where the text at the cursor runs to.
import { direction, t } from "./words/words.svelte";

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
  const parts = partsOf(keys);
  let name = parts.at(-1)!;
  const wants = (modifier: string) => parts.slice(0, -1).includes(modifier);
  const [mod, other] = MAC ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (mod !== wants("Mod") || other || event.altKey !== wants("Alt")) return false;
  // A sign such as `/` needs Shift on some keyboards; a letter or a named key means it.
  const sign = name.length === 1 && !/[a-z]/i.test(name);
  if (!sign && event.shiftKey !== wants("Shift")) return false;
  // Asked last: which way the text runs costs a look at its style, and this is asked for every key.
  name = resolved(name);
  return event.key.toLowerCase() === name.toLowerCase() || event.code === `Key${name.toUpperCase()}`;
}

/** The key as it is printed beside a command. */
export function shown(keys: string): string {
  return partsOf(keys).map(resolved).map(named).join(" ");
}

/** `Mod--` is the minus sign with Mod. */
function partsOf(keys: string): string[] {
  return keys.endsWith("--") ? [...keys.slice(0, -2).split("-"), "-"] : keys.split("-");
}

function named(key: string): string {
  return SIGNS[key] ?? (NAMED.includes(key) ? t(`key-${key.toLowerCase()}`) : key);
}

function resolved(name: string): string {
  if (name !== "Forward") return name;
  return runs() === "rtl" ? "ArrowLeft" : "ArrowRight";
}

/** How the text at the cursor runs; where there is none, the window. */
function runs(): string {
  const at = typeof document === "undefined" ? null : document.getSelection()?.anchorNode;
  const text = (at instanceof Element ? at : at?.parentElement)?.closest("[data-testid=page] [dir]");
  return text ? getComputedStyle(text).direction : direction();
}
