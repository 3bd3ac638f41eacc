// Which quotation marks, dashes and dots a language sets, and which of them a straight sign becomes where it is typed.
// The table follows what publishers of the language do in fiction; where they differ, the commoner way.

/** How a language is set. Marks are written with the spaces that belong inside them. */
export interface Typography {
  /** Around speech. */
  double: readonly [open: string, close: string];
  /** Around a quotation in it. */
  single: readonly [open: string, close: string];
  /** For two hyphens. */
  dash: string;
  /** For three full stops. */
  ellipsis: string;
  apostrophe: string;
  /** No spaces tell where a word begins: only what is open tells which way a mark turns. */
  unspaced?: true;
  /** A narrow space that does not break stands before `;`, `!` and `?`. */
  spacedSigns?: true;
  /** Words that begin with an apostrophe. */
  clipped?: RegExp;
  /** For a double mark inside a word. */
  inWord?: string;
}

/** A straight sign's better: how many characters before it go, and what comes. */
export interface Better {
  back: number;
  text: string;
}

const EM = "—";
const EN = "–";

const set = (marks: string, dash: string, more: Partial<Typography> = {}): Typography => {
  const [open, close, inner, outer] = marks.split(" ");
  const pairs = { double: [open!, close!], single: [inner!, outer!] } as const;
  return { ...pairs, dash, ellipsis: "…", apostrophe: "’", ...more };
};

const ENGLISH = set("“ ” ‘ ’", EM, {
  clipped: /^(?:tis|twas|twere|twill|em|cause|til|bout|round|n’|\d\ds)$/i,
});
const BRITISH = { ...ENGLISH, dash: EN };
const FRENCH: Typography = {
  ...set("« » “ ”", EM, { spacedSigns: true }),
  double: ["«\u202f", "\u202f»"],
};
const LOW_HIGH = set("„ “ ‚ ‘", EN);
const LATIN_AMERICAN = set("“ ” ‘ ’", EM);
const CORNERS = set("「 」 『 』", "――", { ellipsis: "……", unspaced: true });

const LANGUAGES: Record<string, Typography> = {
  ar: set("« » ‹ ›", EN),
  be: set("« » „ “", EM),
  bg: LOW_HIGH,
  ca: set("« » “ ”", EM),
  cs: LOW_HIGH,
  da: set("» « › ‹", EN),
  de: LOW_HIGH,
  "de-CH": set("« » ‹ ›", EN),
  "de-LI": set("« » ‹ ›", EN),
  el: set("« » “ ”", EN),
  en: ENGLISH,
  "en-AU": BRITISH,
  "en-GB": BRITISH,
  "en-IE": BRITISH,
  "en-NZ": BRITISH,
  "en-ZA": BRITISH,
  es: set("« » “ ”", EM),
  "es-419": LATIN_AMERICAN,
  "es-AR": LATIN_AMERICAN,
  "es-CL": LATIN_AMERICAN,
  "es-CO": LATIN_AMERICAN,
  "es-MX": LATIN_AMERICAN,
  "es-PE": LATIN_AMERICAN,
  "es-US": LATIN_AMERICAN,
  et: set("„ “ « »", EN),
  eu: set("« » “ ”", EM),
  fa: set("« » ‹ ›", EN),
  fi: set("” ” ’ ’", EN),
  fr: FRENCH,
  "fr-CH": { ...FRENCH, single: ["‹\u202f", "\u202f›"] },
  gl: set("« » “ ”", EM),
  he: set("” ” ’ ’", EN, { apostrophe: "׳", inWord: "״" }),
  hr: set("„ ” ‘ ’", EN),
  hu: set("„ ” » «", EN),
  hy: set("« » “ ”", EM),
  is: LOW_HIGH,
  it: set("« » “ ”", EN),
  ja: CORNERS,
  ka: LOW_HIGH,
  ko: set("“ ” ‘ ’", EM),
  lt: LOW_HIGH,
  lv: set("“ ” ‘ ’", EN),
  mk: LOW_HIGH,
  nb: set("« » ‘ ’", EN),
  nl: set("“ ” ‘ ’", EN),
  nn: set("« » ‘ ’", EN),
  no: set("« » ‘ ’", EN),
  pl: set("„ ” « »", EN),
  pt: set("“ ” ‘ ’", EM),
  "pt-PT": set("« » “ ”", EM),
  ro: set("„ ” « »", EN),
  ru: set("« » „ “", EM),
  sk: LOW_HIGH,
  sl: LOW_HIGH,
  sq: set("„ “ ‘ ’", EN),
  sr: set("„ ” ’ ’", EN),
  sv: set("” ” ’ ’", EN),
  tr: set("“ ” ‘ ’", EN),
  uk: set("« » „ “", EM),
  vi: set("“ ” ‘ ’", EN),
  zh: set("“ ” ‘ ’", "——", { ellipsis: "……", unspaced: true }),
  "zh-Hant": { ...CORNERS, dash: "——" },
};

/** How a language (BCP 47) is set; one that is not in the table, or none, is set as English is. */
export function typographyOf(language: string): Typography {
  try {
    const { language: base, region, script } = new Intl.Locale(language).maximize();
    return LANGUAGES[`${base}-${region}`] ?? LANGUAGES[`${base}-${script}`] ?? LANGUAGES[base] ?? ENGLISH;
  } catch {
    return ENGLISH;
  }
}

/**
 * What a typed sign becomes between the text before it in its paragraph and the text after it; null where it stays as it
 * is. A letter can settle what the sign before it was.
 */
export function better(before: string, sign: string, after: string, set: Typography): Better | null {
  const word = clippedBefore(before, sign, set);
  if (!word) return turned(before, sign, after, set);
  const kept = before.slice(0, -word.length - 1);
  const { text } = turned(`${kept}${set.apostrophe}${word}`, sign, after, set) ?? { text: sign };
  return { back: word.length + 1, text: `${set.apostrophe}${word}${text}` };
}

function turned(before: string, sign: string, after: string, set: Typography): Better | null {
  switch (sign) {
    case '"':
      return quoted(before, set.double, set, after);
    case "'":
      return singled(before, after, set);
    case "-":
      if (/(^|[^-])-$/.test(before)) return { back: 1, text: set.dash };
      return set.dash === EN && before.endsWith(EN) ? { back: 1, text: EM } : null;
    case ".":
      return /(^|[^.])\.\.$/.test(before) ? { back: 2, text: set.ellipsis } : null;
    default:
      return spaced(before, sign, set) ?? settled(before, sign, set);
  }
}

function quoted(before: string, mark: readonly [string, string], set: Typography, after: string): Better {
  const [open, close] = mark;
  const spaces = /[ \u00a0]*$/.exec(before)![0].length;
  // Where marks have spaces inside, the one that was typed before a closing mark becomes it.
  const inner = close.startsWith("\u202f") && spaces > 0 && isOpen(before, mark) && !before.endsWith(open);
  if (inner && !/^\p{L}/u.test(after)) return { back: spaces, text: close };
  return { back: 0, text: opens(before, mark, set) ? open : close };
}

function singled(before: string, after: string, set: Typography): Better {
  const inWord = /[\p{L}\p{N}]$/u.test(before) && !set.unspaced;
  const closing = isOpen(before, set.single) && !/^\p{L}/u.test(after);
  if (inWord && !closing) return { back: 0, text: set.apostrophe };
  return quoted(before, set.single, set, after);
}

/** Whether a mark after this text begins a quotation. */
function opens(before: string, mark: readonly [string, string], set: Typography): boolean {
  const goesOn = isOpen(before, mark);
  if (set.unspaced) return !goesOn;
  const other = mark === set.double ? set.single : set.double;
  if (!before) return true;
  if (before.endsWith(mark[0]) && goesOn) return false;
  if (before.endsWith(other[0]) && isOpen(before, other)) return true;
  // A dash can stand before a quotation, and at the end of one that breaks off.
  return /[\s([{<¿¡]$/u.test(before) || (/[-–—―/]$/.test(before) && !goesOn);
}

/** Whether a quotation goes on at the end of a text. An apostrophe between letters is no end of it. */
function isOpen(text: string, [open, close]: readonly [string, string]): boolean {
  if (open === close) return text.split(open).length % 2 === 0;
  const begun = text.lastIndexOf(open);
  if (begun < 0) return false;
  const since = text.slice(begun + open.length);
  return close.length > 1 ? !since.includes(close) : !new RegExp(`${close}(?!\\p{L})`, "u").test(since);
}

/** The narrow space of French before high signs, in the place of the one that was typed. */
function spaced(before: string, sign: string, set: Typography): Better | null {
  if (!set.spacedSigns || !/\S $/.test(before)) return null;
  if (sign === ":") return { back: 1, text: "\u00a0:" };
  return /[;!?»]/.test(sign) ? { back: 1, text: "\u202f" + sign } : null;
}

/** A mark that turns out to be an apostrophe, or a sign inside a word. */
function settled(before: string, sign: string, set: Typography): Better | null {
  if (!/^\p{L}$/u.test(sign)) return null;
  const inside = (mark: string) => new RegExp(`\\p{L}${mark}$`, "u").test(before);
  const close = set.single[1];
  if (close !== set.apostrophe && inside(close)) return { back: close.length, text: set.apostrophe + sign };
  if (set.inWord && inside(set.double[1])) return { back: set.double[1].length, text: set.inWord + sign };
  return null;
}

/** A word that ends with this sign and has an opening mark where its apostrophe belongs. */
function clippedBefore(before: string, sign: string, { single, clipped }: Typography): string | null {
  if (!clipped || /^['\p{L}\d]$/u.test(sign)) return null;
  const word = new RegExp(`(?:^|[\\s“(—–])${single[0]}([\\p{L}\\d]+’?)$`, "u").exec(before)?.[1];
  return word && clipped.test(word) ? word : null;
}
