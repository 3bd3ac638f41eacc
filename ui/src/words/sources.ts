// The sources of the page as the tests of its words read them; no part of the page.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "..");

/** Components, modules and styles, tests left out; paths from `src`, with `/` between names. */
export function sources(folder = ROOT): { path: string; text: string }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    if (!/\.(svelte|ts|css)$/.test(entry.name) || entry.name.endsWith(".test.ts")) return [];
    return [{ path: relative(ROOT, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") }];
  });
}
