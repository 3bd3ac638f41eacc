import { expect, test } from "./desk";
import type { Desk } from "./desk";

const rows = (desk: Desk) => desk.page.getByRole("treeitem");
const names = async (desk: Desk) => rows(desk).locator(".name").allTextContents();

/** A manuscript with three scenes called One, Two, Three and a chapter after them. */
async function withScenes(desk: Desk) {
  await desk.open();
  await desk.type("First text.");
  for (const name of ["Two", "Three"]) {
    await desk.press("Control+Shift+n");
    await expect(desk.editor).toHaveText("");
    await expect(desk.editor).toBeFocused();
    await desk.type(`${name} text.`);
    await desk.page.getByLabel("Title of the scene").fill(name);
    await desk.press("Enter");
  }
  await expect.poll(() => names(desk)).toEqual(["First text.", "Two", "Three"]);
}

test.describe("the tree", () => {
  test("makes scenes, turns between them and keeps each one's words", async ({ desk }) => {
    await withScenes(desk);
    await desk.press("Alt+PageUp");
    await expect(desk.editor).toHaveText("Two text.");
    await desk.press("Alt+PageUp");
    await expect(desk.editor).toHaveText("First text.");
    await rows(desk).nth(2).click();
    await expect(desk.editor).toHaveText("Three text.");
    await expect(desk.status).toContainText("6 words in all");
    await desk.page.reload();
    await expect(desk.editor).toHaveText("Three text.");
    await desk.hasNoBarriers();
  });

  test("loses no letter that is typed while another scene is being opened", async ({ desk }) => {
    await withScenes(desk);
    await desk.page.evaluate(() => {
      const arrive = (resolve: () => void) => Object.assign(window, { arrive: resolve });
      window.__fake.library.opening = new Promise<void>(arrive);
    });
    await desk.press("Alt+PageUp");
    await desk.editor.press("Control+End");
    await desk.type(" More.");
    await expect(desk.editor).toHaveText("Three text. More.");
    await desk.page.evaluate(() => (window as unknown as { arrive: () => void }).arrive());
    await expect(desk.editor).toHaveText("Two text.");
    await expect(desk.status).toContainText("7 words in all");
    await desk.press("Alt+PageDown");
    await expect(desk.editor).toHaveText("Three text. More.");
    await desk.saved();
  });

  test("is walked, moved, renamed and put away by keys, and every step is undone", async ({ desk }) => {
    await withScenes(desk);
    await desk.press("Control+1");
    await expect(rows(desk).nth(2)).toBeFocused();
    await desk.press("Alt+ArrowUp");
    await expect.poll(() => names(desk)).toEqual(["First text.", "Three", "Two"]);
    await desk.press("F2");
    await desk.type("Third");
    await desk.press("Enter");
    await expect.poll(() => names(desk)).toEqual(["First text.", "Third", "Two"]);
    await expect(rows(desk).nth(1)).toBeFocused();
    await desk.press("Delete");
    await expect.poll(() => names(desk)).toEqual(["First text.", "Two"]);
    await expect(desk.page.getByRole("status")).toContainText("“Third” put away");
    await desk.page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => names(desk)).toEqual(["First text.", "Third", "Two"]);
    await desk.press("Control+1");
    await desk.press("Control+z");
    await desk.press("Control+z");
    await expect.poll(() => names(desk)).toEqual(["First text.", "Two", "Three"]);
    await desk.press("Control+Shift+z");
    await expect.poll(() => names(desk)).toEqual(["First text.", "Three", "Two"]);
  });

  test("duplicates the open scene by a command, and the notice undoes it", async ({ desk }) => {
    await withScenes(desk);
    await desk.press("Alt+PageUp");
    await expect(desk.editor).toHaveText("Two text.");
    await desk.command("duplicate this scene");
    await expect.poll(() => names(desk)).toEqual(["First text.", "Two", "Two", "Three"]);
    await expect(rows(desk).nth(2)).toHaveAttribute("aria-current", "page");
    await expect(desk.editor).toHaveText("Two text.");
    await expect(desk.page.getByRole("status")).toContainText("“Two” duplicated");
    await desk.page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => names(desk)).toEqual(["First text.", "Two", "Three"]);
    await expect(desk.editor).toHaveText("Two text.");
    await expect(rows(desk).nth(1)).toHaveAttribute("aria-current", "page");
  });

  for (const keys of ["Shift+F10", "ContextMenu"])
    test(`duplicates a row from its menu, opened by ${keys}, and Ctrl+Z in the tree undoes it`, async ({
      desk,
    }) => {
      await withScenes(desk);
      await desk.press("Control+1");
      await desk.press("ArrowUp");
      await expect(rows(desk).nth(1)).toBeFocused();
      await desk.press(keys);
      const menu = desk.page.getByRole("menu", { name: "Two" });
      await expect(menu.getByRole("menuitem").first()).toBeFocused();
      for (let i = 0; i < 5; i++) await desk.press("ArrowDown");
      await expect(menu.getByRole("menuitem", { name: "Duplicate" })).toBeFocused();
      await desk.press("Enter");
      await expect.poll(() => names(desk)).toEqual(["First text.", "Two", "Two", "Three"]);
      await expect(desk.editor).toBeFocused();
      await desk.press("Control+1");
      await desk.press("Control+z");
      await expect.poll(() => names(desk)).toEqual(["First text.", "Two", "Three"]);
    });

  test("puts the open scene away and moves it by commands that can have keys", async ({ desk }) => {
    await withScenes(desk);
    await desk.command("move this scene up");
    await expect.poll(() => names(desk)).toEqual(["First text.", "Three", "Two"]);
    await expect(desk.page.getByRole("status")).toContainText("“Three” moved");
    await expect(desk.editor).toBeFocused();
    await desk.command("move this scene down");
    await expect.poll(() => names(desk)).toEqual(["First text.", "Two", "Three"]);
    // The last one stays where it is.
    await desk.press("Control+p");
    await desk.type("move this scene down");
    await expect(desk.page.getByRole("option")).toHaveAttribute("aria-disabled", "true");
    await desk.press("Escape");
    await desk.command("put this scene away");
    await expect.poll(() => names(desk)).toEqual(["First text.", "Two"]);
    await expect(desk.editor).toHaveText("Two text.");
    await desk.page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => names(desk)).toEqual(["First text.", "Two", "Three"]);
  });

  test("splits a scene at the cursor, merges it again, and undoes both", async ({ desk }) => {
    await desk.open();
    await desk.type("One.");
    await desk.press("Enter");
    await desk.type("Two.");
    await desk.press("Home");
    await desk.press("Control+Alt+Enter");
    await expect(desk.editor).toHaveText("Two.");
    await expect.poll(() => names(desk)).toEqual(["One.", "Two."]);
    await desk.press("Alt+PageUp");
    await expect(desk.editor).toHaveText("One.");
    await desk.press("Control+p");
    await desk.type("merge");
    await desk.press("Enter");
    await expect(desk.editor.locator("hr")).toHaveCount(1);
    await expect(rows(desk)).toHaveCount(1);
    await desk.page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => names(desk)).toEqual(["One.", "Two."]);
    await expect(desk.editor).toHaveText("One.");
  });

  test("is reordered by dragging, into chapters too", async ({ desk }) => {
    await withScenes(desk);
    await desk.press("Control+p");
    await desk.type("new chapter");
    await desk.press("Enter");
    await expect(desk.page.getByRole("textbox", { name: "Title", exact: true })).toBeFocused();
    await desk.type("Chapter");
    await desk.press("Enter");
    await expect.poll(() => names(desk)).toEqual(["First text.", "Two", "Three", "Chapter", "Empty scene"]);
    const box = async (at: number) => (await rows(desk).nth(at).boundingBox())!;
    const [from, to] = [await box(0), await box(3)];
    await desk.page.mouse.move(from.x + 40, from.y + 10);
    await desk.page.mouse.down();
    await desk.page.mouse.move(to.x + 40, to.y + to.height / 2, { steps: 6 });
    await desk.page.mouse.up();
    await expect.poll(() => names(desk)).toEqual(["Two", "Three", "Chapter", "Empty scene", "First text."]);
    await expect(rows(desk).nth(4)).toHaveAttribute("aria-level", "2");
    await desk.hasNoBarriers();
  });

  test("runs each name its own way in a window that runs the other", async ({ desk }) => {
    await withScenes(desk);
    await desk.look({ language: "العربية" });
    await expect(desk.page.locator("html")).toHaveAttribute("dir", "rtl");
    const name = rows(desk).first().locator(".name");
    await expect(name).toHaveCSS("direction", "ltr");
    // It begins at the side where the window does.
    const [words, count] = [
      await name.boundingBox(),
      await rows(desk).first().locator(".count").boundingBox(),
    ];
    expect(words!.x).toBeGreaterThan(count!.x + count!.width + 20);
  });

  test("shows what was put away and takes it back", async ({ desk }) => {
    await withScenes(desk);
    await rows(desk).nth(1).click({ button: "right" });
    await desk.page.getByRole("menuitem", { name: "Put away" }).click();
    await expect.poll(() => names(desk)).toEqual(["First text.", "Three"]);
    await desk.press("Control+p");
    await desk.type("put away…");
    await desk.press("Enter");
    const dialog = desk.page.getByRole("dialog", { name: "Put away" });
    await expect(dialog).toContainText("Two");
    await desk.hasNoBarriers();
    await dialog.getByRole("button", { name: "Take back" }).click();
    await expect.poll(() => names(desk)).toContain("Two");
    await expect(desk.editor).toHaveText("Two text.");
  });
});
