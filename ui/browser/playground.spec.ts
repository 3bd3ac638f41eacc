import { expect, test } from "./desk";
import type { Desk } from "./desk";

const FULL = "pace=hold&workbench=full&answers=hold";

const screen = (desk: Desk) => desk.page.getByTestId("screen");
const list = (desk: Desk) => screen(desk).getByRole("navigation", { name: "What there is" });
const step = (desk: Desk) => desk.page.evaluate(() => window.__fake.experiments.step());
const columns = (desk: Desk) => screen(desk).getByRole("article");

test.describe("the playground", () => {
  test("asks columns side by side from one seed, stops them, and is kept as an experiment", async ({
    desk,
  }) => {
    await desk.openSample(FULL);
    await desk.press("Control+Alt+p");
    await list(desk).getByRole("button", { name: "My continue" }).click();
    await desk.press("Control+Alt+y");
    await expect(columns(desk)).toHaveCount(2);
    await screen(desk).getByRole("spinbutton", { name: "Seed" }).fill("11");
    await screen(desk).getByRole("spinbutton", { name: "Answers each" }).fill("2");
    await desk.press("Control+Enter");
    await expect(columns(desk).first()).toContainText("It reads…");
    await desk.say(4);
    await expect(columns(desk).first().locator(".words.live")).toHaveCount(2);
    await desk.hasNoBarriers();
    await desk.press("Escape");
    await expect(screen(desk)).toBeVisible();
    await expect(columns(desk).first().locator(".words")).toHaveCount(2);
    await desk.press("Control+Enter");
    await expect(columns(desk).nth(1)).toContainText("It reads…");
    await desk.say();
    await expect(columns(desk).nth(1)).toContainText("tokens/s");
    await desk.hasNoBarriers();
    await screen(desk).getByRole("button", { name: "Save as an experiment" }).click();
    await expect(screen(desk).getByRole("heading", { name: "From the playground" })).toBeVisible();
    await expect(screen(desk)).toContainText("seed 11");
  });

  test("sweeps temperatures, takes drafts, and says what a model cannot", async ({ desk }) => {
    await desk.openSample(FULL);
    await desk.press("Control+Alt+p");
    await list(desk).getByRole("button", { name: "My continue" }).click();
    const editor = screen(desk).getByRole("textbox", { name: "Text of the prompt" });
    await editor.click();
    await desk.press("Control+End");
    await desk.type("Be brief.");
    await expect(screen(desk)).toContainText("kept as a draft");
    await desk.press("Control+Alt+y");
    await expect(columns(desk).nth(1).getByLabel("Prompt")).toHaveValue("draft:my continue v3");
    await expect(screen(desk).getByRole("button", { name: "Save as an experiment" })).toBeDisabled();
    await screen(desk).getByRole("button", { name: "Four temperatures" }).click();
    await expect(columns(desk)).toHaveCount(4);
    await expect(columns(desk).nth(3).getByRole("spinbutton", { name: "Temperature" })).toHaveValue("1.4");
    await expect(screen(desk).getByRole("button", { name: "Add a column" })).toBeDisabled();
    await columns(desk).nth(3).getByRole("button", { name: "Take Column 4 out" }).click();
    await expect(columns(desk)).toHaveCount(3);
    await desk.page.evaluate(() => (window.__fake.machine.failAction = 2));
    await desk.press("Control+Enter");
    await expect(columns(desk).first()).toContainText("It reads…");
    await desk.say();
    // They were drawn together.
    const alerts = screen(desk).getByRole("alert");
    await expect(alerts).toHaveText(Array.from({ length: 3 }, () => /The model stopped with an error/));
  });

  test("has fields for the variables of a prompt’s own, and keeps what they say", async ({ desk }) => {
    await desk.openSample(FULL);
    await desk.press("Control+Alt+p");
    await list(desk).getByRole("button", { name: "My continue" }).click();
    await expect(screen(desk).getByRole("textbox", { name: "Text of the prompt" })).toBeVisible();
    await desk.page.evaluate(async () => {
      const { editing } = window.__desk.workbench;
      const table = '[[variables]]\nname = "mood"\nabout = "How it feels."\ndefault = "calm"\n';
      editing.write(`${editing.source.replace("+++\n\n# System", `${table}+++\n\n# System`)}{{ mood }}\n`);
      await editing.save("Moods");
    });
    await desk.press("Control+Alt+y");
    await expect(columns(desk)).toHaveCount(2);
    const moods = screen(desk).getByRole("textbox", { name: "mood How it feels." });
    await expect(moods).toHaveCount(1);
    const mood = columns(desk).nth(1).getByRole("textbox", { name: /^mood/ });
    await expect(mood).toHaveAttribute("placeholder", "calm");
    await mood.fill("bleak");
    await desk.press("Tab");
    await desk.hasNoBarriers();
    await columns(desk).first().getByRole("button", { name: "Take Column 1 out" }).click();
    await screen(desk).getByRole("button", { name: "Save as an experiment" }).click();
    await step(desk);
    await screen(desk).getByRole("list", { name: "Answers" }).getByRole("button").first().click();
    await screen(desk).getByText("All that was sent").click();
    await expect(screen(desk).getByRole("region", { name: "Answer" })).toContainText("bleak");
  });

  test("is filled by a lesson", async ({ desk }) => {
    await desk.openSample("pace=1");
    await desk.press("Control+Alt+p");
    await list(desk).getByRole("button", { name: "What the temperature does" }).click();
    await expect(screen(desk)).toContainText("At 0 it always takes the likeliest");
    await desk.hasNoBarriers();
    await screen(desk).getByRole("button", { name: "Try it" }).click();
    await expect(columns(desk)).toHaveCount(3);
    await expect(columns(desk).nth(2)).toContainText("tokens/s");
    await screen(desk).getByRole("button", { name: "Try on another" }).click();
    await expect(screen(desk).getByLabel("Tried on")).toBeVisible();
  });

  test("is there in a narrow window, with large text and from right to left", async ({ desk }) => {
    await desk.page.setViewportSize({ width: 700, height: 800 });
    await desk.openSample(FULL);
    await desk.press("Control+Alt+y");
    await expect(columns(desk)).toHaveCount(1);
    await desk.page.addStyleTag({ content: "html { font-size: 200% }" });
    const wide = () => desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await wide()).toBeLessThanOrEqual(0);
    await desk.command("language: العربية");
    await desk.hasNoBarriers();
    expect(await wide()).toBeLessThanOrEqual(0);
  });
});
