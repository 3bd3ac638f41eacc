// The workbench of prompts.
import type { Preference } from "../host/host";
import type { Desk } from "../stores/desk.svelte";
import type { Command } from "./command";

/** Whether a prompt is looked at. */
export const inPrompt = ({ view, workbench }: Desk) =>
  view.screen === "workbench" && workbench.at === "prompt" && workbench.editing.prompt !== null;

const saved = (desk: Desk) => inPrompt(desk) && !desk.workbench.editing.dirty;

function use(where: "here" | "everywhere"): (desk: Desk) => void {
  return ({ workbench }) => {
    const { prompt, label } = workbench.editing;
    if (prompt) workbench.see(workbench.prompts.use(prompt.action, where, label));
  };
}

/** Whether the version that is looked at could be used in more places than it is. */
const usable = (desk: Desk, where: "here" | "everywhere") => {
  const { editing, prompts } = desk.workbench;
  return saved(desk) && !prompts.usesOf(editing.prompt!.action, editing.label!).includes(where);
};

/** What can be chosen of two answers. The left arrow takes what stands on the left, whichever way the window runs. */
const CHOICES: { id: string; keys: string[]; preference: Preference }[] = [
  { id: "blind-left", keys: ["ArrowLeft"], preference: "left" },
  { id: "blind-right", keys: ["ArrowRight"], preference: "right" },
  { id: "blind-neither", keys: ["ArrowDown"], preference: "tie" },
];

/** Whether keys choose: not where they write, or move in what scrolls. */
const atPair = ({ view, workbench }: Desk) =>
  view.screen === "workbench" &&
  workbench.at === "choosing" &&
  !document.activeElement?.closest("input, select, textarea, .scroller, nav");

export const workbench: Command[] = [
  {
    id: "workbench",
    group: "workbench",
    keys: ["Mod-Alt-P"],
    run: (desk) => (desk.view.screen === "workbench" ? desk.toPage() : (desk.view.screen = "workbench")),
  },
  {
    id: "prompt-save",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-V"],
    when: inPrompt,
    run: ({ workbench }) => workbench.editing.ask("version"),
  },
  {
    id: "prompt-fork",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-F"],
    when: inPrompt,
    run: ({ workbench }) => workbench.editing.ask("fork"),
  },
  {
    id: "prompt-use",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-U"],
    when: (desk) => usable(desk, "everywhere"),
    run: use("everywhere"),
  },
  {
    id: "prompt-use-here",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-Shift-U"],
    when: (desk) => desk.library.open !== null && usable(desk, "here"),
    run: use("here"),
  },
  {
    id: "prompt-as-it-came",
    group: "workbench",
    writes: true,
    when: (desk) => {
      const { editing, prompts } = desk.workbench;
      return inPrompt(desk) && prompts.uses.some(({ action }) => action === editing.prompt!.action);
    },
    run: ({ workbench }) => {
      workbench.see(workbench.prompts.asItCame(workbench.editing.prompt!.action));
    },
  },
  {
    id: "prompt-versions",
    group: "workbench",
    keys: ["Mod-Alt-C"],
    when: inPrompt,
    run: ({ workbench }) => {
      workbench.pane = workbench.pane === "versions" ? "rendered" : "versions";
      const { version } = workbench.editing;
      if (workbench.pane === "versions" && version?.parent)
        workbench.see(workbench.editing.compare(version.parent));
    },
  },
  {
    id: "prompt-restore",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-R"],
    when: (desk) => {
      const { editing } = desk.workbench;
      return saved(desk) && !editing.prompt!.built_in && editing.prompt!.versions[0]?.label !== editing.label;
    },
    run: ({ workbench }) => workbench.see(workbench.editing.restore()),
  },
  {
    id: "put-away",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-A"],
    when: (desk) => {
      if (desk.view.screen !== "workbench") return false;
      const { at, editing } = desk.workbench;
      if (at === "prompt") return editing.prompt?.built_in === false;
      return at === "passages" || at === "experiment";
    },
    run: ({ workbench }) => workbench.see(workbench.putAway()),
  },
  {
    id: "playground",
    group: "workbench",
    keys: ["Mod-Alt-Y"],
    run: (desk) => {
      desk.view.screen = "workbench";
      desk.workbench.see(desk.workbench.show().then(() => desk.workbench.play()));
    },
  },
  {
    id: "experiment-new",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-X"],
    run: (desk) => {
      desk.view.screen = "workbench";
      desk.workbench.see(desk.workbench.show().then(() => desk.workbench.plan()));
    },
  },
  {
    id: "experiment-toggle",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-O"],
    when: (desk) => {
      const { summary } = desk.workbench.experiments;
      return desk.view.screen === "workbench" && summary !== null && summary.state !== "done";
    },
    run: ({ workbench }) => workbench.see(workbench.experiments.toggle(workbench.experiments.open!)),
  },
  {
    id: "experiment-choose",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-J"],
    when: (desk) =>
      desk.view.screen === "workbench" &&
      (desk.workbench.experiments.summary?.done ?? 0) > 1 &&
      desk.workbench.at !== "choosing",
    run: ({ workbench }) => workbench.see(workbench.choose()),
  },
  ...CHOICES.map(({ id, keys, preference }): Command => ({
    id,
    group: "workbench",
    writes: true,
    keys,
    when: (desk) => atPair(desk) && desk.workbench.choosing.pair !== null,
    run: ({ workbench }) => workbench.see(workbench.choosing.vote(preference)),
  })),
  {
    id: "blind-undo",
    group: "workbench",
    writes: true,
    keys: ["Backspace"],
    when: atPair,
    run: ({ workbench }) => workbench.see(workbench.choosing.undo()),
  },
  {
    id: "passage-add",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-N"],
    when: (desk) => desk.ready && !desk.blank,
    run: ({ workbench }) => workbench.see(workbench.addPlace()),
  },
  {
    id: "winner-use",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-K"],
    when: (desk) => desk.view.screen === "workbench" && desk.workbench.winner !== null,
    run: ({ workbench }) => workbench.see(workbench.useWinner()),
  },
  {
    id: "winner-run",
    group: "workbench",
    writes: true,
    keys: ["Mod-Alt-L"],
    when: (desk) => desk.ready && !desk.session.live && desk.workbench.winner !== null,
    run: (desk) => {
      const { action, prompt, settings } = desk.workbench.winner!;
      desk.view.screen = null;
      // Drawn as it was when it won, not as the page is set.
      const drawn = { prompt, settings, words: settings.words, temperature: null };
      desk.act({ kind: action, variant: null, instruction: "" }, drawn);
    },
  },
  {
    id: "prompt-export",
    group: "workbench",
    run: ({ workbench }) => {
      const { prompt } = workbench.editing;
      workbench.see(prompt ? workbench.prompts.export([prompt.name]) : workbench.prompts.exportAll());
    },
  },
  {
    id: "prompt-import",
    group: "workbench",
    writes: true,
    run: (desk) => {
      desk.view.screen = "workbench";
      desk.workbench.see(desk.workbench.importPrompts());
    },
  },
];
