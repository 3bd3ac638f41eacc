// A few words that come by themselves at a pause.
import { type Desk, expect, test } from "./desk";

const faint = (desk: Desk) => desk.page.locator(".ghost.faint");

async function withPauses(desk: Desk) {
  await desk.openSample("pace=5");
  await desk.press("Control+,");
  await desk.page.getByLabel(/Suggest a few words at a pause/).check();
  await desk.page.getByLabel("Pause before that (seconds)").fill("0.3");
  await desk.press("Escape");
  await expect(desk.editor).toBeFocused();
  await desk.press("Control+End");
}

test.describe("inline suggestions", () => {
  test("are off until they are wanted", async ({ desk }) => {
    await desk.openSample("pace=5");
    await desk.type(" so");
    await desk.saved();
    expect(await desk.requests()).toHaveLength(0);
  });

  test("come at a pause, fainter, say nothing, and are taken by Tab or word by word", async ({ desk }) => {
    await withPauses(desk);
    await desk.type(" and");
    await expect(faint(desk)).toHaveText(" and it was not the voice he used for weather.");
    await expect(desk.panel).toHaveCount(0);
    await expect(desk.page.getByTestId("said")).toHaveText("");
    await desk.is("idle");
    await expect(faint(desk)).toHaveAttribute("aria-hidden", "true");
    await desk.hasNoBarriers();
    expect((await desk.requests())[0]).toMatchObject({ candidates: 1, words: 10 });
    await desk.press("Control+ArrowRight");
    await expect(faint(desk)).toHaveText(" it was not the voice he used for weather.");
    await desk.press("Tab");
    await expect(faint(desk)).toHaveCount(0);
    expect(await desk.text()).toMatch(/he asked, and and it was not the voice he used for weather\.$/);
    await desk.press("Control+z");
    expect(await desk.text()).toMatch(/he asked, and and$/);
  });

  test("say in the side panel, where that is open, what was sent for them", async ({ desk }) => {
    await withPauses(desk);
    await desk.page.evaluate(() => window.__desk.view.showSide(true));
    const sent = desk.panel.getByRole("region", { name: "What was sent" });
    await expect(desk.panel.getByRole("heading", { name: "What can be asked" })).toBeVisible();
    await expect(sent).toHaveCount(0);
    await desk.type(" and");
    await expect(faint(desk)).toHaveText(/^ and it was/);
    await expect(sent).toContainText("continue v1");
    await expect(sent).toContainText("tokens");
    await desk.press("Escape");
    await expect(sent).toHaveCount(0);
  });

  test("are used up by typing their beginning, and gone at any other key", async ({ desk }) => {
    await withPauses(desk);
    await desk.type(" x");
    await expect(faint(desk)).toHaveText(/^ and it was/);
    await desk.type(" an");
    await expect(faint(desk)).toHaveText(/^d it was/);
    await expect(desk.editor.locator(".made")).toHaveCount(0);
    await desk.type("x");
    await expect(faint(desk)).toHaveCount(0);
  });

  test("stay away for a while after Esc, and while words are selected", async ({ desk }) => {
    await withPauses(desk);
    await desk.type(" x");
    await expect(faint(desk)).toHaveCount(1);
    await desk.press("Escape");
    await expect(faint(desk)).toHaveCount(0);
    const asked = (await desk.requests()).length;
    await desk.type(" y");
    await desk.saved();
    await expect(faint(desk)).toHaveCount(0);
    expect(await desk.requests()).toHaveLength(asked);
  });
});
