//! Putting other words in many places at once, those that [`App::find`](crate::App::find) has proposed.

use foolscap_manuscript::{Chosen, ProjectId, Replacement, SceneId, TextRange};

use super::Studio;
use crate::api::{ChosenPlace, Problem, ReplacedPlaces, TreeStep};

impl Studio {
    /// Makes the chosen replacements, all or none. Each scene is kept as it was first.
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`](crate::api::ProblemCode::Conflict) when one of the scenes was written on since,
    /// [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn replace(&mut self, project: u32, chosen: Vec<ChosenPlace>) -> Result<ReplacedPlaces, Problem> {
        let chosen: Vec<Chosen> = chosen.into_iter().map(Chosen::from).collect();
        let replaced = self.library.replace(&chosen)?;
        let saved = replaced.scenes.into_iter().map(Into::into).collect();
        Ok(ReplacedPlaces {
            places: u32::try_from(replaced.places).unwrap_or(u32::MAX),
            step: TreeStep { saved, ..self.step(ProjectId(project), &replaced.undo)? },
        })
    }
}

impl From<ChosenPlace> for Chosen {
    fn from(ChosenPlace { at, with }: ChosenPlace) -> Self {
        let range = TextRange { block: at.block as usize, bytes: at.start as usize..at.end as usize };
        Self { scene: SceneId(at.scene), version: at.version, replacement: Replacement { range, with } }
    }
}
