// The experiment that comes along, and the passages of the fake host.
import type { ExperimentPlan } from "../host";
import { passage } from "./passages";
import { SAMPLES } from "./words";

export const PASSAGES = [
  passage({ title: "The brass box", before: SAMPLES[0]!.text, language: "en" }),
  passage({ title: "A quiet carriage", before: SAMPLES[1]!.text, language: "en" }),
  passage({ title: "Der Leuchtturm", before: "Der Leuchtturm war seit elf Tagen dunkel,", language: "de" }),
  passage({ title: "The door", before: "Nobody had opened the door since the flood, and", language: "en" }),
];

export function samplePlan(): ExperimentPlan {
  const settings = { top_p: null, top_k: null, min_p: null, repetition_penalty: null, words: null };
  return {
    name: "Plain, told or by the senses?",
    prompts: ["continue v2", "dialogue v1"],
    models: [{ model: "starter", endpoint: null, key_variable: null, chat: null }],
    settings: [
      { ...settings, name: "cooler", temperature: 0.6 },
      { ...settings, name: "warmer", temperature: 1 },
    ],
    passages: PASSAGES,
    repeats: 2,
    seed: 7,
    project: null,
    scorer: null,
    checks: "",
  };
}
