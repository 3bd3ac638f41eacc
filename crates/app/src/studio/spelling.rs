//! What a project knows of words, and the words its author says are right. Checking is [`crate::Spelling`]'s.

use foolscap_manuscript::ProjectId;

use super::Studio;
use crate::ProjectWords;
use crate::api::Problem;

impl Studio {
    /// What spelling has to know of a project.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::NotFound`], [`crate::api::ProblemCode::Library`].
    pub fn project_words(&self, project: u32) -> Result<ProjectWords, Problem> {
        ProjectWords::of(&self.library, project)
    }

    /// Says that a word is right in a project, or no longer. Returns all that are.
    ///
    /// # Errors
    /// As [`Studio::project_words`].
    pub fn set_word(&mut self, project: u32, word: &str, right: bool) -> Result<Vec<String>, Problem> {
        let project = ProjectId(project);
        self.library.set_word(project, word, right)?;
        Ok(self.library.dictionary(project)?)
    }
}
