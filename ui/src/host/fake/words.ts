// What the fake model says: our own words, a few of each kind so that asking again gives something else.
import type { ActionKind } from "../host";

const CONTINUATIONS = [
  " and it was not the voice he used for weather. He put out a hand, as one does to a strange dog, and drew it back.",
  " but he was not looking at the box. He was looking at the boat, and counting the oars.\n\n“Two,” he said at last. “There were three when she left.”",
  " as though she had brought a bird indoors. The wind leaned on the glass, and neither of them lit the lamp.",
];

const SAYINGS: Partial<Record<ActionKind, Record<string, string[]>>> = {
  continue: { plain: CONTINUATIONS },
  brainstorm: {
    plain: [
      " The key does not fit the box, but it fits the clock.",
      " A second boat comes in on the evening tide, with nobody rowing it.",
      " Her father knows the handwriting, and pretends that he does not.",
      " The light comes on by itself, eleven days late, in the middle of the morning.",
      " What is in the box is a list of names, and hers is the last but one.",
    ],
    names: ["Ada Skerry", "Tobias Lund", "Maud", "Old Harker", "Brid", "Samuel Voe", "Inga", "Peter Cairn"],
    titles: ["Eleven Dark Days", "The Brass Box", "What the Tide Owed", "Skerry Light"],
    similes: ["like a drunk against a wall", "as dry as a sermon", "like a hand left on a table"],
    senses: ["tar warmed by the sun", "rope that creaks though nobody pulls it", "salt on the lid"],
  },
  rewrite: {
    plain: [
      "The boat leaned in the shingle like a drunk against a wall, dry as a bone.",
      "Dry as a bone, the boat lay where the tide had no business leaving it.",
      "The boat had come to rest on its side. It was quite dry.",
    ],
  },
  describe: {
    plain: [
      " The lamp room smelled of oil and cold brass, and the glass ticked as it gave back the day’s warmth.",
      " Salt had dried on the lid in rings, one in the other, like the marks of cups.",
    ],
  },
  dialogue: {
    plain: [
      "\n\n“On the shingle,” she said.\n\n“And the oars?”\n\n“There were no oars.”",
      " “Nowhere you go.”",
    ],
  },
  bridge: {
    plain: [" She waited until the kettle had gone quiet.", " An hour went by, and the tide with it."],
  },
  summarise: {
    plain: [
      "The keeper’s daughter finds a boat with a brass box in it that bears her name. She takes it up to the lamp room and waits for her father.",
      "Her father knows the box. He will not say from where, and sends her to bed.",
      "The lamp stays dark for another night.",
    ],
  },
  outline: {
    plain: [
      "1. Ada opens the box against her father’s word.\n2. The list in it names people who drowned.\n3. Her own name is last but one.\n4. The light comes on by itself.",
    ],
  },
  translate: { plain: ["Das Boot lag auf der Seite im Kies unter den Stufen, knochentrocken."] },
};

/** What a rewrite puts in the place of what stands there, a set for each candidate. */
const SWAPS: [RegExp, string][][] = [
  [
    [/lay on its side/, "leaned like a drunk"],
    [/\bsat\b/, "crouched"],
    [/scratched upon/, "scratched deep into"],
  ],
  [
    [/lay on its side/, "had tipped over"],
    [/her own name/, "her name"],
  ],
  [
    [/dry as a bone/, "dry as chalk"],
    [/small brass box/, "brass box no bigger than a loaf"],
  ],
];

/** What each candidate says, by action, variant, the passage and how often was asked before. */
export function answers(
  kind: ActionKind,
  variant: string | null,
  passage: string,
  count: number,
  turn: number,
): string[] {
  const said = SAYINGS[kind]!;
  const texts = said[variant ?? "plain"] ?? said.plain!;
  return Array.from({ length: count }, (_, i) => {
    const swaps = SWAPS[(turn + i) % SWAPS.length]!;
    const swapped = swaps.reduce((text, [from, to]) => text.replace(from, to), passage);
    if (kind === "rewrite" && variant && swapped !== passage) return swapped;
    return texts[(turn + i) % texts.length]!;
  });
}

export const SAMPLES = [
  {
    title: "The Brass Box",
    text: "The lighthouse had been dark for eleven days when the keeper’s daughter found the boat. It lay on its side in the shingle below the steps, dry as a bone, and in the stern sat a small brass box with her own name scratched upon the lid.\n\nShe did not open it at once. She carried it up to the lamp room, set it on the table among the charts, and waited for her father to come in from the wind.\n\n“Where did you get that?” he asked,",
  },
  {
    title: "A Quiet Carriage",
    text: "The train stopped where there was no station, and for a while nobody in the carriage looked up.",
  },
];
