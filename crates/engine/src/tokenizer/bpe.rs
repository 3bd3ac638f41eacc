//! Byte-level BPE (GPT-2, Radford et al. 2019): bytes are written as visible characters, text is split by a
//! pattern, and in each piece neighbours are merged in the order of their ranks. Gemma 4's differs: its text is
//! not written otherwise but for the spaces, as in SentencePiece.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use fancy_regex::Regex;

use super::merge::{Pairs, merge};
use super::pre::{Splitter, split};
use super::spm::{SPACE, for_each_part};
use super::strings::{Found, Strings};
use super::vocab::Vocabulary;
use crate::error::{Error, Result};
use crate::gguf::Metadata;

pub(super) struct Bpe {
    /// What the file calls the splitter.
    name: String,
    splitter: &'static Splitter,
    patterns: Vec<Regex>,
    /// In the order of their ranks, by the text of both together and the length of the left one. (Neighbours lie side by
    /// side, so a look-up needs no copy.)
    merges: Strings,
    tokens: Arc<Strings>,
    letters: [char; 256],
    /// For a raw vocabulary, tokens of single bytes (`<0x00>` …); none where it lacks one.
    bytes: Vec<Option<u32>>,
}

impl Bpe {
    pub fn from_metadata(meta: &Metadata, vocab: &Vocabulary) -> Result<Self> {
        let splitter = Splitter::from_metadata(meta)?;
        let merges = meta.array("tokenizer.ggml.merges").and_then(|a| a.strings()).ok_or_else(|| {
            Error::Incomplete("tokenizer.ggml.merges is missing or not a list of strings".into())
        })?;
        let mut pairs = Vec::with_capacity(merges.len());
        for (rank, merge) in merges.iter().enumerate() {
            let text = std::str::from_utf8(merge).ok();
            // The space parts the two; a text may begin with one (SentencePiece vocabularies turned into BPE).
            let pair = text.and_then(|t| {
                t.char_indices().skip(1).find(|&(_, c)| c == ' ').map(|(at, _)| merge.split_at(at))
            });
            let (left, right) = pair
                .ok_or_else(|| Error::Incomplete(format!("tokenizer.ggml.merges[{rank}] is not a pair")))?;
            pairs.push(([left, &right[1..]], left.len() as u32));
        }
        let merges = Strings::new(pairs.into_iter(), Found::First)
            .ok_or_else(|| Error::Incomplete("tokenizer.ggml.merges is too long".into()))?;
        let bytes = (0..=255u8).map(|b| vocab.id(format!("<0x{b:02X}>").as_bytes())).collect();
        let name = meta.text("tokenizer.ggml.pre").unwrap_or(splitter.names[0]).to_owned();
        Ok(Self {
            name,
            splitter,
            patterns: splitter.compile()?,
            merges,
            tokens: vocab.tokens(),
            letters: letters(),
            bytes,
        })
    }

    /// The name of the splitter.
    pub fn splitter(&self) -> &str {
        &self.name
    }

    /// Whether tokens are written as text is, not byte by byte.
    pub fn is_raw(&self) -> bool {
        self.splitter.raw
    }

    pub fn encode(&self, text: &str, out: &mut Vec<u32>) {
        match self.splitter.raw {
            true => for_each_part(text, &self.bytes, out, |_, part, out| self.encode_part(part, out)),
            false => self.encode_part(text, out),
        }
    }

    fn encode_part(&self, text: &str, out: &mut Vec<u32>) {
        let mut mapped = String::new();
        for piece in split(&self.patterns, text) {
            mapped.clear();
            match self.splitter.raw {
                true => mapped.extend(piece.chars().map(|c| if c == ' ' { SPACE } else { c })),
                false => mapped.extend(piece.bytes().map(|b| self.letters[b as usize])),
            }
            // Gemma 4 has tokens for lines of blank lines that no merge leads to.
            let whole = self.splitter.whole_pieces || (self.splitter.raw && piece.starts_with('\n'));
            if whole && let Some(id) = self.tokens.find(mapped.as_bytes(), 0) {
                out.push(id);
                continue;
            }
            for symbol in merge(&mapped, self) {
                let symbol = &mapped[symbol];
                match self.tokens.find(symbol.as_bytes(), 0) {
                    Some(id) => out.push(id),
                    None if self.splitter.raw => {
                        out.extend(symbol.bytes().filter_map(|b| self.bytes[b as usize]));
                    }
                    // A merge whose result is no token: its letters one by one.
                    None => out.extend(
                        symbol
                            .chars()
                            .filter_map(|c| self.tokens.find(c.encode_utf8(&mut [0; 4]).as_bytes(), 0)),
                    ),
                }
            }
        }
    }
}

impl Pairs for Bpe {
    fn rank(&self, text: &str, left: Range<usize>, right: Range<usize>) -> Option<f64> {
        let rank = self.merges.find(&text.as_bytes()[left.start..right.end], left.len() as u32)?;
        Some(-f64::from(rank))
    }
}

/// The visible character that stands for each byte (GPT-2's `bytes_to_unicode`).
fn letters() -> [char; 256] {
    let mut out = ['\0'; 256];
    let mut next = 0;
    for byte in 0..=255u8 {
        out[byte as usize] = match byte {
            b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff => char::from(byte),
            _ => {
                next += 1;
                char::from_u32(0xff + next).unwrap_or('\0')
            }
        };
    }
    out
}

/// The bytes that a token's characters stand for. A character that stands for none is kept as it is.
pub(super) fn unmap(token: &[u8]) -> Vec<u8> {
    static BYTES: std::sync::LazyLock<HashMap<char, u8>> =
        std::sync::LazyLock::new(|| letters().into_iter().zip(0..=255).collect());
    let mut out = Vec::with_capacity(token.len());
    for c in String::from_utf8_lossy(token).chars() {
        match BYTES.get(&c) {
            Some(&byte) => out.push(byte),
            None => out.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    out
}
