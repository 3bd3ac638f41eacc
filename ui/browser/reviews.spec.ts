// Critique and check: notes in the margin, each at its passage.
import { type Desk, expect, test } from "./desk";

const section = (desk: Desk) => desk.page.getByRole("region", { name: "Margin notes" });
const notes = (desk: Desk) => section(desk).getByRole("option");
const marks = (desk: Desk) => desk.editor.locator("mark.passage");
const selected = (desk: Desk) => desk.page.evaluate(() => String(document.getSelection()));

const say = (desk: Desk, count?: number) =>
  desk.page.evaluate((count) => window.__fake.reviews.say(count ?? Infinity), count);

async function critique(desk: Desk, keys = "Alt+c") {
  await desk.openSample("pace=hold&model=chat");
  await desk.press(keys);
  await expect(section(desk)).toBeVisible();
  await expect(desk.page.getByTestId("reviewing")).toBeVisible();
  await say(desk);
}

test.describe("a critique", () => {
  test("comes note by note, each marked at the words it is about; what quotes other words is counted", async ({
    desk,
  }) => {
    await desk.openSample("pace=hold&model=chat");
    await desk.press("Alt+c");
    await expect(desk.page.getByTestId("reviewing")).toContainText("reading");
    await say(desk, 1);
    await expect(notes(desk)).toHaveCount(1);
    await expect(marks(desk)).toHaveText(["dry as a bone"]);
    await say(desk);
    await expect(notes(desk)).toHaveCount(3);
    await expect(marks(desk)).toHaveCount(3);
    await expect(notes(desk).nth(0)).toContainText("Worn phrase.");
    await expect(desk.page.getByTestId("discarded")).toContainText("1 note was discarded");
    await expect(desk.page.getByTestId("said")).toContainText("3 notes.");
    await desk.hasNoBarriers();
  });

  test("is walked with the arrow keys, and Enter goes to the passage", async ({ desk }) => {
    await critique(desk);
    await expect(section(desk).getByRole("listbox")).toBeFocused();
    await expect(notes(desk).nth(0)).toHaveAttribute("aria-selected", "true");
    await expect(desk.editor.locator("mark.current")).toHaveText("dry as a bone");
    await desk.press("ArrowDown");
    await expect(notes(desk).nth(1)).toHaveAttribute("aria-selected", "true");
    await expect(desk.editor.locator("mark.current")).toHaveText("her own name scratched upon the lid");
    await desk.press("Enter");
    await expect(desk.editor).toBeFocused();
    expect(await selected(desk)).toBe("her own name scratched upon the lid");
    // And back to the notes; once more, and they are put away.
    await desk.press("Alt+n");
    await expect(section(desk).getByRole("listbox")).toBeFocused();
    await desk.press("Alt+n");
    await expect(section(desk)).toHaveCount(0);
    await expect(marks(desk)).toHaveCount(0);
    await expect(desk.editor).toBeFocused();
  });

  test("has notes that are dismissed, and come back by undo", async ({ desk }) => {
    await critique(desk);
    const before = await desk.text();
    await desk.press("Delete");
    await expect(notes(desk)).toHaveCount(2);
    await expect(marks(desk)).toHaveCount(2);
    await desk.press("Control+z");
    await expect(notes(desk)).toHaveCount(3);
    await desk.press("Control+Shift+z");
    await expect(notes(desk)).toHaveCount(2);
    // Also from the page, as long as nothing was written since; then Ctrl+Z is the text's again.
    await desk.press("Delete");
    await expect(notes(desk)).toHaveCount(1);
    await desk.press("Control+2");
    await desk.press("Control+z");
    await expect(notes(desk)).toHaveCount(2);
    await desk.press("Control+End");
    await desk.type(" so");
    await desk.press("Control+z");
    await expect(notes(desk)).toHaveCount(2);
    expect(await desk.text()).toBe(before);
  });

  test("moves with the text, and is there after a restart", async ({ desk }) => {
    await critique(desk);
    await desk.press("Control+2");
    await desk.press("Control+Home");
    await desk.type("It was Monday. ");
    await expect(marks(desk).first()).toHaveText("dry as a bone");
    await desk.editor.getByText("dry as a bone").click();
    await expect(notes(desk).nth(0)).toHaveAttribute("aria-selected", "true");
    await desk.text();
    await desk.reload();
    await expect(section(desk)).toHaveCount(0);
    await desk.press("Alt+n");
    await expect(notes(desk)).toHaveCount(3);
    await expect(marks(desk)).toHaveCount(3);
  });

  test("is stopped by Esc and keeps what came, and the notes from before when nothing did", async ({
    desk,
  }) => {
    await critique(desk);
    await desk.press("Alt+c");
    await expect(desk.page.getByTestId("reviewing")).toBeVisible();
    await expect(section(desk).getByRole("listbox")).toBeFocused();
    await desk.press("Escape");
    await expect(desk.page.getByTestId("reviewing")).toHaveCount(0);
    await expect(notes(desk)).toHaveCount(3);
    await desk.press("Escape");
    await expect(section(desk)).toHaveCount(0);
    await expect(desk.editor).toBeFocused();
  });

  test("is of what is selected, in the way that is asked for", async ({ desk }) => {
    await desk.openSample("pace=hold&model=chat");
    await desk.press("Control+Shift+Home");
    await desk.command("Critique: The voices");
    await desk.page.waitForFunction(() => window.__fake.reviews.requests.length > 0);
    const [request] = await desk.page.evaluate(() => window.__fake.reviews.requests);
    expect(request).toMatchObject({ action: { kind: "critique", variant: "voices" }, before: "" });
    expect(request!.selection).toContain("dark for eleven days");
  });

  test("of a model that follows no instructions names those that can", async ({ desk }) => {
    await desk.openSample();
    await desk.press("Alt+c");
    await expect(section(desk)).toContainText("only carries texts on and follows no instructions");
    await expect(section(desk)).toContainText("Qwen3 1.7B");
    await desk.hasNoBarriers();
    await section(desk).getByRole("button", { name: "Models…" }).click();
    await expect(desk.page.getByTestId("models")).toContainText("Qwen3 1.7B");
  });
});

test.describe("a check", () => {
  test("shows contradictions first, with both passages; one that is meant so is remembered", async ({
    desk,
  }) => {
    await critique(desk, "Alt+v");
    await expect(notes(desk)).toHaveCount(3);
    await expect(notes(desk).nth(0)).toContainText("dark for eleven days");
    await expect(notes(desk).nth(0)).toContainText("Skerry Light: “dark since the seventh of March”");
    await expect(section(desk).getByRole("group", { name: "Contradicts what is known" })).toBeVisible();
    await desk.press("i");
    await desk.type("They count from the wreck.");
    await desk.press("Enter");
    const meant = section(desk).getByRole("group", { name: "Contradicts, and is meant so" });
    await expect(meant).toContainText("Meant so: They count from the wreck.");
    await expect(section(desk).getByRole("listbox")).toBeFocused();
    await desk.hasNoBarriers();
    // The next check knows it.
    await desk.press("Alt+v");
    await expect(desk.page.getByTestId("reviewing")).toBeVisible();
    await say(desk);
    await expect(meant).toContainText("They count from the wreck.");
    // And it can be taken back, by undo or by the same key.
    await desk.press("End");
    await desk.press("i");
    await expect(meant).toHaveCount(0);
    await desk.press("Control+z");
    await expect(meant).toHaveCount(1);
  });
});
