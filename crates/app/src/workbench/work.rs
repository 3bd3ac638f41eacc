//! Working on an experiment: batch after batch, each answer kept as soon as it is whole. Whatever ends the work, what is left
//! is what has no answer yet.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use foolscap_engine::Cancel;
use foolscap_judging::Check;
use foolscap_models::STARTER;
use foolscap_prompts::Prompt;
use foolscap_workbench::{Batch, Cell, Design, NewAnswer};
use serde::{Deserialize, Serialize};

use super::asking::listen;
use super::hold::Hold;
use super::plan::Kept;
use super::{Bench, remote};
use crate::api::{
    ActionEvent, ActionRequest, Draw, EndReason, ExperimentId, ExperimentState, Figures, ModelChoice,
    Passage, Problem,
};
use crate::context::Background;
use crate::engine::Engine;
use crate::scoring::{Scored, Scorer};

/// Answers that are drawn at once.
const MOST_DRAWS: usize = 8;

/// What an experiment needs of its surroundings.
pub trait Surroundings {
    /// The model, loading or loaded, with the digest of its file. It is asked for again and again, and is to be loaded once.
    ///
    /// # Errors
    /// For a model that is not there.
    fn model(&mut self, choice: &ModelChoice) -> Result<(Arc<Engine>, String), Problem>;

    /// A model that tells how likely texts are, by its name.
    ///
    /// # Errors
    /// For a model that is not there or does not run.
    fn scorer(&mut self, model: &str) -> Result<Scorer, Problem>;

    /// What the project of a request tells.
    ///
    /// # Errors
    /// For a project that is not there.
    fn background(&mut self, request: &ActionRequest) -> Result<Background, Problem>;

    /// Nothing is wanted any more, whyever: what was loaded for it can go.
    fn rest(&mut self);

    /// How the work stands: the state, and so many answers since the last time.
    fn told(&mut self, state: ExperimentState, answers: u32);
}

/// What is kept of how an answer came.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct HowItCame {
    /// Seconds from the request to the first words.
    pub first_s: Option<f64>,
    /// Seconds to the last.
    pub seconds: f64,
    pub end: Option<EndReason>,
    /// Of all the answers that were drawn at once.
    pub figures: Option<Figures>,
    /// Under the plan's scorer, where a check asks for it.
    pub perplexity: Option<f64>,
    /// How it was drawn, all of it: what the plan, the prompt, the model's maker and its settings here came to.
    pub drawn: Option<serde_json::Value>,
}

impl Bench {
    /// Works on an experiment until all is answered or `stop` says so; gives whether all is. A writer's requests, told by
    /// `hold`, come first.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`]. What goes wrong with one answer is kept in its place.
    pub fn work(
        &self,
        id: ExperimentId,
        around: &mut dyn Surroundings,
        hold: &Hold,
        stop: &Cancel,
    ) -> Result<bool, Problem> {
        let (kept, design) = self.kept(id)?;
        let prompts: Vec<Arc<Prompt>> = kept.prompts()?.into_iter().map(Arc::new).collect();
        let (good, _) = self.with(|store| store.answered(id))?;
        let run = Run { bench: self, id, kept: &kept, design, prompts, hold, stop };
        for batch in design.left(&good) {
            for draws in run.pieces(&batch) {
                if !run.answer(&batch, &draws, around)? {
                    return Ok(false);
                }
            }
        }
        if !run.score(around)? {
            return Ok(false);
        }
        around.told(ExperimentState::Done, 0);
        Ok(true)
    }
}

struct Run<'a> {
    bench: &'a Bench,
    id: ExperimentId,
    kept: &'a Kept,
    design: Design,
    prompts: Vec<Arc<Prompt>>,
    hold: &'a Hold,
    stop: &'a Cancel,
}

impl Run<'_> {
    /// What is drawn at once: the number of words is said in the prompt, and so is the same for all.
    fn pieces(&self, batch: &Batch) -> Vec<Vec<Cell>> {
        let mut words: Vec<(Option<u32>, Vec<Cell>)> = Vec::new();
        for &cell in &batch.cells {
            let wanted = self.kept.plan.settings[cell.arm.setting as usize].words;
            match words.iter_mut().find(|(other, _)| *other == wanted) {
                Some((_, cells)) => cells.push(cell),
                None => words.push((wanted, vec![cell])),
            }
        }
        words
            .into_iter()
            .flat_map(|(_, cells)| cells.chunks(MOST_DRAWS).map(<[Cell]>::to_vec).collect::<Vec<_>>())
            .collect()
    }

    /// Answers cells of one batch; false where it was stopped.
    fn answer(&self, batch: &Batch, cells: &[Cell], around: &mut dyn Surroundings) -> Result<bool, Problem> {
        let choice = &self.kept.plan.models[batch.model as usize];
        let prompt = &self.prompts[batch.prompt as usize];
        let passage = &self.kept.plan.passages[batch.passage as usize];
        let mut left = cells.to_vec();
        while !left.is_empty() {
            if self.hold.is_held() {
                around.told(ExperimentState::Yielding, 0);
            }
            if !self.hold.wait(self.stop) || self.stop.is_cancelled() {
                return Ok(false);
            }
            let request = self.request(prompt, passage, &left);
            let told = passage.told(around.background(&request)?).by(Some(prompt.clone()));
            let done = match &choice.endpoint {
                Some(_) => self.elsewhere(choice, &request, &told, &left, around)?,
                None => self.here(choice, request, told, &left, around)?,
            };
            left.retain(|cell| !done.contains(cell));
        }
        Ok(true)
    }

    fn request(&self, prompt: &Prompt, passage: &Passage, cells: &[Cell]) -> ActionRequest {
        let setting = cells.first().map(|cell| &self.kept.plan.settings[cell.arm.setting as usize]);
        ActionRequest {
            project: self.kept.plan.project,
            words: setting.and_then(|setting| setting.words),
            ..passage.request(format!("experiment-{}", self.id), prompt)
        }
    }

    fn draws(&self, cells: &[Cell]) -> Vec<Draw> {
        let draw = |cell: &Cell| Draw {
            settings: self.kept.plan.settings[cell.arm.setting as usize].clone(),
            seed: self.design.seed_of(cell.passage, cell.repeat),
        };
        cells.iter().map(draw).collect()
    }

    /// Asks a model of this machine; gives the cells that have their answers then.
    fn here(
        &self,
        choice: &ModelChoice,
        request: ActionRequest,
        told: Background,
        cells: &[Cell],
        around: &mut dyn Surroundings,
    ) -> Result<HashSet<Cell>, Problem> {
        around.told(ExperimentState::Loading, 0);
        let (engine, hash) = match around.model(choice) {
            Ok(model) => model,
            Err(problem) => return self.failed(cells, &choice.model, "", &problem, around),
        };
        let name = request.request.clone();
        let (asked, background, draws) = (request.clone(), told.clone(), self.draws(cells));
        let mut came = Came::new(cells.len());
        let begin = |sink| engine.draw(request, background, draws, sink);
        let hear = |event| {
            match event {
                ActionEvent::Started { model, sampling, .. } => {
                    around.told(ExperimentState::Running, 0);
                    came.model = model;
                    let drawn: Vec<serde_json::Value> =
                        sampling.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default();
                    for (how, drawn) in came.how.iter_mut().zip(drawn) {
                        how.drawn = Some(drawn);
                    }
                    came.began = Instant::now();
                    // What is sent was planned already for the request itself.
                    came.rendered =
                        engine.plan(&asked, &told).map_or_else(|problem| problem.message, |plan| plan.text);
                }
                ActionEvent::Text { candidate, text } => came.text(candidate as usize, &text),
                ActionEvent::CandidateDone { candidate, reason } if reason != EndReason::Cancelled => {
                    let at = candidate as usize;
                    came.end(at, reason);
                    self.keep(cells[at], &came, at, &hash)?;
                    around.told(ExperimentState::Running, 1);
                }
                ActionEvent::Finished { figures } => {
                    for (at, cell) in cells.iter().enumerate().filter(|(at, _)| came.done[*at]) {
                        came.how[at].figures = Some(figures);
                        self.told_figures(*cell, &came.how[at])?;
                    }
                }
                ActionEvent::Failed { problem } => came.problem = Some(problem),
                _ => {}
            }
            Ok(())
        };
        listen(&engine, &name, self.hold, self.stop, begin, hear)?;
        let (done, open): (Vec<_>, Vec<_>) = cells.iter().zip(&came.done).partition(|(_, done)| **done);
        let mut done: HashSet<Cell> = done.into_iter().map(|(cell, _)| *cell).collect();
        if let Some(problem) = &came.problem {
            let open: Vec<Cell> = open.into_iter().map(|(cell, _)| *cell).collect();
            let name = if came.model.is_empty() { &choice.model } else { &came.model };
            done.extend(self.failed(&open, name, &hash, problem, around)?);
        }
        Ok(done)
    }

    /// Asks a model elsewhere, all cells at once; gives the cells that have their answers then.
    fn elsewhere(
        &self,
        choice: &ModelChoice,
        request: &ActionRequest,
        told: &Background,
        cells: &[Cell],
        around: &mut dyn Surroundings,
    ) -> Result<HashSet<Cell>, Problem> {
        around.told(ExperimentState::Running, 0);
        let address = choice.endpoint.clone().unwrap_or_default();
        let asked = match remote::ask(choice, request, told, &self.draws(cells), self.stop) {
            Ok(asked) => asked,
            Err(problem) => return self.failed(cells, &choice.model, &address, &problem, around),
        };
        let mut done = HashSet::new();
        for (cell, answer) in cells.iter().zip(asked.answers) {
            match answer {
                Ok((text, how)) => {
                    let mut came = Came::new(1);
                    (came.model, came.rendered) = (choice.model.clone(), asked.rendered.clone());
                    (came.texts[0], came.how[0]) = (text, how);
                    self.keep(*cell, &came, 0, &address)?;
                    around.told(ExperimentState::Running, 1);
                    done.insert(*cell);
                }
                Err(_) if self.stop.is_cancelled() => {}
                Err(problem) => {
                    done.extend(self.failed(&[*cell], &choice.model, &address, &problem, around)?);
                }
            }
        }
        Ok(done)
    }

    fn keep(&self, cell: Cell, came: &Came, at: usize, hash: &str) -> Result<(), Problem> {
        let figures = serde_json::to_string(&came.how[at]).unwrap_or_default();
        let new = NewAnswer {
            cell,
            seed: self.design.seed_of(cell.passage, cell.repeat),
            text: &came.texts[at],
            problem: "",
            rendered: &came.rendered,
            model_name: &came.model,
            model_hash: hash,
            figures: &figures,
        };
        self.bench.with(|store| store.keep_answer(self.id, new))
    }

    /// Scores the answers where a check asks for it; false where it was stopped.
    fn score(&self, around: &mut dyn Surroundings) -> Result<bool, Problem> {
        if !self.kept.specs()?.iter().any(|spec| matches!(spec.check, Check::Perplexity { .. })) {
            return Ok(true);
        }
        let mut scorer = None;
        for answer in self.bench.with(|store| store.answers(self.id))? {
            let mut how: HowItCame = serde_json::from_str(&answer.figures).unwrap_or_default();
            if how.perplexity.is_some() || !answer.problem.is_empty() {
                continue;
            }
            let scorer = match &scorer {
                Some(scorer) => scorer,
                None => scorer.insert(around.scorer(self.kept.plan.scorer.as_deref().unwrap_or(STARTER))?),
            };
            let passage = &self.kept.plan.passages[answer.cell.passage as usize];
            how.perplexity = loop {
                if !self.hold.wait(self.stop) || self.stop.is_cancelled() {
                    return Ok(false);
                }
                // A writer who asks stops it, and it is begun again when they are served.
                let held = Cancel::new();
                let stop = held.clone();
                let Some(((), _running)) = self.hold.begin(|| (), move || stop.cancel()) else { continue };
                let stopped = || held.is_cancelled() || self.stop.is_cancelled();
                match scorer.perplexity(&passage.before, &answer.text, &stopped)? {
                    Scored::Stopped => {}
                    Scored::Perplexity(figure) => break figure,
                }
            };
            self.told_figures(answer.cell, &how)?;
        }
        Ok(true)
    }

    fn told_figures(&self, cell: Cell, how: &HowItCame) -> Result<(), Problem> {
        let figures = serde_json::to_string(how).unwrap_or_default();
        self.bench.with(|store| store.set_figures(self.id, cell, &figures))
    }

    /// Keeps why there are no answers.
    fn failed(
        &self,
        cells: &[Cell],
        model: &str,
        hash: &str,
        problem: &Problem,
        around: &mut dyn Surroundings,
    ) -> Result<HashSet<Cell>, Problem> {
        for &cell in cells {
            let new = NewAnswer {
                cell,
                seed: self.design.seed_of(cell.passage, cell.repeat),
                text: "",
                problem: &problem.message,
                rendered: "",
                model_name: model,
                model_hash: hash,
                figures: "{}",
            };
            self.bench.with(|store| store.keep_answer(self.id, new))?;
        }
        around.told(ExperimentState::Running, cells.len() as u32);
        Ok(cells.iter().copied().collect())
    }
}

/// What has come of a request.
struct Came {
    began: Instant,
    model: String,
    rendered: String,
    texts: Vec<String>,
    how: Vec<HowItCame>,
    done: Vec<bool>,
    problem: Option<Problem>,
}

impl Came {
    fn new(count: usize) -> Self {
        Self {
            began: Instant::now(),
            model: String::new(),
            rendered: String::new(),
            texts: vec![String::new(); count],
            how: vec![HowItCame::default(); count],
            done: vec![false; count],
            problem: None,
        }
    }

    fn text(&mut self, at: usize, text: &str) {
        self.how[at].first_s.get_or_insert(self.began.elapsed().as_secs_f64());
        self.texts[at].push_str(text);
    }

    fn end(&mut self, at: usize, reason: EndReason) {
        self.how[at].seconds = self.began.elapsed().as_secs_f64();
        self.how[at].end = Some(reason);
        self.done[at] = true;
    }
}
