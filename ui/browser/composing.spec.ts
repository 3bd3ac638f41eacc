// Words that are composed (Japanese, Chinese, Korean, dead keys) as Chromium's input methods bring them.
import type { CDPSession } from "@playwright/test";
import { type Desk, expect, test } from "./desk";

/** An input method: shows what is being composed, then puts it in. */
class InputMethod {
  constructor(readonly session: CDPSession) {}

  static async of(desk: Desk): Promise<InputMethod> {
    return new InputMethod(await desk.page.context().newCDPSession(desk.page));
  }

  compose(text: string) {
    const selectionStart = text.length;
    return this.session.send("Input.imeSetComposition", {
      text,
      selectionStart,
      selectionEnd: selectionStart,
    });
  }

  put(text: string) {
    return this.session.send("Input.insertText", { text });
  }
}

test.describe("composing", () => {
  test("goes on while a suggestion grows elsewhere and the page is saved", async ({ desk }) => {
    await desk.openSample();
    const method = await InputMethod.of(desk);
    await desk.continue(3);
    await desk.press("Control+Home");
    for (const part of ["に", "にほ", "にほn"]) {
      await method.compose(part);
      await desk.say(2);
      await desk.saved();
    }
    await method.compose("日本");
    await method.put("日本");
    await desk.say();
    await expect(desk.ghost).toContainText("and it was not the voice");
    await expect(desk.editor.locator("p").first()).toHaveText(/^日本The lighthouse/);
    expect((await desk.text()).startsWith("日本The lighthouse")).toBe(true);
  });

  test("at the place of a suggestion lets that go and keeps every word once", async ({ desk }) => {
    await desk.open();
    await desk.type("She said ");
    const method = await InputMethod.of(desk);
    await desk.continue(4);
    await method.compose("ㅎ");
    await method.compose("하");
    await desk.say(2);
    await method.compose("한");
    await method.put("한");
    await method.put(" ");
    await expect(desk.ghost).toHaveCount(0);
    expect(await desk.text()).toBe("She said 한 ");
  });

  test("in the middle of the sentence in hand leaves it whole", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+Shift+d");
    const method = await InputMethod.of(desk);
    for (const part of ["x", "xi", "xin"]) await method.compose(part);
    await method.put("心");
    await desk.type("。");
    expect((await desk.text()).endsWith("he asked,心。")).toBe(true);
    await expect(desk.editor.locator("span.in-hand")).toHaveCount(1);
  });

  test("turns no sign into another before it is done", async ({ desk }) => {
    await desk.open();
    const method = await InputMethod.of(desk);
    await desk.type("caf");
    await method.compose("'");
    await expect(desk.editor).toHaveText("caf'");
    await method.put("é");
    await desk.type(" ");
    await method.compose('"');
    await method.put('"');
    await expect(desk.editor).toHaveText("café “");
    await desk.type("no");
    expect(await desk.text()).toBe("café “no");
  });

  test("beside the machine's words is the writer's own", async ({ desk }) => {
    await desk.openSample();
    const method = await InputMethod.of(desk);
    await desk.continue();
    await desk.press("Tab");
    const made = (await desk.editor.locator(".made").allTextContents()).join("");
    await method.compose("に");
    await method.compose("日");
    await method.put("日");
    expect((await desk.editor.locator(".made").allTextContents()).join("")).toBe(made);
    await desk.press("Control+z");
    await expect(desk.editor).not.toContainText("日");
  });

  test("in the middle of the machine's words is the writer's own, every word once", async ({ desk }) => {
    await desk.openSample();
    const method = await InputMethod.of(desk);
    await desk.continue();
    await desk.press("Tab");
    const before = await desk.text();
    const made = (await desk.editor.locator(".made").allTextContents()).join("");
    for (let i = 0; i < 12; i++) await desk.press("ArrowLeft");
    for (const part of ["ㅎ", "하", "한"]) await method.compose(part);
    await method.put("한");
    for (const part of ["ㄱ", "그", "글"]) await method.compose(part);
    await method.put("글");
    const at = before.length - 12;
    expect(await desk.text()).toBe(`${before.slice(0, at)}한글${before.slice(at)}`);
    expect((await desk.editor.locator(".made").allTextContents()).join("")).toBe(made);
  });
});
