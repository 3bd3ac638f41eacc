import { afterEach, describe, expect, it } from "vitest";
import { told } from "./problem";
import * as words from "./words.svelte";

const { t } = words;

afterEach(() => words.setLanguage(null));

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
    const part = t("library-archived", { title: "القصة" });
    expect(words.line(part)).toBe(`\u2067${part}\u2069`);
  });

  it("tell a problem in the writer's language, and the program's own sentence beside it", () => {
    const problem = { code: "hub", message: "someone/model: no answer." };
    expect(told(problem)).toEqual({ sentence: problem.message, detail: "" });
    words.setLanguage("de");
    expect(told(problem)).toEqual({ sentence: t("problem-hub"), detail: problem.message });
  });
});
