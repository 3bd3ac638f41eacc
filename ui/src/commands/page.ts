// How the page looks and behaves while one writes.
import type { Command } from "./command";

export const page: Command[] = [
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
];
