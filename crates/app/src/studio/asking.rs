//! What a request needs of a library where there is no window: what the project tells, the model that the window uses, and
//! a place to keep what came.

use std::collections::BTreeMap;

use super::Studio;
use crate::api::{ActionEvent, ActionRequest, Problem};
use crate::context::{Background, gather};
use crate::provenance::Origin;

impl Studio {
    /// What the project of a request tells.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::NotFound`], [`crate::api::ProblemCode::Library`].
    pub fn background(&self, request: &ActionRequest) -> Result<Background, Problem> {
        gather(&self.library, request)
    }

    /// The GGUF that the window uses; none: the starter model.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::Library`].
    pub fn model_in_use(&self) -> Result<Option<String>, Problem> {
        Ok(self.settings()?.model)
    }

    /// Keeps what came of a request, by its number, with its provenance. `started`: the first event of the request.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::Library`].
    pub fn keep_answers(
        &mut self,
        request: &ActionRequest,
        model_id: &str,
        started: &ActionEvent,
        texts: BTreeMap<u32, String>,
    ) -> Result<(), Problem> {
        let Some(origin) = Origin::of(started) else { return Ok(()) };
        for (candidate, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            self.library.record_suggestion(&origin.suggestion(request, model_id, candidate, text))?;
        }
        Ok(())
    }
}
