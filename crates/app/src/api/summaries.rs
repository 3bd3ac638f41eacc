//! Summaries of scenes, for the scenes that come after them.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What happens in a scene, in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Summary {
    pub scene: u32,
    pub text: String,
    /// The version of the scene that was summed up.
    pub version: u32,
    /// The name of the model that wrote it; empty: the author did.
    pub model: String,
    /// Whether the scene has changed since.
    pub stale: bool,
    /// UTC, RFC 3339.
    pub updated_at: String,
}
