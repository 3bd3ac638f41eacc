// What a command is. Its title is the message `command-` and its id, a group's `command-group-` and its name.
import type { Desk } from "../stores/desk.svelte";

export interface Command {
  id: string;
  group:
    | "stuck"
    | "ways"
    | "offered"
    | "text"
    | "page"
    | "manuscripts"
    | "notebook"
    | "files"
    | "find"
    | "history"
    | "workbench"
    | "window"
    | "model";
  /** Those that write a sign act only where nothing is written. */
  keys?: string[];
  /** What it is called where that is told by something else, such as a prompt. */
  title?: string;
  /** Whether it means something just now; absent: always. */
  when?: (desk: Desk) => boolean;
  /** Its keys act only while the page or the list of ideas beside it has the focus. */
  onPage?: true;
  /** It changes something that is kept, so it is off where the library can only be read. */
  writes?: true;
  run: (desk: Desk) => void;
}
