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
    await desk.press("Control+y");
    expect(await desk.outcomes()).toMatchObject([{ verdict: "accepted" }]);
  });

  test("sends the text before and after the cursor as it stands", async ({ desk }) => {
    await desk.open();
    await desk.paste("# Lamp\n\nShe went up. He stayed.");
    for (let i = 0; i < " He stayed.".length; i++) await desk.press("ArrowLeft");
    await desk.continue(1);
    const sent = await desk.page.evaluate(() => window.__fake.requests[0]);
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
    expect(await desk.outcomes()).toMatchObject([{ verdict: "accepted", text: " and" }]);
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
    await desk.hasNoBarriers();
    await desk.page.getByRole("button", { name: "Insert at the cursor" }).click();
    expect(await desk.text()).toMatch(/he asked, x and it was not$/);
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

test.describe("brainstorm", () => {
  test("offers several ideas by key, and takes the chosen one", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+Shift+Enter");
    await desk.is("reading");
    await desk.say(4);
    await expect(desk.ideas).toHaveCount(3);
    await expect(desk.ideas.nth(0)).toHaveAttribute("aria-selected", "true");
    await desk.press("ArrowDown");
    await expect(desk.ghost).toHaveText(/ A second boat/);
    await desk.press("3");
    await expect(desk.ghost).toHaveText(/ Her father/);
    await desk.say();
    await desk.is("pending");
    await desk.hasNoBarriers();
    await desk.press("Enter");
    await expect(desk.editor).toBeFocused();
    expect(await desk.text()).toMatch(
      /he asked, Her father knows the handwriting, and pretends that he does not\.$/,
    );
    expect((await desk.outcomes()).map(({ verdict }) => verdict)).toEqual([
      "rejected",
      "rejected",
      "accepted",
    ]);
  });

  test("stops and closes on Esc, and comes back on undo", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+Shift+Enter");
    await desk.is("reading");
    await desk.say(3);
    await desk.press("Escape");
    await desk.is("pending");
    await desk.press("Escape");
    await desk.is("idle");
    await expect(desk.panel).toHaveCount(0);
    await expect(desk.editor).toBeFocused();
    await desk.press("Control+z");
    await expect(desk.ideas).toHaveCount(3);
  });

  test("keeps the ideas while the writer writes on, and takes one at the new place", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+Shift+Enter");
    await desk.is("reading");
    await desk.say();
    await desk.editor.locator("p").last().click();
    await desk.press("Control+End");
    await desk.type(" Then.");
    await expect(desk.ghost).toHaveCount(0);
    await desk.ideas.nth(1).click();
    await desk.press("Enter");
    expect(await desk.text()).toMatch(/he asked, Then\. A second boat/);
  });
});

test.describe("rewrite", () => {
  test("asks how, shows the new words after the old, and replaces in one step", async ({ desk }) => {
    await desk.openSample("pace=hold&model=chat");
    const before = await desk.text();
    await desk.press("Shift+Home");
    await expect(desk.page.getByRole("toolbar", { name: "Selection" })).toBeVisible();
    await desk.page.getByRole("button", { name: /^Rewrite…/ }).click();
    await expect(desk.page.getByLabel("Rewrite the selection: how?")).toBeFocused();
    await desk.hasNoBarriers();
    await desk.type("As if by candlelight");
    await desk.press("Enter");
    await desk.is("reading");
    expect(await desk.page.evaluate(() => window.__fake.requests[0])).toMatchObject({
      action: { kind: "rewrite", instruction: "As if by candlelight" },
      selection: "“Where did you get that?” he asked,",
      after: "",
    });
    await desk.say();
    await expect(desk.editor.locator(".replaced")).toHaveText("“Where did you get that?” he asked,");
    await expect(desk.ghost).toHaveText(/^The boat leaned/);
    await expect(desk.panel).not.toContainText("cannot follow");
    await desk.press("Tab");
    expect(await desk.text()).toMatch(/from the wind\.\n\nThe boat leaned .* bone\.$/);
    await desk.press("Control+z");
    expect(await desk.text()).toBe(before);
    await desk.press("Shift+Home");
    await desk.press("Alt+Enter");
    await expect(desk.page.getByLabel("Rewrite the selection: how?")).toHaveValue("As if by candlelight");
  });

  test("has presets, takes the paragraph when nothing is selected, and is honest about the model", async ({
    desk,
  }) => {
    await desk.openSample();
    await desk.press("Alt+Enter");
    await desk.page.getByRole("button", { name: "Plainer" }).click();
    await desk.is("reading");
    await desk.say();
    await expect(desk.panel).toContainText("This model cannot follow instructions");
    await expect(desk.editor.locator(".replaced")).toHaveText("“Where did you get that?” he asked,");
    await desk.press("Alt+r");
    await desk.is("reading");
    await desk.say();
    await expect(desk.ghost).toHaveText(/^Dry as a bone/);
    await desk.press("Escape");
    await expect(desk.editor).not.toContainText("Dry as a bone, the boat");
    await desk.press("Control+z");
    await expect(desk.ghost).toHaveText(/^Dry as a bone/);
  });
});

test.describe("trouble with the model", () => {
  test("is told on the page, and what came is kept", async ({ desk }) => {
    await desk.openSample();
    await desk.page.evaluate(() => (window.__fake.failAction = 3));
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
    await desk.status.getByRole("button").click();
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
