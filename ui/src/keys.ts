// Keys as the command table writes them (`Mod-Shift-Enter`), matched against events and shown to the writer.
// `Mod` is Cmd on a Mac and Ctrl elsewhere.

const MAC = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

const SHOWN: Record<string, string> = {
  Mod: MAC ? "⌘" : "Ctrl",
  Alt: MAC ? "⌥" : "Alt",
  Shift: MAC ? "⇧" : "Shift",
  Escape: "Esc",
  ArrowRight: "→",
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowDown: "↓",
};

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
  return keys
    .split("-")
    .map((part) => SHOWN[part] ?? part)
    .join(" ");
}
