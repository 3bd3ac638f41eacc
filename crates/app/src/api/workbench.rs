//! Prompts put to the test: trials beside each other, experiments, what checks find, and choices made blind.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Figures, Problem, ProjectId, RequestId, SceneId};

/// Names an experiment.
pub type ExperimentId = u32;

/// Which prompt is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PromptChoice {
    /// A version, by its label.
    Version { label: String },
    /// A text that is being written.
    Draft { source: String },
}

/// How tokens are drawn, and how many words are wanted; none: what the prompt and the model say.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct TrialSettings {
    /// For people; empty: what differs is told instead.
    pub name: String,
    pub temperature: Option<f32>,
    pub top_p: Option<f32>,
    pub top_k: Option<u32>,
    pub min_p: Option<f32>,
    pub repetition_penalty: Option<f32>,
    pub words: Option<u32>,
}

/// What a prompt is tried on.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct Passage {
    /// For people; empty: how it ends.
    pub title: String,
    pub before: String,
    pub selection: String,
    pub after: String,
    pub instruction: String,
    /// A flavour of the action.
    pub variant: Option<String>,
    /// Of the text; BCP 47, empty if not said.
    pub language: String,
    /// To translate into.
    pub into: Option<String>,
    /// What a good answer was.
    pub reference: Option<String>,
    /// Variables of the prompt's own.
    pub variables: BTreeMap<String, String>,
}

/// One prompt on one passage, answered at once. Its events are those of an action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Trial {
    pub request: RequestId,
    pub prompt: PromptChoice,
    /// A model by its id; none: the one in use.
    pub model: Option<String>,
    pub passage: Passage,
    /// Whose lore, notes and the like are told.
    pub project: Option<ProjectId>,
    pub scene: Option<SceneId>,
    /// One answer for each; the same seed gives the same answer.
    pub draws: Vec<Draw>,
}

/// How one answer is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Draw {
    pub settings: TrialSettings,
    pub seed: u32,
}

/// Passages that prompts are tried on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct TestSetSummary {
    pub id: u32,
    pub name: String,
    pub passages: u32,
    /// It was put away.
    pub archived: bool,
}

/// The same with them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct TestSet {
    pub id: u32,
    pub name: String,
    pub passages: Vec<Passage>,
}

/// A model that an experiment asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ModelChoice {
    /// The id of a model that is here (`starter`, a path), or the name that an endpoint gives it.
    pub model: String,
    /// Where it is asked by the OpenAI API (`http://host:8000/v1`), and so not on this machine; none: here.
    #[serde(default)]
    #[specta(optional)]
    pub endpoint: Option<String>,
    /// The variable of the environment that has the endpoint's key.
    #[serde(default)]
    #[specta(optional)]
    pub key_variable: Option<String>,
    /// Whether it is asked by `/chat/completions`; none: it is.
    #[serde(default)]
    #[specta(optional)]
    pub chat: Option<bool>,
}

impl ModelChoice {
    /// A model of this machine, by its id.
    pub fn here(model: impl Into<String>) -> Self {
        Self { model: model.into(), endpoint: None, key_variable: None, chat: None }
    }
}

/// What an experiment compares: every prompt with every model and setting on every passage, so many times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ExperimentPlan {
    pub name: String,
    /// Labels of versions.
    pub prompts: Vec<String>,
    pub models: Vec<ModelChoice>,
    /// At least one; one with nothing in it is what prompt and model say.
    pub settings: Vec<TrialSettings>,
    pub passages: Vec<Passage>,
    pub repeats: u32,
    /// Where all draws begin: prompts and settings are compared with the same seeds.
    pub seed: u32,
    /// Whose lore, notes and the like are told with every passage.
    pub project: Option<ProjectId>,
    /// The model that a check of perplexity asks; none: the starter.
    #[serde(default)]
    #[specta(optional)]
    pub scorer: Option<String>,
    /// What every answer is held against, as TOML tables `[[checks]]`; empty: the usual ones.
    pub checks: String,
}

/// How an experiment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExperimentState {
    /// There are answers to come, and nobody works on them.
    Paused,
    /// Others come first.
    Waiting,
    /// It loads a model.
    Loading,
    Running,
    /// The writer's own request comes first.
    Yielding,
    Done,
}

/// An experiment in a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ExperimentSummary {
    pub id: ExperimentId,
    pub name: String,
    pub state: ExperimentState,
    /// Answers that are there, failed ones among them.
    pub done: u32,
    pub total: u32,
    pub failed: u32,
    /// About how long the rest takes; none: not known yet.
    pub seconds_left: Option<f64>,
    /// Whether one of its models is not on this machine.
    pub elsewhere: bool,
    /// Choices made blind.
    pub votes: u32,
    /// Models that are to judge, or do so now.
    pub judges: u32,
    /// It was put away.
    pub archived: bool,
    /// UTC, RFC 3339.
    pub created_at: String,
    /// Why it does not go on.
    pub problem: Option<Problem>,
}

/// What came of an experiment so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ExperimentResults {
    pub summary: ExperimentSummary,
    /// What the answers are held against, in words.
    pub checks: Vec<CheckInfo>,
    /// The best first, as far as is known.
    pub arms: Vec<ArmResult>,
    /// The arm that is chosen more often than the next, beyond chance.
    pub leader: Option<u32>,
    /// About how many more choices would settle which is best; none: it is settled, or nothing is known yet.
    pub more_votes: Option<u32>,
    /// Of each language and check, how many passed.
    pub languages: Vec<LanguageResult>,
    /// What models that judge say, each with how far it agrees with the writer's votes.
    pub judges: Vec<JudgeResult>,
}

/// A check of an experiment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct CheckInfo {
    pub name: String,
    /// Of its figure; may be empty.
    pub unit: String,
    /// The share of answers that must pass; none: it is only told.
    pub threshold: Option<f64>,
}

/// One prompt with one model and setting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ArmResult {
    /// Names it in this experiment.
    pub arm: u32,
    /// What tells it from the others, in a few words.
    pub title: String,
    pub prompt: String,
    pub model: String,
    pub settings: TrialSettings,
    /// Its model is not on this machine.
    pub elsewhere: bool,
    pub answers: u32,
    pub failed: u32,
    pub votes: u32,
    /// Times it was chosen; a tie counts half.
    pub wins: f64,
    /// Bradley–Terry log-strength, with the bounds of its 95 % interval; none: nobody has chosen yet.
    pub strength: Option<Interval>,
    /// By check, in the order of [`ExperimentResults::checks`].
    pub checks: Vec<CheckResult>,
    pub words: Option<Spread>,
    /// Seconds to the first token.
    pub first_token_s: Option<Spread>,
    pub tokens_a_second: Option<Spread>,
    /// How much answers to one passage differ from seed to seed: 100 less their mean chrF.
    pub variety: Option<f64>,
    /// Of ratings from 1 to 5.
    pub rating: Option<Spread>,
}

/// A value and the bounds of its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Type)]
pub struct Interval {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// How values lie.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Spread {
    pub count: u32,
    pub least: f64,
    pub quarter: f64,
    pub median: f64,
    pub three_quarters: f64,
    pub most: f64,
    /// All of them, as they came.
    pub values: Vec<f64>,
}

/// What a check found in one arm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct CheckResult {
    pub passed: u32,
    /// Answers of which it can be told.
    pub told: u32,
    /// The share that passed, with its 95 % interval; none where nothing can be told.
    pub share: Option<Interval>,
    pub figure: Option<Spread>,
    /// Whether it is at or above its threshold, and can be told of half the answers at least; none without one.
    pub reached: Option<bool>,
}

/// One language's answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct LanguageResult {
    /// BCP 47; empty: not said.
    pub language: String,
    pub answers: u32,
    /// By check, in the order of [`ExperimentResults::checks`].
    pub checks: Vec<CheckResult>,
}

/// What a model that judges is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum JudgeTask {
    /// Which of two answers is better.
    Pairs,
    /// How far an answer meets criteria, each from 1 to 5.
    Rubric,
    /// Whether an answer agrees with its passage's reference.
    Facts,
}

/// What a rubric asks of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// In a word.
    pub name: String,
    /// When it is met, in a sentence.
    pub what: String,
}

/// What a judge says, and how far it agrees with the writer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct JudgeResult {
    pub judge: String,
    pub task: JudgeTask,
    pub verdicts: u32,
    /// What it could give verdicts on: pairs, or answers.
    pub of: u32,
    /// Answers of the judge that could not be read, or turned with the order: no verdicts.
    pub unusable: u32,
    /// Pairs that the writer has chosen of too. Where single answers are judged, the better is the one with more points.
    pub shared: u32,
    /// Of these, the part in which both chose the same.
    pub same: f64,
    /// Cohen's kappa; none where it cannot be told.
    pub kappa: Option<f64>,
    pub trusted: bool,
    /// Why, in a sentence.
    pub reason: String,
    /// What points are given for; empty where none are.
    pub criteria: Vec<String>,
    /// By the arm's number.
    pub arms: Vec<ArmJudged>,
}

/// What a judge says of one arm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ArmJudged {
    /// Verdicts that can be used.
    pub verdicts: u32,
    /// The part of pairs in which it was chosen (a tie counts half), the mean of points from 1 to 5, or the part of answers
    /// that agree with the reference; none without verdicts.
    pub score: Option<f64>,
    /// Mean points, in the order of the criteria.
    pub criteria: Vec<f64>,
}

/// What a judge says of one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct JudgeOpinion {
    pub judge: String,
    pub task: JudgeTask,
    /// Points from 1 to 5, or 1 where it agrees with the reference and 0 where it contradicts; none: it could not be used.
    pub score: Option<f64>,
    /// Points, criterion by criterion.
    pub criteria: Vec<CriterionPoints>,
    /// Of the facts, in a word: `same`, `less`, `more`, `agrees` (one of the three), `contradicts`; else empty.
    pub verdict: String,
    /// The words of the answer that contradict.
    pub quote: String,
    pub reason: String,
}

/// Points for one criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct CriterionPoints {
    pub name: String,
    pub points: f64,
}

/// Which answers of an experiment are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct AnswerQuery {
    /// Only of this arm.
    pub arm: Option<u32>,
    /// Only to this passage, by its number.
    pub passage: Option<u32>,
    /// Only to passages in this language, as [`LanguageResult::language`] has it.
    pub language: Option<String>,
    /// Only those that failed this check, by its number.
    pub failed: Option<u32>,
    /// So many of them are left out first.
    pub from: u32,
    /// So many at most; none: all.
    pub most: Option<u32>,
}

/// Some of the answers that were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct AnswerPage {
    pub lines: Vec<AnswerLine>,
    /// How many there are in all.
    pub total: u32,
}

/// An answer in a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct AnswerLine {
    pub id: u32,
    pub arm: u32,
    /// Number of the passage, from 0.
    pub passage: u32,
    pub repeat: u32,
    pub text: String,
    pub problem: Option<String>,
    /// By check: passed, failed, or it cannot be told.
    pub checks: Vec<Option<bool>>,
    pub rating: Option<u32>,
}

/// All of an answer: what is needed to have it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Answer {
    pub line: AnswerLine,
    pub title: String,
    pub prompt: String,
    /// The prompt's text.
    pub source: String,
    pub model: String,
    /// SHA-256 of the model's file, or the endpoint.
    pub model_hash: String,
    pub elsewhere: bool,
    pub settings: TrialSettings,
    /// How it was drawn, all of it: what the settings, the prompt, the model's maker and its settings here came to, or what
    /// an endpoint was sent; JSON. None: it was kept before that was told.
    pub drawn: Option<String>,
    pub seed: u32,
    /// All that was sent.
    pub rendered: String,
    pub passage: Passage,
    pub figures: Option<Figures>,
    pub findings: Vec<CheckFinding>,
    /// What it states that neither passage nor lore have.
    pub claims: Vec<Flag>,
    /// What models that judge say of it.
    pub opinions: Vec<JudgeOpinion>,
    pub note: String,
    pub created_at: String,
}

/// What a check found in an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct CheckFinding {
    pub name: String,
    pub passed: Option<bool>,
    pub figure: Option<f64>,
    pub unit: String,
    /// Why it cannot be told, or what is wrong, in a sentence.
    pub reason: String,
    pub flags: Vec<Flag>,
}

/// A place in an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Flag {
    /// As the answer has it.
    pub quote: String,
    pub why: String,
}

/// Two answers to the same passage; nobody sees whose they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct BlindPair {
    /// Names it in a vote.
    pub pair: String,
    pub title: String,
    pub passage: Passage,
    pub left: String,
    pub right: String,
    /// Votes that were cast in this experiment.
    pub votes: u32,
    /// About how many more would settle it; none: nothing is known yet.
    pub more_votes: Option<u32>,
}

/// Which of two was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Preference {
    Left,
    Right,
    /// Neither is better.
    Tie,
}

/// A lesson: a text, and prompts to try beside each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Lesson {
    /// Names it.
    pub id: String,
    pub title: String,
    /// Paragraphs apart by a blank line; `*emphasis*` and `` `names` `` as Markdown has them.
    pub text: String,
    /// The columns of the playground.
    pub trials: Vec<Trial>,
}

/// In which form results leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ResultsFormat {
    Html,
    Csv,
    Jsonl,
}
