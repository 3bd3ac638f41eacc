//! What a project knows of words, and the words its author says are right. Checking is [`crate::Spelling`]'s.

use foolscap_manuscript::ProjectId;
use foolscap_spelling::Language;

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

    /// Says which language a project is written in, as BCP 47 has it; empty: its text shows it. The rest of its brief stays.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::BadRequest`] for what names no language, else as [`Studio::project_words`].
    pub fn set_language(&mut self, project: u32, language: &str) -> Result<(), Problem> {
        let project = ProjectId(project);
        let mut brief = self.library.brief(project)?;
        brief.language = match language.trim() {
            "" => String::new(),
            named => named.parse::<Language>()?.to_string(),
        };
        Ok(self.library.set_brief(project, &brief)?)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ProblemCode;

    #[test]
    fn a_project_s_language_is_said_without_touching_the_rest_of_its_brief() {
        let folder = tempfile::tempdir().unwrap();
        let mut studio = Studio::open(&folder.path().join("library.foolscap")).unwrap();
        let project = studio.create_project("The Lamp", None).unwrap().project.id;
        let mut brief = studio.library.brief(ProjectId(project)).unwrap();
        brief.synopsis = "A lamp.".to_owned();
        studio.library.set_brief(ProjectId(project), &brief).unwrap();
        studio.set_language(project, " en-gb ").unwrap();
        assert_eq!(studio.project_words(project).unwrap().language, "en-GB");
        assert_eq!(studio.library.brief(ProjectId(project)).unwrap().synopsis, "A lamp.");
        assert_eq!(studio.set_language(project, "klingon!").unwrap_err().code, ProblemCode::BadRequest);
        assert_eq!(studio.project_words(project).unwrap().language, "en-GB");
        studio.set_language(project, "").unwrap();
        assert_eq!(studio.project_words(project).unwrap().language, "");
    }
}
