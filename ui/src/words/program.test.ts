import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FluentResource } from "@fluent/bundle";
import { afterEach, describe, expect, it } from "vitest";
import { fromProgram, translation } from "./program";
import { setLanguage } from "./words.svelte";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../../..", path), "utf8");
const catalog = read("models/catalog.toml");

afterEach(() => setLanguage(null));

describe("texts of the program", () => {
  it("are said in the writer's language, with what the program put into them", () => {
    expect(fromProgram("32768, as memory allows")).toBe("32768, as memory allows");
    setLanguage("de");
    expect(fromProgram("32768, as memory allows")).toBe("32768, soweit der Speicher reicht");
    expect(fromProgram("11 languages and more")).toBe("11 Sprachen und mehr");
    expect(fromProgram("something new")).toBe("something new");
    expect(translation("something new")).toBeNull();
  });

  it("are there for every model of the catalogue", () => {
    setLanguage("de");
    const texts = [...catalog.matchAll(/^(?:good_at|languages) = "(.*)"$/gm)].map(([, text]) => text!);
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => translation(text) === null)).toEqual([]);
  });

  it("are still what the program says", () => {
    const said = [
      "crates/app/src/models/facts.rs",
      "crates/app/src/inspect.rs",
      "crates/prompts/src/texts.rs",
      "crates/judging/src/agreement.rs",
      "crates/judging/src/checks/spec.rs",
      "crates/app/src/workbench/judged.rs",
      "crates/app/src/workbench/judges/mod.rs",
      "crates/app/src/workbench/judges/rubric.rs",
      "crates/app/src/workbench/judges/facts.rs",
    ]
      .map(read)
      .concat(catalog)
      .join("\n");
    const known = new FluentResource(read("ui/src/words/en/program.ftl")).body;
    const pieces = known.flatMap(({ value }) =>
      [value].flat().flatMap((part) => (typeof part === "string" ? part.split(/, | (?:before|after) /) : [])),
    );
    expect(pieces.filter((piece) => !said.includes(piece.trim()))).toEqual([]);
  });
});
