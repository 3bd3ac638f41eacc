//! What came of an experiment: of each arm how often it was chosen, what the checks found, what it cost. All of it is computed
//! from the answers and votes that are kept, so that a check that is understood better tomorrow holds for yesterday's answers.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};

use foolscap_judging::bradley_terry::{Comparison, Fit, fit};
use foolscap_judging::{Case, Found, Known, Outcome, Spec, disagreement, distribution};
use foolscap_prompts::language_code;
use foolscap_workbench::{Answer, Arm, Choice, Design, Opinion, Vote};

use super::Bench;
use super::plan::Kept;
use super::work::HowItCame;
use crate::api::{
    ArmResult, CheckInfo, CheckResult, ExperimentId, ExperimentResults, Interval, LanguageResult,
    ModelChoice, Passage, Problem, Spread, TrialSettings,
};
use crate::lock::lock;

/// An experiment with all that is known of it.
pub(crate) struct Everything<'l> {
    pub kept: Arc<Kept>,
    pub design: Design,
    pub specs: Vec<Spec>,
    pub answers: Vec<Answer>,
    pub votes: Vec<Vote>,
    /// Of models that judge.
    pub opinions: Vec<Opinion>,
    /// What the project knows.
    pub lore: &'l [Known],
    /// What checks found in each answer, as far as somebody asked.
    found: Vec<OnceCell<Arc<Vec<Found>>>>,
    /// What they found in answers that somebody asked about before.
    before: Arc<FoundBefore>,
    /// Tells checks and lore from others.
    held: u64,
}

/// What checks found, by answer; with what tells the answer, the checks and the lore they were made of from others.
#[derive(Default)]
pub(crate) struct FoundBefore(Mutex<HashMap<u32, Remembered>>);

/// What was found, and what tells what it was found in from others.
type Remembered = (u64, Arc<Vec<Found>>);

/// Answers of which it is remembered.
const REMEMBERED: usize = 20_000;

impl FoundBefore {
    fn get(&self, answer: u32, key: u64, find: impl FnOnce() -> Vec<Found>) -> Arc<Vec<Found>> {
        if let Some((_, found)) = lock(&self.0).get(&answer).filter(|(known, _)| *known == key) {
            return found.clone();
        }
        let found = Arc::new(find());
        let mut all = lock(&self.0);
        if all.len() >= REMEMBERED {
            all.clear();
        }
        all.insert(answer, (key, found.clone()));
        found
    }
}

impl Bench {
    /// What came of an experiment so far. `lore`: what the project of the experiment knows.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::NotFound`], [`crate::api::ProblemCode::Library`].
    pub fn results(&self, id: ExperimentId, lore: &[Known]) -> Result<ExperimentResults, Problem> {
        let all = self.all(id, lore)?;
        let arms = all.design.arms();
        let fit = all.fit();
        let voted = all.votes.iter().any(|vote| vote.voter.is_empty() && vote.choice.is_some());
        let order: Vec<usize> = if voted { fit.ranked() } else { (0..arms.len()).collect() };
        let leader = fit.leader().filter(|_| voted && fit.separated());
        Ok(ExperimentResults {
            summary: self.summary(id)?,
            checks: all.checks(),
            arms: order.into_iter().map(|number| all.arm(number, arms[number], &fit, voted)).collect(),
            leader: leader.map(|number| number as u32),
            more_votes: if voted { fit.more_votes_needed() } else { None },
            languages: all.languages(),
            judges: all.judges()?,
        })
    }

    pub(crate) fn all<'l>(&self, id: ExperimentId, lore: &'l [Known]) -> Result<Everything<'l>, Problem> {
        let (kept, design) = self.kept(id)?;
        let specs = kept.specs()?;
        let (answers, votes, opinions) =
            self.with(|store| Ok((store.answers(id)?, store.votes(id)?, store.opinions(id)?)))?;
        let found = answers.iter().map(|_| OnceCell::new()).collect();
        let before = self.0.found.clone();
        let held = digest_of(&format!("{specs:?} {lore:?}"));
        Ok(Everything { kept, design, specs, answers, votes, opinions, lore, found, before, held })
    }
}

impl Everything<'_> {
    /// What each check found in an answer; nothing where there is none.
    pub fn found(&self, at: usize) -> &[Found] {
        self.found[at].get_or_init(|| {
            let answer = &self.answers[at];
            if !answer.problem.is_empty() {
                return Arc::default();
            }
            let passage = &self.kept.plan.passages[answer.cell.passage as usize];
            let how: HowItCame = serde_json::from_str(&answer.figures).unwrap_or_default();
            let key = digest_of(&(self.held, &answer.text, how.perplexity.map(f64::to_bits)));
            self.before.get(answer.id, key, || {
                let case = Case { perplexity: how.perplexity, ..case(&answer.text, passage, self.lore) };
                self.specs.iter().map(|spec| spec.check(&case)).collect()
            })
        })
    }

    /// What the answers are held against.
    pub fn checks(&self) -> Vec<CheckInfo> {
        let all = || (0..self.answers.len()).map(|at| self.found(at));
        // Where answers were measured in several ways there is no one unit, nor a figure of all.
        let unit = |i: usize| {
            let units = all().filter_map(|found| found.get(i).map(|found| found.unit.to_string()));
            one_of(units.filter(|unit| !unit.is_empty()))
        };
        self.specs
            .iter()
            .zip(self.check_names())
            .enumerate()
            .map(|(i, (spec, name))| CheckInfo {
                name,
                unit: unit(i).unwrap_or_default(),
                threshold: spec.threshold,
            })
            .collect()
    }

    /// What the checks are called, each otherwise than the others.
    pub fn check_names(&self) -> Vec<String> {
        apart(self.specs.iter().map(Spec::title).collect())
    }

    /// What tells an arm from the others.
    pub fn title(&self, arm: Arm) -> String {
        let plan = &self.kept.plan;
        let setting = &plan.settings[arm.setting as usize];
        let model = &plan.models[arm.model as usize];
        // What is not on this machine says so wherever it is named.
        let away = model.endpoint.is_some();
        let parts = [
            (plan.prompts.len() > 1 || away, plan.prompts[arm.prompt as usize].clone()),
            (plan.models.len() > 1 || away, model_title(model)),
            (plan.settings.len() > 1, settings_title(setting)),
        ];
        let telling: Vec<String> =
            parts.iter().filter(|(tells, _)| *tells).map(|(_, part)| part.clone()).collect();
        if telling.is_empty() { parts[0].1.clone() } else { telling.join(" · ") }
    }

    /// Strengths by the writer's votes.
    pub fn fit(&self) -> Fit {
        let arm_of = self.arms_by_answer();
        let comparisons = self.votes.iter().filter(|vote| vote.voter.is_empty()).filter_map(|vote| {
            Some(Comparison {
                left: *arm_of.get(&vote.left)?,
                right: *arm_of.get(&vote.right)?,
                outcome: outcome(vote.choice?),
            })
        });
        fit(self.design.arms().len(), &comparisons.collect::<Vec<_>>())
    }

    pub fn arms_by_answer(&self) -> BTreeMap<u32, usize> {
        self.answers.iter().map(|a| (a.id, self.design.number(a.cell.arm) as usize)).collect()
    }

    fn arm(&self, number: usize, arm: Arm, fit: &Fit, voted: bool) -> ArmResult {
        let plan = &self.kept.plan;
        let of_arm = |answer: &&Answer| answer.cell.arm == arm;
        let all: Vec<&Answer> = self.answers.iter().filter(of_arm).collect();
        let good: Vec<&Answer> = all.iter().copied().filter(|answer| answer.problem.is_empty()).collect();
        let how: Vec<HowItCame> =
            good.iter().map(|answer| serde_json::from_str(&answer.figures).unwrap_or_default()).collect();
        let figures = |of: fn(&HowItCame) -> Option<f64>| spread(how.iter().filter_map(of).collect());
        let strength = fit.players.get(number).filter(|player| voted && player.votes > 0);
        ArmResult {
            arm: number as u32,
            title: self.title(arm),
            prompt: plan.prompts[arm.prompt as usize].clone(),
            model: good.first().map_or_else(
                || plan.models[arm.model as usize].model.clone(),
                |answer| answer.model_name.clone(),
            ),
            settings: plan.settings[arm.setting as usize].clone(),
            elsewhere: plan.models[arm.model as usize].endpoint.is_some(),
            answers: good.len() as u32,
            failed: (all.len() - good.len()) as u32,
            votes: strength.map_or(0, |player| player.votes),
            wins: strength.map_or(0.0, |player| player.wins),
            strength: strength.map(|player| Interval {
                value: player.strength,
                low: player.low,
                high: player.high,
            }),
            checks: self.check_results(|answer| answer.cell.arm == arm),
            words: spread(good.iter().map(|answer| answer.text.split_whitespace().count() as f64).collect()),
            // An endpoint's first word is not known: its answers come whole.
            first_token_s: figures(|how| how.first_s),
            tokens_a_second: figures(|how| how.figures.map(|figures| figures.decode_tok_s)),
            variety: variety(&good),
            rating: spread(all.iter().filter_map(|answer| answer.stars).map(f64::from).collect()),
        }
    }

    /// What each check found in the answers that are meant.
    fn check_results(&self, meant: impl Fn(&Answer) -> bool) -> Vec<CheckResult> {
        let meant = (0..self.answers.len()).filter(|&at| meant(&self.answers[at]));
        let found: Vec<&[Found]> = meant.map(|at| self.found(at)).collect();
        let check = |(i, spec): (usize, &Spec)| {
            let of_check: Vec<&Found> = found.iter().filter_map(|found| found.get(i)).collect();
            let told = of_check.iter().filter(|found| found.passed.is_some()).count();
            let passed = of_check.iter().filter(|found| found.passed == Some(true)).count();
            let share = distribution::share(passed, told);
            CheckResult {
                passed: passed as u32,
                told: told as u32,
                share: share.as_ref().map(|share| Interval {
                    value: share.share,
                    low: share.low,
                    high: share.high,
                }),
                figure: one_of(
                    of_check.iter().filter(|found| found.figure.is_some()).map(|found| &found.unit),
                )
                .and_then(|_| spread(of_check.iter().filter_map(|found| found.figure).collect())),
                // What cannot be told of most answers is not reached either.
                reached: spec.threshold.filter(|_| !of_check.is_empty()).map(|least| {
                    2 * told >= of_check.len() && share.as_ref().is_some_and(|share| share.share >= least)
                }),
            }
        };
        self.specs.iter().enumerate().map(check).collect()
    }

    fn languages(&self) -> Vec<LanguageResult> {
        let language = |answer: &Answer| {
            let passage = &self.kept.plan.passages[answer.cell.passage as usize];
            wanted(passage)
        };
        let mut all: Vec<String> = self.answers.iter().map(language).collect();
        all.sort();
        all.dedup();
        let result = |wanted: String| {
            let of_it = |answer: &Answer| language(answer) == wanted && answer.problem.is_empty();
            let answers = self.answers.iter().filter(|answer| of_it(answer)).count() as u32;
            LanguageResult { answers, checks: self.check_results(of_it), language: wanted }
        };
        all.into_iter().map(result).collect()
    }
}

/// A model by its name, or the name of its file; one that is not on this machine with where it is.
fn model_title(choice: &ModelChoice) -> String {
    let name =
        choice.model.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(&choice.model);
    let Some(endpoint) = &choice.endpoint else { return name.to_owned() };
    let host = endpoint.split_once("://").map_or(endpoint.as_str(), |(_, rest)| rest);
    format!("{name} at {}", host.split('/').next().unwrap_or(host))
}

/// Names that are there twice get a number from the second on: they head columns.
fn apart(names: Vec<String>) -> Vec<String> {
    let numbered =
        |(i, name): (usize, &String)| match names[..i].iter().filter(|other| *other == name).count() {
            0 => name.clone(),
            before => format!("{name} ({})", before + 1),
        };
    names.iter().enumerate().map(numbered).collect()
}

fn digest_of(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// What all of them are; none where they differ.
fn one_of<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// The language that an answer is to be in, as others of it are called: `de`, be it said as German or as de-AT.
pub(crate) fn wanted(passage: &Passage) -> String {
    let said = passage.into.as_deref().unwrap_or(&passage.language);
    language_code(said).unwrap_or(said).to_owned()
}

/// What a check looks at.
pub(crate) fn case<'a>(answer: &'a str, passage: &'a Passage, lore: &'a [Known]) -> Case<'a> {
    let into = passage.into.as_deref().unwrap_or_default();
    let into = language_code(into).unwrap_or(into);
    let language = language_code(&passage.language).unwrap_or(&passage.language);
    Case {
        answer,
        before: &passage.before,
        selection: &passage.selection,
        after: &passage.after,
        lore,
        reference: passage.reference.as_deref(),
        language,
        into,
        perplexity: None,
    }
}

/// What is set, in a few words.
pub(crate) fn settings_title(settings: &TrialSettings) -> String {
    if !settings.name.is_empty() {
        return settings.name.clone();
    }
    let number = |name: &str, value: Option<f32>| value.map(|value| format!("{name} {value}"));
    let parts = [
        number("temperature", settings.temperature),
        number("top-p", settings.top_p),
        settings.top_k.map(|k| format!("top-k {k}")),
        number("min-p", settings.min_p),
        number("repetition penalty", settings.repetition_penalty),
        settings.words.map(|words| format!("{words} words")),
    ];
    let set: Vec<String> = parts.into_iter().flatten().collect();
    if set.is_empty() { "as prompt and model say".to_owned() } else { set.join(", ") }
}

/// How far answers to one passage differ from seed to seed; none where there is one of each.
fn variety(answers: &[&Answer]) -> Option<f64> {
    let mut by_passage: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for answer in answers {
        by_passage.entry(answer.cell.passage).or_default().push(&answer.text);
    }
    let likeness: Vec<f64> = by_passage
        .values()
        .filter(|answers| answers.len() > 1)
        .map(|answers| disagreement(answers).mean_chrf)
        .collect();
    distribution::mean(&likeness).map(|mean| 100.0 - mean)
}

fn spread(values: Vec<f64>) -> Option<Spread> {
    let summary = distribution::summary(&values)?;
    Some(Spread {
        count: summary.count as u32,
        least: summary.least,
        quarter: summary.lower_quartile,
        median: summary.median,
        three_quarters: summary.upper_quartile,
        most: summary.most,
        values,
    })
}

pub(crate) fn outcome(choice: Choice) -> Outcome {
    match choice {
        Choice::Left => Outcome::Left,
        Choice::Right => Outcome::Right,
        Choice::Tie => Outcome::Tie,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_elsewhere_is_not_called_as_the_same_here() {
        let here = ModelChoice::here("/models/Harbour-4B.gguf");
        let away = |endpoint: &str| ModelChoice { endpoint: Some(endpoint.into()), ..here.clone() };
        assert_eq!(model_title(&here), "Harbour-4B.gguf");
        assert_eq!(model_title(&away("http://10.0.0.5:8000/v1")), "Harbour-4B.gguf at 10.0.0.5:8000");
        assert_eq!(model_title(&away("desk")), "Harbour-4B.gguf at desk");
        assert_eq!(model_title(&ModelChoice::here("starter")), "starter");
    }
}
