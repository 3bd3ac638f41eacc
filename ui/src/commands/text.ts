// What the text under the cursor becomes.
import type { Desk } from "../stores/desk.svelte";
import type { Command } from "./command";

const writable = ({ ready }: Desk) => ready;

/** Whether the keys are in the notes on the scene, whose steps are their own. */
const inRemarks = () => !!document.activeElement?.closest("#remarks");

export const text: Command[] = [
  {
    id: "undo",
    group: "text",
    writes: true,
    keys: ["Mod-Z"],
    onPage: true,
    when: writable,
    run: (desk) => {
      const { remarks } = desk.machine;
      if (remarks.fresh || inRemarks()) void remarks.undo();
      else desk.undo();
    },
  },
  {
    id: "redo",
    group: "text",
    writes: true,
    keys: ["Mod-Shift-Z", "Mod-Y"],
    onPage: true,
    when: writable,
    run: (desk) => (inRemarks() ? void desk.machine.remarks.redo() : desk.redo()),
  },
  {
    id: "misspelt-next",
    group: "text",
    writes: true,
    keys: ["F7"],
    when: ({ ready, settings }) => ready && settings.now.spelling,
    run: ({ spelling }) => spelling.go(1),
  },
  {
    id: "misspelt-previous",
    group: "text",
    writes: true,
    keys: ["Shift-F7"],
    when: ({ ready, settings }) => ready && settings.now.spelling,
    run: ({ spelling }) => spelling.go(-1),
  },
  {
    id: "spelling",
    group: "text",
    when: writable,
    run: ({ view }) => (view.dialog = "spelling"),
  },
  {
    id: "emphasis",
    group: "text",
    writes: true,
    keys: ["Mod-I"],
    onPage: true,
    when: writable,
    run: (desk) => desk.page.run("emphasis"),
  },
  {
    id: "strong",
    group: "text",
    writes: true,
    keys: ["Mod-B"],
    onPage: true,
    when: writable,
    run: (desk) => desk.page.run("strong"),
  },
  {
    id: "chapter",
    group: "text",
    writes: true,
    keys: ["Mod-Alt-1"],
    when: writable,
    run: (desk) => desk.page.run("chapterHeading"),
  },
  {
    id: "section",
    group: "text",
    writes: true,
    keys: ["Mod-Alt-2"],
    when: writable,
    run: (desk) => desk.page.run("sectionHeading"),
  },
  {
    id: "paragraph",
    group: "text",
    writes: true,
    keys: ["Mod-Alt-0"],
    when: writable,
    run: (desk) => desk.page.run("paragraph"),
  },
  {
    id: "quotation",
    group: "text",
    writes: true,
    when: writable,
    run: (desk) => desk.page.run("quotation"),
  },
  {
    id: "break",
    group: "text",
    writes: true,
    when: writable,
    run: (desk) => desk.page.run("sceneBreak"),
  },
  {
    id: "note",
    group: "text",
    writes: true,
    keys: ["Mod-Alt-M"],
    when: writable,
    run: (desk) => desk.page.run("note"),
  },
  {
    id: "marks",
    group: "text",
    run: ({ view }) => view.toggleMarks(),
  },
];
