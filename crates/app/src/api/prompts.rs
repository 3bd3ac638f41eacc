//! Prompts as documents: which there are, their versions, which one is in use, and what one would send.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ActionKind, ProjectId};

/// A prompt with its versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PromptSummary {
    /// Names it; no two have the same, whatever the case of their letters.
    pub name: String,
    pub action: ActionKind,
    /// What it does, in a sentence; of its latest version.
    pub purpose: String,
    /// It came with Foolscap, and is forked rather than changed.
    pub built_in: bool,
    /// Put away by its author.
    pub archived: bool,
    /// The latest first.
    pub versions: Vec<PromptVersion>,
}

/// A version of a prompt. It never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PromptVersion {
    /// Names it everywhere: `my continue v3`.
    pub label: String,
    pub number: u32,
    /// What its author said of it; may be empty.
    pub message: String,
    /// UTC, RFC 3339; empty for what came with Foolscap.
    pub created_at: String,
    /// The label of the version it was made of.
    pub parent: Option<String>,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
}

/// The version that an action uses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PromptInUse {
    pub action: ActionKind,
    /// In one project only; none: in all that have none of their own.
    pub project: Option<ProjectId>,
    pub label: String,
}

/// All prompts, and which are in use. An action that is not named uses what came with Foolscap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PromptShelf {
    pub prompts: Vec<PromptSummary>,
    pub in_use: Vec<PromptInUse>,
}

/// A version with its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PromptText {
    pub name: String,
    pub version: PromptVersion,
    /// As a file has it: front matter and sections.
    pub source: String,
}

/// What a prompt's text says, or what is wrong with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PromptChecked {
    /// None: it can be used.
    pub problem: Option<PromptProblem>,
    /// None where the front matter cannot be read.
    pub name: Option<String>,
    pub action: Option<ActionKind>,
    /// The variables that it names.
    pub variables: Vec<String>,
}

/// What is wrong with a prompt's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PromptProblem {
    /// Of the text, from 1; none: it concerns the whole.
    pub line: Option<u32>,
    pub message: String,
}

/// What a template may say, for an editor to offer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PromptVocabulary {
    pub variables: Vec<PromptWord>,
    /// Parts that all prompts can include.
    pub includes: Vec<PromptWord>,
    pub filters: Vec<String>,
    /// Headings of sections, each with what stands under it.
    pub sections: Vec<PromptWord>,
}

/// A word of a template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PromptWord {
    pub name: String,
    /// What it stands for, in a sentence; of a part that is included: its text.
    pub about: String,
}

/// A line of what changed from one version to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PromptLine {
    pub fate: super::Fate,
    pub text: String,
}
