import { expect, test } from "./desk";
import type { Desk } from "./desk";

const dialog = (desk: Desk) => desk.page.getByRole("dialog", { name: "Backups" });

test.describe("backups", () => {
  test("are made at once with all that is on the page, and one brings the library back", async ({ desk }) => {
    await desk.open();
    await desk.type("It was dark.");
    await desk.press("Control+Alt+b");
    await expect(dialog(desk)).toContainText("There is none yet.");
    await desk.hasNoBarriers();
    await dialog(desk).getByRole("button", { name: "Back up now" }).click();
    await expect(dialog(desk).getByRole("listitem")).toHaveCount(1);
    await expect(dialog(desk).getByRole("listitem")).toContainText("just made");
    await desk.hasNoBarriers();
    await desk.press("Escape");
    await expect(desk.editor).toBeFocused();
    await desk.type(" And then it was light.");
    await desk.saved();
    await desk.press("Control+Alt+b");
    await dialog(desk)
      .getByRole("button", { name: /^Go back to the backup of/ })
      .click();
    await expect(dialog(desk)).toHaveCount(0);
    await expect(desk.editor).toHaveText("It was dark.");
    const told = desk.page.getByRole("status").filter({ hasText: "library.foolscap.replaced" });
    await expect(told).toContainText("What was there before is kept");
    await told.getByRole("button", { name: "Undo" }).click();
    await expect(desk.editor).toHaveText("It was dark. And then it was light.");
    // What was put aside stays in reach when nobody tells of it any more.
    await desk.press("Control+Alt+b");
    const aside = dialog(desk).getByRole("button", { name: /^Go back to what was put aside on/ });
    await expect(aside).toHaveCount(1);
    await desk.hasNoBarriers();
    await aside.click();
    await expect(desk.editor).toHaveText("It was dark.");
    await desk.page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await expect(desk.editor).toHaveText("It was dark. And then it was light.");
    await desk.press("Control+2");
    await desk.press("Control+End");
    await desk.type("!");
    await desk.saved();
  });

  test("are made when and as many as is set, and the last failure is told", async ({ desk }) => {
    await desk.open();
    await desk.page.evaluate(
      () => void (window.__fake.backups.problem = "/media/usb is full. Free some space."),
    );
    await desk.press("Control+,");
    await desk.page.getByRole("button", { name: "Backups…" }).click();
    await expect(dialog(desk)).toContainText("/media/usb is full.");
    await dialog(desk).getByLabel("Hours of use between two").fill("2");
    await dialog(desk).getByLabel("How many are kept").fill("5000");
    await desk.press("Tab");
    await expect(dialog(desk).getByLabel("How many are kept")).toHaveValue("999");
    await dialog(desk).getByRole("button", { name: "Show their folder" }).click();
    expect(await desk.page.evaluate(() => window.__fake.backups.shown)).toBe(1);
    await desk.press("Escape");
    await desk.press("Control+Alt+b");
    await expect(dialog(desk).getByLabel("Hours of use between two")).toHaveValue("2");
  });

  test("fit into a dark and narrow window", async ({ desk }) => {
    await desk.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await desk.page.setViewportSize({ width: 480, height: 700 });
    await desk.open();
    await desk.type("Word.");
    await desk.press("Control+Alt+b");
    await dialog(desk).getByRole("button", { name: "Back up now" }).click();
    await expect(dialog(desk).getByRole("listitem")).toHaveCount(1);
    await desk.hasNoBarriers();
  });
});
