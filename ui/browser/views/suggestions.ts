// The views of what is asked of the machine: the ways to ask, what would be sent, and what is offered of several.
import { expect } from "@playwright/test";
import { livelier } from "../asking";
import type { Desk } from "../desk";
import type { View } from "./view";

export const SUGGESTIONS: View[] = [
  {
    name: "candidates",
    open: async (desk) => {
      await several(desk);
      await expect(desk.cards).toHaveCount(3);
    },
  },
  {
    name: "right-to-left",
    open: async (desk) => {
      await desk.openSample();
      await desk.look({ language: "العربية" });
      await expect(desk.page.locator("html")).toHaveAttribute("dir", "rtl");
      await expect(desk.editor).toBeFocused();
      await desk.continue();
      await desk.is("pending");
    },
  },
  {
    name: "selection",
    open: async (desk) => {
      await desk.openSample();
      await desk.press("Shift+Home");
      await expect(desk.page.getByRole("toolbar", { name: "Selection" })).toBeVisible();
    },
  },
  {
    name: "ask",
    open: async (desk) => {
      await desk.openSample();
      await desk.press("Control+j");
      const form = desk.page.getByRole("form", { name: "Ask the machine" });
      await form.getByLabel("Action").selectOption("Continue");
      await form.getByLabel("What is wished for besides?").fill("Her father answers without looking up");
    },
  },
  {
    name: "plan",
    query: "pace=hold&context=full",
    open: async (desk) => {
      await desk.openSample(desk.query);
      await desk.press("Alt+p");
      await expect(desk.page.getByRole("list", { name: "Left out" })).toContainText("Others took the room.");
    },
  },
  {
    name: "rewrite",
    open: async (desk) => {
      await livelier(desk, 2);
      await expect(desk.page.getByTestId("added")).toHaveCount(3);
    },
  },
  {
    name: "mix",
    open: async (desk) => {
      await livelier(desk, 2);
      await desk.press("Alt+m");
      const sentences = desk.page.getByRole("group", { name: "Sentences to pick" }).getByRole("checkbox");
      await expect(sentences.first()).toBeFocused();
      await desk.press("Space");
      await desk.press("ArrowDown");
      await desk.press("ArrowRight");
      await desk.press("Space");
      await expect(desk.page.getByTestId("mixed")).not.toHaveText("Nothing is picked yet.");
    },
  },
];

/** Three ways to go on. */
async function several(desk: Desk) {
  await desk.openSample();
  await desk.press("Control+j");
  const form = desk.page.getByRole("form", { name: "Ask the machine" });
  await form.getByLabel("Action").selectOption("Continue");
  await form.getByLabel("Candidates").fill("3");
  await desk.press("Enter");
  await desk.is("reading");
  await desk.say();
  await desk.is("pending");
}
