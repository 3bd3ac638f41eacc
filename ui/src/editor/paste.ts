// What comes from other programs: their HTML keeps emphasis, headings, quotations and breaks, and loses the rest. What
// they put under the line (footnotes, comments) becomes a note to self, so that no word of it is lost or in the way.
import { DOMParser, Fragment, type Mark, type Node, Slice, type TagParseRule } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import { schema } from "./schema";
import { pasted, plainText } from "./text";

const { doc, paragraph, blockquote, scene_break, note } = schema.nodes;

const ignored = (...tags: string[]): TagParseRule[] => tags.map((tag) => ({ tag, ignore: true }));
const read = (node: string, ...tags: string[]): TagParseRule[] => tags.map((tag) => ({ tag, node }));

/** Rules for the markup of word processors and web pages, before those of the page itself. */
const parser = new DOMParser(schema, [
  // Marks that lead to what is under the line.
  ...ignored("a[href^='#_ftn']", "a[href^='#_edn']", "a[href^='#ftnt']", "a[href^='#cmnt']"),
  ...ignored("a.sdfootnoteanc", "a.sdendnoteanc", "a.sdfootnotesym", "a.sdendnotesym", "a.msocomanchor"),
  ...ignored("span.MsoFootnoteReference", "span.MsoEndnoteReference", "span.MsoCommentReference"),
  // Bullets, what was deleted, what is not seen, and what is no text.
  ...ignored("span[style*='mso-list:Ignore' i]", "[style*='mso-hide:all' i]", "[hidden]", "del"),
  { tag: "[style]", ignore: true, getAttrs: ({ style }) => (style.display === "none" ? null : false) },
  ...ignored("button", "input", "select", "textarea", "svg", "math", "template", "iframe", "video", "audio"),
  // What is under the line.
  { tag: "div[style*='footnote-list' i]", skip: true },
  { tag: "div[style*='endnote-list' i]", skip: true },
  { tag: "div[style*='comment-list' i]", skip: true },
  ...read("note", "div[style*='mso-element:footnote' i]", "div[style*='mso-element:endnote' i]"),
  ...read("note", "div[style*='mso-element:comment' i]", "div[id^='sdfootnote']", "div[id^='sdendnote']"),
  // What is the story.
  { tag: "p.MsoTitle", node: "heading", attrs: { level: 1 } },
  { tag: "p.MsoSubtitle", node: "heading", attrs: { level: 2 } },
  ...read("blockquote", "p.MsoQuote", "p.MsoIntenseQuote"),
  ...read("paragraph", "pre"),
  ...DOMParser.fromSchema(schema).rules,
]);

export function pasting(): Plugin {
  let foreign = false;
  return new Plugin({
    props: {
      clipboardParser: parser,
      clipboardTextParser: pasted,
      clipboardTextSerializer: copied,
      transformPastedHTML: (html) => {
        foreign = !html.includes("data-pm-slice");
        return html;
      },
      transformPasted: (slice, _view, plain) => (plain || !foreign ? slice : cleaned(slice)),
    },
  });
}

/** A copy as plain text; notes to self stay out of it unless nothing else was copied. */
export function copied({ content }: Slice): string {
  const blocks = content.content.flatMap((block) => (block.type === note ? block.children : [block]));
  const kept = content.content.every((block) => block.type === note) ? Fragment.from(blocks) : content;
  return plainText(doc.create(null, kept));
}

/** What another program copied as a writer would have typed it: no blank paragraphs, no hard spaces in a row. */
export function cleaned(slice: Slice): Slice {
  const blocks: Node[] = [];
  for (const block of slice.content.content) {
    const clean = cleanedBlock(block);
    const last = blocks.at(-1);
    if (!clean) continue;
    if (last?.type === blockquote && clean.type === blockquote)
      blocks[blocks.length - 1] = last.copy(last.content.append(clean.content));
    else if (clean.type !== scene_break || last?.type !== scene_break) blocks.push(clean);
  }
  const content = Fragment.from(blocks);
  // Blocks at the ends may be others now, with less to be open.
  const { openStart, openEnd } = Slice.maxOpen(content, false);
  return new Slice(content, Math.min(slice.openStart, openStart), Math.min(slice.openEnd, openEnd));
}

function cleanedBlock(block: Node): Node | null {
  if (block.isInline) return cleanedInline(block);
  if (block.type === scene_break) return block;
  if (!block.isTextblock) {
    const inner = block.children.flatMap((child) => cleanedBlock(child) ?? []);
    const paragraphs = inner.filter((child) => child.type === paragraph);
    return paragraphs.length ? block.copy(Fragment.from(paragraphs)) : null;
  }
  const text = block.textContent.replace(/\s+/g, "");
  if (!text) return null;
  if (block.type === paragraph && isOrnament(text)) return scene_break.create();
  return block.copy(
    Fragment.fromArray(trimmed(block.children.flatMap((child) => cleanedInline(child) ?? []))),
  );
}

function cleanedInline(node: Node): Node | null {
  const marks = node.marks.filter((mark: Mark) => mark.type !== schema.marks.machine);
  if (!node.isText) return node.mark(marks);
  // Hard spaces beside others, and at the ends of what was copied, are how HTML is made to show them.
  const text = node
    .text!.replace(/^\u00a0(?=\p{L})|(?<=\p{L})\u00a0$/gu, " ")
    .replace(/[ \u00a0\t]*\u00a0[ \u00a0\t]+|[ \t]+\u00a0/g, " ")
    .replace(/[\u200b\ufeff\u00ad]/g, "");
  return text ? schema.text(text, marks) : null;
}

/** Without line breaks at its ends. */
function trimmed(content: Node[]): Node[] {
  while (content[0]?.isText === false) content.shift();
  while (content.at(-1)?.isText === false) content.pop();
  return content;
}

/** Whether a paragraph is a sign between scenes, by the importer's rule (`crates/exchange/src/import/flow.rs`). */
function isOrnament(signs: string): boolean {
  const alone = /^[*#~•·⁂❦❧☙◆◇◊✦✧★☆✻✽❖∗⸻○●]{1,40}$/u;
  return alone.test(signs) || /^[-–—_=+]{3,40}$/u.test(signs);
}
