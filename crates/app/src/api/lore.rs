//! The people, places, things and facts of a story.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What an entry of the lore says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct LoreText {
    pub kind: LoreKind,
    pub name: String,
    pub aliases: Vec<String>,
    pub told: LoreTold,
    /// Whether its names are only found as they are written: for a Rose that is not a rose.
    pub match_case: bool,
    /// In a few words.
    pub short: String,
    /// All there is to say.
    pub long: String,
    /// The first part or chapter it holds for; none: from the beginning.
    pub from: Option<u32>,
    /// The last; none: to the end.
    pub to: Option<u32>,
}

/// An entry of a project's lore.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct LoreEntry {
    pub id: u32,
    pub project: u32,
    #[serde(flatten)]
    pub what: LoreText,
}

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LoreKind {
    Person,
    Place,
    Thing,
    Fact,
}

/// When a model is told of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LoreTold {
    /// Where one of its names stands in the text.
    Named,
    Always,
    Never,
}

/// Where a manuscript names an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct LorePassages {
    /// How many there are in all.
    pub count: u32,
    /// In how many scenes.
    pub scenes: u32,
    /// The scene that names it last.
    pub last: Option<u32>,
    /// The first of them, in the order they are read.
    pub passages: Vec<LorePassage>,
    /// Scenes of another version, which could not be looked through.
    pub unread: u32,
}

/// A place that names an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct LorePassage {
    pub scene: u32,
    /// The editor's positions of its beginning and end.
    pub from: u32,
    pub to: u32,
    /// Some of the paragraph before it.
    pub before: String,
    /// The name, as it is written there.
    pub name: String,
    /// Some of the paragraph after it.
    pub after: String,
    /// Whether the entry holds in that scene.
    pub holds: bool,
}
