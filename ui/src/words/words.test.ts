// Holds that no view can be added with words that are missing, left over, or wrong in one of the languages.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FluentResource } from "@fluent/bundle";
import { afterEach, describe, expect, it } from "vitest";
import { commands, titleOf } from "../commands";
import { told } from "./problem";
import * as words from "./words.svelte";

const SOURCES = join(import.meta.dirname, "..");
const { LANGUAGES, t } = words;

type Body = FluentResource["body"];

const areas = (language: string) => readdirSync(join(import.meta.dirname, language)).sort();

function read(language: string, area: string): { source: string; body: Body } {
  const source = readFileSync(join(import.meta.dirname, language, area), "utf8");
  return { source, body: new FluentResource(source).body };
}

/** Every message of a language by its id. */
function messages(language: string): Map<string, Body[number]> {
  return new Map(
    areas(language).flatMap((area) => read(language, area).body.map((one) => [one.id, one] as const)),
  );
}

/** Everything of a message of one kind, as deep as it lies. */
function within(node: unknown, kind: string): Record<string, unknown>[] {
  if (typeof node !== "object" || node === null) return [];
  const own = "type" in node && node.type === kind ? [node as Record<string, unknown>] : [];
  return [...own, ...Object.values(node).flatMap((part) => within(part, kind))];
}

const variables = (message: unknown) =>
  [...new Set(within(message, "var").map(({ name }) => name as string))].sort();

function files(folder = SOURCES): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.(svelte|ts)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** What the sources ask for: ids, and beginnings of ids (``t(`command-${id}`)``). */
function asked() {
  const all = files().flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/\b(?:t|inEveryLanguage)\(\s*(?!id\b)(?=([^\s)][^\n]*))/g)].map(
      ([, argument]) => ({ path: path.slice(SOURCES.length + 1), argument: argument! }),
    ),
  );
  const first = (pattern: RegExp) => all.flatMap(({ argument }) => pattern.exec(argument)?.[1] ?? []);
  const ids = new Set(first(/^"([^"]+)"/));
  const beginnings = new Set(first(/^`([a-z][\w-]*-)\$\{/));
  const others = all.filter(({ argument }) => !/^("[^"]+"|`[a-z][\w-]*-\$\{[^}]+\}`)/.test(argument));
  return { ids, beginnings, others };
}

afterEach(() => words.setLanguage(null));

describe("message files", () => {
  const english = messages("en");

  it.each(LANGUAGES)("hold only what Fluent reads, under ids that begin with their area (%s)", (language) => {
    for (const area of areas(language)) {
      const { source, body } = read(language, area);
      const ids = [...source.matchAll(/^([A-Za-z][\w-]*) *=/gm)].map(([, id]) => id);
      expect(body.map(({ id }) => id).sort(), area).toEqual(ids.sort());
      expect(new Set(ids).size, area).toBe(ids.length);
      const name = area.replace(".ftl", "");
      expect(
        ids.filter((id) => id !== name && !id!.startsWith(`${name}-`)),
        area,
      ).toEqual([]);
      expect(
        body.filter(({ value, attributes }) => !value || Object.keys(attributes).length),
        area,
      ).toEqual([]);
    }
  });

  it.each(LANGUAGES)("say the same things with the same variables (%s)", (language) => {
    const own = messages(language);
    expect(areas(language)).toEqual(areas("en"));
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [id, message] of own)
      expect({ id, with: variables(message) }).toEqual({ id, with: variables(english.get(id)) });
  });

  it.each(LANGUAGES)("have every plural form of the language where they have one (%s)", (language) => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [id, message] of messages(language))
      for (const select of within(message, "select")) {
        const keys = (select.variants as { key: { value: string | number } }[]).map(({ key }) => key.value);
        if (!keys.includes("other")) continue;
        const lacking = pluralCategories.filter((category) => !keys.includes(category));
        expect({ id, lacking }).toEqual({ id, lacking: [] });
      }
  });

  it("have all that the page asks for, and nothing that it does not", () => {
    const { ids, beginnings, others } = asked();
    expect(others, "t() takes an id, or `beginning-${rest}`, as its first argument").toEqual([]);
    expect([...ids].filter((id) => !english.has(id))).toEqual([]);
    const begin = [...beginnings];
    expect(begin.filter((start) => ![...english.keys()].some((id) => id.startsWith(start)))).toEqual([]);
    const unused = [...english.keys()].filter(
      (id) => !ids.has(id) && !begin.some((start) => id.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it("have a title for every command, and none for what is no command", () => {
    const ids = commands.map(({ id }) => `command-${id}`).filter((id) => !/-language-(en|de|ar)$/.test(id));
    const groups = commands.map(({ group }) => `command-group-${group}`);
    const own = [...english.keys()].filter((id) => id.startsWith("command-"));
    expect(own.sort()).toEqual([...new Set([...ids, ...groups, "command-language"])].sort());
    expect(commands.map(titleOf)).toContain("Language: Deutsch");
  });

  it("have a sentence for every kind of problem", () => {
    const contract = readFileSync(join(SOURCES, "host/bindings.ts"), "utf8");
    const codes = /export type ProblemCode =(.*?);\n\n/s.exec(contract)![1]!.match(/"\w+"/g)!;
    const own = [...english.keys()].filter((id) => id.startsWith("problem-"));
    expect(own.sort()).toEqual(codes.map((code) => `problem-${code.slice(1, -1)}`).sort());
  });
});

describe("words", () => {
  it("follow the language that is set, and the system's where none is or it is unknown", () => {
    words.setLanguage("de");
    expect([t("settings"), words.language(), words.direction()]).toEqual(["Einstellungen", "de", "ltr"]);
    words.setLanguage("ar-EG");
    expect([t("settings"), words.language(), words.direction()]).toEqual(["الإعدادات", "ar", "rtl"]);
    for (const other of [null, "tlh", "no tag at all"]) {
      words.setLanguage(other);
      expect(words.language()).toBe("en");
    }
  });

  it("are refused where there is no such message or something is not given to it", () => {
    expect(() => t("settings-nowhere")).toThrow("settings-nowhere");
    expect(() => t("command-language")).toThrow("$language");
  });

  it("write numbers, dates and lists as the language does", () => {
    const day = "2026-03-01T12:00:00Z";
    words.setLanguage("de");
    expect([words.number(1234.5), words.date(day)]).toEqual(["1.234,5", "1. März 2026"]);
    expect(words.list(["Wind", "See", "Licht"])).toBe("Wind, See und Licht");
    words.setLanguage("en");
    expect([words.number(1234.5), words.date(day)]).toEqual(["1,234.5", "March 1, 2026"]);
  });

  it("keep texts of the other direction apart from what stands beside them", () => {
    expect(words.line("Fits", "", null, "مخطوطة")).toBe("Fits · \u2068مخطوطة\u2069");
    expect(t("command-language", { language: "العربية" })).toBe("Language: \u2068العربية\u2069");
    expect(t("command-language", { language: "Deutsch" })).toBe("Language: Deutsch");
    words.setLanguage("ar");
    expect(t("command-language", { language: "Deutsch" })).toBe("اللغة: \u2068Deutsch\u2069");
  });

  it("tell a problem in the writer's language, and the program's own sentence beside it", () => {
    const problem = { code: "hub", message: "someone/model: no answer." };
    expect(told(problem)).toEqual({ sentence: problem.message, detail: "" });
    words.setLanguage("de");
    expect(told(problem)).toEqual({ sentence: t("problem-hub"), detail: problem.message });
  });
});
