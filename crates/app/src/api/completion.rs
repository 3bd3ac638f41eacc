//! What a program asks of a model in the model's own terms, rather than in a writer's: a text to carry on, or the turns
//! of a conversation. It hears [`super::ActionEvent`]s.

use super::{AnswerForm, RequestId};

/// A text or a conversation to be carried on.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    pub request: RequestId,
    pub input: Input,
    /// How many answers.
    pub candidates: u32,
    /// The most tokens of an answer; none: as many as there is room for.
    pub max_tokens: Option<u32>,
    /// Texts that end an answer; they are no part of it.
    pub stop: Vec<String>,
    pub drawing: Drawing,
    /// The form that each answer must have; none: any.
    pub form: Option<AnswerForm>,
    /// How many of the likeliest tokens to tell with each that is drawn; none: `Token` does not come.
    pub probabilities: Option<u32>,
}

/// What is carried on.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A text as the model is to see it: control tokens in it are read as such.
    Text(String),
    /// Tokens, whatever they are.
    Tokens(Vec<u32>),
    /// A conversation, put into the form that the model knows; nothing that is said in it is read as a control token.
    Chat(Vec<Turn>),
}

/// One turn of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub speaker: Speaker,
    pub text: String,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    System,
    User,
    /// The model. If the last turn is its own, it goes on in it.
    Assistant,
}

/// How tokens are drawn; none: what is set for the model, or its maker recommends.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// Same seed, same answer; none: a fresh one, which `Started` tells.
    pub seed: Option<u32>,
    pub temperature: Option<f32>,
    pub top_p: Option<f32>,
    pub top_k: Option<u32>,
    pub min_p: Option<f32>,
    pub frequency_penalty: Option<f32>,
    pub presence_penalty: Option<f32>,
    pub repetition_penalty: Option<f32>,
    /// Added to the logits of single tokens.
    pub logit_bias: Vec<(u32, f32)>,
}
