//! The vocabulary of a GGUF: what each token is, and which have a part to play.

use std::sync::Arc;

use super::pre::Splitter;
use super::strings::{Found, Strings};
use crate::error::{Error, Result};
use crate::gguf::Metadata;

/// The tokens.
pub struct Vocabulary {
    tokens: Arc<Strings>,
    kinds: Vec<Kind>,
    special: Special,
    ends: Vec<u32>,
    adds_bos: bool,
    adds_eos: bool,
    strips_right: bool,
}

/// What a token is (`llama_token_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A piece of text.
    Normal,
    /// Stands for what the vocabulary cannot say.
    Unknown,
    /// Steers the model and is no text.
    Control,
    /// Text that is always one token.
    UserDefined,
    /// Not used.
    Unused,
    /// One byte.
    Byte,
}

/// Tokens with a part to play; none where the model has no such token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Special {
    /// Begins a text.
    pub bos: Option<u32>,
    /// Ends a text.
    pub eos: Option<u32>,
    /// Stands for what the vocabulary cannot say.
    pub unknown: Option<u32>,
    /// Comes before the text that precedes a gap.
    pub fim_prefix: Option<u32>,
    /// Comes before the text that follows a gap.
    pub fim_suffix: Option<u32>,
    /// Comes before what fills the gap.
    pub fim_middle: Option<u32>,
}

/// Tokens that end an answer, whatever else the metadata name (llama.cpp goes by the same texts).
const ENDS: &[&str] = &[
    "<|eot_id|>",
    "<|im_end|>",
    "<|end|>",
    "<|return|>",
    "<end_of_turn>",
    "<turn|>",
    "<eos>",
    "<|tool_response>",
    "<|endoftext|>",
    "<|end_of_text|>",
    "<|eom_id|>",
    "<EOT>",
    "_<EOT>",
    "[EOT]",
    "[EOS]",
    "<end_of_utterance>",
    "<｜end▁of▁sentence｜>",
    "<|fim_pad|>",
    "<|repo_name|>",
    "<|file_sep|>",
];

impl Vocabulary {
    pub(super) fn from_metadata(meta: &Metadata) -> Result<Self> {
        let strings = |key: &str| meta.array(key).and_then(|a| a.strings());
        let tokens = strings("tokenizer.ggml.tokens").ok_or_else(|| {
            Error::Incomplete("tokenizer.ggml.tokens is missing or not a list of strings".into())
        })?;
        let kinds = match meta.array("tokenizer.ggml.token_type") {
            None => vec![Kind::Normal; tokens.len()],
            Some(list) => list
                .numbers()
                .filter(|n| n.len() == tokens.len())
                .ok_or_else(|| Error::Incomplete("tokenizer.ggml.token_type does not fit the tokens".into()))?
                .into_iter()
                .map(Kind::from_number)
                .collect(),
        };
        // As in llama.cpp, of two equal tokens the later one is found by its text.
        let tokens = Strings::new(tokens.iter().map(|&token| ([token, b""], 0)), Found::Last)
            .ok_or_else(|| Error::Incomplete("tokenizer.ggml.tokens is too long".into()))?;
        let id = |name: &str| {
            let n = meta.integer(&format!("tokenizer.ggml.{name}_token_id"))?;
            u32::try_from(n).ok().filter(|&n| (n as usize) < tokens.len())
        };
        let named = |names: &[&str]| names.iter().find_map(|n| tokens.find(n.as_bytes(), 0));
        let spm = meta.text("tokenizer.ggml.model") == Some("llama");
        let special = Special {
            bos: id("bos").or(spm.then_some(1)),
            eos: id("eos").or(spm.then_some(2)),
            unknown: id("unknown").or(spm.then_some(0)),
            fim_prefix: id("fim_pre").or_else(|| named(&["<|fim_prefix|>", "<fim_prefix>", "<PRE>"])),
            fim_suffix: id("fim_suf").or_else(|| named(&["<|fim_suffix|>", "<fim_suffix>", "<SUF>"])),
            fim_middle: id("fim_mid").or_else(|| named(&["<|fim_middle|>", "<fim_middle>", "<MID>"])),
        };
        let pre = Splitter::from_metadata(meta).ok().filter(|_| !spm);
        let ends = ["eos", "eot", "eom"].iter().filter_map(|n| id(n)).chain(special.eos);
        let ends = ends.chain(ENDS.iter().filter_map(|n| tokens.find(n.as_bytes(), 0)));
        // A text may end with `</s>`, but in Gemma 4's vocabulary that is a word like others.
        let plain = tokens.find(b"<|tool_response>", 0).is_some();
        let end = tokens.find(b"</s>", 0).filter(|_| !plain);
        let ends = ends.chain(end).collect();
        Ok(Self {
            ends,
            kinds,
            special,
            adds_bos: pre.is_some_and(|p| p.always_bos)
                || meta.flag("tokenizer.ggml.add_bos_token").unwrap_or(spm || pre.is_some_and(|p| p.bos)),
            adds_eos: meta.flag("tokenizer.ggml.add_eos_token").unwrap_or(false),
            strips_right: meta
                .text("general.name")
                .map(str::to_lowercase)
                .is_some_and(|name| name.contains("phi-3") || name.contains("phi3")),
            tokens: Arc::new(tokens),
        })
    }

    /// How many tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tokens.len() == 0
    }

    /// A token as the file writes it; empty outside the vocabulary.
    pub fn bytes(&self, id: u32) -> &[u8] {
        self.tokens.get(id)
    }

    /// A token as the file writes it, as text.
    pub fn text(&self, id: u32) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.bytes(id))
    }

    /// What a token is; none outside the vocabulary.
    pub fn kind(&self, id: u32) -> Option<Kind> {
        self.kinds.get(id as usize).copied()
    }

    /// All tokens by their texts, to be kept.
    pub(super) fn tokens(&self) -> Arc<Strings> {
        self.tokens.clone()
    }

    /// The token that the file writes so.
    pub fn id(&self, bytes: &[u8]) -> Option<u32> {
        self.tokens.find(bytes, 0)
    }

    /// The tokens with a part to play.
    pub fn special(&self) -> Special {
        self.special
    }

    /// Whether text begins with the beginning-of-text token.
    pub fn adds_bos(&self) -> bool {
        self.adds_bos
    }

    /// Whether a whole text ends with the end-of-text token.
    pub fn adds_eos(&self) -> bool {
        self.adds_eos
    }

    /// Whether white space after a control token belongs to it: Phi-3's tokenizer says so, and no key of the file
    /// (llama.cpp goes by the name as well).
    pub(super) fn strips_right(&self, id: u32) -> bool {
        let Self { strips_right, tokens, .. } = self;
        let plain: [&[u8]; 3] = [b"<unk>", b"<s>", b"<|endoftext|>"];
        *strips_right && !plain.contains(&tokens.get(id))
    }

    /// Whether the model says with this token that it is done.
    pub fn ends(&self, id: u32) -> bool {
        self.ends.contains(&id)
    }

    /// Whether the model knows how to fill a gap.
    pub fn fills_gaps(&self) -> bool {
        let s = self.special;
        s.fim_prefix.is_some() && s.fim_suffix.is_some() && s.fim_middle.is_some()
    }
}

impl Kind {
    fn from_number(n: f64) -> Self {
        match n as i64 {
            2 => Self::Unknown,
            3 => Self::Control,
            4 => Self::UserDefined,
            5 => Self::Unused,
            6 => Self::Byte,
            _ => Self::Normal,
        }
    }
}
