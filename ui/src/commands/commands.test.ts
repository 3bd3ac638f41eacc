import { describe, expect, it } from "vitest";
import { commands } from ".";
import { matches, shown } from "../keys";

describe("the command table", () => {
  it("names each command once", () => {
    const ids = commands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("gives a key to one command only, but for Esc, which stops first and leaves then", () => {
    const keys = commands.flatMap((command) => command.keys ?? []).filter((key) => key !== "Escape");
    expect(new Set(keys).size).toBe(keys.length);
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
    expect(shown("Mod--")).toBe("Ctrl -");
  });

  it("are shown as they are printed on the keyboard", () => {
    expect(shown("Mod-Shift-Enter")).toBe("Ctrl Shift Enter");
    expect(shown("Mod-ArrowRight")).toBe("Ctrl →");
  });
});
