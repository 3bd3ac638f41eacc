// What the workbench of prompts needs of whatever runs the page: prompts and their versions, passages to try them on, trials,
// experiments and choices made blind.
import type * as contract from "./bindings";

/** All of it said: what may be left out below has its usual value here. */
export type Whole<T> = T extends (infer I)[]
  ? Whole<I>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<T[K]> }
    : T;

/** The same where nothing is ever missing: figures that are numbers whenever they are there. */
type Sure<T> = { [K in keyof T]-?: NonNullable<T[K]> };

export type {
  ExperimentState,
  Flag,
  JudgeTask,
  Preference,
  PromptChoice,
  PromptLine,
  PromptVocabulary,
  PromptWord,
  ResultsFormat,
  TestSetSummary,
} from "./bindings";

export type JudgeOpinion = Omit<Whole<contract.JudgeOpinion>, "criteria"> & {
  criteria: { name: string; points: number }[];
};
export type Answer = Omit<Whole<contract.Answer>, "opinions"> & { opinions: JudgeOpinion[] };
export type AnswerLine = Whole<contract.AnswerLine>;
export type AnswerPage = Whole<contract.AnswerPage>;
export type AnswerQuery = Whole<contract.AnswerQuery>;
export type CheckFinding = Whole<contract.CheckFinding>;
export type CheckInfo = Whole<contract.CheckInfo>;
export type ExperimentSummary = Whole<contract.ExperimentSummary>;
export type PromptChecked = Whole<contract.PromptChecked>;
export type PromptInUse = Whole<contract.PromptInUse>;
export type PromptProblem = Whole<contract.PromptProblem>;
export type PromptVersion = Whole<contract.PromptVersion>;
export type PromptSummary = Omit<Whole<contract.PromptSummary>, "versions"> & { versions: PromptVersion[] };
export type PromptText = Omit<Whole<contract.PromptText>, "version"> & { version: PromptVersion };
export interface PromptShelf {
  prompts: PromptSummary[];
  in_use: PromptInUse[];
}
export type Interval = Sure<contract.Interval>;
export type Spread = Omit<Sure<contract.Spread>, "values"> & { values: number[] };
export type CheckResult = Omit<Whole<contract.CheckResult>, "share" | "figure"> & {
  share: Interval | null;
  figure: Spread | null;
};
export type ArmJudged = Omit<Whole<contract.ArmJudged>, "criteria"> & { criteria: number[] };
export type JudgeResult = Omit<Whole<contract.JudgeResult>, "same" | "arms"> & {
  same: number;
  arms: ArmJudged[];
};
export type LanguageResult = Omit<Whole<contract.LanguageResult>, "checks"> & { checks: CheckResult[] };
export type ArmResult = Omit<
  Whole<contract.ArmResult>,
  "wins" | "strength" | "checks" | "words" | "first_token_s" | "tokens_a_second" | "rating"
> & {
  wins: number;
  strength: Interval | null;
  checks: CheckResult[];
  words: Spread | null;
  first_token_s: Spread | null;
  tokens_a_second: Spread | null;
  rating: Spread | null;
};
export type BlindPair = Whole<contract.BlindPair>;
export type Draw = Whole<contract.Draw>;
export type ExperimentPlan = Whole<contract.ExperimentPlan>;
export type ExperimentResults = Omit<
  Whole<contract.ExperimentResults>,
  "summary" | "checks" | "arms" | "languages" | "judges"
> & {
  summary: ExperimentSummary;
  checks: CheckInfo[];
  arms: ArmResult[];
  languages: LanguageResult[];
  judges: JudgeResult[];
};
export type Lesson = Whole<contract.Lesson>;
export type ModelChoice = Whole<contract.ModelChoice>;
export type Passage = Whole<contract.Passage>;
export type TestSet = Whole<contract.TestSet>;
export type Trial = Whole<contract.Trial>;
export type TrialSettings = Whole<contract.TrialSettings>;

/** Prompts as documents. */
export interface PromptsHost {
  promptShelf(): Promise<PromptShelf>;
  promptText(label: string): Promise<PromptText>;
  promptVocabulary(): Promise<contract.PromptVocabulary>;
  checkPrompt(source: string): Promise<PromptChecked>;
  /** Its name stands in the text; a text that is there already answers with its version. */
  savePrompt(source: string, parent: string | null, message: string): Promise<PromptVersion>;
  archivePrompt(name: string, archived: boolean): Promise<void>;
  /** In one project, or in all that have none of their own; `label: null` is what came with Foolscap. */
  usePrompt(action: contract.ActionKind, project: number | null, label: string | null): Promise<void>;
  comparePrompts(before: string, after: string): Promise<contract.PromptLine[]>;
  /** What a trial would send. */
  planTrial(trial: Trial): Promise<contract.ContextPlan>;
  /** Stopped as an action is. */
  startTrial(trial: Trial, heard: (event: contract.ActionEvent) => void): Promise<void>;
  /** Asks the writer; `null` when they thought better of it. */
  choosePromptFolder(title: string): Promise<string | null>;
  /** Answers how many files were written. */
  exportPrompts(names: string[], folder: string): Promise<number>;
  importPrompts(folder: string): Promise<PromptVersion[]>;
  /** In a language (BCP 47), or in English. */
  lessons(language: string): Promise<Lesson[]>;
}

/** Passages that prompts are tried on. */
export interface PassagesHost {
  testSets(): Promise<contract.TestSetSummary[]>;
  testSet(id: number): Promise<TestSet>;
  saveTestSet(id: number | null, name: string, passages: Passage[]): Promise<contract.TestSetSummary>;
  archiveTestSet(id: number, archived: boolean): Promise<void>;
  /** Asks the writer; `null` when they thought better of it. */
  choosePassagesFile(title: string): Promise<string | null>;
  readPassages(file: string): Promise<Passage[]>;
}

/** Prompts compared on passages, answer by answer. */
export interface ExperimentsHost {
  /** Tells all at once, then every change. */
  watchExperiments(heard: (experiments: ExperimentSummary[]) => void): Promise<void>;
  newExperiment(plan: ExperimentPlan): Promise<ExperimentSummary>;
  /** The one that comes with Foolscap; its prompts are kept as versions. */
  sampleExperiment(): Promise<ExperimentPlan>;
  experimentPlan(id: number): Promise<ExperimentPlan>;
  startExperiment(id: number): Promise<void>;
  pauseExperiment(id: number): Promise<void>;
  archiveExperiment(id: number, archived: boolean): Promise<void>;
  experimentResults(id: number): Promise<ExperimentResults>;
  experimentAnswers(id: number, query: AnswerQuery): Promise<AnswerPage>;
  experimentAnswer(answer: number): Promise<Answer>;
  /** `null` when there is nothing left to choose of. */
  nextPair(id: number): Promise<BlindPair | null>;
  vote(pair: string, preference: contract.Preference): Promise<void>;
  /** Takes the last vote back; false when there is none. */
  undoVote(id: number): Promise<boolean>;
  rateAnswer(answer: number, stars: number | null, note: string): Promise<void>;
  /** A model judges too; it waits in the queue as all else. */
  judgeExperiment(id: number, model: string, task: contract.JudgeTask): Promise<void>;
  /** Asks the writer; `null` when they thought better of it. */
  chooseResultsFile(name: string, format: contract.ResultsFormat): Promise<string | null>;
  saveResults(id: number, format: contract.ResultsFormat, file: string): Promise<void>;
}

export interface WorkbenchHost extends PromptsHost, PassagesHost, ExperimentsHost {}
