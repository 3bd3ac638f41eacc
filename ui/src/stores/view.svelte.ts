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

/** What takes the place of the page and all beside it. */
export type Screen = "lore" | "about" | "history" | "authorship" | "workbench" | null;

/** The parts of the view of a manuscript. */
export const TABS = ["said", "goals", "style", "words", "summaries"] as const;
export type Tab = (typeof TABS)[number];

const NARROW = "(max-width: 56rem)";

export class View {
  dialog = $state<Dialog>(null);
  screen = $state<Screen>(null);
  /** Which part of the view of a manuscript is shown. */
  tab = $state<Tab>("said");
  /** Whether the card of the open scene lies beside the page. */
  card = $state(recall("card", "hidden") === "shown");
  /** Whether the card was gone to, and lies before what the machine shows. */
  cardFirst = $state(false);
  /** The words of a first visit, until they are put away. */
  welcome = $state(false);
  nav = $state(recall("nav", "shown") === "shown" && !matchMedia(NARROW).matches);
  /** Whether words the machine made are underlined. */
  marks = $state(recall("marks", "shown") === "shown");
  /** Whether the panel is there when nothing is offered: it says what can be asked. */
  side = $state(recall("side", "hidden") === "shown");
  renaming = $state(false);
  /** True while the writer types: the edges of the window step back. */
  quiet = $state(false);

  constructor() {
    // A window that gets narrow has no room for the list beside the page, and it would lie over it.
    matchMedia(NARROW).addEventListener("change", ({ matches }) => {
      this.nav = !matches && recall("nav", "shown") === "shown";
    });
  }

  toggleNav(): void {
    this.nav = !this.nav;
    if (!matchMedia(NARROW).matches) remember("nav", this.nav ? "shown" : "hidden");
  }

  showCard(shown: boolean): void {
    this.card = shown;
    remember("card", shown ? "shown" : "hidden");
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
