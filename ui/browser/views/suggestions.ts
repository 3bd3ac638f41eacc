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
    name: "suggestions",
    open: async (desk) => {
      await several(desk);
      await desk.press("Escape");
      await desk.continue();
      await desk.press("Tab");
      await desk.is("idle");
      await desk.saved();
      // Asked some days ago, so that every picture says the same.
      await desk.page.evaluate(() => {
        const shelf = JSON.parse(localStorage.getItem("foolscap-fake")!);
        shelf.more.suggestions.forEach((one: { asked_at: string }, day: number) => {
          one.asked_at = `2026-11-2${day}T09:30:00`;
        });
        localStorage.setItem("foolscap-fake", JSON.stringify(shelf));
      });
      await desk.reload();
      await desk.press("Control+End");
      await desk.press("Alt+e");
      const list = desk.page.getByRole("listbox", { name: "Suggestions for this scene" });
      await expect(list.getByRole("option")).toHaveCount(2);
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
    name: "ask-translate",
    query: "pace=hold&model=chat",
    open: async (desk) => {
      await desk.openSample(desk.query);
      await desk.press("Alt+t");
      await expect(desk.page.getByRole("form", { name: "Ask the machine" })).toContainText("Translate");
    },
  },
  {
    name: "side-panel",
    open: async (desk) => {
      await desk.openSample();
      await desk.press("Control+3");
      await expect(desk.panel.getByRole("heading", { name: "What can be asked" })).toBeVisible();
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
