// The screen of models: what fits, what is on its way, what is here.
import type { FakeModels } from "../src/host/fake/models";
import { Desk, expect, test } from "./desk";

declare global {
  interface Window {
    __fakeModels: FakeModels;
  }
}

async function opened(desk: Desk) {
  await desk.open();
  await desk.press("Control+m");
  const screen = desk.page.getByTestId("models");
  await expect(screen).toBeVisible();
  await expect(offer(desk, "qwen3-1.7b")).toBeVisible();
  return screen;
}

function offer(desk: Desk, id: string) {
  return desk.page.locator(`[data-testid=offer][data-id="${id}"]`);
}

function arrive(desk: Desk, id: string, part: number) {
  return desk.page.evaluate(
    ([id, part]) => window.__fakeModels.arrive(id as string, part as number),
    [id, part],
  );
}

test("a model is got, watched, paused, gone on with and used", async ({ desk }) => {
  const screen = await opened(desk);
  const row = offer(desk, "gemma-3-4b");
  await row.getByRole("button", { name: "Get it" }).click();
  await arrive(desk, "gemma-3-4b", 0.41);
  await expect(row.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "41");
  await expect(row).toContainText("1.0 GB of 2.5 GB");
  await expect(row).toContainText("2 min left");
  await row.getByRole("button", { name: "Pause" }).click();
  await expect(row).toContainText("paused at");
  await row.getByRole("button", { name: "Go on" }).click();
  await arrive(desk, "gemma-3-4b", 1);
  await row.getByRole("button", { name: "Use it" }).click();
  await expect(row).toContainText("In use");
  await desk.press("Escape");
  await expect(screen).toBeHidden();
  await expect(desk.editor).toBeFocused();
});

test("a model in use is tried on a sample, and tells how fast it is", async ({ desk }) => {
  const screen = await opened(desk);
  await screen.getByRole("button", { name: "Foolscap Starter" }).click();
  const trial = desk.page.getByTestId("trial");
  await trial.getByRole("button", { name: "Try it on a sample" }).click();
  await expect(trial).toContainText("The lamp went out");
  await expect(trial).toContainText("Read 381, wrote 57 tokens a second.");
  await expect(trial.getByRole("button", { name: "Again" })).toBeVisible();
});

test("what does not fit says so, with the nearest that does", async ({ desk }) => {
  await opened(desk);
  await expect(offer(desk, "mistral-nemo-12b")).toContainText("Tight: leaves");
  await expect(offer(desk, "gemma-3-27b")).toContainText("Will not fit. Nearest: Mistral Nemo 12B");
});

test("what a header says is shown before anything is fetched", async ({ desk }) => {
  await opened(desk);
  const row = offer(desk, "gemma-3-4b");
  await row.getByRole("button", { name: "Get it" }).click();
  await expect(row).toContainText("Fits: it needs 3.9 GB of memory at 8,192 tokens, and 11.0 GB are free.");
  await expect(row).toContainText("To download: 2.5 GB; the disk has 120.0 GB free.");
  await expect(row).toContainText("About 7 tokens a second.");
});

test("what does not fit is fetched only by a second press", async ({ desk }) => {
  await opened(desk);
  const row = offer(desk, "gemma-3-27b");
  await row.getByRole("button", { name: "Get it if it fits" }).click();
  await expect(row).toContainText("Will not fit: it needs 19.3 GB of memory");
  await expect(row).toContainText("nothing is fetched yet");
  await expect(row.getByRole("progressbar")).toHaveCount(0);
  await row.getByRole("button", { name: "Leave it" }).click();
  await row.getByRole("button", { name: "Get it if it fits" }).click();
  await row.getByRole("button", { name: "Get it all the same" }).click();
  await arrive(desk, "gemma-3-27b", 0.1);
  await expect(row.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "10");
});

test("in the place of what does not fit the nearest comes", async ({ desk }) => {
  await opened(desk);
  const row = offer(desk, "gemma-3-27b");
  await row.getByRole("button", { name: "Get it if it fits" }).click();
  await row.getByRole("button", { name: "Get Mistral Nemo 12B instead" }).click();
  await expect(row.getByTestId("arrival")).toHaveCount(0);
  await expect(offer(desk, "mistral-nemo-12b").getByTestId("arrival")).toBeVisible();
});

test("a folder of weights that is dropped is converted, with time left and a way to stop", async ({
  desk,
}) => {
  await desk.open();
  await desk.page.evaluate(() => window.__fakeModels.drop(["/models/Harbour-4B"]));
  const screen = desk.page.getByTestId("models");
  const other = screen.getByTestId("arrival");
  await desk.page.evaluate(() => window.__fakeModels.convert("/models/Harbour-4B", 0.5));
  await expect(other).toContainText("made into a GGUF: 1.2 GB of 2.4 GB · 2 min left");
  await other.getByRole("button", { name: "Cancel" }).click();
  await expect(other).toHaveCount(0);
  await screen.getByRole("button", { name: "Use a folder…" }).click();
  await desk.page.evaluate(() => window.__fakeModels.convert("/models/Harbour-4B", 1));
  await screen
    .getByRole("navigation")
    .getByRole("button", { name: /Harbour-4B/ })
    .click();
  await expect(screen.getByRole("heading", { name: "Harbour-4B", level: 1 })).toBeVisible();
});

test("mirrors and the token are set in the settings", async ({ desk }) => {
  await desk.open();
  await desk.press("Control+,");
  const form = desk.page.getByRole("dialog", { name: "Settings" });
  await form.getByText("Where models come from").click();
  const endpoints = form.getByLabel("The hub and its mirrors");
  await endpoints.fill("https://huggingface.co\na mirror");
  await endpoints.press("Tab");
  await expect(form.getByRole("status")).toContainText("a mirror is no address of a hub");
  await endpoints.fill("https://huggingface.co\nhttps://a.mirror");
  await endpoints.press("Tab");
  await expect(form.getByRole("status")).toHaveText("Kept.");
  expect(await desk.page.evaluate(() => window.__fakeModels.hub.endpoints)).toEqual([
    "https://huggingface.co",
    "https://a.mirror",
  ]);
  await form.getByLabel("Token for models with terms").fill("hf_secret");
  await form.getByRole("button", { name: "Keep it" }).click();
  await expect(form.getByText("One is in the system's keyring.")).toBeVisible();
  await expect(form.getByLabel("Token for models with terms")).toHaveValue("");
  await desk.hasNoBarriers();
  await desk.page.setViewportSize({ width: 480, height: 800 });
  await desk.page.screenshot({ path: "test-results/hub-settings-narrow.png" });
  await form.getByRole("button", { name: "Forget it" }).click();
  await expect(form.getByText("None is kept.")).toBeVisible();
  await form.getByRole("button", { name: "Back to huggingface.co" }).click();
  await expect(endpoints).toHaveValue("");
});

test("terms that have to be agreed to ask for a token, which goes to the keyring", async ({ desk }) => {
  await opened(desk);
  const row = offer(desk, "gemma-3-4b");
  await row.getByRole("button", { name: "Get it" }).click();
  await desk.page.evaluate(() =>
    window.__fakeModels.fail("gemma-3-4b", "gated", "It wants you to agree to its terms."),
  );
  await row.getByLabel("Token of the hub").fill("hf_secret");
  await row.getByRole("button", { name: "Use this token" }).click();
  await expect(row).toContainText("asking…");
  expect(await desk.page.evaluate(() => window.__fakeModels.tokens)).toEqual(["hf_secret"]);
});

test("a file that is dropped comes onto the list, with its page", async ({ desk }) => {
  await desk.open();
  await desk.page.evaluate(() => window.__fakeModels.drop(["/models/mine.gguf"]));
  const screen = desk.page.getByTestId("models");
  await expect(screen.getByRole("heading", { name: "mine.gguf", level: 1 })).toBeVisible();
  await screen.getByLabel("context").fill("4096");
  await screen.getByLabel("context").press("Tab");
  await screen.getByRole("button", { name: "Back to what the model says" }).click();
  await expect(screen.getByLabel("context")).toHaveValue("");
  // It goes at once, is removed only when that is not told any more, and until then comes back.
  const there = () => desk.page.evaluate(() => window.__fakeModels.here.some(({ id }) => id === "imported"));
  const row = screen.getByRole("button", { name: /^mine\.gguf/ });
  await screen.getByRole("button", { name: "Take it off the list" }).click();
  await expect(screen.getByRole("heading", { name: "Find a model that fits" })).toBeVisible();
  await expect(row).toHaveCount(0);
  await expect(screen.getByRole("status").filter({ hasText: "is off the list" })).toBeVisible();
  await desk.hasNoBarriers();
  expect(await there()).toBe(true);
  await screen.getByRole("button", { name: "Undo" }).click();
  await expect(screen.getByRole("heading", { name: "mine.gguf", level: 1 })).toBeVisible();
  expect(await there()).toBe(true);
  await screen.getByRole("button", { name: "Take it off the list" }).click();
  await expect(row).toHaveCount(0);
  await desk.press("Escape");
  await desk.page
    .getByRole("status")
    .filter({ hasText: "is off the list" })
    .getByRole("button", { name: "Dismiss" })
    .click();
  await expect.poll(there).toBe(false);
});

test("any repository of the hub is found and its files are listed", async ({ desk }) => {
  const screen = await opened(desk);
  await screen.getByRole("button", { name: "Any other on the hub…" }).click();
  await screen.getByLabel("Search the hub").fill("nemo");
  await desk.press("Enter");
  await screen.getByRole("button", { name: "someone/nemo-GGUF" }).click();
  await expect(screen.getByText("model-Q4.gguf")).toBeVisible();
  await expect(screen.getByText("and 2 more files")).toBeVisible();
  await screen.getByRole("button", { name: "Get it" }).last().click();
  await expect(screen.getByTestId("arrival")).toContainText("in 3 files");
  await desk.page.screenshot({ path: "test-results/models-hub.png" });
  await desk.press("Escape");
  await expect(screen.getByRole("heading", { name: "Find a model that fits" })).toBeVisible();
});

test("everybody can read it", async ({ desk }) => {
  await opened(desk);
  await offer(desk, "gemma-3-4b").getByRole("button", { name: "Get it" }).click();
  await arrive(desk, "gemma-3-4b", 0.41);
  await offer(desk, "gemma-3-27b").getByRole("button", { name: "Get it if it fits" }).click();
  await desk.page.evaluate(() => window.__fakeModels.convert("/models/Harbour-4B", 0.5));
  await desk.hasNoBarriers();
  await desk.page.getByRole("button", { name: /llama3.2:3b/ }).click();
  await desk.hasNoBarriers();
});
