// What the fake model says: our own words, a few of each kind so that asking again gives something else.

export const CONTINUATIONS = [
  " and it was not the voice he used for weather. He put out a hand, as one does to a strange dog, and drew it back.",
  " but he was not looking at the box. He was looking at the boat, and counting the oars.\n\n“Two,” he said at last. “There were three when she left.”",
  " as though she had brought a bird indoors. The wind leaned on the glass, and neither of them lit the lamp.",
];

export const IDEAS = [
  " The key does not fit the box, but it fits the clock.",
  " A second boat comes in on the evening tide, with nobody rowing it.",
  " Her father knows the handwriting, and pretends that he does not.",
  " The light comes on by itself, eleven days late, in the middle of the morning.",
  " What is in the box is a list of names, and hers is the last but one.",
];

export const REWRITES = [
  "The boat leaned in the shingle like a drunk against a wall, dry as a bone.",
  "Dry as a bone, the boat lay where the tide had no business leaving it.",
  "The boat had come to rest on its side. It was quite dry.",
];

export const SUMMARIES = [
  " The keeper's daughter finds a boat with nobody in it and a brass box that bears her name, and shows it to her father.",
  " Her father knows the box. He will not say from where, and sends her to bed.",
  " The lamp stays dark for another night.",
];

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
