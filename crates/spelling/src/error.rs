//! Why there is no spelling. Each message says what happened, to which language or file, and the way out.

use std::io;
use std::path::PathBuf;

/// Why a text cannot be checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// What should name a language does not.
    #[error("{tag:?} names no language; name one as BCP 47 does, such as en, de-AT or pt-BR")]
    NotALanguage {
        /// What was given.
        tag: String,
    },
    /// There is no dictionary of a language on this machine.
    #[error(
        "there is no dictionary for {language} here; put a Hunspell dictionary ({file}.aff and {file}.dic) into {}, or \
         install the one of your system (on Debian and Ubuntu: apt install hunspell-{})",
        folder.display(), language.split('-').next().unwrap_or(language)
    )]
    NoDictionary {
        /// The language, as BCP 47 has it.
        language: String,
        /// What the two files would be called.
        file: String,
        /// Where to put one.
        folder: PathBuf,
    },
    /// A file cannot be read.
    #[error("the dictionary {} cannot be read: {source}; check that it is there and may be read", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
    /// A file is larger than any dictionary.
    #[error(
        "{} is larger than {limit} bytes, which no dictionary is; put a sound one in its place",
        path.display()
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// How large it may be.
        limit: u64,
    },
    /// A file is not in the encoding that the dictionary names.
    #[error(
        "{} is not in the encoding {encoding} that the dictionary names; get the dictionary anew, or save both \
         files as UTF-8 and write SET UTF-8 in the first line of the .aff file",
        path.display()
    )]
    Encoding {
        /// The file.
        path: PathBuf,
        /// The encoding, as the dictionary has it.
        encoding: String,
    },
    /// A dictionary names an encoding that nobody knows here.
    #[error(
        "{} names the encoding {encoding:?}, which is not known here; save both files as UTF-8 and write SET UTF-8 in \
         its first line",
        path.display()
    )]
    UnknownEncoding {
        /// The .aff file.
        path: PathBuf,
        /// The encoding, as the dictionary has it.
        encoding: String,
    },
    /// A word list is much shorter than its first line says.
    #[error(
        "{} says that it has {told} words and has {found}: the rest is missing; get the dictionary anew",
        path.display()
    )]
    Truncated {
        /// The .dic file.
        path: PathBuf,
        /// Words, as its first line says.
        told: usize,
        /// Words that are there.
        found: usize,
    },
    /// The files are not a Hunspell dictionary.
    #[error("{} is not a sound Hunspell dictionary ({reason}); get the dictionary anew", path.display())]
    Malformed {
        /// The .dic file; the .aff file lies beside it.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}
