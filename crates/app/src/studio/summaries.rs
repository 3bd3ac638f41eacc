//! Summaries of scenes, which a model or the author writes.

use foolscap_manuscript::{self as manuscript, ProjectId, SceneId};

use super::Studio;
use crate::api::{Problem, ProblemCode, Summary};

impl Studio {
    /// The summaries of a project in the order its scenes are read; scenes without one are left out.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn summaries(&self, project: u32) -> Result<Vec<Summary>, Problem> {
        let summaries = self.library.summaries(ProjectId(project), None)?;
        Ok(summaries.into_iter().filter(|summary| !summary.text.is_empty()).map(summary).collect())
    }

    /// Sums up a scene as it was at a version, or as it is; an empty text takes the summary away. `model`: who wrote it, empty
    /// for the author.
    ///
    /// # Errors
    /// As [`Studio::summaries`]; [`ProblemCode::Conflict`] for a version that there is not yet.
    pub fn set_summary(
        &mut self,
        scene: u32,
        version: Option<u32>,
        text: &str,
        model: &str,
    ) -> Result<Summary, Problem> {
        let id = SceneId(scene);
        let version = version.map_or_else(|| self.library.scene(id).map(|scene| scene.version), Ok)?;
        self.library.set_summary(id, version, text.trim(), model)?;
        self.library
            .summary(id)?
            .map(summary)
            .ok_or_else(|| Problem::new(ProblemCode::NotFound, format!("scene {scene} has no summary")))
    }
}

fn summary(summary: manuscript::Summary) -> Summary {
    let manuscript::Summary { scene, text, version, model, stale, updated_at } = summary;
    Summary { scene: scene.0, text, version, model, stale, updated_at }
}
