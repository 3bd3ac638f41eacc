// Every view of the window, and how a writer gets there. One table for what must hold in all of them: the test of barriers
// goes through it, and the pictures in docs/views are made of it.
import { expect } from "@playwright/test";
import type { Desk } from "./desk";
import { NOTICES } from "./views/notices";
import { SUGGESTIONS } from "./views/suggestions";
import type { View } from "./views/view";
import { WORKBENCH } from "./views/workbench";

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
  for (const [words, title] of [
    ["new part", "After the storm"],
    ["new chapter", "The second year"],
  ] as const) {
    await command(desk, words);
    await desk.page.getByRole("textbox", { name: "Title", exact: true }).fill(title);
    await desk.press("Enter");
    await expect(desk.page.getByRole("treeitem").filter({ hasText: title })).toHaveCount(1);
  }
  await desk.page.getByRole("treeitem").first().click();
  await desk.saved();
}

/** The sample, with earlier states of it. */
async function kept(desk: Desk) {
  await desk.openSample();
  const text = await desk.text();
  const past = (text: string, minutes: number) =>
    desk.page.evaluate(([text, minutes]) => window.__fake.history.past(1, text, minutes), [
      text,
      minutes,
    ] as const);
  await past(text.replace("eleven days", "most of a fortnight").replace(" dry as a bone,", ""), 9);
  await past(text.slice(0, 300), 60 * 26);
  await past(text.slice(0, 120), 60 * 24 * 45);
}

/** The sample, with words of the machine that were taken. */
async function taken(desk: Desk) {
  await desk.openSample();
  await desk.continue();
  await desk.press("Tab");
  await desk.saved();
}

export const VIEWS: View[] = [
  { name: "welcome", open: async (desk) => void (await desk.open()) },
  {
    name: "page-empty",
    open: async (desk) => {
      await desk.open();
      await desk.press("Escape");
      await expect(desk.page.getByTestId("welcome")).toHaveCount(0);
    },
  },
  {
    name: "continue",
    open: async (desk) => {
      await desk.openSample();
      await desk.continue();
      await desk.is("pending");
    },
  },
  ...SUGGESTIONS,
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
      await reviewed(desk, "Alt+v");
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
    name: "open",
    open: async (desk) => {
      await book(desk);
      await desk.press("Control+n");
      await expect(desk.editor).toHaveText("");
      await desk.press("Control+o");
      await expect(desk.page.getByRole("option")).toHaveCount(2);
    },
  },
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
  {
    name: "history",
    open: async (desk) => {
      await kept(desk);
      await desk.press("Control+Alt+h");
      await expect(desk.page.locator("main.full ins").first()).toBeVisible();
    },
  },
  {
    name: "history-side-by-side",
    open: async (desk) => {
      await kept(desk);
      await desk.press("Control+Alt+h");
      await desk.page.getByText("Side by side").click();
      await expect(desk.page.locator("main.full .pair").first()).toBeVisible();
    },
  },
  {
    name: "find",
    open: async (desk) => {
      await book(desk);
      await desk.press("Control+f");
      await desk.type("she");
      await desk.press("Enter");
      await expect(desk.page.locator("aside.search li.on")).toBeVisible();
    },
  },
  {
    name: "replace",
    open: async (desk) => {
      await book(desk);
      await desk.press("Control+Shift+h");
      await desk.type("lamp room");
      await desk.page.getByLabel("Replace with").fill("gallery");
      await expect(desk.page.locator("aside.search ins").first()).toHaveText("gallery");
    },
  },
  {
    name: "samples",
    open: async (desk) => {
      await desk.openSample();
      await command(desk, "begin with a sample");
      await expect(desk.page.getByRole("dialog").getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "go-to-scene",
    open: async (desk) => {
      await book(desk);
      await desk.press("Control+g");
      await desk.type("lamp");
      await expect(desk.page.getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "who-wrote-this",
    open: async (desk) => {
      await taken(desk);
      await desk.press("ArrowLeft");
      await desk.press("Alt+w");
      await expect(desk.page.getByRole("dialog")).toContainText("Foolscap Starter");
    },
  },
  {
    name: "who-wrote-what",
    open: async (desk) => {
      await taken(desk);
      await desk.press("Control+Alt+w");
      await expect(desk.page.getByRole("table")).toBeVisible();
    },
  },
  {
    name: "spelling",
    open: async (desk) => {
      await desk.open();
      await desk.paste("The lampp went outt, and nobody came. Zorgle had recieved a letter.");
      await desk.press("Control+Home");
      await expect(desk.editor.locator(".misspelt")).toHaveCount(4);
      await desk.press("F7");
      await expect(desk.page.getByRole("menuitem").first()).toBeFocused();
    },
  },
  {
    name: "spelling-settings",
    open: async (desk) => {
      await desk.openSample();
      await desk.command("Spelling…");
      await expect(desk.page.getByRole("dialog")).toContainText("dictionary for");
    },
  },
  {
    name: "backups",
    open: async (desk) => {
      await desk.openSample();
      await desk.press("Control+Alt+b");
      await desk.page.getByRole("button", { name: "Back up now" }).click();
      await expect(desk.page.getByRole("listitem")).toHaveCount(1);
    },
  },
  {
    name: "import",
    open: async (desk) => {
      await desk.openSample();
      await desk.press("Control+Shift+o");
      await desk.page.getByRole("button", { name: "Choose files…" }).click();
      await expect(desk.page.getByRole("dialog")).toContainText("Ada Lovelace");
    },
  },
  {
    name: "export",
    open: async (desk) => {
      await desk.openSample();
      await desk.press("Control+e");
      await expect(desk.page.getByTestId("export-place")).not.toBeEmpty();
    },
  },
  ...WORKBENCH,
  { name: "snapshot", open: (desk) => dialog(desk, "Control+Alt+s") },
  { name: "card", open: card },
  { name: "lore", open: lore },
  {
    name: "lore-new",
    open: async (desk) => {
      await book(desk);
      await desk.press("Control+Shift+k");
      await expect(desk.page.getByRole("form", { name: "New entry" })).toBeVisible();
    },
  },
  { name: "about", open: about },
  { name: "about-goals", open: (desk) => tab(desk, "Goals") },
  {
    name: "about-style",
    open: async (desk) => {
      await desk.openSample();
      await desk.command("add the selection to the style");
      await desk.page.getByRole("button", { name: "Show" }).click();
      await expect(desk.page.getByRole("article")).toBeVisible();
    },
  },
  {
    name: "about-words",
    open: async (desk) => {
      await tab(desk, "Right words");
      for (const word of ["Skerry", "grue"]) {
        await desk.page.getByRole("textbox", { name: "A word that is right" }).fill(word);
        await desk.press("Enter");
        await expect(desk.page.getByRole("list", { name: "Right words" })).toContainText(word);
      }
    },
  },
  {
    name: "summaries",
    open: async (desk) => {
      await book(desk);
      await desk.command("sum up all scenes");
      await expect(desk.page.getByRole("progressbar")).toBeVisible();
      await desk.say();
      await expect(desk.page.getByTestId("screen")).toContainText("1 of 3 scenes");
      await desk.say(6);
    },
  },
  {
    name: "progress",
    open: async (desk) => {
      await tab(desk, "Goals");
      await desk.page.getByRole("spinbutton", { name: /Each day/ }).fill("5");
      await desk.page.getByRole("spinbutton", { name: /The whole manuscript/ }).fill("80000");
      await desk.press("Escape");
      await desk.type(" It was a long time before he spoke.");
      await expect(desk.status).toContainText("today of 5");
      await desk.press("Control+Shift+g");
      await expect(desk.page.getByRole("dialog", { name: "Progress" })).toBeVisible();
    },
  },
  { name: "commands", open: (desk) => dialog(desk, "Control+p") },
  { name: "keys", open: (desk) => dialog(desk, "Control+/") },
  {
    name: "keys-taken",
    open: async (desk) => {
      await dialog(desk, "Control+/");
      await desk.type("new scene");
      await desk.page.getByRole("button", { name: "Change the keys of “New scene”" }).click();
      await desk.press("Control+n");
      await expect(desk.page.getByRole("alert")).toBeVisible();
    },
  },
  { name: "settings", open: (desk) => dialog(desk, "Control+,") },
  {
    name: "models",
    open: async (desk) => {
      await desk.open();
      await desk.press("Control+m");
      await expect(desk.page.getByTestId("models")).toContainText("Qwen");
    },
  },
  {
    name: "models-one",
    open: async (desk) => {
      await desk.open();
      await desk.press("Control+m");
      const screen = desk.page.getByTestId("models");
      await screen.getByRole("button", { name: "Foolscap Starter" }).click();
      await screen.getByRole("button", { name: "Try it on a sample" }).click();
      await expect(desk.page.getByTestId("trial")).toContainText("tokens a second");
    },
  },
  {
    name: "models-hub",
    open: async (desk) => {
      await desk.open();
      await desk.press("Control+m");
      const screen = desk.page.getByTestId("models");
      await screen.getByRole("button", { name: "Any other on the hub…" }).click();
      await screen.getByLabel("Search the hub").fill("nemo");
      await desk.press("Enter");
      await screen.getByRole("button", { name: "someone/nemo-GGUF" }).click();
      await expect(screen.getByText("model-Q4.gguf")).toBeVisible();
    },
  },
  {
    name: "model",
    open: async (desk) => {
      await desk.openSample();
      await desk.model.click();
      await expect(desk.page.getByRole("dialog", { name: "The model" })).toBeVisible();
    },
  },
  ...NOTICES,
];

async function reviewed(desk: Desk, keys: string) {
  await desk.openSample();
  await desk.press(keys);
  await expect(desk.page.getByTestId("reviewing")).toBeVisible();
  await desk.page.evaluate(() => window.__fake.reviews.say());
  await expect(desk.panel.getByRole("option")).toHaveCount(3);
}

async function card(desk: Desk) {
  await book(desk);
  await desk.press("Control+4");
  const aside = desk.page.getByRole("complementary", { name: "Card of the scene" });
  await aside
    .getByRole("textbox", { name: "Synopsis" })
    .first()
    .fill("Ada finds a boat, and a box with her name on it.");
  await aside.getByRole("textbox", { name: "Notes to self" }).fill("How does the box come to have her name?");
  await aside.getByText("Revised").click();
  await expect(desk.page.getByRole("treeitem", { name: /Revised/ })).toBeVisible();
}

/** Two people and a place, one of whom is looked at. */
async function lore(desk: Desk) {
  await book(desk);
  for (const [name, kind] of [
    ["Skerry Light", "A place"],
    ["The brass box", "A thing"],
    ["The keeper", "A person"],
  ] as const) {
    await desk.press("Control+Shift+k");
    const form = desk.page.getByRole("form", { name: "New entry" });
    await form.getByRole("radio", { name: kind }).check();
    await form.getByRole("textbox").fill(name);
    await desk.press("Enter");
    await expect(desk.page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue(name);
  }
  const screen = desk.page.getByTestId("screen");
  await screen.getByRole("textbox", { name: "Other names" }).fill("her father, the keeper");
  await screen
    .getByRole("textbox", { name: "In a few words" })
    .fill("keeps the light; knows more than he says");
  await expect(screen).toContainText("in one scene");
}

async function about(desk: Desk) {
  await book(desk);
  await desk.press("Control+Shift+m");
  const field = (name: string) => desk.page.getByTestId("screen").getByRole("textbox", { name, exact: true });
  await field("Synopsis").fill("A lighthouse goes dark, and what the sea brings has names on it.");
  await field("Author’s note").fill("No magic that is ever explained.");
}

/** A part of the view of a manuscript. */
async function tab(desk: Desk, name: string) {
  await desk.openSample();
  await desk.press("Control+Shift+m");
  await desk.page.getByRole("tab", { name }).click();
}

async function dialog(desk: Desk, keys: string) {
  await desk.openSample();
  await desk.press(keys);
  await expect(desk.page.getByRole("dialog")).toBeVisible();
}
