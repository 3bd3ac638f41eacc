//! Tokens that stand for themselves in text and are found before it is split: user-defined ones always, control
//! tokens only in text that a template wrote. The longest are looked for first in all of the text, then the next
//! (llama.cpp's order: of two that overlap the longer wins, not the earlier).

use aho_corasick::{AhoCorasick, MatchKind};

use super::vocab::{Kind, Vocabulary};
use crate::error::{Error, Result};

pub(super) struct Literals {
    /// Longest first.
    tokens: Vec<Literal>,
    /// Tells in one pass which of them a text has at all: vocabularies define hundreds.
    finder: AhoCorasick,
}

struct Literal {
    id: u32,
    text: Box<str>,
    user_defined: bool,
    /// White space after it belongs to it.
    strips_right: bool,
}

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    Token(u32),
}

impl Literals {
    pub fn new(vocab: &Vocabulary) -> Result<Self> {
        let mut tokens: Vec<Literal> = (0..vocab.len() as u32)
            .filter(|&id| matches!(vocab.kind(id), Some(Kind::Control | Kind::UserDefined | Kind::Unknown)))
            .filter_map(|id| {
                let text = std::str::from_utf8(vocab.bytes(id)).ok().filter(|t| !t.is_empty())?;
                let user_defined = vocab.kind(id) == Some(Kind::UserDefined);
                Some(Literal { id, text: text.into(), user_defined, strips_right: vocab.strips_right(id) })
            })
            .collect();
        tokens.sort_by_key(|t| std::cmp::Reverse(t.text.len()));
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(tokens.iter().map(|t| t.text.as_bytes()))
            .map_err(|e| Error::Unsupported(format!("its special tokens cannot be searched for: {e}")))?;
        Ok(Self { tokens, finder })
    }

    /// The parts of a text, in order; `markup` when a template wrote it.
    pub fn split<'a>(&self, text: &'a str, markup: bool) -> Vec<Part<'a>> {
        let mut present: Vec<usize> =
            self.finder.find_overlapping_iter(text).map(|m| m.pattern().as_usize()).collect();
        present.sort_unstable();
        present.dedup();
        let mut parts = vec![Part::Text(text)];
        for literal in present.into_iter().map(|i| &self.tokens[i]).filter(|l| markup || l.user_defined) {
            let mut finer = Vec::with_capacity(parts.len());
            for part in parts {
                match part {
                    Part::Text(text) => literal.cut(text, &mut finer),
                    token => finer.push(token),
                }
            }
            parts = finer;
        }
        parts
    }
}

impl Literal {
    fn cut<'a>(&self, text: &'a str, out: &mut Vec<Part<'a>>) {
        let mut rest = text;
        while let Some(at) = rest.find(&*self.text) {
            if at > 0 {
                out.push(Part::Text(&rest[..at]));
            }
            out.push(Part::Token(self.id));
            rest = &rest[at + self.text.len()..];
            if self.strips_right {
                rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\u{b}');
            }
        }
        if !rest.is_empty() {
            out.push(Part::Text(rest));
        }
    }
}
