// The card of a scene, beside the page.
import { expect, test } from "./desk";
import type { Desk } from "./desk";

const card = (desk: Desk) => desk.page.getByRole("complementary", { name: "Card of the scene" });
const field = (desk: Desk, name: string) => card(desk).getByRole("textbox", { name });

/** Two scenes, One and Two; One is open. */
async function withTwo(desk: Desk) {
  await desk.open();
  await desk.type("One.");
  await desk.press("Control+Shift+n");
  await expect(desk.editor).toHaveText("");
  await expect(desk.editor).toBeFocused();
  await desk.type("Two.");
  await desk.press("Alt+PageUp");
  await expect(desk.editor).toHaveText("One.");
  await desk.saved();
}

test("it is gone to and left by key, and keeps what is typed", async ({ desk }) => {
  await withTwo(desk);
  await desk.press("Control+4");
  await expect(field(desk, "Synopsis")).toBeFocused();
  await desk.type("They meet.");
  await field(desk, "Notes to self").fill("At night?");
  await card(desk).getByText("Revised").click();
  await expect(desk.page.getByRole("treeitem", { name: /^One.*Revised/ })).toBeVisible();
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
  await expect(card(desk)).toBeVisible();
  await desk.page.waitForFunction(() => {
    const shelf = JSON.parse(localStorage.getItem("foolscap-fake")!) as {
      scenes: { card: { notes: string } }[];
    };
    return shelf.scenes[0]!.card.notes === "At night?";
  });
  await desk.page.reload();
  await expect(field(desk, "Synopsis")).toHaveValue("They meet.");
  await expect(field(desk, "Notes to self")).toHaveValue("At night?");
  await expect(card(desk).getByRole("radio", { name: "Revised" })).toBeChecked();
  await desk.press("Control+4");
  await expect(field(desk, "Synopsis")).toBeFocused();
  await desk.press("Control+4");
  await expect(desk.editor).toBeFocused();
});

test("nothing of it is lost when another scene is turned to, or the window closed, in the middle of a word", async ({
  desk,
}) => {
  await withTwo(desk);
  await desk.press("Control+4");
  await desk.type("half a th");
  await desk.press("Alt+PageDown");
  await expect(desk.editor).toHaveText("Two.");
  await expect(field(desk, "Synopsis")).toHaveValue("");
  await desk.press("Control+4");
  await desk.type("of two");
  expect(await desk.page.evaluate(() => window.__fake.closing!())).toBe(true);
  await desk.page.reload();
  await expect(field(desk, "Synopsis")).toHaveValue("of two");
  await desk.press("Alt+PageUp");
  await expect(field(desk, "Synopsis")).toHaveValue("half a th");
});

test("it says that the library cannot take it, shows it all the same, and tries again", async ({ desk }) => {
  await withTwo(desk);
  await desk.page.evaluate(() => void (window.__fake.library.failCards = 2));
  await desk.press("Control+4");
  await desk.type("kept");
  await expect(desk.page.getByRole("alert")).toContainText("saving is tried again");
  await desk.press("Alt+PageDown");
  await expect(desk.editor).toHaveText("Two.");
  await desk.press("Alt+PageUp");
  await expect(field(desk, "Synopsis")).toHaveValue("kept");
  await expect(desk.page.getByRole("alert")).toHaveCount(0);
  await desk.page.reload();
  await expect(field(desk, "Synopsis")).toHaveValue("kept");
});

test("chapters have a synopsis too, from the tree's menu and beside their scenes", async ({ desk }) => {
  await withTwo(desk);
  await desk.command("new chapter");
  await desk.type("Chapter");
  await desk.press("Enter");
  const chapter = desk.page.getByRole("treeitem", { name: /^Chapter/ });
  await chapter.click({ button: "right" });
  await desk.page.getByRole("menuitem", { name: "Synopsis and notes" }).click();
  const told = desk.page.getByRole("textbox", { name: "Chapter “Chapter”" });
  await expect(told).toBeFocused();
  await desk.type("The lamp fails.");
  await expect(chapter).toHaveAttribute("title", "The lamp fails.");
  await desk.page.getByRole("button", { name: "Back to the scene on the page" }).click();
  await expect(told).toHaveValue("The lamp fails.");
  await expect(field(desk, "Synopsis")).toHaveValue("");
});

test("a suggestion goes before it", async ({ desk }) => {
  await desk.openSample();
  await desk.press("Control+4");
  await desk.press("Escape");
  await desk.continue();
  await desk.is("pending");
  await expect(desk.panel).toBeVisible();
  await expect(card(desk)).toBeHidden();
  await desk.press("Tab");
  await expect(card(desk)).toBeVisible();
});

test("its status is a command", async ({ desk }) => {
  await withTwo(desk);
  await desk.command("status of the scene: done");
  await expect(desk.page.getByRole("treeitem", { name: /^One.*Done/ })).toBeVisible();
});

test("it has no barriers, beside the page and below it", async ({ desk }) => {
  await desk.open();
  await desk.type("One.");
  await desk.press("Control+4");
  await desk.hasNoBarriers();
  await desk.page.setViewportSize({ width: 480, height: 800 });
  await expect(field(desk, "Synopsis")).toBeVisible();
  await desk.hasNoBarriers();
});

test("it has no barriers from right to left", async ({ desk }) => {
  await desk.open();
  await desk.command("show or hide the scene's card");
  await desk.look({ language: "العربية" });
  await expect(desk.page.getByRole("complementary", { name: "بطاقة المشهد" })).toBeVisible();
  await desk.hasNoBarriers();
});
