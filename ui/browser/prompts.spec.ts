import { expect, test } from "./desk";
import type { Desk } from "./desk";

const screen = (desk: Desk) => desk.page.getByTestId("screen");
const list = (desk: Desk) => screen(desk).getByRole("navigation", { name: "What there is" });
const editor = (desk: Desk) => screen(desk).getByRole("textbox", { name: "Text of the prompt" });
const rendered = (desk: Desk) => screen(desk).getByTestId("rendered");

/** All of the text, of which the editor draws what is seen. */
const written = (desk: Desk) => desk.page.evaluate(() => window.__desk.workbench.editing.source);

/** The workbench with a prompt open. */
async function opened(desk: Desk, name: string, query = "pace=hold") {
  await desk.openSample(query);
  await desk.press("Control+Alt+p");
  await list(desk).getByRole("button", { name }).first().click();
  await expect(editor(desk)).toBeVisible();
}

test.describe("prompts", () => {
  test("are listed by action, read, and say what they would send", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+Alt+p");
    await expect(screen(desk)).toContainText("A prompt is the text around yours");
    await expect(desk.page.getByRole("tree")).toHaveCount(0);
    await desk.page.getByRole("button", { name: "Manuscripts" }).click();
    await expect(desk.page.getByRole("tree")).toBeVisible();
    await desk.page.getByRole("button", { name: "Manuscripts" }).click();
    await desk.hasNoBarriers();
    await list(desk).getByRole("button", { name: "Continue" }).click();
    await expect(editor(desk)).toContainText('name = "Continue"');
    await expect(rendered(desk)).toContainText("<|im_start|>system");
    await expect(rendered(desk)).toContainText("“Where did you get that?” he asked,");
    await expect(screen(desk)).toContainText(/\d+ of 1,024 tokens/);
    await desk.hasNoBarriers();
    await desk.press("Escape");
    await expect(desk.editor).toBeFocused();
    await expect(desk.page.getByRole("tree")).toBeVisible();
  });

  test("that came are forked, saved version by version, compared and brought back", async ({ desk }) => {
    await opened(desk, "Continue");
    await desk.press("Control+Alt+f");
    const dialog = desk.page.getByRole("dialog", { name: "Save as a prompt of your own" });
    await expect(dialog).toContainText("stays as it is");
    await dialog.getByRole("textbox", { name: "Name" }).fill("continue");
    await expect(dialog).toContainText("called that already");
    await dialog.getByRole("textbox", { name: "Name" }).fill("Mine");
    await dialog.getByRole("textbox", { name: "What is new in it" }).fill("As it came");
    await desk.hasNoBarriers();
    await desk.press("Enter");
    await expect(screen(desk).getByRole("heading", { name: "Mine", level: 1 })).toBeVisible();
    await expect(editor(desk)).toContainText('name = "Mine"');
    await editor(desk).click();
    await desk.press("Control+End");
    await desk.type("Be brief.");
    await expect(screen(desk)).toContainText("changed, not saved as a version");
    await desk.press("Control+s");
    await desk.type("Shorter");
    await desk.press("Enter");
    await expect(screen(desk)).toContainText("Saved as mine v2");
    await desk.press("Control+Alt+c");
    await expect(screen(desk).locator("ins")).toContainText("Be brief.");
    await desk.hasNoBarriers();
    const versions = screen(desk).getByRole("list", { name: "Versions" }).getByRole("button");
    await expect(versions).toHaveCount(2);
    await expect(versions.first()).toContainText("made of mine v1");
    await versions.nth(1).click();
    await expect(editor(desk)).not.toContainText("Be brief.");
    await desk.press("Control+Alt+r");
    await expect(versions).toHaveCount(3);
    await expect(versions.first()).toContainText("The text of mine v1 again");
  });

  test("are used here or everywhere, and that is undone", async ({ desk }) => {
    await opened(desk, "My continue", "pace=hold&workbench=full");
    await desk.press("Control+Alt+u");
    await expect(screen(desk)).toContainText("my continue v3 is used everywhere now");
    await expect(list(desk).getByRole("button", { name: "My continue" })).toContainText("v3 in use");
    await screen(desk).getByRole("button", { name: "Undo" }).click();
    await expect(list(desk).getByRole("button", { name: "My continue" })).not.toContainText("in use");
    await desk.press("Control+Alt+Shift+u");
    await expect(screen(desk)).toContainText("“The Brass Box” uses my continue v3 now");
    await desk.command("Use what came with Foolscap again");
    await expect(screen(desk)).toContainText("What came with Foolscap is used again");
  });

  test("say what is wrong in which line, complete words, and let Tab leave", async ({ desk }) => {
    await opened(desk, "My continue", "pace=hold&workbench=full");
    await editor(desk).click();
    await desk.press("Control+End");
    await desk.type("{{ ins");
    const words = desk.page.getByRole("listbox", { name: "What can be written here" });
    await words.getByRole("option", { name: "instruction" }).click();
    await expect(editor(desk)).toContainText("{{ instruction");
    await desk.press("Control+End");
    await desk.type("\n{{ nobody }}");
    await expect(screen(desk)).toContainText("There is no variable “nobody”.");
    await expect(screen(desk).locator(".cm-lintRange-error").first()).toBeVisible();
    await expect(screen(desk)).toContainText("cannot be told just now");
    await desk.hasNoBarriers();
    await screen(desk).getByRole("button", { name: "Go to the line" }).click();
    await expect(editor(desk)).toBeFocused();
    await desk.press("Tab");
    await expect(editor(desk)).not.toBeFocused();
  });

  test("keep what is written through a reload, and throwing it away is undone", async ({ desk }) => {
    await opened(desk, "My continue", "pace=hold&workbench=full");
    await editor(desk).click();
    await desk.press("Control+End");
    await desk.type("Never lost.");
    await expect(screen(desk)).toContainText("kept as a draft");
    await list(desk).getByRole("button", { name: "Rewrite" }).click();
    await expect(editor(desk)).toContainText('name = "Rewrite"');
    await desk.reload();
    await desk.press("Control+Alt+p");
    await list(desk).getByRole("button", { name: "My continue" }).click();
    await expect.poll(() => written(desk)).toContain("Never lost.");
    await screen(desk).getByRole("button", { name: "Throw the changes away" }).click();
    await expect.poll(() => written(desk)).not.toContain("Never lost.");
    await screen(desk).getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => written(desk)).toContain("Never lost.");
  });

  test("show where a long text was cut, and go out and in by folders", async ({ desk }) => {
    await desk.openSample();
    await desk.paste("The sea came up the steps and went down again, as it had all year. ".repeat(60));
    await desk.saved();
    await desk.press("Control+Alt+p");
    await list(desk).getByRole("button", { name: "Continue" }).click();
    await expect(rendered(desk).locator(".cut")).toHaveText("The text’s beginning was cut here");
    await expect(screen(desk)).toContainText("Left out of the story before");
    await desk.command("Export this prompt");
    await expect(screen(desk)).toContainText("/home/ada/prompts");
    await desk.command("Import a folder of prompts");
    await expect(screen(desk).getByRole("heading", { name: "Sharp tongues" })).toBeVisible();
    await desk.press("Control+Alt+a");
    await expect(screen(desk)).toContainText("“Sharp tongues” put away.");
    await list(desk).getByText("Put away: 1").click();
    await list(desk)
      .getByRole("button", { name: /Sharp tongues/ })
      .click();
    await expect(list(desk).getByRole("button", { name: "Sharp tongues" })).toBeVisible();
  });

  test("are tried on passages of one’s own", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+Alt+p");
    await list(desk).getByRole("button", { name: "New set of passages" }).click();
    const name = screen(desk).getByRole("textbox", { name: "Name of the set" });
    await name.fill("Openings");
    await desk.press("Enter");
    await expect(list(desk).getByRole("button", { name: /Openings/ })).toContainText("1");
    await screen(desk).getByRole("button", { name: "Read a file (CSV, JSONL)…" }).click();
    await expect(screen(desk).getByRole("listitem")).toHaveCount(3);
    await screen(desk).getByText("The carriage", { exact: true }).click();
    await screen(desk).getByRole("textbox", { name: "Title" }).first().fill("A carriage");
    await desk.press("Tab");
    await desk.hasNoBarriers();
    await screen(desk).getByRole("button", { name: "Take it out" }).click();
    await expect(screen(desk).getByRole("listitem")).toHaveCount(2);
    await screen(desk).getByRole("button", { name: "Undo" }).click();
    await expect(screen(desk).getByRole("listitem")).toHaveCount(3);
    await list(desk).getByRole("button", { name: "Continue" }).click();
    await screen(desk).getByLabel("Tried on").selectOption({ label: "A carriage" });
    await expect(rendered(desk)).toContainText("The train stopped where there was no station");
  });

  test("have variables of their own, which are completed, and filled in by files and by hand", async ({
    desk,
  }) => {
    await opened(desk, "My continue", "pace=hold&workbench=full");
    await desk.page.evaluate(() => {
      const { editing } = window.__desk.workbench;
      const table = '[[variables]]\nname = "mood"\nabout = "How it feels."\ndefault = "calm"\n';
      editing.write(editing.source.replace("+++\n\n# System", `${table}+++\n\n# System`));
    });
    await editor(desk).click();
    await desk.press("Control+End");
    await desk.type("{{ mo");
    const words = desk.page.getByRole("listbox", { name: "What can be written here" });
    await words.getByRole("option", { name: "mood" }).click();
    await desk.type(" ");
    await expect(rendered(desk)).toContainText("calm");
    await list(desk)
      .getByRole("button", { name: /Openings/ })
      .click();
    await screen(desk).getByRole("button", { name: "Read a file (CSV, JSONL)…" }).click();
    await screen(desk).getByText("The carriage", { exact: true }).click();
    const own = screen(desk)
      .getByRole("group", { name: "Variables of the prompt’s own" })
      .getByRole("textbox", { name: "mood How it feels." })
      .filter({ visible: true });
    await expect(own).toHaveValue("uneasy");
    await screen(desk).getByText("The brass box", { exact: true }).click();
    await expect(own.first()).toHaveAttribute("placeholder", "calm");
    await own.first().fill("bleak");
    await desk.press("Tab");
    await desk.hasNoBarriers();
    await list(desk).getByRole("button", { name: "My continue" }).click();
    const passage = screen(desk).getByLabel("Tried on");
    await passage.selectOption({ label: "The brass box" });
    await expect(rendered(desk)).toContainText("bleak");
    await passage.selectOption({ label: "The carriage" });
    await expect(rendered(desk)).toContainText("uneasy");
    await passage.selectOption({ label: "The door" });
    await expect(rendered(desk)).toContainText("calm");
  });

  test("are tried on a place that was kept from the page", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Control+Alt+n");
    await expect(desk.page.getByRole("status").filter({ hasText: "Added to “Passages”" })).toBeVisible();
    await expect(desk.editor).toBeFocused();
    await desk.press("Control+Alt+n");
    await desk.page.getByRole("button", { name: "See it" }).click();
    await expect(screen(desk).getByRole("listitem")).toHaveCount(2);
    await desk.hasNoBarriers();
  });

  test("say what was written since a version", async ({ desk }) => {
    await opened(desk, "My continue", "pace=hold&workbench=full");
    await editor(desk).click();
    await desk.press("Control+End");
    await desk.type("Be brief.");
    await expect(screen(desk)).toContainText("kept as a draft");
    await screen(desk).getByRole("tab", { name: "Versions" }).click();
    await expect(screen(desk).locator(".lines ins")).toContainText("Be brief.");
    await desk.hasNoBarriers();
    await desk.press("ArrowLeft");
    await expect(rendered(desk)).toContainText("Be brief.");
  });

  test("wait for a model that is loading, and say what it would be sent as soon as it is there", async ({
    desk,
  }) => {
    await opened(desk, "Continue", "pace=hold&model=loading");
    await expect(screen(desk)).toContainText("still loading");
    await desk.page.evaluate(() => window.__fake.setModel("starter"));
    await expect(rendered(desk)).toContainText("he asked,");
  });

  test("are only read where the library can only be read", async ({ desk }) => {
    await desk.openSample("pace=hold&workbench=full");
    await desk.page.goto("/?pace=hold&readonly");
    await expect(desk.page.getByTestId("saved")).toHaveText("Read only");
    await expect(desk.editor).toContainText("he asked,");
    await desk.press("Control+Alt+p");
    await list(desk).getByRole("button", { name: "My continue" }).click();
    await expect(screen(desk).getByRole("button", { name: "Save version…" })).toBeDisabled();
    await editor(desk).click();
    await desk.type("No.");
    await expect(editor(desk)).not.toContainText("No.");
    await desk.hasNoBarriers();
  });

  test("are there in the dark, in a narrow window and from right to left", async ({ desk }) => {
    await desk.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await desk.page.setViewportSize({ width: 700, height: 800 });
    await opened(desk, "My continue", "pace=hold&workbench=full");
    await expect(rendered(desk)).toBeAttached();
    await desk.hasNoBarriers();
    const wide = await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await desk.command("language: العربية");
    await expect(desk.page.getByRole("heading", { name: "المطالبات والتجارب" })).toBeVisible();
    await desk.hasNoBarriers();
  });
});
