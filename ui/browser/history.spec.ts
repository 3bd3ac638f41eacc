import { expect, test } from "./desk";
import type { Desk } from "./desk";

const view = (desk: Desk) => desk.page.getByRole("main", { name: "History" });
const states = (desk: Desk) => view(desk).getByRole("listbox").getByRole("option");
const past = (desk: Desk, text: string, minutes: number) =>
  desk.page.evaluate(([text, minutes]) => window.__fake.history.past(1, text as string, minutes as number), [
    text,
    minutes,
  ] as const);

/** Takes a snapshot of the scene by keys. */
async function snapshot(desk: Desk, name: string) {
  await desk.press("Control+Alt+s");
  await expect(desk.page.getByRole("textbox", { name: "Name" })).toBeFocused();
  await desk.type(name);
  await desk.press("Enter");
  await expect(desk.page.getByRole("status").filter({ hasText: `“${name}”` })).toBeVisible();
}

test.describe("the history of a scene", () => {
  test("says how states come to be kept as long as there are none", async ({ desk }) => {
    await desk.open();
    await desk.press("Control+Alt+h");
    await expect(view(desk)).toContainText("no earlier state");
    await expect(view(desk)).toContainText("Ctrl+Alt+S");
    await desk.hasNoBarriers();
    await desk.press("Escape");
    await expect(desk.editor).toBeFocused();
  });

  test("shows what has changed, brings a state back, and that is undone", async ({ desk }) => {
    await desk.open();
    await desk.type("It was dark. Nobody spoke.");
    await snapshot(desk, "first night");
    await expect(desk.editor).toBeFocused();
    await desk.press("Control+End");
    await desk.type(" The lamp was lit.");
    await desk.saved();
    await desk.press("Control+Alt+h");
    await expect(states(desk)).toHaveCount(1);
    await expect(states(desk).first()).toContainText("first night");
    await expect(view(desk).locator("ins")).toHaveText(" The lamp was lit.");
    await expect(view(desk)).toContainText("4 words added, 0 removed");
    await desk.hasNoBarriers();
    await view(desk).getByRole("button", { name: "Bring this state back" }).click();
    await expect(view(desk)).toContainText("Nothing has changed between these two.");
    await expect(desk.editor).toHaveText("It was dark. Nobody spoke.");
    // What was there before is kept.
    await expect(states(desk)).toHaveCount(2);
    await expect(states(desk).first()).toContainText("Before another state came back");
    await view(desk).getByRole("button", { name: "Undo" }).click();
    await expect(desk.editor).toHaveText("It was dark. Nobody spoke. The lamp was lit.");
    await desk.press("Escape");
    await expect(desk.editor).toBeFocused();
    await desk.type("!");
    await desk.saved();
    await desk.page.reload();
    await expect(desk.editor).toContainText("lit.");
  });

  test("is walked by keys, compared with any state, inline, side by side and as it was", async ({ desk }) => {
    await desk.open();
    const middle = Array.from({ length: 12 }, (_, at) => `Paragraph ${at} stays as it is.`).join("\n\n");
    await past(desk, `The sea was grey.\n\n${middle}\n\nShe went out.`, 60 * 24 * 40);
    await past(desk, `The sea was green.\n\n${middle}\n\nShe went out at night.`, 60 * 26);
    await desk.paste(`The sea was green and wide.\n\n${middle}\n\nShe went out at night.`);
    await desk.saved();
    await desk.press("Control+Alt+h");
    await expect(states(desk)).toHaveCount(2);
    await states(desk).first().focus();
    await desk.press("ArrowDown");
    await expect(states(desk).nth(1)).toBeFocused();
    await expect(states(desk).nth(1)).toHaveAttribute("aria-selected", "true");
    await expect(view(desk).locator("del").first()).toHaveText("grey");
    await expect(view(desk).getByRole("button", { name: /paragraphs unchanged/ })).toBeVisible();
    await desk.press("Alt+ArrowDown");
    await desk.press("Alt+ArrowDown");
    await expect(view(desk).getByText("Change 2 of 2")).toBeAttached();
    await view(desk)
      .getByRole("button", { name: /paragraphs unchanged/ })
      .click();
    await expect(view(desk)).toContainText("Paragraph 6 stays");
    await view(desk).getByLabel("Compare with").selectOption({ index: 2 });
    await expect(view(desk).locator("ins").first()).toHaveText("green");
    await view(desk).getByText("Side by side").click();
    await expect(view(desk).locator(".pair").first()).toBeVisible();
    const heads = view(desk).locator(".heads p");
    await expect(heads).toHaveCount(2);
    await expect(heads.last()).toHaveText(/\d/);
    await view(desk).getByLabel("Compare with").selectOption("present");
    await expect(heads.last()).toHaveText("Now");
    await expect(heads.first()).toHaveText((await view(desk).locator("h2").last().textContent())!);
    await desk.hasNoBarriers();
    await view(desk).getByText("As it was").click();
    await expect(view(desk).locator(".prose")).toContainText("The sea was grey.");
    await desk.hasNoBarriers();
  });

  test("gives a state a name and takes it away", async ({ desk }) => {
    await desk.open();
    await past(desk, "Before.", 10);
    await desk.type("After.");
    await desk.saved();
    await desk.press("Control+Alt+h");
    await view(desk).getByRole("button", { name: "Name it…" }).click();
    await desk.type("as sent");
    await desk.press("Enter");
    await expect(states(desk).first()).toContainText("as sent");
    await view(desk).getByRole("button", { name: "Rename…" }).click();
    await desk.press("Delete");
    await desk.press("Enter");
    await expect(states(desk).first()).toContainText("While writing");
  });

  test("keeps the whole manuscript under one name, and follows the tree", async ({ desk }) => {
    await desk.open();
    await desk.type("One.");
    await desk.press("Control+Shift+n");
    await expect(desk.editor).toHaveText("");
    await desk.type("Two.");
    await desk.press("Control+Alt+Shift+s");
    await desk.type("for the editor");
    await desk.press("Enter");
    await expect(desk.page.getByRole("status").filter({ hasText: "2 scenes are kept" })).toBeVisible();
    await desk.press("Control+Alt+h");
    await expect(states(desk)).toHaveCount(1);
    await desk.page.getByRole("treeitem", { name: /One/ }).click();
    await expect(view(desk).locator("header")).toContainText("One.");
    await expect(states(desk)).toHaveCount(1);
  });

  test("is there in the dark, in a narrow window and from right to left", async ({ desk }) => {
    await desk.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await desk.page.setViewportSize({ width: 480, height: 760 });
    await desk.open();
    await past(desk, "It was dark.", 10);
    await desk.type("It was light.");
    await desk.saved();
    await desk.press("Control+Alt+h");
    await expect(view(desk).locator("ins")).toHaveText("light");
    await desk.hasNoBarriers();
    const wide = await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
});

test.describe("who wrote what", () => {
  /** A page with the sample, and words of the machine that were taken. */
  async function withMachine(desk: Desk) {
    await desk.openSample();
    await desk.continue();
    await desk.press("Tab");
    await desk.saved();
  }

  test("is told for the words at the cursor, with how they came to be", async ({ desk }) => {
    await withMachine(desk);
    await desk.press("ArrowLeft");
    await desk.press("Alt+w");
    const dialog = desk.page.getByRole("dialog", { name: "Who wrote this?" });
    await expect(dialog).toContainText("The machine wrote this");
    await expect(dialog).toContainText("Foolscap Starter");
    await expect(dialog).toContainText("version 1");
    await expect(dialog.getByText("Seed")).toBeVisible();
    await dialog.getByText("As the model wrote it").click();
    await expect(dialog.locator(".whole")).toContainText("the voice he used for weather");
    await desk.hasNoBarriers();
    await desk.press("Escape");
    await expect(desk.editor).toBeFocused();
    await desk.toBeginning();
    await desk.press("Alt+w");
    await expect(dialog).toContainText("You wrote this");
    await desk.press("Escape");
    await expect(dialog).toHaveCount(0);
    await desk.toBeginning();
    await desk.press("Control+a");
    await desk.press("Alt+w");
    await expect(dialog.locator("section")).toHaveCount(2);
  });

  test("is counted by chapter and scene, and saved for others", async ({ desk }) => {
    await withMachine(desk);
    await desk.press("Control+Alt+w");
    const report = desk.page.getByRole("main", { name: "Who wrote what" });
    await expect(report).toContainText(/\d+ words of \d+ came from a machine/);
    await expect(report.getByRole("row").filter({ hasText: "The lighthouse" })).toContainText("%");
    await expect(report).toContainText("Foolscap Starter, prompt continue, version 1");
    await desk.hasNoBarriers();
    await report.getByRole("button", { name: "Save as JSON…" }).click();
    await expect(report.getByRole("status")).toContainText("/home/ada/who wrote what.json");
    const files = await desk.page.evaluate(() => window.__fake.authorship.files);
    expect(files).toEqual([{ file: "/home/ada/who wrote what.json", format: "json" }]);
    await report.getByRole("button", { name: "The lighthouse" }).click();
    await expect(desk.editor).toBeFocused();
  });

  test("is all the writer's where nothing was taken", async ({ desk }) => {
    await desk.open();
    await desk.type("Mine alone.");
    await desk.press("Control+Alt+w");
    await expect(desk.page.getByRole("main", { name: "Who wrote what" })).toContainText(
      "You wrote all 2 words",
    );
  });

  test("is underlined in an earlier state too", async ({ desk }) => {
    await withMachine(desk);
    await desk.press("Control+Alt+s");
    await desk.press("Enter");
    await desk.press("Control+Alt+h");
    await view(desk).getByText("As it was").click();
    const made = view(desk).locator(".made");
    await expect(made).toContainText("the voice he used for weather");
    await expect(made).toHaveCSS("border-bottom-style", "dotted");
  });
});
