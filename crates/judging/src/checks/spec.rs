//! How a check is read, validated and described. It is read by hand: serde cannot both flatten a check into what has a name
//! and a threshold, and refuse fields that nobody knows.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{Check, LengthUnit, Metric, Person, Spec, Tense, wording};
use crate::Error;
use crate::text::language;

/// The longest n-gram.
const LONGEST: usize = 20;

impl<'de> Deserialize<'de> for Spec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::<String, Value>::deserialize(deserializer)?;
        // What is infinite or no number in TOML comes as null, which would read as a bound that is not there.
        if let Some((field, _)) = fields.iter().find(|(_, value)| value.is_null()) {
            return Err(D::Error::custom(format!(
                "{field} is no number; leave it out where it has no bound"
            )));
        }
        let mut take = |field: &str| fields.remove(field).unwrap_or(Value::Null);
        let named = |field: &'static str| move |error| D::Error::custom(format!("{field}: {error}"));
        let name = serde_json::from_value(take("name")).map_err(named("name"))?;
        let threshold = serde_json::from_value(take("threshold")).map_err(named("threshold"))?;
        let check = serde_json::from_value(Value::Object(fields)).map_err(D::Error::custom)?;
        let spec = Self { name, threshold, check };
        spec.validate().map_err(D::Error::custom)?;
        Ok(spec)
    }
}

impl Spec {
    /// Whether the check can be used. One that is read from a file has been validated.
    ///
    /// # Errors
    /// What is wrong: a pattern that is none, a least figure above the largest, a figure outside its range, nothing to check.
    pub fn validate(&self) -> Result<(), Error> {
        if let Some(threshold) = self.threshold {
            within("threshold", threshold, 0.0, 1.0)?;
        }
        let kind = self.check.kind();
        match &self.check {
            Check::Contains { texts, .. } | Check::NotContains { texts, .. } => {
                let none = texts.is_empty() || texts.iter().any(String::is_empty);
                if none { Err(Error::Empty { kind, field: "texts" }) } else { Ok(()) }
            }
            Check::Regex { pattern } | Check::NotRegex { pattern } => wording::compile(pattern).map(drop),
            Check::Length { min, max, .. } | Check::LengthRatio { min, max, .. } => {
                ordered(kind, *min, *max, (0.0, f64::MAX))
            }
            Check::Dialogue { min, max } => ordered(kind, *min, *max, (0.0, 1.0)),
            Check::Readability { min, max } => ordered(kind, *min, *max, (f64::MIN, f64::MAX)),
            Check::Repetition { n, max } | Check::Copied { n, max } => {
                within("n", *n as f64, 1.0, LONGEST as f64)?;
                within("max", *max, 0.0, 1.0)
            }
            Check::Phrases { also, .. } => {
                match also.iter().all(|phrase| phrase.chars().any(char::is_alphanumeric)) {
                    true => Ok(()),
                    false => Err(Error::Empty { kind, field: "also" }),
                }
            }
            Check::Language { is } => match is == "same" || is == "into" || language::primary(is).is_some() {
                true => Ok(()),
                false => Err(Error::NotALanguage { tag: is.chars().take(60).collect() }),
            },
            Check::NamesKept { min } => within("min", *min, 0.0, 1.0),
            Check::Similarity { min, .. } => within("min", *min, 0.0, 100.0),
            Check::Perplexity { max } => within("max", *max, 1.0, f64::MAX),
            Check::Json { .. }
            | Check::Names { .. }
            | Check::PointOfView { .. }
            | Check::Tense { .. }
            | Check::Leak {}
            | Check::Structure {} => Ok(()),
        }
    }

    /// What people call the check: its name, or a short description.
    pub fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.check.describe())
    }
}

impl Check {
    /// The kind as files have it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Contains { .. } => "contains",
            Self::NotContains { .. } => "not_contains",
            Self::Regex { .. } => "regex",
            Self::NotRegex { .. } => "not_regex",
            Self::Length { .. } => "length",
            Self::LengthRatio { .. } => "length_ratio",
            Self::Readability { .. } => "readability",
            Self::Repetition { .. } => "repetition",
            Self::Phrases { .. } => "phrases",
            Self::PointOfView { .. } => "point_of_view",
            Self::Tense { .. } => "tense",
            Self::Dialogue { .. } => "dialogue",
            Self::Language { .. } => "language",
            Self::Leak {} => "leak",
            Self::Json { .. } => "json",
            Self::Names { .. } => "names",
            Self::NamesKept { .. } => "names_kept",
            Self::Copied { .. } => "copied",
            Self::Similarity { .. } => "similarity",
            Self::Perplexity { .. } => "perplexity",
            Self::Structure {} => "structure",
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Contains { texts, .. } => format!("Contains {}", texts.join(", ")),
            Self::NotContains { texts, .. } => format!("Does not contain {}", texts.join(", ")),
            Self::Regex { pattern } => format!("Matches {pattern}"),
            Self::NotRegex { pattern } => format!("Does not match {pattern}"),
            Self::Length { unit, min, max } => {
                let unit = match unit {
                    LengthUnit::Words => "words",
                    LengthUnit::Sentences => "sentences",
                    LengthUnit::Characters => "characters",
                    LengthUnit::Paragraphs => "paragraphs",
                };
                format!("Length in {unit}{}", range(*min, *max))
            }
            Self::LengthRatio { min, max, .. } => format!("Length ratio{}", range(*min, *max)),
            Self::Readability { min, max } => format!("Readability{}", range(*min, *max)),
            Self::Repetition { .. } => "Does not repeat itself".to_owned(),
            Self::Phrases { .. } => "No stock phrases".to_owned(),
            Self::PointOfView { is: Person::First } => "First person".to_owned(),
            Self::PointOfView { is: Person::Second } => "Second person".to_owned(),
            Self::PointOfView { is: Person::Third } => "Third person".to_owned(),
            Self::Tense { is: Tense::Past } => "Past tense".to_owned(),
            Self::Tense { is: Tense::Present } => "Present tense".to_owned(),
            Self::Dialogue { min, max } => format!("Share of dialogue{}", range(*min, *max)),
            Self::Language { is } if is == "same" => "Same language".to_owned(),
            Self::Language { is } if is == "into" => "Language translated into".to_owned(),
            Self::Language { is } => format!("Language {is}"),
            Self::Leak {} => "Nothing but the text".to_owned(),
            Self::Json { .. } => "Valid JSON".to_owned(),
            Self::Names { .. } => "No new names".to_owned(),
            Self::NamesKept { .. } => "Names kept".to_owned(),
            Self::Copied { .. } => "Not copied".to_owned(),
            Self::Similarity { metric, .. } => {
                let metric = match metric {
                    Metric::Chrf => "chrF",
                    Metric::ChrfPlusPlus => "chrF++",
                    Metric::RougeL => "ROUGE-L",
                };
                format!("Near the reference ({metric})")
            }
            Self::Perplexity { max } => format!("Perplexity up to {max}"),
            Self::Structure {} => "Same paragraphs".to_owned(),
        }
    }
}

fn range(min: Option<f64>, max: Option<f64>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!(" from {min} to {max}"),
        (Some(min), None) => format!(" from {min}"),
        (None, Some(max)) => format!(" up to {max}"),
        (None, None) => String::new(),
    }
}

fn within(field: &'static str, value: f64, low: f64, high: f64) -> Result<(), Error> {
    // What is no number is in no range.
    if (low..=high).contains(&value) { Ok(()) } else { Err(Error::OutOfRange { field, value, low, high }) }
}

fn ordered(
    kind: &'static str,
    min: Option<f64>,
    max: Option<f64>,
    (low, high): (f64, f64),
) -> Result<(), Error> {
    for (field, value) in [("min", min), ("max", max)] {
        if let Some(value) = value {
            within(field, value, low, high)?;
        }
    }
    match (min, max) {
        (Some(min), Some(max)) if min > max => Err(Error::MinAboveMax { kind, min, max }),
        (None, None) => Err(Error::Empty { kind, field: "min or max" }),
        _ => Ok(()),
    }
}
