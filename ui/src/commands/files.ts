// Files in and out.
import type { Command } from "./command";

export const files: Command[] = [
  {
    id: "import",
    group: "files",
    writes: true,
    keys: ["Mod-Shift-O"],
    run: (desk) => {
      desk.files.begin();
      desk.view.dialog = "import";
    },
  },
  {
    id: "export",
    group: "files",
    keys: ["Mod-E"],
    when: ({ tree }) => tree.scene !== null,
    run: ({ view }) => (view.dialog = "export"),
  },
];
