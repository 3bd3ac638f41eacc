// A page as it is kept: ProseMirror's JSON. It is put together from the JSON of its blocks, which is remembered, so that
// saving a long scene after a key costs one block.
import { Node } from "prosemirror-model";
import { schema } from "./schema";

const written = new WeakMap<Node, string>();

/** Equal to `JSON.stringify(doc.toJSON())`. */
export function toJson(doc: Node): string {
  const blocks = doc.children.map((block) => {
    let json = written.get(block);
    if (json === undefined) written.set(block, (json = JSON.stringify(block.toJSON())));
    return json;
  });
  return `{"type":"doc","content":[${blocks.join(",")}]}`;
}

/** The page that was kept; throws where it is not one of ours. */
export function fromJson(json: string): Node {
  const doc = Node.fromJSON(schema, JSON.parse(json));
  doc.check();
  return doc;
}
