// Keys as the command table writes them (`Mod-Shift-Enter`), matched against events and shown to the writer.
// `Mod` is Cmd on a Mac and Ctrl elsewhere, `Ctrl` is a Mac's own; `Forward` is the arrow that points where the text at the
// cursor runs to.
import { direction, t } from "./words/words.svelte";

export const MAC = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** In the order in which they are written. */
const MODIFIERS = ["Mod", "Ctrl", "Alt", "Shift"] as const;
type Modifier = (typeof MODIFIERS)[number];

const SIGNS: Record<string, string> = {
  ...(MAC ? { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧" } : {}),
  ArrowRight: "→",
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowDown: "↓",
};

/** Keys whose names are words, which differ from language to language. */
const NAMED = [
  ...["Mod", "Alt", "Shift", "Escape", "Enter", "Tab", "Space", "Backspace", "Delete", "Insert"],
  ...["Home", "End", "PageUp", "PageDown"],
];

/** What an event tells of a key that is pressed. */
export type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "getModifierState"
>;

/** Whether an event is this key. */
export function matches(keys: string, event: Pressed, mac = MAC): boolean {
  const { name: asked, held } = parsed(keys);
  if (types(event) || (!mac && event.metaKey)) return false;
  if (MODIFIERS.some((one) => one !== "Shift" && has(event, one, mac) !== held.has(one))) return false;
  // A sign such as `/` needs Shift on some keyboards; a letter or a named key means it.
  if (!isSign(asked) && event.shiftKey !== held.has("Shift")) return false;
  // Asked last: which way the text runs costs a look at its style, and this is asked for every key.
  const name = resolved(asked);
  return nameOf(event).toLowerCase() === name.toLowerCase() || (isDigit(name) && event.key === name);
}

/** An event as the command table would write its key; none while only Shift and the like are held. */
export function written(event: Pressed, mac = MAC): string | null {
  if (/^(Control|Shift|Alt|AltGraph|Meta|OS|Fn|CapsLock|NumLock|Dead|Process|Unidentified)$/.test(event.key))
    return null;
  if (types(event) || (!mac && event.metaKey)) return null;
  const name = nameOf(event);
  const held = MODIFIERS.filter((one) => has(event, one, mac) && !(one === "Shift" && isSign(name)));
  return [...held, name].join("-");
}

/** The key as it is printed beside a command. */
export function shown(keys: string): string {
  const { name, held } = parsed(keys);
  return [...MODIFIERS.filter((one) => held.has(one)), resolved(name)].map(named).join(" ");
}

/** Why a writer cannot have a key for a command, if so. */
export type Refusal = "types" | "moves" | "clipboard";

/**
 * Keys that write, and those that move the cursor, go on doing so. `offered` says that the command means something only while
 * words are offered: then keys that write nothing may be its own.
 */
export function refused(keys: string, offered: boolean, mac = MAC): Refusal | null {
  const { name, held } = parsed(keys);
  const plain = !held.has("Mod") && !held.has("Ctrl");
  if (writesSign(keys, mac)) return "types";
  if (held.size === 1 && held.has("Mod") && /^[ACVX]$/.test(name)) return "clipboard";
  if (plain && !held.has("Alt") && !/^F\d+$/.test(name) && !(offered && name !== "Enter")) return "moves";
  return null;
}

/** Whether keys write a sign where something is written. */
export function writesSign(keys: string, mac = MAC): boolean {
  const { name, held } = parsed(keys);
  const plain = !held.has("Mod") && !held.has("Ctrl");
  return (name.length === 1 || name === "Space") && plain && (mac || !held.has("Alt"));
}

/** Whether something is written, or chosen by its letters, where a key was pressed. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])")
  );
}

function parsed(keys: string): { name: string; held: Set<Modifier> } {
  const name = keys.endsWith("-") ? "-" : keys.slice(keys.lastIndexOf("-") + 1);
  const before = keys.slice(0, keys.length - name.length).split("-");
  return { name, held: new Set(MODIFIERS.filter((one) => before.includes(one))) };
}

/** What is printed on a key: its letter also where a modifier or the layout makes another sign of it. */
function nameOf({ key, code, shiftKey }: Pressed): string {
  if (key === " ") return "Space";
  if (key === "؟") return "?";
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  if (letter) return letter;
  const [, digit] = /^Digit(\d)$/.exec(code) ?? [];
  return digit && !shiftKey ? digit : key;
}

function has(event: Pressed, modifier: Modifier, mac: boolean): boolean {
  if (modifier === "Mod") return mac ? event.metaKey : event.ctrlKey;
  if (modifier === "Ctrl") return mac && event.ctrlKey;
  return modifier === "Alt" ? event.altKey : event.shiftKey;
}

/** With AltGr, which on some systems is Ctrl and Alt, a sign is written. */
function types(event: Pressed): boolean {
  return event.key.length === 1 && (event.getModifierState?.("AltGraph") ?? false);
}

function isDigit(name: string): boolean {
  return /^\d$/.test(name);
}

function isSign(name: string): boolean {
  return name.length === 1 && !/[a-z]/i.test(name);
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
