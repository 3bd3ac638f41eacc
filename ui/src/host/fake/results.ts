// What came of an experiment of the fake host: counts, spreads, and shares of choices in the place of a fitted model.
import type {
  AnswerLine,
  ArmResult,
  CheckInfo,
  CheckResult,
  ExperimentPlan,
  ExperimentResults,
  ExperimentSummary,
  Interval,
  ModelChoice,
  Spread,
  TrialSettings,
} from "../host";
import type { FakeExperiment } from "./experiments";
import { hash } from "./prompts";
import { wordsOf } from "./shelf";

export interface Arm {
  arm: number;
  title: string;
  prompt: string;
  model: ModelChoice;
  settings: TrialSettings;
}

const CHECKS: CheckInfo[] = [
  { name: "does not repeat itself", unit: "of the text", threshold: null },
  { name: "begins without a preamble", unit: "", threshold: 0.9 },
  { name: "keeps names as they are", unit: "", threshold: 0.8 },
];

/** What answers are held against: the usual, or the plan's own checks, called after their kinds. */
export function checksOf({ checks }: ExperimentPlan): CheckInfo[] {
  const own = [...checks.matchAll(/^kind = "(.*)"$/gm)];
  return own.length ? own.map(([, kind]) => ({ name: kind!, unit: "", threshold: null })) : CHECKS;
}

export const CRITERIA = ["task", "voice", "facts", "life", "language"];

/** Every prompt with every model and setting. */
export function armsOf({ prompts, models, settings }: ExperimentPlan): Arm[] {
  const arms = prompts.flatMap((prompt) =>
    models.flatMap((model) => settings.map((said) => ({ prompt, model, settings: said }))),
  );
  return arms.map((one, arm) => {
    const { prompt, model, settings: said } = one;
    const differs = [
      prompts.length > 1 || (models.length === 1 && settings.length === 1) ? prompt : "",
      models.length > 1 ? model.model : "",
      settings.length > 1 ? said.name || `temperature ${said.temperature ?? "as it is"}` : "",
    ];
    return { arm, title: differs.filter(Boolean).join(" · "), ...one };
  });
}

export function resultsOf(it: FakeExperiment, summary: ExperimentSummary): ExperimentResults {
  const arms = armsOf(it.plan)
    .map((arm) => result(it, arm))
    .sort((a, b) => (b.strength?.value ?? 0) - (a.strength?.value ?? 0));
  const [best, next] = arms;
  const settled = !!best?.strength && !!next?.strength && best.strength.low > next.strength.high;
  const checks = checksOf(it.plan);
  const languages = [...new Set(it.plan.passages.map(({ language }) => language))].sort();
  return {
    summary,
    checks,
    arms,
    leader: settled ? best.arm : null,
    more_votes: !it.votes.length || settled ? null : Math.max(1, 14 - it.votes.length),
    languages: languages.map((language) => {
      const answers = it.answers.filter(({ passage }) => it.plan.passages[passage]!.language === language);
      return {
        language,
        answers: answers.length,
        checks: checks.map((check, at) => checked(answers, check, at)),
      };
    }),
    judges: it.judges.map(({ model, task }) => ({
      judge: model,
      task,
      verdicts: 13,
      of: 16,
      unusable: 3,
      shared: it.votes.length,
      same: 0.7,
      kappa: it.votes.length > 3 ? 0.41 : null,
      trusted: false,
      reason: `only ${it.votes.length} pairs were judged by both; 20 are needed`,
      criteria: task === "rubric" ? CRITERIA : [],
      arms: armsOf(it.plan).map(({ arm }) => ({
        verdicts: 6,
        score: task === "rubric" ? 3.6 - arm * 0.4 : 0.75 - arm * 0.2,
        criteria: task === "rubric" ? CRITERIA.map((_, at) => 3 + (at % 3) * 0.5 - arm * 0.2) : [],
      })),
    })),
  };
}

function result(it: FakeExperiment, { arm, title, prompt, model, settings }: Arm): ArmResult {
  const all = it.answers.filter((one) => one.arm === arm);
  const answers = all.filter(({ problem }) => problem === null);
  const mine = it.votes.filter(({ better, worse }) => better === arm || worse === arm);
  const wins = mine.reduce(
    (sum, { better, preference }) => sum + (preference === "tie" ? 0.5 : better === arm ? 1 : 0),
    0,
  );
  const figures = (of: (nth: number) => number) => spread(answers.map((_, nth) => of(nth)));
  return {
    arm,
    title,
    prompt,
    model: model.model === "starter" ? "Foolscap Starter" : model.model,
    settings,
    elsewhere: !!model.endpoint,
    answers: answers.length,
    failed: all.length - answers.length,
    votes: mine.length,
    wins,
    strength: it.votes.length ? strength(wins, mine.length) : null,
    checks: checksOf(it.plan).map((check, at) => checked(answers, check, at)),
    words: spread(answers.map(({ text }) => wordsOf(text))),
    first_token_s: figures((nth) => 0.18 + arm * 0.09 + (nth % 5) * 0.012),
    tokens_a_second: figures((nth) => 26 - arm * 2 + (nth % 3)),
    variety: answers.length > 1 ? 61 - arm * 6 : null,
    rating: spread(answers.flatMap(({ rating }) => (rating === null ? [] : [rating]))),
  };
}

function strength(wins: number, votes: number): Interval {
  const [won, lost] = [wins + 0.5, votes - wins + 0.5];
  const value = Math.log(won / lost);
  const off = 1.96 * Math.sqrt(1 / won + 1 / lost);
  return { value, low: value - off, high: value + off };
}

/** What a check measured in an answer; only one with a unit measures something. */
export function figureOf({ unit }: CheckInfo, answer: number): number | null {
  return unit ? (parseInt(hash(`${unit} ${answer}`).slice(0, 6), 16) % 40) / 100 : null;
}

function checked(answers: AnswerLine[], check: CheckInfo, at: number): CheckResult {
  const { threshold } = check;
  const told = answers.flatMap(({ checks }) => checks[at] ?? []);
  const measured = answers.flatMap(({ id }) => figureOf(check, id) ?? []);
  const passed = told.filter(Boolean).length;
  const value = told.length ? passed / told.length : 0;
  const off = told.length ? 1.96 * Math.sqrt((value * (1 - value)) / told.length) : 0;
  const share = told.length ? { value, low: Math.max(0, value - off), high: Math.min(1, value + off) } : null;
  const reached = threshold === null || !told.length ? null : value >= threshold;
  return { passed, told: told.length, share, figure: spread(measured), reached };
}

export function spread(values: number[]): Spread | null {
  if (!values.length) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))]!;
  return {
    count: values.length,
    least: at(0),
    quarter: at(0.25),
    median: at(0.5),
    three_quarters: at(0.75),
    most: at(1),
    values,
  };
}
