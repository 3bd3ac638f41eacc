import { classHighlighter, highlightTree } from "@lezer/highlight";
import { describe, expect, it } from "vitest";
import { promptLanguage } from "./language";

/** Every stretch that is coloured, with its class. */
function coloured(text: string): string[] {
  const found: string[] = [];
  highlightTree(promptLanguage.parser.parse(text), classHighlighter, (from, to, name) => {
    found.push(`${name.replace("tok-", "")}: ${text.slice(from, to)}`);
  });
  return found;
}

describe("the colours of a prompt", () => {
  it("tell front matter from sections", () => {
    const text = '+++\nname = "Mine" # why\nwords = 60\n[sampling]\n+++\n\n# User\n\nwords = 60\n';
    expect(coloured(text)).toEqual([
      "meta: +++",
      "propertyName: name",
      'string: "Mine"',
      "comment: # why",
      "propertyName: words",
      "number: 60",
      "heading: [sampling]",
      "meta: +++",
      "heading: # User",
    ]);
  });

  it("tell what a template writes from what it does, over lines too", () => {
    const text = "+++\n+++\n{% if before -%}It was {{ words | trim }}.{# not\nsaid #} {% endif %}";
    expect(coloured(text)).toEqual(
      expect.arrayContaining([
        "keyword: if",
        "variableName: before",
        "variableName: words",
        "keyword: endif",
      ]),
    );
    expect(
      coloured(text)
        .filter((one) => one.startsWith("comment"))
        .join(""),
    ).toContain("said");
    expect(coloured(text).join("|")).not.toContain("It was");
  });
});
