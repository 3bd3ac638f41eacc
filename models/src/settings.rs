//! What can be set for a model. What is not set follows from the model itself.

use serde::{Deserialize, Serialize};

use crate::catalog::{Kind, Recommended};

/// Settings of a model; none of them need be set.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModelSettings {
    /// Tokens that it sees at once; none: as many as it was made for and memory holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<u32>,
    /// Threads that compute; none: as many as usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threads: Option<u32>,
    /// Sampling, where a request does not say otherwise.
    #[serde(skip_serializing_if = "is_default")]
    pub sampling: Recommended,
    /// A chat template (Jinja) in the place of the model's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// Whether it is asked as one that follows instructions or as one that carries text on; none: as it has a chat
    /// template or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<Kind>,
}

fn is_default(sampling: &Recommended) -> bool {
    *sampling == Recommended::default()
}

/// A setting that cannot be.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{name} cannot be {value:?}; {wanted}")]
pub struct SettingError {
    name: String,
    value: String,
    wanted: &'static str,
}

/// Names of what can be set, with what is wanted.
pub const SETTINGS: &[(&str, &str)] = &[
    ("context", "a number of tokens from 256 on is wanted"),
    ("threads", "a number from 1 to 1024 is wanted"),
    ("temperature", "a number from 0 to 5 is wanted"),
    ("top_p", "a number from 0 to 1 is wanted"),
    ("top_k", "a number from 1 on is wanted"),
    ("min_p", "a number from 0 to 1 is wanted"),
    ("template", "the text of a Jinja template is wanted"),
    ("style", "`instruct` or `base` is wanted"),
];

impl ModelSettings {
    /// Sets one by its name; an empty value takes it back.
    ///
    /// # Errors
    /// [`SettingError`] for a name or a value that is none.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), SettingError> {
        let known = SETTINGS.iter().find(|(known, _)| *known == name);
        let error = |wanted| SettingError { name: name.to_owned(), value: value.to_owned(), wanted };
        let &(_, wanted) = known.ok_or_else(|| {
            error("settings are context, threads, temperature, top_p, top_k, min_p, template and style")
        })?;
        let value = value.trim();
        let whole = |least: u32| number(value, least..=u32::MAX).ok_or_else(|| error(wanted));
        let part = |most: f32| number(value, 0.0..=most).ok_or_else(|| error(wanted));
        let sampling = &mut self.sampling;
        match name {
            "context" => self.context = whole(256)?,
            "threads" => self.threads = number(value, 1..=1024).ok_or_else(|| error(wanted))?,
            "temperature" => sampling.temperature = part(5.0)?,
            "top_p" => sampling.top_p = part(1.0)?,
            "min_p" => sampling.min_p = part(1.0)?,
            "top_k" => sampling.top_k = whole(1)?,
            "template" => self.template = Some(value.to_owned()).filter(|text| !text.is_empty()),
            _ => {
                self.style = match value {
                    "" => None,
                    "instruct" => Some(Kind::Instruct),
                    "base" => Some(Kind::Base),
                    _ => return Err(error(wanted)),
                }
            }
        }
        Ok(())
    }
}

/// The number, none for no text; an error (none) for what is no such number.
fn number<T: std::str::FromStr + PartialOrd>(
    text: &str,
    range: std::ops::RangeInclusive<T>,
) -> Option<Option<T>> {
    match text {
        "" => Some(None),
        text => text.parse().ok().filter(|number| range.contains(number)).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_set_and_taken_back() {
        let mut settings = ModelSettings::default();
        for (name, _) in SETTINGS {
            let value = match *name {
                "style" => "base",
                "context" | "threads" | "top_k" => "512",
                "template" => "{{ messages }}",
                _ => "0.5",
            };
            settings.set(name, value).unwrap();
            assert_ne!(settings, ModelSettings::default(), "{name}");
            let kept: ModelSettings = toml::from_str(&toml::to_string(&settings).unwrap()).unwrap();
            assert_eq!(kept, settings);
            settings.set(name, "").unwrap();
            assert_eq!(settings, ModelSettings::default(), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused_with_what_is_wanted() {
        let mut settings = ModelSettings::default();
        for (name, value) in [
            ("temperature", "hot"),
            ("top_p", "1.5"),
            ("context", "1"),
            ("threads", "0"),
            ("style", "x"),
            ("top_p", "NaN"),
        ] {
            let error = settings.set(name, value).unwrap_err();
            assert!(error.to_string().contains("wanted"), "{error}");
        }
        assert!(settings.set("colour", "blue").unwrap_err().to_string().contains("settings are"));
        assert_eq!(settings, ModelSettings::default());
    }
}
