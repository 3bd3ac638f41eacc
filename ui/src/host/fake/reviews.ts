// The fake host's critiques and checks: canned notes on the samples, which come one by one, are kept with their scene, and
// know what is meant as it stands. Tests steer it as `window.__fake.reviews`.
import type {
  ActionRequest,
  ModelState,
  Remark,
  RemarkWhat,
  ReviewEvent,
  ReviewHost,
  Situation,
  Stuck,
  StuckAnswer,
  UnstickStep,
} from "../host";
import { reportOf } from "./context";
import { change, read } from "./shelf";

const FIGURES = {
  prompt_tokens: 400,
  reused_tokens: 0,
  generated_tokens: 120,
  first_token_s: 0.4,
  prefill_tok_s: 480,
  decode_tok_s: 24,
};

interface Kept {
  scene: number;
  action: string;
  dismissed: boolean;
  remark: Remark & { id: number };
}

interface Running {
  request: ActionRequest;
  heard: (event: ReviewEvent) => void;
  found: Remark[];
  discarded: string[];
  told: number;
}

const note = (quote: string, concern: string, says: string) =>
  ({ quote, what: { kind: "note", concern, says } }) as { quote: string; what: RemarkWhat };

const CRITIQUE = [
  note("dry as a bone", "cliche", "Everybody’s boat is dry as a bone. What is this one dry as?"),
  note(
    "her own name scratched upon the lid",
    "strength",
    "One exact thing, and the whole story hangs on it.",
  ),
  note(
    "waited for her father to come in from the wind",
    "pace",
    "We are told that she waits. Give the waiting one sound.",
  ),
];

const finding = (
  label: "contradicts" | "new" | "supported",
  quote: string,
  says: string,
  source: [string, string, string] | null,
) =>
  ({
    quote,
    what: {
      kind: "finding",
      label,
      says,
      source: source && { id: source[0], title: source[1], quote: source[2] },
      key: `${quote}|${source?.[0] ?? ""}`,
    },
  }) as { quote: string; what: RemarkWhat };

const CHECK = [
  finding("contradicts", "dark for eleven days", "The lamp went out a week ago by what is known.", [
    "lore:2",
    "Skerry Light",
    "dark since the seventh of March",
  ]),
  finding("new", "a small brass box", "Nothing that is known speaks of a box.", null),
  finding("supported", "the keeper’s daughter", "Ada is the keeper’s daughter.", [
    "lore:1",
    "The keeper",
    "a widower with one daughter",
  ]),
];

export class FakeReviews {
  requests: ActionRequest[] = [];
  readonly #model: () => ModelState;
  readonly #hold: boolean;
  #running: Running | null = null;

  constructor(model: () => ModelState, parameters: URLSearchParams) {
    this.#model = model;
    this.#hold = parameters.get("pace") === "hold";
  }

  /** Tells the next notes of the review that runs; all, and its end, without a number. */
  say(notes = Infinity): void {
    const running = this.#running;
    if (!running) return;
    running.told = Math.min(running.found.length, running.told + notes);
    this.#tell(running);
    if (notes === Infinity) this.#finish(running, "end_of_text");
  }

  host(): ReviewHost {
    return {
      startReview: async (request, heard) => this.#start(request, heard),
      remarks: async (scene) => {
        const project = read().scenes.find(({ id }) => id === scene)!.project;
        return this.#kept()
          .filter((one) => one.scene === scene && !one.dismissed)
          .map(({ remark }) => this.#meant(remark, project));
      },
      dismissRemark: async (id, dismissed) =>
        this.#change((kept) => kept.map((one) => (one.remark.id === id ? { ...one, dismissed } : one))),
      moveRemarks: async (moved) =>
        this.#change((kept) =>
          kept.map((one) => {
            const now = moved.find(({ id }) => id === one.remark.id);
            return now ? { ...one, remark: { ...one.remark, quote: now.quote, place: now.place } } : one;
          }),
        ),
      setIntended: async (project, key, reason) =>
        change((shelf) => {
          const all = (shelf.more.intended ?? {}) as Record<string, string>;
          if (reason === null) delete all[`${project} ${key}`];
          else all[`${project} ${key}`] = reason;
          shelf.more.intended = all;
        }),
      unstick: async (situation, answers, overruled) => unstick(situation, answers, overruled),
    };
  }

  /** Stops what runs, if it has this name; what came stays. */
  cancel(request: string): boolean {
    const running = this.#running;
    if (running?.request.request !== request) return false;
    this.#finish(running, "cancelled");
    return true;
  }

  #start(request: ActionRequest, heard: (event: ReviewEvent) => void): void {
    this.requests.push(request);
    const model = this.#model();
    if (model.state === "ready" && !model.chat) {
      const message = "Critique needs a model that follows instructions, and this one only carries texts on.";
      heard({ event: "failed", problem: { code: "no_instructions", message } });
      return;
    }
    const text = request.before + request.selection + request.after;
    const said = request.action.kind === "check" ? CHECK : CRITIQUE;
    const found = said.flatMap(({ quote, what }): Remark[] => {
      const place = text.indexOf(quote);
      return place < 0 ? [] : [{ id: null, quote, place, what, intended: null }];
    });
    const running = { request, heard, found, discarded: ["He lit the lamp himself"], told: 0 };
    this.#running = running;
    queueMicrotask(() => {
      const limit = model.state === "ready" ? model.context : 1024;
      const context = reportOf(request, limit, false);
      const prompt = `${request.action.kind} v1`;
      heard({ event: "started", request: request.request, seed: 7, model: model.name, prompt, context });
      heard({ event: "reading", read: context.used, of: context.used });
      if (!this.#hold) this.say();
    });
  }

  #tell(running: Running): void {
    running.heard({ event: "found", review: this.#review(running) });
  }

  #finish(running: Running, reason: "end_of_text" | "cancelled"): void {
    this.#running = null;
    const review = this.#review(running);
    const { scene, action } = running.request;
    if (scene != null && (review.remarks.length || reason !== "cancelled"))
      this.#change((kept) => {
        const others = kept.filter((one) => one.scene !== scene || one.action !== action.kind);
        const first = 1 + Math.max(0, ...kept.map(({ remark }) => remark.id));
        const fresh = review.remarks.map((remark, at) => {
          Object.assign(remark, { id: first + at });
          return { scene, action: action.kind, dismissed: false, remark: { ...remark, id: first + at } };
        });
        return [...others, ...fresh];
      });
    running.heard({ event: "finished", review, reason, figures: FIGURES });
  }

  #review({ request, found, discarded, told }: Running) {
    const project = read().scenes.find(({ id }) => id === request.scene)?.project ?? 0;
    const remarks = found.slice(0, told).map((remark) => ({ ...this.#meant(remark, project) }));
    return { remarks, discarded: told === found.length ? discarded : [] };
  }

  #meant<R extends Remark>(remark: R, project: number): R {
    const all = (read().more.intended ?? {}) as Record<string, string>;
    const { what } = remark;
    const intended = what.kind === "finding" ? (all[`${project} ${what.key}`] ?? null) : null;
    return { ...remark, intended };
  }

  #kept(): Kept[] {
    return (read().more.remarks ?? []) as Kept[];
  }

  #change(work: (kept: Kept[]) => Kept[]): void {
    change((shelf) => (shelf.more.remarks = work((shelf.more.remarks ?? []) as Kept[])));
  }
}

/** The rules of `crates/prompts/src/unstick.rs`, in short. */
function unstick(at: Situation, answers: StuckAnswer[], overruled: Stuck | null): UnstickStep {
  const said = (wanted: StuckAnswer["answer"]) => answers.find(({ answer }) => answer === wanted);
  const missing = said("missing") as { with: Stuck } | undefined;
  const blank = (at.words ?? 0) < 12;
  const selected = (at.selected ?? 0) >= 2;
  const between = (at.words_after ?? 0) >= 12;
  const seen: Stuck | null = selected ? "how_to_say_it" : blank ? "blank_page" : null;
  const stuck = overruled ?? missing?.with ?? seen;
  if (!stuck)
    return {
      step: "ask",
      question: "what_is_missing",
      kinds: ["what_next", "how_to_say_it", "too_much", "lost_thread"],
    };
  if (!overruled) {
    const open = stuck === "blank_page" || (stuck === "what_next" && !between);
    if (open && !said("words") && !said("ideas"))
      return { step: "ask", question: "words_or_ideas", kinds: [] };
    if (stuck === "how_to_say_it" && !selected && !said("says"))
      return { step: "ask", question: "what_should_it_say", kinds: [] };
  }
  const because = overruled || missing ? "you_said_so" : selected ? "words_are_selected" : "page_is_blank";
  const says = said("says") as { with: string } | undefined;
  return {
    step: "known",
    stuck,
    because: [because, ...(stuck === "what_next" && between ? (["text_goes_on_after"] as const) : [])],
    action: {
      ...helpFor(stuck, { selected, between, ideas: !!said("ideas"), words: !!said("words") }),
      instruction: says?.with ?? "",
    },
  };
}

function helpFor(
  stuck: Stuck,
  { selected, between, ideas, words }: Record<"selected" | "between" | "ideas" | "words", boolean>,
) {
  switch (stuck) {
    case "blank_page":
      return { kind: ideas ? ("brainstorm" as const) : ("continue" as const), variant: null };
    case "what_next":
      if (between) return { kind: "bridge" as const, variant: null };
      return words
        ? { kind: "continue" as const, variant: null }
        : { kind: "brainstorm" as const, variant: "next" };
    case "how_to_say_it":
      return selected
        ? { kind: "rewrite" as const, variant: "plainer" }
        : { kind: "continue" as const, variant: null };
    case "too_much":
      return { kind: "outline" as const, variant: null };
    case "lost_thread":
      return { kind: "summarise" as const, variant: null };
  }
}
