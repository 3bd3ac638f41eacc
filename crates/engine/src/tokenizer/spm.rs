//! SentencePiece BPE as Llama 2 and Mistral use it: spaces are written as U+2581, neighbours are merged by the
//! score of what they give (greedily, as llama.cpp does it), and what is no token falls back to bytes.

use std::ops::Range;
use std::sync::Arc;

use super::merge::{Pairs, merge};
use super::strings::Strings;
use super::vocab::Vocabulary;
use crate::error::{Error, Result};
use crate::gguf::Metadata;

/// What stands for a space.
pub(super) const SPACE: char = '\u{2581}';

pub(super) struct Spm {
    scores: Vec<f64>,
    tokens: Arc<Strings>,
    /// Tokens of single bytes (`<0x00>` …); none where the vocabulary lacks it.
    bytes: Vec<Option<u32>>,
    unknown: Option<u32>,
    adds_space: bool,
}

impl Spm {
    pub fn from_metadata(meta: &Metadata, vocab: &Vocabulary) -> Result<Self> {
        let scores = meta
            .array("tokenizer.ggml.scores")
            .and_then(|a| a.numbers())
            .filter(|s| s.len() == vocab.len())
            .ok_or_else(|| Error::Incomplete("tokenizer.ggml.scores does not fit the tokens".into()))?;
        Ok(Self {
            scores,
            tokens: vocab.tokens(),
            bytes: (0..=255u8).map(|b| vocab.id(format!("<0x{b:02X}>").as_bytes())).collect(),
            unknown: vocab.special().unknown,
            adds_space: meta.flag("tokenizer.ggml.add_space_prefix").unwrap_or(true),
        })
    }

    /// Whether text is put a space before: at its start and after a control token.
    pub fn adds_space(&self) -> bool {
        self.adds_space
    }

    pub fn encode(&self, text: &str, out: &mut Vec<u32>) {
        for_each_part(text, &self.bytes, out, |first, part, out| self.encode_part(first, part, out));
    }

    fn encode_part(&self, first: bool, text: &str, out: &mut Vec<u32>) {
        let mut mapped = String::with_capacity(text.len() + 3);
        if self.adds_space && first {
            mapped.push(SPACE);
        }
        mapped.extend(text.chars().map(|c| if c == ' ' { SPACE } else { c }));
        for symbol in merge(&mapped, self) {
            let symbol = &mapped[symbol];
            match self.tokens.find(symbol.as_bytes(), 0) {
                Some(id) => out.push(id),
                None => out.extend(symbol.bytes().filter_map(|b| self.bytes[b as usize].or(self.unknown))),
            }
        }
    }
}

impl Pairs for Spm {
    fn rank(&self, text: &str, left: Range<usize>, right: Range<usize>) -> Option<f64> {
        self.tokens.find(&text.as_bytes()[left.start..right.end], 0).map(|id| self.scores[id as usize])
    }
}

/// Calls `encode` with the parts of a text between the signs that stand for a space; the signs themselves are given as
/// their bytes, so that they come back as what they are. (llama.cpp takes them for spaces.) Where a vocabulary has no
/// tokens for the bytes, the text is one part.
pub(super) fn for_each_part(
    text: &str,
    bytes: &[Option<u32>],
    out: &mut Vec<u32>,
    mut encode: impl FnMut(bool, &str, &mut Vec<u32>),
) {
    let sign: Vec<u32> = SPACE.to_string().bytes().filter_map(|b| *bytes.get(usize::from(b))?).collect();
    if sign.len() < SPACE.len_utf8() {
        return encode(true, text, out);
    }
    for (i, part) in text.split(SPACE).enumerate() {
        if i > 0 {
            out.extend_from_slice(&sign);
        }
        // What is put before the first part is put there also when it is empty.
        if i == 0 || !part.is_empty() {
            encode(i == 0, part, out);
        }
    }
}

/// The bytes that a token stands for.
pub(super) fn unmap(token: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(token);
    let byte = text.strip_prefix("<0x").and_then(|t| t.strip_suffix('>')).filter(|t| t.len() == 2);
    match byte.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
        Some(byte) => vec![byte],
        None => text.replace(SPACE, " ").into_bytes(),
    }
}
