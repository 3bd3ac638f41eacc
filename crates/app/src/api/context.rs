//! What a request tells a model: what went in, in what order, at what cost, what was left out and why.

use serde::{Deserialize, Serialize};
use specta::Type;

/// How a model is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PromptForm {
    /// As one that follows instructions.
    Chat,
    /// As a gap between two texts, which it fills.
    Fill,
    /// As a text that it carries on.
    Completion,
}

/// What was sent, what was left out and why. The tokens of all parts and items together are those that are used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ContextReport {
    pub form: PromptForm,
    /// Tokens sent.
    pub used: u32,
    /// Tokens the model can see at once.
    pub limit: u32,
    /// Tokens kept free for the answer.
    pub reserved: u32,
    /// The text in the order it stands in, after the prompt's own words, which stand around all of it.
    pub parts: Vec<ContextPart>,
    /// What the project tells besides: first what went in, in its order, then what was left out.
    pub items: Vec<ContextItem>,
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
    /// How many of the items that went in stand before it.
    pub behind: u32,
}

/// Something that a project could tell with a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ContextItem {
    /// Names it in [`super::ActionRequest::off`] and `on`, the same from one request to the next: `lore:12`, `summary:31`
    /// (its scene), `style:2`, `note`, `synopsis`, `synopsis:chapter:4`, `synopsis:scene:9`, `previous:8` (the scene).
    pub id: String,
    pub kind: ContextKind,
    /// The name of the entry, the title of the scene; may be empty.
    pub title: String,
    /// Its place among those that went in, from 1; none: left out.
    pub order: Option<u32>,
    /// How much of it went in; none: nothing.
    pub sent: Option<SentAs>,
    /// Tokens that went in.
    pub tokens: u32,
    /// Tokens of its long form that did not.
    pub left_out: u32,
    /// Why it did not go in, or not all of it.
    pub why: Option<LeftOut>,
    /// The same in a sentence; empty when all of it went in.
    pub reason: String,
    /// The name in the text for which it belongs here.
    pub named: Option<String>,
    /// A summary of a scene that has changed since.
    pub stale: bool,
    /// What the writer has said of it in the request; none: nothing.
    pub switched: Option<bool>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ContextKind {
    /// What the project, the chapter or the scene is about.
    Synopsis,
    /// What every request is to keep in mind.
    Note,
    /// A passage that shows how the story is to sound.
    Style,
    /// What happens in an earlier scene, in short.
    Summary,
    /// A person, place, thing or fact.
    Lore,
    /// The end of the scene before.
    Previous,
}

/// How much of an item went in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SentAs {
    /// All of it.
    Long,
    /// Its short form.
    Short,
    /// A part of it.
    Cut,
}

/// Why an item, or a part of it, did not go in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// The writer has switched it off.
    SwitchedOff,
    /// Others took the room.
    NoRoom,
    /// The model sees too little for it, whatever else goes in.
    ModelTooSmall,
    /// The prompt has no place for it.
    NotUsed,
    /// None of its names stands in the text that went in.
    NotNamed,
    /// It holds in other chapters only.
    OtherChapters,
    /// It is for the author alone.
    Never,
    /// Its scene has changed since it was summed up.
    Stale,
    /// The text before the cursor is long enough without.
    FarFromStart,
}

/// What would be sent with a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ContextPlan {
    /// The model's name.
    pub model: String,
    /// Name and version of the prompt, such as `continue v2`.
    pub prompt: String,
    /// The variant that is meant, also where none was named.
    pub variant: Option<String>,
    pub candidates: u32,
    /// About how many words each of them would have.
    pub words: u32,
    pub context: ContextReport,
    /// All that would be sent, as the model reads it: control tokens stand there by their names.
    pub text: String,
    /// Where in it the text before the cursor begins, if its beginning was left out; in UTF-16 units, as a page counts.
    pub cut: Option<u32>,
}
