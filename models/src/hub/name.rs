//! Names of repositories and of files in them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path};
use std::str::FromStr;

use serde::Serialize;

use super::HubError;
use crate::{found, parts};

/// A repository, `owner/name`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Repo {
    owner: String,
    name: String,
}

/// A file of a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemoteFile {
    /// Its path there.
    pub path: String,
    /// Bytes.
    pub size: u64,
}

/// A model of a repository, in one file or in several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemoteModel {
    /// Path of its file there; of several, the first.
    pub path: String,
    /// Bytes of all.
    pub size: u64,
    /// In how many files it is.
    pub files: u32,
    /// How many of these the repository lacks.
    pub missing: u32,
}

/// The models that files are, in the order of their names.
pub fn models(files: impl IntoIterator<Item = RemoteFile>) -> Vec<RemoteModel> {
    let mut all: BTreeMap<String, RemoteModel> = BTreeMap::new();
    for RemoteFile { path, size } in files {
        let (first, files) = (parts::first(&path), parts::count(&path));
        if found::is_model(Path::new(&first)) {
            let model = RemoteModel { path: first.clone(), size: 0, files, missing: files };
            let model = all.entry(first).or_insert(model);
            model.size = model.size.saturating_add(size);
            model.missing = model.missing.saturating_sub(1);
        }
    }
    all.into_values().collect()
}

impl Repo {
    /// Who keeps it.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// What it is called there.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl FromStr for Repo {
    type Err = HubError;

    fn from_str(text: &str) -> Result<Self, HubError> {
        let is_part = |part: &str| {
            let known = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            !part.is_empty() && part.len() <= 96 && !part.starts_with('.') && part.chars().all(known)
        };
        match text.split_once('/') {
            Some((owner, name)) if is_part(owner) && is_part(name) => {
                Ok(Self { owner: owner.to_owned(), name: name.to_owned() })
            }
            _ => Err(HubError::Name(text.to_owned())),
        }
    }
}

impl fmt::Display for Repo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

/// Whether a path names something below its folder.
pub(crate) fn is_inside(path: &str) -> bool {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    !path.is_empty() && !path.contains(['\\', '\0']) && Path::new(path).components().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_owner_and_name() {
        assert_eq!("Qwen/Qwen3-4B-GGUF".parse::<Repo>().unwrap().to_string(), "Qwen/Qwen3-4B-GGUF");
        for wrong in ["", "Qwen", "a/b/c", "../x", "a/..", "a b/c", "https://hub/a", "a/"] {
            assert!(wrong.parse::<Repo>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn files_of_a_model_in_several_are_one_model() {
        let files =
            ["README.md", "big-00002-of-00002.gguf", "a.gguf", "mmproj-a.gguf", "big-00001-of-00002.gguf"]
                .into_iter()
                .chain(["half-00003-of-00003.gguf"]);
        let found = models(files.map(|path| RemoteFile { path: path.to_owned(), size: 10 }));
        let told: Vec<_> = found.iter().map(|m| (m.path.as_str(), m.size, m.files, m.missing)).collect();
        let half = ("half-00001-of-00003.gguf", 10, 3, 2);
        assert_eq!(told, [("a.gguf", 10, 1, 0), ("big-00001-of-00002.gguf", 20, 2, 0), half]);
    }

    #[test]
    fn only_files_inside_a_repository_are_taken() {
        assert!(is_inside("model.gguf") && is_inside("Q4/model-00001-of-00002.gguf"));
        for outside in ["", "/etc/passwd", "../up", "a/../../b", "a\\b", "a\0b"] {
            assert!(!is_inside(outside), "{outside}");
        }
    }
}
