import { expect, test } from "./desk";

const FIRST = / and it was not the voice/;

test.describe("continue", () => {
  test("streams ghost text that is not in the manuscript, and takes it in one undo step", async ({
    desk,
  }) => {
    await desk.openSample();
    const before = await desk.text();
    await desk.continue(5);
    await desk.is("writing");
    await expect(desk.ghost).not.toHaveText("");
    expect(await desk.text()).toBe(before);
    await desk.say();
    await desk.is("pending");
    const ghost = (await desk.ghost.textContent())!;
    await desk.press("Tab");
    await desk.is("idle");
    await expect(desk.ghost).toHaveCount(0);
    expect((await desk.text()).replaceAll("\n\n", "")).toBe(before.replaceAll("\n\n", "") + ghost);
    await expect(desk.editor.locator(".made").first()).toBeVisible();
    await desk.press("Control+z");
    expect(await desk.text()).toBe(before);
    await desk.is("pending");
    await expect(desk.ghost).toHaveText(ghost);
    await desk.press("Control+y");
    await desk.is("idle");
    await expect(desk.ghost).toHaveCount(0);
    expect((await desk.outcomes()).at(-1)).toMatchObject({ verdict: "accepted", text: ghost });
  });

  test("sends the text before and after the cursor as it stands", async ({ desk }) => {
    await desk.open();
    await desk.paste("# Lamp\n\nShe went up. He stayed.");
    for (let i = 0; i < " He stayed.".length; i++) await desk.press("ArrowLeft");
    await desk.continue(1);
    const sent = await desk.page.evaluate(() => window.__fake.machine.requests[0]);
    expect(sent).toMatchObject({
      before: "# Lamp\n\nShe went up.",
      selection: "",
      after: " He stayed.",
      words: 60,
    });
  });

  test("stops on Esc and keeps what came, and leaves it on the second", async ({ desk }) => {
    await desk.openSample();
    const before = await desk.text();
    await desk.continue(6);
    await desk.press("Escape");
    await desk.is("pending");
    await expect(desk.ghost).toHaveText(FIRST);
    await desk.press("Escape");
    await desk.is("idle");
    await expect(desk.ghost).toHaveCount(0);
    expect(await desk.text()).toBe(before);
    await desk.press("Control+z");
    await desk.is("pending");
    await expect(desk.ghost).toHaveText(FIRST);
    await desk.press("Tab");
    await expect(desk.editor).toContainText("and it was not the voice");
  });

  test("takes word by word, and undo gives words back", async ({ desk }) => {
    await desk.openSample();
    await desk.continue();
    await desk.press("Control+ArrowRight");
    await desk.press("Control+ArrowRight");
    await expect(desk.editor.locator(".made")).toHaveText(" and it");
    await desk.press("Control+z");
    await expect(desk.editor.locator(".made")).toHaveText(" and");
    await expect(desk.ghost).toHaveText(/^ it was/);
    await desk.press("Escape");
    // Told with the first word, and again when it is known what was taken of all.
    expect(await desk.outcomes()).toEqual([
      { verdict: "accepted", text: " and" },
      { verdict: "accepted", text: " and" },
    ]);
  });

  test("takes sentence by sentence, and undo gives sentences back", async ({ desk }) => {
    await desk.openSample();
    await desk.continue();
    await desk.press("Control+Shift+ArrowRight");
    await expect(desk.editor.locator(".made")).toHaveText(" and it was not the voice he used for weather.");
    await expect(desk.ghost).toHaveText(/^ He put out a hand/);
    await desk.press("Control+z");
    await expect(desk.ghost).toHaveText(FIRST);
    await desk.press("Control+Shift+ArrowRight");
    await desk.press("Control+Shift+ArrowRight");
    await desk.is("idle");
  });

  test("offers several ways at once, of which one stands on the page", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+j");
    const form = desk.page.getByRole("form", { name: "Ask the machine" });
    await form.getByLabel("Action").selectOption("Continue");
    await form.getByLabel("Candidates").fill("3");
    await form.getByLabel("Words", { exact: true }).fill("25");
    await desk.hasNoBarriers();
    await form.getByLabel("What is wished for besides?").fill("The wind is part of it");
    await desk.press("Enter");
    await desk.is("reading");
    expect((await desk.requests())[0]).toMatchObject({
      action: { kind: "continue", variant: null, instruction: "The wind is part of it" },
      candidates: 3,
      words: 25,
    });
    await desk.say(4);
    await expect(desk.cards).toHaveCount(3);
    await expect(desk.cards.nth(2)).toContainText("as though she had");
    await expect(desk.editor).toBeFocused();
    await desk.press("Alt+ArrowDown");
    await expect(desk.ghost).toHaveText(" but he was not");
    await desk.say();
    await desk.is("pending");
    await expect(desk.page.getByTestId("said")).toHaveText(/^3 ways suggested/);
    await desk.hasNoBarriers();
    await desk.cards.nth(2).click();
    await desk.press("Enter");
    expect(await desk.text()).toMatch(/he asked, as though she had/);
    await desk.press("Control+z");
    await expect(desk.cards).toHaveCount(3);
    // What was chosen last is found again, by the key alone too; only what was said is not sent unseen.
    await desk.press("Escape");
    await desk.press("Control+Enter");
    expect((await desk.requests())[1]).toMatchObject({
      candidates: 3,
      words: 25,
      action: { instruction: "" },
    });
  });

  test("has candidates that the arrows along the line switch, but not in a field", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+j");
    const form = desk.page.getByRole("form", { name: "Ask the machine" });
    await form.getByLabel("Action").selectOption("Continue");
    await form.getByLabel("Candidates").fill("3");
    await desk.press("Enter");
    await desk.is("reading");
    await desk.say();
    await desk.is("pending");
    const chosen = (at: number) =>
      expect(desk.panel.getByRole("option").nth(at)).toHaveAttribute("aria-selected", "true");
    await desk.press("Control+3");
    await expect(desk.page.getByRole("listbox", { name: "Candidates" })).toBeFocused();
    await desk.press("ArrowRight");
    await chosen(1);
    await desk.press("ArrowLeft");
    await desk.press("ArrowLeft");
    await chosen(2);
    await desk.panel.getByRole("button", { name: "Insert below" }).focus();
    await desk.press("ArrowRight");
    await chosen(0);
    await desk.page.getByLabel("Instruction").fill("Wind");
    await desk.press("ArrowLeft");
    await desk.press("ArrowLeft");
    await desk.type("or");
    await expect(desk.page.getByLabel("Instruction")).toHaveValue("Wiornd");
    await chosen(0);
    // What comes next stands on the left where lines run from right to left.
    await desk.look({ language: "العربية" });
    await expect(desk.editor).toBeFocused();
    await desk.press("Control+3");
    await desk.press("ArrowLeft");
    const right = desk.page.locator(".panel [role=option]");
    await expect(right.nth(1)).toHaveAttribute("aria-selected", "true");
    await desk.press("ArrowRight");
    await expect(right.nth(0)).toHaveAttribute("aria-selected", "true");
  });

  test("keeps what can be done in sight where the candidates are higher than the panel", async ({ desk }) => {
    await desk.page.setViewportSize({ width: 1280, height: 600 });
    await desk.openSample();
    await desk.press("Control+j");
    const form = desk.page.getByRole("form", { name: "Ask the machine" });
    await form.getByLabel("Action").selectOption("Continue");
    await form.getByLabel("Candidates").fill("4");
    await desk.press("Enter");
    await desk.is("reading");
    await desk.say();
    await desk.is("pending");
    await expect(desk.panel.getByRole("button", { name: "Take", exact: true })).toBeInViewport({ ratio: 1 });
    // What is gone to is not behind it.
    await desk.press("Control+3");
    for (let i = 0; i < 3; i++) await desk.press("ArrowDown");
    const foot = () => desk.panel.locator(".foot").evaluate((one) => one.getBoundingClientRect().top);
    const card = () => desk.cards.nth(3).evaluate((one) => one.getBoundingClientRect().bottom);
    await expect.poll(async () => (await card()) <= (await foot()) + 1).toBe(true);
    await desk.press("Alt+m");
    await expect(desk.panel.getByRole("button", { name: "Stop mixing" })).toBeInViewport({ ratio: 1 });
    await desk.hasNoBarriers();
  });

  test("begins an empty instruction where the window begins its lines", async ({ desk }) => {
    await desk.openSample();
    await desk.look({ language: "العربية" });
    await desk.continue();
    await desk.is("pending");
    const field = desk.page.locator("#again");
    const runs = () => field.evaluate((element) => getComputedStyle(element).direction);
    expect(await runs()).toBe("rtl");
    await field.fill("shorter");
    expect(await runs()).toBe("ltr");
    const icon = desk.page.getByRole("banner").locator("svg").last();
    await expect(icon).toHaveCSS("transform", "matrix(-1, 0, 0, 1, 0, 0)");
  });

  test("goes below as a paragraph of its own", async ({ desk }) => {
    await desk.openSample();
    await desk.continue();
    await desk.page.getByRole("button", { name: "Insert below" }).click();
    expect(await desk.text()).toMatch(/he asked,\n\nand it was not the voice/);
    await desk.press("Control+z");
    await expect(desk.ghost).toHaveText(FIRST);
  });

  test("is asked again with another instruction", async ({ desk }) => {
    await desk.openSample();
    await desk.continue();
    await desk.page.getByLabel("Instruction").fill("Shorter, and no wind");
    await desk.press("Enter");
    await desk.is("reading");
    expect((await desk.requests())[1]).toMatchObject({ action: { instruction: "Shorter, and no wind" } });
    await expect(desk.panel).toContainText("Continue · Shorter, and no wind");
    await expect(desk.editor).toBeFocused();
  });

  test("asks again for other words", async ({ desk }) => {
    await desk.openSample();
    await desk.continue();
    await expect(desk.ghost).toHaveText(FIRST);
    await desk.press("Alt+r");
    await desk.is("reading");
    await desk.say();
    await expect(desk.ghost).toHaveText(/ but he was not looking at the box/);
    await expect(desk.panel).toContainText("seed 9");
    await desk.press("Control+r");
    await desk.is("reading");
    await desk.say();
    await expect(desk.ghost).toHaveText(/ as though she had brought/);
  });

  test("takes and goes on when it is asked for again", async ({ desk }) => {
    await desk.openSample();
    await desk.continue();
    await desk.press("Control+Enter");
    await desk.is("reading");
    await expect(desk.editor).toContainText("and drew it back.");
    await desk.say();
    await expect(desk.ghost).toHaveText(/ but he was not/);
  });

  test("is left by writing on at its place", async ({ desk }) => {
    await desk.openSample();
    await desk.continue();
    await desk.type(" but");
    await desk.is("idle");
    await expect(desk.ghost).toHaveCount(0);
    await expect(desk.panel).toHaveCount(0);
    expect(await desk.text()).toMatch(/he asked, but$/);
  });

  test("offers the words beside the page when their place changed while they came", async ({ desk }) => {
    await desk.openSample();
    await desk.continue(4);
    await desk.type(" x");
    await expect(desk.panel).toContainText("The text changed meanwhile");
    await expect(desk.editor).toBeFocused();
    // It goes on being written, beside the page.
    await desk.say(2);
    await expect(desk.panel).toContainText("and it was not the voice");
    await desk.hasNoBarriers();
    await desk.page.getByRole("button", { name: "Insert at the cursor" }).click();
    await desk.is("idle");
    expect(await desk.text()).toMatch(/he asked, x and it was not the voice$/);
    await desk.press("Control+z");
    expect(await desk.text()).toMatch(/he asked, x$/);
  });

  test("never gets into the way of typing elsewhere", async ({ desk }) => {
    await desk.openSample("pace=8");
    await desk.page.evaluate(() => {
      const delays: number[] = [];
      (window as unknown as { delays: number[] }).delays = delays;
      addEventListener("keydown", () => {
        const pressed = performance.now();
        requestAnimationFrame(() => delays.push(performance.now() - pressed));
      });
    });
    await desk.press("Control+Enter");
    await desk.press("Control+Home");
    const typed = "The story so far, and what the wind had to say about it. ";
    await desk.type(typed);
    await desk.is("pending");
    await desk.press("Tab");
    expect(await desk.text()).toMatch(new RegExp(`^${typed}The lighthouse.*drew it back\\.$`, "s"));
    const delays = await desk.page.evaluate(() => (window as unknown as { delays: number[] }).delays);
    delays.sort((a, b) => a - b);
    const at = (part: number) => delays[Math.floor(part * (delays.length - 1))]!.toFixed(1);
    console.log(
      `  key to frame while streaming: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms`,
    );
  });

  test("shows what was sent, in plain words", async ({ desk }) => {
    await desk.open();
    await desk.paste("A long beginning of a story that goes on. ".repeat(90));
    await desk.continue();
    await expect(desk.panel).toContainText("What was sent · 640 of 1,024 tokens");
    await expect(desk.panel).toContainText("did not fit beside the answer");
    await expect(desk.status).toContainText("first word 0.21 s · 24 tokens/s");
  });

  test("tells a screen reader when it begins and ends, and no word between", async ({ desk }) => {
    await desk.openSample();
    const said = desk.page.getByTestId("said");
    await desk.continue(5);
    await expect(said).toHaveText("Writing…");
    await desk.say();
    await expect(said).toHaveText("26 words suggested. Tab takes them, Esc leaves them.");
  });
});

test.describe("the side panel", () => {
  test("offers every action and unstick me, by pointer and by keys", async ({ desk }) => {
    await desk.openSample("pace=hold&model=chat");
    await desk.press("Control+3");
    await expect(desk.panel.getByRole("heading", { name: "What can be asked" })).toBeVisible();
    const rows = desk.panel.getByRole("listitem").getByRole("button");
    await expect(rows).toHaveCount(11);
    await expect(rows.first()).toBeFocused();
    await desk.hasNoBarriers();
    await desk.press("Enter");
    await desk.is("reading");
    expect((await desk.requests()).at(-1)).toMatchObject({ action: { kind: "continue" } });
    await desk.say();
    await desk.press("Escape");
    await desk.is("idle");
    // It is there again once nothing is offered.
    await rows.filter({ hasText: /^Describe/ }).click();
    await desk.is("reading");
    expect((await desk.requests()).at(-1)).toMatchObject({ action: { kind: "describe" } });
    await desk.say();
    await desk.press("Escape");
    await desk.panel.getByRole("button", { name: /^Stuck\?/ }).click();
    await expect(desk.panel.getByRole("heading", { name: "What can be asked" })).toHaveCount(0);
    await expect(desk.panel).toContainText(/stuck/i);
  });
});

test.describe("earlier suggestions", () => {
  test("of a place stay reachable, and can be taken later", async ({ desk }) => {
    await desk.openSample();
    await desk.continue();
    await desk.press("Alt+r");
    await desk.is("reading");
    await desk.say();
    await expect(desk.ghost).toHaveText(/ but he was not looking/);
    await expect(desk.panel).toContainText("2 of 2");
    await desk.hasNoBarriers();
    await desk.page.getByRole("button", { name: "earlier" }).click();
    await expect(desk.ghost).toHaveText(FIRST);
    await desk.press("Escape");
    await desk.is("idle");
    // The place moves with the text.
    await desk.toBeginning();
    await desk.type("So. ");
    await desk.press("Control+End");
    await desk.press("Alt+Shift+ArrowUp");
    await desk.is("pending");
    await expect(desk.ghost).toHaveText(/ but he was not looking/);
    await desk.press("Alt+Shift+ArrowUp");
    await expect(desk.ghost).toHaveText(FIRST);
    await desk.press("Tab");
    expect(await desk.text()).toMatch(/^So\. The lighthouse.*he asked, and it was not the voice/s);
  });

  test("are there after a restart, at their place and in a list", async ({ desk }) => {
    await desk.openSample();
    await desk.continue();
    await desk.press("Escape");
    await desk.press("Control+Shift+Enter");
    await desk.is("reading");
    await desk.say();
    await desk.press("Escape");
    await desk.is("idle");
    await desk.saved();
    await desk.reload();
    await desk.press("Control+End");
    await desk.press("Alt+Shift+ArrowUp");
    await desk.is("pending");
    await expect(desk.panel).toContainText("Asked on");
    await desk.press("Escape");

    const list = desk.page.getByRole("listbox", { name: "Suggestions for this scene" });
    const one = list.getByRole("option");
    await desk.press("Alt+e");
    await expect(list).toBeFocused();
    await expect(one).toHaveCount(2);
    await expect(one.first()).toContainText("Brainstorm");
    await expect(one.first()).toHaveAttribute("aria-selected", "true");
    await desk.hasNoBarriers();
    await desk.press("ArrowDown");
    await desk.press("Enter");
    await desk.is("pending");
    await expect(desk.ghost).toHaveText(FIRST);
    await desk.press("Tab");
    expect(await desk.text()).toMatch(/he asked, and it was not the voice/);
    // The list is still there, and knows what was taken.
    await expect(one.nth(1)).toContainText("taken from");
    await desk.press("Alt+e");
    await expect(list).toBeFocused();
    await desk.press("Escape");
    await expect(list).toBeHidden();
    await expect(desk.editor).toBeFocused();
  });

  test("that there are none is said where they are listed", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Alt+e");
    await expect(desk.panel).toContainText("Nothing has been suggested in this scene yet.");
    await desk.hasNoBarriers();
    await desk.press("Escape");
    await expect(desk.panel).toBeHidden();
  });

  test("say so where there are none", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Alt+Shift+ArrowUp");
    await expect(desk.page.getByText("Nothing earlier was suggested here.")).toBeVisible();
  });
});

test.describe("another scene", () => {
  test("lets what is written go on, tells when it is there, and offers it on coming back", async ({
    desk,
  }) => {
    await desk.openSample();
    await desk.continue(3);
    await desk.press("Control+Shift+n");
    await expect(desk.editor).toHaveText("");
    await desk.is("idle");
    await expect(desk.panel).toContainText("In “The lighthouse had been dark");
    await desk.hasNoBarriers();
    await desk.say();
    const done = desk.page.getByText(/Suggestions are ready in “The lighthouse/);
    await expect(done).toBeVisible();
    await desk.type("A new scene.");
    await desk.panel.getByRole("button", { name: "Go there" }).click();
    await expect(desk.editor).toContainText("he asked,");
    await desk.is("pending");
    await expect(desk.ghost).toHaveText(FIRST);
    await desk.press("Tab");
    expect(await desk.text()).toMatch(/he asked, and it was not the voice/);
  });
});

test.describe("trouble with the model", () => {
  test("is told on the page, and what came is kept", async ({ desk }) => {
    await desk.openSample();
    await desk.page.evaluate(() => (window.__fake.machine.failAction = 3));
    await desk.continue();
    await expect(desk.page.getByRole("alert")).toContainText("stopped with an error");
    await desk.is("pending");
    await expect(desk.ghost).toHaveText(" and it was");
    await desk.hasNoBarriers();
    await desk.page.getByRole("button", { name: "Dismiss" }).click();
    await expect(desk.page.getByRole("alert")).toHaveCount(0);
  });

  test("names a model that cannot be used and lets the writer choose another", async ({ desk }) => {
    await desk.open("pace=hold&model=failed");
    await expect(desk.status).toHaveAttribute("data-model-state", "failed");
    await desk.type("Go");
    await desk.press("Control+Enter");
    await expect(desk.page.getByRole("alert")).toContainText("harbour-4b.gguf is cut short");
    await desk.is("idle");
    await desk.model.click();
    const dialog = desk.page.getByRole("dialog", { name: "The model" });
    await expect(dialog).toContainText("cut short");
    await dialog.getByRole("button", { name: "Choose a model file…" }).click();
    await expect(desk.status).toHaveAttribute("data-model-state", "ready");
    await expect(desk.status).toContainText("Harbour 4B Instruct · Q4_K_M · on this machine");
  });

  test("makes a request wait for a model that is still loading", async ({ desk }) => {
    await desk.open("pace=hold&model=loading");
    await expect(desk.status).toContainText("loading 40 %…");
    await desk.type("Go");
    await desk.press("Control+Enter");
    await desk.is("reading");
    await expect(desk.panel).toContainText("waiting for the model…");
    await desk.page.evaluate(() => window.__fake.setModel("starter"));
    await expect(desk.status).toContainText("Foolscap Starter · a small model to try things with");
    await desk.say();
    await expect(desk.ghost).toHaveText(FIRST);
  });
});
