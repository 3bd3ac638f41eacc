// The lessons of the fake host.
import type { Lesson, Trial, TrialSettings } from "../host";
import { SAMPLES } from "./words";

const SETTINGS: TrialSettings = {
  name: "",
  temperature: null,
  top_p: null,
  top_k: null,
  min_p: null,
  repetition_penalty: null,
  words: null,
};

const column = (temperature: number): Trial => ({
  request: "",
  prompt: { kind: "version", label: "continue v2" },
  model: null,
  passage: {
    title: "",
    before: SAMPLES[0]!.text,
    selection: "",
    after: "",
    instruction: "",
    variant: null,
    language: "en",
    into: null,
    reference: null,
    variables: {},
  },
  project: null,
  scene: null,
  draws: [{ settings: { ...SETTINGS, temperature }, seed: 7 }],
});

export const LESSONS: Lesson[] = [
  {
    id: "temperature",
    title: "What the temperature does",
    text: "A model gives every word that could come next a chance. The temperature says how far it may stray from the likeliest.\n\nAt 0 it always takes the likeliest, and says the same each time. Higher, it is freer, until it loses the thread.",
    trials: [column(0.2), column(0.8), column(1.4)],
  },
  {
    id: "prompt",
    title: "What a prompt is",
    text: "A prompt is a text around yours: who the model is to be, what it is to do, and the end of your story.",
    trials: [column(0.8)],
  },
];
