import { describe, expect, it } from "vitest";
import { type Command, commands } from ".";
import { matches, refused, shown, written } from "../keys";
import { given, holders, keysOf, usualKeys } from "./keys";

describe("the command table", () => {
  it("names each command once", () => {
    const ids = commands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("gives a key to one command only, but for Esc, which stops first and leaves then", () => {
    for (const mac of [false, true]) {
      const all = commands.flatMap((command) => usualKeys(command, mac)).filter((key) => key !== "Escape");
      expect(all.filter((key, at) => all.indexOf(key) !== at)).toEqual([]);
    }
  });

  it("has keys that write nothing, on a Mac too, but for the ? that asks for help", () => {
    for (const mac of [false, true])
      for (const command of commands)
        for (const keys of usualKeys(command, mac)) {
          const why = keys === "?" ? "types" : null;
          expect([command.id, keys, refused(keys, true, mac)]).toEqual([command.id, keys, why]);
        }
  });
});

describe("keys", () => {
  const event = (key: string, held: Partial<KeyboardEvent> = {}) =>
    ({
      key,
      code: "",
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      ...held,
    }) as KeyboardEvent;

  it("need exactly the modifiers they name", () => {
    expect(matches("Mod-Enter", event("Enter", { ctrlKey: true }))).toBe(true);
    expect(matches("Mod-Enter", event("Enter"))).toBe(false);
    expect(matches("Mod-Enter", event("Enter", { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matches("Mod-R", event("r", { ctrlKey: true, altKey: true }))).toBe(false);
  });

  it("are found where the layout or a modifier changes the letter", () => {
    expect(matches("Alt-R", event("®", { altKey: true, code: "KeyR" }))).toBe(true);
    expect(matches("Mod-Shift-Z", event("Z", { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(matches("Mod-/", event("/", { ctrlKey: true, shiftKey: true, code: "Digit7" }))).toBe(true);
  });

  it("can be signs, the minus sign too", () => {
    expect(matches("Mod--", event("-", { ctrlKey: true }))).toBe(true);
    expect(matches("Mod-+", event("+", { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(matches("Mod-=", event("-", { ctrlKey: true }))).toBe(false);
    expect(matches("?", event("?", { shiftKey: true, code: "Slash" }))).toBe(true);
    expect(matches("?", event("؟", { shiftKey: true, code: "Slash" }))).toBe(true);
    expect(matches("?", event("?", { ctrlKey: true, code: "Slash" }))).toBe(false);
    expect(shown("Mod--")).toBe("Ctrl -");
  });

  it("are shown as they are printed on the keyboard", () => {
    expect(shown("Mod-Shift-Enter")).toBe("Ctrl Shift Enter");
    expect(shown("Mod-ArrowRight")).toBe("Ctrl →");
  });

  it("are a Mac’s where it has others", () => {
    const held = { metaKey: true, code: "KeyD" };
    expect(matches("Mod-D", event("d", held), true)).toBe(true);
    expect(matches("Mod-D", event("d", { ...held, ctrlKey: true }), true)).toBe(false);
    expect(matches("Ctrl-Shift-D", event("D", { ctrlKey: true, shiftKey: true, code: "KeyD" }), true)).toBe(
      true,
    );
    expect(matches("Mod-D", event("d", held), false)).toBe(false);
    expect(matches("Mod-Alt-1", event("¡", { metaKey: true, altKey: true, code: "Digit1" }), true)).toBe(
      true,
    );
  });

  it("go by what is printed on them, and by their place where that is no Latin letter", () => {
    expect(matches("Mod-A", event("a", { ctrlKey: true, code: "KeyQ" }))).toBe(true);
    expect(matches("Mod-Q", event("a", { ctrlKey: true, code: "KeyQ" }))).toBe(false);
    expect(matches("Mod-S", event("ы", { ctrlKey: true, code: "KeyS" }))).toBe(true);
    expect(matches("Mod-1", event("&", { ctrlKey: true, code: "Digit1" }))).toBe(true);
  });

  it("leave signs that are written with AltGr alone", () => {
    const sign = { ctrlKey: true, altKey: true, code: "KeyQ", getModifierState: () => true };
    expect(matches("Mod-Alt-Q", event("@", sign))).toBe(false);
    expect(written(event("@", sign))).toBeNull();
  });

  it("are written as the table has them when they are pressed", () => {
    expect(written(event("Enter", { ctrlKey: true, shiftKey: true }))).toBe("Mod-Shift-Enter");
    expect(written(event("k", { altKey: true, code: "KeyK" }))).toBe("Alt-K");
    expect(written(event("˚", { altKey: true, code: "KeyK" }), true)).toBe("Alt-K");
    expect(written(event("/", { ctrlKey: true, shiftKey: true, code: "Digit7" }))).toBe("Mod-/");
    expect(written(event(" ", { ctrlKey: true, code: "Space" }))).toBe("Mod-Space");
    expect(written(event("Control", { ctrlKey: true }))).toBeNull();
  });

  it("match again what they were written from", () => {
    const keys = ["a", "Z", "é", "1", "-", "+", "/", "Enter", "F5", "ArrowUp", " ", "ж"];
    const codes = [
      "KeyA",
      "KeyZ",
      "Digit2",
      "Digit1",
      "Minus",
      "Equal",
      "Slash",
      "Enter",
      "F5",
      "ArrowUp",
      "Space",
      "KeyJ",
    ];
    for (const [at, key] of keys.entries())
      for (let held = 0; held < 16; held++) {
        const [ctrlKey, metaKey, altKey, shiftKey] = [1, 2, 4, 8].map((bit) => (held & bit) > 0);
        const pressed = event(key, { code: codes[at]!, ctrlKey, metaKey, altKey, shiftKey });
        for (const mac of [false, true]) {
          const told = written(pressed, mac);
          if (told) expect([told, matches(told, pressed, mac)]).toEqual([told, true]);
        }
      }
  });

  it("are refused where they write, move or copy", () => {
    expect(refused("A", false, false)).toBe("types");
    expect(refused("Space", true, false)).toBe("types");
    expect(refused("Alt-A", false, false)).toBeNull();
    expect(refused("Alt-A", false, true)).toBe("types");
    expect(refused("Mod-C", false, false)).toBe("clipboard");
    expect(refused("ArrowUp", false, false)).toBe("moves");
    expect(refused("ArrowRight", true, false)).toBeNull();
    expect(refused("F8", false, false)).toBeNull();
  });
});

describe("keys that the writer gave", () => {
  const one: Command = { id: "one", group: "text", keys: ["Mod-1"], run: () => {} };
  const all: Command[] = [
    one,
    { id: "two", group: "text", keys: ["Mod-2", "F2"], run: () => {} },
    { id: "none", group: "text", run: () => {} },
  ];

  it("are taken from who had them", () => {
    expect(holders(all, {}, "none", ["Mod-2"]).map(({ id }) => id)).toEqual(["two"]);
    const own = given(all, {}, "none", ["Mod-2"]);
    expect(own).toEqual({ none: ["Mod-2"], two: ["F2"] });
    expect(holders(all, own, "one", ["Mod-2"]).map(({ id }) => id)).toEqual(["none"]);
  });

  it("are forgotten once all is as it came", () => {
    const own = given(all, {}, "one", ["Mod-9"]);
    expect(keysOf(one, own)).toEqual(["Mod-9"]);
    expect(given(all, own, "one", ["Mod-1"])).toEqual({});
    expect(given(all, given(all, {}, "none", ["Mod-2"]), "two", ["Mod-2", "F2"])).toEqual({});
  });

  it("may be none", () => {
    const own = given(all, {}, "one", []);
    expect(own).toEqual({ one: [] });
    expect(keysOf(one, own)).toEqual([]);
  });
});
