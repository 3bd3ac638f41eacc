//! Text to tokens and back, from the vocabulary inside the GGUF. Two families: byte-level BPE (merges by rank)
//! and SentencePiece (merges by score). Both are the same loop over neighbours (`merge`), ours so that ties and
//! fall-backs are llama.cpp's to the letter.

mod bpe;
mod detokenize;
mod literals;
mod merge;
mod pre;
mod spm;
mod strings;
mod vocab;

pub use detokenize::Detokenizer;
pub use pre::{GPT2, SPLITTERS, Splitter};
pub use vocab::{Kind, Special, Vocabulary};

use crate::error::{Error, Result};
use crate::gguf::Metadata;
use literals::{Literals, Part};

/// Turns text into tokens and back.
pub struct Tokenizer {
    vocab: Vocabulary,
    model: Model,
    literals: Literals,
}

enum Model {
    Bpe(Box<bpe::Bpe>),
    Spm(spm::Spm),
}

/// A stretch of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// The writer's words: never read as control tokens, whatever they spell.
    Text(&'a str),
    /// A template's words: control tokens are recognised.
    Markup(&'a str),
    /// A token by its number.
    Token(u32),
}

impl Tokenizer {
    /// Reads the vocabulary.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for a kind of tokenizer or a splitter (`tokenizer.ggml.pre`) that is not known,
    /// by name; [`Error::Incomplete`] for a vocabulary that contradicts itself.
    pub fn from_metadata(meta: &Metadata) -> Result<Self> {
        let kind = meta
            .text("tokenizer.ggml.model")
            .ok_or_else(|| Error::Incomplete("tokenizer.ggml.model is missing".into()))?;
        let vocab = Vocabulary::from_metadata(meta)?;
        let model = match kind {
            "gpt2" | pre::GEMMA4 => Model::Bpe(Box::new(bpe::Bpe::from_metadata(meta, &vocab)?)),
            "llama" => Model::Spm(spm::Spm::from_metadata(meta, &vocab)?),
            other => {
                return Err(Error::Unsupported(format!(
                    "its tokenizer is of the kind {other:?}, and this version reads gpt2 and gemma4 (BPE) \
                     and llama (SentencePiece)"
                )));
            }
        };
        Ok(Self { literals: Literals::new(&vocab)?, vocab, model })
    }

    /// The vocabulary.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocab
    }

    /// What the tokenizer is, in a word: `bpe/llama-bpe`, `spm`.
    pub fn describe(&self) -> String {
        match &self.model {
            Model::Bpe(bpe) => format!("bpe/{}", bpe.splitter()),
            Model::Spm(_) => "spm".into(),
        }
    }

    /// The tokens of a writer's text, with nothing put before or after.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        self.encode_pieces(&[Piece::Text(text)])
    }

    /// The tokens of a prompt. Neighbouring stretches of text are split as one, whoever wrote them.
    pub fn encode_pieces(&self, pieces: &[Piece<'_>]) -> Vec<u32> {
        let mut out = Vec::new();
        let mut run = String::new();
        let flush = |run: &mut String, out: &mut Vec<u32>| {
            if !run.is_empty() {
                match &self.model {
                    Model::Bpe(bpe) => bpe.encode(run, out),
                    Model::Spm(spm) => spm.encode(run, out),
                }
                run.clear();
            }
        };
        for piece in pieces {
            let (text, markup) = match piece {
                Piece::Token(id) => {
                    flush(&mut run, &mut out);
                    out.push(*id);
                    continue;
                }
                Piece::Text(text) => (*text, false),
                Piece::Markup(text) => (*text, true),
            };
            for part in self.literals.split(text, markup) {
                match part {
                    Part::Text(text) => run.push_str(text),
                    Part::Token(id) => {
                        flush(&mut run, &mut out);
                        out.push(id);
                    }
                }
            }
        }
        flush(&mut run, &mut out);
        out
    }

    /// What text must begin with: the beginning-of-text token, where the model wants one.
    pub fn beginning(&self) -> Option<u32> {
        self.vocab.special().bos.filter(|_| self.vocab.adds_bos())
    }

    /// What a whole text must end with: the end-of-text token, where the model wants one. (A prompt is no whole
    /// text.)
    pub fn ending(&self) -> Option<u32> {
        self.vocab.special().eos.filter(|_| self.vocab.adds_eos())
    }

    /// The text of tokens; control tokens give nothing. Bytes that are not UTF-8 become U+FFFD.
    pub fn decode(&self, ids: &[u32]) -> String {
        let mut bytes: Vec<u8> = ids.iter().flat_map(|&id| self.bytes(id)).collect();
        if let Model::Spm(spm) = &self.model
            && spm.adds_space()
            && bytes.first() == Some(&b' ')
        {
            bytes.remove(0);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The bytes of a token in text; none for control tokens and numbers outside the vocabulary.
    pub fn bytes(&self, id: u32) -> Vec<u8> {
        match self.vocab.kind(id) {
            None | Some(Kind::Control | Kind::Unknown | Kind::Unused) => Vec::new(),
            Some(Kind::UserDefined) => self.vocab.bytes(id).to_vec(),
            Some(_) => match &self.model {
                Model::Bpe(bpe) if !bpe.is_raw() => bpe::unmap(self.vocab.bytes(id)),
                _ => spm::unmap(self.vocab.bytes(id)),
            },
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
