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
    keys: ["Mod-Shift-Z", "Mod-Y"],
    onPage: true,
    when: writable,
    run: (desk) => (inRemarks() ? void desk.machine.remarks.redo() : desk.page.redo()),
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
