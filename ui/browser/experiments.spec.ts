import { expect, test } from "./desk";
import type { Desk } from "./desk";

const FULL = "pace=hold&workbench=full&answers=hold";

const screen = (desk: Desk) => desk.page.getByTestId("screen");
const list = (desk: Desk) => screen(desk).getByRole("navigation", { name: "What there is" });
const arms = (desk: Desk) => screen(desk).getByRole("region", { name: "What is compared" }).getByRole("row");
const step = (desk: Desk, answers?: number) =>
  desk.page.evaluate((count) => window.__fake.experiments.step(count ?? Infinity), answers);

/** The workbench with an experiment open. */
async function opened(desk: Desk, name: RegExp, query = FULL) {
  await desk.openSample(query);
  await desk.press("Control+Alt+p");
  await list(desk).getByRole("button", { name }).click();
  await expect(arms(desk).first()).toBeVisible();
}

test.describe("an experiment", () => {
  test("is thought out, says how many answers that makes, runs, pauses and goes on", async ({ desk }) => {
    await desk.openSample(FULL);
    await desk.press("Control+Alt+p");
    await list(desk).getByRole("button", { name: "My continue" }).click();
    await desk.press("Control+Alt+x");
    const form = screen(desk).getByRole("form", { name: "New experiment" });
    await expect(form.getByRole("checkbox", { name: /my continue v3/ })).toBeChecked();
    await expect(form.getByRole("checkbox", { name: "continue v2", exact: true })).toBeChecked();
    await expect(form).toContainText("answers to come: 16");
    await form.getByRole("button", { name: "Add a row of settings" }).click();
    await form.getByRole("spinbutton", { name: "Temperature" }).nth(1).fill("1.2");
    await desk.press("Tab");
    await expect(form).toContainText("answers to come: 32");
    await form.getByText("Add a model that is elsewhere…").click();
    await form.getByRole("textbox", { name: "Address" }).fill("http://desk.local:8000/v1");
    await form.getByRole("textbox", { name: "Its name there" }).fill("harbour-24b");
    await form.getByRole("button", { name: "Add it" }).click();
    await expect(form).toContainText("not on this machine");
    await expect(form).toContainText("answers to come: 64");
    await desk.hasNoBarriers();
    await form.getByRole("textbox", { name: "Name", exact: true }).first().fill("On an image?");
    await form.getByRole("button", { name: "Begin" }).click();
    const state = screen(desk).getByTestId("experiment-state");
    await expect(state).toContainText("0 of 64 answers");
    await expect(state).toContainText("loads a model");
    await step(desk, 9);
    await expect(state).toContainText("8 of 64 answers · running");
    await expect(state).toContainText("left");
    await expect(arms(desk)).toHaveCount(9);
    await desk.press("Control+Alt+o");
    await expect(state).toContainText("paused");
    await step(desk, 3);
    await expect(state).toContainText("8 of 64");
    await desk.press("Control+Alt+o");
    await step(desk);
    await expect(state).toContainText("64 of 64 answers · done");
    await expect(screen(desk)).toContainText("Nobody has chosen yet");
  });

  test("says from how many times on contradictions between answers are told", async ({ desk }) => {
    await desk.openSample(FULL);
    await desk.press("Control+Alt+x");
    const form = screen(desk).getByRole("form", { name: "New experiment" });
    const repeats = form.getByRole("spinbutton", { name: "Times each" });
    const hint = form.getByText("From 3 times on it is also told where answers contradict each other.");
    await expect(repeats).toHaveValue("2");
    await expect(hint).toBeVisible();
    await expect(repeats).toHaveAccessibleDescription(/contradict each other/);
    await repeats.fill("3");
    await expect(hint).toHaveCount(0);
    await desk.hasNoBarriers();
  });

  test("is shown where two of its checks have the same title", async ({ desk }) => {
    await desk.openSample(FULL);
    await desk.press("Control+Alt+p");
    await list(desk).getByRole("button", { name: "My continue" }).click();
    await desk.press("Control+Alt+x");
    const form = screen(desk).getByRole("form", { name: "New experiment" });
    await form.getByText("What answers are held against…").click();
    const check = '[[checks]]\nkind = "length"\n';
    await form.getByRole("textbox", { name: /Checks as TOML tables/ }).fill(check + check);
    await form.getByRole("button", { name: "Begin" }).click();
    await step(desk);
    await expect(screen(desk).getByTestId("experiment-state")).toContainText("done");
    await expect(arms(desk).first().getByRole("columnheader", { name: "length" })).toHaveCount(2);
    const languages = screen(desk).getByRole("region", { name: "By language" });
    await expect(languages.getByRole("columnheader", { name: "length" })).toHaveCount(2);
    await expect(screen(desk).getByLabel("That fail").getByRole("option", { name: "length" })).toHaveCount(2);
    await screen(desk).getByRole("list", { name: "Answers" }).getByRole("button").first().click();
    const found = screen(desk).getByRole("list", { name: "What the checks found" }).getByRole("listitem");
    await expect(found.filter({ hasText: "length" })).toHaveCount(2);
  });

  test("goes on after a restart", async ({ desk }) => {
    await opened(desk, /Cooler or warmer/, "pace=hold&workbench=full&answers=30");
    await desk.press("Control+Alt+o");
    const state = screen(desk).getByTestId("experiment-state");
    await expect(state).toContainText("running");
    await desk.reload();
    await desk.press("Control+Alt+p");
    await list(desk)
      .getByRole("button", { name: /Cooler or warmer/ })
      .click();
    await expect(state).toContainText("24 of 24 answers · done");
    await expect(state).toContainText("not on this machine");
  });

  test("says which answers could not be made and why, and tries those again", async ({ desk }) => {
    await opened(desk, /Cooler or warmer/);
    const state = screen(desk).getByTestId("experiment-state");
    const fail = (count: number) =>
      desk.page.evaluate((count) => void (window.__fake.experiments.failing = count), count);
    await fail(2);
    await desk.press("Control+Alt+o");
    await step(desk);
    await expect(state).toContainText("22 of 24 answers · paused · could not be made: 2");
    await expect(screen(desk)).toContainText("The server at desk.local closed the connection");
    await desk.hasNoBarriers();
    await fail(1);
    await screen(desk).getByRole("button", { name: "Try those again" }).click();
    await step(desk);
    await expect(state).toContainText("23 of 24 answers · paused · could not be made: 1");
    await desk.press("Control+Alt+o");
    await step(desk);
    await expect(state).toContainText("24 of 24 answers · done");
    await expect(state).not.toContainText("could not be made");
    await expect(screen(desk)).not.toContainText("closed the connection");
  });

  test("waits while the writer asks for something, and says so when it is done", async ({ desk }) => {
    await opened(desk, /Cooler or warmer/, "pace=hold&workbench=full&answers=40");
    await desk.press("Escape");
    await desk.press("Control+Enter");
    await desk.is("reading");
    await desk.press("Control+Alt+p");
    await desk.press("Control+Alt+o");
    const state = screen(desk).getByTestId("experiment-state");
    await expect(state).toContainText("waits while you work with the machine");
    await desk.press("Escape");
    await desk.say();
    await desk.is("pending");
    const done = desk.page.getByRole("status").filter({ hasText: "“Cooler or warmer?” is done." });
    await done.getByRole("button", { name: "See it" }).click();
    await expect(state).toContainText("24 of 24 answers · done");
  });

  test("shows arms, checks, languages, distributions, and answers by what failed", async ({ desk }) => {
    await opened(desk, /Shorter or as it came/);
    await expect(arms(desk)).toHaveCount(3);
    await expect(arms(desk).nth(1)).toContainText("my continue v2");
    await expect(arms(desk).nth(1)).toContainText("4 of 5");
    await expect(arms(desk).nth(1).getByRole("img")).toHaveAttribute("aria-label", /Strength .* from .* to/);
    await expect(screen(desk)).toContainText("about 9 more choices would settle it");
    await expect(screen(desk).getByRole("region", { name: "By language" })).toContainText("German");
    await screen(desk).getByText("How the values lie").click();
    const words = screen(desk).getByRole("img", { name: /Words in an answer/ });
    await expect(words).toHaveAttribute("aria-label", /in the middle, from/);
    await expect(words.locator("circle").first()).toBeVisible();
    await desk.hasNoBarriers();
    const answers = screen(desk).getByRole("list", { name: "Answers" }).getByRole("listitem");
    await expect(answers).toHaveCount(16);
    await screen(desk)
      .getByRole("combobox", { name: "Of", exact: true })
      .selectOption({ label: "continue v2" });
    await expect(answers).toHaveCount(8);
    await screen(desk).getByLabel("That fail").selectOption({ index: 1 });
    await expect(answers.first()).toContainText("Does not pass: does not repeat itself");
    await screen(desk).getByLabel("That fail").selectOption({ index: 0 });
    await answers.nth(0).getByRole("checkbox").check();
    await expect(screen(desk)).toContainText("Mark another answer");
    await answers.nth(1).getByRole("checkbox").check();
    await expect(screen(desk).getByRole("group", { name: "What differs between two answers" })).toBeVisible();
    await screen(desk).getByRole("button", { name: "CSV…" }).click();
    await expect(screen(desk)).toContainText("/home/ada/Shorter or as it came?.csv");
  });

  test("shows what checks measured and how answers vary, in the table and on demand in plots", async ({
    desk,
  }) => {
    await opened(desk, /Shorter or as it came/);
    const head = arms(desk).first();
    await expect(
      head.getByRole("columnheader", { name: "does not repeat itself of the text" }),
    ).toBeVisible();
    await expect(head.getByRole("columnheader", { name: "Variety" })).toBeVisible();
    await expect(arms(desk).nth(1)).toContainText(/\d of 8\s+median 0\.\d/);
    await expect(arms(desk).nth(1).getByRole("cell", { name: "61", exact: true })).toBeVisible();
    await screen(desk).getByText("How the values lie").click();
    const shown = screen(desk).getByRole("group", { name: "What is shown" });
    const figure = screen(desk).getByRole("img", { name: /does not repeat itself · of the text/ });
    await expect(figure).toHaveCount(0);
    await expect(shown.getByRole("checkbox", { name: "begins without a preamble" })).toHaveCount(0);
    await shown.getByRole("checkbox", { name: "does not repeat itself · of the text" }).check();
    await expect(figure.locator("circle")).toHaveCount(16);
    await desk.hasNoBarriers();
    await shown.getByRole("checkbox", { name: "Seconds to the first word" }).uncheck();
    await expect(screen(desk).getByRole("img", { name: /Seconds to the first word/ })).toHaveCount(0);
  });

  test("holds two answers beside each other, each whole, with what only it has marked", async ({ desk }) => {
    await opened(desk, /Shorter or as it came/);
    const texts = ["The lamp was dark again. She waited.", "The lamp was lit. She waited, and sang."];
    await desk.page.evaluate((texts) => {
      const shelf = JSON.parse(localStorage.getItem("foolscap-fake")!);
      texts.forEach((text, at) => (shelf.more.experiments[0].answers[at].text = text));
      localStorage.setItem("foolscap-fake", JSON.stringify(shelf));
    }, texts);
    await list(desk)
      .getByRole("button", { name: /Shorter or as it came/ })
      .click();
    const answers = screen(desk).getByRole("list", { name: "Answers" }).getByRole("listitem");
    await expect(answers.nth(1)).toContainText("and sang");
    await answers.nth(0).getByRole("checkbox").check();
    await answers.nth(1).getByRole("checkbox").check();
    const pair = screen(desk).getByRole("group", { name: "What differs between two answers" });
    await expect(pair).toContainText(/From “my continue v2.*” to “continue v2.*”/);
    const columns = pair.getByRole("region");
    await expect(columns).toHaveCount(2);
    await expect(columns.nth(0).locator(".words")).toHaveText(texts[0]!);
    await expect(columns.nth(1).locator(".words")).toHaveText(texts[1]!);
    await expect(columns.nth(0).getByRole("deletion")).toHaveText(["dark again"]);
    await expect(columns.nth(1).getByRole("insertion")).toHaveText(["lit", ", and sang"]);
    for (const mark of [columns.nth(0).getByRole("deletion"), columns.nth(1).getByRole("insertion")])
      await expect(mark.first()).toHaveCSS("text-decoration-line", "underline");
    const [left, right] = [await columns.nth(0).boundingBox(), await columns.nth(1).boundingBox()];
    expect(right!.y).toBe(left!.y);
    await desk.hasNoBarriers();
    await desk.page.setViewportSize({ width: 640, height: 800 });
    await expect
      .poll(async () => (await columns.nth(1).boundingBox())!.y - (await columns.nth(0).boundingBox())!.y)
      .toBeGreaterThan(20);
    await pair.getByRole("button", { name: "Compare no more" }).click();
    await expect(pair).toHaveCount(0);
  });

  test("marks what a model made that is not on this machine wherever it is named", async ({ desk }) => {
    await opened(desk, /Cooler or warmer/);
    const here = arms(desk).filter({ hasText: /starter/ });
    const away = arms(desk).filter({ hasText: /harbour-24b/ });
    await expect(here).toHaveCount(3);
    await expect(away).toHaveCount(3);
    for (const row of await away.all()) await expect(row).toContainText("not on this machine");
    for (const row of await here.all()) await expect(row).not.toContainText("not on this machine");
    const marked = /harbour-24b · temperature [\d.]+ \(not on this machine\)/;
    await screen(desk).getByText("How the values lie").click();
    const plot = screen(desk).getByRole("img", { name: /Words in an answer/ });
    await expect(plot).toHaveAttribute("aria-label", marked);
    await expect(plot.getByText("not on this machine")).toHaveCount(3);
    const filter = screen(desk).getByRole("combobox", { name: "Of", exact: true });
    await expect(filter.getByRole("option", { name: marked })).toHaveCount(3);
    await screen(desk).getByText("A model as judge").click();
    await screen(desk)
      .getByRole("combobox", { name: /^Judge/ })
      .selectOption({ index: 1 });
    await screen(desk).getByRole("button", { name: "Let it judge" }).click();
    const judge = screen(desk).getByRole("region", { name: /: two at a time/ });
    for (const row of await judge.getByRole("row").filter({ hasText: "harbour-24b" }).all())
      await expect(row).toContainText("not on this machine");
    const answers = screen(desk).getByRole("list", { name: "Answers" });
    const one = answers.getByRole("button", { name: /harbour-24b/ }).first();
    await expect(one).toHaveText(marked);
    await desk.hasNoBarriers();
    await one.click();
    await expect(
      screen(desk).getByRole("region", { name: "Answer" }).getByRole("heading").first(),
    ).toHaveText(marked);
  });

  test("is judged by a model in three ways, with how far each is to be trusted", async ({ desk }) => {
    await opened(desk, /Shorter or as it came/);
    await screen(desk).getByText("A model as judge").click();
    for (const task of ["pairs", "rubric", "facts"]) {
      await screen(desk)
        .getByRole("combobox", { name: /^Judge/ })
        .selectOption({ index: 1 });
      await screen(desk)
        .getByRole("combobox", { name: /^What it is asked/ })
        .selectOption(task);
      await screen(desk).getByRole("button", { name: "Let it judge" }).click();
    }
    const judges = screen(desk).getByRole("region", { name: /: (two at a time|points|against)/ });
    await expect(judges).toHaveCount(3);
    await expect(judges.nth(0)).toContainText("verdicts: 13 of 16");
    await expect(judges.nth(0)).toContainText("not to be trusted yet");
    await expect(judges.nth(1).getByRole("columnheader", { name: "voice" })).toBeVisible();
    await desk.hasNoBarriers();
    await screen(desk).getByRole("list", { name: "Answers" }).getByRole("button").nth(0).click();
    const said = screen(desk).getByRole("list", { name: "What models that judge say" }).getByRole("listitem");
    await expect(said).toHaveCount(2);
    await expect(said.nth(1)).toContainText("contradicts");
    await desk.hasNoBarriers();
  });

  test("tells all of an answer, and keeps what its reader thinks of it", async ({ desk }) => {
    await opened(desk, /Shorter or as it came/);
    await screen(desk).getByRole("list", { name: "Answers" }).getByRole("button").nth(2).click();
    const answer = screen(desk).getByRole("region", { name: "Answer" });
    await expect(answer).toContainText("To have it again");
    await expect(answer.locator("mark").first()).toBeVisible();
    await answer.getByText("All that was sent").click();
    await expect(answer).toContainText("<|im_start|>user");
    await desk.press("4");
    await expect(answer.getByRole("radio", { name: "4" })).toBeChecked();
    await answer.getByRole("textbox", { name: "Note" }).fill("Right voice, wrong turn.");
    await desk.press("Tab");
    await desk.hasNoBarriers();
    await answer.getByRole("button", { name: /Back to/ }).click();
    await expect(screen(desk).getByRole("list", { name: "Answers" })).toContainText("rated 4 of 5");
  });

  test("is put away, and that is undone", async ({ desk }) => {
    await opened(desk, /Shorter or as it came/);
    await desk.press("Control+Alt+a");
    await expect(list(desk).getByRole("button", { name: /Shorter/ })).toHaveCount(0);
    await screen(desk).getByRole("button", { name: "Undo" }).click();
    await expect(list(desk).getByRole("button", { name: /Shorter/ })).toBeVisible();
    // Long after, it is still found among what was put away.
    await list(desk)
      .getByRole("button", { name: /Shorter/ })
      .click();
    await desk.press("Control+Alt+a");
    await expect(list(desk).getByText("Put away: 1")).toBeVisible();
    await desk.reload();
    await desk.press("Control+Alt+p");
    await list(desk).getByText("Put away: 1").click();
    await list(desk)
      .getByRole("button", { name: /Shorter.*Bring back/ })
      .click();
    await expect(list(desk).getByText("Put away")).toHaveCount(0);
    await expect(list(desk).getByRole("button", { name: /Shorter/ })).toBeVisible();
  });
});

test.describe("choosing blind", () => {
  test("goes by arrows, takes back, says no names, and shows how it stands on demand", async ({ desk }) => {
    await opened(desk, /Shorter or as it came/);
    await desk.press("Control+Alt+j");
    const blind = screen(desk).getByRole("region", { name: "Blind choice" });
    await expect(blind).toContainText("Which would you rather have written?");
    await expect(blind).toContainText("choices made: 5");
    await expect(blind).not.toContainText("continue v2");
    await desk.hasNoBarriers();
    await desk.press("ArrowLeft");
    await expect(blind).toContainText("choices made: 6");
    await desk.press("ArrowDown");
    await expect(blind).toContainText("choices made: 7");
    await desk.press("Backspace");
    await expect(blind).toContainText("choices made: 6");
    await desk.press("Control+z");
    await expect(blind).toContainText("choices made: 5");
    await blind.getByRole("button", { name: /This one.*on the right/ }).click();
    await expect(blind).toContainText("choices made: 6");
    await desk.press("ArrowRight");
    await expect(blind).toContainText("choices made: 7");
    await expect(blind.getByRole("table")).toHaveCount(0);
    await blind.getByRole("button", { name: "Show how it stands" }).click();
    await expect(blind.getByRole("table")).toContainText("my continue v2");
    await desk.hasNoBarriers();
  });

  test("comes to an end", async ({ desk }) => {
    await opened(desk, /Shorter or as it came/);
    await desk.press("Control+Alt+j");
    const blind = screen(desk).getByRole("region", { name: "Blind choice" });
    for (let votes = 5; await blind.getByRole("button", { name: /Neither/ }).count(); votes++) {
      await expect(blind).toContainText(`choices made: ${votes}`);
      await desk.press("ArrowDown");
      await expect(blind).not.toContainText(`choices made: ${votes}`);
    }
    await expect(blind).toContainText("There is nothing left to choose of");
    await desk.hasNoBarriers();
  });

  test("finds a winner, which is used and written with", async ({ desk }) => {
    await opened(desk, /Shorter or as it came/);
    // The fake decides by what was chosen: as if somebody had gone on for a while.
    await desk.page.evaluate(() => {
      const shelf = JSON.parse(localStorage.getItem("foolscap-fake")!);
      const [first] = shelf.more.experiments;
      first.votes = Array.from({ length: 30 }, (_, at) => ({ ...first.votes[0], pair: `more-${at}` }));
      localStorage.setItem("foolscap-fake", JSON.stringify(shelf));
    });
    await list(desk)
      .getByRole("button", { name: /Shorter or as it came/ })
      .click();
    await expect(screen(desk)).toContainText("my continue v2 is chosen more often than the others");
    await screen(desk).getByRole("button", { name: "Use the winner" }).click();
    await expect(screen(desk)).toContainText("my continue v2 is used everywhere now");
    await desk.press("Escape");
    await desk.press("Control+Alt+l");
    await desk.is("reading");
    await desk.say();
    await desk.is("pending");
    expect((await desk.requests()).at(-1)).toMatchObject({ prompt: "my continue v2" });
    await desk.press("Alt+r");
    await desk.is("reading");
    expect((await desk.requests()).at(-1)).toMatchObject({ prompt: "my continue v2" });
    await desk.say();
    await desk.is("pending");
    await desk.press("Escape");
    await desk.press("Control+Enter");
    await desk.is("reading");
    expect((await desk.requests()).at(-1)?.prompt).toBeFalsy();
  });

  test("asks how where a winner's action must be told, and is then written with that version", async ({
    desk,
  }) => {
    await desk.openSample(FULL);
    // What won is a version of Rewrite: the command of the winner asks for it like this.
    await desk.page.evaluate(() =>
      window.__desk.act(
        { kind: "rewrite", variant: null, instruction: "" },
        { prompt: "my rewrite v3", temperature: 0.4, settings: undefined, words: null },
      ),
    );
    const form = desk.page.getByRole("form", { name: "Ask the machine" });
    await expect(form.getByLabel("How?")).toBeFocused();
    await desk.type("quieter");
    await desk.press("Enter");
    await desk.is("reading");
    expect((await desk.requests()).at(-1)).toMatchObject({
      prompt: "my rewrite v3",
      temperature: 0.4,
      action: { kind: "rewrite", instruction: "quieter" },
    });
  });
});
