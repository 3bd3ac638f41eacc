// Short texts that the program says in English and for every shell: what a model of the catalogue is good at, what holds
// where nothing is set, why something was left out. Their messages in English are these texts themselves (`program.ftl`), so
// a text is found by how it reads; one that is not among them stays as it is.
import { FluentResource } from "@fluent/bundle";
import english from "./en/program.ftl?raw";
import { language, t } from "./words.svelte";

const BEGINNING = "program-";

interface Known {
  /** The id without its beginning. */
  name: string;
  reads: RegExp;
  /** What stands where, in the order of the groups. */
  variables: string[];
}

const known: Known[] = new FluentResource(english).body.map(({ id, value }) => {
  const parts = typeof value === "string" ? [value] : (value ?? []);
  const variables: string[] = [];
  const reads = parts.map((part) => {
    if (typeof part === "string") return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    if (part.type !== "var") throw new Error(`${id} has more in it than text and variables.`);
    variables.push(part.name);
    return "(.+?)";
  });
  return { name: id.slice(BEGINNING.length), reads: new RegExp(`^${reads.join("")}$`), variables };
});

/** The text in the writer's language; null where the page does not know it. */
export function translation(text: string): string | null {
  if (language() === "en") return text;
  for (const { name, reads, variables } of known) {
    const found = reads.exec(text);
    if (!found) continue;
    return t(
      `program-${name}`,
      Object.fromEntries(variables.map((variable, i) => [variable, found[i + 1]!])),
    );
  }
  return null;
}

/** The text in the writer's language where the page knows it, and as it is where not. */
export function fromProgram(text: string): string {
  return translation(text) ?? text;
}
