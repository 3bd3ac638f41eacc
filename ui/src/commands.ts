// Everything a writer can do, once: this table is the command list (Ctrl+P), the keys of the window and the help.
// A command's title is the message `command-` and its id, a group's `command-group-` and its name.
import { tick } from "svelte";
import { matches } from "./keys";
import type { Desk } from "./stores/desk.svelte";
import { LANGUAGES, nameOf, t } from "./words/words.svelte";

export interface Command {
  id: string;
  group: "stuck" | "text" | "page" | "manuscripts" | "window" | "model";
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
    group: "stuck",
    keys: ["Mod-Enter"],
    when: (desk) => desk.ready && !desk.session.live,
    run: (desk) => {
      if (pending(desk)) desk.session.accept();
      desk.act({ kind: "continue" });
    },
  },
  {
    id: "brainstorm",
    group: "stuck",
    keys: ["Mod-Shift-Enter"],
    when: writable,
    run: (desk) => desk.act({ kind: "brainstorm", instruction: "" }),
  },
  {
    id: "rewrite",
    group: "stuck",
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
    group: "stuck",
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
    group: "stuck",
    keys: ["Mod-Forward"],
    onPage: true,
    when: (desk) => pending(desk) && desk.session.action?.kind !== "rewrite",
    run: (desk) => {
      desk.session.acceptWord();
      desk.page.focus();
    },
  },
  {
    id: "again",
    group: "stuck",
    keys: ["Alt-R", "Mod-R"],
    when: (desk) => desk.ready && desk.session.action !== null,
    run: (desk) => desk.again(),
  },
  {
    id: "next",
    group: "stuck",
    keys: ["Alt-ArrowDown"],
    when: several,
    run: ({ session }) => session.choose((session.chosen + 1) % session.candidates.length),
  },
  {
    id: "previous",
    group: "stuck",
    keys: ["Alt-ArrowUp"],
    when: several,
    run: ({ session }) =>
      session.choose((session.chosen + session.candidates.length - 1) % session.candidates.length),
  },
  {
    id: "stop",
    group: "stuck",
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
    group: "stuck",
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
    group: "text",
    keys: ["Mod-Z"],
    onPage: true,
    when: writable,
    run: (desk) => desk.undo(),
  },
  {
    id: "redo",
    group: "text",
    keys: ["Mod-Shift-Z", "Mod-Y"],
    onPage: true,
    when: writable,
    run: (desk) => desk.page.redo(),
  },
  {
    id: "emphasis",
    group: "text",
    keys: ["Mod-I"],
    onPage: true,
    when: writable,
    run: (desk) => desk.page.run("emphasis"),
  },
  {
    id: "strong",
    group: "text",
    keys: ["Mod-B"],
    onPage: true,
    when: writable,
    run: (desk) => desk.page.run("strong"),
  },
  {
    id: "chapter",
    group: "text",
    keys: ["Mod-Alt-1"],
    when: writable,
    run: (desk) => desk.page.run("chapterHeading"),
  },
  {
    id: "section",
    group: "text",
    keys: ["Mod-Alt-2"],
    when: writable,
    run: (desk) => desk.page.run("sectionHeading"),
  },
  {
    id: "paragraph",
    group: "text",
    keys: ["Mod-Alt-0"],
    when: writable,
    run: (desk) => desk.page.run("paragraph"),
  },
  {
    id: "quotation",
    group: "text",
    when: writable,
    run: (desk) => desk.page.run("quotation"),
  },
  {
    id: "break",
    group: "text",
    when: writable,
    run: (desk) => desk.page.run("sceneBreak"),
  },
  {
    id: "note",
    group: "text",
    keys: ["Mod-Shift-N"],
    when: writable,
    run: (desk) => desk.page.run("note"),
  },
  {
    id: "marks",
    group: "text",
    run: ({ view }) => view.toggleMarks(),
  },
  {
    id: "focus-paragraph",
    group: "page",
    keys: ["Mod-D"],
    run: (desk) => desk.toggleFocus("paragraph"),
  },
  {
    id: "focus-sentence",
    group: "page",
    keys: ["Mod-Shift-D"],
    run: (desk) => desk.toggleFocus("sentence"),
  },
  {
    id: "typewriter",
    group: "page",
    keys: ["Mod-Shift-T"],
    run: (desk) => desk.changePage({ typewriter: !desk.settings.now.page.typewriter }),
  },
  {
    id: "larger",
    group: "page",
    keys: ["Mod-+", "Mod-="],
    run: (desk) => desk.sizeText(+10),
  },
  {
    id: "smaller",
    group: "page",
    keys: ["Mod--"],
    run: (desk) => desk.sizeText(-10),
  },
  {
    id: "usual-size",
    group: "page",
    keys: ["Mod-0"],
    run: (desk) => desk.changePage({ text_size: 100 }),
  },
  {
    id: "typography",
    group: "page",
    run: (desk) => desk.changePage({ typography: !desk.settings.now.page.typography }),
  },
  {
    id: "new",
    group: "manuscripts",
    keys: ["Mod-N"],
    run: (desk) => void desk.newManuscript(),
  },
  {
    id: "open",
    group: "manuscripts",
    keys: ["Mod-O"],
    run: ({ view }) => (view.dialog = "manuscripts"),
  },
  {
    id: "rename",
    group: "manuscripts",
    keys: ["F2"],
    when: ({ library }) => library.open !== null,
    run: ({ view }) => (view.renaming = true),
  },
  {
    id: "sample",
    group: "manuscripts",
    when: ({ library }) => library.samples.length > 0,
    run: ({ view }) => (view.dialog = "samples"),
  },
  {
    id: "save",
    group: "manuscripts",
    keys: ["Mod-S"],
    when: writable,
    run: (desk) => desk.keep(),
  },
  {
    id: "commands",
    group: "window",
    keys: ["Mod-P", "Mod-Shift-P"],
    run: ({ view }) => (view.dialog = "commands"),
  },
  {
    id: "keys",
    group: "window",
    keys: ["Mod-/"],
    run: ({ view }) => (view.dialog = "keys"),
  },
  {
    id: "nav",
    group: "window",
    keys: ["Mod-\\"],
    run: ({ view }) => view.toggleNav(),
  },
  {
    id: "focus-nav",
    group: "window",
    keys: ["Mod-1"],
    run: ({ view }) => {
      view.nav = true;
      void tick().then(() => document.querySelector<HTMLElement>("nav [aria-current], nav button")?.focus());
    },
  },
  {
    id: "focus-page",
    group: "window",
    keys: ["Mod-2"],
    when: writable,
    run: (desk) => desk.page.focus(),
  },
  {
    id: "focus-panel",
    group: "window",
    keys: ["Mod-3"],
    when: ({ session, view }) => session.phase !== "idle" || session.stray !== null || view.sent,
    run: () => document.querySelector<HTMLElement>("aside [tabindex='0'], aside button")?.focus(),
  },
  {
    id: "sent",
    group: "window",
    when: ({ session }) => session.report !== null,
    run: ({ view }) => (view.sent = !view.sent),
  },
  {
    id: "settings",
    group: "window",
    keys: ["Mod-,"],
    run: ({ view }) => (view.dialog = "settings"),
  },
  {
    id: "light",
    group: "window",
    run: (desk) => desk.change({ theme: "light" }),
  },
  {
    id: "dark",
    group: "window",
    run: (desk) => desk.change({ theme: "dark" }),
  },
  {
    id: "system",
    group: "window",
    run: (desk) => desk.change({ theme: "system" }),
  },
  {
    id: "language-system",
    group: "window",
    run: (desk) => desk.change({ language: null }),
  },
  ...LANGUAGES.map((language): Command => ({
    id: `language-${language}`,
    group: "window",
    run: (desk) => desk.change({ language }),
  })),
  {
    id: "model",
    group: "model",
    run: ({ view }) => (view.dialog = "model"),
  },
  {
    id: "models",
    group: "model",
    keys: ["Mod-M"],
    run: ({ view }) => (view.dialog = "models"),
  },
  {
    id: "stop-loading",
    group: "model",
    when: ({ model }) => model.state.state === "loading",
    run: (desk) => desk.cancelLoading(),
  },
  {
    id: "choose-model",
    group: "model",
    run: (desk) => void desk.chooseModel(),
  },
  {
    id: "starter",
    group: "model",
    when: ({ model }) => !model.info?.starter,
    run: (desk) => void desk.useStarter(),
  },
];

/** What a command is called. */
export function titleOf({ id }: Command): string {
  const language = LANGUAGES.find((one) => id === `language-${one}`);
  return language ? t("command-language", { language: nameOf(language) }) : t(`command-${id}`);
}

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
