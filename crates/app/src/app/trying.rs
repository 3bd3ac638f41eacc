//! The workbench as the window has it: trials beside each other, and the queue of experiments, which yields to the writer.

use std::path::Path;
use std::sync::Arc;

use foolscap_judging::Known;
use foolscap_models::Choice;

use super::{App, in_use};
use crate::api::{
    ActionEvent, ActionRequest, ContextPlan, ExperimentId, LoreEntry, Problem, ProblemCode, Trial,
};
use crate::context::{Background, gather};
use crate::engine::{Engine, Sink};
use crate::lock::lock;
use crate::memory::Memory;
use crate::workbench::{Bench, Runner};

impl App {
    /// Prompts, test sets, experiments and their results.
    pub fn bench(&self) -> &Bench {
        &self.bench
    }

    /// The queue of experiments.
    pub fn runner(&self) -> &Runner {
        &self.runner
    }

    /// Tries a prompt on a passage. Its events go to `sink`; nothing of it goes into the library, and
    /// [`App::cancel_action`] stops it.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::BadRequest`], [`ProblemCode::Library`].
    pub fn start_trial(&self, trial: Trial, mut sink: Sink) -> Result<(), Problem> {
        let (request, told) = self.asked(&trial)?;
        if trial.draws.is_empty() {
            return Err(Problem::new(ProblemCode::BadRequest, "nothing is to be drawn; ask for one answer"));
        }
        let (engine, trying) = self.engine_of(trial.model.as_deref())?;
        let writer = self.hold.writer();
        let act = move |event: ActionEvent| {
            // Served, and its model kept, as long as its events come.
            let _ = (&writer, &trying);
            sink(event)
        };
        engine.draw(request, told, trial.draws, Box::new(act))
    }

    /// What would be sent with a trial.
    ///
    /// # Errors
    /// As [`App::start_trial`], and [`App::plan_action`].
    pub fn plan_trial(&self, trial: &Trial) -> Result<ContextPlan, Problem> {
        let (request, told) = self.asked(trial)?;
        match &trial.model {
            None => self.engine.plan(&request, &told),
            Some(model) => {
                let choice = self.models.choose(Path::new(model))?;
                crate::plan_for(&self.models.selected(choice), &request, &told)
            }
        }
    }

    /// What the project of an experiment knows, for checks to hold answers against.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn known_to(&self, id: ExperimentId) -> Result<Vec<Known>, Problem> {
        match self.bench.experiment_plan(id)?.project {
            Some(project) => Ok(known(self.studio().lore(project)?)),
            None => Ok(Vec::new()),
        }
    }

    /// Stops a trial, on whichever model it runs.
    pub(super) fn cancel_trial(&self, request: &str) {
        lock(&self.beside).iter().for_each(|beside| beside.engine.cancel(request));
    }

    fn asked(&self, trial: &Trial) -> Result<(ActionRequest, Background), Problem> {
        let prompt = self.bench.prompt(&trial.prompt)?;
        let request = ActionRequest {
            project: trial.project,
            scene: trial.scene,
            words: trial.draws.iter().find_map(|draw| draw.settings.words),
            candidates: u32::try_from(trial.draws.len()).ok().filter(|&count| count > 0),
            ..trial.passage.request(trial.request.clone(), &prompt)
        };
        let told = trial.passage.told(gather(self.studio().library(), &request)?).by(Some(prompt));
        Ok((request, told))
    }

    /// The engine of a model, the writer's where it is the one in use, else one beside it; and what keeps it.
    fn engine_of(&self, model: Option<&str>) -> Result<(Arc<Engine>, Trying), Problem> {
        let Some(model) = model else { return Ok((self.engine.clone(), Trying::default())) };
        let choice = self.models.choose(Path::new(model))?;
        let settings = self.studio().settings()?;
        let patience = settings.patience();
        if choice == in_use(settings.model) {
            return Ok((self.engine.clone(), Trying::default()));
        }
        let mut all = lock(&self.beside);
        if let Some(beside) = all.iter().find(|beside| beside.choice == choice) {
            return Ok((beside.engine.clone(), beside.trying.clone()));
        }
        // Several columns may have a model each; those that nobody waits for make room.
        all.retain(|beside| beside.is_busy());
        let engine = Arc::new(Engine::start(self.models.selected(choice.clone()), Memory::default())?);
        engine.set_patience(patience);
        let trying = Trying::default();
        all.push(Beside { choice, engine: engine.clone(), trying: trying.clone() });
        Ok((engine, trying))
    }
}

/// Held by whoever waits for a model's words.
type Trying = Arc<()>;

/// A model that is tried beside the one in use.
pub(super) struct Beside {
    choice: Choice,
    engine: Arc<Engine>,
    trying: Trying,
}

impl Beside {
    fn is_busy(&self) -> bool {
        Arc::strong_count(&self.trying) > 1
    }
}

/// Entries of a project, as checks know them.
pub fn known(lore: Vec<LoreEntry>) -> Vec<Known> {
    lore.into_iter()
        .map(|entry| Known {
            name: entry.what.name,
            aliases: entry.what.aliases,
            text: [entry.what.short, entry.what.long].join("\n"),
        })
        .collect()
}
