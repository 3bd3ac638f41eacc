//! Earlier states of a scene: which are kept, keeping one more, and the way back to one.

use foolscap_manuscript::{self as manuscript, Cause, Node, ProjectId, RevisionId, SceneId};

use super::Studio;
use crate::api::{Problem, Revision, RevisionCause, RevisionSummary, TreeStep};

impl Studio {
    /// The kept states of a scene, the latest first.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`](crate::api::ProblemCode::NotFound), [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn revisions(&self, scene: u32) -> Result<Vec<RevisionSummary>, Problem> {
        Ok(self.library.revisions(SceneId(scene))?.into_iter().map(RevisionSummary::from).collect())
    }

    /// One kept state with its text.
    ///
    /// # Errors
    /// As [`Studio::revisions`].
    pub fn revision(&self, id: u32) -> Result<Revision, Problem> {
        let manuscript::Revision { summary, document, text } = self.library.revision(RevisionId(id))?;
        Ok(Revision { summary: summary.into(), document, text })
    }

    /// Keeps a scene as it is on disk, under a name. A state has one name: another one takes its place. Of a page nobody has
    /// written on there is nothing to keep.
    ///
    /// # Errors
    /// As [`Studio::revisions`].
    pub fn snapshot(&mut self, scene: u32, name: &str) -> Result<Option<RevisionSummary>, Problem> {
        Ok(self.library.snapshot(SceneId(scene), name)?.map(RevisionSummary::from))
    }

    /// Keeps every scene of a project as it is on disk, under one name. Returns how many there were.
    ///
    /// # Errors
    /// As [`Studio::revisions`].
    pub fn snapshot_project(&mut self, project: u32, name: &str) -> Result<u32, Problem> {
        Ok(self.library.snapshot_project(ProjectId(project), name)?)
    }

    /// Gives a kept state a name, which keeps it for good, or takes it away.
    ///
    /// # Errors
    /// As [`Studio::revisions`].
    pub fn name_revision(&mut self, id: u32, name: Option<&str>) -> Result<RevisionSummary, Problem> {
        Ok(self.library.name_revision(RevisionId(id), name)?.into())
    }

    /// Brings a kept state back as the scene's next version; what the scene is now is kept first.
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`](crate::api::ProblemCode::Conflict) when the scene was saved elsewhere since, and as
    /// [`Studio::revisions`].
    pub fn restore_revision(&mut self, id: u32, base_version: u32) -> Result<TreeStep, Problem> {
        let restored = self.library.restore_revision(RevisionId(id), base_version)?;
        let project = self.library.project_of(Node::Scene(restored.scene.scene))?;
        Ok(TreeStep { saved: vec![restored.scene.into()], ..self.step(project, &restored.undo)? })
    }
}

impl From<manuscript::RevisionSummary> for RevisionSummary {
    fn from(kept: manuscript::RevisionSummary) -> Self {
        Self {
            id: kept.id.0,
            scene: kept.scene.0,
            version: kept.version,
            words: kept.words,
            cause: kept.cause.into(),
            name: kept.name,
            written_at: kept.written_at,
            created_at: kept.created_at,
        }
    }
}

impl From<Cause> for RevisionCause {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::Typing => Self::Typing,
            Cause::Removal => Self::Removal,
            Cause::Machine => Self::Machine,
            Cause::Snapshot => Self::Snapshot,
            Cause::Restore => Self::Restore,
            Cause::Split => Self::Split,
            Cause::Merge => Self::Merge,
            Cause::Replace => Self::Replace,
            Cause::Import => Self::Import,
            _ => Self::Other,
        }
    }
}
