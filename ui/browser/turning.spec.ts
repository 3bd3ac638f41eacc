import { expect, test } from "./desk";
import type { Desk } from "./desk";

/** A scene with some words, open, and an empty one after it. */
async function withTwo(desk: Desk) {
  await desk.openSample();
  await desk.press("Control+Shift+n");
  await expect(desk.editor).toHaveText("");
  await turn(desk, "PageUp");
}

async function turn(desk: Desk, key: "PageUp" | "PageDown") {
  await desk.press(`Alt+${key}`);
  if (key === "PageDown") await expect(desk.editor).toHaveText("");
  else await expect(desk.page.getByRole("treeitem").first()).toHaveAttribute("aria-current", "page");
  await expect(desk.editor).toBeFocused();
}

test.describe("undo over the turn of a page", () => {
  test("brings back all that was deleted before it", async ({ desk }) => {
    await withTwo(desk);
    await desk.press("Control+a");
    await desk.press("Delete");
    await desk.saved();
    await expect(desk.editor).toHaveText("");
    await turn(desk, "PageDown");
    await turn(desk, "PageUp");
    await desk.press("Control+z");
    await expect(desk.editor).toContainText("he asked,");
    await desk.saved();
    expect(await desk.text()).toContain("he asked,");
    await desk.press("Control+Shift+z");
    await expect(desk.editor).toHaveText("");
  });

  test("gives back a suggestion that was taken before it", async ({ desk }) => {
    await withTwo(desk);
    await desk.press("Control+End");
    await desk.continue();
    await desk.is("pending");
    const ghost = (await desk.ghost.textContent())!;
    await desk.press("Tab");
    await desk.is("idle");
    await turn(desk, "PageDown");
    await turn(desk, "PageUp");
    await expect(desk.editor.locator(".made").first()).toBeVisible();
    await desk.press("Control+z");
    await desk.is("pending");
    await expect(desk.ghost).toHaveText(ghost);
    await expect(desk.editor.locator(".made")).toHaveCount(0);
  });

  test("begins afresh where the scene was changed from elsewhere", async ({ desk }) => {
    await withTwo(desk);
    await desk.press("Control+End");
    await desk.type(" More.");
    await desk.saved();
    await turn(desk, "PageDown");
    await desk.press("Control+h");
    await desk.type("asked");
    await desk.page.getByLabel("Replace with").fill("said");
    await desk.page.getByRole("button", { name: /^Replace in/ }).click();
    await expect(desk.page.getByRole("status").filter({ hasText: "Replaced in" })).toBeVisible();
    await desk.editor.focus();
    await desk.type("x");
    await turn(desk, "PageUp");
    await expect(desk.editor).toContainText("he said,");
    await desk.press("Control+z");
    await expect(desk.editor).toContainText(" More.");
  });
});
