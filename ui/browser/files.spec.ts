import { expect, test } from "./desk";
import type { Desk } from "./desk";

const dialog = (desk: Desk) => desk.page.getByRole("dialog");
const rows = (desk: Desk) => desk.page.getByRole("treeitem");
/** Drops files on the window, as the system does. */
const drop = (desk: Desk, ...paths: string[]) =>
  desk.page.evaluate((paths) => window.__fakeModels.drop(paths), paths);

test.describe("an import", () => {
  test("shows what will come, makes a manuscript of it, and is undone", async ({ desk }) => {
    await desk.open();
    await desk.type("Mine.");
    await desk.saved();
    await desk.press("Control+Shift+o");
    await expect(dialog(desk)).toContainText("Scrivener projects");
    await desk.hasNoBarriers();
    await dialog(desk).getByRole("button", { name: "Choose files…" }).click();
    await expect(dialog(desk)).toContainText("by Ada Lovelace");
    await expect(dialog(desk)).toContainText("2 chapters and 3 scenes · 9 words");
    await expect(dialog(desk).getByRole("group", { name: "What comes" })).toContainText("One");
    await expect(dialog(desk)).toContainText("3 × Pictures: left out");
    await expect(dialog(desk)).toContainText("B. Editor");
    await desk.hasNoBarriers();
    await dialog(desk).getByLabel("Title of the manuscript").fill("The Gale");
    await desk.press("Enter");
    await expect(dialog(desk)).toHaveCount(0);
    await expect(desk.editor).toHaveText("The wind rose.");
    await expect(desk.page.getByRole("button", { name: "The Gale" })).toBeVisible();
    await expect(rows(desk)).toHaveCount(5);
    const told = desk.page.getByRole("status").filter({ hasText: "3 scenes with 9 words came in." });
    await told.getByRole("button", { name: "Undo" }).click();
    await expect(desk.editor).toHaveText("Mine.");
  });

  test("goes to the end of the open manuscript, and is undone there", async ({ desk }) => {
    await desk.open();
    await desk.type("Mine.");
    await desk.press("Control+Shift+o");
    await dialog(desk).getByRole("button", { name: "Choose files…" }).click();
    await dialog(desk).getByLabel("To the end of “Untitled”").check();
    await dialog(desk).getByRole("button", { name: "Import", exact: true }).click();
    await expect(desk.editor).toHaveText("The wind rose.");
    await expect(rows(desk)).toHaveCount(6);
    await desk.page.getByRole("button", { name: "Undo" }).click();
    await expect(rows(desk)).toHaveCount(1);
    await expect(desk.editor).toHaveText("Mine.");
  });

  test("begins with files that are dropped on the window; models go where models go", async ({ desk }) => {
    await desk.open();
    await drop(desk, "/home/ada/The Storm.docx");
    await expect(dialog(desk)).toContainText("The Storm");
    await desk.press("Escape");
    await expect(desk.editor).toBeFocused();
    await drop(desk, "/home/ada/harbour.gguf");
    await expect(desk.page.getByTestId("models")).toBeVisible();
  });

  test("tells what cannot be read and the way out, and says that it reads", async ({ desk }) => {
    await desk.open();
    await drop(desk, "/home/ada/letter.doc");
    await expect(dialog(desk).getByRole("alert")).toContainText("Save it as DOCX, and import that.");
    await desk.press("Escape");
    await desk.page.evaluate(() => {
      window.__fake.files.held = new Promise(() => undefined);
    });
    await drop(desk, "/home/ada/The Storm.docx");
    await expect(dialog(desk).getByRole("status")).toHaveText("Reading The Storm.docx…");
    await expect(dialog(desk).getByRole("progressbar")).toBeVisible();
    await desk.hasNoBarriers();
    await desk.press("Escape");
    await expect(dialog(desk)).toHaveCount(0);
  });
});

test.describe("an export", () => {
  test("is written where it says, tells what is not in it, and is remembered", async ({ desk }) => {
    await desk.open();
    await desk.type("It was dark.");
    await desk.press("Control+e");
    await expect(dialog(desk).getByTestId("export-place")).toHaveText("/home/ada/Documents/Untitled.docx");
    await desk.hasNoBarriers();
    await dialog(desk).getByLabel("Format", { exact: true }).selectOption("epub");
    await expect(dialog(desk).getByTestId("export-place")).toHaveText("/home/ada/Documents/Untitled.epub");
    await dialog(desk).getByLabel("Author").fill("A. Keeper");
    await dialog(desk).getByLabel("Number the chapters").check();
    await dialog(desk).getByRole("button", { name: "Another place…" }).click();
    await expect(dialog(desk).getByTestId("export-place")).toHaveText("/media/usb/storm.epub");
    await dialog(desk).getByRole("button", { name: "Export", exact: true }).click();
    await expect(dialog(desk).getByRole("status")).toHaveText("It is written:");
    await expect(dialog(desk)).toContainText("/media/usb/storm.epub");
    await expect(dialog(desk)).toContainText("2 × Notes to self: left out");
    await desk.hasNoBarriers();
    await dialog(desk).getByRole("button", { name: "Show it in its folder" }).click();
    const kept = await desk.page.evaluate(() => ({
      shown: window.__fake.files.shown,
      exported: window.__fake.files.exported,
    }));
    expect(kept.shown).toEqual(["/media/usb/storm.epub"]);
    expect(kept.exported[0]).toMatchObject({
      format: "epub",
      options: { author: "A. Keeper", numbers: true },
    });
    await desk.press("Escape");
    await desk.press("Control+e");
    await expect(dialog(desk).getByLabel("Format", { exact: true })).toHaveValue("epub");
    await expect(dialog(desk).getByLabel("Author")).toHaveValue("A. Keeper");
    await expect(dialog(desk)).toContainText("the new one takes its place");
  });

  test("has what a format can, and tells what went wrong", async ({ desk }) => {
    await desk.open();
    await desk.type("It was dark.");
    await desk.page.evaluate(() => (window.__fake.files.place = "/media/full/book.epub"));
    await desk.press("Control+e");
    await expect(dialog(desk).getByLabel("Standard manuscript format")).toBeVisible();
    await expect(dialog(desk).getByLabel("Typeface")).toHaveCount(0);
    await dialog(desk).getByLabel("Standard manuscript format").check();
    await dialog(desk).getByLabel("Typeface").selectOption("courier");
    await dialog(desk).getByLabel("Address and contact").fill("1 Lamp Street\nPenzance");
    await desk.hasNoBarriers();
    await dialog(desk).getByLabel("Format", { exact: true }).selectOption("txt");
    await expect(dialog(desk).getByRole("checkbox")).toHaveCount(0);
    await expect(dialog(desk).getByLabel("Address and contact")).toHaveCount(0);
    await dialog(desk).getByLabel("Format", { exact: true }).selectOption("epub");
    await dialog(desk).getByRole("button", { name: "Another place…" }).click();
    await dialog(desk).getByRole("button", { name: "Export", exact: true }).click();
    await expect(dialog(desk).getByRole("alert")).toContainText("the disk is full");
    await desk.hasNoBarriers();
  });

  test("fits into a dark and narrow window", async ({ desk }) => {
    await desk.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await desk.page.setViewportSize({ width: 480, height: 700 });
    await desk.open();
    await desk.type("It was dark.");
    await desk.press("Control+e");
    await expect(dialog(desk).getByTestId("export-place")).not.toBeEmpty();
    await desk.hasNoBarriers();
    await desk.press("Escape");
    await drop(desk, "/home/ada/The Storm.docx");
    await expect(dialog(desk)).toContainText("3 scenes");
    await desk.hasNoBarriers();
  });
});
