//! What keeps a folder from becoming a model: what happened, to which file, tensor or key, and the way out.

use std::io;
use std::path::{Path, PathBuf};

use super::architecture::ARCHITECTURES;
use crate::words;

/// Why a folder was not converted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// A file that is needed is not there.
    #[error("{} is missing; fetch all files of the model into this folder", .0.display())]
    Missing(PathBuf),
    /// Several files of weights, and nothing says which of them belong together.
    #[error(
        "{} holds several .safetensors files and no model.safetensors.index.json, which says what is in which; \
         fetch that file too",
        .0.display()
    )]
    NoIndex(PathBuf),
    /// The disk.
    #[error("{}: {source}", path.display())]
    Disk {
        /// What was read or written.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// No room for what would come.
    #[error(
        "there is no room for the model: it takes {} in {}; free some, or choose a smaller form",
        words::bytes(*size),
        folder.display()
    )]
    Room {
        /// Where it would lie.
        folder: PathBuf,
        /// Its bytes.
        size: u64,
    },
    /// Another program makes the same model.
    #[error("{} is being written already by another Foolscap; wait for it, or stop it", .0.display())]
    Busy(PathBuf),
    /// A file that is not what its name says.
    #[error("{} cannot be read ({why}); fetch it again", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// Where and why.
        why: String,
    },
    /// A model that is made otherwise than those that are known.
    #[error(
        "{} is a {class}, and what can be converted is {}; look on the hub for a GGUF of this model",
        folder.display(),
        classes()
    )]
    Architecture {
        /// The folder.
        folder: PathBuf,
        /// What its `config.json` calls it.
        class: String,
    },
    /// A value of `config.json` that is missing or cannot be.
    #[error("{}: {key} {why}; fetch the file again, or look on the hub for a GGUF of this model", file.display())]
    Key {
        /// The file.
        file: PathBuf,
        /// The key.
        key: String,
        /// What is wrong with it.
        why: String,
    },
    /// Something that the model does and the engine, or a GGUF, does not.
    #[error("{} {what}, which cannot be converted; look on the hub for a GGUF of this model", file.display())]
    Unsupported {
        /// The file that says so.
        file: PathBuf,
        /// What.
        what: String,
    },
    /// A tensor that is not what it must be.
    #[error("{}: tensor {tensor} {why}", file.display())]
    Tensor {
        /// The file it is in.
        file: PathBuf,
        /// Its name there.
        tensor: String,
        /// What is wrong with it, and the way out.
        why: String,
    },
    /// The engine would not run what comes of it.
    #[error("{} cannot be used: {source}", folder.display())]
    Engine {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: foolscap_engine::Error,
    },
}

impl ConvertError {
    pub(super) fn disk(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Disk { path, source }
    }

    pub(super) fn damaged(file: &Path, why: impl std::fmt::Display) -> Self {
        Self::Damaged { file: file.to_owned(), why: why.to_string() }
    }

    pub(super) fn unsupported(file: &Path, what: impl Into<String>) -> Self {
        Self::Unsupported { file: file.to_owned(), what: what.into() }
    }
}

/// What `config.json` calls those that can be converted.
fn classes() -> String {
    ARCHITECTURES.iter().map(|a| a.class).collect::<Vec<_>>().join(", ")
}
