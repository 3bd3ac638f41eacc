//! Finding places in a project, and putting other words there.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::TreeStep;

/// What to search for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SearchPattern {
    /// Words, or a regular expression (of Rust's crate `regex`).
    pub text: String,
    /// Whether `It` is another word than `it`.
    pub match_case: bool,
    /// Whether a place must begin and end where words do, by Unicode.
    pub whole_words: bool,
    /// Whether the text is a regular expression.
    pub regex: bool,
    /// Whether notes to self are searched too.
    pub notes: bool,
}

/// A place that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FoundPlace {
    /// What names the place when it is to be replaced.
    pub at: PlaceInText,
    /// The editor's positions of its beginning and end.
    pub from: u32,
    pub to: u32,
    pub in_note: bool,
    /// The words found.
    pub text: String,
    /// Some of the paragraph before them.
    pub before: String,
    /// Some of the paragraph after them.
    pub after: String,
    /// What would be put there; empty where nothing is to be.
    pub with: String,
}

/// Characters of a paragraph or heading of a scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlaceInText {
    pub scene: u32,
    /// The version of the scene that they were found in.
    pub version: u32,
    /// The paragraph or heading, by its number in the scene.
    pub block: u32,
    /// Bytes of its text, from its beginning.
    pub start: u32,
    pub end: u32,
}

/// All that was found in a project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FoundPlaces {
    /// In the order they are read, as many as were asked for.
    pub places: Vec<FoundPlace>,
    /// How many there are, with those that are not among them.
    pub total: u32,
    /// In how many scenes.
    pub scenes: u32,
    /// Scenes that were written by another version of Foolscap and could not be searched.
    pub unread: Vec<u32>,
}

/// A place and the words for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChosenPlace {
    pub at: PlaceInText,
    pub with: String,
}

/// What replacing has done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ReplacedPlaces {
    /// How many places have other words now.
    pub places: u32,
    /// The tree as it is then, the scenes that were changed, and what undoes all of it.
    pub step: TreeStep,
}
