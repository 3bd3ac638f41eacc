// The editor of a prompt's text. It knows no host: what can be written and what is wrong is told to it. Tab is not its own, so
// that nobody is caught in it.
import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { EditorView, gutterLineClass, GutterMarker, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { complete, type Vocabulary } from "./complete";
import { promptLanguage } from "./language";

export interface Around {
  /** For people who do not see it. */
  label: string;
  /** The element that says which keys it has. */
  describedBy: string;
  vocabulary(): Vocabulary;
  changed(text: string): void;
  /** The list of what can be written, for people who do not see it. */
  completions: string;
}

export class PromptEditor {
  readonly #view: EditorView;
  readonly #around: Around;
  readonly #changing = new Compartment();
  /** True while a text is put in from outside. */
  #setting = false;

  constructor(mount: HTMLElement, around: Around, text: string, readOnly: boolean) {
    this.#around = around;
    this.#view = new EditorView({ parent: mount, state: this.#state(text, readOnly) });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Another text, whose steps are its own. */
  show(text: string, readOnly: boolean): void {
    if (text === this.text) {
      this.#view.dispatch({ effects: this.#changing.reconfigure(writable(readOnly)) });
      return;
    }
    this.#setting = true;
    this.#view.setState(this.#state(text, readOnly));
    this.#setting = false;
  }

  /** Marks the line where something is wrong; takes the mark away where nothing is. */
  mark(problem: { line: number | null; message: string } | null): void {
    const { doc } = this.#view.state;
    const found = problem?.line ? doc.line(Math.min(problem.line, doc.lines)) : doc.line(1);
    const marks = problem
      ? [{ from: found.from, to: found.to, severity: "error" as const, message: problem.message }]
      : [];
    this.#view.dispatch(setDiagnostics(this.#view.state, marks));
    this.#view.dispatch({ effects: setWrong.of(problem ? found.from : null) });
  }

  /** Puts the cursor into a line. */
  goTo(line: number): void {
    const { doc } = this.#view.state;
    const at = doc.line(Math.min(Math.max(1, line), doc.lines)).from;
    this.#view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
    this.#view.focus();
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }

  #state(text: string, readOnly: boolean): EditorState {
    const { label, describedBy, completions } = this.#around;
    return EditorState.create({
      doc: text,
      extensions: [
        this.#changing.of(writable(readOnly)),
        lineNumbers(),
        wrongLine,
        history(),
        promptLanguage,
        syntaxHighlighting(classHighlighter),
        bracketMatching(),
        closeBrackets(),
        autocompletion({
          icons: false,
          override: [(context) => complete(context, this.#around.vocabulary())],
        }),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorState.phrases.of({ Completions: completions }),
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-describedby": describedBy,
          spellcheck: "false",
          // What scrolls is reached by keys, which checkers see by this alone.
          tabindex: "0",
        }),
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !this.#setting) this.#around.changed(update.state.doc.toString());
        }),
      ],
    });
  }
}

/** The line where something is wrong; the number in the gutter shows it. The library's own gutter needs images. */
const setWrong = StateEffect.define<number | null>();

const wrong = new (class extends GutterMarker {
  override elementClass = "wrong-line";
})();

const wrongLine = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update: (marks, { changes, effects }) => {
    const set = effects.find((effect) => effect.is(setWrong));
    if (!set) return marks.map(changes);
    return set.value === null ? RangeSet.empty : RangeSet.of([wrong.range(set.value as number)]);
  },
  provide: (field) => gutterLineClass.from(field),
});

function writable(readOnly: boolean) {
  return [EditorState.readOnly.of(readOnly)];
}
