import { expect, test } from "./desk";

test.describe("notes to self", () => {
  test("are set apart, named for screen readers, and in no text that leaves the page", async ({ desk }) => {
    await desk.openSample();
    const words = await desk.status.textContent();
    const before = await desk.text();
    await desk.press("Control+Alt+m");
    await desk.type("is the box his?");
    const note = desk.editor.getByRole("note", { name: "Note to self" });
    await expect(note).toHaveText("is the box his?");
    await desk.hasNoBarriers();
    expect(await desk.text()).toBe(before);
    expect(await desk.status.textContent()).toBe(words);
    await desk.page.reload();
    await expect(note).toHaveText("is the box his?");
  });

  test("do not reach the model, which writes in the story beside them", async ({ desk }) => {
    await desk.open();
    await desk.type("She waited.");
    await desk.press("Control+Alt+m");
    await desk.type("for whom?");
    await desk.continue();
    expect((await desk.requests())[0]).toMatchObject({
      before: "She waited.",
      after: "",
    });
    await desk.press("Tab");
    await expect(desk.editor.locator("p").first()).toHaveText(/^She waited\. and it was not/);
    await expect(desk.editor.getByRole("note")).toHaveText("for whom?");
  });

  test("survive a rewrite of what is around them", async ({ desk }) => {
    await desk.open();
    await desk.paste("The boat lay there.\n\nIt was dry.");
    await desk.press("Control+Home");
    await desk.press("Control+Alt+m");
    await desk.type("which boat?");
    await desk.press("Control+a");
    await desk.press("Alt+Enter");
    await desk.type("Livelier");
    await desk.press("Enter");
    await desk.is("reading");
    await desk.say();
    await desk.press("Tab");
    await expect(desk.editor.getByRole("note")).toHaveText("which boat?");
    await expect(desk.editor).not.toContainText("The boat lay there.");
  });
});

test.describe("typographic signs", () => {
  test("come as one types; Backspace and Ctrl+Z give the straight ones back", async ({ desk }) => {
    await desk.open();
    await desk.type(`"Don't," she said--twice...`);
    await expect(desk.editor).toHaveText("“Don’t,” she said—twice…");
    await desk.press("Control+z");
    await expect(desk.editor).toHaveText("“Don’t,” she said—twice...");
    await desk.type(` "`);
    await desk.press("Backspace");
    await expect(desk.editor).toHaveText(`“Don’t,” she said—twice... "`);
    await desk.press("Control+z");
    await expect(desk.editor).not.toContainText(`"`);
  });

  test("are those of the text's language, and can be switched off", async ({ desk }) => {
    await desk.open();
    await desk.page.evaluate(() => window.__desk.page.write("de", "auto"));
    await desk.type(`"Ja" -- nein `);
    await expect(desk.editor).toHaveText("„Ja“ – nein");
    await desk.press("Control+,");
    await desk.page.getByLabel(/Typographic signs/).uncheck();
    await desk.press("Escape");
    await desk.type(`"so"`);
    await expect(desk.editor).toHaveText(`„Ja“ – nein "so"`);
    await desk.reload();
    await desk.type(` "`);
    await expect(desk.editor).toHaveText(`„Ja“ – nein "so" "`);
  });

  test("stand beside the machine's words as the writer's own", async ({ desk }) => {
    await desk.openSample();
    await desk.continue();
    await desk.press("Tab");
    const made = await desk.editor.locator(".made").allTextContents();
    await desk.type(` "No."`);
    await expect(desk.editor).toContainText("“No.”");
    expect(await desk.editor.locator(".made").allTextContents()).toEqual(made);
  });
});

test.describe("the look of the page", () => {
  const line = (desk: import("./desk").Desk) =>
    desk.editor.evaluate((page) => {
      const { fontSize, lineHeight, fontFamily } = getComputedStyle(page);
      return {
        size: parseFloat(fontSize),
        height: parseFloat(lineHeight),
        fontFamily,
        width: page.clientWidth,
      };
    });

  test("follows the settings at once and is kept", async ({ desk }) => {
    await desk.page.setViewportSize({ width: 1920, height: 900 });
    await desk.openSample();
    const before = await line(desk);
    await desk.press("Control+,");
    await desk.page.getByLabel("Text size (%)").fill("150");
    await desk.page.getByLabel("Line spacing (%)").fill("200");
    await desk.page.getByLabel("Typeface").selectOption("inter");
    await desk.page.getByLabel(/Characters in a line/).fill("50");
    await desk.press("Escape");
    const after = await line(desk);
    expect(after.size).toBeCloseTo(before.size * 1.5, 1);
    expect(after.height).toBeCloseTo(after.size * 2, 1);
    expect(after.fontFamily).toContain("Inter");
    await desk.page.reload();
    await expect(desk.editor).toContainText("he asked,");
    expect(await line(desk)).toEqual(after);
  });

  test("has about as many characters in a line as are set, in every typeface", async ({ desk }) => {
    await desk.page.setViewportSize({ width: 1920, height: 900 });
    await desk.openSample();
    for (const typeface of ["literata", "inter", "serif", "sans", "mono"] as const) {
      await desk.page.evaluate((typeface) => window.__desk.changePage({ typeface }), typeface);
      const measured = await desk.editor
        .locator("p")
        .nth(1)
        .evaluate((paragraph) => {
          const { lineHeight } = getComputedStyle(paragraph);
          const lines = paragraph.getBoundingClientRect().height / parseFloat(lineHeight);
          return paragraph.textContent!.length / lines;
        });
      expect(measured).toBeGreaterThan(45);
      expect(measured).toBeLessThan(80);
    }
  });

  for (const width of [1280, 1000, 480])
    test(`holds text at twice its size in a window of ${width} pixels`, async ({ desk }) => {
      await desk.page.setViewportSize({ width, height: 800 });
      await desk.openSample();
      await desk.page.evaluate(() => window.__desk.changePage({ text_size: 200, measure: 100 }));
      await desk.continue();
      const overflow = await desk.page.evaluate(() =>
        [...document.querySelectorAll("html, main, aside, header, footer, .prose, .scroller")]
          .filter((part) => part.scrollWidth > part.clientWidth + 1)
          .map((part) => part.className),
      );
      expect(overflow).toEqual([]);
      await desk.hasNoBarriers();
    });

  test("grows, shrinks and comes back by key", async ({ desk }) => {
    await desk.openSample();
    const { size } = await line(desk);
    await desk.press("Control+=");
    await desk.press("Control++");
    expect((await line(desk)).size).toBeCloseTo(size * 1.2, 1);
    await desk.press("Control+-");
    expect((await line(desk)).size).toBeCloseTo(size * 1.1, 1);
    await desk.press("Control+0");
    expect((await line(desk)).size).toBe(size);
  });
});

test.describe("focus", () => {
  test("lets all but the paragraph or the sentence in hand stand back, without barriers", async ({
    desk,
  }) => {
    await desk.openSample();
    const ink = (text: string) =>
      desk.editor
        .getByText(text)
        .first()
        .evaluate((element) => getComputedStyle(element).color);
    const clear = await ink("Where did you get that");
    await desk.press("Control+d");
    await expect.poll(() => ink("The lighthouse had been dark")).not.toBe(clear);
    expect(await ink("Where did you get that")).toBe(clear);
    await desk.hasNoBarriers();
    await desk.press("Control+Home");
    await expect.poll(() => ink("The lighthouse had been dark")).toBe(clear);
    await desk.press("Control+Shift+d");
    await expect(desk.editor.locator("span.in-hand")).toHaveText(/^The lighthouse.*boat\. $/);
    await desk.page.emulateMedia({ colorScheme: "dark" });
    await desk.hasNoBarriers();
    await desk.press("Control+Shift+d");
    await expect(desk.editor.locator(".in-hand")).toHaveCount(0);
  });

  test("is found again after a restart", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+d");
    await desk.page.reload();
    await expect(desk.editor.locator(".in-hand")).toHaveCount(1);
  });
});

test.describe("typewriter scroll", () => {
  test("holds the line in hand at one height, while a click leaves the page where it is", async ({
    desk,
  }) => {
    await desk.open();
    await desk.paste(Array.from({ length: 40 }, (_, i) => `Paragraph ${i} of a story.`).join("\n\n"));
    await desk.press("Control+Shift+T");
    const height = () =>
      desk.page.evaluate(() => {
        const range = document.getSelection()!.getRangeAt(0);
        const box = range.getBoundingClientRect();
        const line = box.height ? box : (range.startContainer as Element).getBoundingClientRect();
        return Math.round(line.top);
      });
    await desk.type("x");
    const wanted = await height();
    for (const key of ["Enter", "a", "Enter", "b", "ArrowUp", "ArrowUp", "ArrowUp"]) {
      await desk.press(key);
      await expect.poll(async () => Math.abs((await height()) - wanted)).toBeLessThan(4);
    }
    const top = () => desk.page.locator("[data-scroller]").evaluate((scroller) => scroller.scrollTop);
    const before = await top();
    await desk.page.mouse.click(640, 180);
    await desk.page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await top()).toBe(before);
    await desk.type("y");
    await expect.poll(async () => Math.abs((await height()) - wanted)).toBeLessThan(4);
  });
});

test.describe("the way the text runs", () => {
  test("is as each paragraph's first letter says, unless the project says otherwise", async ({ desk }) => {
    await desk.open();
    await desk.type("كان الظلام");
    await desk.press("Enter");
    await desk.type("It was dark.");
    const ways = () =>
      desk.editor.locator("p").evaluateAll((all) => all.map((one) => getComputedStyle(one).direction));
    expect(await ways()).toEqual(["rtl", "ltr"]);
    await desk.page.evaluate(() => window.__desk.page.write("ar", "rtl"));
    expect(await ways()).toEqual(["rtl", "rtl"]);
    await expect(desk.editor).toHaveAttribute("lang", "ar");
    await desk.page.evaluate(() => window.__desk.page.write("ar", "auto"));
    await desk.press("Enter");
    expect(await ways()).toEqual(["rtl", "ltr", "rtl"]);
    expect(await desk.text()).toBe("كان الظلام\n\nIt was dark.\n\n");
  });
});
