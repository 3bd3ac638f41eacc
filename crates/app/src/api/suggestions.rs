//! What a machine suggested for a scene in earlier sessions.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Action, RequestId};

/// A request of an author, and all that came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EarlierRequest {
    pub request: RequestId,
    pub action: Action,
    pub place: AskedPlace,
    /// The model's name.
    pub model: String,
    /// Name and version of the prompt, such as `continue v2`.
    pub prompt: String,
    pub seed: u32,
    /// When the first candidate came; UTC, RFC 3339.
    pub asked_at: String,
    /// Those that had words, by their number.
    pub candidates: Vec<EarlierCandidate>,
}

/// One candidate of an earlier request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EarlierCandidate {
    pub candidate: u32,
    /// All its words.
    pub text: String,
    /// Those that went into the text as far as was told last; empty: none.
    pub taken: String,
}

/// Where something was asked, so that it is found again in a text that has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AskedPlace {
    /// Where the selection or the cursor was, in UTF-16 code units of the scene's text.
    pub at: u32,
    /// The end of what stood before it.
    pub before: String,
    /// What was selected; empty when nothing was.
    pub selection: String,
    /// The beginning of what stood after it.
    pub after: String,
}
