//! What the window asks before it asks for words: which actions there are, and what would be sent with a request.

use super::App;
use crate::api::{ActionInfo, ActionRequest, ContextPlan, Problem, ProjectId};
use crate::context::{Background, gather};
use crate::studio::Studio;

impl App {
    /// The actions, with what the prompts in use in a project say of themselves.
    ///
    /// # Errors
    /// When a prompt in use is not there or does not read.
    pub fn actions(&self, project: Option<ProjectId>) -> Result<Vec<ActionInfo>, Problem> {
        self.bench.actions(project)
    }

    /// What would be sent with a request. It does not wait for an answer that is under way, and wakes no model that rests.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::NotReady`] while the model is loading or was never loaded: as soon as it is, it can be
    /// told; and as [`App::start_action`] and the request's own `Failed`.
    pub fn plan_action(&self, request: &ActionRequest) -> Result<ContextPlan, Problem> {
        let told = self.told(&mut self.studio(), request)?;
        self.engine.plan(request, &told)
    }

    /// What the project of a request tells, with the prompt that it is asked by.
    pub(super) fn told(&self, studio: &mut Studio, request: &ActionRequest) -> Result<Background, Problem> {
        let told = gather(studio.library(), request)?;
        let project = match (request.project, request.scene) {
            (None, Some(scene)) => Some(studio.scene(scene)?.project),
            (project, _) => project,
        };
        let prompt = self.bench.prompt_for(request.action.kind, project, request.prompt.as_deref())?;
        Ok(told.by(prompt))
    }
}
