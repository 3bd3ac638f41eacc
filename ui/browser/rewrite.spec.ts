// Rewriting: asking for it, the changes it makes, and mixing of several.
import { livelier } from "./asking";
import { type Desk, expect, test } from "./desk";

const changes = (desk: Desk) => desk.page.getByRole("group", { name: "Changes" }).getByRole("checkbox");

test.describe("rewrite", () => {
  test("asks how, shows the new words after the old, and replaces in one step", async ({ desk }) => {
    await desk.openSample("pace=hold&model=chat");
    const before = await desk.text();
    await desk.press("Shift+Home");
    await expect(desk.page.getByRole("toolbar", { name: "Selection" })).toBeVisible();
    await desk.page.getByRole("button", { name: /^Rewrite…/ }).click();
    await expect(desk.page.getByLabel("How?")).toBeFocused();
    await desk.press("Enter");
    await expect(desk.page.getByText("Say how, or press one of the ways below.")).toBeVisible();
    await desk.hasNoBarriers();
    await desk.type("As if by candlelight");
    await desk.press("Enter");
    await desk.is("reading");
    expect((await desk.requests())[0]).toMatchObject({
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
    await expect(desk.ghost).toHaveText(/^The boat leaned/);
    await desk.press("Escape");
    await desk.press("Alt+Enter");
    await expect(desk.page.getByLabel("How?")).toHaveValue("As if by candlelight");
  });

  test("has variants, takes the paragraph when nothing is selected, and is honest about the model", async ({
    desk,
  }) => {
    await desk.openSample();
    await desk.press("Alt+Enter");
    await desk.page.getByRole("button", { name: "Plainer" }).click();
    await desk.is("reading");
    expect((await desk.requests())[0]).toMatchObject({ action: { kind: "rewrite", variant: "plainer" } });
    await desk.say();
    await expect(desk.panel).toContainText("Rewrite · Plainer");
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

  test("shows its changes on the page, each to be taken or left", async ({ desk }) => {
    await livelier(desk);
    const before = await desk.text();
    await expect(desk.editor.locator(".replaced")).toHaveText(["lay on its side", "sat", "upon"]);
    await expect(desk.page.getByTestId("added")).toHaveText(["leaned like a drunk", "crouched", "deep into"]);
    await expect(desk.page.getByTestId("said")).toHaveText(/^3 changes suggested\./);
    await desk.press("Control+3");
    await expect(changes(desk).first()).toBeFocused();
    await desk.press("ArrowDown");
    await desk.press("ArrowDown");
    await expect(changes(desk).nth(2)).toBeFocused();
    await expect(desk.editor.locator(".current")).toHaveText(["upon", "deep into"]);
    await desk.press("Space");
    await expect(desk.panel).toContainText("3 changes, 2 taken");
    await expect(desk.page.getByTestId("added")).toHaveCount(2);
    await desk.hasNoBarriers();
    await desk.press("Enter");
    await expect(desk.editor).toBeFocused();
    const text = await desk.text();
    expect(text).toContain("It leaned like a drunk in the shingle");
    expect(text).toContain("crouched a small brass box with her own name scratched upon the lid.");
    // Words that stayed are the writer's still.
    await expect(desk.editor.locator(".made")).toHaveText(["leaned like a drunk", "crouched"]);
    await desk.press("Control+z");
    expect(await desk.text()).toBe(before);
    await expect(desk.panel).toContainText("3 changes, 2 taken");
  });

  test("keeps what is there, with the new words below or behind it", async ({ desk }) => {
    await livelier(desk);
    await desk.page.getByRole("button", { name: "Insert below" }).click();
    expect(await desk.text()).toMatch(/lay on its side.* the lid\.\n\nThe lighthouse.*leaned like a drunk/);
    await desk.press("Control+z");
    await desk.page.getByRole("button", { name: "Keep both" }).click();
    expect(await desk.text()).toMatch(/lay on its side.* the lid\. The lighthouse.*leaned like a drunk/);
  });

  test("has candidates one by one, each with its changes", async ({ desk }) => {
    await livelier(desk, 3);
    await expect(desk.panel).toContainText("1 of 3");
    await desk.page.getByRole("button", { name: "Next candidate" }).click();
    await expect(desk.panel).toContainText("2 of 3");
    await expect(desk.page.getByTestId("added").first()).toHaveText("had tipped over");
    await desk.press("Alt+ArrowUp");
    await expect(desk.panel).toContainText("1 of 3");
    await desk.press("Control+3");
    await expect(changes(desk).first()).toBeFocused();
    await desk.press("ArrowRight");
    await expect(desk.panel).toContainText("2 of 3");
    await desk.press("ArrowRight");
    await expect(desk.panel).toContainText("3 of 3");
    await desk.press("ArrowLeft");
    await expect(desk.panel).toContainText("2 of 3");
  });

  test("is mixed from several candidates by key, in the order they are picked", async ({ desk }) => {
    await livelier(desk, 2);
    const before = await desk.text();
    await desk.press("Alt+m");
    const sentences = desk.page.getByRole("group", { name: "Sentences to pick" }).getByRole("checkbox");
    await expect(sentences).toHaveCount(6);
    await expect(sentences.first()).toBeFocused();
    await desk.press("Space");
    await desk.press("ArrowDown");
    await desk.press("ArrowDown");
    await desk.press("ArrowRight");
    await desk.press("Space");
    await expect(desk.page.getByTestId("mixed")).toContainText("It had tipped over in the shingle");
    await desk.press("Backspace");
    await desk.press("ArrowUp");
    await desk.press("ArrowRight");
    await desk.press("Space");
    await sentences.nth(5).click();
    await expect(sentences.nth(5)).toHaveAttribute("aria-checked", "true");
    await expect(sentences.nth(5)).toContainText("3");
    await desk.hasNoBarriers();
    await desk.page.getByRole("button", { name: "Replace" }).click();
    const text = await desk.text();
    expect(text).toMatch(
      /^The lighthouse had been dark.*found the boat\. It leaned like a drunk.* lid\. It had tipped over.* lid\.\n\n/,
    );
    const origins = await desk.editor
      .locator(".made")
      .evaluateAll((made) => made.map((one) => one.getAttribute("data-candidate")));
    expect(origins).toEqual(["0", "1"]);
    await desk.press("Control+z");
    expect(await desk.text()).toBe(before);
    await expect(desk.page.getByTestId("mixed")).toContainText("It had tipped over");
  });

  test("is offered beside the page when its passage changed meanwhile", async ({ desk }) => {
    await livelier(desk);
    await desk.editor
      .locator("p")
      .first()
      .click({ position: { x: 60, y: 12 } });
    await desk.type("x");
    await expect(desk.panel).toContainText("The text changed meanwhile");
    await expect(desk.page.getByTestId("added")).toHaveCount(0);
    await expect(desk.editor).toBeFocused();
    await desk.press("Escape");
    await desk.is("idle");
  });

  test("asks for the language of a translation", async ({ desk }) => {
    await desk.openSample("pace=hold&model=chat");
    await desk.press("Shift+Home");
    await desk.press("Alt+t");
    const form = desk.page.getByRole("form", { name: "Ask the machine" });
    await form.getByRole("button", { name: "Ask", exact: true }).click();
    await expect(form).toContainText("Choose a language first.");
    await form.getByLabel("Into which language?").selectOption("German");
    await desk.hasNoBarriers();
    await form.getByRole("button", { name: "Ask", exact: true }).click();
    await desk.is("reading");
    expect((await desk.requests())[0]).toMatchObject({ action: { kind: "translate", language: "de" } });
    await desk.say();
    await expect(desk.ghost).toHaveText(/^Das Boot lag/);
    await desk.press("Escape");
    // Its variants are at hand, with the language that was chosen last.
    await desk.command("translate: close");
    await desk.is("reading");
    expect((await desk.requests())[1]).toMatchObject({ action: { variant: "close", language: "de" } });
  });
});
