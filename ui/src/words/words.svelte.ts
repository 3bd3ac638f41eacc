// Every word of the page comes from here: Fluent messages in files by language and area (`en/command.ftl`), which are
// found by themselves. What is drawn from them is drawn anew when the language changes. A message that a language lacks
// is said in English; one that no language has is an error everywhere but in the shipped program, which shows its id.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";

/** The languages of the page, English first: it stands in for what another lacks. */
export const LANGUAGES = ["en", "de", "ar"] as const;

export type Language = (typeof LANGUAGES)[number];

/** What a message is given by name; numbers and dates are written as the language writes them. */
export type Args = Record<string, FluentVariable>;

const RIGHT_TO_LEFT: readonly Language[] = ["ar"];

/** Letters that are written from right to left. */
const RTL_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

const FILES = import.meta.glob<string>("./*/*.ftl", { query: "?raw", import: "default", eager: true });
const bundles = new Map<string, FluentBundle>();
const formats = new Map<string, object>();

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
  return RIGHT_TO_LEFT.includes(language()) ? "rtl" : "ltr";
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
  return direction() === "rtl" || RTL_LETTER.test(text) ? `\u2068${text}\u2069` : text;
}

function said(locale: string, id: string, args: Args): string | null {
  const bundle = bundleFor(locale);
  const pattern = bundle.getMessage(id)?.value;
  if (!pattern) return null;
  const errors: Error[] = [];
  const told = bundle.formatPattern(pattern, guarded(bundle, args), errors);
  return errors.length ? wrong(`The message ${id} (${locale}): ${errors.join("; ")}`, told) : told;
}

/**
 * A right-to-left page isolates all it is given, as Fluent does it. In a left-to-right sentence only what runs the other way
 * needs that; the marks stay out of all other texts, which programs compare and people copy.
 */
function guarded(bundle: FluentBundle, args: Args): Args {
  if (RIGHT_TO_LEFT.includes(languageOf(bundle.locales[0]!)!)) return args;
  const given = Object.entries(args);
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      typeof value === "string" && RTL_LETTER.test(value) ? `\u2068${value}\u2069` : value,
    ]),
  );
}

function bundleFor(locale: string): FluentBundle {
  const known = bundles.get(locale);
  if (known) return known;
  const language = languageOf(locale)!;
  const bundle = new FluentBundle(locale, { useIsolating: RIGHT_TO_LEFT.includes(language) });
  for (const [path, source] of Object.entries(FILES))
    if (path.startsWith(`./${language}/`))
      for (const error of bundle.addResource(new FluentResource(source)))
        wrong(`${path}: ${error.message}`, "");
  bundles.set(locale, bundle);
  return bundle;
}

function wrong(what: string, otherwise: string): string {
  if (import.meta.env.MODE !== "production") throw new Error(what);
  return otherwise;
}

/** The first of the wanted tags whose language the page knows, with the system's region for it. */
function localeFor(choice: string | null): string {
  const system = typeof navigator === "undefined" ? [] : (navigator.languages ?? [navigator.language]);
  const wanted = languageOf(choice ?? "");
  return system.find((tag) => (wanted ? languageOf(tag) === wanted : languageOf(tag))) ?? wanted ?? "en";
}

/** The page's language for a tag; none where the tag is no tag or the language unknown. */
function languageOf(tag: string): Language | null {
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
