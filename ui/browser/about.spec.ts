// What is said of a whole manuscript, its goals and progress, its summaries.
import { expect, test } from "./desk";
import type { Desk } from "./desk";

const screen = (desk: Desk) => desk.page.getByTestId("screen");
const field = (desk: Desk, name: string) => screen(desk).getByRole("textbox", { name, exact: true });
const tab = (desk: Desk, name: string) => screen(desk).getByRole("tab", { name });

async function opened(desk: Desk, name?: string) {
  await desk.press("Control+Shift+m");
  await expect(field(desk, "Title")).toBeVisible();
  if (name) await tab(desk, name).click();
}

test("what is said of a manuscript is kept, and the page is written so", async ({ desk }) => {
  await desk.openSample();
  await opened(desk);
  await field(desk, "Title").fill("The Lighthouse Year");
  await field(desk, "Author").fill("Ada Lovelace");
  await field(desk, "Synopsis").fill("A lamp goes out.");
  await field(desk, "Author’s note").fill("No magic.");
  const language = screen(desk).getByRole("combobox", { name: "Language it is written in" });
  await language.selectOption({ label: "Brazilian Portuguese" });
  await expect(desk.page.locator("[role=textbox][aria-multiline]")).toHaveAttribute("lang", "pt-BR");
  await language.selectOption({ label: "Another…" });
  await field(desk, "Language, as BCP 47 has it").fill("no tag");
  await expect(screen(desk)).toContainText("No language is called that.");
  await field(desk, "Language, as BCP 47 has it").fill("yi");
  await expect(screen(desk)).toContainText("Yiddish");
  await screen(desk).getByRole("combobox", { name: "Lines run" }).selectOption("from right to left");
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
  await expect(desk.editor).toHaveAttribute("dir", "rtl");
  await expect(desk.page.getByRole("heading", { level: 1 })).toHaveText("The Lighthouse Year");
  await desk.page.waitForFunction(() => localStorage.getItem("foolscap-fake")!.includes('"yi"'));
  await desk.page.reload();
  await expect(desk.editor).toHaveAttribute("lang", "yi");
  await opened(desk);
  await expect(field(desk, "Author")).toHaveValue("Ada Lovelace");
  await expect(field(desk, "Author’s note")).toHaveValue("No magic.");
});

test("a passage is added from the page, changed, put away and brought back", async ({ desk }) => {
  await desk.openSample();
  await desk.command("add the selection to the style");
  await desk.page.getByRole("button", { name: "Show" }).click();
  const passage = screen(desk).getByRole("article").first();
  await expect(passage.getByRole("textbox", { name: "Passage" })).toHaveValue(/Where did you get that/);
  await passage.getByRole("textbox", { name: "Called" }).fill("Dialogue");
  await passage.getByRole("checkbox", { name: "In use" }).uncheck();
  await passage.getByRole("button", { name: "Put away" }).click();
  await expect(screen(desk).getByRole("article")).toHaveCount(0);
  await screen(desk).getByRole("button", { name: "Undo" }).click();
  await expect(passage.getByRole("textbox", { name: "Called" })).toHaveValue("Dialogue");
  await expect(passage.getByRole("checkbox", { name: "In use" })).not.toBeChecked();
});

test("words are put on the list of right ones, and taken off it", async ({ desk }) => {
  await desk.open();
  await opened(desk, "Right words");
  const word = field(desk, "A word that is right");
  for (const one of ["Skerry", "grue"]) {
    await word.fill(one);
    await desk.press("Enter");
    await expect(word).toHaveValue("");
  }
  const list = screen(desk).getByRole("list", { name: "Right words" }).getByRole("listitem");
  await expect(list).toHaveCount(2);
  await screen(desk).getByRole("button", { name: "Take “grue” off the list" }).click();
  await expect(list).toHaveCount(1);
  await screen(desk).getByRole("button", { name: "Undo" }).click();
  await expect(list).toHaveCount(2);
});

test("goals are set, and progress is told in the status line and beside it", async ({ desk }) => {
  await desk.open();
  await opened(desk, "Goals");
  await screen(desk)
    .getByRole("spinbutton", { name: /Each day/ })
    .fill("5");
  await screen(desk)
    .getByRole("spinbutton", { name: /The whole manuscript/ })
    .fill("1000");
  await screen(desk).getByLabel(/^By/).fill("2099-01-01");
  await screen(desk).getByLabel(/^By/).blur();
  await expect(screen(desk)).toContainText("a day reaches the goal by January 1, 2099");
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
  await expect(desk.status).toContainText("0 today of 5");
  await desk.type("One two three four.");
  await expect(desk.status).toContainText("4 today of 5");
  await desk.press("Control+Shift+g");
  const box = desk.page.getByRole("dialog", { name: "Progress" });
  await expect(box).toContainText("4 of 5 words");
  await expect(box).toContainText("4 of 1,000 words");
  await expect(box.getByRole("img")).toHaveAttribute("aria-label", /4 in all/);
  await box.getByText("As a table").click();
  await expect(box.getByRole("row")).toHaveCount(2);
  await desk.hasNoBarriers();
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
  await expect(box).toHaveCount(0);
  await desk.type(" Five.");
  await expect(desk.status).toContainText("5 today of 5");
  await desk.status.getByRole("button", { name: /today/ }).click();
  await expect(box).toContainText("Reached.");
  await box.getByRole("button", { name: "Goals…" }).click();
  await expect(screen(desk).getByRole("spinbutton", { name: /Each day/ })).toHaveValue("5");
});

test("days in a row are told only where the writer wants them counted", async ({ desk }) => {
  await desk.open();
  await desk.type("One two.");
  await desk.saved();
  // Five words were written yesterday.
  await desk.page.evaluate(() => {
    const shelf = JSON.parse(localStorage.getItem("foolscap-fake")!);
    const yesterday = new Date();
    yesterday.setDate(yesterday.getDate() - 1);
    const day = yesterday.toLocaleDateString("sv");
    for (const about of Object.values<{ days: object[] }>(shelf.more.projects))
      about.days.push({ day, words: 5 });
    localStorage.setItem("foolscap-fake", JSON.stringify(shelf));
  });
  const box = desk.page.getByRole("dialog", { name: "Progress" });
  await desk.press("Control+Shift+g");
  await expect(box.getByRole("img")).toHaveAttribute("aria-label", /7 in all/);
  await expect(box).not.toContainText("in a row");
  await desk.press("Escape");
  await opened(desk, "Goals");
  const counts = screen(desk).getByRole("checkbox", { name: /Count days in a row/ });
  await expect(counts).not.toBeChecked();
  await counts.check();
  await desk.press("Escape");
  await desk.press("Control+Shift+g");
  await expect(box).toContainText("2 days in a row.");
  await desk.press("Escape");
  await opened(desk, "Goals");
  await counts.uncheck();
  await desk.press("Escape");
  await desk.press("Control+Shift+g");
  await expect(box.getByRole("img")).toBeVisible();
  await expect(box).not.toContainText("in a row");
});

test("the words of a selection are told, and characters beside the progress", async ({ desk }) => {
  await desk.open();
  await desk.type("Two words. Then four more.");
  await expect(desk.status).toContainText("5 words");
  await desk.press("Home");
  for (let i = 0; i < 9; i++) await desk.press("Shift+ArrowRight");
  await expect(desk.status).toContainText("2 of 5 words");
  await desk.status.getByRole("button", { name: "2 of 5 words" }).click();
  const box = desk.page.getByRole("dialog", { name: "Progress" });
  await expect(box).toContainText("Selected");
  await expect(box).toContainText("9 characters, 8 without spaces");
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
  await desk.press("End");
  await expect(desk.status).toContainText("5 words");
  await desk.press("Control+Shift+g");
  await expect(box).toContainText("26 characters, 22 without spaces");
});

test("scenes are summed up one after the other, with progress, and it can be undone", async ({ desk }) => {
  await desk.openSample();
  await desk.press("Control+Shift+n");
  await expect(desk.editor).toHaveText("");
  await desk.type("The second scene.");
  await desk.saved();
  await desk.command("sum up all scenes");
  const bar = screen(desk).getByRole("progressbar", { name: "Sum up the others" });
  await expect(bar).toBeVisible();
  await expect(screen(desk)).toContainText("0 of 2 scenes");
  await desk.say(3);
  const first = screen(desk).getByRole("textbox").first();
  await expect(first).toHaveValue("The keeper’s daughter");
  await desk.say();
  await expect(screen(desk)).toContainText("1 of 2 scenes");
  await expect(screen(desk)).toContainText("left");
  await screen(desk).locator(".all").getByRole("button", { name: "Stop" }).click();
  await expect(screen(desk)).toContainText("1 of 2 scenes have one that is up to date.");
  await expect(first).toHaveValue(/waits for her father\.$/);
  await expect(screen(desk)).toContainText("by Foolscap Starter");
  expect(
    await desk.page.evaluate(() =>
      window.__fake.machine.requests.map(({ selection }) => selection.length > 0),
    ),
  ).toEqual([true, true]);
  await first.fill("Mine.");
  await expect(screen(desk)).toContainText("by you");
  await screen(desk).getByRole("button", { name: "Sum up again" }).click();
  await desk.say();
  await expect(first).not.toHaveValue("Mine.");
  await screen(desk).getByRole("button", { name: "Undo" }).click();
  await expect(first).toHaveValue("Mine.");
});

test("a summary is stale once its scene has changed, and the author may say that it still holds", async ({
  desk,
}) => {
  await desk.openSample();
  await desk.command("sum up this scene");
  const card = desk.page.getByRole("complementary", { name: "Card of the scene" });
  await desk.say();
  await expect(card.getByRole("textbox", { name: "Summary" })).toHaveValue(/brass box/);
  await desk.press("Control+2");
  await desk.type(" More.");
  await desk.saved();
  await expect(card).toContainText("The scene has changed since.");
  await card.getByRole("button", { name: "It still holds" }).click();
  await expect(card).not.toContainText("The scene has changed since.");
});

const TABS = ["The book", "Goals", "Style", "Right words", "Summaries"];

for (const name of TABS) {
  test(`“${name}” has no barriers`, async ({ desk }) => {
    await desk.openSample();
    await desk.command("add the selection to the style");
    await opened(desk, name);
    await expect(tab(desk, name)).toHaveAttribute("aria-selected", "true");
    await desk.hasNoBarriers();
  });
}

test("its parts are walked by arrows, in a narrow window too", async ({ desk }) => {
  await desk.page.setViewportSize({ width: 480, height: 800 });
  await desk.openSample();
  await opened(desk);
  await expect(tab(desk, "The book")).toBeFocused();
  await desk.press("ArrowRight");
  await expect(tab(desk, "Goals")).toBeFocused();
  await desk.hasNoBarriers();
});

test("it has no barriers from right to left", async ({ desk }) => {
  await desk.openSample();
  await opened(desk);
  await desk.look({ language: "العربية" });
  await expect(desk.page.locator("html")).toHaveAttribute("dir", "rtl");
  await desk.hasNoBarriers();
});
