// Typing: the marks of Markdown that every writer's fingers know, and the keys inside the text.
import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  exitCode,
  lift,
  liftEmptyBlock,
  newlineInCode,
  setBlockType,
  splitBlock,
  toggleMark,
  wrapIn,
} from "prosemirror-commands";
import {
  InputRule,
  inputRules,
  textblockTypeInputRule,
  undoInputRule,
  wrappingInputRule,
} from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import {
  type Command,
  type EditorState,
  type Plugin,
  TextSelection,
  type Transaction,
} from "prosemirror-state";
import { leaveNote, leaveNoteBackward, noteRule, toggleNote } from "./notes";
import { asMade } from "./provenance";
import { schema } from "./schema";
import { better, type Typography } from "./typography";

const { paragraph, heading, blockquote, scene_break, line_break } = schema.nodes;

/** What a writer can make of the text under the cursor. */
export const textCommands = {
  emphasis: toggleMark(schema.marks.em),
  strong: toggleMark(schema.marks.strong),
  paragraph: chainCommands(lift, setBlockType(paragraph)),
  chapterHeading: headingOf(1),
  sectionHeading: headingOf(2),
  quotation: wrapIn(blockquote),
  note: toggleNote,
  sceneBreak: ((state, dispatch) => {
    dispatch?.(breakAt(state, state.selection.from, state.selection.to).scrollIntoView());
    return true;
  }) satisfies Command,
};

export type TextCommand = keyof typeof textCommands;

/**
 * Input rules and the keys of the text itself; keys of the window are in `commands.ts`. `set` tells how the language is
 * set; none leaves straight signs as they are.
 */
export function typing(set: () => Typography | null): Plugin[] {
  return [
    inputRules({
      rules: [
        textblockTypeInputRule(/^(#{1,3})\s$/, heading, (match) => ({ level: match[1]!.length })),
        wrappingInputRule(/^>\s$/, blockquote),
        noteRule,
        new InputRule(/^\*\*\*$/, (state, _match, start, end) => {
          const plain = state.doc.resolve(start).parent.type === paragraph;
          return plain && state.doc.resolve(start).depth === 1 ? breakAt(state, start, end) : null;
        }),
        signRule(set),
      ],
    }),
    keymap({
      Backspace: chainCommands(undoInputRule, leaveNoteBackward, plainAtStart),
      "Shift-Enter": (state, dispatch) => {
        if (state.selection.$from.parent.type !== paragraph) return splitBlock(state, dispatch);
        dispatch?.(state.tr.replaceSelectionWith(line_break.create()).scrollIntoView());
        return true;
      },
      Enter: chainCommands(
        newlineInCode,
        exitCode,
        createParagraphNear,
        leaveNote,
        liftEmptyBlock,
        splitBlock,
      ),
    }),
    keymap(baseKeymap),
  ];
}

/** Straight signs become those of the language where they are typed; Backspace or undo right after gives them back. */
function signRule(set: () => Typography | null): InputRule {
  return new InputRule(/[^]$/u, (state, match, start, end) => {
    const language = set();
    if (!language) return null;
    const $start = state.doc.resolve(start);
    const block = $start.parent;
    const before = block.textBetween(0, $start.parentOffset, null, "\n");
    const after = block.textBetween(state.doc.resolve(end).parentOffset, block.content.size, null, "\n");
    const to = better(before, match[0], after, language);
    if (!to) return null;
    // The writer's own, also in the middle of words that a machine made.
    const marks = schema.marks.machine.removeFromSet(state.storedMarks ?? $start.marks());
    return state.tr.replaceWith(start - to.back, end, schema.text(to.text, marks));
  });
}

/** A heading has one line: line breaks become spaces. */
function headingOf(level: number): Command {
  return (state, dispatch) => {
    if (!setBlockType(heading, { level })(state)) return false;
    const { from, to } = state.selection;
    const tr = asMade(state.tr);
    state.doc.nodesBetween(from, to, (block, pos) => {
      if (!block.isTextblock) return true;
      block.forEach(({ type, marks }, offset) => {
        const at = pos + 1 + offset;
        if (type === line_break) tr.replaceWith(at, at + 1, schema.text(" ", marks));
      });
      return false;
    });
    dispatch?.(tr.setBlockType(from, to, heading, { level }));
    return true;
  };
}

/** Backspace at the start of a heading or quotation makes it a paragraph again. */
const plainAtStart: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0) return false;
  if ($from.parent.type === heading) return setBlockType(paragraph)(state, dispatch);
  return $from.depth > 1 && $from.index(-1) === 0 ? lift(state, dispatch) : false;
};

/** Puts a scene break in the place of a range, with a paragraph after it to write on in. */
function breakAt(state: EditorState, from: number, to: number): Transaction {
  const $from = state.doc.resolve(from);
  const whole = $from.parent.isTextblock && from === $from.start() && to === $from.end();
  const nodes = [scene_break.create(), paragraph.create()];
  const tr = state.tr;
  if (whole && $from.depth === 1) tr.replaceWith($from.before(), $from.after(), nodes);
  else {
    const after = state.doc.resolve(to).after(1);
    tr.insert(after, nodes);
  }
  const end = tr.mapping.map(whole ? $from.after() : state.doc.resolve(to).after(1), 1);
  return tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1));
}
