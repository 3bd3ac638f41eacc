// What a page may hold. Kept small on purpose: everything here has a plain-text form (`text.ts`), so prompts,
// counts and exports never have to guess.
import { type MarkSpec, type NodeSpec, Schema } from "prosemirror-model";

/** A text runs as its first letter does; on the page itself `direction.ts` sees to it. */
const RUNS = { dir: "auto" };

const nodes = {
  doc: { content: "block+" },
  paragraph: {
    content: "inline*",
    group: "block",
    parseDOM: [{ tag: "p" }],
    toDOM: () => ["p", RUNS, 0],
  },
  heading: {
    attrs: { level: { default: 1, validate: "number" } },
    content: "text*",
    group: "block",
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map((depth) => ({ tag: `h${depth}`, attrs: { level: Math.min(depth, 3) } })),
    toDOM: (node) => [`h${node.attrs.level}`, RUNS, 0],
  },
  scene_break: {
    group: "block",
    parseDOM: [{ tag: "hr" }],
    toDOM: () => ["hr"],
  },
  blockquote: {
    content: "paragraph+",
    group: "block",
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", 0],
  },
  /** The author's to themselves: in no plain text, prompt, count or export. Isolated, so that no key lets story slip in. */
  note: {
    content: "paragraph+",
    group: "block",
    defining: true,
    isolating: true,
    parseDOM: [{ tag: "aside[data-note]" }],
    toDOM: () => ["aside", { class: "note", "data-note": "" }, 0],
  },
  text: { group: "inline" },
  line_break: {
    inline: true,
    group: "inline",
    selectable: false,
    leafText: () => "\n",
    linebreakReplacement: true,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
} satisfies Record<string, NodeSpec>;

const marks = {
  em: {
    parseDOM: [
      { tag: "i" },
      { tag: "em" },
      { style: "font-style=italic" },
      { style: "font-style=normal", clearMark: ({ type }) => type.name === "em" },
    ],
    toDOM: () => ["em", 0],
  },
  strong: {
    parseDOM: [
      // Some wrap all that is copied in a <b> that is none.
      { tag: "b", getAttrs: ({ style }) => (style.fontWeight && !isBold(style.fontWeight) ? false : null) },
      { tag: "strong" },
      { style: "font-weight", getAttrs: (weight) => (isBold(weight) ? null : false) },
      {
        style: "font-weight",
        getAttrs: (weight) => (isBold(weight) ? false : null),
        clearMark: ({ type }) => type.name === "strong",
      },
    ],
    toDOM: () => ["strong", 0],
  },
  /** Words the machine made and the writer took. Not inclusive: what is typed at its end is the writer's. */
  machine: {
    attrs: { request: { validate: "string" }, candidate: { default: 0, validate: "number" } },
    inclusive: false,
    parseDOM: [
      {
        tag: "span[data-request]",
        getAttrs: (dom) => ({
          request: dom.getAttribute("data-request") ?? "",
          candidate: ordinal(dom.getAttribute("data-candidate")),
        }),
      },
    ],
    toDOM: (mark) => [
      "span",
      { class: "made", "data-request": mark.attrs.request, "data-candidate": String(mark.attrs.candidate) },
      0,
    ],
  },
} satisfies Record<string, MarkSpec>;

export const schema = new Schema<keyof typeof nodes, keyof typeof marks>({ nodes, marks });

function isBold(weight: string): boolean {
  return /^(bold(er)?|[6-9]\d\d|1000)$/.test(weight.trim());
}

/** A candidate's number; 0 for what is none, since a page with anything else could not be read again. */
function ordinal(value: string | null): number {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : 0;
}
