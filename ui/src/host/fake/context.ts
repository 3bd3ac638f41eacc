// What the fake host plans for a request: the parts of the text and the lore of its manuscript; when the address says
// `context=full`, a few items of every kind instead, one of which finds no room and one of which nobody names.
import type { ActionRequest, ContextItem, ContextReport, LeftOut } from "../host";
import { loreFor, named } from "./lore";

type Told = Pick<ContextItem, "id" | "kind" | "title"> &
  Partial<ContextItem> & { size: number; word?: RegExp };

const ITEMS: Told[] = [
  { id: "synopsis", kind: "synopsis", title: "The Brass Box", size: 40 },
  { id: "note", kind: "note", title: "", size: 22 },
  { id: "style:2", kind: "style", title: "The first page", size: 96 },
  { id: "summary:7", kind: "summary", title: "Eleven dark days", size: 64 },
  { id: "summary:9", kind: "summary", title: "What the wind said", size: 58, stale: true, why: "stale" },
  { id: "lore:1", kind: "lore", title: "The keeper", size: 48, word: /keeper/, named: "keeper" },
  { id: "lore:2", kind: "lore", title: "Skerry Light", size: 52, word: /Skerry/ },
  { id: "lore:3", kind: "lore", title: "The drowned list", size: 140, why: "no_room" },
  { id: "lore:4", kind: "lore", title: "Who the ferryman is", size: 30, why: "never" },
];

const REASONS: Record<LeftOut, string> = {
  switched_off: "It is switched off.",
  no_room: "Other things took the room.",
  model_too_small: "The model sees too little for it.",
  not_used: "The prompt has no place for it.",
  not_named: "None of its names stands in the text that went in.",
  other_chapters: "It holds in other chapters only.",
  never: "It is for the author alone.",
  stale: "Its scene has changed since it was summed up.",
  far_from_start: "The text before the cursor is long enough without.",
};

/** What would be sent with a request, and what would not. */
export function reportOf(request: ActionRequest, limit: number, full: boolean): ContextReport {
  const tokens = (text: string) => Math.ceil(text.length / 4);
  const { before, selection, after, action } = request;
  const kept = Math.min(tokens(before), 640);
  const left = tokens(before) - kept;
  const parts = [
    { name: "prompt", tokens: action.kind === "continue" ? 0 : 64, left_out: 0, reason: "" },
    {
      name: "before",
      tokens: kept,
      left_out: left,
      reason: left ? "The beginning of the story did not fit beside the answer." : "",
    },
    { name: "selection", tokens: tokens(selection), left_out: 0, reason: "" },
    { name: "after", tokens: Math.min(tokens(after), 128), left_out: 0, reason: "" },
  ];
  const items = (full ? ITEMS : loreOf(request)).map((told) => planned(told, request));
  const sent = items.filter((item) => item.sent);
  sent.forEach((item, i) => (item.order = i + 1));
  const used = [...parts, ...sent].reduce((sum, part) => sum + part.tokens, 0);
  // The text comes last, with what comes after it before it.
  const place = (name: string) => ["prompt", "after", "before", "selection"].indexOf(name);
  const behind = (name: string) => (name === "prompt" ? 0 : sent.length);
  const arranged = parts
    .map((part) => ({ ...part, behind: behind(part.name) }))
    .toSorted((a, b) => place(a.name) - place(b.name));
  const ordered = [...sent, ...items.filter((item) => !item.sent)];
  return { form: "completion", used, limit, reserved: 128, parts: arranged, items: ordered };
}

/** The lore of the scene's manuscript, as the real host weighs it, but for room: there is always enough. */
function loreOf({ scene }: ActionRequest): Told[] {
  if (scene == null) return [];
  return loreFor(scene).map((entry): Told => {
    const why = entry.told === "never" ? "never" : entry.holds ? null : "other_chapters";
    const { id, name, long, short } = entry;
    const told: Told = {
      id: `lore:${id}`,
      kind: "lore",
      title: name,
      size: Math.ceil((long || short).length / 4),
    };
    return { ...told, ...(entry.told === "named" && { word: named(entry) }), ...(why && { why }) };
  });
}

function planned({ size, word, ...told }: Told, { before, selection, off, on }: ActionRequest): ContextItem {
  const named = word?.test(before + selection) ?? true;
  const switched = off?.includes(told.id) ? false : on?.includes(told.id) ? true : null;
  const own = told.why ?? (named ? null : "not_named");
  const why = switched === false ? "switched_off" : switched && own !== "no_room" ? null : own;
  return {
    order: null,
    stale: false,
    ...told,
    named: named ? (told.named ?? null) : null,
    sent: why ? null : told.kind === "style" ? "cut" : "long",
    tokens: why ? 0 : size,
    left_out: why ? size : told.kind === "style" ? 40 : 0,
    why: why ?? (told.kind === "style" ? "no_room" : null),
    reason: why ? REASONS[why] : told.kind === "style" ? REASONS.no_room : "",
    switched,
  };
}
