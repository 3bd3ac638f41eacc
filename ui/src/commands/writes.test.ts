import { expect, it, vi } from "vitest";
import type { Desk } from "../stores/desk.svelte";
import { commands } from ".";

vi.stubGlobal("document", { activeElement: null, querySelector: () => null, querySelectorAll: () => [] });

/** What changes the page, or what else is kept with it; all other ways of the desk ask themselves whether they may. */
const CHANGES = [
  /^(undo|redo)$/,
  /^page\.(run|undo|redo|fill|replace)$/,
  /^session\.(accept|acceptNext|insert|keepAsNote|restore)$/,
  /^machine\.inline\.take$/,
  /^tree\.(add|split|merge|undo|redo)$/,
];

/** A desk that does nothing, notes what is called on it, and is whatever it is asked to be. */
function desk(called: string[], so: boolean): Desk {
  const known: Record<string, unknown> = { fresh: so, shown: so, then: () => part("") };
  const part = (path: string): unknown =>
    new Proxy(() => undefined, {
      get: (_, name) => {
        if (name === Symbol.toPrimitive) return () => 1;
        if (name === Symbol.iterator) return () => [][Symbol.iterator]();
        const key = String(name);
        return key in known ? known[key] : part(path ? `${path}.${key}` : key);
      },
      set: () => true,
      apply: () => {
        called.push(path);
        return part("");
      },
    });
  return part("") as Desk;
}

/** Whether a command changes the page in one case or another. */
function changes(run: (desk: Desk) => void): boolean {
  const called: string[] = [];
  for (const so of [true, false]) run(desk(called, so));
  return called.some((path) => CHANGES.some((change) => change.test(path)));
}

it("every command that changes the page is off where it can only be read", () => {
  const changing = commands.filter(({ run }) => changes(run));
  const ids = changing.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(["note", "strong", "undo", "redo", "take", "take-word", "split"]),
  );
  expect(changing.filter(({ writes }) => !writes).map(({ id }) => id)).toEqual([]);
});
