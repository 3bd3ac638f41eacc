// “Unstick me”: two questions at most, then the fitting action runs; what was found is shown and can be overruled.
import { type Desk, expect, test } from "./desk";

const section = (desk: Desk) => desk.page.locator("#unstick");

const asked = (desk: Desk) =>
  desk.page.evaluate(() => window.__fake.machine.requests.map(({ action }) => [action.kind, action.variant]));

test.describe("unstick me", () => {
  test("sees a blank page, asks one question, and writes", async ({ desk }) => {
    await desk.open();
    await desk.press("Alt+u");
    await expect(section(desk)).toBeFocused();
    await expect(section(desk)).toContainText("Words for the page, or ideas to choose from?");
    await desk.hasNoBarriers();
    await desk.press("1");
    await desk.is("reading");
    expect(await asked(desk)).toEqual([["continue", null]]);
    await expect(section(desk)).toContainText("What is missing: A first sentence");
    await expect(section(desk)).toContainText("Since the page is blank.");
    await expect(desk.editor).toBeFocused();
  });

  test("asks what is missing where it cannot be seen, and can be overruled by one key", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Alt+u");
    await expect(section(desk)).toContainText("What is missing?");
    await desk.press("1");
    await expect(section(desk)).toContainText("Words for the page, or ideas");
    await desk.press("2");
    await desk.is("reading");
    await desk.say();
    await desk.is("pending");
    expect(await asked(desk)).toEqual([["brainstorm", "next"]]);
    await expect(section(desk)).toContainText("What helps: Brainstorm");
    await desk.hasNoBarriers();
    await desk.press("Alt+u");
    await expect(section(desk)).toBeFocused();
    await section(desk)
      .getByRole("button", { name: /it is too much/ })
      .press("2");
    await desk.is("reading");
    expect((await asked(desk)).at(-1)).toEqual(["outline", null]);
    await expect(section(desk)).toContainText("Where to begin");
  });

  test("hears in the writer's words what it should say", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Alt+u");
    await desk.press("2");
    await expect(section(desk).getByRole("textbox")).toBeFocused();
    await desk.type("She lies to him");
    await desk.press("Enter");
    await desk.is("reading");
    const [request] = await desk.requests();
    expect(request!.action).toMatchObject({ kind: "continue", instruction: "She lies to him" });
  });

  test("asks nothing where words are selected, and is over when the suggestion is taken", async ({
    desk,
  }) => {
    await desk.openSample();
    await desk.press("Control+Shift+ArrowUp");
    await desk.press("Alt+u");
    await desk.is("reading");
    expect(await asked(desk)).toEqual([["rewrite", "plainer"]]);
    await expect(section(desk)).toContainText("Since words are selected.");
    await desk.say();
    await desk.is("pending");
    await desk.press("Escape");
    await desk.is("idle");
    await expect(section(desk)).toHaveCount(0);
  });

  test("is left by Esc, and nothing is asked of the model", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Alt+u");
    await expect(section(desk)).toBeFocused();
    await desk.press("Escape");
    await expect(section(desk)).toHaveCount(0);
    await expect(desk.editor).toBeFocused();
    expect(await asked(desk)).toEqual([]);
  });
});
