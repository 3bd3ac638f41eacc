//! `tokenizer.json`, as far as it is needed. The vocabulary is read only when its kind is one that has one of this form.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::{ConvertError, Kind, LEAST, Tokens};
use crate::convert::config::read_file;

/// The file.
pub(super) struct TokenizerFile {
    pub path: PathBuf,
    pub model: Bpe,
    pub added_tokens: Vec<Added>,
    pub normalizer: Value,
    pub pre_tokenizer: Value,
    pub post_processor: Value,
}

/// A vocabulary of merges.
#[derive(Deserialize)]
pub(super) struct Bpe {
    pub vocab: HashMap<String, usize>,
    pub merges: Vec<Merge>,
    #[serde(default)]
    pub byte_fallback: bool,
    /// Whether a piece that is a token as a whole is taken without merging.
    #[serde(default)]
    pub ignore_merges: bool,
    #[serde(default)]
    pub unk_token: Option<String>,
}

/// Two neighbours that become one.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Merge {
    Pair(String, String),
    /// With a space between.
    Text(String),
}

/// A token beside the vocabulary, or one that has a part to play.
#[derive(Deserialize)]
pub(super) struct Added {
    pub id: usize,
    pub content: String,
    #[serde(default)]
    pub special: bool,
    /// Whether white space after it belongs to it.
    #[serde(default)]
    pub rstrip: bool,
}

/// What is looked at first.
#[derive(Deserialize)]
struct Outline {
    model: Named,
}

#[derive(Deserialize)]
struct Named {
    #[serde(rename = "type", default)]
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Whole {
    model: Bpe,
    #[serde(default)]
    added_tokens: Vec<Added>,
    #[serde(default)]
    normalizer: Value,
    #[serde(default)]
    pre_tokenizer: Value,
    #[serde(default)]
    post_processor: Value,
}

impl TokenizerFile {
    /// None where there is none.
    pub fn read(folder: &Path) -> Result<Option<Self>, ConvertError> {
        let path = folder.join("tokenizer.json");
        if !path.is_file() {
            return Ok(None);
        }
        let bytes = read_file(&path)?;
        let damaged = |e| ConvertError::damaged(&path, e);
        let outline: Outline = serde_json::from_slice(&bytes).map_err(damaged)?;
        // Files from before there were several kinds do not say.
        let kind = outline.model.kind.unwrap_or_else(|| "BPE".into());
        if kind != "BPE" {
            return Err(ConvertError::unsupported(
                &path,
                format!("holds a tokenizer of the kind {kind}, not BPE"),
            ));
        }
        let whole: Whole = serde_json::from_slice(&bytes).map_err(damaged)?;
        let Whole { model, added_tokens, normalizer, pre_tokenizer, post_processor } = whole;
        Ok(Some(Self { path, model, added_tokens, normalizer, pre_tokenizer, post_processor }))
    }

    /// Whether its tokens are written byte by byte.
    pub fn is_byte_level(&self) -> bool {
        parts(&self.pre_tokenizer, "pretokenizers").any(|part| kind(part) == "ByteLevel")
    }

    /// The vocabulary, what is no token of it by itself included. `score`: of a token by its text.
    pub fn tokens(&self, rows: usize, score: impl Fn(&str) -> f32) -> Tokens {
        let mut tokens = Tokens::new(rows);
        for (text, &id) in &self.model.vocab {
            let kind = if self.model.unk_token.as_deref() == Some(text) {
                Kind::Unknown
            } else if self.model.byte_fallback && is_byte(text) {
                Kind::Byte
            } else {
                Kind::Normal
            };
            tokens.set(id, text.clone(), kind, score(text));
        }
        self.add(&mut tokens);
        tokens
    }

    /// Adds the added tokens.
    pub fn add(&self, tokens: &mut Tokens) {
        let unknown = self.model.unk_token.as_deref();
        for token in self.added_tokens.iter().filter(|token| Some(token.content.as_str()) != unknown) {
            match token.special || looks_special(&token.content) {
                true => tokens.set(token.id, token.content.clone(), Kind::Control, LEAST),
                // Text that it stands for has spaces.
                false => {
                    let text = token.content.replace('\u{2581}', " ");
                    tokens.set(token.id, text, Kind::UserDefined, LEAST);
                }
            }
        }
    }

    pub fn unsupported(&self, what: impl Into<String>) -> ConvertError {
        ConvertError::unsupported(&self.path, what)
    }
}

impl Merge {
    /// Both of them; none for what is no pair.
    pub fn pair(&self) -> Option<(&str, &str)> {
        match self {
            Self::Pair(left, right) => Some((left, right)),
            Self::Text(text) => {
                let at = text.char_indices().skip(1).find(|&(_, c)| c == ' ')?.0;
                Some((&text[..at], &text[at + 1..]))
            }
        }
    }
}

/// The parts of a step of the tokenizer that may be a sequence of some, whose list has this name.
pub(super) fn parts<'v>(value: &'v Value, list: &str) -> Box<dyn Iterator<Item = &'v Value> + 'v> {
    match value.get(list).and_then(Value::as_array).filter(|_| kind(value) == "Sequence") {
        Some(all) => Box::new(all.iter()),
        None => Box::new(Some(value).filter(|value| !value.is_null()).into_iter()),
    }
}

/// What a step is.
pub(super) fn kind(value: &Value) -> &str {
    value.get("type").and_then(Value::as_str).unwrap_or_default()
}

/// `<0x00>` …
pub(super) fn is_byte(text: &str) -> bool {
    let hex = text.strip_prefix("<0x").and_then(|text| text.strip_suffix('>'));
    hex.is_some_and(|hex| hex.len() == 2 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether a token steers the model, although its file does not say so (llama.cpp goes by the same texts).
pub(super) fn looks_special(text: &str) -> bool {
    let between = |open, close| text.starts_with(open) && text.ends_with(close);
    matches!(text, "<pad>" | "<mask>" | "<2mass>" | "[@BOS@]")
        || between("<|", "|>")
        || between("<｜", "｜>")
        || between("<unused", ">")
}
