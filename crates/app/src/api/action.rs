//! What a writer asks of the machine, and what comes of it.

use std::collections::BTreeMap;

use super::TrialSettings;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ContextReport, Problem, ProjectId, RequestId, SceneId};

/// What the writer asks of the machine. As JSON `{"kind": "rewrite", "variant": "shorter"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Action {
    pub kind: ActionKind,
    /// One of the flavours that the action's prompt offers ([`ActionInfo::variants`]); none: the plain one.
    #[serde(default)]
    #[specta(optional)]
    pub variant: Option<String>,
    /// What is asked for besides, in the writer's words; may be empty.
    #[serde(default)]
    pub instruction: String,
    /// For [`ActionKind::Translate`]: the language to translate into, by its name or as BCP 47 has it (`pt-BR`).
    #[serde(default)]
    #[specta(optional)]
    pub language: Option<String>,
}

/// The kinds of action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// Carry the text on at the cursor.
    Continue,
    /// Several short, different ideas about the text; openings where there is none yet.
    Brainstorm,
    /// Put other words in the place of the selection, by a variant or an instruction.
    Rewrite,
    /// Say more of what is selected, or of what stands at the cursor, as the senses have it.
    Describe,
    /// Carry the text on in dialogue.
    Dialogue,
    /// Lead from what stands before the cursor to what stands after it.
    Bridge,
    /// Sum up the selection, or all of the text.
    Summarise,
    /// A numbered list of beats.
    Outline,
    /// Put the selection into another language.
    Translate,
    /// Notes on passages of the selection, or of all of the text; read by [`super::Review`].
    Critique,
    /// Hold the selection, or all of the text, against what is known; read by [`super::Review`].
    Check,
}

impl Action {
    /// An action without more.
    pub fn new(kind: ActionKind) -> Self {
        Self { kind, variant: None, instruction: String::new(), language: None }
    }

    /// The same with an instruction.
    pub fn instructed(self, instruction: impl Into<String>) -> Self {
        Self { instruction: instruction.into(), ..self }
    }

    /// The same by a variant.
    pub fn by(self, variant: impl Into<String>) -> Self {
        Self { variant: Some(variant.into()), ..self }
    }
}

impl ActionKind {
    /// Whether what it gives is read as a review.
    pub fn is_review(self) -> bool {
        matches!(self, Self::Critique | Self::Check)
    }

    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Continue,
        Self::Brainstorm,
        Self::Rewrite,
        Self::Describe,
        Self::Dialogue,
        Self::Bridge,
        Self::Summarise,
        Self::Outline,
        Self::Translate,
        Self::Critique,
        Self::Check,
    ];

    /// Its name, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::Brainstorm => "brainstorm",
            Self::Rewrite => "rewrite",
            Self::Describe => "describe",
            Self::Dialogue => "dialogue",
            Self::Bridge => "bridge",
            Self::Summarise => "summarise",
            Self::Outline => "outline",
            Self::Translate => "translate",
            Self::Critique => "critique",
            Self::Check => "check",
        }
    }
}

/// An action as a menu offers it: what its prompt says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ActionInfo {
    pub kind: ActionKind,
    /// The prompt's name, for people.
    pub title: String,
    /// What it does, in a sentence.
    pub purpose: String,
    /// Name and version of the prompt, such as `continue v2`.
    pub prompt: String,
    pub works_on: WorksOn,
    pub gives: Gives,
    /// About how many words an answer has; none: as many as what it works on asks for.
    pub words: Option<u32>,
    pub candidates: u32,
    /// Whether a variant or an instruction must be given.
    pub must_say_how: bool,
    /// Whether there must be a text after the cursor.
    pub needs_after: bool,
    /// Whether [`Action::language`] must be given.
    pub needs_language: bool,
    /// Whether only a model that follows instructions can do it.
    pub needs_instructions: bool,
    pub variants: Vec<VariantInfo>,
}

/// A flavour of an action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct VariantInfo {
    /// Names it in [`Action::variant`].
    pub id: String,
    /// For people, in English; a shell that speaks other languages has its own by `id`.
    pub title: String,
    pub words: Option<u32>,
    pub candidates: u32,
    pub gives: Gives,
}

/// What an action works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WorksOn {
    /// The place of the cursor; a selection is part of the text before it, and what the action is about.
    Cursor,
    /// The selection, which must not be empty.
    Selection,
    /// The selection, or all of the text where nothing is selected.
    SelectionOrText,
}

/// What an answer is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    /// Words that go in at the cursor, or behind the selection.
    Passage,
    /// Words for the place of the selection.
    Replacement,
    /// Something about the text that need not fit into it: an idea, a summary.
    Remark,
    /// One short item: a name, a title.
    Item,
    /// Numbered lines, to be taken one by one.
    List,
    /// Notes on passages of the text, as JSON that [`super::Review`] reads.
    Notes,
}

/// An action on a place in a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ActionRequest {
    pub request: RequestId,
    pub action: Action,
    /// The project whose lore, notes and the like are told; none: that of the scene.
    #[serde(default)]
    #[specta(optional)]
    pub project: Option<ProjectId>,
    /// The scene it belongs to, when it is kept in the library.
    pub scene: Option<SceneId>,
    /// The version of a prompt, by its label (`my continue v3`); none: the one in use.
    #[serde(default)]
    #[specta(optional)]
    pub prompt: Option<String>,
    /// Values of the prompt's own variables.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
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
    /// How tokens are drawn, as an experiment has tried it; what it leaves open is as without it.
    #[serde(default)]
    #[specta(optional)]
    pub settings: Option<TrialSettings>,
    /// The form that each candidate must have; none: prose.
    #[serde(default)]
    #[specta(optional)]
    pub form: Option<AnswerForm>,
    /// How many of the likeliest tokens to tell with each that is drawn; none: `Token` does not come.
    #[serde(default)]
    #[specta(optional)]
    pub probabilities: Option<u32>,
    /// Items of the context ([`super::ContextItem::id`]) that are not to go in.
    #[serde(default)]
    pub off: Vec<String>,
    /// Items that are to go in whatever speaks against it, as far as there is room.
    #[serde(default)]
    pub on: Vec<String>,
    /// Nobody asked for it: what comes is not among the suggestions of its scene later.
    #[serde(default)]
    #[specta(optional)]
    pub unasked: bool,
}

impl ActionRequest {
    /// A request with nothing around it: whoever makes one sets what differs.
    pub fn new(request: impl Into<RequestId>, action: Action) -> Self {
        Self {
            request: request.into(),
            action,
            project: None,
            scene: None,
            prompt: None,
            variables: BTreeMap::new(),
            before: String::new(),
            selection: String::new(),
            after: String::new(),
            words: None,
            candidates: None,
            seed: None,
            temperature: None,
            settings: None,
            form: None,
            probabilities: None,
            off: Vec::new(),
            on: Vec::new(),
            unasked: false,
        }
    }
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
    /// Whether other requests were answered meanwhile: speeds are then not the model's alone.
    #[serde(default)]
    pub beside: bool,
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
        /// The variant that is meant, also where none was named.
        variant: Option<String>,
        /// How candidates are drawn, all but the seed: JSON. A list of that where each is drawn in its own way.
        sampling: Option<String>,
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
