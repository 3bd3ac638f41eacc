//! Tokens with a part to play, whether a text begins and ends with one, and the chat template. Several files speak of
//! them; the first that does is believed: of the numbers `tokenizer_config.json`, then `config.json`, then
//! `generation_config.json`; of beginnings and ends the tokenizer's last step, then `tokenizer_config.json`.

use std::path::Path;

use foolscap_engine::gguf::Writer;
use serde_json::Value;

use super::ConvertError;
use super::file::{TokenizerFile, kind, parts};
use crate::convert::config::{Config, read_file, read_json_if_there};

/// What Transformers calls them, and a GGUF.
const NAMES: &[(&str, &str)] =
    &[("bos", "bos"), ("eos", "eos"), ("unk", "unknown"), ("sep", "seperator"), ("pad", "padding")];

pub(super) fn write(
    folder: &Path,
    config: &Config,
    file: Option<&TokenizerFile>,
    spm: bool,
    rows: usize,
    writer: &mut Writer,
) -> Result<(), ConvertError> {
    let said = read_json_if_there(&folder.join("tokenizer_config.json"))?.unwrap_or_default();
    let generation = read_json_if_there(&folder.join("generation_config.json"))?.unwrap_or_default();
    let special = Special { config, file, said: &said, generation: &generation, rows };
    let mut eos = None;
    for (name, gguf) in NAMES {
        let id = special.id(name);
        if let Some(id) = id {
            writer.integer(&format!("tokenizer.ggml.{gguf}_token_id"), id);
        }
        if *name == "eos" {
            eos = id;
        }
    }
    // An answer may end with others than a text does.
    let others = special.all_ends().into_iter().filter(|&id| Some(id) != eos);
    for (id, name) in others.zip(["eot", "eom"]) {
        writer.integer(&format!("tokenizer.ggml.{name}_token_id"), id);
    }
    writer.flag("tokenizer.ggml.add_bos_token", special.adds("bos", 0).unwrap_or(spm));
    writer.flag("tokenizer.ggml.add_eos_token", special.adds("eos", usize::MAX).unwrap_or(false));
    if let Some(template) = template(folder, &said)? {
        writer.text("tokenizer.chat_template", &template);
    }
    Ok(())
}

struct Special<'a> {
    config: &'a Config,
    file: Option<&'a TokenizerFile>,
    /// `tokenizer_config.json`.
    said: &'a Value,
    /// `generation_config.json`.
    generation: &'a Value,
    rows: usize,
}

impl Special<'_> {
    /// The number of a token with a part to play; none where nobody names it.
    fn id(&self, name: &str) -> Option<u32> {
        let text = text_of(self.said.get(format!("{name}_token")));
        let by_text = text.and_then(|text| self.number_of(text));
        let key = format!("{name}_token_id");
        let numbers = [self.config.get(&key), self.generation.get(&key)].into_iter().flatten();
        // There may be a list, of which the first is meant.
        let by_number = numbers.flat_map(ids).next();
        by_text.or(by_number).filter(|&id| (id as usize) < self.rows)
    }

    /// All tokens that end an answer.
    fn all_ends(&self) -> Vec<u32> {
        let values = [self.generation.get("eos_token_id"), self.config.get("eos_token_id")];
        let mut all = Vec::new();
        for id in values.into_iter().flatten().flat_map(ids) {
            if !all.contains(&id) && (id as usize) < self.rows {
                all.push(id);
            }
        }
        all
    }

    fn number_of(&self, text: &str) -> Option<u32> {
        let id = match self.file {
            Some(file) => {
                let added = file.added_tokens.iter().find(|token| token.content == text);
                added.map(|token| token.id).or_else(|| file.model.vocab.get(text).copied())
            }
            None => {
                let added = self.said.get("added_tokens_decoder").and_then(Value::as_object);
                let named = |token: &Value| token.get("content").and_then(Value::as_str) == Some(text);
                added.and_then(|all| all.iter().find(|(_, token)| named(token))?.0.parse().ok())
            }
        };
        u32::try_from(id?).ok()
    }

    /// Whether a text begins (`at` 0) or ends with a token; none where nobody says.
    fn adds(&self, name: &str, at: usize) -> Option<bool> {
        let steps = self.file.map(|file| &file.post_processor);
        let mut by_step = None;
        for step in steps.into_iter().flat_map(|steps| parts(steps, "processors")) {
            match kind(step) {
                // It adds nothing.
                "ByteLevel" => by_step = by_step.or(Some(false)),
                "TemplateProcessing" => {
                    let single = step.get("single").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                    let place = single.get(at.min(single.len().saturating_sub(1)));
                    let token = place.and_then(|part| part.get("SpecialToken")).and_then(|t| t.get("id"));
                    let token = token.and_then(Value::as_str).filter(|_| single.len() > 1);
                    let id = token.and_then(|text| self.number_of(text));
                    by_step = Some(id.is_some() && id == self.id(name));
                }
                _ => {}
            }
        }
        by_step.or_else(|| self.said.get(format!("add_{name}_token")).and_then(Value::as_bool))
    }
}

/// A token's text: by itself, or in the description of it.
fn text_of(value: Option<&Value>) -> Option<&str> {
    value.and_then(|value| value.get("content").unwrap_or(value).as_str())
}

/// A number, or a list of some.
fn ids(value: &Value) -> Vec<u32> {
    let one = std::slice::from_ref(value);
    let all = value.as_array().map_or(one, Vec::as_slice).iter();
    all.filter_map(Value::as_u64).filter_map(|id| u32::try_from(id).ok()).collect()
}

/// The chat template, from a file of its own or the tokenizer's configuration; of several the default one.
fn template(folder: &Path, said: &Value) -> Result<Option<String>, ConvertError> {
    let path = folder.join("chat_template.jinja");
    if path.is_file() {
        let text = String::from_utf8(read_file(&path)?).map_err(|e| ConvertError::damaged(&path, e))?;
        return Ok(Some(text));
    }
    let own = read_json_if_there(&folder.join("chat_template.json"))?.unwrap_or_default();
    let template = said.get("chat_template").or(own.get("chat_template"));
    let named = |one: &&Value| one.get("name").and_then(Value::as_str) == Some("default");
    let default = template.and_then(Value::as_array).and_then(|all| all.iter().find(named));
    let text = default.and_then(|one| one.get("template")).or(template).and_then(Value::as_str);
    Ok(text.map(str::to_owned))
}
