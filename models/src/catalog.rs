//! A short, kept list of models that are good to write with, small to large: `catalog.toml`, part of the program. What is
//! not known for certain is not in it: a size or a hash is there only where it was seen.

use serde::{Deserialize, Serialize};

/// The list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    /// Smallest first.
    #[serde(rename = "model")]
    pub models: Vec<Entry>,
}

/// A model of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What it is called on the command line.
    pub id: String,
    /// What it is called on the page.
    pub name: String,
    /// Repository on the hub, `owner/name`.
    pub repo: String,
    /// File in it.
    pub file: String,
    /// Commit of the repository; none: its newest.
    pub revision: Option<String>,
    /// Bytes, where they are known.
    pub size: Option<u64>,
    /// Digest of the file, where it is known.
    pub sha256: Option<String>,
    /// `general.architecture` of the file.
    pub architecture: String,
    /// Weights, in thousand millions.
    pub billions: f32,
    /// SPDX name of the licence, or the maker's own.
    pub licence: String,
    /// Languages it writes, as people say it (`100+ languages`, `English`).
    pub languages: String,
    /// What it is good at, in a few words.
    pub good_at: String,
    /// Whether it follows instructions.
    pub kind: Kind,
    /// Tokens that it can see at once, as its maker says.
    pub context: u32,
    /// What its maker recommends.
    #[serde(default)]
    pub sampling: Recommended,
}

/// What a model was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Carries text on.
    Base,
    /// Follows instructions.
    Instruct,
}

/// Sampling that a model's maker recommends; none: Foolscap's own.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recommended {
    /// How freely: 0 always takes the likeliest.
    pub temperature: Option<f32>,
    /// The likeliest tokens that make up this share.
    pub top_p: Option<f32>,
    /// So many of the likeliest.
    pub top_k: Option<u32>,
    /// Those at least so likely, as a part of the likeliest.
    pub min_p: Option<f32>,
}

impl Catalog {
    /// The list of this version. (That it can be read holds a test.)
    pub fn kept() -> &'static Self {
        static KEPT: std::sync::LazyLock<Catalog> = std::sync::LazyLock::new(|| {
            toml::from_str(include_str!("../catalog.toml")).unwrap_or(Catalog { models: Vec::new() })
        });
        &KEPT
    }

    /// A model by its id, whatever the case.
    pub fn find(&self, id: &str) -> Option<&Entry> {
        self.models.iter().find(|entry| entry.id.eq_ignore_ascii_case(id))
    }

    /// Models whose id, name, repository or description has all these words.
    pub fn search<'a>(&'a self, words: &'a str) -> impl Iterator<Item = &'a Entry> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        self.models.iter().filter(move |entry| {
            let of = [&entry.id, &entry.name, &entry.repo, &entry.good_at, &entry.languages, &entry.licence];
            let all = of.map(|text| text.to_lowercase()).join(" ");
            words.iter().all(|word| all.contains(word.as_str()))
        })
    }
}

impl Entry {
    /// Bytes: known, or about so many by the weights and the quantization that the file's name tells.
    pub fn about_bytes(&self) -> u64 {
        self.size.unwrap_or_else(|| {
            let bits = bits_a_weight(&self.file).unwrap_or(5.0);
            (f64::from(self.billions) * 1e9 * bits / 8.0) as u64
        })
    }
}

/// Bits that a weight takes, about, in files that are named so; a test holds the sizes that are known against it.
fn bits_a_weight(file: &str) -> Option<f64> {
    let name = file.to_uppercase();
    let known = [
        ("Q2_K", 3.2),
        ("Q3_K", 3.9),
        ("IQ4", 4.5),
        ("Q4_0", 4.6),
        ("Q4_K", 4.9),
        ("Q5_K", 5.7),
        ("Q6_K", 6.6),
        ("Q8_0", 8.5),
        ("F16", 16.0),
        ("BF16", 16.0),
    ];
    known.into_iter().find(|(part, _)| name.contains(part)).map(|(_, bits)| bits)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use foolscap_engine::arch::Architecture;

    use super::*;

    #[test]
    fn the_list_is_read_and_is_not_empty() {
        let list: Catalog = toml::from_str(include_str!("../catalog.toml")).unwrap();
        assert_eq!(&list, Catalog::kept());
        assert!(list.models.len() >= 10);
    }

    #[test]
    fn the_engine_runs_every_model_of_the_list() {
        for entry in &Catalog::kept().models {
            assert!(
                Architecture::by_name(&entry.architecture).is_ok(),
                "{}: {}",
                entry.id,
                entry.architecture
            );
        }
    }

    #[test]
    fn what_an_entry_says_can_be() {
        let mut ids = HashSet::new();
        let mut before = 0.0;
        for entry in &Catalog::kept().models {
            let id = &entry.id;
            assert!(ids.insert(id.to_lowercase()), "{id} is there twice");
            assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)), "{id}");
            assert!(
                entry.repo.split('/').filter(|part| !part.is_empty()).count() == 2,
                "{id}: {}",
                entry.repo
            );
            assert!(entry.file.ends_with(".gguf"), "{id}: {}", entry.file);
            for text in [&entry.name, &entry.licence, &entry.languages, &entry.good_at] {
                assert!(!text.trim().is_empty(), "{id} leaves something out");
            }
            let is_hex =
                |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_hexdigit());
            assert!(entry.sha256.as_ref().is_none_or(|hash| is_hex(hash, 64)), "{id}: no SHA-256");
            assert!(entry.revision.as_ref().is_none_or(|commit| is_hex(commit, 40)), "{id}: no commit");
            assert!(entry.sha256.is_none() || entry.revision.is_some(), "{id}: a hash belongs to a commit");
            let about = f64::from(entry.billions) * 1e9 * bits_a_weight(&entry.file).unwrap() / 8.0;
            if let Some(size) = entry.size {
                let ratio = size as f64 / about;
                assert!((0.8..1.35).contains(&ratio), "{id}: {size} bytes for {} billion", entry.billions);
            }
            assert!(entry.context >= 2048, "{id}");
            assert!(entry.billions >= before, "{id} is not in order");
            before = entry.billions;
        }
    }

    #[test]
    fn models_are_found_by_any_of_their_words() {
        let catalog = Catalog::kept();
        let first = &catalog.models[0];
        assert_eq!(catalog.find(&first.id.to_uppercase()), Some(first));
        assert!(catalog.search(&format!("{} {}", first.name, first.licence)).any(|e| e == first));
        assert_eq!(catalog.search("no such model anywhere").count(), 0);
        assert_eq!(catalog.search("").count(), catalog.models.len());
    }
}
