// A document as plain text and back. Blocks are separated by a blank line; a heading begins with `# `, `## ` or
// `### `, a quotation's lines with `> `, a scene break is `***`; notes to self are left out. For any text without
// carriage returns, `plainText(fromText(text)) === text`: what the model reads is exactly what the page holds.
import { Fragment, type Mark, type Node, Slice } from "prosemirror-model";
import { schema } from "./schema";

const BETWEEN = "\n\n";
const BREAK = "***";
const QUOTE = "> ";

const texts = new WeakMap<Node, string[]>();

/** The whole document as plain text. What a block says is remembered, so a key costs one block. */
export function plainText(doc: Node): string {
  const parts: string[] = [];
  doc.forEach((block) => {
    let said = texts.get(block);
    if (!said) texts.set(block, (said = [...blocksIn(block, 0)].map(({ text }) => text)));
    parts.push(...said);
  });
  return parts.join(BETWEEN);
}

/** A document that holds this text. */
export function fromText(text: string): Node {
  return schema.node("doc", null, blocksFrom(unify(text), []));
}

/**
 * The text as something that can be put at any place in a document: its first line carries on the paragraph
 * there, its last is carried on by what follows.
 */
export function sliceFrom(text: string, marks: readonly Mark[] = []): Slice {
  const unified = unify(text);
  const cut = unified.indexOf(BETWEEN);
  const head = cut < 0 ? unified : unified.slice(0, cut);
  const first = schema.node("paragraph", null, inlineFrom(head, marks));
  if (cut < 0) return new Slice(Fragment.from(first), 1, 1);
  const rest = blocksFrom(unified.slice(cut + BETWEEN.length), marks);
  const last = rest.at(-1);
  if (!last?.isTextblock) rest.push(schema.node("paragraph"));
  return new Slice(Fragment.from([first, ...rest]), 1, 1);
}

/** Text as it is pasted: without any blank line in it, every line is a paragraph. */
export function pasted(text: string): Slice {
  const unified = unify(text).replace(/^\n+|\n+$/g, "");
  const parted = unified.includes(BETWEEN)
    ? unified.replace(/\n{3,}/g, BETWEEN)
    : unified.replace(/\n/g, BETWEEN);
  const blocks = blocksFrom(parted, []);
  const plain = blocks[0]!.type === schema.nodes.paragraph;
  return plain ? sliceFrom(parted) : new Slice(Fragment.from(blocks), 0, blocks.at(-1)!.isTextblock ? 1 : 0);
}

/** Where a document position lies in `plainText(doc)`. */
export function offsetAt(doc: Node, pos: number): number {
  return offsetsAt(doc, [pos])[0]!;
}

/** The same for many positions, in one walk through the document. */
export function offsetsAt(doc: Node, positions: readonly number[]): number[] {
  const found = positions.map(() => 0);
  const last = Math.max(...positions);
  let offset = 0;
  for (const block of blocksOf(doc)) {
    if (last < block.start) break;
    positions.forEach((pos, at) => {
      if (pos >= block.start) found[at] = offset + prefixed(block, Math.min(pos - block.start, block.size));
    });
    offset += block.text.length + BETWEEN.length;
  }
  return found;
}

/** Where in the document a character of `plainText(doc)` stands. Between two blocks that is the beginning of the second. */
export function positionAt(doc: Node, offset: number): number {
  let start = 0;
  let end = 0;
  for (const block of blocksOf(doc)) {
    const inside = offset - start;
    if (inside <= block.text.length) return block.start + unprefixed(block, Math.max(0, inside));
    start += block.text.length + BETWEEN.length;
    end = block.start + block.size;
  }
  return end;
}

interface Block {
  /** Position of its first character, and how many positions it spans. */
  start: number;
  size: number;
  text: string;
  kind: "plain" | "heading" | "quote" | "break";
  level: number;
}

function* blocksOf(doc: Node): Generator<Block> {
  let pos = 0;
  for (const block of doc.children) {
    yield* blocksIn(block, pos);
    pos += block.nodeSize;
  }
}

/** What a block at a position is in the plain text: nothing, if it is a note. */
function* blocksIn(node: Node, pos: number): Generator<Block> {
  switch (node.type) {
    case schema.nodes.note:
      return;
    case schema.nodes.blockquote: {
      let inner = pos + 1;
      for (const paragraph of node.children) {
        const lines = textOf(paragraph).split("\n");
        const text = lines.map((line) => QUOTE + line).join("\n");
        yield { start: inner + 1, size: paragraph.content.size, text, kind: "quote", level: 0 };
        inner += paragraph.nodeSize;
      }
      return;
    }
    case schema.nodes.scene_break:
      yield { start: pos, size: 1, text: BREAK, kind: "break", level: 0 };
      return;
    default: {
      const level = node.type === schema.nodes.heading ? (node.attrs.level as number) : 0;
      const prefix = level ? "#".repeat(level) + " " : "";
      const kind = level ? "heading" : "plain";
      yield { start: pos + 1, size: node.content.size, text: prefix + textOf(node), kind, level };
    }
  }
}

function textOf(block: Node): string {
  return block.textBetween(0, block.content.size, "", "\n");
}

/** From positions inside a block to characters of its text. */
function prefixed(block: Block, inside: number): number {
  if (block.kind === "break") return inside > 0 ? BREAK.length : 0;
  if (block.kind === "heading") return block.level + 1 + inside;
  if (block.kind === "plain") return inside;
  const lines = block.text.split("\n");
  let chars = 0;
  let left = inside;
  for (const line of lines) {
    const width = line.length - QUOTE.length;
    if (left <= width) return chars + QUOTE.length + left;
    left -= width + 1;
    chars += line.length + 1;
  }
  return block.text.length;
}

/** The other way round; a character of a prefix stands where what it is a prefix of begins. */
function unprefixed(block: Block, chars: number): number {
  if (block.kind === "break") return chars > 0 ? 1 : 0;
  if (block.kind === "heading") return Math.max(0, chars - block.level - 1);
  if (block.kind === "plain") return chars;
  let inside = 0;
  let left = chars;
  for (const line of block.text.split("\n")) {
    if (left <= line.length) return inside + Math.max(0, left - QUOTE.length);
    inside += line.length - QUOTE.length + 1;
    left -= line.length + 1;
  }
  return block.size;
}

function blocksFrom(text: string, marks: readonly Mark[]): Node[] {
  const blocks: Node[] = [];
  let quoted: Node[] = [];
  const close = () => {
    if (quoted.length) blocks.push(schema.node("blockquote", null, quoted));
    quoted = [];
  };
  for (const part of text.split(BETWEEN)) {
    const lines = part.split("\n");
    if (lines.every((line) => line.startsWith(QUOTE))) {
      const inner = lines.map((line) => line.slice(QUOTE.length)).join("\n");
      quoted.push(schema.node("paragraph", null, inlineFrom(inner, marks)));
      continue;
    }
    close();
    const heading = /^(#{1,3}) ([^\n]*)$/.exec(part);
    if (part === BREAK) blocks.push(schema.node("scene_break"));
    else if (heading) {
      const level = heading[1]!.length;
      blocks.push(schema.node("heading", { level }, heading[2] ? schema.text(heading[2], marks) : []));
    } else blocks.push(schema.node("paragraph", null, inlineFrom(part, marks)));
  }
  close();
  return blocks;
}

function inlineFrom(text: string, marks: readonly Mark[]): Node[] {
  const nodes: Node[] = [];
  text.split("\n").forEach((line, i) => {
    if (i > 0) nodes.push(schema.node("line_break", null, [], marks));
    if (line) nodes.push(schema.text(line, marks));
  });
  return nodes;
}

function unify(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
