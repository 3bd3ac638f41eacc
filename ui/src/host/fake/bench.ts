// A workbench of the fake host that has been worked at (`?workbench=full`): a prompt of one's own in three versions, passages,
// an experiment with answers and votes, and one that is half done.
import { experiments, type FakeExperiment, made } from "./experiments";
import { sets } from "./passages";
import { builtIn } from "./prompt-texts";
import { renamed, saved } from "./prompts";
import { armsOf } from "./results";
import { PASSAGES, samplePlan } from "./sample";
import { change, read } from "./shelf";

export function fillWorkbench(): void {
  if (read().more.experiments) return;
  const first = renamed(builtIn("continue"), "My continue");
  const one = saved(first, "continue v2", "As it came");
  const shorter = first.replace("You write fiction with its author. {# Kept short on purpose. #}\n", "");
  const two = saved(shorter, one.label, "Shorter system text");
  saved(shorter.replace("a whole sentence", "something seen"), two.label, "Ends on an image");
  const settings = {
    name: "",
    temperature: null,
    top_p: null,
    top_k: null,
    min_p: null,
    repetition_penalty: null,
    words: null,
  };
  const plan = {
    ...samplePlan(),
    name: "Shorter or as it came?",
    prompts: ["my continue v2", "continue v2"],
    settings: [settings],
  };
  change((shelf) => {
    sets(shelf).push({ id: 1, name: "Openings", passages: PASSAGES, archived: false });
    const blank = { answers: [], notes: {}, votes: [], judges: [], archived: false };
    const created_at = "2026-11-27T20:14:00Z";
    const done: FakeExperiment = { id: 1, plan, state: "done", created_at, ...blank };
    done.answers = Array.from({ length: armsOf(plan).length * 8 }, (_, nth) => made(done, nth));
    done.votes = [0, 0, 0, 1, 0].map((better, nth) => ({
      pair: `old-${nth}`,
      preference: "left" as const,
      better,
      worse: 1 - better,
    }));
    const warmer = [0.4, 0.8, 1.2].map((temperature) => ({ ...settings, temperature }));
    const models = [
      ...plan.models,
      { model: "harbour-24b", endpoint: "http://desk.local:8000/v1", key_variable: null, chat: true },
    ];
    const half: FakeExperiment = {
      id: 2,
      plan: {
        ...plan,
        name: "Cooler or warmer?",
        settings: warmer,
        models,
        prompts: ["my continue v2"],
        repeats: 1,
      },
      state: "paused",
      created_at,
      ...blank,
      answers: [],
    };
    half.answers = Array.from({ length: 9 }, (_, nth) => made(half, nth));
    experiments(shelf).push(done, half);
  });
}
