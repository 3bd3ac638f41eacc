// The first page of a new library.
import { expect, test } from "./desk";

test("it says what is local, leaves the cursor on the page, and goes when the writer writes", async ({
  desk,
}) => {
  await desk.open();
  const welcome = desk.page.getByRole("region", { name: "Welcome to Foolscap" });
  await expect(welcome).toContainText("Everything stays on this computer");
  await expect(welcome).toContainText("press Ctrl+Enter");
  await expect(welcome.getByRole("status")).toContainText("The cursor is on an empty page");
  await expect(desk.editor).toBeFocused();
  await desk.type("I");
  await expect(welcome).toHaveCount(0);
  await desk.press("Backspace");
  await expect(desk.page.getByRole("button", { name: /Begin with a sample/ })).toBeVisible();
  await expect(welcome).toHaveCount(0);
  await desk.saved();
  await desk.reload();
  await expect(welcome).toHaveCount(0);
});

test("it goes by Esc, comes back by command, and has a sample one key away", async ({ desk }) => {
  await desk.open();
  const welcome = desk.page.getByTestId("welcome");
  await desk.press("Escape");
  await expect(welcome).toHaveCount(0);
  await expect(desk.editor).toBeFocused();
  await desk.command("words of the first visit");
  await expect(welcome).toBeVisible();
  await desk.press("Control+Shift+B");
  await expect(desk.editor).toContainText("The lighthouse had been dark");
  await expect(desk.editor).toBeFocused();
  await expect(welcome).toHaveCount(0);
});

test("it says how the model stands, and leads to the others", async ({ desk }) => {
  await desk.open("model=loading");
  const welcome = desk.page.getByTestId("welcome");
  await expect(welcome).toContainText("will be ready in a moment");
  await desk.page.evaluate(() => window.__fake.setModel("starter"));
  await expect(welcome).toContainText("The small model that comes with Foolscap is ready.");
  await welcome.getByRole("button", { name: /Find a model/ }).click();
  await expect(desk.page.getByTestId("models")).toBeVisible();
});

test("it has no barriers, in a narrow window too", async ({ desk }) => {
  await desk.open();
  await desk.hasNoBarriers();
  await desk.page.setViewportSize({ width: 480, height: 700 });
  await desk.hasNoBarriers();
});

test("it has no barriers from right to left", async ({ desk }) => {
  await desk.open();
  await desk.look({ language: "العربية" });
  await expect(desk.page.getByTestId("welcome")).toContainText("مرحبًا بك في Foolscap");
  await desk.hasNoBarriers();
});
