//! What goes wrong between this machine and the hub, in words that say the way out.

use std::path::PathBuf;
use std::time::Duration;

use super::Repo;
use crate::{parts, words};

/// Why a model was not fetched. Being stopped is no error: see [`crate::download::Outcome`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HubError {
    /// Not `owner/name`.
    #[error("{0:?} is no repository; name it as owner/name, such as Qwen/Qwen3-4B-GGUF")]
    Name(String),
    /// 401, or 403 on a repository that has conditions.
    #[error(
        "{repo} wants you to agree to its terms: open {repo} on the hub in a browser, agree, make a token there \
         (Settings, Access Tokens) and give it to Foolscap"
    )]
    Gated {
        /// The repository.
        repo: String,
    },
    /// A token was sent, and is not good for this repository.
    #[error(
        "the hub does not let this token read {repo}; agree to its terms with the same account, or use another token"
    )]
    Refused {
        /// The repository.
        repo: String,
    },
    /// No such repository or file.
    #[error("the hub has no {what}; check how it is written")]
    NotFound {
        /// What was asked for.
        what: String,
    },
    /// A model in several files of which the hub has not all.
    #[error(
        "{repo} lacks {file}, one of the {count} files of this model; choose another of its models, or name a mirror"
    )]
    PartMissing {
        /// The repository.
        repo: String,
        /// The file.
        file: String,
        /// How many there should be.
        count: usize,
    },
    /// Too many requests, and it asks to wait longer than is waited.
    #[error("the hub asks to wait {}; try again then", words::time(*.0))]
    Busy(Duration),
    /// The hub fails.
    #[error("the hub cannot answer now (it says {status}); try again later, or name a mirror")]
    Server {
        /// Its status.
        status: u16,
    },
    /// No connection, or one that is cut again and again.
    #[error("the hub cannot be reached ({why}); what came is kept: check the network and start again")]
    Network {
        /// What the system says.
        why: String,
    },
    /// Nothing came for so long, again and again.
    #[error("nothing came from the hub for {}; what came is kept: check the network and start again", words::time(*.0))]
    Stalled(Duration),
    /// It sent more or less than it said.
    #[error(
        "{file} has another length than the hub says ({found} bytes and not {expected}); it was thrown away: start again"
    )]
    Length {
        /// The file.
        file: String,
        /// As the hub says.
        expected: u64,
        /// What came.
        found: u64,
    },
    /// What came is not what it should be.
    #[error(
        "{file} arrived damaged (its SHA-256 is {found} and should be {expected}); it was thrown away: start again, or \
         name another mirror"
    )]
    Digest {
        /// The file.
        file: String,
        /// As the hub or the catalogue says.
        expected: String,
        /// What came.
        found: String,
    },
    /// The catalogue means another content.
    #[error(
        "{file} on the hub is not the file that the catalogue means; get it by its name (owner/name:file) if you trust it"
    )]
    Changed {
        /// The file.
        file: String,
    },
    /// Not enough room.
    #[error("{} lacks room: {} are needed and {} are free; make room on the disk, or choose another folder", folder.display(), words::bytes(*needed), words::bytes(*free))]
    Room {
        /// Where it was to go.
        folder: PathBuf,
        /// Bytes that are needed.
        needed: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// Another process fetches it.
    #[error("{file} is being fetched by another program; wait for it")]
    Locked {
        /// The file.
        file: String,
    },
    /// The disk.
    #[error("{}: {source}", path.display())]
    Disk {
        /// What was written or read.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// An endpoint that cannot be one.
    #[error("{url} is no address of a hub ({why}); write it as https://huggingface.co")]
    Endpoint {
        /// As it was given.
        url: String,
        /// What is wrong.
        why: String,
    },
    /// A file that is no GGUF.
    #[error("{file} is no model that can be read: {why}")]
    NoModel {
        /// The file.
        file: String,
        /// What is wrong.
        why: String,
    },
    /// What it says makes no sense.
    #[error("the hub answers in a way this version does not understand: {0}")]
    Answer(String),
}

impl HubError {
    /// What it means for a file that may be one of several.
    pub(crate) fn in_a_set(self, repo: &Repo, file: &str) -> Self {
        match self {
            Self::NotFound { .. } if parts::is_further(file) => Self::PartMissing {
                repo: repo.to_string(),
                file: file.to_owned(),
                count: parts::count(file) as usize,
            },
            other => other,
        }
    }
}
