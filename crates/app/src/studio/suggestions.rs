//! What was suggested for a scene, in this session or an earlier one.

use foolscap_manuscript::SceneId;

use super::Studio;
use crate::api::{EarlierRequest, Problem};
use crate::provenance::earlier;

/// So many requests of a scene are offered again, the latest.
const MOST: u32 = 60;

impl Studio {
    /// What was asked for places of a scene with all that came of it, the earliest first; the latest 60 requests. Reviews,
    /// whose notes are kept, and words that came unasked are not among them.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`](crate::api::ProblemCode::NotFound), [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn suggestions(&self, scene: u32) -> Result<Vec<EarlierRequest>, Problem> {
        Ok(earlier(self.library.suggestions(SceneId(scene), MOST)?))
    }
}
