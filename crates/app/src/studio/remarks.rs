//! Notes on passages of a scene, and what its author means as it stands.

use foolscap_manuscript::{NewRemark, ProjectId, RemarkId, SceneId};

use super::Studio;
use crate::api::{ActionRequest, MovedRemark, Problem, Remark, RemarkWhat, Review};
use crate::context::Background;
use crate::review::{Reviewing, reason};

impl Studio {
    /// The notes on a scene that are neither dismissed nor replaced, in the order of its text.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`](crate::api::ProblemCode::NotFound), [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn remarks(&self, scene: u32) -> Result<Vec<Remark>, Problem> {
        let scene = self.library.scene(SceneId(scene))?;
        let intended = self.intended(scene.project)?;
        let remark = |kept: foolscap_manuscript::Remark| {
            // What a later program has to say may be in a form that this one does not know.
            let what: RemarkWhat = serde_json::from_str(&kept.remark.what).ok()?;
            let intended = match &what {
                RemarkWhat::Finding { label: crate::api::Label::Contradicts, key, .. } => {
                    reason(&intended, key)
                }
                _ => None,
            };
            let NewRemark { quote, place, .. } = kept.remark;
            Some(Remark { id: Some(kept.id.0), quote, place, what, intended })
        };
        Ok(self.library.remarks(scene.id)?.into_iter().filter_map(remark).collect())
    }

    /// Puts a note away, or brings it back.
    ///
    /// # Errors
    /// As [`Studio::remarks`].
    pub fn dismiss_remark(&mut self, remark: u32, dismissed: bool) -> Result<(), Problem> {
        Ok(self.library.dismiss_remark(RemarkId(remark), dismissed)?)
    }

    /// Tells where passages stand after their author wrote on.
    ///
    /// # Errors
    /// As [`Studio::remarks`].
    pub fn move_remarks(&mut self, moved: &[MovedRemark]) -> Result<(), Problem> {
        let moved: Vec<_> =
            moved.iter().map(|one| (RemarkId(one.id), one.place, one.quote.clone())).collect();
        Ok(self.library.move_remarks(&moved)?)
    }

    /// Says why a finding of a check is meant so, for this and all later checks of the project; without a reason, that it is
    /// not. `key`: of the finding.
    ///
    /// # Errors
    /// As [`Studio::remarks`].
    pub fn set_intended(&mut self, project: u32, key: &str, why: Option<&str>) -> Result<(), Problem> {
        let project = ProjectId(project);
        if why.is_none() {
            // It may have been said of more or fewer of the same words.
            for (known, _) in self.intended(project)? {
                if foolscap_prompts::covers(&known, key) {
                    self.library.set_intended(project, &known, None)?;
                }
            }
            return Ok(());
        }
        Ok(self.library.set_intended(project, key, why)?)
    }

    /// What hears a request as a review, with what the project tells and what its author means as it stands.
    ///
    /// # Errors
    /// As [`Studio::remarks`], and [`ProblemCode::BadRequest`](crate::api::ProblemCode::BadRequest) for what is no review.
    pub fn reviewing(&self, request: &ActionRequest, told: &Background) -> Result<Reviewing, Problem> {
        let project = match (request.scene, request.project) {
            (Some(scene), _) => Some(self.library.scene(SceneId(scene))?.project),
            (None, project) => project.map(ProjectId),
        };
        let intended = project.map(|project| self.intended(project)).transpose()?.unwrap_or_default();
        Reviewing::new(request, told, intended)
    }

    /// Keeps what came of a review with its scene, in the place of what came of the same before; gives it with its ids. Where
    /// the request has no scene nothing is kept.
    ///
    /// # Errors
    /// As [`Studio::remarks`].
    pub fn keep_review(&mut self, request: &ActionRequest, mut review: Review) -> Result<Review, Problem> {
        let Some(scene) = request.scene else { return Ok(review) };
        let new: Vec<NewRemark> = review
            .remarks
            .iter()
            .map(|remark| NewRemark {
                quote: remark.quote.clone(),
                place: remark.place,
                what: serde_json::json!(remark.what).to_string(),
            })
            .collect();
        let name = request.action.kind.name();
        let kept = self.library.put_remarks(SceneId(scene), name, &request.request, &new)?;
        for (remark, kept) in review.remarks.iter_mut().zip(kept) {
            remark.id = Some(kept.id.0);
        }
        Ok(review)
    }

    fn intended(&self, project: ProjectId) -> Result<Vec<(String, String)>, Problem> {
        let all = self.library.intended(project)?;
        Ok(all.into_iter().map(|one| (one.finding, one.reason)).collect())
    }
}
