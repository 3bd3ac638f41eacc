// The page in a real browser against the fake host. The browser is the system's Chromium; nothing is downloaded.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";

const candidates = [
  process.env.FOOLSCAP_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = candidates.find((path) => path && existsSync(path));
if (!executablePath) {
  throw new Error("No Chromium found. Install the package chromium, or name one in FOOLSCAP_CHROMIUM.");
}

/** Another one where two checkouts are tested at once. */
const port = process.env.FOOLSCAP_PAGE_PORT ?? "4173";

export default defineConfig({
  testDir: "browser",
  outputDir: "test-results",
  timeout: 45_000,
  expect: { timeout: 10_000 },
  workers: Math.min(availableParallelism(), 4),
  // A machine that stands still for a moment is no defect of the page; what fails once is listed as flaky.
  retries: 1,
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "page", testIgnore: /latency/ },
    // What is timed has the machine to itself.
    { name: "latency", testMatch: /latency/, dependencies: ["page"] },
  ],
  webServer: {
    command: `npm run preview:fake -- --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}`,
    timeout: 120_000,
    reuseExistingServer: false,
  },
});
