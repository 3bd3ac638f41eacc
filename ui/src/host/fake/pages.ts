// Pages as the fake host reads them: the text blocks of a kept document, with the editor's positions.
import type { FakeScene } from "./shelf";

export interface Inline {
  type: string;
  text?: string;
  marks?: { type: string; attrs?: { request: string; candidate: number } }[];
}

interface Node {
  type: string;
  content?: (Node | Inline)[];
}

export interface Block {
  /** The editor's position of its first character. */
  start: number;
  note: boolean;
  content: Inline[];
  text: string;
}

export function documentOf({ document, text }: Pick<FakeScene, "document" | "text">): Node {
  if (document) return JSON.parse(document) as Node;
  const paragraph = (text: string) => ({
    type: "paragraph",
    content: text ? [{ type: "text", text }] : [],
  });
  return { type: "doc", content: text.split("\n\n").map(paragraph) };
}

/** Its paragraphs and headings from top to bottom, those in quotations and notes too. */
export function blocksOf(doc: Node): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  const walk = (node: Node, note: boolean) => {
    if (node.type === "scene_break") return void at++;
    const inner = (node.content ?? []) as Node[];
    if (node.type === "blockquote" || node.type === "note") {
      at++;
      for (const one of inner) walk(one, node.type === "note");
      return void at++;
    }
    const content = inner as Inline[];
    const text = content.map((inline) => inline.text ?? "\n").join("");
    blocks.push({ start: at + 1, note, content, text });
    at += 2 + text.length;
  };
  for (const node of (doc.content ?? []) as Node[]) walk(node, false);
  return blocks;
}

/** Puts other words in the place of some of a block; they look as those did, and are the writer's. */
export function replaced(block: Block, start: number, end: number, words: string): Inline[] {
  const piece = (from: number, to: number) => {
    let at = 0;
    return block.content.flatMap((inline) => {
      const text = inline.text ?? "\n";
      const cut = text.slice(Math.max(0, from - at), Math.max(0, to - at));
      at += text.length;
      return cut ? [inline.text === undefined ? inline : { ...inline, text: cut }] : [];
    });
  };
  const marks = piece(start, end)[0]?.marks?.filter(({ type }) => type !== "machine");
  const fresh = words ? [{ type: "text", text: words, ...(marks?.length ? { marks } : {}) }] : [];
  return [...piece(0, start), ...fresh, ...piece(end, block.text.length)];
}

/** A page as plain text, without notes; headings and quotations without their signs. */
export function textOf(doc: Node): string {
  return blocksOf(doc)
    .filter(({ note }) => !note)
    .map(({ text }) => text)
    .join("\n\n");
}
