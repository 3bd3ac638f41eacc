// Who goes by Tab sees where they are.
import { expect, test } from "./desk";
import type { Desk } from "./desk";

/** Goes on by Tab, and tells how many places that were, and those of them that do not show the focus. */
async function walk(desk: Desk, times: number) {
  const unseen: string[] = [];
  const places = new Set<string>();
  let before: { name: string; lines: string } | null = null;
  for (let i = 0; i <= times; i++) {
    await desk.press("Tab");
    // What had the focus has it no longer: what is drawn around it must be less than before.
    const { left, now } = await desk.page.evaluate(() => {
      /** Outlines of two pixels and more, and shadows; of a list and of what in it has the focus, of a box and its label. */
      const lines = (element: Element) =>
        [element.closest("label") ?? element, ...element.querySelectorAll("*"), element]
          .map((part) => {
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part);
            const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
            return `${seen ? outlineWidth : ""}/${boxShadow}`;
          })
          .join();
      const marked = document.querySelector("[data-walked]");
      const left = marked && lines(marked);
      marked?.removeAttribute("data-walked");
      const active = document.activeElement;
      // The manuscript shows a caret, and is the whole sheet.
      if (!active || active === document.body || active.closest("[data-testid=page]"))
        return { left, now: null };
      active.setAttribute("data-walked", "");
      const name = `${active.tagName} ${active.className} ${active.getAttribute("aria-label") ?? active.textContent?.trim().slice(0, 40)}`;
      return { left, now: { name, lines: lines(active) } };
    });
    if (before && left === before.lines) unseen.push(before.name);
    if (now) places.add(now.name);
    before = now;
  }
  return { places: places.size, unseen };
}

test("every place that Tab comes to in the window shows the focus", async ({ desk }) => {
  await desk.openSample("pace=hold&context=full");
  await desk.press("Control+Shift+n");
  await expect(desk.editor).toHaveText("");
  await desk.press("Alt+p");
  await expect(desk.panel).toContainText("of 1,024 tokens");
  await desk.press("Control+1");
  const { places, unseen } = await walk(desk, 30);
  expect(places).toBeGreaterThan(15);
  expect(unseen).toEqual([]);
});

test("every place that Tab comes to in a dialog shows the focus", async ({ desk }) => {
  await desk.openSample();
  await desk.press("Control+,");
  await expect(desk.page.getByRole("dialog")).toBeVisible();
  const { places, unseen } = await walk(desk, 25);
  expect(places).toBeGreaterThan(7);
  expect(unseen).toEqual([]);
});
