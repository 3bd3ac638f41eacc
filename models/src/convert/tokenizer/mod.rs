//! The tokenizer of a folder, in the words of a GGUF: byte-level BPE whose splitter the engine knows, or SentencePiece
//! (BPE that falls back to bytes), from `tokenizer.model` where it is there and from `tokenizer.json` elsewhere.

mod byte_level;
mod file;
mod sentencepiece;
mod special;

use std::path::Path;

use foolscap_engine::gguf::Writer;

use super::ConvertError;
use super::config::Config;
use file::TokenizerFile;

/// What a token is (`llama_token_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
enum Kind {
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}

/// Score of what no text is merged into.
const LEAST: f32 = -1e9;

/// The tokens by their numbers, as many as the embeddings have rows.
struct Tokens {
    all: Vec<(String, Kind, f32)>,
}

impl Tokens {
    /// So many, none of which is used.
    fn new(rows: usize) -> Self {
        Self { all: (0..rows).map(|i| (format!("[PAD{i}]"), Kind::Unused, LEAST)).collect() }
    }

    /// What has no row in the embeddings cannot come, and is left out.
    fn set(&mut self, id: usize, text: String, kind: Kind, score: f32) {
        if let Some(token) = self.all.get_mut(id) {
            *token = (text, kind, score);
        }
    }

    fn is_used(&self, id: usize) -> bool {
        self.all.get(id).is_some_and(|token| token.1 != Kind::Unused)
    }

    fn write(&self, writer: &mut Writer) {
        let texts: Vec<&str> = self.all.iter().map(|token| token.0.as_str()).collect();
        let kinds: Vec<i32> = self.all.iter().map(|token| token.1 as i32).collect();
        writer.strings("tokenizer.ggml.tokens", &texts).integers("tokenizer.ggml.token_type", &kinds);
    }

    fn write_scores(&self, writer: &mut Writer) {
        let scores: Vec<f32> = self.all.iter().map(|token| token.2).collect();
        writer.numbers("tokenizer.ggml.scores", &scores);
    }
}

/// Writes the keys of the tokenizer. `rows`: of the embeddings. Gives whether white space after a control token belongs to
/// it, as Phi-3 wants it.
pub(super) fn write(
    folder: &Path,
    config: &Config,
    rows: usize,
    writer: &mut Writer,
) -> Result<bool, ConvertError> {
    let file = TokenizerFile::read(folder)?;
    let (spm, added) = match &file {
        Some(file) if file.is_byte_level() => {
            byte_level::write(file, rows, writer)?;
            (false, file.added_tokens.as_slice())
        }
        other => {
            sentencepiece::write(folder, other.as_ref(), rows, writer)?;
            (true, other.as_ref().map_or(&[][..], |file| file.added_tokens.as_slice()))
        }
    };
    special::write(folder, config, file.as_ref(), spm, rows, writer)?;
    Ok(spm && added.iter().any(|token| token.special && token.rstrip))
}

#[cfg(test)]
mod tests;
