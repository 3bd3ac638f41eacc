// Every view of the window, and how a writer gets there. One table for what must hold in all of them: the test of barriers
// goes through it, and the pictures in docs/views are made of it.
import { expect } from "@playwright/test";
import type { Desk } from "./desk";

export interface View {
  /** The picture's name. */
  name: string;
  /** What the fake host is told in the address. */
  query?: string;
  open(desk: Desk): Promise<void>;
}

async function command(desk: Desk, words: string) {
  await desk.press("Control+p");
  await desk.type(words);
  await desk.press("Enter");
}

/** A manuscript with a part, chapters and scenes. */
async function book(desk: Desk) {
  await desk.openSample();
  for (const title of ["The boat on the shingle", "What the wind said"]) {
    await desk.press("Control+Shift+n");
    await expect(desk.editor).toBeFocused();
    await desk.type("She did not open it at once. She carried it up to the lamp room and waited.");
    await desk.page.getByLabel("Title of the scene").fill(title);
    await desk.press("Enter");
  }
  await command(desk, "new chapter");
  await desk.page.getByRole("textbox", { name: "Title", exact: true }).fill("The second year");
  await desk.press("Enter");
  await desk.page.getByRole("treeitem").first().click();
  await desk.saved();
}

export const VIEWS: View[] = [
  { name: "page-empty", open: async (desk) => void (await desk.open()) },
  {
    name: "continue",
    open: async (desk) => {
      await desk.openSample();
      await desk.continue();
      await desk.is("pending");
    },
  },
  {
    name: "ideas",
    open: async (desk) => {
      await desk.openSample();
      await desk.press("Control+Shift+Enter");
      await desk.is("reading");
      await desk.say();
      await desk.is("pending");
    },
  },
  { name: "critique", query: "pace=hold&model=chat", open: (desk) => reviewed(desk, "Alt+c") },
  {
    name: "check",
    query: "pace=hold&model=chat",
    open: async (desk) => {
      await reviewed(desk, "Alt+Shift+c");
      await desk.press("i");
      await expect(desk.page.getByLabel("Why is it meant so?")).toBeFocused();
    },
  },
  {
    name: "critique-unable",
    open: async (desk) => {
      await desk.openSample();
      await desk.press("Alt+c");
      await expect(desk.panel).toContainText("Qwen3");
    },
  },
  {
    name: "unstick",
    open: async (desk) => {
      await desk.openSample();
      await desk.press("Alt+u");
      await expect(desk.panel).toContainText("What is missing?");
    },
  },
  {
    name: "unstick-known",
    open: async (desk) => {
      await desk.openSample();
      await desk.press("Alt+u");
      await desk.press("1");
      await desk.press("2");
      await desk.is("reading");
      await desk.say();
      await desk.is("pending");
    },
  },
  { name: "tree", open: book },
  {
    name: "tree-menu",
    open: async (desk) => {
      await book(desk);
      await desk.page.getByRole("treeitem").nth(1).click({ button: "right" });
      await expect(desk.page.getByRole("menu")).toBeVisible();
    },
  },
  {
    name: "put-away",
    open: async (desk) => {
      await book(desk);
      await desk.press("Control+1");
      await desk.press("Delete");
      await expect(desk.page.getByRole("status")).toContainText("put away");
      await command(desk, "put away…");
      await expect(desk.page.getByRole("dialog")).toBeVisible();
    },
  },
  { name: "commands", open: (desk) => dialog(desk, "Control+p") },
  { name: "keys", open: (desk) => dialog(desk, "Control+/") },
  { name: "settings", open: (desk) => dialog(desk, "Control+,") },
  {
    name: "models",
    open: async (desk) => {
      await desk.open();
      await desk.press("Control+m");
      await expect(desk.page.getByTestId("models")).toContainText("Qwen");
    },
  },
];

async function reviewed(desk: Desk, keys: string) {
  await desk.openSample();
  await desk.press(keys);
  await expect(desk.page.getByTestId("reviewing")).toBeVisible();
  await desk.page.evaluate(() => window.__fake.reviews.say());
  await expect(desk.panel.getByRole("option")).toHaveCount(3);
}

async function dialog(desk: Desk, keys: string) {
  await desk.openSample();
  await desk.press(keys);
  await expect(desk.page.getByRole("dialog")).toBeVisible();
}
