// What would be sent, before it is.
import { type Desk, expect, test } from "./desk";

const plan = (desk: Desk) => desk.page.getByRole("region", { name: "What would be sent" });

test.describe("the plan", () => {
  test("lists all of it in the order in which it is sent", async ({ desk }) => {
    await desk.openSample("pace=hold&context=full");
    await desk.press("Control+j");
    const form = desk.page.getByRole("form", { name: "Ask the machine" });
    await form.getByLabel("Action").selectOption("Brainstorm");
    await desk.press("Alt+p");
    const goes = plan(desk).getByRole("list", { name: "Goes in" }).getByRole("listitem");
    await expect(plan(desk)).toContainText("For: Brainstorm");
    await expect(goes.first()).toContainText("prompt");
    await expect(goes.nth(1)).toContainText("The Brass Box");
    await expect(goes.last()).toContainText("selection");
    const names = await goes.allInnerTexts();
    expect(names.at(-2)).toContain("story before");
  });

  test("says what goes in and what does not and why, with a switch on each", async ({ desk }) => {
    await desk.openSample("pace=hold&context=full");
    await desk.press("Alt+p");
    await expect(plan(desk)).toBeFocused();
    await expect(plan(desk)).toContainText("What would be sent · 377 of 1,024 tokens");
    await expect(plan(desk)).toContainText("For: Continue");
    await expect(plan(desk).getByRole("img")).toHaveAccessibleName(/377 of 1,024 tokens used, 128 kept free/);
    const goes = plan(desk).getByRole("list", { name: "Goes in" });
    const out = plan(desk).getByRole("list", { name: "Left out" });
    await expect(goes.getByRole("checkbox", { name: /The keeper/ })).toBeChecked();
    await expect(goes).toContainText("for “keeper”");
    await expect(goes).toContainText("story before");
    await expect(out.getByRole("checkbox", { name: /The drowned list/ })).not.toBeChecked();
    await expect(out).toContainText("Others took the room.");
    await expect(out).toContainText("None of its names stands in the text.");
    await desk.hasNoBarriers();
    await goes.getByRole("checkbox", { name: /The keeper/ }).press("Space");
    await expect(out.getByRole("checkbox", { name: /The keeper/ })).not.toBeChecked();
    await expect(out).toContainText("Switched off.");
    await expect(plan(desk)).toContainText("329 of 1,024");
    await out.getByRole("checkbox", { name: /Skerry Light/ }).click();
    await expect(goes.getByRole("checkbox", { name: /Skerry Light/ })).toBeChecked();
    // It goes with every request from this scene.
    await desk.press("Escape");
    await expect(plan(desk)).toHaveCount(0);
    await expect(desk.editor).toBeFocused();
    await desk.continue(1);
    expect((await desk.requests())[0]).toMatchObject({ off: ["lore:1"], on: ["lore:2"] });
    await desk.panel.getByRole("button", { name: "Plan…" }).click();
    await plan(desk).getByRole("button", { name: "As it would be of itself" }).click();
    await expect(goes.getByRole("checkbox", { name: /The keeper/ })).toBeChecked();
  });

  test("is looked at beside the form that asks", async ({ desk }) => {
    await desk.openSample("pace=hold&context=full");
    await desk.press("Control+j");
    const form = desk.page.getByRole("form", { name: "Ask the machine" });
    await form.getByLabel("Action").selectOption("Describe");
    await form.getByRole("button", { name: "Plan…" }).click();
    await expect(plan(desk)).toContainText("For: Describe");
    await plan(desk)
      .getByRole("checkbox", { name: /The keeper/ })
      .uncheck();
    await expect(form).toBeVisible();
    await form.getByLabel("Action").selectOption("Outline");
    await expect(plan(desk)).toContainText("For: Outline");
    await form.getByRole("button", { name: "Ask", exact: true }).click();
    await desk.is("reading");
    expect((await desk.requests())[0]).toMatchObject({ action: { kind: "outline" }, off: ["lore:1"] });
    await expect(plan(desk)).toHaveCount(0);
  });

  test("says that the model is loading, and is made as soon as it is there", async ({ desk }) => {
    await desk.open("pace=hold&model=loading");
    await desk.press("Alt+p");
    await expect(plan(desk)).toContainText("The model is still loading.");
    await desk.hasNoBarriers();
    await desk.page.evaluate(() => window.__fake.setModel("starter"));
    await expect(plan(desk)).toContainText("of 1,024 tokens");
  });

  test("tells what went wrong, with the way out", async ({ desk }) => {
    await desk.open("pace=hold&model=failed");
    await desk.press("Alt+p");
    await expect(plan(desk)).toContainText("harbour-4b.gguf is cut short");
    await desk.page.evaluate(() => window.__fake.setModel("starter"));
    await plan(desk).getByRole("button", { name: "Try again" }).click();
    await expect(plan(desk)).toContainText("Nothing else can be told yet");
  });

  test("follows what is written", async ({ desk }) => {
    await desk.openSample("pace=hold&context=full");
    await desk.press("Alt+p");
    await expect(plan(desk)).toContainText("377 of");
    await desk.editor.click();
    await desk.press("Control+End");
    await desk.type(" and Skerry was dark too");
    await expect(plan(desk).getByRole("checkbox", { name: /Skerry Light/ })).toBeChecked();
  });
});

test.describe("what was sent", () => {
  test("is told in short, with how much was left out", async ({ desk }) => {
    await desk.open("pace=hold&context=full");
    await desk.paste("A long beginning of a story that goes on. ".repeat(90));
    await desk.continue();
    await expect(desk.panel).toContainText("What was sent · 862 of 1,024 tokens");
    await expect(desk.panel).toContainText("did not fit beside the answer");
    await expect(desk.panel).toContainText("5 things that could be told were left out.");
    await expect(desk.status).toContainText("first word 0.21 s · 24 tokens/s");
    await desk.hasNoBarriers();
  });
});
