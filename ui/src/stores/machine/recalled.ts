// What was asked in an earlier session, as if it had been asked in this one: its words, and its place on the page.
import type { Offers } from "../../editor/page";
import { type ActionRequest, type EarlierRequest, type Gives, type Host, problemOf } from "../../host/host";
import type { Around } from "./around";
import { Asked, type Home } from "./asked.svelte";
import type { Branches } from "./branches.svelte";

type Offering = Pick<Offers, "findRange" | "findPoint">;

/** Offers again what was asked in earlier sessions for a scene, as soon as the library has told; `open`: while that is shown. */
export async function recall(
  host: Pick<Host, "suggestions">,
  around: Around,
  branches: Branches,
  scene: number,
  open: () => boolean,
): Promise<void> {
  const home = around.home();
  try {
    const [earlier] = await Promise.all([host.suggestions(scene), around.described()]);
    if (!open()) return;
    const before = earlier.filter(({ request }) => !branches.find(scene, request));
    const all = before.map((one) => recalled(one, around.gives(one.action), home));
    branches.recall(
      scene,
      all.filter(({ empty }) => !empty),
    );
    const { offers } = around.sheet();
    // All at once: each naming draws the page anew.
    const named = new Map<string, { from: number; to: number }>();
    for (const one of earlier) {
      const asked = branches.find(scene, one.request);
      const spot = asked?.since && !offers.spot(asked.id) ? placeOf(asked, one, offers) : null;
      if (spot) named.set(one.request, spot);
    }
    if (named.size) offers.nameAll(named);
  } catch (thrown) {
    around.trouble(problemOf(thrown));
  }
}

/** A request that has come to its end, with all its candidates and what was taken of them. */
function recalled(earlier: EarlierRequest, gives: Gives, home: Home): Asked {
  const { action, place, candidates, model, prompt, seed, asked_at } = earlier;
  const request: ActionRequest = {
    ...{ request: earlier.request, action, scene: home.scene },
    ...{ before: place.before, selection: place.selection, after: place.after },
    ...{ words: null, candidates: candidates.length, seed, temperature: null },
  };
  const count = Math.max(0, ...candidates.map(({ candidate }) => candidate + 1));
  const asked = new Asked(request, gives, home, count, asked_at);
  for (const { candidate, text, taken } of candidates) {
    Object.assign(asked.candidates[candidate]!, { text, reason: "stop" });
    asked.use(candidate, taken);
  }
  // The library knows of it what it has told.
  asked.tell();
  asked.report = { model, prompt, seed, context: null };
  asked.end();
  // What was taken is what is looked at first, else the first that has words.
  const first = candidates.find(({ taken }) => taken) ?? candidates.find(({ text }) => text.trim());
  asked.chosen = first?.candidate ?? 0;
  return asked;
}

/** Where on the page something was asked, as far as the text around it is still there. */
function placeOf(asked: Asked, { place, candidates }: EarlierRequest, offers: Offering) {
  const { gives, chosen } = asked;
  if (gives === "replacement") {
    const taken = candidates.map((one) => one.taken.trim()).filter(Boolean);
    return offers.findRange(place, taken);
  }
  const part = partOf(asked);
  const behind = part ? offers.findPoint(place, part) : null;
  if (behind) return behind;
  // Its words are not where they were put: all of it can be.
  if (part) asked.use(chosen, "");
  asked.tell();
  return offers.findPoint(place);
}

/** Words of the chosen continuation that were taken, when more of it could be. */
function partOf({ gives, used, chosen, candidates }: Asked): string {
  const taken = used.get(chosen) ?? "";
  const { text } = candidates[chosen] ?? { text: "" };
  return gives === "passage" && taken.length < text.length && text.startsWith(taken) ? taken : "";
}
