// Everything a writer can do, once: this table is the command list (Ctrl+P), the keys of the window and the help.
import { tick } from "svelte";
import { matches } from "./keys";
import type { Desk } from "./stores/desk.svelte";

export interface Command {
  id: string;
  group: "Stuck" | "Text" | "Manuscripts" | "Window" | "Model";
  title: string;
  keys?: string[];
  /** Whether it means something just now; absent: always. */
  when?: (desk: Desk) => boolean;
  /** Its keys act only while the page or the list of ideas beside it has the focus. */
  onPage?: true;
  run: (desk: Desk) => void;
}

const pending = ({ session }: Desk) => session.phase !== "idle" && session.shown;
const several = ({ session }: Desk) => session.candidates.length > 1;
const writable = ({ ready }: Desk) => ready;

export const commands: Command[] = [
  {
    id: "continue",
    group: "Stuck",
    title: "Continue at the cursor",
    keys: ["Mod-Enter"],
    when: (desk) => desk.ready && !desk.session.live,
    run: (desk) => {
      if (pending(desk)) desk.session.accept();
      desk.act({ kind: "continue" });
    },
  },
  {
    id: "brainstorm",
    group: "Stuck",
    title: "Brainstorm: several ideas",
    keys: ["Mod-Shift-Enter"],
    when: writable,
    run: (desk) => desk.act({ kind: "brainstorm", instruction: "" }),
  },
  {
    id: "rewrite",
    group: "Stuck",
    title: "Rewrite the selection…",
    keys: ["Alt-Enter"],
    when: (desk) => desk.ready && !desk.blank,
    run: (desk) => {
      if (desk.session.phase !== "idle") desk.session.reject();
      desk.page.selection();
      desk.view.asking = true;
    },
  },
  {
    id: "take",
    group: "Stuck",
    title: "Take the suggestion",
    keys: ["Tab"],
    onPage: true,
    when: (desk) => pending(desk) && desk.session.words > 0,
    run: (desk) => {
      desk.session.accept();
      desk.page.focus();
    },
  },
  {
    id: "take-word",
    group: "Stuck",
    title: "Take a word of it",
    keys: ["Mod-ArrowRight"],
    onPage: true,
    when: (desk) => pending(desk) && desk.session.action?.kind !== "rewrite",
    run: (desk) => {
      desk.session.acceptWord();
      desk.page.focus();
    },
  },
  {
    id: "again",
    group: "Stuck",
    title: "Again, with other words",
    keys: ["Alt-R", "Mod-R"],
    when: (desk) => desk.ready && desk.session.action !== null,
    run: (desk) => desk.again(),
  },
  {
    id: "next",
    group: "Stuck",
    title: "Next idea",
    keys: ["Alt-ArrowDown"],
    when: several,
    run: ({ session }) => session.choose((session.chosen + 1) % session.candidates.length),
  },
  {
    id: "previous",
    group: "Stuck",
    title: "Previous idea",
    keys: ["Alt-ArrowUp"],
    when: several,
    run: ({ session }) =>
      session.choose((session.chosen + session.candidates.length - 1) % session.candidates.length),
  },
  {
    id: "stop",
    group: "Stuck",
    title: "Stop, and keep what came",
    keys: ["Escape"],
    onPage: true,
    when: ({ session }) => session.live,
    run: (desk) => {
      desk.session.stop();
      if (desk.session.phase === "idle") desk.page.focus();
    },
  },
  {
    id: "leave",
    group: "Stuck",
    title: "Leave the suggestion",
    keys: ["Escape"],
    onPage: true,
    when: ({ session }) => session.phase === "pending",
    run: (desk) => {
      desk.session.reject();
      desk.page.focus();
    },
  },
  {
    id: "undo",
    group: "Text",
    title: "Undo",
    keys: ["Mod-Z"],
    onPage: true,
    when: writable,
    run: (desk) => desk.undo(),
  },
  {
    id: "redo",
    group: "Text",
    title: "Redo",
    keys: ["Mod-Shift-Z", "Mod-Y"],
    onPage: true,
    when: writable,
    run: (desk) => desk.page.redo(),
  },
  {
    id: "emphasis",
    group: "Text",
    title: "Emphasis",
    keys: ["Mod-I"],
    onPage: true,
    when: writable,
    run: (desk) => desk.page.run("emphasis"),
  },
  {
    id: "strong",
    group: "Text",
    title: "Strong",
    keys: ["Mod-B"],
    onPage: true,
    when: writable,
    run: (desk) => desk.page.run("strong"),
  },
  {
    id: "chapter",
    group: "Text",
    title: "Chapter heading (# and a space)",
    keys: ["Mod-Alt-1"],
    when: writable,
    run: (desk) => desk.page.run("chapterHeading"),
  },
  {
    id: "section",
    group: "Text",
    title: "Section heading (## and a space)",
    keys: ["Mod-Alt-2"],
    when: writable,
    run: (desk) => desk.page.run("sectionHeading"),
  },
  {
    id: "paragraph",
    group: "Text",
    title: "Plain paragraph",
    keys: ["Mod-Alt-0"],
    when: writable,
    run: (desk) => desk.page.run("paragraph"),
  },
  {
    id: "quotation",
    group: "Text",
    title: "Quotation (> and a space)",
    when: writable,
    run: (desk) => desk.page.run("quotation"),
  },
  {
    id: "break",
    group: "Text",
    title: "Scene break (***)",
    when: writable,
    run: (desk) => desk.page.run("sceneBreak"),
  },
  {
    id: "marks",
    group: "Text",
    title: "Show or hide which words the machine made",
    run: ({ view }) => view.toggleMarks(),
  },
  {
    id: "new",
    group: "Manuscripts",
    title: "New manuscript",
    keys: ["Mod-N"],
    run: (desk) => void desk.newManuscript(),
  },
  {
    id: "open",
    group: "Manuscripts",
    title: "Open a manuscript…",
    keys: ["Mod-O"],
    run: ({ view }) => (view.dialog = "manuscripts"),
  },
  {
    id: "rename",
    group: "Manuscripts",
    title: "Rename this manuscript",
    keys: ["F2"],
    when: ({ library }) => library.open !== null,
    run: ({ view }) => (view.renaming = true),
  },
  {
    id: "sample",
    group: "Manuscripts",
    title: "Begin with a sample…",
    when: ({ library }) => library.samples.length > 0,
    run: ({ view }) => (view.dialog = "samples"),
  },
  {
    id: "save",
    group: "Manuscripts",
    title: "Save now (it is saved by itself)",
    keys: ["Mod-S"],
    when: writable,
    run: (desk) => desk.keep(),
  },
  {
    id: "commands",
    group: "Window",
    title: "Commands",
    keys: ["Mod-P", "Mod-Shift-P"],
    run: ({ view }) => (view.dialog = "commands"),
  },
  {
    id: "keys",
    group: "Window",
    title: "Keys",
    keys: ["Mod-/"],
    run: ({ view }) => (view.dialog = "keys"),
  },
  {
    id: "nav",
    group: "Window",
    title: "Show or hide the manuscripts",
    keys: ["Mod-\\"],
    run: ({ view }) => view.toggleNav(),
  },
  {
    id: "focus-nav",
    group: "Window",
    title: "Go to the manuscripts",
    keys: ["Mod-1"],
    run: ({ view }) => {
      view.nav = true;
      void tick().then(() => document.querySelector<HTMLElement>("nav [aria-current], nav button")?.focus());
    },
  },
  {
    id: "focus-page",
    group: "Window",
    title: "Go to the page",
    keys: ["Mod-2"],
    when: writable,
    run: (desk) => desk.page.focus(),
  },
  {
    id: "focus-panel",
    group: "Window",
    title: "Go to the suggestions",
    keys: ["Mod-3"],
    when: ({ session, view }) => session.phase !== "idle" || session.stray !== null || view.sent,
    run: () => document.querySelector<HTMLElement>("aside [tabindex='0'], aside button")?.focus(),
  },
  {
    id: "sent",
    group: "Window",
    title: "Show or hide what was sent last",
    when: ({ session }) => session.report !== null,
    run: ({ view }) => (view.sent = !view.sent),
  },
  {
    id: "settings",
    group: "Window",
    title: "Settings: words, ideas, freedom, theme…",
    keys: ["Mod-,"],
    run: ({ view }) => (view.dialog = "settings"),
  },
  {
    id: "light",
    group: "Window",
    title: "Theme: light",
    run: (desk) => desk.change({ theme: "light" }),
  },
  {
    id: "dark",
    group: "Window",
    title: "Theme: dark",
    run: (desk) => desk.change({ theme: "dark" }),
  },
  {
    id: "system",
    group: "Window",
    title: "Theme: as the system says",
    run: (desk) => desk.change({ theme: "system" }),
  },
  {
    id: "model",
    group: "Model",
    title: "About this model…",
    run: ({ view }) => (view.dialog = "model"),
  },
  {
    id: "models",
    group: "Model",
    title: "Models: find one that fits, get it, use it",
    keys: ["Mod-M"],
    run: ({ view }) => (view.dialog = "models"),
  },
  {
    id: "stop-loading",
    group: "Model",
    title: "Stop loading the model",
    when: ({ model }) => model.state.state === "loading",
    run: (desk) => desk.cancelLoading(),
  },
  {
    id: "choose-model",
    group: "Model",
    title: "Choose a model file…",
    run: (desk) => void desk.chooseModel(),
  },
  {
    id: "starter",
    group: "Model",
    title: "Use the starter model",
    when: ({ model }) => !model.info?.starter,
    run: (desk) => void desk.useStarter(),
  },
];

/** Whether a command can be run just now. */
export function possible(command: Command, desk: Desk): boolean {
  return command.when?.(desk) ?? true;
}

/** A command by its name. */
export function command(id: string): Command {
  return commands.find((known) => known.id === id)!;
}

/** Runs what a key means just now; true when it meant something. */
export function press(event: KeyboardEvent, desk: Desk): boolean {
  if (event.isComposing || desk.view.dialog !== null) return false;
  const target = event.target instanceof HTMLElement ? event.target : null;
  const reach = event.key === "Escape" ? "[data-testid=page], aside" : "[data-testid=page], [role=listbox]";
  const onPage = target === document.body || !!target?.closest(reach);
  const found = commands.find(
    ({ keys = [], onPage: needed, ...rest }) =>
      (onPage || !needed) && keys.some((key) => matches(key, event)) && (rest.when?.(desk) ?? true),
  );
  if (!found) return swallowed(event);
  found.run(desk);
  return true;
}

/** Keys of the browser underneath that would throw the page away. */
function swallowed(event: KeyboardEvent): boolean {
  return matches("Mod-R", event) || matches("Mod-P", event);
}
