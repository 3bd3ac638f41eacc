import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { complete } from "./complete";

const WORDS = {
  variables: [{ name: "before", about: "The text before." }],
  includes: [{ name: "story", about: "{{ before }}" }],
  filters: ["trim"],
  sections: [{ name: "System", about: "Who it is." }],
};

/** What is offered at the bar. */
function offered(text: string, explicit = false): string[] | null {
  const at = text.indexOf("|>");
  const doc = text.replace("|>", "");
  const found = complete(new CompletionContext(EditorState.create({ doc }), at, explicit), WORDS);
  return found && found.options.map(({ label }) => label);
}

describe("what can be written in a prompt", () => {
  it("is a variable between braces, a filter after a bar", () => {
    expect(offered("{{ be|> }}")).toEqual(["before"]);
    expect(offered("{{ |>")).toEqual(["before"]);
    expect(offered("{{ before | t|> }}")).toEqual(["trim"]);
    expect(offered("{% if be|>")).toEqual(["before"]);
  });

  it("is a variable of the prompt’s own too, with what it is for", () => {
    const head = '+++\n[[variables]]\nname = "mood"\nabout = "How it feels."\n+++\n';
    expect(offered(`${head}{{ mo|>`)).toEqual(["mood", "before"]);
    const doc = `${head}{{ mo`;
    const found = complete(new CompletionContext(EditorState.create({ doc }), doc.length, false), WORDS);
    expect(found?.options[0]).toMatchObject({ label: "mood", info: "How it feels." });
  });

  it("is a tag where one begins, and a part where one is included", () => {
    expect(offered("{% i|>")).toContain("include");
    expect(offered('{% include "st|>')).toEqual(["story"]);
  });

  it("is a section at the beginning of a line", () => {
    expect(offered("# S|>")).toEqual(["# System"]);
    expect(offered("text # S|>")).toBeNull();
  });

  it("is nothing in the text, nor where braces are closed", () => {
    expect(offered("It was dark|>")).toBeNull();
    expect(offered("{{ before }} and|>")).toBeNull();
  });
});
