// Everybody can read every view, in light and in dark; `cargo xtask screenshots` keeps what is seen here.
import { join } from "node:path";
import { test } from "./desk";
import { VIEWS } from "./views";

const KEPT = process.env.FOOLSCAP_VIEWS;

for (const { name, query, open } of VIEWS) {
  test(`${name} has no barriers`, async ({ desk }) => {
    desk.query = query;
    await open(desk);
    const keep = async (theme: string) => {
      if (!KEPT) return;
      await desk.page.addStyleTag({ content: "* { caret-color: transparent !important }" });
      await desk.page.screenshot({ path: join(KEPT, `${name}-${theme}.png`) });
    };
    await keep("light");
    await desk.hasNoBarriers(keep);
  });
}
