// Holds that no view can be added with words that are missing, left over, or wrong in one of the languages.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";
import { commands, titleOf } from "../commands";
import { sources } from "./sources";
import { LANGUAGES } from "./words.svelte";

type Message = FluentResource["body"][number];
type Part = Record<string, unknown>;

const areas = (language: string) => readdirSync(join(import.meta.dirname, language)).sort();
const source = (language: string, area: string) =>
  readFileSync(join(import.meta.dirname, language, area), "utf8");

/** Every message of a language by its id. */
function messages(language: string): Map<string, Message> {
  const all = areas(language).flatMap((area) => new FluentResource(source(language, area)).body);
  return new Map(all.map((one) => [one.id, one]));
}

/** Everything of a kind in a message, however deep it lies. */
function within(node: unknown, kind: string): Part[] {
  if (typeof node !== "object" || node === null) return [];
  const own = "type" in node && node.type === kind ? [node as Part] : [];
  return [...own, ...Object.values(node).flatMap((part) => within(part, kind))];
}

const names = (message: unknown, kind: string) => within(message, kind).map(({ name }) => name as string);

/** The variables of a message, and of those that it is made of. */
function variables(message: unknown, all: Map<string, Message>): string[] {
  const parts = names(message, "mesg").flatMap((id) => variables(all.get(id), all));
  return [...new Set([...names(message, "var"), ...parts])].sort();
}

/** What the sources ask for: `t("an-id")` as it is, ``t(`beginning-${rest}`)`` as a pattern. */
function asked(): { ids: string[]; patterns: RegExp[]; others: string[] } {
  const called = /(?<![\w.])(?:t|translated|inEveryLanguage)\(\s*(?=([^\n]*))/g;
  const calls = sources()
    .filter(({ path }) => !path.startsWith("words/words"))
    .flatMap(({ path, text }) => [...text.matchAll(called)].map(([, rest]) => ({ path, rest: rest! })));
  const ids: string[] = [];
  const patterns: RegExp[] = [];
  const others: string[] = [];
  for (const { path, rest } of calls) {
    const id = /^"([^"]+)"/.exec(rest)?.[1];
    const template = /^`([a-z]+-[^`]+)`/.exec(rest)?.[1];
    if (id) ids.push(id);
    else if (template) patterns.push(new RegExp(`^${template.replace(/\$\{[^}]*\}/g, "[\\w-]+")}$`));
    else others.push(`${path}: t(${rest}`);
  }
  return { ids, patterns, others };
}

const english = messages("en");

describe.each(LANGUAGES)("the messages in %s", (language) => {
  const own = messages(language);

  it("are all read by Fluent, under ids that begin with their area", () => {
    for (const area of areas(language)) {
      const text = source(language, area);
      const ids = [...text.matchAll(/^([A-Za-z][\w-]*) *=/gm)].map(([, id]) => id!);
      const read = new FluentResource(text).body;
      expect(read.map(({ id }) => id).sort(), area).toEqual([...new Set(ids)].sort());
      expect(ids.length, `${area} has an id twice`).toBe(read.length);
      const name = area.replace(".ftl", "");
      expect(
        ids.filter((id) => id !== name && !id.startsWith(`${name}-`)),
        area,
      ).toEqual([]);
      const odd = read.filter(({ value, attributes }) => !value || Object.keys(attributes).length);
      expect(odd, `${area}: a message has a value and no attributes`).toEqual([]);
    }
  });

  it("say the same things with the same variables as the English ones", () => {
    expect(areas(language)).toEqual(areas("en"));
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [id, message] of own)
      expect([id, variables(message, own)]).toEqual([id, variables(english.get(id), english)]);
  });

  it("have every plural form of the language where they have one", () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [id, message] of own)
      for (const { variants } of within(message, "select")) {
        const keys = (variants as { key: { value: string | number } }[]).map(({ key }) => key.value);
        if (!keys.includes("other")) continue;
        expect([id, pluralCategories.filter((category) => !keys.includes(category))]).toEqual([id, []]);
      }
  });
});

describe("the messages", () => {
  const ids = [...english.keys()];

  it("are all that the page asks for, and nothing that it does not", () => {
    const uses = asked();
    expect(uses.others, "t() takes an id or a template that begins with an area").toEqual([]);
    expect(uses.ids.filter((id) => !english.has(id))).toEqual([]);
    expect(uses.patterns.filter((pattern) => !ids.some((id) => pattern.test(id)))).toEqual([]);
    const used = new Set([...uses.ids, ...[...english.values()].flatMap((one) => names(one, "mesg"))]);
    expect(ids.filter((id) => !used.has(id) && !uses.patterns.some((one) => one.test(id)))).toEqual([]);
  });

  it("have a title for every command, and none for what is no command", () => {
    const languages = LANGUAGES.map((language) => `command-language-${language}`);
    const wanted = [
      ...commands.map(({ id }) => `command-${id}`).filter((id) => !languages.includes(id)),
      ...commands.map(({ group }) => `command-group-${group}`),
      "command-group-ways",
      "command-language",
    ];
    expect(ids.filter((id) => id.startsWith("command-")).sort()).toEqual([...new Set(wanted)].sort());
    expect(commands.map(titleOf)).toContain("Language: Deutsch");
  });

  it("have a sentence for every kind of problem", () => {
    const contract = readFileSync(join(import.meta.dirname, "../host/bindings.ts"), "utf8");
    const codes = /export type ProblemCode =(.*?);\n\n/s.exec(contract)![1]!.match(/"\w+"/g)!;
    const wanted = codes.map((code) => `problem-${code.slice(1, -1)}`);
    expect(ids.filter((id) => id.startsWith("problem-")).sort()).toEqual(wanted.sort());
  });
});
