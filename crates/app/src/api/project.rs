//! What an author says of a whole project, and the passages that show how it is to sound.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::PageDirection;

/// What an author says of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ProjectBrief {
    /// What it is about.
    pub synopsis: String,
    /// What every request is to keep in mind.
    pub authors_note: String,
    /// BCP 47; empty if not said.
    pub language: String,
    pub direction: PageDirection,
    /// Whose name stands on what is exported; empty if not said.
    pub author: String,
}

/// A passage that shows how a story is to sound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct StyleSample {
    pub id: u32,
    /// May be empty.
    pub title: String,
    pub text: String,
    /// Whether models are shown it.
    pub in_use: bool,
}
