// What an author keeps beside the words: the card of the scene, lore, what is said of the manuscript, summaries, progress.
import { tick } from "svelte";
import type { SceneStatus } from "../host/host";
import type { Desk } from "../stores/desk.svelte";
import type { Tab } from "../stores/view.svelte";
import { t } from "../words/words.svelte";
import type { Command } from "./command";

const STATUSES: SceneStatus[] = ["planned", "draft", "revised", "done"];

/** Of a paragraph, as much before and after the cursor as a name can be long. */
const AROUND = 200;

const open = ({ ready }: Desk) => ready;
const writable = (desk: Desk) => desk.ready && !desk.readOnly;
const written = (desk: Desk) => writable(desk) && !desk.blank;

function about(desk: Desk, tab: Tab): void {
  desk.view.tab = tab;
  desk.view.screen = "about";
}

export const notebook: Command[] = [
  {
    id: "focus-card",
    group: "notebook",
    keys: ["Mod-4"],
    when: open,
    run: (desk) => focusCard(desk),
  },
  {
    id: "card",
    group: "notebook",
    when: open,
    run: ({ view }) => view.showCard(!view.card),
  },
  ...STATUSES.map((status): Command => ({
    id: `status-${status}`,
    group: "notebook",
    when: (desk) => writable(desk) && desk.notebook.card.card?.status !== status,
    run: ({ notebook }) => notebook.card.change({ status }),
  })),
  {
    id: "take-back",
    group: "notebook",
    keys: ["Mod-Alt-Z"],
    when: (desk) => writable(desk) && desk.notebook.keeper.takebacks.done.length > 0,
    run: ({ notebook }) => notebook.takeBack(),
  },
  {
    id: "lore",
    group: "notebook",
    keys: ["Mod-L"],
    when: open,
    run: ({ view }) => (view.screen = "lore"),
  },
  {
    id: "lore-at",
    group: "notebook",
    keys: ["Mod-Shift-L"],
    when: (desk) => desk.ready && desk.view.screen === null,
    run: (desk) => desk.notebook.see(lookUp(desk)),
  },
  {
    id: "new-lore",
    group: "notebook",
    keys: ["Mod-Shift-K"],
    when: writable,
    run: (desk) => {
      const onPage = desk.view.screen === null && desk.page.hasSelection;
      desk.notebook.lore.begin(onPage ? desk.page.selection().selection : "");
      desk.view.screen = "lore";
    },
  },
  {
    id: "about",
    group: "notebook",
    keys: ["Mod-Shift-M"],
    when: open,
    run: (desk) => about(desk, "said"),
  },
  {
    id: "goals",
    group: "notebook",
    when: open,
    run: (desk) => about(desk, "goals"),
  },
  {
    id: "progress",
    group: "notebook",
    keys: ["Mod-Shift-G"],
    when: open,
    run: ({ notebook }) => (notebook.progress.open = !notebook.progress.open),
  },
  {
    id: "style",
    group: "notebook",
    when: open,
    run: (desk) => about(desk, "style"),
  },
  {
    id: "style-sample",
    group: "notebook",
    when: written,
    run: (desk) => desk.notebook.see(addSample(desk)),
  },
  {
    id: "right-words",
    group: "notebook",
    when: open,
    run: (desk) => about(desk, "words"),
  },
  {
    id: "summaries",
    group: "notebook",
    when: open,
    run: (desk) => about(desk, "summaries"),
  },
  {
    id: "sum-up",
    group: "notebook",
    when: (desk) => written(desk) && desk.notebook.summaries.run === null,
    run: (desk) => {
      if (!desk.view.screen) desk.view.showCard(true);
      desk.notebook.see(desk.notebook.summaries.sumUp([desk.tree.scene!]));
    },
  },
  {
    id: "sum-up-all",
    group: "notebook",
    when: (desk) =>
      writable(desk) && desk.notebook.summaries.run === null && desk.notebook.summaries.missing.length > 0,
    run: (desk) => {
      about(desk, "summaries");
      desk.notebook.see(desk.notebook.summaries.sumUpAll());
    },
  },
  {
    id: "stop-summing",
    group: "notebook",
    when: ({ notebook }) => notebook.summaries.run !== null,
    run: ({ notebook }) => notebook.summaries.stop(),
  },
];

/** Goes to the card of the open scene, or of a part or chapter; back to the page from there. */
export function focusCard(desk: Desk, chapter: number | null = null): void {
  const from = document.activeElement?.closest(".card");
  if (from && chapter === null && desk.view.card) return desk.toPage();
  desk.view.screen = null;
  desk.view.showCard(true);
  desk.view.cardFirst = true;
  desk.notebook.card.chapter = chapter;
  const field = chapter === null ? "#card-synopsis" : `#synopsis-chapter-${chapter}`;
  void tick().then(() => document.querySelector<HTMLElement>(field)?.focus());
}

async function lookUp(desk: Desk): Promise<void> {
  const { before, after } = desk.page.cursor();
  const [line = ""] = /[^\n]*$/.exec(before.slice(-AROUND)) ?? [];
  const [rest = ""] = /^[^\n]*/.exec(after.slice(0, AROUND)) ?? [];
  const { lore } = desk.notebook;
  const entry = await lore.at(line, rest);
  if (entry) {
    lore.look(entry.id);
    desk.view.screen = "lore";
    return;
  }
  const word =
    (/[\p{L}\p{M}\p{N}]*$/u.exec(line)?.[0] ?? "") + (/^[\p{L}\p{M}\p{N}]*/u.exec(rest)?.[0] ?? "");
  const go = () => {
    desk.notices.dismiss("lore");
    lore.begin(word);
    desk.view.screen = "lore";
  };
  const ways = desk.readOnly ? [] : [{ label: t("lore-new"), go }];
  desk.notices.mention("lore", t("lore-none-here"), ways);
}

async function addSample(desk: Desk): Promise<void> {
  const { selection } = desk.page.selection();
  if (!selection.trim()) return;
  await desk.notebook.about.addSample("", selection);
  const go = () => {
    desk.notices.dismiss("step");
    about(desk, "style");
  };
  desk.notices.mention("step", t("about-sample-added"), [{ label: t("about-sample-see"), go }]);
}
