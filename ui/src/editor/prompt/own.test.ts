import { describe, expect, it } from "vitest";
import { ownVariables } from "./own";

const names = (source: string) => ownVariables(source).map(({ name }) => name);

describe("the variables of a prompt’s own", () => {
  it("are those of its tables, with what they are for and their usual value", () => {
    const source = `+++
name = "By the senses"

[[variables]]
name = "sense" # which
kind = "text"
default = "smell and \\"touch\\""
about = 'Which senses speak.'

[sampling]
name = "not one"

[[variables]]
name = "loud"
+++
# User
[[variables]]
name = "nor_this"
`;
    expect(ownVariables(source)).toEqual([
      { name: "sense", about: "Which senses speak.", usual: 'smell and "touch"' },
      { name: "loud", about: "", usual: "" },
    ]);
  });

  it("are not looked for in texts over several lines, nor without front matter", () => {
    expect(
      names('+++\nnotes = """\n[[variables]]\nname = "no"\n"""\n[[variables]]\nname = "yes"\n+++'),
    ).toEqual(["yes"]);
    expect(names('[[variables]]\nname = "no"')).toEqual([]);
    expect(names("")).toEqual([]);
  });

  it("are named as templates can name them, and once", () => {
    const table = (name: string) => `[[variables]]\nname = ${name}\n`;
    const tables = ['"a b"', '"1st"', '""', "half", '"mood"', '"mood"', '"a\\q"'].map(table).join("");
    expect(names(`+++\n${tables}`)).toEqual(["mood"]);
  });
});
