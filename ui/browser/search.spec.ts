import { expect, test } from "./desk";
import type { Desk } from "./desk";

const panel = (desk: Desk) => desk.page.getByRole("complementary", { name: "Find" });
const places = (desk: Desk) => panel(desk).locator("li");
const said = (desk: Desk) => panel(desk).locator(".said");
/** What is selected in the editor. */
const selected = (desk: Desk) => desk.page.evaluate(() => getSelection()?.toString() ?? "");

/** Three scenes with Ada in two of them. */
async function withScenes(desk: Desk) {
  await desk.open();
  await desk.paste("Ada went out. The wind was cold.\n\nNobody saw Ada.");
  for (const text of ["The lamp burned.", "Ada came home. ADA slept."]) {
    await desk.press("Control+Shift+n");
    await expect(desk.editor).toHaveText("");
    await desk.paste(text);
    await desk.saved();
  }
}

test.describe("finding", () => {
  test("goes on as one types, from scene to scene, and selects each place", async ({ desk }) => {
    await withScenes(desk);
    await desk.press("Control+f");
    await expect(panel(desk).getByRole("searchbox")).toBeFocused();
    await desk.type("ada");
    await expect(said(desk)).toHaveText("4 places in 2 scenes");
    await expect(places(desk)).toHaveCount(4);
    await expect(desk.editor.locator(".found")).toHaveCount(2);
    await desk.hasNoBarriers();
    // The page is at its end: the next place is the first of all.
    await desk.press("Enter");
    await expect(desk.editor).toContainText("Ada went out.");
    await expect.poll(() => selected(desk)).toBe("Ada");
    await expect(desk.editor.locator(".found-now")).toHaveText("Ada");
    await expect(panel(desk).getByText("1 of 4")).toBeVisible();
    await desk.press("F3");
    await desk.press("F3");
    await expect(desk.editor).toContainText("Ada came home.");
    await desk.press("Shift+F3");
    await expect(desk.editor).toContainText("Nobody saw Ada.");
    await places(desk).nth(3).getByRole("button").click();
    await expect(desk.editor).toBeFocused();
    await expect.poll(() => selected(desk)).toBe("ADA");
    await desk.press("Control+f");
    await desk.press("Escape");
    await expect(panel(desk)).toHaveCount(0);
    await expect(desk.editor.locator(".found")).toHaveCount(0);
    await expect(desk.editor).toBeFocused();
  });

  test("takes the selection, heeds case, whole words and the scene alone", async ({ desk }) => {
    await withScenes(desk);
    await desk.toBeginning();
    await desk.press("Control+Shift+ArrowRight");
    await desk.press("Control+f");
    await expect(panel(desk).getByRole("searchbox")).toHaveValue("Ada");
    await expect(said(desk)).toHaveText("4 places in 2 scenes");
    await panel(desk).getByLabel("Match case").check();
    await expect(said(desk)).toHaveText("3 places in 2 scenes");
    await panel(desk).getByLabel("Where").selectOption("scene");
    await expect(said(desk)).toHaveText("1 place in 1 scene");
    await panel(desk).getByRole("searchbox").fill("amp");
    await panel(desk).getByLabel("Where").selectOption("manuscript");
    await expect(said(desk)).toHaveText("1 place in 1 scene");
    await panel(desk).getByLabel("Whole words").check();
    await expect(said(desk)).toHaveText("Nothing found.");
  });

  test("says what is wrong with an expression, beside it", async ({ desk }) => {
    await withScenes(desk);
    await desk.press("Control+f");
    await panel(desk).getByLabel("Regular expression").check();
    await panel(desk).getByRole("searchbox").fill("(ada");
    await expect(said(desk)).toContainText("unclosed group");
    await expect(panel(desk).getByRole("searchbox")).toHaveAttribute("aria-invalid", "true");
    await desk.hasNoBarriers();
    await panel(desk).getByRole("searchbox").fill("ada|lamp");
    await expect(said(desk)).toHaveText("5 places in 3 scenes");
  });

  test("keeps up with what is written, and shows a bounded part of much", async ({ desk }) => {
    await desk.open();
    await desk.paste("na ".repeat(700));
    await desk.saved();
    await desk.press("Control+f");
    await desk.type("na");
    await expect(said(desk)).toContainText("700 places in 1 scene");
    await expect(said(desk)).toContainText("The first 500 are shown");
    await desk.editor.focus();
    await desk.press("Control+End");
    await desk.type("na na");
    await expect(said(desk)).toContainText("702 places");
    await expect(desk.editor).toBeFocused();
  });

  test("gives way to what the machine says, and comes back", async ({ desk }) => {
    await withScenes(desk);
    await desk.press("Control+f");
    await desk.type("ada");
    await desk.editor.focus();
    await desk.continue();
    await expect(desk.panel).toBeVisible();
    await desk.press("Escape");
    await expect(panel(desk).getByRole("searchbox")).toHaveValue("ada");
  });
});

test.describe("replacing", () => {
  test("shows each place before and after, leaves out what is not chosen, and is undone", async ({
    desk,
  }) => {
    await withScenes(desk);
    await desk.press("Control+Shift+h");
    await desk.type("ada");
    await panel(desk).getByLabel("Replace with").fill("Maria");
    await expect(places(desk)).toHaveCount(4);
    await expect(places(desk).first()).toContainText("AdaMaria went out.");
    await expect(places(desk).first().locator("ins")).toHaveText("Maria");
    await desk.hasNoBarriers();
    await places(desk).nth(1).getByRole("checkbox").uncheck();
    await expect(panel(desk).getByRole("button", { name: "Replace in 3 places" })).toBeVisible();
    const whole = panel(desk).getByRole("checkbox", { name: /Replace all in “Ada came/ });
    await whole.uncheck();
    await expect(panel(desk).getByRole("button", { name: "Replace in 1 place" })).toBeVisible();
    await whole.check();
    await panel(desk).getByRole("button", { name: "Replace in 3 places" }).click();
    await expect(desk.editor).toHaveText("Maria came home. Maria slept.");
    await expect(
      desk.page.getByRole("status").filter({ hasText: "Replaced in 3 places of 2 scenes." }),
    ).toBeVisible();
    await expect(places(desk)).toHaveCount(1);
    await desk.page.getByRole("button", { name: "Undo" }).click();
    await expect(desk.editor).toHaveText("Ada came home. ADA slept.");
    await expect(places(desk)).toHaveCount(4);
  });

  test("is undone on the page by Ctrl+Z as long as nothing was written since", async ({ desk }) => {
    await withScenes(desk);
    await desk.press("Control+h");
    await desk.type("Ada");
    await panel(desk).getByLabel("Replace with").fill("Eve");
    await panel(desk).getByRole("button", { name: "Replace in 4 places" }).click();
    await expect(desk.editor).toHaveText("Eve came home. Eve slept.");
    await desk.press("Escape");
    await expect(desk.editor).toBeFocused();
    await desk.press("Control+z");
    await expect(desk.editor).toHaveText("Ada came home. ADA slept.");
    await desk.press("Control+Shift+z");
    await expect(desk.editor).toHaveText("Eve came home. Eve slept.");
    await desk.press("Control+End");
    await desk.type("!");
    await desk.press("Control+z");
    await expect(desk.editor).toHaveText("Eve came home. Eve slept.");
    await desk.press("Control+z");
    await desk.saved();
    await expect(desk.editor).toHaveText("Eve came home. Eve slept.");
  });

  test("leaves what was written before it to the next Ctrl+Z", async ({ desk }) => {
    await desk.open();
    await desk.type("Ada went out.");
    await desk.press("Control+h");
    await desk.type("Ada");
    await panel(desk).getByLabel("Replace with").fill("Eve");
    await panel(desk).getByRole("button", { name: "Replace in 1 place" }).click();
    await expect(desk.editor).toHaveText("Eve went out.");
    await desk.press("Escape");
    await desk.press("Control+z");
    await expect(desk.editor).toHaveText("Ada went out.");
    await desk.press("Control+z");
    await expect(desk.editor).toHaveText("");
  });

  test("fills in groups of an expression", async ({ desk }) => {
    await desk.open();
    await desk.type("3 May, 12 June");
    await desk.press("Control+h");
    await panel(desk).getByLabel("Regular expression").check();
    await panel(desk).getByRole("searchbox").fill("(\\d+) (\\w+)");
    await panel(desk).getByLabel("Replace with").fill("$2 $1");
    await expect(places(desk).nth(1).locator("ins")).toHaveText("June 12");
    await panel(desk).getByRole("button", { name: "Replace in 2 places" }).click();
    await expect(desk.editor).toHaveText("May 3, June 12");
  });

  test("replaces nothing when a scene was written on elsewhere, and shows how things are", async ({
    desk,
  }) => {
    await withScenes(desk);
    await desk.press("Control+Shift+h");
    await desk.type("ada");
    await panel(desk).getByLabel("Replace with").fill("Maria");
    await expect(places(desk)).toHaveCount(4);
    await expect(panel(desk).getByRole("button", { name: "Replace in 4 places" })).toBeEnabled();
    await desk.page.evaluate(() => window.__fake.library.saveElsewhere(1));
    await panel(desk).getByRole("button", { name: "Replace in 4 places" }).click();
    await expect(said(desk)).toContainText("nothing was replaced");
    await panel(desk).getByRole("button", { name: "Replace in 4 places" }).click();
    await expect(desk.editor).toHaveText("Maria came home. Maria slept.");
  });
});

test.describe("going to a scene", () => {
  test("finds it by its title or by words in it", async ({ desk }) => {
    await withScenes(desk);
    await desk.press("Control+g");
    const field = desk.page.getByRole("combobox");
    await expect(field).toBeFocused();
    await desk.type("lamp");
    await expect(desk.page.getByRole("option")).not.toHaveCount(0);
    await desk.hasNoBarriers();
    await desk.press("Enter");
    await expect(desk.editor).toHaveText("The lamp burned.");
    await desk.press("Control+g");
    await desk.type("saw");
    await expect(desk.page.getByRole("option")).toHaveCount(1);
    await expect(desk.page.getByRole("option")).toContainText("Nobody saw Ada.");
    await desk.press("Enter");
    await expect(desk.editor).toContainText("Ada went out.");
  });
});

test("going to a scene shows the words where they stand, from a word's beginning", async ({ desk }) => {
  await desk.openSample();
  await desk.press("Control+g");
  await desk.type("table");
  const note = desk.page.getByRole("option").locator("small");
  await expect(note).toHaveText(/^…once. She carried it up to the lamp room, set it on the table among/);
  await expect(note.locator("mark")).toHaveText("table");
  await desk.hasNoBarriers();
});

test("the search fits into dark, narrow and right-to-left windows", async ({ desk }) => {
  await desk.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await withScenes(desk);
  await desk.page.setViewportSize({ width: 480, height: 760 });
  await desk.press("Control+Shift+h");
  await desk.type("ada");
  await expect(places(desk)).toHaveCount(4);
  await desk.hasNoBarriers();
  expect(
    await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
  ).toBeLessThanOrEqual(0);
});
