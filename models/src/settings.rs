//! What can be set for a model. What is not set follows from the model itself.

use serde::{Deserialize, Serialize};

use foolscap_engine::KvType;

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
    /// Where it computes; none: on a graphics card where this build knows one and there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// How many layers, at most, compute on the graphics card; none: as many as fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gpu_layers: Option<u32>,
    /// The form of keys and values, by its name; none: 16 bits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kv_type: Option<String>,
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

/// Where a model computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Device {
    /// On the processor.
    Cpu,
    /// On the graphics card, and on the processor what does not fit there.
    Gpu,
}

impl Device {
    /// As it is set.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Gpu => "gpu",
        }
    }
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
    wanted: String,
}

/// Names of what can be set, with what is wanted.
pub const SETTINGS: &[(&str, &str)] = &[
    ("context", "a number of tokens from 256 on is wanted"),
    ("threads", "a number from 1 to 1024 is wanted"),
    ("device", "`cpu` or `gpu` is wanted"),
    ("gpu_layers", "a number from 0 to 1000 is wanted"),
    ("kv_type", "`f16` or `q8_0` is wanted"),
    ("temperature", "a number from 0 to 5 is wanted"),
    ("top_p", "a number from 0 to 1 is wanted"),
    ("top_k", "a number from 1 on is wanted"),
    ("min_p", "a number from 0 to 1 is wanted"),
    ("template", "the text of a Jinja template is wanted"),
    ("style", "`instruct` or `base` is wanted"),
];

impl ModelSettings {
    /// The form of keys and values.
    pub fn keys(&self) -> KvType {
        self.kv_type.as_deref().and_then(KvType::from_name).unwrap_or_default()
    }

    /// Sets one by its name; an empty value takes it back.
    ///
    /// # Errors
    /// [`SettingError`] for a name or a value that is none.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), SettingError> {
        let known = SETTINGS.iter().find(|(known, _)| *known == name);
        let error = |wanted: &str| SettingError {
            name: name.to_owned(),
            value: value.to_owned(),
            wanted: wanted.to_owned(),
        };
        let &(_, wanted) = known.ok_or_else(|| {
            let names: Vec<&str> = SETTINGS.iter().map(|(name, _)| *name).collect();
            error(&format!("settings are {}", names.join(", ")))
        })?;
        let value = value.trim();
        let whole = |least: u32| number(value, least..=u32::MAX).ok_or_else(|| error(wanted));
        let part = |most: f32| number(value, 0.0..=most).ok_or_else(|| error(wanted));
        let sampling = &mut self.sampling;
        match name {
            "context" => self.context = whole(256)?,
            "threads" => self.threads = number(value, 1..=1024).ok_or_else(|| error(wanted))?,
            "device" => {
                self.device = match value {
                    "" => None,
                    "cpu" => Some(Device::Cpu),
                    "gpu" => Some(Device::Gpu),
                    _ => return Err(error(wanted)),
                }
            }
            "gpu_layers" => self.gpu_layers = number(value, 0..=1000).ok_or_else(|| error(wanted))?,
            "kv_type" => {
                self.kv_type = match value {
                    "" => None,
                    name if KvType::from_name(name).is_some() => Some(name.to_owned()),
                    _ => return Err(error(wanted)),
                }
            }
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
                "device" => "gpu",
                "kv_type" => "q8_0",
                "context" | "threads" | "gpu_layers" | "top_k" => "512",
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
            ("device", "tpu"),
            ("gpu_layers", "-1"),
            ("kv_type", "q4_0"),
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
