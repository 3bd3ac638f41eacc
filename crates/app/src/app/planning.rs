//! What the window asks before it asks for words: which actions there are, and what would be sent with a request.

use super::App;
use crate::actions;
use crate::api::{ActionInfo, ActionRequest, ContextPlan, Problem};
use crate::context::gather;

impl App {
    /// The actions, with what their prompts say of themselves.
    ///
    /// # Errors
    /// When a built-in prompt does not read.
    pub fn actions(&self) -> Result<Vec<ActionInfo>, Problem> {
        actions::actions()
    }

    /// What would be sent with a request. It does not wait for an answer that is under way, and wakes no model that rests.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::NotReady`] while the model is loading or was never loaded: as soon as it is, it can be
    /// told; and as [`App::start_action`] and the request's own `Failed`.
    pub fn plan_action(&self, request: &ActionRequest) -> Result<ContextPlan, Problem> {
        let told = gather(self.studio().library(), request)?;
        self.engine.plan(request, &told)
    }
}
