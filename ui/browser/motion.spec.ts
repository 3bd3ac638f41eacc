// Who wants nothing to move sees nothing move.
import { expect, test } from "./desk";
import type { Desk } from "./desk";

declare global {
  interface Window {
    __moved: Set<string>;
  }
}

/** Notes whatever moves from now on: at its first frame, or as soon as it has begun. */
async function watch(desk: Desk) {
  await desk.page.evaluate(() => {
    window.__moved = new Set();
    const look = () => {
      for (const one of document.getAnimations()) {
        const effect = one.effect as KeyframeEffect;
        const { duration, delay = 0 } = effect.getComputedTiming();
        if (Number(duration) + delay > 0)
          window.__moved.add(`${effect.target?.nodeName}.${effect.target?.className}`);
      }
    };
    for (const begun of ["animationstart", "transitionrun"]) addEventListener(begun, look, true);
    const frame = () => requestAnimationFrame(() => (look(), frame()));
    frame();
  });
}

const moved = (desk: Desk) => desk.page.evaluate(() => [...window.__moved]);

test("nothing moves while the machine writes, the edges recede and dialogs open", async ({ desk }) => {
  await desk.page.emulateMedia({ reducedMotion: "reduce" });
  await desk.openSample();
  await watch(desk);
  await desk.press("Control+Enter");
  await desk.is("reading");
  await desk.say(3);
  await desk.is("writing");
  await expect(desk.panel).toBeVisible();
  await desk.say();
  await desk.is("pending");
  await desk.press("Tab");
  await desk.type(" Then");
  await expect(desk.page.locator(".window.quiet")).toBeVisible();
  await desk.wake();
  for (const keys of ["Control+p", "Control+/", "Control+,", "Control+m"]) {
    await desk.press(keys);
    await expect(desk.page.locator("dialog[open], [data-testid=models]")).toBeVisible();
    await desk.press("Escape");
    await expect(desk.editor).toBeFocused();
  }
  expect(await moved(desk)).toEqual([]);
});

test("what moves is noticed where moving is wanted", async ({ desk }) => {
  await desk.page.emulateMedia({ reducedMotion: "no-preference" });
  await desk.openSample();
  await watch(desk);
  await desk.continue();
  await expect.poll(() => moved(desk)).toContainEqual(expect.stringContaining("panel"));
});
