// Spelling: what is misspelt on the page, and what it may have been meant to be. Which words are right because the author
// says so, and which language a manuscript is in, is said of the whole manuscript (`about`).
import type { Misspelt } from "../editor/page";
import { type Problem, problemOf, type SpellingHost, type SpellingLanguages } from "../host/host";
import { t } from "../words/words.svelte";
import type { Way } from "./notices.svelte";

/** What it needs of the desk. */
export interface Around {
  project(): number | null;
  /** Whether anything can be changed; tells when it cannot. */
  writable(): boolean;
  page(): Page;
  /** Says that a word is right in the manuscript, or no longer. */
  setWord(word: string, right: boolean): Promise<void>;
  mention(message: string, ways?: Way[]): void;
  /** Waits for something; what goes wrong is told. */
  step(work: Promise<unknown>): void;
}

/** What it needs of the page. */
export interface Page {
  /** The language that the text is said to be in; empty: not said. */
  readonly language: string;
  text(): string;
  misspelt(at?: { left: number; top: number }): Misspelt | null;
  nextMisspelt(by: 1 | -1): Misspelt | null;
  select(from: number, to: number): void;
  replace(from: number, to: number, words: string): void;
  /** Where the selection is on the screen. */
  rectangle(): { left: number; bottom: number };
  spellAnew(): void;
  focus(): void;
}

/** The word in hand, and where its menu stands. */
export interface InHand extends Misspelt {
  left: number;
  top: number;
  /** What it may have been meant to be; `null` as long as that is looked for. */
  suggestions: string[] | null;
}

/** As many characters of a text show which language it is in; a shorter one is looked at again when it has grown. */
const ENOUGH = 1500;

export class Spelling {
  inHand = $state<InHand | null>(null);
  /** The dictionary in use; empty before the first answer. */
  language = $state("");
  /** Why nothing is marked. */
  problem = $state<Problem | null>(null);
  languages = $state<SpellingLanguages | null>(null);

  readonly #host: SpellingHost;
  readonly #around: Around;
  /** Whether the language is known for good, and need not be found out from the text. */
  #sure = false;
  #project: number | null = null;
  /** The language that the text was said to be in when it was asked last. */
  #said = "";
  /** Left as they are until the window is closed. */
  readonly #left = new Set<string>();
  /** The word whose menu was closed last: the next key goes on from it. */
  #seen: Misspelt | null = null;

  constructor(host: SpellingHost, around: Around) {
    this.#host = host;
    this.#around = around;
  }

  /** Another scene is on the page, maybe of another manuscript, or the text is said to be in another language. */
  turned(): void {
    const project = this.#around.project();
    const { language } = this.#around.page();
    this.inHand = null;
    this.#seen = null;
    if (project === this.#project && language === this.#said) return;
    this.#project = project;
    this.#said = language;
    this.#forget();
  }

  /** What is misspelt in each of some paragraphs; `null` where that cannot be said. */
  async check(paragraphs: string[]): Promise<Misspelt[][] | null> {
    const project = this.#around.project();
    if (project === null || this.problem) return null;
    const { language } = this.#around.page();
    // Where nobody has said which language it is, all of the text is to show it, and not a paragraph.
    const guess = !this.#sure && !language;
    const sample = guess ? this.#around.page().text().slice(0, ENOUGH) : "";
    try {
      const asked = guess ? [...paragraphs, sample] : paragraphs;
      const wanted = language || (this.#sure ? this.language : null);
      const report = await this.#host.checkSpelling(project, wanted, asked);
      if (project !== this.#around.project()) return null;
      const other = this.language !== "" && this.language !== report.language;
      this.language = report.language;
      this.#sure = !guess || sample.length === ENOUGH;
      if (other) this.#around.page().spellAnew();
      const wrong = ({ word }: Misspelt) => !this.#left.has(word);
      return paragraphs.map((_, at) => (report.paragraphs[at] ?? []).filter(wrong));
    } catch (thrown) {
      if (project === this.#around.project()) this.problem = problemOf(thrown);
      return null;
    }
  }

  /** Opens the menu of the misspelt word at a place on the screen; false when there is none. */
  open(at: { left: number; top: number }): boolean {
    const word = this.#around.page().misspelt(at);
    if (word) this.#take(word);
    return word !== null;
  }

  /** Opens the menu of the misspelt word at the cursor, or else goes on to the next one, or back. */
  go(by: 1 | -1): void {
    this.close();
    const page = this.#around.page();
    const here = by === 1 ? page.misspelt() : null;
    const word = here && !this.#isSeen(here) ? here : page.nextMisspelt(by);
    if (word) this.#take(word);
    else this.#around.mention(this.problem ? t("spelling-unknown") : t("spelling-none"));
  }

  /** Closes the menu; the cursor stands behind the word, and the next key goes on from there. */
  close(): void {
    const word = this.inHand;
    if (!word) return;
    this.inHand = null;
    this.#seen = { from: word.from, to: word.to, word: word.word };
    this.#around.page().select(word.to, word.to);
    this.#around.page().focus();
  }

  /** Puts a suggestion in the place of the word. */
  correct(suggestion: string): void {
    const word = this.inHand;
    if (!word || !this.#around.writable()) return;
    this.close();
    this.#around.page().replace(word.from, word.to, suggestion);
  }

  /** The word in hand is right in this manuscript. */
  async add(): Promise<void> {
    const word = this.inHand?.word;
    this.close();
    if (!word || !this.#around.writable()) return;
    await this.#around.setWord(word, true);
    const back = () => this.#around.step(this.#around.setWord(word, false));
    this.#around.mention(t("spelling-added", { word }), [{ label: t("tree-undo"), go: back }]);
  }

  /** The word in hand is left as it is until the window is closed. */
  leave(): void {
    const word = this.inHand?.word;
    this.close();
    if (!word) return;
    this.#left.add(word);
    this.#around.page().spellAnew();
  }

  /** Reads what its dialog shows. A dictionary that was missing may have come meanwhile. */
  async look(): Promise<void> {
    this.languages = await this.#host.spellingLanguages();
    if (this.problem) this.#forget();
  }

  showFolder(): void {
    this.#around.step(this.#host.showDictionaries());
  }

  #take(word: Misspelt): void {
    const page = this.#around.page();
    page.select(word.from, word.to);
    const { left, bottom } = page.rectangle();
    this.inHand = { ...word, left, top: bottom, suggestions: null };
    this.#around.step(this.#suggest(word));
  }

  async #suggest({ from, word }: Misspelt): Promise<void> {
    const project = this.#around.project();
    let found: string[] = [];
    try {
      if (project !== null) found = await this.#host.suggestSpelling(project, this.language, word);
    } finally {
      if (this.inHand?.word === word && this.inHand.from === from) this.inHand.suggestions = found;
    }
  }

  #isSeen({ from, to, word }: Misspelt): boolean {
    return this.#seen?.from === from && this.#seen.to === to && this.#seen.word === word;
  }

  #forget(): void {
    this.language = "";
    this.problem = null;
    this.#sure = false;
    this.#around.page().spellAnew();
  }
}
