// The views of the workbench.
import { expect } from "@playwright/test";
import type { Desk } from "../desk";
import type { View } from "./view";

/** A workbench that has been worked at. */
const BENCH = "pace=hold&workbench=full&answers=hold";

export const WORKBENCH: View[] = [
  { name: "workbench", query: BENCH, open: async (desk) => void (await bench(desk)) },
  {
    name: "workbench-prompt",
    query: BENCH,
    open: async (desk) => {
      await bench(desk, /My continue/);
      await expect(desk.page.getByTestId("rendered")).toContainText("system");
      await expect(desk.page.getByTestId("prompt-editor")).toContainText("+++");
    },
  },
  {
    name: "workbench-versions",
    query: BENCH,
    open: async (desk) => {
      await bench(desk, /My continue/);
      await expect(desk.page.getByTestId("prompt-editor")).toContainText("+++");
      await desk.press("Control+Alt+c");
      await expect(desk.page.locator(".lines ins")).toBeVisible();
    },
  },
  { name: "workbench-passages", query: BENCH, open: async (desk) => void (await bench(desk, /Openings/)) },
  {
    name: "workbench-new-experiment",
    query: BENCH,
    open: async (desk) => {
      await bench(desk, /My continue/);
      await desk.press("Control+Alt+x");
      await expect(desk.page.getByRole("form", { name: "New experiment" })).toContainText("Foolscap Starter");
    },
  },
  {
    name: "workbench-results",
    query: BENCH,
    open: async (desk) => {
      await bench(desk, /Shorter or as it came/);
      await desk.page.getByText("How the values lie").click();
      await expect(desk.page.locator("figure circle").first()).toBeVisible();
    },
  },
  {
    name: "workbench-running",
    query: BENCH,
    open: async (desk) => {
      await bench(desk, /Cooler or warmer/);
      await expect(desk.page.getByRole("progressbar")).toBeVisible();
    },
  },
  {
    name: "workbench-blind",
    query: BENCH,
    open: async (desk) => {
      await bench(desk, /Shorter or as it came/);
      await desk.press("Control+Alt+j");
      await expect(desk.page.getByRole("button", { name: /Neither/ })).toBeVisible();
      await desk.page.getByRole("button", { name: "Show how it stands" }).click();
      await expect(desk.page.getByRole("table")).toBeVisible();
    },
  },
  {
    name: "workbench-answer",
    query: BENCH,
    open: async (desk) => {
      await bench(desk, /Shorter or as it came/);
      await desk.page.getByRole("list", { name: "Answers" }).getByRole("button").first().click();
      await expect(desk.page.getByRole("region", { name: "Answer" })).toContainText("Seed");
    },
  },
  {
    name: "workbench-playground",
    query: BENCH,
    open: async (desk) => {
      await bench(desk, /My continue/);
      await desk.press("Control+Alt+y");
      await desk.page.getByRole("button", { name: "Four temperatures" }).click();
      await desk.press("Control+Enter");
      await expect(desk.page.getByRole("article").first()).toContainText("It reads…");
      await desk.say();
      await expect(desk.page.getByRole("article").nth(3)).toContainText("tokens/s");
    },
  },
  {
    name: "workbench-lesson",
    query: BENCH,
    open: async (desk) => void (await bench(desk, /What the temperature does/)),
  },
];

/** The workbench, with something of it open. */
async function bench(desk: Desk, name?: RegExp) {
  await desk.openSample(desk.query);
  await desk.press("Control+Alt+p");
  const list = desk.page.getByRole("navigation", { name: "What there is" });
  await expect(list).toContainText("What the temperature does");
  if (!name) return;
  await list.getByRole("button", { name }).click();
  await expect(list.locator("[aria-current=true]")).toBeVisible();
}
