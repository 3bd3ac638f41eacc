// What the machine is doing just now, in the words of the panel and the status line.
import type { Desk } from "./desk.svelte";
import { t } from "../words/words.svelte";

export function doing({ model, session, machine }: Desk): string {
  const loading = model.state.state === "loading";
  if (session.phase === "reading")
    return loading ? t("window-doing-waiting") : partly("reading", session.current?.read ?? null);
  const { remarks } = machine;
  if (session.phase === "idle" && remarks.live) {
    if (loading) return t("window-doing-waiting");
    return remarks.phase === "reading" ? partly("reading", remarks.read) : t("window-doing-writing");
  }
  if (session.phase === "writing") return t("window-doing-writing");
  if (model.state.state === "loading") return partly("loading", model.state.part);
  return t(`window-doing-${model.state.state}`);
}

function partly(what: "reading" | "loading", of: number | null): string {
  if (of === null || of <= 0) return t(`window-doing-${what}`);
  return t(`window-doing-${what}-part`, { percent: Math.round(100 * Math.min(1, of)) });
}
