//! What is asked of the loop, and what it tells on the way.

use std::time::Duration;

use crate::grammar::Grammar;
use crate::sampler::Settings;

/// What to generate.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Tokens to go on from.
    pub prompt: Vec<u32>,
    /// One for each candidate. They share the prompt and are decoded side by side.
    pub candidates: Vec<Settings>,
    /// The most tokens a candidate may have.
    pub max_tokens: usize,
    /// Texts that end a candidate once it has a visible character; they are not part of it.
    pub stop: Vec<String>,
    /// Each candidate begins with another token than those before it.
    pub distinct: bool,
    /// Phrases that no candidate may contain, in whatever case. A candidate goes back to before one and takes another
    /// way; where none is found, [`Event::Allowed`] tells.
    pub banned: Vec<String>,
    /// Whether what a model thinks aloud (`<think>` …) is taken out of its text.
    pub hide_thoughts: bool,
    /// The form that every candidate must have; none: any.
    pub grammar: Option<Grammar>,
    /// How many of the likeliest tokens to tell with each; 0: [`Event::Token`] does not come.
    pub alternatives: usize,
    /// What to do when the context is full.
    pub full: Full,
    /// Where guesses at the next tokens come from. The text is the same with and without, only sooner there.
    pub draft: Draft,
}

/// Where guesses at the next tokens come from ([`crate::draft`]). Layers with a state cannot take a guess back: models
/// that have such draw token by token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Draft {
    /// There are none.
    #[default]
    None,
    /// What followed the same words before, in the prompt or the answer.
    Lookup,
    /// A text that the answer is likely to follow: the tokens of a passage that is to be rewritten.
    Text(Vec<u32>),
}

/// What to do when the context is full.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Full {
    /// The candidate ends as [`EndReason::ContextFull`].
    #[default]
    Stop,
    /// The oldest half of the text is no longer seen, but for its first `keep` tokens (the instructions), and the
    /// candidate goes on; [`Event::Slid`] tells.
    Slide {
        /// Tokens of the prompt that stay.
        keep: usize,
    },
}

/// A token that could have come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alternative {
    /// Its number.
    pub token: u32,
    /// How likely the model found it, before any setting.
    pub probability: f32,
}

/// What happens on the way.
#[derive(Debug, Clone, PartialEq)]
pub enum Event<'a> {
    /// So many tokens of the prompt are read.
    Reading {
        /// Read so far, with those that were held.
        done: usize,
        /// All of the prompt.
        total: usize,
    },
    /// More text of a candidate.
    Text {
        /// Which.
        candidate: usize,
        /// In whole characters.
        text: &'a str,
    },
    /// A token of a candidate, with the likeliest that could have come, likeliest first; before its text.
    Token {
        /// Which.
        candidate: usize,
        /// Its number.
        token: u32,
        /// The likeliest, and the token itself if it is none of them.
        alternatives: &'a [Alternative],
    },
    /// A banned phrase that could not be avoided; its text follows.
    Allowed {
        /// Which.
        candidate: usize,
        /// The phrase, as it will stand.
        phrase: &'a str,
    },
    /// The context was full: so many tokens of the text's beginning are no longer seen.
    Slid {
        /// Which.
        candidate: usize,
        /// How many.
        dropped: usize,
    },
    /// A candidate is done.
    End {
        /// Which.
        candidate: usize,
        /// Why.
        reason: EndReason,
    },
}

/// Why a candidate ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndReason {
    /// The model said that it was done, or the answer has the form that was asked for and nothing may follow.
    EndOfText,
    /// A stop string came, or the callback ended it.
    Stop,
    /// It has as many tokens as it may.
    Length,
    /// All was cancelled.
    Cancelled,
    /// The context is full.
    ContextFull,
}

/// What the work cost.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// Tokens of the prompt.
    pub prompt_tokens: usize,
    /// Of these, tokens that were held.
    pub reused_tokens: usize,
    /// Candidates.
    pub candidates: usize,
    /// Tokens drawn, all candidates together.
    pub generated_tokens: usize,
    /// Tokens that were guessed.
    pub guessed_tokens: usize,
    /// Of these, the right ones.
    pub right_tokens: usize,
    /// Whether others were carried on meanwhile: times are then of all of them.
    pub beside: bool,
    /// From the start to the first token.
    pub first_token: Duration,
    /// Reading the prompt.
    pub prefill: Duration,
    /// Drawing.
    pub decode: Duration,
}

impl Figures {
    /// Tokens of the prompt read in a second.
    pub fn prefill_rate(&self) -> f64 {
        rate(self.prompt_tokens - self.reused_tokens, self.prefill)
    }

    /// Tokens drawn in a second after the first of each candidate (which the prompt's reading gives).
    pub fn decode_rate(&self) -> f64 {
        rate(self.generated_tokens.saturating_sub(self.candidates), self.decode)
    }
}

fn rate(n: usize, time: Duration) -> f64 {
    if time.is_zero() { 0.0 } else { n as f64 / time.as_secs_f64() }
}
