// The actions of the fake host, as the prompts that come with Foolscap tell of themselves.
import type { ActionInfo, ActionKind, Gives, VariantInfo, WorksOn } from "../host";

type Told = Pick<ActionInfo, "works_on" | "gives" | "words" | "candidates"> & Partial<ActionInfo>;

function action(
  kind: ActionKind,
  title: string,
  purpose: string,
  variants: string[],
  told: Told,
): ActionInfo {
  const { words, candidates, gives } = told;
  const flags = { must_say_how: false, needs_after: false, needs_language: false, needs_instructions: false };
  const infos = variants.map((line): VariantInfo => {
    const [id, title, given, count] = line.split("|") as [string, string, Gives?, string?];
    return { id, title, words, candidates: Number(count ?? candidates), gives: given ?? gives };
  });
  return { kind, title, purpose, prompt: `${kind} v2`, ...flags, ...told, variants: infos };
}

const at = (works_on: WorksOn, gives: Gives, words: number | null, candidates: number) => ({
  works_on,
  gives,
  words,
  candidates,
});

export const ACTIONS: ActionInfo[] = [
  action(
    "continue",
    "Continue",
    "Carries the text on at the cursor, in the voice it already has.",
    ["action|Something happens", "inward|Thoughts and feelings", "turn|An unexpected turn"],
    at("cursor", "passage", 60, 1),
  ),
  action(
    "brainstorm",
    "Brainstorm",
    "Several short, different ideas about the text.",
    [
      "ideas|Ideas",
      "next|What happens next",
      "names|Names|item|8",
      "titles|Titles|item|8",
      "similes|Similes|item|6",
      "senses|Sensory detail|item|6",
    ],
    at("cursor", "remark", 30, 3),
  ),
  action(
    "rewrite",
    "Rewrite",
    "Puts other words in the place of the selection, as the author asks.",
    [
      "shorter|Shorter",
      "longer|Longer",
      "livelier|Livelier",
      "plainer|Plainer",
      "past|Past tense",
      "present|Present tense",
      "first|First person",
      "third|Third person",
      "warmer|Warmer",
      "darker|Darker",
      "show|Show, don’t tell",
    ],
    { ...at("selection", "replacement", null, 1), must_say_how: true },
  ),
  action(
    "describe",
    "Describe",
    "Goes on with what the senses have of what is selected, or of what the text has come to.",
    ["sight|What is seen", "sound|What is heard", "smell|Smell and taste", "touch|What is felt", "mood|Mood"],
    at("cursor", "passage", 60, 2),
  ),
  action(
    "dialogue",
    "Dialogue",
    "Carries the text on in what the people in it say to each other.",
    ["quarrel|They disagree", "unsaid|What is not said", "banter|Quick and light"],
    at("cursor", "passage", 80, 1),
  ),
  action(
    "bridge",
    "Bridge",
    "Leads from what stands before the cursor to what stands after it.",
    ["sentence|In one sentence", "scene|As a scene"],
    { ...at("cursor", "passage", 60, 2), needs_after: true },
  ),
  action(
    "summarise",
    "Summarise",
    "Sums up the selection, or all of the text.",
    ["line|In one sentence", "long|At length", "blurb|For the back cover"],
    at("selection_or_text", "remark", 100, 1),
  ),
  action(
    "outline",
    "Outline",
    "A numbered list of beats: what is to come, or what the text already does.",
    ["ahead|What is to come", "scene|This scene", "text|What is there"],
    at("cursor", "list", 120, 1),
  ),
  action(
    "translate",
    "Translate",
    "Puts the selection into another language.",
    ["close|Close to the words", "free|As it would be written there"],
    { ...at("selection", "replacement", null, 1), needs_language: true },
  ),
  action(
    "critique",
    "Critique",
    "Notes in the margin: what works and what does not, each on the words it is about.",
    ["line|Line by line", "story|The story", "voices|The voices"],
    { ...at("selection_or_text", "notes", 500, 1), needs_instructions: true },
  ),
  action("check", "Check", "Holds the text against lore and earlier scenes.", [], {
    ...at("selection_or_text", "notes", 600, 1),
    needs_instructions: true,
  }),
];
