// Everybody can read every view, in light, in dark and at 200 %; `cargo xtask screenshots` keeps what is seen here.
import { join } from "node:path";
import { expect, test } from "./desk";
import { VIEWS } from "./views";

const KEPT = process.env.FOOLSCAP_VIEWS;

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
