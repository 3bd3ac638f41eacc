// The report of an experiment, as the command line writes it: a page of its own, read by a browser from a file.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";
import { barriers } from "./barriers";

const ROOT = join(import.meta.dirname, "../..");
const PROGRAM = join(ROOT, "target/debug/foolscap");

test.setTimeout(120_000);

test("a report is a page that needs nothing else, and anybody can read it", async ({ page }) => {
  const missing = !existsSync(PROGRAM);
  const why = `SKIPPED: there is no ${PROGRAM}; cargo build makes it`;
  // The runner's list does not tell why.
  if (missing) console.log(why);
  test.skip(missing, why);
  const folder = mkdtempSync(join(tmpdir(), "foolscap-report-"));
  const env = { ...process.env, FOOLSCAP_LIBRARY: join(folder, "library.foolscap") };
  const run = (words: string[], input = "") => execFileSync(PROGRAM, words, { env, input, stdio: "pipe" });
  run(["experiment", "run", join(ROOT, "samples/experiment.toml")]);
  run(["experiment", "judge"], "1\n2\n0\n".repeat(8) + "q\n");
  const file = join(folder, "report.html");
  run(["experiment", "report", "--out", file]);

  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => expect(message.type()).not.toBe("error"));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Plain, told or by the senses?");
  await expect(page.getByText("60 of 60 answers · 24 choices made blind")).toBeVisible();
  await expect(page.locator("tbody").first().locator("tr")).toHaveCount(6);
  await expect(page.locator("figure.main svg circle")).toHaveCount(6);
  const answers = page.locator("main > details");
  await expect(answers).toHaveCount(60);
  await answers.first().locator("summary").first().click();
  await expect(answers.first().getByRole("row", { name: /Model Foolscap Starter/ })).toBeVisible();
  await answers.first().getByText("What was sent").click();
  await expect(answers.first().locator("pre")).toContainText("The lighthouse had been dark");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await barriers(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 400, height: 800 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
  expect(asked).toEqual([url]);
});
