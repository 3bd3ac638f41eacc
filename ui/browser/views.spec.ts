// Everybody can read every view, in light, in dark and at 200 %; `cargo xtask screenshots` keeps what is seen here.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./desk";
import { VIEWS } from "./views";

const KEPT = process.env.FOOLSCAP_VIEWS;
const DRAWN = join(import.meta.dirname, "..", "..", "docs", "views");

test("the pictures that are kept are those of the views there are", () => {
  test.skip(!existsSync(DRAWN) || KEPT !== undefined, "There are none, or they are being drawn.");
  const drawn = readdirSync(DRAWN).filter((name) => name.endsWith(".png"));
  const views = VIEWS.flatMap(({ name }) => [`${name}-light.png`, `${name}-dark.png`]);
  // `cargo xtask screenshots` draws what is missing; what is stale is deleted by hand.
  const missing = views.filter((name) => !drawn.includes(name));
  const stale = drawn.filter((name) => !views.includes(name));
  expect({ missing, stale }).toEqual({ missing: [], stale: [] });
});

for (const { name, query, open } of VIEWS) {
  test(`${name} has no barriers`, async ({ desk }) => {
    desk.query = query;
    await open(desk);
    await desk.wake();
    const keep = async (theme: string) => {
      if (!KEPT) return;
      await desk.page.addStyleTag({ content: "* { caret-color: transparent !important }" });
      await desk.page.screenshot({ path: join(KEPT, `${name}-${theme}.png`) });
    };
    await keep("light");
    await desk.hasNoBarriers(keep);
    // All of it twice as large is half the room in both directions.
    await desk.page.setViewportSize({ width: 640, height: 400 });
    expect(await desk.overflowing()).toEqual([]);
  });
}
