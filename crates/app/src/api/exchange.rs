//! Files in and out, as a window asks for them.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ExportOptions, ImportedFile, TreeStep};

/// What was dropped on a window, told apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DroppedFiles {
    /// Models, and folders of them.
    pub models: Vec<String>,
    /// All others: what they are is told when they are looked at.
    pub manuscripts: Vec<String>,
}

/// What an import has done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ImportStep {
    pub imported: ImportedFile,
    /// Into a project that was there: its tree, and what undoes it. A new project is undone by putting it away.
    pub step: Option<TreeStep>,
}

/// How a project was exported last, or would be the first time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ExportChoice {
    /// The name of a format, which is the ending of its files; `folder` is a new folder of Markdown.
    pub format: String,
    pub options: ExportOptions,
}

/// Where an export would go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExportPlace {
    pub file: String,
    /// A file is there, that of the last export, which the new one will replace.
    pub replaces: bool,
}
