// Notes to self: an author's blocks in the text that never leave the page. What is typed in one and what is typed in
// the story must not run together by an ordinary key, or words would vanish from prompts and exports unseen.
import { wrappingInputRule } from "prosemirror-inputrules";
import { Fragment, type Node, type ResolvedPos, Slice } from "prosemirror-model";
import { type Command, type EditorState, TextSelection, type Transaction } from "prosemirror-state";
import { findWrapping, ReplaceAroundStep } from "prosemirror-transform";
import { asMade } from "./provenance";
import { schema } from "./schema";

const { note, paragraph, heading, blockquote } = schema.nodes;

/** `%% ` at the beginning of a paragraph. */
export const noteRule = wrappingInputRule(/^%%\s$/, note, null, () => false);

/**
 * Makes what is selected, or an empty paragraph, a note to self, and a note a part of the story again. At a cursor in the
 * story it begins a new note below the paragraph.
 */
export const toggleNote: Command = (state, dispatch) => {
  const { $from, $to, empty } = state.selection;
  if (noteAround($from) && noteAround($to)) {
    dispatch?.(dissolved(state, $from.index(0), $to.index(0)).scrollIntoView());
    return true;
  }
  const inside = empty && $from.parent.isTextblock && ($from.depth > 1 || $from.parent.content.size > 0);
  const tr = inside ? noteBelow(state, $from) : wrapped(state, $from, $to);
  if (tr) dispatch?.(tr.scrollIntoView());
  return tr !== null;
};

/** Enter on an empty line at the end of a note goes on with the story below it. */
export const leaveNote: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const around = noteAround($from);
  if (!empty || !around || $from.parent.content.size > 0 || $from.index(1) < around.childCount - 1)
    return false;
  if (around.childCount === 1) {
    dispatch?.(dissolved(state, $from.index(0)).scrollIntoView());
    return true;
  }
  const tr = state.tr.delete($from.before(), $from.after());
  const after = tr.mapping.map($from.after(1));
  tr.insert(after, paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
};

/** Backspace at the beginning of a note makes its first paragraph one of the story. */
export const leaveNoteBackward: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const around = noteAround($from);
  if (!empty || !around || $from.parentOffset > 0 || $from.index(1) > 0) return false;
  if (around.childCount === 1) {
    dispatch?.(dissolved(state, $from.index(0)).scrollIntoView());
    return true;
  }
  const start = $from.before(1);
  const tr = asMade(state.tr.delete($from.before(), $from.after()).insert(start, $from.parent));
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, start + 1)).scrollIntoView());
  return true;
};

/**
 * The place for words of the story nearest to a position: itself, unless it is in a note. None when there is no place
 * that belongs to the same scene.
 */
export function storyPlace(doc: Node, pos: number): number | null {
  const $pos = doc.resolve(pos);
  if (!noteAround($pos)) return pos;
  let end = $pos.before(1);
  for (let i = $pos.index(0) - 1; i >= 0; i--) {
    const block = doc.child(i);
    if (block.type !== note) {
      const depth = block.isTextblock ? 1 : block.type === blockquote ? 2 : 0;
      if (depth) return end - depth;
      break;
    }
    end -= block.nodeSize;
  }
  const below = doc.childCount > $pos.index(0) + 1 ? doc.child($pos.index(0) + 1) : null;
  return below?.type === paragraph && below.content.size === 0 ? $pos.after(1) + 1 : null;
}

/** Puts an empty paragraph below the note at a position, with the cursor in it. */
export function paragraphBelow(state: EditorState, pos: number): Transaction {
  const after = state.doc.resolve(pos).after(1);
  const tr = state.tr.insert(after, paragraph.create());
  return tr.setSelection(TextSelection.create(tr.doc, after + 1));
}

/** The notes that lie as a whole in a range. */
export function notesWithin(doc: Node, from: number, to: number): Node[] {
  const found: Node[] = [];
  doc.forEach((block, pos) => {
    if (block.type === note && pos >= from && pos + block.nodeSize <= to) found.push(block);
  });
  return found;
}

function noteAround($pos: ResolvedPos): Node | null {
  return $pos.depth > 0 && $pos.node(1).type === note ? $pos.node(1) : null;
}

/** The notes among the blocks from one to another become paragraphs of the story. */
function dissolved(state: EditorState, first: number, last = first): Transaction {
  const tr = state.tr;
  let pos = state.doc.content.size;
  for (let i = state.doc.childCount - 1; i >= first; i--) {
    const block = state.doc.child(i);
    const end = pos;
    pos -= block.nodeSize;
    if (i <= last && block.type === note)
      tr.step(new ReplaceAroundStep(pos, end, pos + 1, end - 1, Slice.empty, 0, true));
  }
  return tr;
}

function noteBelow(state: EditorState, $at: ResolvedPos): Transaction {
  const after = $at.after(1);
  const tr = state.tr.insert(after, note.create(null, paragraph.create()));
  return tr.setSelection(TextSelection.create(tr.doc, after + 2));
}

/** The blocks of a selection in one note; headings become paragraphs. None where a scene break is among them. */
function wrapped(state: EditorState, $from: ResolvedPos, $to: ResolvedPos): Transaction | null {
  const range = $from.blockRange($to);
  const wrapping = range && range.depth === 0 && findWrapping(range, note);
  if (wrapping) return state.tr.wrap(range, wrapping);
  const [from, to] = [$from.depth ? $from.before(1) : $from.pos, $to.depth ? $to.after(1) : $to.pos];
  const paragraphs: Node[] = [];
  let whole = true;
  state.doc.slice(from, to).content.forEach((block) => {
    if (block.type === paragraph) paragraphs.push(block);
    else if (block.type === heading) paragraphs.push(paragraph.create(null, block.content));
    else if (block.type === blockquote || block.type === note) paragraphs.push(...block.children);
    else whole = false;
  });
  if (!whole || !paragraphs.length) return null;
  const tr = asMade(state.tr.replaceWith(from, to, Fragment.from(note.create(null, paragraphs))));
  return tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(to)), -1));
}
