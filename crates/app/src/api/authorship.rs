//! Who wrote what: the author, a machine, or a machine and then the author.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Words by who wrote them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WordShares {
    /// The author's own.
    pub human: u32,
    /// A machine's, as it wrote them.
    pub machine: u32,
    /// A machine's in a passage that the author changed since.
    pub machine_edited: u32,
}

/// Where words of a machine came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WordSource {
    /// The model's name; empty where the request was not recorded.
    pub model: String,
    pub prompt: String,
    pub prompt_version: String,
    /// How many words, edited ones too.
    pub words: u32,
}

/// A line of the report: a part, chapter or scene.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AuthorshipLine {
    pub item: super::ItemRef,
    pub kind: super::ItemKind,
    /// May be empty.
    pub title: String,
    /// How deep it stands in the tree, from 0.
    pub depth: u32,
    /// Of all that is in it.
    pub words: WordShares,
    /// The page holds something that this version does not know: its words are in no count.
    pub unread: bool,
}

/// Who wrote a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AuthorshipReport {
    pub title: String,
    /// UTC, RFC 3339.
    pub made_at: String,
    pub words: WordShares,
    /// In the order they are read.
    pub lines: Vec<AuthorshipLine>,
    /// Of the whole project, most words first.
    pub sources: Vec<WordSource>,
}

/// How a report is written for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    /// For a program to read.
    Json,
    /// For people to read.
    Text,
}

/// How words of a machine came to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct WordOrigin {
    /// What was asked: `continue`, `brainstorm`, `rewrite`.
    pub action: String,
    /// The model's name.
    pub model: String,
    /// The model's file: its hash, or its path.
    pub model_id: String,
    pub prompt: String,
    pub prompt_version: String,
    /// Sampling and whatever else decided the words, those that were set.
    pub settings: Vec<OriginSetting>,
    pub seed: u32,
    /// The candidate as the model wrote it, all of it.
    pub text: String,
    /// When it was written; UTC, RFC 3339.
    pub created_at: String,
}

/// Something that was set when words were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OriginSetting {
    pub name: String,
    pub value: String,
}
