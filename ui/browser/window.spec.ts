import { expect, test } from "./desk";

test.describe("the window", () => {
  test("has no barriers on an empty page, in light and in dark", async ({ desk }) => {
    await desk.open();
    await desk.hasNoBarriers();
    await desk.press("Control+p");
    await desk.type("theme: dark");
    await desk.press("Enter");
    await expect(desk.page.locator("html")).toHaveAttribute("data-theme", "dark");
    await desk.hasNoBarriers();
    await desk.page.reload();
    await expect(desk.page.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  test("follows the theme of the system", async ({ desk }) => {
    await desk.page.emulateMedia({ colorScheme: "dark" });
    await desk.open();
    await expect(desk.page.locator("html")).toHaveAttribute("data-theme", "dark");
    await desk.page.emulateMedia({ colorScheme: "light" });
    await expect(desk.page.locator("html")).toHaveAttribute("data-theme", "light");
  });

  test("has no barriers while a suggestion stands on the page", async ({ desk }) => {
    await desk.openSample();
    await desk.continue();
    await desk.is("pending");
    await desk.hasNoBarriers();
    await desk.press("Tab");
    await desk.hasNoBarriers();
  });

  for (const [keys, name] of [
    ["Control+p", "Commands"],
    ["Control+/", "Keys"],
    ["Control+,", "Settings"],
    ["Control+o", "Open a manuscript"],
  ] as const) {
    test(`opens “${name}” by key, without barriers, and gives the cursor back`, async ({ desk }) => {
      await desk.openSample();
      await desk.press(keys);
      await expect(desk.page.getByRole("dialog", { name })).toBeVisible();
      await desk.hasNoBarriers();
      await desk.press("Escape");
      await expect(desk.page.getByRole("dialog")).toHaveCount(0);
      await expect(desk.editor).toBeFocused();
    });
  }

  test("is honest about the starter model and says where a real one is", async ({ desk }) => {
    await desk.open();
    await desk.model.click();
    const dialog = desk.page.getByRole("dialog", { name: "The model" });
    await expect(dialog).toContainText("a small model to try things with");
    await desk.hasNoBarriers();
    await dialog.getByRole("button", { name: "Find a model that fits" }).click();
    await expect(desk.page.getByTestId("models")).toBeVisible();
  });

  test("has a key that goes to the latest notice, and gives the cursor back when that is put away", async ({
    desk,
  }) => {
    await desk.open();
    await desk.type("Kept.");
    await desk.press("Control+Shift+n");
    await expect(desk.editor).toHaveText("");
    await desk.press("Control+1");
    await desk.press("Delete");
    const notice = desk.page.getByRole("status").filter({ hasText: "put away" });
    await expect(notice).toBeVisible();
    await desk.press("Control+2");
    await expect(desk.editor).toBeFocused();
    await desk.press("Control+5");
    await expect(notice.getByRole("button", { name: "Undo" })).toBeFocused();
    await desk.hasNoBarriers();
    await desk.press("Tab");
    await desk.press("Enter");
    await expect(notice).toHaveCount(0);
    await expect(desk.editor).toBeFocused();
    await desk.type("Still here.");
    await expect(desk.editor).toContainText("Still here.");
  });

  test("runs commands that are found by typing", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+p");
    await desk.type("contin");
    await desk.press("Enter");
    await desk.is("reading");
    await expect(desk.editor).toBeFocused();
  });

  test("keeps the settings", async ({ desk }) => {
    await desk.open();
    await desk.press("Control+,");
    await desk.page.getByLabel("Ideas in a brainstorm").fill("4");
    await desk.page.getByLabel(/Freedom/).fill("0.5");
    await desk.press("Escape");
    await desk.type("Go");
    await desk.press("Control+Shift+Enter");
    await expect(desk.ideas).toHaveCount(4);
    expect(await desk.page.evaluate(() => window.__fake.machine.requests[0])).toMatchObject({
      candidates: 4,
      temperature: 0.5,
    });
  });

  test("shows and hides which words the machine made, and which the writer changed since", async ({
    desk,
  }) => {
    await desk.openSample();
    await desk.continue();
    await desk.press("Tab");
    const made = desk.editor.locator(".by-machine").first();
    await expect(made).toHaveAttribute("title", "Written by Foolscap Starter");
    expect(await made.evaluate((one) => getComputedStyle(one).borderBottomStyle)).toBe("dotted");
    await desk.press("Control+ArrowLeft");
    await desk.type("quite ");
    const changed = desk.editor.locator(".by-both").first();
    await expect(changed).toHaveAttribute("title", "Written by Foolscap Starter, changed since");
    expect(await changed.evaluate((one) => getComputedStyle(one).borderBottomStyle)).toBe("dashed");
    await desk.hasNoBarriers();
    await desk.press("Control+p");
    await desk.type("machine made");
    await desk.press("Enter");
    await expect(desk.editor.locator(".by-machine, .by-both")).toHaveCount(0);
  });

  test("lets go of the list of manuscripts", async ({ desk }) => {
    await desk.open();
    const nav = desk.page.getByRole("navigation", { name: "Manuscripts" });
    await desk.press("Control+\\");
    await expect(nav).toHaveCount(0);
    await desk.reload();
    await expect(nav).toHaveCount(0);
    await desk.page.getByRole("button", { name: "Manuscripts", exact: true }).click();
    await expect(nav).toBeVisible();
  });

  test("never moves the text when a suggestion comes", async ({ desk }) => {
    await desk.openSample();
    const where = () => desk.editor.locator("p").first().boundingBox();
    const before = await where();
    await desk.continue();
    expect(await where()).toEqual(before);
  });

  test("keeps the end of a suggestion in sight", async ({ desk }) => {
    await desk.page.setViewportSize({ width: 480, height: 640 });
    await desk.open();
    await desk.paste(Array.from({ length: 12 }, (_, i) => `Paragraph ${i} of a story.`).join("\n\n"));
    await desk.continue();
    await expect
      .poll(async () => {
        const ghost = (await desk.ghost.boundingBox())!;
        const sheet = (await desk.page.getByRole("main").boundingBox())!;
        return sheet.y + sheet.height - (ghost.y + ghost.height);
      })
      .toBeGreaterThanOrEqual(0);
  });
});

test.describe("a narrow window", () => {
  test.use({ viewport: { width: 480, height: 800 } });

  test("has all of it: list over the page, ideas below, no barriers", async ({ desk }) => {
    await desk.openSample();
    await expect(desk.page.getByRole("navigation")).toHaveCount(0);
    await desk.page.getByRole("button", { name: "Manuscripts", exact: true }).click();
    await expect(desk.page.getByRole("navigation")).toBeVisible();
    await desk.hasNoBarriers();
    await desk.page
      .getByRole("navigation")
      .getByRole("button", { name: /New manuscript/ })
      .click();
    await expect(desk.page.getByRole("navigation")).toHaveCount(0);
    await desk.type("Go");
    await desk.press("Control+Shift+Enter");
    await desk.is("reading");
    await desk.say();
    await desk.hasNoBarriers();
    const wide = await desk.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(480);
  });

  test("holds text at twice its size", async ({ desk }) => {
    await desk.page.setViewportSize({ width: 1280, height: 800 });
    await desk.openSample();
    await desk.page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    await desk.continue();
    const overflow = await desk.page.evaluate(() =>
      [...document.querySelectorAll("main, aside, header, footer, .prose")]
        .filter((part) => part.scrollWidth > part.clientWidth + 1)
        .map((part) => part.className),
    );
    expect(overflow).toEqual([]);
  });
});
