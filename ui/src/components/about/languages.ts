// Languages that books are written in, to choose from by name; any other is typed as BCP 47 has it.

const TAGS =
  "af/ar/bg/bn/ca/cs/cy/da/de/de-AT/de-CH/el/en-AU/en-CA/en-GB/en-US/eo/es/es-419/et/eu/fa/fi/fr/fr-CA/ga/gl/he/hi/hr/hu/hy/id/is/it/ja/ka/ko/lt/lv/mk/ms/nb/nl/nn/pl/pt-BR/pt-PT/ro/ru/sk/sl/sq/sr/sv/sw/ta/th/tr/uk/ur/vi/zh-Hans/zh-Hant".split(
    "/",
  );

/** What a language is called, in the language of the window; none for what is no language. */
export function languageName(tag: string, inLanguage: string): string | null {
  try {
    const [known] = Intl.getCanonicalLocales(tag);
    if (!known) return null;
    return new Intl.DisplayNames([inLanguage], { type: "language" }).of(known) ?? known;
  } catch {
    return null;
  }
}

/** The tag as it is written; none for what is no tag. */
export function canonical(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.trim())[0] ?? null;
  } catch {
    return null;
  }
}

/** The languages to choose from, by name. */
export function languages(inLanguage: string): { tag: string; name: string }[] {
  const named = TAGS.map((tag) => ({ tag, name: languageName(tag, inLanguage) ?? tag }));
  return named.sort((a, b) => a.name.localeCompare(b.name, inLanguage));
}
