import { describe, expect, it } from "vitest";
import type { PageSettings } from "../host/host";
import { lookOf, TYPEFACES } from "./look";

const page: PageSettings = {
  typeface: "literata",
  text_size: 100,
  line_height: 166,
  measure: 66,
  focus: "off",
  typewriter: false,
  typography: true,
};

describe("the look of the page", () => {
  it("is the sheet of the design unless it is set otherwise", () => {
    const { size, lineHeight, measure } = lookOf(page);
    expect([size, lineHeight]).toEqual([1.156, 1.66]);
    expect(measure).toBeCloseTo(37.5, 1);
  });

  it("keeps as many characters in a line whatever their size", () => {
    for (const typeface of TYPEFACES) {
      const once = lookOf({ ...page, typeface }).measure;
      expect(lookOf({ ...page, typeface, text_size: 200 }).measure).toBeCloseTo(2 * once);
    }
  });

  it("stays within what can be read, whatever the settings say", () => {
    expect(lookOf({ ...page, text_size: 9000 }).size).toBe(2.312);
    expect(lookOf({ ...page, line_height: 0 }).lineHeight).toBe(1.2);
  });
});
