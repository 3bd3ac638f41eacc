//! Scenes: their text, and what an author keeps beside it.

use foolscap_manuscript::{self as manuscript, SceneId};

use super::Studio;
use crate::api::{Problem, SaveScene, Saved, Scene, SceneCard, SceneStatus, SceneText};

impl Studio {
    /// A scene's text.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`](crate::api::ProblemCode::NotFound), [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn scene(&self, id: u32) -> Result<SceneText, Problem> {
        let scene = self.library.scene(SceneId(id))?;
        Ok(SceneText {
            scene: scene.id.0,
            project: scene.project.0,
            title: scene.title,
            text: scene.text,
            version: scene.version,
            words: scene.words,
        })
    }

    /// A scene's page as the editor has it (JSON, empty where there is none yet) and as plain text.
    pub(crate) fn page_of(&self, id: u32) -> Result<(String, String), Problem> {
        let scene = self.library.scene(SceneId(id))?;
        Ok((scene.document, scene.text))
    }

    /// Saves a scene; when this returns, it is on disk.
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`](crate::api::ProblemCode::Conflict) when it was saved elsewhere since,
    /// [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn save_scene(&mut self, save: &SaveScene) -> Result<Saved, Problem> {
        let SaveScene { scene, base_version, document, text } = save;
        Ok(self.library.save_scene(SceneId(*scene), *base_version, document, text)?.into())
    }

    /// What is kept beside a scene's text.
    ///
    /// # Errors
    /// As [`Studio::scene`].
    pub fn scene_card(&self, id: u32) -> Result<SceneCard, Problem> {
        let card = self.library.scene_card(SceneId(id))?;
        Ok(SceneCard { synopsis: card.synopsis, notes: card.notes, status: card.status.into() })
    }

    /// Replaces what is kept beside a scene's text.
    ///
    /// # Errors
    /// As [`Studio::scene`].
    pub fn set_scene_card(&mut self, id: u32, card: &SceneCard) -> Result<(), Problem> {
        let SceneCard { synopsis, notes, status } = card.clone();
        let card = manuscript::SceneCard { synopsis, notes, status: status.into() };
        Ok(self.library.set_scene_card(SceneId(id), &card)?)
    }
}

impl From<manuscript::Scene> for Scene {
    fn from(scene: manuscript::Scene) -> Self {
        Self {
            id: scene.id.0,
            project: scene.project.0,
            title: scene.title,
            document: scene.document,
            text: scene.text,
            version: scene.version,
            words: scene.words,
            updated_at: scene.updated_at,
        }
    }
}

impl From<manuscript::Saved> for Saved {
    fn from(saved: manuscript::Saved) -> Self {
        Self {
            scene: saved.scene.0,
            version: saved.version,
            words: saved.words,
            updated_at: saved.updated_at,
        }
    }
}

impl From<manuscript::SceneStatus> for SceneStatus {
    fn from(status: manuscript::SceneStatus) -> Self {
        match status {
            manuscript::SceneStatus::Planned => Self::Planned,
            manuscript::SceneStatus::Draft => Self::Draft,
            manuscript::SceneStatus::Revised => Self::Revised,
            manuscript::SceneStatus::Done => Self::Done,
        }
    }
}

impl From<SceneStatus> for manuscript::SceneStatus {
    fn from(status: SceneStatus) -> Self {
        match status {
            SceneStatus::Planned => Self::Planned,
            SceneStatus::Draft => Self::Draft,
            SceneStatus::Revised => Self::Revised,
            SceneStatus::Done => Self::Done,
        }
    }
}
