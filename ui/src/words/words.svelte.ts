// Every word of the page comes from here: Fluent messages in files by language and area (`en/command.ftl`), which are
// found by themselves. What is drawn from them is drawn anew when the language changes. A message that a language lacks
// is said in English; one that no language has is an error everywhere but in the shipped program, which shows its id.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { withinLtr, withinRtl } from "./bidi";

/** The languages of the page, English first: it stands in for what another lacks. */
export const LANGUAGES = ["en", "de", "ar"] as const;

export type Language = (typeof LANGUAGES)[number];

/** What a message is given by name; numbers and dates are written as the language writes them. */
export type Args = Record<string, FluentVariable>;

const RIGHT_TO_LEFT: readonly Language[] = ["ar"];

const FILES = import.meta.glob<string>("./*/*.ftl", { query: "?raw", import: "default", eager: true });
const bundles = new Map<string, FluentBundle>();
const formats = new Map<string, object>();
const tags = new Map<string, Language | null>();

/** BCP 47, with the region where the system says one, since it decides how numbers and dates look. */
let locale = $state(localeFor(null));

/** The message in the language that is set. */
export function t(id: string, args: Args = {}): string {
  const told = said(locale, id, args) ?? said("en", id, args);
  if (told === null) return wrong(`There is no message ${id}.`, id);
  return told;
}

/** The message, or where there is none the program's own word: for names that are added below without the page. */
export function translated(id: string, otherwise: string): string {
  return said(locale, id, {}) ?? otherwise;
}

/** The message in each of the languages, for what was kept in the words of one and is looked for in another. */
export function inEveryLanguage(id: string, args: Args = {}): string[] {
  return LANGUAGES.map((language) => said(language, id, args) ?? t(id, args));
}

/** The language that is spoken. */
export function language(): Language {
  return languageOf(locale)!;
}

/** The language in its own words, wherever it is named. */
export function nameOf(of: Language): string {
  const name = new Intl.DisplayNames([of], { type: "language" }).of(of) ?? of;
  return name.charAt(0).toLocaleUpperCase(of) + name.slice(1);
}

/** Speaks this language from now on; `null`: the system's, or English where the page does not know it. */
export function setLanguage(choice: string | null): void {
  locale = localeFor(choice);
}

/** How the page runs. What is written on it may run otherwise. */
export function direction(): "ltr" | "rtl" {
  return isRtl(locale) ? "rtl" : "ltr";
}

/** `1,024` in English. */
export function number(n: number, options: Intl.NumberFormatOptions = {}): string {
  return format("number", options, () => new Intl.NumberFormat(locale, options)).format(n);
}

/** A day and time (RFC 3339 or `Date`); without options, the day in full. */
export function date(
  when: string | Date,
  options: Intl.DateTimeFormatOptions = { dateStyle: "long" },
): string {
  return format("date", options, () => new Intl.DateTimeFormat(locale, options)).format(new Date(when));
}

/** `a, b and c` in English. */
export function list(items: string[], options: Intl.ListFormatOptions = {}): string {
  return format("list", options, () => new Intl.ListFormat(locale, options)).format(items.map(isolated));
}

/** Facts side by side on a line, without those that are empty: `Qwen3 1.7B · Q4_K_M · on this machine`. */
export function line(...facts: (string | 0 | null | undefined)[]): string {
  return facts.flatMap((fact) => (fact ? [isolated(fact)] : [])).join(" · ");
}

/** Keeps a text of another direction from running into the words beside it. */
export function isolated(text: string): string {
  return direction() === "rtl" ? withinRtl(text) : withinLtr(text);
}

function said(locale: string, id: string, args: Args): string | null {
  const bundle = bundleFor(locale);
  const pattern = bundle.getMessage(id)?.value;
  if (!pattern) return null;
  const within = isRtl(bundle.locales[0]!) ? withinRtl : withinLtr;
  const guard = (value: FluentVariable) => (typeof value === "string" ? within(value) : value);
  const guarded = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, guard(value)]));
  const errors: Error[] = [];
  const told = bundle.formatPattern(pattern, guarded, errors);
  return errors.length ? wrong(`The message ${id} (${locale}): ${errors.join("; ")}`, told) : told;
}

function bundleFor(locale: string): FluentBundle {
  const known = bundles.get(locale);
  if (known) return known;
  const language = languageOf(locale)!;
  // Fluent would put its marks around all that is put in, in every language; `bidi.ts` does where there is a reason.
  const bundle = new FluentBundle(locale, { useIsolating: false });
  for (const [path, source] of Object.entries(FILES))
    if (path.startsWith(`./${language}/`))
      for (const error of bundle.addResource(new FluentResource(source)))
        wrong(`${path}: ${error.message}`, "");
  bundles.set(locale, bundle);
  return bundle;
}

function isRtl(locale: string): boolean {
  return RIGHT_TO_LEFT.includes(languageOf(locale)!);
}

function wrong(what: string, otherwise: string): string {
  if (import.meta.env.MODE !== "production") throw new Error(what);
  return otherwise;
}

/** The first of the wanted tags whose language the page knows, with the system's region for it. */
function localeFor(choice: string | null): string {
  const system = typeof window === "undefined" ? [] : navigator.languages;
  const wanted = languageOf(choice ?? "");
  return system.find((tag) => (wanted ? languageOf(tag) === wanted : languageOf(tag))) ?? wanted ?? "en";
}

/** The page's language for a tag; none where the tag is no tag or the language unknown. */
function languageOf(tag: string): Language | null {
  // Asked for every message: to take a tag apart costs more than to find the message.
  const known = tags.get(tag);
  if (known !== undefined) return known;
  const language = parsed(tag);
  tags.set(tag, language);
  return language;
}

function parsed(tag: string): Language | null {
  try {
    const { language } = new Intl.Locale(tag);
    return LANGUAGES.find((known) => known === language) ?? null;
  } catch {
    return null;
  }
}

function format<T extends object>(kind: string, options: object, make: () => T): T {
  const key = `${locale} ${kind} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? make();
  formats.set(key, known);
  return known as T;
}
