//! What an author says of a whole project: what it is about, its language, whose it is, how it is to sound, and which words
//! are right in it.

use foolscap_manuscript::{self as manuscript, Brief, Direction, ProjectId, StyleSampleId};

use super::Studio;
use crate::api::{PageDirection, Problem, ProjectBrief, StyleSample};

impl Studio {
    /// What its author says of a project.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::NotFound`], [`crate::api::ProblemCode::Library`].
    pub fn brief(&self, project: u32) -> Result<ProjectBrief, Problem> {
        let brief = self.library.brief(ProjectId(project))?;
        Ok(ProjectBrief {
            synopsis: brief.synopsis,
            authors_note: brief.authors_note,
            language: brief.language,
            direction: brief.direction.into(),
            author: self.author(project)?,
        })
    }

    /// Replaces what its author says of a project.
    ///
    /// # Errors
    /// As [`Studio::brief`].
    pub fn set_brief(&mut self, project: u32, brief: &ProjectBrief) -> Result<(), Problem> {
        let ProjectBrief { synopsis, authors_note, language, direction, author } = brief.clone();
        let brief = Brief { synopsis, authors_note, language, direction: direction.into() };
        self.library.set_brief(ProjectId(project), &brief)?;
        if author.trim() != self.author(project)? {
            self.set_author(project, &author)?;
        }
        Ok(())
    }

    /// Whose name stands on what is exported of a project; empty if not said.
    pub(super) fn author(&self, project: u32) -> Result<String, Problem> {
        Ok(self.kept(&author_of(project))?.unwrap_or_default())
    }

    pub(super) fn set_author(&mut self, project: u32, author: &str) -> Result<(), Problem> {
        self.keep(&author_of(project), &author.trim())
    }

    /// The passages that show how a project is to sound, in the order they were added.
    ///
    /// # Errors
    /// As [`Studio::brief`].
    pub fn style_samples(&self, project: u32) -> Result<Vec<StyleSample>, Problem> {
        Ok(self.library.style_samples(ProjectId(project))?.into_iter().map(sample).collect())
    }

    /// Those that were put away.
    ///
    /// # Errors
    /// As [`Studio::brief`].
    pub fn archived_style_samples(&self, project: u32) -> Result<Vec<StyleSample>, Problem> {
        Ok(self.library.archived_style_samples(ProjectId(project))?.into_iter().map(sample).collect())
    }

    /// Adds a passage, which is in use.
    ///
    /// # Errors
    /// As [`Studio::brief`].
    pub fn add_style_sample(
        &mut self,
        project: u32,
        title: &str,
        text: &str,
    ) -> Result<StyleSample, Problem> {
        Ok(sample(self.library.add_style_sample(ProjectId(project), title, text)?))
    }

    /// Replaces a passage, by its number.
    ///
    /// # Errors
    /// As [`Studio::brief`].
    pub fn set_style_sample(&mut self, of: &StyleSample) -> Result<StyleSample, Problem> {
        let StyleSample { id, title, text, in_use } = of;
        Ok(sample(self.library.set_style_sample(StyleSampleId(*id), title, text, *in_use)?))
    }

    /// Puts a passage away, or takes it back.
    ///
    /// # Errors
    /// As [`Studio::brief`].
    pub fn archive_style_sample(&mut self, id: u32, archived: bool) -> Result<(), Problem> {
        Ok(self.library.archive_style_sample(StyleSampleId(id), archived)?)
    }

    /// The words that are right in a project, whatever a spelling checker says.
    ///
    /// # Errors
    /// As [`Studio::brief`].
    pub fn right_words(&self, project: u32) -> Result<Vec<String>, Problem> {
        Ok(self.library.dictionary(ProjectId(project))?)
    }

    /// Says that a word is right in a project, or no longer.
    ///
    /// # Errors
    /// As [`Studio::brief`].
    pub fn set_right_word(&mut self, project: u32, word: &str, right: bool) -> Result<(), Problem> {
        Ok(self.library.set_word(ProjectId(project), word, right)?)
    }
}

/// The key under which the name of a project's author is kept.
fn author_of(project: u32) -> String {
    format!("author:{project}")
}

fn sample(sample: manuscript::StyleSample) -> StyleSample {
    let manuscript::StyleSample { id, title, text, in_use, .. } = sample;
    StyleSample { id: id.0, title, text, in_use }
}

impl From<Direction> for PageDirection {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Auto => Self::Auto,
            Direction::LeftToRight => Self::Ltr,
            Direction::RightToLeft => Self::Rtl,
        }
    }
}

impl From<PageDirection> for Direction {
    fn from(direction: PageDirection) -> Self {
        match direction {
            PageDirection::Auto => Self::Auto,
            PageDirection::Ltr => Self::LeftToRight,
            PageDirection::Rtl => Self::RightToLeft,
        }
    }
}
