// Lore: its list below the tree, its view, and the way from the page to it.
import { expect, test } from "./desk";
import type { Desk } from "./desk";

const screen = (desk: Desk) => desk.page.getByTestId("screen");
const entries = (desk: Desk) => screen(desk).getByRole("navigation", { name: "Entries" });
const field = (desk: Desk, name: string) => screen(desk).getByRole("textbox", { name, exact: true });

async function add(desk: Desk, name: string, kind = "A person") {
  await desk.press("Control+Shift+k");
  const form = screen(desk).getByRole("form", { name: "New entry" });
  await form.getByRole("radio", { name: kind }).check();
  await form.getByRole("textbox").fill(name);
  await desk.press("Enter");
  await expect(field(desk, "Name")).toHaveValue(name);
}

test("an entry is begun with a selection, said more of, and kept", async ({ desk }) => {
  await desk.openSample();
  await desk.editor.getByText("She carried it").click({ clickCount: 2, position: { x: 12, y: 8 } });
  // The page hears of a selection a moment after it was made.
  await expect(desk.page.getByRole("toolbar", { name: "Selection" })).toBeVisible();
  await desk.press("Control+Shift+k");
  const name = screen(desk).getByRole("form", { name: "New entry" }).getByRole("textbox");
  await expect(name).toHaveValue("She");
  await name.fill("Ada");
  await desk.press("Enter");
  await expect(field(desk, "In a few words")).toBeFocused();
  await desk.type("sixteen, quick");
  await field(desk, "Other names").fill("the keeper’s daughter, she");
  await screen(desk).getByRole("combobox", { name: "A model is told" }).selectOption("with every request");
  await expect(screen(desk)).toContainText("It takes room in every request");
  await expect(screen(desk)).toContainText("times, in one scene.");
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
  await desk.page.waitForFunction(() =>
    localStorage.getItem("foolscap-fake")!.includes('keeper’s daughter","she'),
  );
  await desk.page.reload();
  await desk.page.getByRole("navigation").getByRole("button", { name: "Ada" }).click();
  await expect(field(desk, "In a few words")).toHaveValue("sixteen, quick");
  await expect(field(desk, "Other names")).toHaveValue("the keeper’s daughter, she");
});

test("what stands at the cursor is looked up, and the page is found again", async ({ desk }) => {
  await desk.openSample();
  await add(desk, "brass box", "A thing");
  const places = screen(desk).getByRole("button", { name: /small brass box with her/ });
  await expect(places).toBeVisible();
  await places.click();
  await expect(desk.editor).toBeFocused();
  expect(await desk.page.evaluate(() => getSelection()!.toString())).toBe("brass box");
  await desk.press("ArrowLeft");
  await desk.press("ArrowRight");
  await desk.press("Control+Shift+l");
  await expect(field(desk, "Name")).toHaveValue("brass box");
  await desk.press("Escape");
  await desk.toBeginning();
  await desk.press("Control+Shift+l");
  const notice = desk.page.getByRole("status").filter({ hasText: "Nothing in the lore is called" });
  await notice.getByRole("button", { name: "New entry" }).click();
  await expect(screen(desk).getByRole("form").getByRole("textbox")).toHaveValue("The");
});

test("it is found by typing and walked by arrows", async ({ desk }) => {
  await desk.open();
  await desk.press("Control+l");
  await expect(screen(desk)).toContainText("Who is in your story");
  for (const [name, kind] of [["Ada"], ["Skerry Light", "A place"], ["The keeper"]] as const)
    await add(desk, name, kind);
  await desk.press("Escape");
  await desk.press("Control+l");
  await screen(desk).getByRole("searchbox").fill("ke");
  await expect(entries(desk).getByRole("list").getByRole("button")).toHaveText([/keeper/, /Skerry/]);
  await desk.press("ArrowDown");
  await desk.press("ArrowDown");
  await desk.press("Enter");
  await expect(field(desk, "Name")).toHaveValue("Skerry Light");
  await screen(desk).getByRole("searchbox").fill("nobody");
  await expect(entries(desk)).toContainText("Nothing in the lore is called that.");
  await desk.press("Escape");
  await expect(screen(desk).getByRole("searchbox")).toHaveValue("");
  await expect(screen(desk)).toBeVisible();
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
});

test("an entry is duplicated, put away, and brought back by undo or from the list", async ({ desk }) => {
  await desk.open();
  await add(desk, "Ada");
  await screen(desk).getByRole("button", { name: "Duplicate" }).click();
  await expect(field(desk, "Name")).toHaveValue("Ada (copy)");
  const away = screen(desk).locator(".editor").getByRole("button", { name: "Put away" });
  await away.click();
  await expect(entries(desk).getByRole("list", { name: "People" }).getByRole("button")).toHaveText(["Ada"]);
  await screen(desk).getByRole("button", { name: "Undo" }).click();
  await expect(field(desk, "Name")).toHaveValue("Ada (copy)");
  await away.click();
  await entries(desk).getByRole("button", { name: "Put away" }).click();
  await entries(desk).getByRole("button", { name: "Take back" }).click();
  await expect(field(desk, "Name")).toHaveValue("Ada (copy)");
});

test("an entry that holds in some chapters only is told there, and the plan says why it is not elsewhere", async ({
  desk,
}) => {
  await desk.open();
  await desk.type("The keeper slept.");
  for (const title of ["The first year", "The second year"]) {
    await desk.command("new chapter");
    await desk.page.getByRole("textbox", { name: "Title", exact: true }).fill(title);
    await desk.press("Enter");
    await desk.press("Control+2");
    await desk.type("The keeper waited.");
    await desk.saved();
  }
  await add(desk, "The keeper");
  for (const edge of ["From", "To"])
    await screen(desk)
      .getByRole("combobox", { name: edge, exact: true })
      .selectOption({ label: "The first year" });
  await field(desk, "In a few words").fill("keeps the light");
  await desk.press("Escape");
  const plan = desk.page.getByRole("region", { name: "What would be sent" });
  const keeper = (list: string) =>
    plan.getByRole("list", { name: list }).getByRole("listitem").filter({ hasText: "The keeper" });
  const out = async (text: string) => {
    await expect(desk.editor).toHaveText(text);
    await desk.press("Alt+p");
    await expect(keeper("Left out")).toContainText("It holds in other chapters only.");
    await expect(keeper("Left out").getByRole("checkbox")).not.toBeChecked();
    await desk.press("Escape");
    await expect(desk.editor).toBeFocused();
  };
  await out("The keeper waited.");
  await desk.press("Alt+PageUp");
  await expect(desk.page.getByRole("treeitem").nth(2)).toHaveAttribute("aria-current", "page");
  await desk.press("Alt+p");
  await expect(keeper("Goes in").getByRole("checkbox")).toBeChecked();
  await expect(keeper("Left out")).toHaveCount(0);
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
  await desk.press("Alt+PageUp");
  await out("The keeper slept.");
});

test("commands of the page mean nothing while it lies over the page", async ({ desk }) => {
  await desk.openSample();
  await desk.press("Control+l");
  await desk.press("Control+Enter");
  await desk.is("idle");
  await desk.page.getByRole("treeitem").first().click();
  await expect(screen(desk)).toHaveCount(0);
  await expect(desk.editor).toBeFocused();
});

test("it has no barriers", async ({ desk }) => {
  await desk.openSample();
  await desk.press("Control+l");
  await desk.hasNoBarriers();
  await add(desk, "brass box", "A thing");
  await desk.hasNoBarriers();
});

test("it has no barriers in a narrow window, where the list or an entry is shown", async ({ desk }) => {
  await desk.page.setViewportSize({ width: 480, height: 800 });
  await desk.openSample();
  await add(desk, "brass box", "A thing");
  await expect(entries(desk)).toBeHidden();
  await desk.hasNoBarriers();
  await screen(desk).getByRole("button", { name: "All lore" }).click();
  await expect(entries(desk)).toBeVisible();
  await desk.hasNoBarriers();
});

test("it has no barriers from right to left", async ({ desk }) => {
  await desk.openSample();
  await add(desk, "brass box", "A thing");
  await desk.look({ language: "العربية" });
  await expect(desk.page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(screen(desk)).toBeVisible();
  await desk.hasNoBarriers();
});

test("what was said over is taken back after another entry was looked at", async ({ desk }) => {
  await desk.openSample();
  await add(desk, "Skerry", "A place");
  await add(desk, "Ada");
  const few = field(desk, "In a few words");
  await few.fill("sixteen, quick");
  // A field that is gone back to is another change.
  await field(desk, "Other names").fill("she");
  await few.fill("x");
  await entries(desk).getByRole("button", { name: "Skerry" }).click();
  await entries(desk).getByRole("button", { name: "Ada" }).click();
  await expect(few).toHaveValue("x");
  await desk.press("Control+Alt+z");
  await expect(few).toHaveValue("sixteen, quick");
  await screen(desk).getByRole("button", { name: "Change it again" }).click();
  await expect(few).toHaveValue("x");
});
