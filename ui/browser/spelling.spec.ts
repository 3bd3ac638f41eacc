import { expect, test } from "./desk";
import type { Desk } from "./desk";

const marked = (desk: Desk) => desk.editor.locator(".misspelt");
const menu = (desk: Desk) => desk.page.getByRole("menu", { name: /may be misspelt/ });
const items = (desk: Desk) => menu(desk).getByRole("menuitem");

/** A page with three words that are wrong, and the cursor at its beginning. */
async function withMistakes(desk: Desk) {
  await desk.open();
  await desk.paste("The lampp went outt.\n\nZorgle slept. All was well.");
  await desk.toBeginning();
  await expect(marked(desk)).toHaveText(["lampp", "outt", "Zorgle"]);
}

test.describe("spelling", () => {
  test("marks misspelt words, not the one being typed, and asks only about what changed", async ({
    desk,
  }) => {
    await desk.open();
    await desk.type("It was dark. The lampp");
    await expect(desk.editor).toHaveAttribute("spellcheck", "false");
    await desk.saved();
    await expect(marked(desk)).toHaveCount(0);
    await desk.type(" was");
    await expect(marked(desk)).toHaveText(["lampp"]);
    await desk.press("Enter");
    await desk.type("Then outt ");
    await expect(marked(desk)).toHaveText(["lampp", "outt"]);
    await desk.type("again ");
    const asked = () => desk.page.evaluate(() => window.__fake.spelling.asked.at(-1)?.[0]);
    await expect.poll(asked).toBe("Then outt again ");
    await desk.hasNoBarriers();
  });

  test("goes from word to word by F7, and puts a suggestion in, which is undone", async ({ desk }) => {
    await withMistakes(desk);
    await desk.press("F7");
    await expect(menu(desk)).toHaveAccessibleName("“lampp” may be misspelt");
    await expect(items(desk).first()).toHaveText("lamp");
    await expect(items(desk).first()).toBeFocused();
    await desk.hasNoBarriers();
    await desk.press("F7");
    await expect(menu(desk)).toHaveAccessibleName("“outt” may be misspelt");
    await desk.press("Shift+F7");
    await expect(menu(desk)).toHaveAccessibleName("“lampp” may be misspelt");
    await desk.press("ArrowDown");
    await expect(items(desk).nth(1)).toBeFocused();
    await desk.press("ArrowUp");
    await desk.press("Enter");
    await expect(desk.editor).toContainText("The lamp went outt.");
    await expect(desk.editor).toBeFocused();
    await expect(marked(desk)).toHaveText(["outt", "Zorgle"]);
    await desk.press("Control+z");
    await expect(desk.editor).toContainText("The lampp went");
    await desk.press("Escape");
    await desk.type("!");
    await expect(desk.editor).toContainText("lampp");
  });

  test("opens a word's menu by a right click, and leaves the system's menu to all other words", async ({
    desk,
  }) => {
    await withMistakes(desk);
    await marked(desk).nth(1).click({ button: "right" });
    await expect(menu(desk)).toHaveAccessibleName("“outt” may be misspelt");
    await desk.press("Escape");
    await expect(menu(desk)).toHaveCount(0);
    await expect(desk.editor).toBeFocused();
    await desk.editor.getByText("All was well").click({ button: "right", position: { x: 130, y: 8 } });
    await expect(menu(desk)).toHaveCount(0);
    await desk.press("Escape");
    await marked(desk).first().click({ button: "right" });
    await items(desk).getByText("lamps").click();
    await expect(desk.editor).toContainText("The lamps went");
  });

  test("learns a word for the manuscript, forgets it again, or leaves one for now", async ({ desk }) => {
    await withMistakes(desk);
    await marked(desk).nth(2).click({ button: "right" });
    await expect(items(desk).first()).toHaveText("No suggestions");
    await menu(desk).getByText("Add to this manuscript’s words").click();
    await expect(marked(desk)).toHaveText(["lampp", "outt"]);
    await desk.page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await expect(marked(desk)).toHaveText(["lampp", "outt", "Zorgle"]);
    await marked(desk).nth(2).click({ button: "right" });
    await menu(desk).getByText("Add to this manuscript’s words").click();
    await marked(desk).first().click({ button: "right" });
    await menu(desk).getByText("Leave for now").click();
    await expect(marked(desk)).toHaveText(["outt"]);
    await desk.command("Spelling…");
    await desk.page.getByRole("button", { name: "Its right words…" }).click();
    await desk.page.getByRole("button", { name: "Take “Zorgle” off the list" }).click();
    await desk.press("Escape");
    await expect(marked(desk)).toHaveText(["outt", "Zorgle"]);
  });

  test("is off where the writer wants none, and in another language where they say so", async ({ desk }) => {
    await withMistakes(desk);
    await desk.command("Spelling…");
    const dialog = desk.page.getByRole("dialog", { name: "Spelling" });
    await expect(dialog).toContainText("dictionary for American English");
    await desk.hasNoBarriers();
    await dialog.getByRole("button", { name: "Language of the manuscript…" }).click();
    const language = desk.page.getByRole("combobox", { name: "Language it is written in" });
    await language.selectOption({ label: "German" });
    await desk.press("Escape");
    await expect(marked(desk)).toHaveCount(0);
    await expect(desk.editor).toHaveAttribute("lang", "de");
    await desk.command("Spelling…");
    await expect(dialog).toContainText("dictionary for German");
    await dialog.getByLabel("Mark misspelt words").uncheck();
    await expect(marked(desk)).toHaveCount(0);
    await expect(desk.editor).toHaveAttribute("spellcheck", "true");
    await desk.press("Escape");
    await desk.reload();
    await expect(marked(desk)).toHaveCount(0);
  });

  test("fits into dark, narrow and right-to-left windows", async ({ desk }) => {
    await desk.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await desk.page.setViewportSize({ width: 480, height: 700 });
    await withMistakes(desk);
    await desk.press("F7");
    await expect(items(desk).first()).toBeFocused();
    await desk.hasNoBarriers();
    await desk.press("Escape");
    await desk.look({ language: "العربية" });
    await expect(desk.page.locator("html")).toHaveAttribute("dir", "rtl");
    await desk.press("F7");
    await expect(desk.page.getByRole("menuitem").first()).toBeFocused();
    await desk.hasNoBarriers();
  });
});
