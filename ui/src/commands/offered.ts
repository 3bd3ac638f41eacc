// What is done with the words that are offered.
import { tick } from "svelte";
import type { Unit } from "../editor/page";
import type { Desk } from "../stores/desk.svelte";
import type { Command } from "./command";

/** The first of these that is there, once it is drawn. */
export function focusOn(...selectors: string[]): void {
  void tick().then(() => {
    const found = selectors.map((one) => document.querySelector<HTMLElement>(one));
    found.find((one) => one !== null)?.focus();
  });
}

/** Whether words stand on the page that can be taken. */
export const pending = ({ session, readOnly }: Desk) => session.shown && session.words > 0 && !readOnly;

const passage = (desk: Desk) =>
  pending(desk) && desk.session.current?.gives === "passage" && !desk.session.mix.on;
const replacing = (desk: Desk) => pending(desk) && desk.session.current?.gives === "replacement";
const several = ({ session }: Desk) => (session.current?.candidates.length ?? 0) > 1;

function choose(by: 1 | -1): (desk: Desk) => void {
  return ({ session }) => {
    const { chosen, candidates } = session.current!;
    session.choose((chosen + candidates.length + by) % candidates.length);
  };
}

function next(unit: Unit): (desk: Desk) => void {
  return (desk) => {
    if (desk.machine.inline.shown) desk.machine.inline.take(unit);
    else desk.session.acceptNext(unit);
    desk.page.focus();
  };
}

export const offered: Command[] = [
  {
    id: "take",
    group: "offered",
    writes: true,
    keys: ["Tab"],
    onPage: true,
    when: (desk) => pending(desk) || desk.machine.inline.shown,
    run: (desk) => {
      if (desk.machine.inline.shown) desk.machine.inline.take("all");
      else desk.session.accept();
      desk.page.focus();
    },
  },
  {
    id: "take-word",
    group: "offered",
    writes: true,
    keys: ["Mod-Forward"],
    onPage: true,
    when: (desk) => passage(desk) || desk.machine.inline.shown,
    run: next("word"),
  },
  {
    id: "take-sentence",
    group: "offered",
    writes: true,
    keys: ["Mod-Shift-Forward"],
    onPage: true,
    when: (desk) => passage(desk) || desk.machine.inline.shown,
    run: next("sentence"),
  },
  {
    id: "below",
    group: "offered",
    writes: true,
    keys: ["Alt-Shift-Enter"],
    when: pending,
    run: (desk) => {
      desk.session.accept("below");
      desk.page.focus();
    },
  },
  {
    id: "both",
    group: "offered",
    writes: true,
    keys: ["Alt-K"],
    when: replacing,
    run: (desk) => {
      desk.session.accept("behind");
      desk.page.focus();
    },
  },
  {
    id: "mix",
    group: "offered",
    keys: ["Alt-M"],
    when: (desk) => pending(desk) && !desk.session.live && (several(desk) || replacing(desk)),
    run: ({ session }) => session.toggleMix(),
  },
  {
    id: "again",
    group: "offered",
    keys: ["Alt-R", "Mod-R"],
    when: (desk) => desk.ready && desk.session.last !== null,
    run: (desk) => desk.again(),
  },
  { id: "next", group: "offered", keys: ["Alt-ArrowDown"], when: several, run: choose(1) },
  { id: "previous", group: "offered", keys: ["Alt-ArrowUp"], when: several, run: choose(-1) },
  {
    id: "earlier",
    group: "offered",
    keys: ["Alt-Shift-ArrowUp"],
    when: ({ ready }) => ready,
    run: (desk) => void desk.machine.walk(-1),
  },
  {
    id: "later",
    group: "offered",
    keys: ["Alt-Shift-ArrowDown"],
    when: ({ session }) => session.current !== null,
    run: (desk) => void desk.machine.walk(1),
  },
  {
    id: "suggestions",
    group: "offered",
    keys: ["Alt-E"],
    when: ({ ready, session }) => ready && !session.live,
    run: (desk) => {
      const here = document.querySelector("#earlier-list")?.contains(document.activeElement);
      desk.machine.list(!here);
      if (here) return desk.page.focus();
      focusOn("#earlier-list [role=listbox]", "#earlier-list");
    },
  },
  {
    id: "dismiss",
    group: "offered",
    keys: ["Escape"],
    onPage: true,
    when: ({ machine }) => machine.inline.shown,
    run: ({ machine }) => void machine.inline.dismiss(),
  },
  {
    id: "stop",
    group: "offered",
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
    group: "offered",
    keys: ["Escape"],
    onPage: true,
    when: ({ session }) => session.phase === "pending",
    run: (desk) => {
      desk.session.reject();
      desk.page.focus();
    },
  },
];
