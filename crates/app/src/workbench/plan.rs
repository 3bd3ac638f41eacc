//! What an experiment compares: as a form makes it, or as a file has it. With it the texts of its prompts are kept, so that
//! it means the same for ever.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foolscap_engine::sampler;
use foolscap_judging::{Check, Spec};
use foolscap_prompts::{Prompt, impossible};
use foolscap_workbench::{Design, NewExperiment};
use serde::{Deserialize, Serialize};

use super::passages::of_jsonl;
use super::results::wanted;
use super::{Bench, read_passages};
use crate::actions::tried;
use crate::api::{
    Criterion, ExperimentId, ExperimentPlan, ModelChoice, Passage, Problem, ProblemCode, PromptChoice,
    TrialSettings,
};
use crate::lock::lock;

/// More criteria than that nobody weighs at once.
const MOST_CRITERIA: usize = 12;

const SAMPLE: &str = include_str!("../../../../samples/experiment.toml");
const SAMPLE_PASSAGES: &str = include_str!("../../../../samples/passages.jsonl");
const SAMPLE_PROMPTS: &[(&str, &str)] = &[
    ("prompts/last-page.md", include_str!("../../../../samples/prompts/last-page.md")),
    ("prompts/by-the-senses.md", include_str!("../../../../samples/prompts/by-the-senses.md")),
];

/// A plan with the texts of its prompts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub plan: ExperimentPlan,
    /// In the order of the plan's labels.
    pub sources: Vec<String>,
}

/// An experiment's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFile {
    name: String,
    /// Labels of versions, or files beside this one.
    prompts: Vec<String>,
    #[serde(default = "starter")]
    models: Vec<ModelLine>,
    #[serde(default)]
    settings: Vec<TrialSettings>,
    /// A file beside this one.
    passages: PathBuf,
    #[serde(default = "once")]
    repeats: u32,
    #[serde(default)]
    seed: u32,
    /// Of every setting that does not say otherwise.
    words: Option<u32>,
    /// The model that a check of perplexity asks.
    scorer: Option<String>,
    /// A project of the library, by its number.
    project: Option<u32>,
    #[serde(default)]
    checks: Vec<toml::Spanned<toml::Table>>,
    /// What a model that judges holds the answers against.
    #[serde(default)]
    rubric: Vec<toml::Table>,
}

/// A model by its id alone, or an endpoint.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum ModelLine {
    Id(String),
    Whole(ModelChoice),
}

fn starter() -> Vec<ModelLine> {
    vec![ModelLine::Id(foolscap_models::STARTER.to_owned())]
}

fn once() -> u32 {
    1
}

impl Bench {
    /// Makes an experiment. Nobody works on it yet.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] for a plan that cannot be done, [`ProblemCode::NotFound`] for a prompt that is not there,
    /// [`ProblemCode::Library`].
    pub fn new_experiment(&self, plan: ExperimentPlan) -> Result<ExperimentId, Problem> {
        let (kept, design) = self.keep(plan)?;
        let text = as_text(&kept);
        self.with(|store| store.new_experiment(NewExperiment { name: &kept.plan.name, plan: &text, design }))
    }

    /// The experiment that compares just that, or a new one. So what was begun is gone on with.
    ///
    /// # Errors
    /// As [`Bench::new_experiment`].
    pub fn same_experiment(&self, plan: ExperimentPlan) -> Result<ExperimentId, Problem> {
        let (kept, _) = self.keep(plan.clone())?;
        for there in self.with(|store| store.experiments())? {
            // One that cannot be read is another one.
            if !there.archived
                && there.name == kept.plan.name
                && self.kept(there.id).is_ok_and(|(other, _)| *other == kept)
            {
                return Ok(there.id);
            }
        }
        self.new_experiment(plan)
    }

    /// What an experiment compares.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn experiment_plan(&self, id: ExperimentId) -> Result<ExperimentPlan, Problem> {
        Ok(self.kept(id)?.0.plan.clone())
    }

    /// Reads an experiment's file. Prompts that it brings as files are kept as versions.
    ///
    /// # Errors
    /// [`ProblemCode::File`] with what is wrong and where, and as [`Bench::save_prompt`].
    pub fn read_experiment(&self, file: &Path) -> Result<ExperimentPlan, Problem> {
        let wrong = |why: String| Problem::new(ProblemCode::File, format!("{}: {why}", file.display()));
        let text = fs::read_to_string(file).map_err(|e| wrong(e.to_string()))?;
        let read: PlanFile = toml::from_str(&text).map_err(|e| wrong(e.to_string()))?;
        for table in &read.checks {
            let line = text[..table.span().start].matches('\n').count() + 1;
            check_of(table.get_ref()).map_err(|why| wrong(format!("line {line}: {why}")))?;
        }
        let beside = |path: &Path| file.parent().unwrap_or(Path::new(".")).join(path);
        let passages = read_passages(&beside(&read.passages))?;
        let prompt = |name: &String| {
            let path = beside(Path::new(name));
            if !path.is_file() {
                return self.label_of(name);
            }
            Ok(self.import_prompts(&[path])?.remove(0).label)
        };
        planned(read, passages, prompt)
    }

    /// Columns of a plan's passages that no prompt has a variable for: what they say is not used.
    ///
    /// # Errors
    /// As [`Bench::prompt`].
    pub fn unbound(&self, plan: &ExperimentPlan) -> Result<Vec<String>, Problem> {
        let mut names: BTreeSet<&String> =
            plan.passages.iter().flat_map(|one| one.variables.keys()).collect();
        for label in &plan.prompts {
            let prompt = self.prompt(&PromptChoice::Version { label: label.clone() })?;
            names.retain(|name| prompt.head.variables.iter().all(|own| own.name != **name));
        }
        Ok(names.into_iter().cloned().collect())
    }

    /// The experiment that comes with Foolscap. Its prompts are kept as versions.
    ///
    /// # Errors
    /// As [`Bench::save_prompt`].
    pub fn sample_experiment(&self) -> Result<ExperimentPlan, Problem> {
        let wrong = |why: String| Problem::new(ProblemCode::File, format!("the sample experiment: {why}"));
        let read: PlanFile = toml::from_str(SAMPLE).map_err(|e| wrong(e.to_string()))?;
        let passages = of_jsonl(SAMPLE_PASSAGES).map_err(wrong)?;
        planned(read, passages, |name| match SAMPLE_PROMPTS.iter().find(|(file, _)| file == name) {
            Some((_, text)) => Ok(self.keep_prompt(text, None, "of the sample experiment", true)?.label),
            None => Ok(name.clone()),
        })
    }

    /// An experiment's plan and its numbers. They never change, so they are read once.
    pub(crate) fn kept(&self, id: ExperimentId) -> Result<(Arc<Kept>, Design), Problem> {
        if let Some((kept, design)) = lock(&self.0.plans).get(&id) {
            return Ok((kept.clone(), *design));
        }
        let experiment = self.with(|store| store.experiment(id))?;
        let kept = serde_json::from_str(&experiment.plan).map_err(|e| {
            let message = format!("the experiment {} cannot be read: {e}", experiment.name);
            Problem::new(ProblemCode::Library, message)
        })?;
        let read = (Arc::new(kept), experiment.design);
        lock(&self.0.plans).insert(id, read.clone());
        Ok(read)
    }

    fn keep(&self, mut plan: ExperimentPlan) -> Result<(Kept, Design), Problem> {
        let refused = |message: String| Problem::new(ProblemCode::BadRequest, message);
        plan.name = plan.name.trim().to_owned();
        let parts = [
            ("prompts", plan.prompts.len()),
            ("models", plan.models.len()),
            ("settings", plan.settings.len()),
            ("passages", plan.passages.len()),
            ("repeats", plan.repeats as usize),
        ];
        if let Some((what, _)) = parts.iter().find(|(_, count)| *count == 0) {
            return Err(refused(format!("there are no {what} to compare; name at least one")));
        }
        let prompts = plan.prompts.iter().map(|label| {
            let prompt = self.prompt(&PromptChoice::Version { label: label.clone() })?;
            Ok((prompt.label(), prompt.head.action, prompt.source().to_owned()))
        });
        let prompts: Vec<_> = prompts.collect::<Result<_, Problem>>()?;
        if let Some((label, ..)) = prompts.iter().find(|(_, action, _)| *action != prompts[0].1) {
            return Err(refused(format!("{label} is for another action than {}", prompts[0].0)));
        }
        if let Some(at) = (1..prompts.len()).find(|&at| prompts[..at].contains(&prompts[at])) {
            return Err(refused(format!("{} is there twice; name each prompt once", prompts[at].0)));
        }
        // As they are called, however they were written.
        plan.prompts = prompts.iter().map(|(label, ..)| label.clone()).collect();
        held(&plan.checks)?;
        for settings in &plan.settings {
            let set = tried(sampler::Settings::default(), settings);
            if let Some((name, reason)) = impossible(&set) {
                return Err(refused(format!("the setting {name} cannot be used: {reason}")));
            }
        }
        if let Some(at) = plan.passages.iter().position(Passage::is_empty) {
            return Err(refused(format!("passage {} is empty: nothing is said in any column", at + 1)));
        }
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let design = Design {
            prompts: count(plan.prompts.len()),
            models: count(plan.models.len()),
            settings: count(plan.settings.len()),
            passages: count(plan.passages.len()),
            repeats: plan.repeats,
            seed: plan.seed,
        };
        let sources = prompts.into_iter().map(|(.., source)| source).collect();
        Ok((Kept { plan, sources }, design))
    }
}

/// A plan of what a file says.
fn planned(
    read: PlanFile,
    passages: Vec<Passage>,
    prompt: impl Fn(&String) -> Result<String, Problem>,
) -> Result<ExperimentPlan, Problem> {
    let mut settings = read.settings;
    if settings.is_empty() {
        settings.push(TrialSettings::default());
    }
    for setting in &mut settings {
        setting.words = setting.words.or(read.words);
    }
    let own: Vec<toml::Table> = read.checks.into_iter().map(toml::Spanned::into_inner).collect();
    let mut checks = toml::Table::from_iter([("checks".to_owned(), toml::Value::from(own))]);
    if !read.rubric.is_empty() {
        checks.insert("rubric".to_owned(), toml::Value::from(read.rubric));
    }
    let checks = toml::to_string(&checks).map_err(|e| Problem::new(ProblemCode::File, e.to_string()))?;
    Ok(ExperimentPlan {
        name: read.name,
        prompts: read.prompts.iter().map(prompt).collect::<Result<_, Problem>>()?,
        models: read.models.into_iter().map(model).collect(),
        settings,
        passages,
        repeats: read.repeats,
        seed: read.seed,
        project: read.project,
        scorer: read.scorer,
        checks,
    })
}

impl Kept {
    /// The prompts, read.
    ///
    /// # Errors
    /// [`ProblemCode::Library`] for one that this program cannot read.
    pub fn prompts(&self) -> Result<Vec<Prompt>, Problem> {
        let labels = self.plan.prompts.iter().zip(&self.sources);
        let read = |(label, source): (&String, &String)| {
            Prompt::parse(label, source).map_err(|e| Problem::new(ProblemCode::Library, e.to_string()))
        };
        labels.map(read).collect()
    }

    /// What the answers are held against: what the plan says, what its prompts say, and where neither says anything the usual.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] for checks that cannot be read.
    pub fn specs(&self) -> Result<Vec<Spec>, Problem> {
        let mut all = held(&self.plan.checks)?.checks;
        for prompt in self.prompts()? {
            for spec in checks_of(&prompt).map_err(|(_, problem)| problem)? {
                if !all.contains(&spec) {
                    all.push(spec);
                }
            }
        }
        if all.is_empty() {
            all = Check::usual();
            let passages = &self.plan.passages;
            let languages: HashSet<String> = passages.iter().map(wanted).collect();
            if languages.len() > 1 && passages.iter().any(|passage| !passage.selection.is_empty()) {
                all.extend(Check::usual_across_languages());
            }
        }
        Ok(all)
    }

    /// What a model that judges holds the answers against: what the plan says, or the usual.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] for criteria that cannot be read.
    pub fn rubric(&self) -> Result<Vec<Criterion>, Problem> {
        let own = held(&self.plan.checks)?.rubric;
        Ok(if own.is_empty() { super::judges::usual() } else { own })
    }
}

/// The checks that a prompt brings along.
///
/// # Errors
/// Which of them, from 0, and [`ProblemCode::BadRequest`] with what is wrong with it.
pub(crate) fn checks_of(prompt: &Prompt) -> Result<Vec<Spec>, (usize, Problem)> {
    let check = |(at, table): (usize, &toml::Table)| {
        check_of(table).map_err(|why| (at, Problem::new(ProblemCode::BadRequest, why)))
    };
    prompt.head.checks.iter().enumerate().map(check).collect()
}

fn check_of(table: &toml::Table) -> Result<Spec, String> {
    let spec: Spec = table
        .clone()
        .try_into()
        .map_err(|e: toml::de::Error| format!("the check cannot be read: {}", e.message()))?;
    spec.validate().map_err(|e| e.to_string())?;
    Ok(spec)
}

/// What answers are held against.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Held {
    pub checks: Vec<Spec>,
    pub rubric: Vec<Criterion>,
}

/// Checks as TOML tables `[[checks]]`, and criteria as `[[rubric]]`.
///
/// # Errors
/// [`ProblemCode::BadRequest`] with what is wrong.
pub(crate) fn held(text: &str) -> Result<Held, Problem> {
    let refused =
        |why: String| Problem::new(ProblemCode::BadRequest, format!("the checks cannot be read: {why}"));
    let held: Held = toml::from_str(text).map_err(|e| refused(e.to_string()))?;
    for spec in &held.checks {
        spec.validate().map_err(|e| refused(e.to_string()))?;
    }
    if held.rubric.len() > MOST_CRITERIA {
        let many = held.rubric.len();
        return Err(refused(format!(
            "a rubric of {many} criteria is too long; name at most {MOST_CRITERIA}"
        )));
    }
    let mut names: Vec<&str> = held.rubric.iter().map(|criterion| criterion.name.trim()).collect();
    names.sort_unstable();
    if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(refused(format!("the rubric names “{}” twice", twice[0])));
    }
    if names.first().is_some_and(|name| name.is_empty()) {
        return Err(refused("a criterion of the rubric has no name".to_owned()));
    }
    Ok(held)
}

fn as_text(kept: &Kept) -> String {
    serde_json::to_string(kept).unwrap_or_default()
}

fn model(line: ModelLine) -> ModelChoice {
    match line {
        ModelLine::Id(model) => ModelChoice::here(model),
        ModelLine::Whole(model) => model,
    }
}

/// A passage's title, or how it ends.
pub(crate) fn title(passage: &Passage, number: usize) -> String {
    if !passage.title.is_empty() {
        return passage.title.clone();
    }
    let text = if passage.selection.is_empty() { &passage.before } else { &passage.selection };
    let words: Vec<&str> = text.split_whitespace().rev().take(6).collect();
    match words.is_empty() {
        true => format!("passage {}", number + 1),
        false => format!("… {}", words.into_iter().rev().collect::<Vec<_>>().join(" ")),
    }
}
