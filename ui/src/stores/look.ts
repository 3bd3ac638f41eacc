// How the page looks as the writer has set it, in the style sheet's terms.
import type { PageSettings, Typeface } from "../host/host";

/** What can be set as a number, from the least to the most and by which steps. */
export const BOUNDS = {
  text_size: { min: 75, max: 200, step: 5 },
  line_height: { min: 120, max: 240, step: 5 },
  measure: { min: 40, max: 100, step: 2 },
};

/** Size of letters at 100 %, in rem. */
const SIZE = 1.156;

/** Each face (`--face-…` in the style sheet), and about how wide its characters are in the mean, in parts of their size. */
const WIDTHS: Record<Typeface, number> = { literata: 0.491, inter: 0.53, serif: 0.46, sans: 0.52, mono: 0.6 };

export const TYPEFACES = Object.keys(WIDTHS) as Typeface[];

/** Lengths in rem; the height of a line in parts of the letters' size. */
export function lookOf({ typeface, text_size, line_height, measure }: PageSettings) {
  const size = (SIZE * bounded("text_size", text_size)) / 100;
  return {
    size,
    lineHeight: bounded("line_height", line_height) / 100,
    measure: bounded("measure", measure) * WIDTHS[typeface] * size,
  };
}

/** The value within what can be set. */
export function bounded(of: keyof typeof BOUNDS, value: number): number {
  const { min, max } = BOUNDS[of];
  return Math.min(max, Math.max(min, Math.round(value)));
}
