// A machine for tests, which says what the test says.
import {
  type Action,
  type ActionEvent,
  type ActionRequest,
  type ContextPlan,
  type ContextReport,
  type EarlierRequest,
  HostError,
  type Outcome,
  type Problem,
} from "../../host/host";

export const CONTEXT: ContextReport = {
  form: "completion",
  used: 10,
  limit: 100,
  reserved: 20,
  parts: [],
  items: [],
};

export const FIGURES = {
  prompt_tokens: 10,
  beside: false,
  reused_tokens: 0,
  generated_tokens: 4,
  first_token_s: 0.2,
  prefill_tok_s: 100,
  decode_tok_s: 20,
};

export const CONTINUE: Action = { kind: "continue", variant: null, instruction: "" };

export class Engine {
  asked: ActionRequest[] = [];
  cancelled: string[] = [];
  outcomes: Outcome[] = [];
  /** What was suggested in earlier sessions. */
  earlier: EarlierRequest[] = [];
  planned: ActionRequest[] = [];
  refusal: Problem | null = null;
  context = CONTEXT;
  readonly #heard: ((event: ActionEvent) => void)[] = [];

  readonly startAction = async (request: ActionRequest, heard: (event: ActionEvent) => void) => {
    if (this.refusal) throw new HostError(this.refusal);
    this.asked.push(request);
    this.#heard.push(heard);
  };
  readonly cancelAction = async (request: string) => void this.cancelled.push(request);
  readonly recordOutcome = async (outcome: Outcome) => void this.outcomes.push(outcome);
  readonly suggestions = async () => this.earlier;
  readonly planAction = async (request: ActionRequest): Promise<ContextPlan> => {
    if (this.refusal) throw new HostError(this.refusal);
    this.planned.push(request);
    const { context } = this;
    return { model: "m", prompt: "p v1", variant: null, candidates: 1, words: 60, context, text: "" };
  };

  /** Tells something of a request; of the last one without a number. */
  tell(event: ActionEvent, of = this.#heard.length - 1): void {
    this.#heard[of]!(event);
  }

  started(candidates = 1, of?: number): void {
    const { request } = this.asked[of ?? this.asked.length - 1]!;
    const known = { seed: 7, model: "m", prompt: "p v1", variant: null, sampling: null, context: CONTEXT };
    this.tell({ event: "started", request, candidates, ...known }, of);
  }

  says(text: string, candidate = 0, of?: number): void {
    this.tell({ event: "text", candidate, text }, of);
  }

  finishes(of?: number): void {
    this.tell({ event: "finished", figures: FIGURES }, of);
  }

  /** A whole answer, a candidate a text. */
  answers(...texts: string[]): void {
    this.started(texts.length);
    texts.forEach((text, candidate) => this.says(text, candidate));
    texts.forEach((_, candidate) => this.tell({ event: "candidate_done", candidate, reason: "stop" }));
    this.finishes();
  }

  /** What became of candidates, as it was told last. */
  get verdicts(): Record<string, string> {
    return Object.fromEntries(
      this.outcomes.map(({ request, candidate, verdict, text }) => {
        const of = this.asked.findIndex((one) => one.request === request);
        return [`${of}/${candidate}`, verdict === "accepted" ? text : "–"];
      }),
    );
  }
}
