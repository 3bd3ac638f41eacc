// How a test asks for what takes several steps.
import type { Desk } from "./desk";

/** Selects the second sentence of the sample, where the boat lies, and asks for it to be livelier. */
export async function livelier(desk: Desk, candidates = 1) {
  await desk.openSample("pace=hold&model=chat");
  await desk.press("Control+Home");
  await desk.press("Shift+End");
  // The first paragraph as a whole, whichever way its lines are broken.
  await desk.editor.locator("p").first().click({ clickCount: 3 });
  await desk.press("Alt+Enter");
  const form = desk.page.getByRole("form", { name: "Ask the machine" });
  await form.getByLabel("Candidates").fill(String(candidates));
  await form.getByRole("button", { name: "Livelier" }).click();
  await desk.is("reading");
  await desk.say();
  await desk.is("pending");
}
