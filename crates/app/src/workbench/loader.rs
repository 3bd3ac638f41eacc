//! The models that experiments ask: the one in use is shared with the writer, any other is loaded beside it, one at a time.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use foolscap_engine::Cancel;
use foolscap_models::import::sha256;
use foolscap_models::{Choice, starter_bytes};
use foolscap_workbench::digest;

use super::Surroundings;
use crate::api::{ActionRequest, ExperimentState, ModelChoice, Problem, ProblemCode};
use crate::context::Background;
use crate::engine::Engine;
use crate::memory::Memory;
use crate::models::Models;
use crate::scoring::Scorer;

/// The model that a writer uses now, if there is a writer.
pub type InUse = Box<dyn FnMut() -> Option<(Choice, Arc<Engine>)>>;
/// What the project of a request tells.
pub type Gather = Box<dyn FnMut(&ActionRequest) -> Result<Background, Problem>>;
/// How the work stands, and so many answers since the last time.
pub type Told = Box<dyn FnMut(ExperimentState, u32)>;

/// Loads what experiments ask.
pub struct Loader {
    models: Models,
    in_use: InUse,
    gather: Gather,
    told: Told,
    /// What is loaded for experiments alone.
    own: Option<(Choice, Arc<Engine>)>,
    digests: HashMap<String, String>,
}

impl Loader {
    /// Of these models.
    pub fn new(models: Models, in_use: InUse, gather: Gather, told: Told) -> Self {
        Self { models, in_use, gather, told, own: None, digests: HashMap::new() }
    }

    /// SHA-256 of a model's file, read once.
    fn digest(&mut self, choice: &Choice) -> Result<String, Problem> {
        let id = choice.id();
        if let Some(known) = self.digests.get(&id) {
            return Ok(known.clone());
        }
        let found = match choice {
            Choice::Starter => digest(starter_bytes()),
            // Nobody stops it, so there is one.
            Choice::File(path) => sha256(path, &Cancel::new(), &mut |_| ())
                .map_err(|e| Problem::new(ProblemCode::ModelUnusable, e.to_string()))?
                .unwrap_or_default(),
        };
        self.digests.insert(id, found.clone());
        Ok(found)
    }
}

impl Surroundings for Loader {
    fn model(&mut self, asked: &ModelChoice) -> Result<(Arc<Engine>, String), Problem> {
        let choice = self.models.choose(Path::new(&asked.model))?;
        let digest = self.digest(&choice)?;
        if let Some((used, engine)) = (self.in_use)()
            && used == choice
        {
            self.own = None;
            return Ok((engine, digest));
        }
        if let Some((own, engine)) = &self.own
            && *own == choice
        {
            return Ok((engine.clone(), digest));
        }
        // The one before goes first: two beside the writer's may have no room.
        self.own = None;
        let engine = Arc::new(Engine::start(self.models.selected(choice.clone()), Memory::default())?);
        self.own = Some((choice, engine.clone()));
        Ok((engine, digest))
    }

    fn scorer(&mut self, model: &str) -> Result<Scorer, Problem> {
        // All answers are there when they are scored.
        self.own = None;
        Scorer::load(&self.models.choose(Path::new(model))?)
    }

    fn background(&mut self, request: &ActionRequest) -> Result<Background, Problem> {
        (self.gather)(request)
    }

    fn rest(&mut self) {
        self.own = None;
    }

    fn told(&mut self, state: ExperimentState, answers: u32) {
        (self.told)(state, answers);
    }
}
