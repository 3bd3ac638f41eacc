// What the machine is doing just now, in the words of the panel and the status line.
import type { Desk } from "./desk.svelte";

export function doing({ model, session }: Desk): string {
  const loading = model.state.state === "loading";
  if (session.phase === "reading")
    return loading ? "waiting for the model…" : `reading${part(session.read)}…`;
  if (session.phase === "writing") return "writing…";
  if (model.state.state === "loading") return `loading${part(model.state.part)}…`;
  if (model.state.state === "resting") return "resting: wakes when asked";
  return model.state.state === "failed" ? "cannot be used" : "ready";
}

function part(of: number | null): string {
  return of === null || of <= 0 ? "" : ` ${Math.round(100 * Math.min(1, of))} %`;
}
