// What the fake machine suggested for scenes; kept on the shelf, so that a later session finds it again.
import type { ActionRequest, EarlierRequest, Outcome } from "../host";
import { change, read, remember, type Shelf } from "./shelf";

type Kept = EarlierRequest & { scene: number };

/** As much of the text around a place is kept to find it again. */
const AROUND = 120;

export function suggestionsFor(scene: number): EarlierRequest[] {
  return keptIn(read())
    .filter((one) => one.scene === scene)
    .map(({ scene: _, ...request }) => request);
}

export function keepCandidate(asked: ActionRequest, candidate: number, text: string, model: string): void {
  const { scene, action, before, selection, after } = asked;
  if (scene == null || asked.unasked || !text) return;
  remember((shelf) => {
    const all = keptIn(shelf);
    let request = all.find((one) => one.request === asked.request);
    if (!request) {
      const place = {
        at: before.length,
        before: before.slice(-AROUND),
        selection,
        after: after.slice(0, AROUND),
      };
      const asked_at = new Date().toISOString();
      const known = { model, prompt: `${action.kind} v1`, seed: 8, asked_at };
      request = { request: asked.request, scene, action, place, ...known, candidates: [] };
      all.push(request);
    }
    request.candidates.push({ candidate, text, taken: "" });
    shelf.more.suggestions = all;
  });
}

export function keepOutcome({ request, candidate, verdict, text }: Outcome): void {
  change((shelf) => {
    const all = keptIn(shelf);
    const of = all
      .find((one) => one.request === request)
      ?.candidates.find((one) => one.candidate === candidate);
    if (of) of.taken = verdict === "accepted" ? text : "";
    shelf.more.suggestions = all;
  });
}

function keptIn(shelf: Shelf): Kept[] {
  return (shelf.more.suggestions ?? []) as Kept[];
}
