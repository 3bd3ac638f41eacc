// What the browser tests share: a page on the fake host, and the words for its parts.
import { expect, type Page, test as base } from "@playwright/test";
import type { Fake } from "../src/host/fake";
import type { Desk as Inside } from "../src/stores/desk.svelte";
import { barriers } from "./barriers";

declare global {
  interface Window {
    __fake: Fake;
    __desk: Inside;
  }
}

/** The desk of a writer: an opened page and its parts. */
export class Desk {
  /** What the fake host is told where `open` does not say it. */
  query: string | undefined;

  constructor(readonly page: Page) {}

  /** Opens the page; words of the model come when `say` asks for them unless `pace` says otherwise. */
  async open(query = this.query ?? "pace=hold"): Promise<this> {
    await this.page.goto(`/?${query}`);
    await this.saved();
    await expect(this.editor).toBeFocused();
    return this;
  }

  /** Opens it anew, as after a restart. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.saved();
    await expect(this.editor).toBeFocused();
  }

  /** Opens it with the first sample on the page and the cursor at its end. */
  async openSample(query?: string): Promise<this> {
    await this.open(query);
    await this.press("Control+Shift+B");
    await expect(this.editor).toContainText("he asked,");
    await this.page.keyboard.press("Control+End");
    await this.saved();
    return this;
  }

  get editor() {
    return this.page.getByTestId("page").locator("[role=textbox]");
  }
  get ghost() {
    return this.page.getByTestId("ghost");
  }
  get panel() {
    return this.page.getByRole("complementary", { name: "Suggestions" });
  }
  get status() {
    return this.page.getByTestId("status");
  }
  /** The name of the model, which leads to its card. */
  get model() {
    return this.status.locator(".model");
  }
  /** Cards with what need not go into the text. */
  get ideas() {
    return this.page.getByRole("listbox", { name: "Ideas" }).getByRole("option");
  }
  /** Cards with several ways to go on. */
  get cards() {
    return this.page.getByRole("listbox", { name: "Candidates" }).getByRole("option");
  }

  press(keys: string) {
    return this.page.keyboard.press(keys);
  }
  /** Puts the cursor at the beginning; a page that got the focus just now puts it back for some milliseconds. */
  async toBeginning() {
    const before = () => window.__desk.page.cursor(true).before;
    await expect(async () => {
      await this.press("Control+Home");
      expect(await this.page.evaluate(before)).toBe("");
    }).toPass({ intervals: [30] });
  }
  type(text: string) {
    return this.page.keyboard.type(text);
  }

  async saved() {
    await expect(this.page.getByTestId("saved")).toHaveAttribute("data-saved", "true");
    await expect(this.page.getByTestId("saved")).toHaveText("Saved");
  }

  /** Speaks another language, and looks otherwise. */
  async look({ language, theme }: { language?: string; theme?: "light" | "dark" }) {
    if (theme) await this.page.emulateMedia({ colorScheme: theme });
    if (language) {
      await this.command(`language: ${language}`);
      await expect(this.page.getByRole("dialog")).toHaveCount(0);
    }
  }

  /** What the machine is doing. */
  async is(state: "idle" | "reading" | "writing" | "pending") {
    await expect(this.status).toHaveAttribute("data-action-state", state);
  }

  /** Begins a continuation and lets words of it come; all without a number. */
  async continue(words?: number) {
    await this.press("Control+Enter");
    await this.is("reading");
    await this.say(words);
  }

  say(words?: number) {
    return this.page.evaluate((count) => window.__fake.machine.say(count ?? Infinity), words);
  }

  outcomes() {
    return this.page.evaluate(() =>
      window.__fake.machine.outcomes.map(({ verdict, text }) => ({ verdict, text })),
    );
  }

  requests() {
    return this.page.evaluate(() => window.__fake.machine.requests);
  }

  /** Runs a command that is found by typing. */
  async command(title: string) {
    await this.press("Control+p");
    await this.type(title);
    await this.press("Enter");
  }

  /** The text of the page as it was saved last. */
  async text(): Promise<string> {
    await this.saved();
    return this.page.evaluate(() => window.__fake.library.saves.at(-1)?.text ?? "");
  }

  /** Pastes a text, or what another program put on the clipboard as HTML. */
  async paste(text: string, html = "") {
    await this.editor.evaluate(
      (element, [text, html]) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text!);
        if (html) clipboardData.setData("text/html", html);
        element.dispatchEvent(
          new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
        );
      },
      [text, html],
    );
  }

  /** Moves the mouse, which brings the edges of the window back. */
  async wake() {
    await this.page.mouse.move(300, 20);
    await this.page.mouse.move(310, 22);
    await expect(this.page.locator(".window.quiet")).toHaveCount(0);
    await this.#still();
  }

  /** Looks for barriers, with all of the window to be seen. */
  async hasNoBarriers(seen?: (theme: "light" | "dark") => Promise<void>) {
    await this.wake();
    expect(await barriers(this.page)).toEqual([]);
    if (!(await this.page.evaluate(() => window.__desk.settings.now.theme === "system"))) return;
    const root = this.page.locator("html");
    const now = await root.getAttribute("data-theme");
    const other = now === "dark" ? "light" : "dark";
    await this.page.emulateMedia({ colorScheme: other });
    await expect(root).toHaveAttribute("data-theme", other);
    await this.#still();
    // All but its colours was looked at above.
    expect(await barriers(this.page, ["color-contrast"])).toEqual([]);
    await seen?.(other);
    await this.page.emulateMedia({ colorScheme: now === "dark" ? "dark" : "light" });
    await expect(root).toHaveAttribute("data-theme", now!);
    await this.#still();
  }

  /** The parts of the window whose contents stick out of them or of the window. */
  overflowing(): Promise<string[]> {
    return this.page.evaluate(() => {
      const parts = [
        ...document.querySelectorAll("html, main, aside, header, footer, nav, dialog, form, table, .btn"),
      ];
      // What a part that scrolls holds may be wider than it.
      const scrolls = (part: Element | null): boolean =>
        !!part &&
        (["auto", "scroll"].includes(getComputedStyle(part).overflowX) || scrolls(part.parentElement));
      const shown = parts.filter((part) => part.checkVisibility() && !scrolls(part.parentElement));
      const out = (part: Element) => {
        const { left, right } = part.getBoundingClientRect();
        return part.scrollWidth > part.clientWidth + 1 || left < -1 || right > innerWidth + 1;
      };
      return shown
        .filter(out)
        .map((part) => `${part.tagName} ${part.className}: ${part.textContent?.trim().slice(0, 80)}`);
    });
  }

  /** Waits for what moves. */
  async #still() {
    await this.page.evaluate(() =>
      Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))),
    );
  }
}

/** A test that fails on any error in the console, a breach of the content policy among them. */
export const test = base.extend<{ desk: Desk }>({
  desk: async ({ page }, use) => {
    const errors: string[] = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    page.on("pageerror", (error) => errors.push(error.message));
    await page.emulateMedia({ reducedMotion: "reduce" });
    await use(new Desk(page));
    expect(errors).toEqual([]);
  },
});

export { expect };
