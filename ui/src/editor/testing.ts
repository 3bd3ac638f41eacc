// A page without a window, for tests: keys are pressed and typed on its state, and plugins see them as they would in one.
import { baseKeymap } from "prosemirror-commands";
import type { Node } from "prosemirror-model";
import { type Command, EditorState, type Plugin, TextSelection, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { plainText } from "./text";

export class Sheet {
  state: EditorState;

  constructor(doc: Node, plugins: Plugin[] = []) {
    this.state = EditorState.create({ doc, plugins });
    this.at(doc.content.size);
  }

  /** Puts the cursor at a position, or selects from one to another. */
  at(from: number, to = from): this {
    const { doc } = this.state;
    return this.apply(
      this.state.tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to), -1)),
    );
  }

  /** Puts the cursor before a piece of the text, or after it. */
  find(text: string, after = false): this {
    let found = -1;
    this.state.doc.descendants((node, pos) => {
      const at = node.isText ? node.text!.indexOf(text) : -1;
      if (found < 0 && at >= 0) found = pos + at + (after ? text.length : 0);
    });
    if (found < 0) throw new Error(`There is no “${text}” on the page.`);
    return this.at(found);
  }

  apply(tr: Transaction | null): this {
    if (tr) this.state = this.state.apply(tr);
    return this;
  }

  run(command: Command): boolean {
    return command(this.state, (tr) => void this.apply(tr));
  }

  /** Types a text key by key, as the browser would. */
  type(text: string): this {
    for (const key of text) {
      const { from, to } = this.state.selection;
      const handled = this.state.plugins.some((plugin) =>
        plugin.props.handleTextInput?.call(plugin, this.#view(), from, to, key, () => this.state.tr),
      );
      if (!handled) this.apply(this.state.tr.insertText(key, from, to));
    }
    return this;
  }

  press(key: string): this {
    const event = { key, keyCode: 0, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
    const handled = this.state.plugins.some((plugin) =>
      plugin.props.handleKeyDown?.call(plugin, this.#view(), event as KeyboardEvent),
    );
    const usual = baseKeymap[key];
    if (!handled && usual) this.run(usual);
    return this;
  }

  get text(): string {
    return plainText(this.state.doc);
  }

  /** The page in short: what blocks it has and what they say. */
  get outline(): string {
    return this.state.doc.children.map(shown).join(" ");
  }

  #view(): EditorView {
    const view = {
      state: this.state,
      composing: false,
      dispatch: (tr: Transaction) => void this.apply(tr),
      endOfTextblock: (to: string) => {
        const { $head } = this.state.selection;
        return $head.parentOffset === (to === "backward" ? 0 : $head.parent.content.size);
      },
    };
    return view as unknown as EditorView;
  }
}

function shown(node: Node): string {
  if (node.isText) return node.text!;
  const name = { paragraph: "p", heading: "h", blockquote: "q", scene_break: "***", line_break: "/" };
  const own = name[node.type.name as keyof typeof name] ?? node.type.name;
  return node.isLeaf ? own : `${own}(${node.children.map(shown).join(node.isTextblock ? "" : " ")})`;
}
