//! A request that is ready for the engine's loop.

use foolscap_engine::generate;

use crate::api::ActionEvent;
use crate::telling::Manner;

/// What is asked of the loop, and how its answer is told.
pub(crate) struct Prepared {
    pub request: generate::Request,
    /// The first event.
    pub started: ActionEvent,
    pub manner: Manner,
}
