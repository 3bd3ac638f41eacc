import { expect, test } from "./desk";

test.describe("writing", () => {
  test("begins on an empty page with the cursor on it", async ({ desk }) => {
    await desk.open();
    await expect(desk.page.getByRole("button", { name: "Untitled", exact: true })).toBeVisible();
    await desk.type("The lamp was out.");
    await expect(desk.editor).toHaveText("The lamp was out.");
    await expect(desk.status).toContainText("4 words");
  });

  test("is found again after a restart", async ({ desk }) => {
    await desk.open();
    await desk.type("# Lamp");
    await desk.press("Enter");
    await desk.type("The lamp was out.");
    await desk.press("Enter");
    await desk.type("***");
    await desk.type("So she went up.");
    expect(await desk.text()).toBe("# Lamp\n\nThe lamp was out.\n\n***\n\nSo she went up.");
    await desk.page.reload();
    await expect(desk.editor.getByRole("heading", { name: "Lamp" })).toBeVisible();
    await expect(desk.editor).toContainText("So she went up.");
    await expect(desk.editor.locator("hr")).toHaveCount(1);
  });

  test("pastes plain text as paragraphs", async ({ desk }) => {
    await desk.open();
    await desk.paste("# One\n\nfirst\n\nsecond");
    await expect(desk.editor.getByRole("heading", { name: "One" })).toBeVisible();
    expect(await desk.text()).toBe("# One\n\nfirst\n\nsecond");
  });

  test("has emphasis, quotations and line breaks, and takes them back", async ({ desk }) => {
    await desk.open();
    await desk.press("Control+i");
    await desk.type("softly");
    await desk.press("Control+i");
    await desk.press("Shift+Enter");
    await desk.type("now");
    await expect(desk.editor.locator("em")).toHaveText("softly");
    await desk.press("Enter");
    await desk.type("> said");
    await expect(desk.editor.locator("blockquote")).toHaveText("said");
    expect(await desk.text()).toBe("softly\nnow\n\n> said");
  });

  test("keeps the edges quiet while typing and brings them back with Esc or the mouse", async ({ desk }) => {
    await desk.open();
    const quiet = desk.page.locator(".window.quiet");
    await desk.type("a");
    await expect(quiet).toHaveCount(1);
    await desk.press("Escape");
    await expect(quiet).toHaveCount(0);
    await desk.type("b");
    await expect(quiet).toHaveCount(1);
    await desk.page.mouse.move(400, 300);
    await desk.page.mouse.move(410, 300);
    await expect(quiet).toHaveCount(0);
  });
});

test.describe("manuscripts", () => {
  test("are made, renamed and opened again", async ({ desk }) => {
    await desk.open();
    await desk.type("First text.");
    await desk.press("F2");
    await desk.type("The Lighthouse Year");
    await desk.press("Enter");
    await expect(desk.editor).toBeFocused();
    await expect(desk.page).toHaveTitle("The Lighthouse Year · Foolscap");
    await desk.press("Control+n");
    await expect(desk.editor).toHaveText("");
    await desk.type("Second text.");
    await desk.page
      .getByRole("navigation")
      .getByRole("button", { name: /The Lighthouse Year/ })
      .click();
    await expect(desk.editor).toHaveText("First text.");
    await desk.press("Control+o");
    await desk.type("untit");
    await desk.press("Enter");
    await expect(desk.editor).toHaveText("Second text.");
  });

  test("are renamed by a click on the title, and Esc keeps the old one", async ({ desk }) => {
    await desk.open();
    await desk.page.getByRole("button", { name: "Untitled", exact: true }).click();
    await desk.page.getByLabel("Title of the manuscript").fill("No");
    await desk.press("Escape");
    await expect(desk.page.getByRole("button", { name: "Untitled", exact: true })).toBeVisible();
  });

  test("begin with a sample in a manuscript of their own once something is written", async ({ desk }) => {
    await desk.open();
    await desk.type("Mine.");
    await desk.press("Control+p");
    await desk.type("sample");
    await desk.press("Enter");
    await desk.type("quiet");
    await desk.press("Enter");
    await expect(desk.editor).toContainText("The train stopped");
    await expect(desk.page.getByRole("navigation")).toContainText("Untitled");
    await desk.page.reload();
    await expect(desk.editor).toContainText("The train stopped");
  });

  test("that cannot be read are not written over", async ({ desk }) => {
    await desk.open();
    await desk.type("Mine.");
    await desk.saved();
    const kept = await desk.page.evaluate(() => {
      const kept = localStorage.getItem("foolscap-fake")!.replace(/paragraph/g, "sonnet");
      localStorage.setItem("foolscap-fake", kept);
      return kept;
    });
    await desk.page.reload();
    await expect(desk.page.getByRole("alert")).toContainText("cannot be shown");
    await desk.page.keyboard.type("Over it.");
    await desk.press("Control+n");
    await expect(desk.editor).toBeFocused();
    const scenes = (shelf: string) => (JSON.parse(shelf) as { scenes: unknown[] }).scenes[0];
    const now = await desk.page.evaluate(() => localStorage.getItem("foolscap-fake")!);
    expect(scenes(now)).toEqual(scenes(kept));
  });

  test("are not lost when the library cannot be written", async ({ desk }) => {
    await desk.open();
    await desk.page.evaluate(() => (window.__fake.library.failSaves = 2));
    await desk.type("Still here.");
    await expect(desk.page.getByRole("alert")).toContainText("the disk is full");
    await expect(desk.page.getByTestId("saved")).toHaveText(/Not saved/);
    await desk.press("Control+s");
    await desk.press("Control+s");
    await desk.saved();
    await expect(desk.page.getByRole("alert")).toHaveCount(0);
    expect(await desk.text()).toBe("Still here.");
  });

  test("that were changed elsewhere are never written over unasked", async ({ desk }) => {
    await desk.open();
    await desk.page.evaluate(() => window.__fake.library.saveElsewhere(1));
    await desk.type("Mine.");
    await expect(desk.page.getByRole("alert")).toContainText("changed elsewhere");
    await desk.page.getByRole("button", { name: /as a copy/ }).click();
    await expect(desk.editor).toHaveText("");
    await desk.page
      .getByRole("navigation")
      .getByRole("button", { name: /this page/ })
      .click();
    await expect(desk.editor).toHaveText("Mine.");
  });

  test("are saved before the window closes", async ({ desk }) => {
    await desk.open();
    await desk.type("Last words.");
    expect(await desk.page.evaluate(() => window.__fake.closing!())).toBe(true);
    expect(await desk.page.evaluate(() => window.__fake.library.saves.at(-1)!.text)).toBe("Last words.");
  });

  test("keep the window open once when the last words cannot be saved", async ({ desk }) => {
    await desk.open();
    await desk.page.evaluate(() => (window.__fake.library.failSaves = 9));
    await desk.type("Last words.");
    expect(await desk.page.evaluate(() => window.__fake.closing!())).toBe(false);
    await expect(desk.page.getByRole("alert")).toContainText("Close the window again");
    expect(await desk.page.evaluate(() => window.__fake.closing!())).toBe(true);
  });
});
