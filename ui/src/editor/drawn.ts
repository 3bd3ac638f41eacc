// A page that is only looked at, such as an earlier state of a scene: drawn as the editor draws it, without an editor.
import { DOMSerializer, Node } from "prosemirror-model";
import { schema } from "./schema";
import { fromText } from "./text";

/** Draws a kept document into an element; its plain text where the document is none of ours. */
export function draw(into: HTMLElement, document: string, text: string): void {
  const doc = read(document) ?? fromText(text);
  into.replaceChildren(DOMSerializer.fromSchema(schema).serializeFragment(doc.content));
}

function read(document: string): Node | null {
  try {
    return document ? Node.fromJSON(schema, JSON.parse(document)) : null;
  } catch {
    return null;
  }
}
