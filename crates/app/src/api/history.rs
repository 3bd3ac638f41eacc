//! Earlier states of a scene, and what changed from one to another.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Why a state of a scene was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RevisionCause {
    /// Some minutes of writing had passed.
    Typing,
    /// The next save took much out, or put something else in its place.
    Removal,
    /// Words of a machine were about to come in.
    Machine,
    /// Its author gave this state a name.
    Snapshot,
    /// An earlier state was about to come back.
    Restore,
    /// The scene was about to be cut in two.
    Split,
    /// Another scene was about to be put at its end.
    Merge,
    /// Words were about to be replaced in many places.
    Replace,
    /// Words from a file were about to come in.
    Import,
    /// Something that this version does not know.
    Other,
}

/// A kept state without its text, as a history shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RevisionSummary {
    pub id: u32,
    pub scene: u32,
    /// The version that the scene had.
    pub version: u32,
    pub words: u32,
    pub cause: RevisionCause,
    /// The name its author gave it, if any.
    pub name: Option<String>,
    /// When the scene was saved in this state; UTC, RFC 3339.
    pub written_at: String,
    /// When it was kept, because the scene was about to change; UTC, RFC 3339.
    pub created_at: String,
}

/// A kept state with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Revision {
    pub summary: RevisionSummary,
    /// ProseMirror document (JSON); empty where the scene had none.
    pub document: String,
    /// The document as plain text.
    pub text: String,
}

/// What became of some words from one state to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// They are in both states.
    Kept,
    /// They are only in the state before.
    Removed,
    /// They are only in the state after.
    Added,
}

/// Words that had the same fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TextChange {
    pub fate: Fate,
    pub text: String,
}

/// What changed from one state of a scene to another, word by word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Comparison {
    /// Kept and removed words are the text before, kept and added ones the text after.
    pub changes: Vec<TextChange>,
    /// Words that came.
    pub added: u32,
    /// Words that went.
    pub removed: u32,
    /// Whether the words are the same and something else is not: how they look, who wrote them, a note to self.
    pub only_looks: bool,
}
