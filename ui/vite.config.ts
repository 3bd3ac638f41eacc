// One config for the three ways the page is made: `production` (what Tauri embeds), `fake` (the page with a
// fake host, for `npm run dev` and the browser tests) and `test` (vitest).
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The content policy of the real window, so that the browser tests run under it. */
const POLICY =
  "default-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'";

/** Stops a build that would ship the fake host to a writer. */
function noFakeInProduction(mode: string): Plugin {
  return {
    name: "no-fake-in-production",
    generateBundle(_options, bundle) {
      if (mode !== "production") return;
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === "chunk" && chunk.moduleIds.some((id) => id.includes("/src/host/fake"))) {
          this.error(`The fake host is in the production bundle (${chunk.fileName}).`);
        }
      }
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), noFakeInProduction(mode)],
  base: "./",
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { host: "127.0.0.1", port: 5173, strictPort: true },
  preview: {
    host: "127.0.0.1",
    port: 4173,
    strictPort: true,
    headers: { "Content-Security-Policy": POLICY },
  },
  // A busy machine is slow and not wrong.
  test: { include: ["src/**/*.test.ts"], environment: "node", testTimeout: 30_000 },
}));
