//! `config.json`: its values by their keys, none of them believed before it was held against what can be.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::ConvertError;

/// A configuration as its maker wrote it.
pub(super) struct Config {
    /// The file.
    pub path: PathBuf,
    values: Map<String, Value>,
}

/// Sizes that are believed: those of the engine.
const MOST: u64 = 1 << 28;

impl Config {
    pub fn read(folder: &Path) -> Result<Self, ConvertError> {
        let path = folder.join("config.json");
        match read_json(&path)? {
            Value::Object(values) => Ok(Self { path, values }),
            _ => Err(ConvertError::damaged(&path, "it is no JSON object")),
        }
    }

    /// That of the language model in one that sees pictures too: what it says of itself goes before what is said of both.
    pub fn of_text(mut self) -> Result<Self, ConvertError> {
        let Some(Value::Object(of_text)) = self.values.remove("text_config") else {
            return Err(self.wrong("text_config", "is missing, which says the sizes of the language model"));
        };
        self.values.extend(of_text.into_iter().filter(|(_, value)| !value.is_null()));
        Ok(self)
    }

    /// With these values where it has none of its own.
    pub fn complete(mut self, unsaid: &[(&str, f64)]) -> Self {
        for &(key, value) in unsaid {
            if self.get(key).is_none() {
                let is_whole = value.fract() == 0.0;
                let value = if is_whole { Value::from(value as u64) } else { Value::from(value) };
                self.values.insert(key.to_owned(), value);
            }
        }
        self
    }

    /// What the model calls itself, the first of `architectures`.
    pub fn class(&self) -> Result<&str, ConvertError> {
        let class = self.get("architectures").and_then(|list| list.get(0)).and_then(Value::as_str);
        class.ok_or_else(|| self.wrong("architectures", "is no list with the name of a model's kind"))
    }

    /// A value; none where it is not there or null.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key).filter(|value| !value.is_null())
    }

    /// A size of at least 1.
    pub fn size(&self, key: &str) -> Result<u32, ConvertError> {
        self.size_if_there(key)?.ok_or_else(|| self.wrong(key, "is missing"))
    }

    /// A size of at least 1, or `default`.
    pub fn size_or(&self, key: &str, default: u32) -> Result<u32, ConvertError> {
        Ok(self.size_if_there(key)?.unwrap_or(default))
    }

    pub fn size_if_there(&self, key: &str) -> Result<Option<u32>, ConvertError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let size = value.as_u64().filter(|n| (1..MOST).contains(n)).and_then(|n| u32::try_from(n).ok());
        size.map(Some).ok_or_else(|| self.wrong(key, format!("is {}, which cannot be", short(value))))
    }

    /// A number; none where there is none.
    pub fn number(&self, key: &str) -> Result<Option<f64>, ConvertError> {
        self.get(key).map(|value| self.as_number(key, value)).transpose()
    }

    /// A value of this file as a number.
    pub fn as_number(&self, key: &str, value: &Value) -> Result<f64, ConvertError> {
        // A GGUF has it in 32 bits.
        let number = value.as_f64().filter(|n| (*n as f32).is_finite());
        number.ok_or_else(|| self.wrong(key, format!("is {}, and a number is wanted", short(value))))
    }

    pub fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::as_str)
    }

    pub fn object(&self, key: &str) -> Option<&Map<String, Value>> {
        self.get(key).and_then(Value::as_object)
    }

    pub fn list(&self, key: &str) -> Option<&[Value]> {
        self.get(key).and_then(Value::as_array).map(Vec::as_slice)
    }

    /// An error about one of its values.
    pub fn wrong(&self, key: &str, why: impl Into<String>) -> ConvertError {
        ConvertError::Key { file: self.path.clone(), key: key.to_owned(), why: why.into() }
    }

    /// An error about something the model does.
    pub fn unsupported(&self, what: impl Into<String>) -> ConvertError {
        ConvertError::unsupported(&self.path, what)
    }
}

/// Any JSON file.
pub(super) fn read_json(path: &Path) -> Result<Value, ConvertError> {
    serde_json::from_slice(&read_file(path)?).map_err(|e| ConvertError::damaged(path, e))
}

/// A JSON file that need not be there.
pub(super) fn read_json_if_there(path: &Path) -> Result<Option<Value>, ConvertError> {
    if path.is_file() { read_json(path).map(Some) } else { Ok(None) }
}

/// All of a small file.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, ConvertError> {
    match fs::read(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(ConvertError::Missing(path.to_owned())),
        other => other.map_err(ConvertError::disk(path)),
    }
}

/// A value in a message.
fn short(value: &Value) -> String {
    value.to_string().chars().take(40).collect()
}
