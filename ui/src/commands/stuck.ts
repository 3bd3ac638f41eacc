// What the machine does for a writer who is stuck, and what is done with its words.
import type { Desk } from "../stores/desk.svelte";
import type { Command } from "./command";

const pending = ({ session }: Desk) => session.phase !== "idle" && session.shown;
const several = ({ session }: Desk) => session.candidates.length > 1;
const writable = ({ ready }: Desk) => ready;

export const stuck: Command[] = [
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
];
