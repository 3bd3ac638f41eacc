//! What a shell may ask and what it hears back. These types are the whole contract between Rust and the
//! page: the TypeScript bindings are generated from them, so a change here is seen there by the compiler.

mod action;
mod authorship;
mod backups;
mod completion;
mod context;
mod exchange;
mod history;
mod lore;
mod models;
mod page;
mod progress;
mod project;
mod prompts;
mod review;
mod search;
mod spelling;
mod studio;
mod suggestions;
mod summaries;
mod unstick;
mod workbench;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

pub use action::*;
pub use authorship::*;
pub use backups::*;
pub use completion::*;
pub use context::*;
pub use exchange::*;
pub use history::*;
pub use lore::*;
pub use models::*;
pub use page::*;
pub use progress::*;
pub use project::*;
pub use prompts::*;
pub use review::*;
pub use search::*;
pub use spelling::*;
pub use studio::*;
pub use suggestions::*;
pub use summaries::*;
pub use unstick::*;
pub use workbench::*;

/// Identifies a project in the library.
pub type ProjectId = u32;
/// Identifies a scene in the library.
pub type SceneId = u32;
/// Chosen by the shell, unique while the request is in flight; names it in `cancel`.
pub type RequestId = String;

/// A project as the library lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ProjectSummary {
    pub id: ProjectId,
    pub title: String,
    pub words: u32,
    /// Last change, UTC, RFC 3339.
    pub updated_at: String,
}

/// A scene with its text, as the page edits it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Scene {
    pub id: SceneId,
    pub project: ProjectId,
    /// May be empty.
    pub title: String,
    /// ProseMirror document (JSON); empty for a scene that was never written in.
    pub document: String,
    /// The document as plain text. The page makes the document of it where there is none yet (a sample).
    pub text: String,
    /// Counts saves; a save names the version it was made on.
    pub version: u32,
    pub words: u32,
    pub updated_at: String,
}

/// A project opened for writing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct OpenProject {
    pub project: ProjectSummary,
    /// Its tree, from the top.
    pub items: Vec<OutlineItem>,
    /// The scene that is open.
    pub scene: Scene,
    /// BCP 47; empty if not said.
    pub language: String,
    pub direction: PageDirection,
}

/// The way a project's lines run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PageDirection {
    /// As each paragraph's first letter says.
    #[default]
    Auto,
    Ltr,
    Rtl,
}

/// What the page saves: the document for the editor, the plain text for counting, search and prompts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SaveScene {
    pub scene: SceneId,
    /// The version this document was made from; a save onto another one is refused.
    pub base_version: u32,
    pub document: String,
    pub text: String,
}

/// The answer to a save that is safely on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Saved {
    pub scene: SceneId,
    pub version: u32,
    pub words: u32,
    pub updated_at: String,
}

/// A short beginning that comes with Foolscap, to try things on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Sample {
    pub title: String,
    /// Plain text, a blank line between paragraphs.
    pub text: String,
}

/// Light, dark, or whatever the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// What the writer has set; kept in the library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
    /// BCP 47, of the window; none: the system's.
    pub language: Option<String>,
    pub page: PageSettings,
    /// How many words a continuation aims at.
    pub words: u32,
    /// How many candidates a brainstorm makes.
    pub ideas: u32,
    /// 0 is greedy; higher is freer. None: what the prompt says.
    pub temperature: Option<f32>,
    /// How much of what the model has read is remembered, in MiB: in memory, and on disk between runs. 0: only what it
    /// was asked last, and nothing on disk.
    pub memory_mb: u32,
    /// Minutes after which a model that nobody asks is released from memory; 0: never.
    pub release_minutes: u32,
    /// Whether a few words are suggested when the writer pauses.
    pub inline: bool,
    /// How long a pause that is, in milliseconds.
    pub inline_pause_ms: u32,
    /// Whether misspelt words are marked on the page.
    pub spelling: bool,
    /// Path of the GGUF in use; none: the starter model.
    pub model: Option<String>,
    /// The project that was open last.
    pub last_project: Option<ProjectId>,
    /// Whether days in a row on which the author wrote are counted and shown.
    pub streaks: bool,
    /// Keys of commands that the writer has changed, by the command's id; the shell knows what they mean. An empty list: none.
    pub keys: BTreeMap<String, Vec<String>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: None,
            page: PageSettings::default(),
            words: 60,
            ideas: 3,
            temperature: None,
            memory_mb: 512,
            release_minutes: 30,
            inline: false,
            inline_pause_ms: 1200,
            spelling: true,
            model: None,
            last_project: None,
            streaks: false,
            keys: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// How long a model waits for a request; zero: for ever.
    pub fn patience(&self) -> std::time::Duration {
        std::time::Duration::from_secs(60 * u64::from(self.release_minutes))
    }

    /// What may be remembered, in bytes.
    pub fn memory(&self) -> usize {
        (self.memory_mb as usize).saturating_mul(1 << 20)
    }
}

/// Where the model stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ModelState {
    Loading {
        name: String,
        /// How much of it is done, from 0 to 1.
        part: f32,
    },
    Ready(ModelInfo),
    Failed {
        name: String,
        problem: Problem,
    },
    /// Not loaded, since nobody asked for long or its loading was stopped; it is when something is asked of it.
    Resting {
        name: String,
    },
}

/// The model in use, in the words of the status line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ModelInfo {
    pub name: String,
    pub architecture: String,
    pub quantization: String,
    /// Weights, counted singly.
    pub parameters: f64,
    /// Tokens the model can see at once.
    pub context: u32,
    /// True for the small model that comes with Foolscap.
    pub starter: bool,
    /// Whether it follows instructions (has a chat template) or only carries text on.
    pub chat: bool,
    /// Where it computes, and why; none on the processor where nobody would expect otherwise.
    pub device: Option<String>,
}

/// An error at the edge: a code a shell can act on, and a sentence for the writer that says what happened,
/// to which thing, and the way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, Type)]
#[error("{message}")]
pub struct Problem {
    pub code: ProblemCode,
    pub message: String,
}

/// The kinds of problem a shell acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The model cannot be loaded; choose another.
    ModelUnusable,
    /// The request makes no sense (nothing selected to rewrite, for instance).
    BadRequest,
    /// What was asked about is longer than the model sees.
    TooLong,
    /// The scene was changed elsewhere since this page opened it.
    Conflict,
    /// Another program writes the library: nothing can be changed here.
    ReadOnly,
    /// The library could not be read or written.
    Library,
    /// A file could not be imported, or not be written.
    File,
    /// No such project, scene or request.
    NotFound,
    /// The model is loading, or was never loaded; what was asked can be told as soon as it is.
    NotReady,
    /// What was asked needs a model that follows instructions; choose another.
    NoInstructions,
    /// The engine failed while generating.
    Engine,
    /// The list of models, or a file of one.
    Models,
    /// The hub or the network.
    Hub,
    /// A maker's terms have to be agreed to first, and a token given.
    Gated,
}
