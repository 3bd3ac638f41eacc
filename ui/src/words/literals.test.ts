// Holds that what a writer reads is a message and no literal, and that the window can run from right to left.
import { parse } from "svelte/compiler";
import { describe, expect, it } from "vitest";
import { sources } from "./sources";

/** Attributes that are read out or shown. */
const SPOKEN =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label)$/;

/** Names that are the same in every language, and examples of what is typed as it stands. */
const NAMES = /^(Foolscap|hf_…|Key|color-mix\(.*)$/;

/** Names of keys as events and the command table have them. */
const KEY =
  /^(Enter|Tab|Escape|Space|Insert|Mod|Ctrl|Alt|AltGraph|Shift|Home|End|Delete|Backspace|ContextMenu|Page(?:Up|Down)|Forward|Arrow\w+)(-|$)/;

/** Two words, a word and an ellipsis, or a word that begins with a capital. */
const SPEECH = /\p{L}{2,}[,:]? \p{L}|\p{L}…|^\p{Lu}\p{Ll}{2,}/u;

/** What is given to these is a selector, a query or a key, no text. */
const SELECTING = /^(querySelector(All)?|closest|matches|matchMedia|[gs]etMeta)$/;

interface Node {
  type: string;
  [part: string]: unknown;
}

const isNode = (part: unknown): part is Node =>
  typeof part === "object" && part !== null && typeof (part as Node).type === "string";

/** Every literal that looks as if somebody were to read it. */
function spoken(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(spoken);
  if (!isNode(part)) return [];
  switch (part.type) {
    case "ImportDeclaration":
    case "ThrowStatement":
    case "StyleDirective":
      return [];
    case "AssignmentExpression":
      return ((part.left as Node).property as Node | undefined)?.name === "className"
        ? []
        : spoken(part.right);
    case "CallExpression": {
      const callee = part.callee as Node;
      const name = ((callee.property as Node | undefined)?.name ?? callee.name) as string | undefined;
      return SELECTING.test(name ?? "") ? [] : [...spoken(callee), ...spoken(part.arguments)];
    }
    case "Attribute": {
      const texts = ([part.value].flat() as Node[]).filter((value) => isNode(value) && value.type === "Text");
      const own = SPOKEN.test(part.name as string) ? texts.flatMap(({ data }) => worded(data as string)) : [];
      return [
        ...own,
        ...([part.value].flat() as Node[]).flatMap((value) => (texts.includes(value) ? [] : spoken(value))),
      ];
    }
    case "Text":
      return worded(part.data as string);
    case "Literal":
      return typeof part.value === "string" ? said(part.value) : [];
    case "TemplateElement":
      return said((part.value as { raw: string }).raw);
    default:
      return Object.values(part).flatMap(spoken);
  }
}

const worded = (text: string) => (/\p{L}/u.test(text) && !NAMES.test(text.trim()) ? [text.trim()] : []);
const said = (text: string) => (SPEECH.test(text) && !NAMES.test(text) && !KEY.test(text) ? [text] : []);

describe("what a writer reads", () => {
  // Every component is parsed, on machines that have much else to do.
  it("is a message and no literal", { timeout: 60_000 }, () => {
    const speaking = sources().filter(({ path }) => !/^(words|host)\/|\.css$/.test(path));
    const found = speaking.flatMap(({ path, text }) => {
      const source = path.endsWith(".svelte") ? text : `<script lang="ts">${text}</script>`;
      const { fragment, instance, module } = parse(source, { modern: true });
      return spoken([fragment, instance?.content, module?.content]).map((literal) => `${path}: ${literal}`);
    });
    expect(found).toEqual([]);
  });
});

describe("styles", () => {
  it("say start and end, not left and right", () => {
    const physical =
      /(?:^|[\s;{])((?:(?:margin|padding|border)-(?:left|right)|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right))/g;
    const four = /(?:margin|padding|inset|border-width): *\S+ +(\S+) +\S+ +([^\s;]+)/g;
    const found = sources().flatMap(({ path, text }) => {
      const styles = path.endsWith(".css")
        ? [text]
        : [...text.matchAll(/<style>(.*?)<\/style>/gs)].map(([, css]) => css!);
      return styles.flatMap((css) => [
        ...[...css.matchAll(physical)].map(([, rule]) => `${path}: ${rule}`),
        ...[...css.matchAll(four)].flatMap(([rule, right, left]) =>
          right === left ? [] : `${path}: ${rule}`,
        ),
      ]);
    });
    expect(found).toEqual([]);
  });
});
