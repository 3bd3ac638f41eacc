// What a page may hold. Kept small on purpose: everything here has a plain-text form (`text.ts`), so prompts,
// counts and exports never have to guess.
import { type MarkSpec, type NodeSpec, Schema } from "prosemirror-model";

/** A text runs as its first letter does, whichever way the window runs. */
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
    parseDOM: [1, 2, 3].map((level) => ({ tag: `h${level}`, attrs: { level } })),
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
  text: { group: "inline" },
  line_break: {
    inline: true,
    group: "inline",
    selectable: false,
    leafText: () => "\n",
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
} satisfies Record<string, NodeSpec>;

const marks = {
  em: {
    parseDOM: [{ tag: "i" }, { tag: "em" }, { style: "font-style=italic" }],
    toDOM: () => ["em", 0],
  },
  strong: {
    parseDOM: [{ tag: "b" }, { tag: "strong" }],
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
          candidate: Number(dom.getAttribute("data-candidate") ?? 0),
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
