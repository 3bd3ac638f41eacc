// Focus mode: the paragraph or the sentence in hand is clear, the rest stands back. Only what changes is drawn anew,
// and nothing while words are being composed, which a change of the text's spans would break off.
import type { Node } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

export type Focus = "off" | "paragraph" | "sentence";

interface InHand {
  focus: Focus;
  drawn: DecorationSet;
}

const key = new PluginKey<InHand>("focus");
const IN_HAND = { class: "in-hand" };

/** `language` is that of the text, for where its sentences end. */
export function focusing(language: () => string): Plugin<InHand> {
  return new Plugin<InHand>({
    key,
    state: {
      init: () => ({ focus: "off", drawn: DecorationSet.empty }),
      apply: (tr, old, _before, after) => {
        const asked = tr.getMeta(key) as Focus | undefined;
        const focus = asked ?? old.focus;
        if (focus === "off") return old.focus === "off" ? old : { focus, drawn: DecorationSet.empty };
        if (!asked && !tr.docChanged && !tr.selectionSet) return old;
        if (!asked && tr.getMeta("composition") !== undefined)
          return { focus, drawn: old.drawn.map(tr.mapping, tr.doc) };
        return { focus, drawn: inHand(after, focus, language()) };
      },
    },
    props: {
      attributes: (state): Record<string, string> =>
        key.getState(state)?.focus === "off" ? {} : { class: "focusing" },
      decorations: (state) => key.getState(state)?.drawn,
    },
  });
}

export function setFocus(state: EditorState, focus: Focus): Transaction {
  return state.tr.setMeta(key, focus);
}

function inHand({ doc, selection }: EditorState, focus: Focus, language: string): DecorationSet {
  const drawn: Decoration[] = [];
  const { from, to, empty, $head } = selection;
  if (focus === "sentence" && empty && $head.parent.content.size > 0) {
    const start = $head.start();
    const sentence = sentenceAt($head.parent, $head.parentOffset, language);
    // What is typed at its end belongs to it until the next key says otherwise.
    drawn.push(
      Decoration.inline(start + sentence.from, start + sentence.to, IN_HAND, { inclusiveEnd: true }),
    );
  } else {
    doc.nodesBetween(from, to, (node, pos) => {
      if (!node.isTextblock && !node.isAtom) return true;
      drawn.push(Decoration.node(pos, pos + node.nodeSize, IN_HAND));
      return false;
    });
  }
  return DecorationSet.create(doc, drawn);
}

/**
 * The sentence at a place in a block, with the spaces after it; between two, the one that begins there. What goes on in
 * small letters after a question in speech belongs to it.
 */
export function sentenceAt(block: Node, offset: number, language: string): { from: number; to: number } {
  const text = block.textBetween(0, block.content.size, "\n", "\n");
  let from = 0;
  for (const { index, segment } of sentencesIn(language).segment(text)) {
    if (/^\p{Ll}/u.test(segment)) continue;
    if (index > offset) return { from, to: index };
    from = index;
  }
  return { from, to: text.length };
}

let segmenter: { language: string; of: Intl.Segmenter } | null = null;

function sentencesIn(language: string): Intl.Segmenter {
  if (segmenter?.language !== language)
    segmenter = { language, of: new Intl.Segmenter(known(language), { granularity: "sentence" }) };
  return segmenter.of;
}

function known(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}
