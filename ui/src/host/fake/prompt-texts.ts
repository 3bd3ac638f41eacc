// The prompts that come with the fake host, as files have them, and what a template may say.
import type { ActionKind, PromptVocabulary } from "../host";
import { ACTIONS } from "./actions";

const CONTINUE = `{% include "context" -%}
{% include "story" -%}
{% if before -%}
Go on with the text from the exact place where it stops{% if after %}, towards what comes later{% endif %}. Write about {{ words }} words and end with a whole sentence.
{%- else -%}
Begin the text: its first words, as they would be printed.
{%- endif %}`;

/** The text of a prompt that came with Foolscap. */
export function builtIn(kind: ActionKind): string {
  const { title, purpose, words, candidates, works_on, gives } = ACTIONS.find((one) => one.kind === kind)!;
  const user = kind === "continue" ? CONTINUE : `{% include "story" %}\n${purpose}`;
  return `+++
name = "${title}"
action = "${kind}"
version = 2
purpose = "${purpose}"
works_on = "${works_on}"
gives = "${gives}"
words = ${words ?? 0}
candidates = ${candidates}

[sampling]
temperature = 0.8
top_p = 0.95
min_p = 0.05
+++

# System

You write fiction with its author. {# Kept short on purpose. #}
Stay in the voice that is there.

# User

${user}

# Answer

{{ opening }}
`;
}

export const VOCABULARY: PromptVocabulary = {
  variables: [
    { name: "before", about: "The text before the cursor, as much of its end as fits." },
    { name: "selection", about: "The words that are selected." },
    { name: "after", about: "The text after the cursor." },
    { name: "instruction", about: "What the author asks for besides." },
    { name: "manner", about: "What the chosen variant says." },
    { name: "words", about: "About how many words an answer has." },
    { name: "lore", about: "What is known of people, places and things that are named." },
    { name: "synopsis", about: "What the text is about." },
    { name: "opening", about: "The beginning of the answer, which the model is given." },
  ],
  includes: [
    { name: "context", about: "{% if synopsis %}What the text is about: {{ synopsis }}{% endif %}" },
    { name: "story", about: "{{ before }}" },
    { name: "system", about: "You write fiction with its author." },
  ],
  filters: ["trim", "upper", "lower", "length"],
  sections: [
    { name: "System", about: "Who the model is to be." },
    { name: "User", about: "What it is asked." },
    { name: "Assistant", about: "What was answered to the User before: a turn of the conversation." },
    { name: "Answer", about: "How its answer begins." },
    { name: "Fill", about: "What stands before a gap." },
    { name: "Completion", about: "For models without a chat template." },
  ],
};
