//! What a prompt brings along of its own: variables with their kinds, and examples.

use serde::Deserialize;

use crate::variables::OwnValue;

/// A variable of a prompt's own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnVariable {
    /// As templates name it.
    pub name: String,
    /// What its value is.
    #[serde(default)]
    pub kind: OwnKind,
    /// What it is where nobody says; may be empty.
    #[serde(default)]
    pub default: String,
    /// What it is for, in a sentence.
    #[serde(default)]
    pub about: String,
}

/// What the value of a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnKind {
    /// Words.
    #[default]
    Text,
    /// A number; empty is 0.
    Number,
    /// Yes or no; empty is no.
    Flag,
    /// A line each.
    List,
}

/// Something that was asked and well answered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What was asked.
    pub user: String,
    /// What was answered.
    pub answer: String,
}

impl OwnVariable {
    /// The value that a text stands for.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn value(&self, text: &str) -> Result<OwnValue, String> {
        let (name, word) = (&self.name, text.trim());
        match self.kind {
            OwnKind::Text => Ok(OwnValue::Text(text.to_owned())),
            OwnKind::Number if word.is_empty() => Ok(OwnValue::Number(0.0)),
            OwnKind::Number => match word.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(OwnValue::Number(number)),
                _ => Err(format!("{name} is a number, and {word:?} is none")),
            },
            OwnKind::Flag => match word.to_lowercase().as_str() {
                "" | "no" | "false" | "0" => Ok(OwnValue::Flag(false)),
                "yes" | "true" | "1" => Ok(OwnValue::Flag(true)),
                _ => Err(format!("{name} is yes or no, and {word:?} is neither")),
            },
            OwnKind::List => Ok(OwnValue::List(
                text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            )),
        }
    }

    /// A value to try templates with: something, or nothing.
    pub(crate) fn example(&self, filled: bool) -> OwnValue {
        match (self.kind, filled) {
            (OwnKind::Text, true) => OwnValue::Text("a".into()),
            (OwnKind::Text, false) => OwnValue::Text(String::new()),
            (OwnKind::Number, filled) => OwnValue::Number(if filled { 9.0 } else { 0.0 }),
            (OwnKind::Flag, filled) => OwnValue::Flag(filled),
            (OwnKind::List, true) => OwnValue::List(vec!["a".into()]),
            (OwnKind::List, false) => OwnValue::List(Vec::new()),
        }
    }
}
