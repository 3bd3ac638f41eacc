// The screen of models: what fits, what is on its way, what is here.
import type { FakeModels } from "../src/host/fake-models";
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
  await expect(offer(desk, "gemma-3-27b").getByRole("button")).toHaveCount(0);
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
  await expect(row).toContainText("asking the hub");
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
  await screen.getByRole("button", { name: "Remove…" }).click();
  await screen.getByRole("button", { name: "Take it off the list" }).click();
  await expect(screen.getByRole("heading", { name: "Find a model that fits" })).toBeVisible();
});

test("any repository of the hub is found and its files are listed", async ({ desk }) => {
  const screen = await opened(desk);
  await screen.getByRole("button", { name: "Any other on the hub…" }).click();
  await screen.getByLabel("Search the hub").fill("nemo");
  await desk.press("Enter");
  await screen.getByRole("button", { name: "someone/nemo-GGUF" }).click();
  await expect(screen.getByText("model-Q4.gguf")).toBeVisible();
  await desk.press("Escape");
  await expect(screen.getByRole("heading", { name: "Find a model that fits" })).toBeVisible();
});

for (const theme of ["light", "dark"]) {
  test(`everybody can read it: ${theme}`, async ({ desk }) => {
    await desk.page.emulateMedia({ colorScheme: theme as "light" | "dark" });
    await opened(desk);
    await offer(desk, "gemma-3-4b").getByRole("button", { name: "Get it" }).click();
    await arrive(desk, "gemma-3-4b", 0.41);
    await desk.hasNoBarriers();
    await desk.page.screenshot({ path: `test-results/models-${theme}.png` });
    await desk.page.setViewportSize({ width: 520, height: 800 });
    await desk.page.screenshot({ path: `test-results/models-${theme}-narrow.png` });
    await desk.page.setViewportSize({ width: 1280, height: 800 });
    await desk.page.getByRole("button", { name: /llama3.2:3b/ }).click();
    await desk.hasNoBarriers();
    await desk.page.screenshot({ path: `test-results/models-${theme}-page.png` });
  });
}
