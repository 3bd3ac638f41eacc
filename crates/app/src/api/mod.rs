//! What a shell may ask and what it hears back. These types are the whole contract between Rust and the
//! page: the TypeScript bindings are generated from them, so a change here is seen there by the compiler.

mod completion;
mod lore;
mod models;
mod progress;
mod project;
mod studio;
mod summaries;

use serde::{Deserialize, Serialize};
use specta::Type;

pub use completion::*;
pub use lore::*;
pub use models::*;
pub use progress::*;
pub use project::*;
pub use studio::*;
pub use summaries::*;

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
    /// Path of the GGUF in use; none: the starter model.
    pub model: Option<String>,
    /// The project that was open last.
    pub last_project: Option<ProjectId>,
    /// Whether days in a row on which the author wrote are counted and shown.
    pub streaks: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: None,
            words: 60,
            ideas: 3,
            temperature: None,
            memory_mb: 512,
            release_minutes: 30,
            model: None,
            last_project: None,
            streaks: false,
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

/// What the writer asks of the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    /// Carry the text on at the cursor.
    Continue,
    /// Several short, different ideas or openings; the instruction (a wish, a question) may be empty.
    Brainstorm { instruction: String },
    /// Put other words in the place of the selection.
    Rewrite { instruction: String },
}

impl Action {
    /// Its name, as `kind` has it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::Brainstorm { .. } => "brainstorm",
            Self::Rewrite { .. } => "rewrite",
        }
    }

    /// What the writer asks for; empty when there is nothing to ask.
    pub fn instruction(&self) -> &str {
        match self {
            Self::Continue => "",
            Self::Brainstorm { instruction } | Self::Rewrite { instruction } => instruction,
        }
    }
}

/// An action on a place in a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ActionRequest {
    pub request: RequestId,
    pub action: Action,
    /// The scene it belongs to, when it is kept in the library.
    pub scene: Option<SceneId>,
    /// Text before the cursor or selection.
    pub before: String,
    /// The selection; empty when there is none.
    pub selection: String,
    /// Text after the cursor or selection.
    pub after: String,
    /// About how many words are wanted; none: the action's own measure.
    pub words: Option<u32>,
    /// How many candidates; none: the action's own number.
    pub candidates: Option<u32>,
    /// Same seed, same text; none: a fresh one, which `Started` tells.
    pub seed: Option<u32>,
    /// None: what the prompt says.
    pub temperature: Option<f32>,
    /// The form that each candidate must have; none: prose.
    #[serde(default)]
    #[specta(optional)]
    pub form: Option<AnswerForm>,
    /// How many of the likeliest tokens to tell with each that is drawn; none: `Token` does not come.
    #[serde(default)]
    #[specta(optional)]
    pub probabilities: Option<u32>,
}

/// The form of an answer, for a machine to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", content = "text", rename_all = "snake_case")]
pub enum AnswerForm {
    /// JSON that this JSON Schema accepts.
    JsonSchema(String),
    /// What this regular expression matches as a whole.
    Regex(String),
    /// A text of this grammar in Lark's notation, from its rule `start`.
    Lark(String),
}

/// A token, as the model saw it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct TokenChance {
    pub id: u32,
    /// Its text; U+FFFD where it is only a part of a character.
    pub text: String,
    /// How likely the model found it, from 0 to 1, before any setting.
    pub probability: f32,
}

/// One part of what was sent to the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ContextPart {
    /// `prompt`, `before`, `selection`, `after`, `instruction`.
    pub name: String,
    /// Tokens that went in.
    pub tokens: u32,
    /// Tokens that were left out.
    pub left_out: u32,
    /// Why something was left out, in a sentence; empty when nothing was.
    pub reason: String,
}

/// What was sent, what was left out and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ContextReport {
    /// Tokens sent.
    pub used: u32,
    /// Tokens the model can see at once.
    pub limit: u32,
    /// Tokens kept free for the answer.
    pub reserved: u32,
    pub parts: Vec<ContextPart>,
}

/// Why a candidate ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The model said that it was done.
    EndOfText,
    /// A place to stop was reached (enough words and a sentence's end, or a stop string).
    Stop,
    /// The bound on its length was reached.
    Length,
    /// The writer stopped it.
    Cancelled,
    /// The context was full.
    ContextFull,
}

/// What the work cost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Type)]
pub struct Figures {
    /// Tokens of the prompt.
    pub prompt_tokens: u32,
    /// Of these, tokens that were still held from before and cost nothing.
    pub reused_tokens: u32,
    /// Tokens made, all candidates together.
    pub generated_tokens: u32,
    /// Seconds from the request to the first token.
    pub first_token_s: f64,
    /// Tokens of the prompt read in a second.
    pub prefill_tok_s: f64,
    /// Tokens made in a second, all candidates together.
    pub decode_tok_s: f64,
}

/// What happens to an action, in order: `Started`, `Reading` while the prompt is read, then `Text`, `Token`
/// and `CandidateDone`, then `Finished`. `Failed` may come at any point. After either of these two comes nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ActionEvent {
    Started {
        request: RequestId,
        candidates: u32,
        seed: u32,
        model: String,
        /// Name and version of the prompt, such as `continue v1`.
        prompt: String,
        context: ContextReport,
    },
    /// So many tokens of the prompt are read.
    Reading {
        read: u32,
        of: u32,
    },
    /// More words of one candidate. Coalesced: at most one for a candidate in about 30 ms.
    Text {
        candidate: u32,
        text: String,
    },
    /// A token of one candidate, where [`ActionRequest::probabilities`] asks for it.
    Token {
        candidate: u32,
        drawn: TokenChance,
        /// The likeliest that could have come, likeliest first.
        likeliest: Vec<TokenChance>,
    },
    CandidateDone {
        candidate: u32,
        reason: EndReason,
    },
    Finished {
        figures: Figures,
    },
    Failed {
        problem: Problem,
    },
}

/// What became of a candidate, told by the page so that provenance is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Outcome {
    pub request: RequestId,
    pub candidate: u32,
    pub verdict: Verdict,
    /// The words that went into the text; empty for a rejected one.
    pub text: String,
}

/// Taken (whole or in part) or rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Accepted,
    Rejected,
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
    /// The library could not be read or written.
    Library,
    /// A file could not be imported, or not be written.
    File,
    /// No such project, scene or request.
    NotFound,
    /// The engine failed while generating.
    Engine,
    /// The list of models, or a file of one.
    Models,
    /// The hub or the network.
    Hub,
    /// A maker's terms have to be agreed to first, and a token given.
    Gated,
}
