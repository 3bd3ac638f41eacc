// The writer's own keys.
import { expect, test } from "./desk";
import type { Desk } from "./desk";

const dialog = (desk: Desk) => desk.page.getByRole("dialog", { name: "Keys" });
const row = (desk: Desk, title: string) =>
  dialog(desk)
    .getByRole("listitem")
    .filter({ has: desk.page.getByText(title, { exact: true }) });

/** Finds a command among the keys and waits for its new ones. */
async function change(desk: Desk, title: string) {
  await desk.press("Control+/");
  await dialog(desk).getByRole("searchbox").fill(title);
  await row(desk, title).getByRole("button", { name: "Change the keys" }).click();
  await expect(dialog(desk).getByRole("button", { name: "Press the keys…" })).toBeFocused();
}

test("a command gets other keys by pressing them, which hold after a restart and are shown everywhere", async ({
  desk,
}) => {
  await desk.openSample();
  await change(desk, "Continue at the cursor");
  await desk.press("Control+Alt+g");
  await expect(dialog(desk).getByRole("status")).toHaveText("“Continue at the cursor” now has Ctrl+Alt+G.");
  await expect(row(desk, "Continue at the cursor").locator("kbd")).toHaveText("Ctrl Alt G");
  await expect(row(desk, "Continue at the cursor").getByRole("button", { name: "Change" })).toBeFocused();
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
  await desk.press("Control+Enter");
  await desk.is("idle");
  await desk.press("Control+Alt+g");
  await desk.is("reading");
  await desk.press("Escape");
  await desk.press("Control+p");
  await desk.type("continue");
  await expect(desk.page.getByRole("option", { name: /^Continue/ }).first()).toContainText("Ctrl Alt G");
  await desk.press("Escape");
  await desk.reload();
  await desk.press("Control+Alt+g");
  await desk.is("reading");
});

test("keys that another command has are told with both names, given over, and taken back", async ({
  desk,
}) => {
  await desk.openSample();
  await change(desk, "New scene");
  await desk.press("Control+n");
  await expect(dialog(desk).getByRole("alert")).toHaveText("Ctrl+N already stands for “New manuscript”.");
  await desk.hasNoBarriers();
  await dialog(desk).getByRole("button", { name: "Give it to “New scene” instead" }).click();
  await dialog(desk).getByRole("searchbox").fill("ctrl+n");
  await expect(dialog(desk).getByRole("listitem")).toHaveCount(1);
  await dialog(desk).getByRole("searchbox").fill("new");
  await expect(row(desk, "New manuscript").locator("kbd")).toHaveCount(0);
  await row(desk, "New scene").getByRole("button", { name: "Change" }).focus();
  await desk.press("Control+z");
  await expect(row(desk, "New manuscript").locator("kbd")).toHaveText("Ctrl N");
  await expect(row(desk, "New scene").locator("kbd")).toHaveText("Ctrl Shift N");
});

test("keys that write or move are refused, Tab goes on, Esc stops", async ({ desk }) => {
  await desk.openSample();
  await change(desk, "Outline: a list of beats");
  await desk.press("x");
  await expect(dialog(desk).getByRole("alert")).toContainText("X writes a sign");
  await desk.press("ArrowUp");
  await expect(dialog(desk).getByRole("alert")).toContainText("has its use while one writes");
  await desk.press("Control+c");
  await expect(dialog(desk).getByRole("alert")).toContainText("copying");
  await desk.press("Tab");
  await expect(dialog(desk).getByRole("button", { name: "One more" })).toBeFocused();
  await desk.press("Enter");
  await expect(dialog(desk).getByRole("button", { name: "Press the keys…" })).toBeFocused();
  await desk.press("Escape");
  await expect(dialog(desk)).toBeVisible();
  await expect(dialog(desk).getByRole("button", { name: "Press the keys…" })).toHaveCount(0);
});

test("a command may have several keys or none, and all go back to how they came", async ({ desk }) => {
  await desk.openSample();
  await desk.press("Control+,");
  await desk.page.getByRole("button", { name: "Change keys…" }).click();
  await dialog(desk).getByRole("searchbox").fill("outline");
  await row(desk, "Outline: a list of beats").getByRole("button", { name: "Change" }).click();
  await dialog(desk).getByRole("button", { name: "One more" }).click();
  await desk.press("F8");
  await expect(row(desk, "Outline: a list of beats").locator(".now kbd")).toHaveText(["Alt O", "F8"]);
  await dialog(desk).getByRole("button", { name: "Take Alt+O from “Outline: a list of beats”" }).click();
  await dialog(desk).getByRole("button", { name: "Take F8 from “Outline: a list of beats”" }).click();
  await expect(dialog(desk).getByRole("status")).toHaveText("“Outline: a list of beats” has no keys now.");
  await dialog(desk).getByRole("button", { name: "As it came", exact: true }).click();
  await expect(row(desk, "Outline: a list of beats").locator(".now kbd")).toHaveText("Alt O");
  await expect(dialog(desk).getByRole("button", { name: "All as they came" })).toHaveCount(0);
  await dialog(desk).getByRole("button", { name: "Undo" }).click();
  await dialog(desk).getByRole("button", { name: "All as they came" }).click();
  await expect(row(desk, "Outline: a list of beats").locator(".now kbd")).toHaveText("Alt O");
});

test("a way of asking that prompts offer can have keys", async ({ desk }) => {
  await desk.openSample();
  await change(desk, "Rewrite: Shorter");
  await desk.press("Alt+9");
  await desk.press("Escape");
  await desk.press("Alt+9");
  await desk.is("reading");
  expect((await desk.requests()).at(-1)?.action).toMatchObject({ kind: "rewrite", variant: "shorter" });
});

test("a key that was given away does nothing to the text", async ({ desk }) => {
  await desk.openSample();
  await change(desk, "Emphasis");
  await desk.press("Control+Alt+e");
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
  await desk.press("Control+i");
  await desk.type("plain");
  await desk.press("Control+Alt+e");
  await desk.type("said");
  await expect(desk.editor.locator("em")).toHaveText("said");
});

test("? shows the keys where nothing is written, and can be taken from it", async ({ desk }) => {
  await desk.open();
  await desk.press("?");
  await expect(desk.editor).toHaveText("?");
  await desk.press("Control+Shift+n");
  await expect(desk.editor).toHaveText("");
  await desk.page.getByLabel("Title of the scene").focus();
  await desk.type("Why?");
  await expect(desk.page.getByLabel("Title of the scene")).toHaveValue("Why?");
  await desk.press("Control+1");
  await expect(desk.page.getByRole("treeitem").last()).toBeFocused();
  await desk.press("?");
  await expect(dialog(desk).getByRole("searchbox")).toBeFocused();
  await desk.type("?");
  await expect(row(desk, "Keys").locator("kbd")).toHaveText(["Ctrl /", "?"]);
  await row(desk, "Keys").getByRole("button", { name: "Change the keys" }).click();
  await dialog(desk).getByRole("button", { name: "Take ? from “Keys”" }).click();
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
  await desk.press("Control+1");
  await desk.press("?");
  await expect(dialog(desk)).toHaveCount(0);
});
