//! A critique or a check: asked as an action, heard as a review, kept with its scene.

use std::ops::ControlFlow;

use super::App;
use crate::api::{ActionRequest, EndReason, Problem, ReviewEvent};
use crate::lock::lock;

/// Hears the events of one review. Breaking stops the work.
pub type ReviewSink = Box<dyn FnMut(ReviewEvent) -> ControlFlow<()> + Send>;

impl App {
    /// Takes a request for a critique or a check. Its notes go to `sink` as they come, and in the end into the library with
    /// their scene, in the place of those of the last one; [`App::cancel_action`] stops it.
    ///
    /// # Errors
    /// As [`App::start_action`], and [`crate::api::ProblemCode::BadRequest`] for what is no review.
    pub fn start_review(&self, request: ActionRequest, mut sink: ReviewSink) -> Result<(), Problem> {
        let request = ActionRequest { candidates: Some(1), form: None, ..request };
        let mut reviewing = {
            let mut studio = self.studio();
            let told = self.told(&mut studio, &request)?;
            studio.reviewing(&request, &told)?
        };
        let (studio, asked) = (self.studio.clone(), request.clone());
        self.start_action(
            request,
            Box::new(move |event| {
                let Some(told) = reviewing.hear(event) else { return ControlFlow::Continue(()) };
                sink(match told {
                    // Who stops before anything came keeps what there was.
                    ReviewEvent::Finished { review, reason: EndReason::Cancelled, figures }
                        if review.remarks.is_empty() =>
                    {
                        ReviewEvent::Finished { review, reason: EndReason::Cancelled, figures }
                    }
                    ReviewEvent::Finished { review, reason, figures } => {
                        match lock(&studio).keep_review(&asked, review) {
                            Ok(review) => ReviewEvent::Finished { review, reason, figures },
                            Err(problem) => ReviewEvent::Failed { problem },
                        }
                    }
                    other => other,
                })
            }),
        )
    }
}
