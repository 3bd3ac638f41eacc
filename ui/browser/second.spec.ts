import { expect, test } from "./desk";
import type { Desk } from "./desk";

/** A manuscript of two scenes, opened where another program has the library. */
async function second(desk: Desk) {
  await desk.open();
  await desk.type("Ada went out.");
  await desk.press("Control+Shift+n");
  await expect(desk.editor).toHaveText("");
  await desk.type("The lamp burned.");
  await desk.saved();
  await desk.page.goto("/?pace=hold&readonly");
  await expect(desk.editor).toHaveText("The lamp burned.");
}

const told = (desk: Desk) => desk.page.getByRole("alert").filter({ hasText: "can only be read here" });

test.describe("a library that another program writes", () => {
  test("is read, said to be so, and not written on", async ({ desk }) => {
    await second(desk);
    await expect(told(desk)).toBeVisible();
    await expect(desk.page.getByTestId("saved")).toHaveText("Read only");
    await desk.press("Control+2");
    await desk.type("more");
    await expect(desk.editor).toHaveText("The lamp burned.");
    await desk.press("Alt+PageUp");
    await expect(desk.editor).toHaveText("Ada went out.");
    await desk.hasNoBarriers();
  });

  for (const keys of [
    "Control+Enter",
    "Control+Shift+n",
    "Control+n",
    "Control+Alt+s",
    "Control+Shift+h",
    "F2",
  ]) {
    test(`tells so when ${keys} would change something`, async ({ desk }) => {
      await second(desk);
      await told(desk).getByRole("button", { name: "Dismiss" }).click();
      await expect(told(desk)).toHaveCount(0);
      await desk.page.getByTestId("page").click();
      await desk.press(keys);
      await expect(told(desk)).toBeVisible();
      await expect(desk.page.getByRole("treeitem")).toHaveCount(2);
      await desk.is("idle");
    });
  }

  test("leaves the tree as it is, by keys, menu and pointer", async ({ desk }) => {
    await second(desk);
    const rows = desk.page.getByRole("treeitem");
    await desk.press("Control+1");
    for (const keys of ["Delete", "Alt+ArrowUp", "F2"]) {
      await desk.press(keys);
      await expect(rows).toHaveCount(2);
      await expect(rows.first()).toContainText("Ada");
    }
    await expect(desk.page.getByRole("textbox", { name: "Title", exact: true })).toHaveCount(0);
    await rows.first().click({ button: "right" });
    for (const item of await desk.page.getByRole("menuitem").all()) await expect(item).toBeDisabled();
    await desk.press("Escape");
    const [from, to] = [(await rows.nth(0).boundingBox())!, (await rows.nth(1).boundingBox())!];
    await desk.page.mouse.move(from.x + 30, from.y + 8);
    await desk.page.mouse.down();
    await desk.page.mouse.move(to.x + 30, to.y + to.height + 4, { steps: 5 });
    await desk.page.mouse.up();
    await expect(rows.first()).toContainText("Ada");
  });

  test("offers to make nothing beside the page, and all stands where it stood", async ({ desk }) => {
    await desk.open();
    const nav = desk.page.getByRole("navigation");
    const names = ["New scene", "New manuscript", "New entry"];
    const makes = () => names.map((name) => nav.getByRole("button", { name }));
    const tops = () =>
      nav.locator("h2").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    for (const make of makes()) await expect(make).toBeVisible();
    const before = await tops();
    await desk.page.goto("/?pace=hold&readonly");
    await expect(told(desk)).toBeVisible();
    for (const make of makes()) await expect(make).toHaveCount(0);
    expect(await tops()).toEqual(before);
  });

  test("has every command that writes off in the list", async ({ desk }) => {
    await second(desk);
    await desk.press("Control+p");
    for (const name of ["Continue at the cursor", "New scene", "Take a snapshot of this scene…", "Undo"])
      await expect(desk.page.getByRole("option").filter({ hasText: name }).first()).toHaveAttribute(
        "aria-disabled",
        "true",
      );
    for (const name of ["Find…", "History of this scene", "Open a manuscript…"])
      await expect(desk.page.getByRole("option").filter({ hasText: name })).not.toHaveAttribute(
        "aria-disabled",
        "true",
      );
  });

  test("can be searched, compared and counted", async ({ desk }) => {
    await second(desk);
    await desk.press("Control+f");
    await desk.type("ada");
    await expect(desk.page.locator(".said")).toHaveText("1 place in 1 scene");
    await desk.press("Enter");
    await expect(desk.editor).toHaveText("Ada went out.");
    await desk.press("Escape");
    await desk.press("Control+Alt+h");
    await expect(desk.page.getByRole("main", { name: "History" })).toBeVisible();
    await desk.press("Control+Alt+w");
    await expect(desk.page.getByRole("main", { name: "Who wrote what" })).toContainText("You wrote all");
  });
});
