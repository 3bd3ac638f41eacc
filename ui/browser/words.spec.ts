// The window in another language than English: all of it works, fits, and is said in that language.
import { expect, test } from "./desk";

const LANGUAGES = [
  { language: "de", direction: "ltr", saved: "Gespeichert", commands: "Befehle", key: "Strg P" },
  { language: "ar", direction: "rtl", saved: "محفوظ", commands: "الأوامر", key: "Ctrl P" },
] as const;

for (const { language, direction, saved, commands, key } of LANGUAGES) {
  test.describe(`the window in ${language}`, () => {
    test.use({ locale: language });

    test("continues, and takes the words", async ({ desk }) => {
      await desk.page.goto("/?pace=hold");
      await expect(desk.page.locator("html")).toHaveAttribute("lang", language);
      await expect(desk.page.locator("html")).toHaveAttribute("dir", direction);
      await expect(desk.page.getByTestId("saved")).toHaveText(saved);
      await expect(desk.page.getByRole("button", { name: `${commands} ${key}`, exact: true })).toBeVisible();
      await expect(desk.editor).toBeFocused();
      await desk.hasNoBarriers();
      await desk.page.locator(".welcome .main").click();
      await desk.press("Control+End");
      await desk.continue();
      await desk.hasNoBarriers();
      await desk.press("Tab");
      await desk.is("idle");
      await expect(desk.editor).toContainText("and drew it back.");
    });

    for (const width of [1280, 700])
      test(`has room for its words at ${width} pixels, and no barriers`, async ({ desk }) => {
        test.setTimeout(180_000);
        // What is there at either width is named the same.
        const accessible = async () => width === 1280 && (await desk.hasNoBarriers());
        await desk.page.setViewportSize({ width, height: 800 });
        await desk.page.goto("/?pace=hold");
        await desk.page.locator(".welcome .main").click();
        await desk.press("Control+End");
        await desk.press("Control+Shift+Enter");
        await desk.is("reading");
        await desk.say();
        await desk.is("pending");
        expect(await desk.overflowing()).toEqual([]);
        await accessible();
        await desk.press("Escape");
        await desk.press("Shift+Home");
        await desk.press("Alt+Enter");
        await expect(desk.page.locator("#instruction")).toBeFocused();
        expect(await desk.overflowing()).toEqual([]);
        await desk.press("Escape");
        for (const keys of ["Control+p", "Control+/", "Control+,"]) {
          await desk.press(keys);
          await expect(desk.page.getByRole("dialog")).toBeVisible();
          const hub = desk.page.locator("details summary");
          if (await hub.count()) await hub.click();
          expect(await desk.overflowing()).toEqual([]);
          await accessible();
          await desk.press("Escape");
        }
        await desk.press("Control+m");
        const models = desk.page.getByTestId("models");
        await models.locator("[data-id=gemma-3-27b] .ask").click();
        await expect(models.getByTestId("arrival")).toBeVisible();
        expect(await desk.overflowing()).toEqual([]);
        await accessible();
        await models.locator("nav .row").first().click();
        await expect(models.locator("dl")).toBeVisible();
        expect(await desk.overflowing()).toEqual([]);
        await accessible();
      });

    test("tells a problem in the language, with the program's own sentence", async ({ desk }) => {
      await desk.page.goto("/?pace=hold");
      await expect(desk.editor).toBeFocused();
      await desk.page.evaluate(() => (window.__fake.library.failSaves = 1));
      await desk.type("a");
      const alert = desk.page.getByRole("alert");
      await expect(alert.locator("bdi[lang=en]")).toContainText("the disk is full");
      await expect(alert).toContainText(language === "de" ? "Die Bibliothek" : "المكتبة");
    });
  });
}

test("the language is changed by a command, at once, and kept", async ({ desk }) => {
  await desk.open();
  await desk.press("Control+p");
  await desk.type("language: deutsch");
  await desk.press("Enter");
  await expect(desk.page.getByTestId("saved")).toHaveText("Gespeichert");
  await expect(desk.editor).toHaveAccessibleName("Manuskript");
  await expect(desk.editor.locator(".blank")).toHaveAttribute("data-hint", /^Fangen Sie irgendwo an/);
  await desk.page.reload();
  await expect(desk.page.getByTestId("saved")).toHaveText("Gespeichert");
  await desk.press("Control+,");
  await desk.page.getByLabel("Sprache", { exact: true }).selectOption("العربية");
  await expect(desk.page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(desk.page.getByRole("dialog", { name: "الإعدادات" })).toBeVisible();
});

test.describe("an Arabic window", () => {
  test.use({ locale: "ar" });

  test("runs from right to left, and a text as its own letters do", async ({ desk }) => {
    await desk.page.goto("/?pace=hold");
    await expect(desk.editor).toBeFocused();
    const middle = async (part: typeof desk.editor) => {
      const box = (await part.boundingBox())!;
      return box.x + box.width / 2;
    };
    expect(await middle(desk.page.getByRole("navigation"))).toBeGreaterThan(await middle(desk.editor));
    await desk.type("كان المنار مظلمًا");
    const first = desk.editor.locator("p").first();
    await expect(first).toHaveCSS("direction", "rtl");
    await desk.continue(3);
    await desk.say();
    await expect(desk.page.getByRole("complementary")).toContainText("Ctrl ←");
    await desk.press("Control+ArrowLeft");
    await expect(desk.editor.locator(".made")).toHaveText(" and");
    await desk.press("Escape");
    await desk.press("Enter");
    await desk.type("Then");
    await expect(desk.editor.locator("p").nth(1)).toHaveCSS("direction", "ltr");
  });
});
