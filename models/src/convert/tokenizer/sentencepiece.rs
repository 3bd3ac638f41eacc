//! SentencePiece BPE. `tokenizer.model` has pieces with scores, as a GGUF wants them. `tokenizer.json` has merges by rank:
//! the score of a token is then the rank of the first merge that gives it, turned round, so that the engine, which merges by
//! score, merges in the same order.

use std::collections::HashMap;
use std::path::Path;

use foolscap_engine::gguf::Writer;
use serde_json::Value;

use super::file::{TokenizerFile, is_byte, kind, looks_special, parts};
use super::{ConvertError, Kind, LEAST, Tokens};
use crate::convert::config::{read_file, read_json_if_there};

/// The sign that stands for a space.
const SPACE: &str = "\u{2581}";

pub(super) fn write(
    folder: &Path,
    file: Option<&TokenizerFile>,
    rows: usize,
    writer: &mut Writer,
) -> Result<(), ConvertError> {
    let path = folder.join("tokenizer.model");
    let model = match path.is_file() {
        true => Some(Model::read(&path, &read_file(&path)?)?),
        false => None,
    };
    let (mut tokens, mut adds_space) = match (&model, file) {
        (Some(model), _) => (model.tokens(rows), model.adds_space),
        (None, Some(file)) => (from_merges(file, rows)?, true),
        (None, None) => return Err(ConvertError::Missing(folder.join("tokenizer.json"))),
    };
    match file {
        Some(file) => {
            file.add(&mut tokens);
            adds_space = prefix(file)?;
        }
        None => add_from_config(folder, &mut tokens)?,
    }
    writer.text("tokenizer.ggml.model", "llama").text("tokenizer.ggml.pre", "default");
    writer.flag("tokenizer.ggml.add_space_prefix", adds_space);
    tokens.write(writer);
    tokens.write_scores(writer);
    Ok(())
}

fn from_merges(file: &TokenizerFile, rows: usize) -> Result<Tokens, ConvertError> {
    if !file.model.byte_fallback {
        return Err(file.unsupported("holds a tokenizer that has neither bytes nor a token for each"));
    }
    let mut scores: HashMap<String, f32> = HashMap::with_capacity(file.model.merges.len());
    for (rank, merge) in file.model.merges.iter().enumerate() {
        let (left, right) = merge.pair().ok_or_else(|| {
            ConvertError::damaged(&file.path, format!("merge {rank} of the vocabulary is no pair"))
        })?;
        scores.entry(format!("{left}{right}")).or_insert(-(rank as f32));
    }
    Ok(file.tokens(rows, |text| scores.get(text).copied().unwrap_or(LEAST)))
}

/// Whether text is put a space before; refused where spaces are handled otherwise.
fn prefix(file: &TokenizerFile) -> Result<bool, ConvertError> {
    let mut adds = false;
    let mut replaces = false;
    for step in parts(&file.normalizer, "normalizers") {
        let says = |key: &str| step.get(key).and_then(Value::as_str);
        let pattern = step.get("pattern").and_then(|p| p.get("String")).and_then(Value::as_str);
        match kind(step) {
            "Prepend" if says("prepend") == Some(SPACE) => adds = true,
            "Replace" if (pattern, says("content")) == (Some(" "), Some(SPACE)) => replaces = true,
            other => {
                return Err(
                    file.unsupported(format!("changes text before it is split (by the step {other})"))
                );
            }
        }
    }
    for step in parts(&file.pre_tokenizer, "pretokenizers") {
        let pattern = step.get("pattern").and_then(|p| p.get("String")).and_then(Value::as_str);
        match kind(step) {
            "Metaspace" if step.get("split").and_then(Value::as_bool) == Some(false) => {
                replaces = true;
                adds = step.get("prepend_scheme").and_then(Value::as_str) != Some("never");
            }
            // No space is left by then, so that nothing is split (Gemma).
            "Split" if replaces && pattern == Some(" ") => {}
            other => return Err(file.unsupported(format!("splits text by the step {other}"))),
        }
    }
    if replaces { Ok(adds) } else { Err(file.unsupported("leaves spaces as they are")) }
}

/// Where there is no `tokenizer.json`, the added tokens are in `tokenizer_config.json`.
fn add_from_config(folder: &Path, tokens: &mut Tokens) -> Result<(), ConvertError> {
    let config = read_json_if_there(&folder.join("tokenizer_config.json"))?.unwrap_or_default();
    let Some(added) = config.get("added_tokens_decoder").and_then(Value::as_object) else { return Ok(()) };
    for (id, token) in added {
        let content = token.get("content").and_then(Value::as_str);
        let (Ok(id), Some(text)) = (id.parse::<usize>(), content) else { continue };
        // What the vocabulary says of its own tokens it knows better.
        if tokens.is_used(id) {
            continue;
        }
        match token.get("special").and_then(Value::as_bool).unwrap_or(false) || looks_special(text) {
            true => tokens.set(id, text.to_owned(), Kind::Control, LEAST),
            false => tokens.set(id, text.replace(SPACE, " "), Kind::UserDefined, LEAST),
        }
    }
    Ok(())
}

/// `tokenizer.model`: a message of Protocol Buffers (`sentencepiece_model.proto`).
struct Model {
    pieces: Vec<(String, Kind, f32)>,
    /// Whether text is put a space before.
    adds_space: bool,
}

impl Model {
    fn read(path: &Path, bytes: &[u8]) -> Result<Self, ConvertError> {
        let cut = || ConvertError::damaged(path, "it is cut short");
        let mut model = Self { pieces: Vec::new(), adds_space: true };
        // Of the trainer: BPE is 2, and what is not said is Unigram.
        let mut kind = 1;
        for field in fields(bytes) {
            match field.ok_or_else(cut)? {
                (1, Field::Bytes(piece)) => model.pieces.push(read_piece(piece).ok_or_else(cut)?),
                (2, Field::Bytes(trainer)) => {
                    for field in fields(trainer) {
                        if let (3, Field::Number(n)) = field.ok_or_else(cut)? {
                            kind = n;
                        }
                    }
                }
                (3, Field::Bytes(normalizer)) => {
                    for field in fields(normalizer) {
                        if let (3, Field::Number(n)) = field.ok_or_else(cut)? {
                            model.adds_space = n != 0;
                        }
                    }
                }
                _ => {}
            }
        }
        if kind != 2 {
            return Err(ConvertError::unsupported(path, "holds a tokenizer of another kind than BPE"));
        }
        Ok(model)
    }

    fn tokens(&self, rows: usize) -> Tokens {
        let mut tokens = Tokens::new(rows);
        for (id, (text, kind, score)) in self.pieces.iter().enumerate() {
            tokens.set(id, text.clone(), *kind, *score);
        }
        tokens
    }
}

fn read_piece(bytes: &[u8]) -> Option<(String, Kind, f32)> {
    let (mut text, mut kind, mut score) = (String::new(), Kind::Normal, 0.0);
    for field in fields(bytes) {
        match field? {
            (1, Field::Bytes(bytes)) => text = String::from_utf8_lossy(bytes).into_owned(),
            (2, Field::Fixed(n)) => score = f32::from_bits(n),
            (3, Field::Number(n)) => {
                kind = match n {
                    2 => Kind::Unknown,
                    3 => Kind::Control,
                    4 => Kind::UserDefined,
                    5 => Kind::Unused,
                    6 => Kind::Byte,
                    _ => Kind::Normal,
                }
            }
            _ => {}
        }
    }
    if kind == Kind::Normal && is_byte(&text) {
        kind = Kind::Byte;
    }
    Some((text, kind, if score.is_finite() { score } else { LEAST }))
}

/// A value of a message, by the ways it can be written.
enum Field<'a> {
    Number(u64),
    Fixed(u32),
    Bytes(&'a [u8]),
    Other,
}

/// The fields of a message with their numbers; none for what is cut short, and nothing after it.
fn fields(mut rest: &[u8]) -> impl Iterator<Item = Option<(u64, Field<'_>)>> {
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let field = read_field(&mut rest);
        if field.is_none() {
            rest = &[];
        }
        Some(field)
    })
}

fn read_field<'a>(rest: &mut &'a [u8]) -> Option<(u64, Field<'a>)> {
    let tag = varint(rest)?;
    let value = match tag & 7 {
        0 => Field::Number(varint(rest)?),
        1 => take(rest, 8).map(|_| Field::Other)?,
        2 => {
            let length = varint(rest)?;
            Field::Bytes(take(rest, usize::try_from(length).ok()?)?)
        }
        5 => Field::Fixed(u32::from_le_bytes(take(rest, 4)?.try_into().ok()?)),
        _ => return None,
    };
    Some((tag >> 3, value))
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = take(rest, 1)?[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn take<'a>(rest: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(n)?;
    *rest = left;
    Some(taken)
}
