// What the machine says about a text and need not go into it: ideas, names, summaries, outlines.
import { expect, test } from "./desk";

test.describe("brainstorm", () => {
  test("offers several ideas beside the page, and puts the chosen one in at the cursor", async ({ desk }) => {
    await desk.openSample();
    const before = await desk.text();
    await desk.press("Control+Shift+Enter");
    await desk.is("reading");
    await desk.say(4);
    await expect(desk.ideas).toHaveCount(3);
    await expect(desk.ghost).toHaveCount(0);
    await expect(desk.ideas.nth(0)).toHaveAttribute("aria-selected", "true");
    await desk.press("ArrowDown");
    await expect(desk.ideas.nth(1)).toHaveAttribute("aria-selected", "true");
    await desk.press("3");
    await desk.say();
    await desk.is("pending");
    await desk.hasNoBarriers();
    await desk.press("Enter");
    await expect(desk.editor).toBeFocused();
    expect(await desk.text()).toBe(
      `${before} Her father knows the handwriting, and pretends that he does not.`,
    );
    await expect(desk.editor.locator(".made")).toHaveCount(1);
    await expect(desk.ideas.nth(2)).toContainText("inserted");
    await desk.press("Control+z");
    expect(await desk.text()).toBe(before);
    await desk.press("Escape");
    await desk.is("idle");
    await expect(desk.panel).toHaveCount(0);
  });

  test("stops and closes on Esc, and comes back on undo", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+Shift+Enter");
    await desk.is("reading");
    await desk.say(3);
    await desk.press("Escape");
    await desk.is("pending");
    await desk.press("Escape");
    await desk.is("idle");
    await expect(desk.panel).toHaveCount(0);
    await expect(desk.editor).toBeFocused();
    await desk.press("Control+z");
    await expect(desk.ideas).toHaveCount(3);
  });

  test("keeps the ideas while the writer writes on, and inserts one at the new place", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+Shift+Enter");
    await desk.is("reading");
    await desk.say();
    await desk.editor.locator("p").last().click();
    await desk.press("Control+End");
    await desk.type(" Then.");
    await desk.ideas.nth(1).dblclick();
    expect(await desk.text()).toMatch(/he asked, Then\. A second boat/);
  });

  test("has names and more of their kind, keeps one in the notes, and copies", async ({ desk }) => {
    await desk.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await desk.openSample();
    await desk.command("brainstorm: names");
    await desk.is("reading");
    expect((await desk.requests())[0]).toMatchObject({ action: { kind: "brainstorm", variant: "names" } });
    await desk.say();
    await expect(desk.panel).toContainText("Brainstorm · Names · 8 ideas");
    await expect(desk.ideas).toHaveCount(8);
    await desk.press("ArrowDown");
    await desk.press("c");
    await expect(desk.ideas.nth(1)).toContainText("copied");
    expect(await desk.page.evaluate(() => navigator.clipboard.readText())).toBe("Tobias Lund");
    await desk.press("n");
    const note = desk.editor.locator("aside");
    await expect(note).toHaveText("Tobias Lund");
    await desk.press("Control+z");
    await expect(note).toHaveCount(0);
    await desk.panel.getByRole("button", { name: /More like this/ }).click();
    await desk.is("reading");
    expect((await desk.requests())[1]).toMatchObject({
      action: { variant: "names", instruction: "Of this kind, but different: “Tobias Lund”" },
    });
  });
});

test.describe("an outline", () => {
  test("is a list, whose lines are taken one by one", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Alt+o");
    await desk.is("reading");
    await desk.say();
    const lines = desk.page.getByRole("listbox", { name: "Outline" }).getByRole("option");
    await expect(lines).toHaveCount(4);
    await expect(lines.nth(1)).toHaveText("The list in it names people who drowned.");
    await desk.hasNoBarriers();
    await desk.press("2");
    await desk.press("Enter");
    expect(await desk.text()).toMatch(/he asked, The list in it names people who drowned\.$/);
  });
});

test.describe("a summary", () => {
  test("is of the whole text, or of what is selected", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Alt+s");
    await desk.is("reading");
    expect((await desk.requests())[0]).toMatchObject({ action: { kind: "summarise" }, selection: "" });
    await desk.say();
    await expect(desk.panel).toContainText("The keeper’s daughter finds a boat");
    await desk.press("Escape");
    await desk.press("Shift+Home");
    await desk.press("Alt+s");
    await desk.is("reading");
    expect((await desk.requests())[1]).toMatchObject({ selection: "“Where did you get that?” he asked," });
  });
});
