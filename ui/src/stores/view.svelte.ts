// How the window looks just now: what is open beside the page, and whether its edges are quiet. What a writer
// would want to find again is remembered on this machine.

export type Dialog =
  | "commands"
  | "archive"
  | "manuscripts"
  | "samples"
  | "keys"
  | "settings"
  | "model"
  | "models"
  | "scenes"
  | "snapshot"
  | "snapshot-all"
  | "who"
  | "backups"
  | "spelling"
  | "import"
  | "export"
  | null;

/** What takes the place of the sheet. */
export type Screen = "history" | "authorship" | null;

const NARROW = "(max-width: 56rem)";

export class View {
  dialog = $state<Dialog>(null);
  screen = $state<Screen>(null);
  nav = $state(recall("nav", "shown") === "shown" && !matchMedia(NARROW).matches);
  /** Whether words the machine made are underlined. */
  marks = $state(recall("marks", "shown") === "shown");
  /** Whether the panel is there when nothing is offered: it says what can be asked. */
  side = $state(recall("side", "hidden") === "shown");
  renaming = $state(false);
  /** True while the writer types: the edges of the window step back. */
  quiet = $state(false);

  toggleNav(): void {
    this.nav = !this.nav;
    if (!matchMedia(NARROW).matches) remember("nav", this.nav ? "shown" : "hidden");
  }

  /** In a narrow window the list lies over the page and goes away once something was chosen. */
  closeNavIfOver(): void {
    if (matchMedia(NARROW).matches) this.nav = false;
  }

  toggleMarks(): void {
    this.marks = !this.marks;
    remember("marks", this.marks ? "shown" : "hidden");
  }

  showSide(shown: boolean): void {
    this.side = shown;
    remember("side", shown ? "shown" : "hidden");
  }
}

function recall(name: string, otherwise: string): string {
  return localStorage.getItem(`foolscap.${name}`) ?? otherwise;
}

function remember(name: string, value: string): void {
  localStorage.setItem(`foolscap.${name}`, value);
}
