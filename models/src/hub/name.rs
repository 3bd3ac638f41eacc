//! Names of repositories and of files in them.

use std::fmt;
use std::path::{Component, Path};
use std::str::FromStr;

use serde::Serialize;

use super::HubError;

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
    fn only_files_inside_a_repository_are_taken() {
        assert!(is_inside("model.gguf") && is_inside("Q4/model-00001-of-00002.gguf"));
        for outside in ["", "/etc/passwd", "../up", "a/../../b", "a\\b", "a\0b"] {
            assert!(!is_inside(outside), "{outside}");
        }
    }
}
