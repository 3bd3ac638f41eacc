//! Everything that can go wrong when a file is read or written. Each message says what happened, to which file or
//! part of it, and the way out.

use std::io;
use std::path::{Path, PathBuf};

/// Why a file could not be imported or exported. Nothing was written where one of these is returned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is nothing at the path.
    #[error("there is no {}; check the name, or choose the file again", path.display())]
    NotFound {
        /// The path that was named.
        path: PathBuf,
    },
    /// The kind of the file is not known, or known and not read.
    #[error("{} cannot be imported: it is {what}. {way_out}", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// What it is, as far as can be told.
        what: &'static str,
        /// What the author can do.
        way_out: &'static str,
    },
    /// A file, or a part of it, is larger than any manuscript.
    #[error(
        "{part} of {} holds more than {} MB, which is more than a manuscript has; import it in parts, or leave \
         out what is not text",
        path.display(),
        limit / 1_000_000
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Which part of it.
        part: String,
        /// What is allowed, in bytes.
        limit: u64,
    },
    /// The file does not hold what its kind demands.
    #[error(
        "{} is damaged or no {kind} file ({problem}); open it in the program that made it, save it anew, and \
         import that",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What it should be: DOCX, ODT, EPUB …
        kind: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// The file is encrypted.
    #[error("{} is protected by {by}; {way_out}", path.display())]
    Protected {
        /// The file.
        path: PathBuf,
        /// What protects it.
        by: &'static str,
        /// What the author can do.
        way_out: &'static str,
    },
    /// The file or folder could not be read.
    #[error("{} could not be read ({source}); see that it is there and that this account may read it", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file could not be written; what was there before still is.
    #[error(
        "{} could not be written ({source}); what was there before is unchanged: see that the folder exists, can \
         be written and has room, or choose another",
        path.display()
    )]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A library, or another database, is where a file is to be written.
    #[error(
        "{} is a library of manuscripts or another database, or belongs to one, and is never written over; choose \
         another name for the file",
        path.display()
    )]
    Database {
        /// The file that was named.
        path: PathBuf,
    },
    /// What is where a file is to be written is none.
    #[error("{} is a folder or a device and no file, and is not written over; choose another name for the file", path.display())]
    NoFile {
        /// The path that was named.
        path: PathBuf,
    },
    /// There is something where a folder is to be written.
    #[error("{} is there already, and nothing of it is written over; name a new folder", path.display())]
    Taken {
        /// The folder.
        path: PathBuf,
    },
    /// There is nothing to export, or nothing came of an import.
    #[error("{} holds no text; choose another file", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The library that makes a format refused.
    #[error("the {format} could not be made ({problem}); export to another format")]
    Format {
        /// The format.
        format: &'static str,
        /// What the library says.
        problem: String,
    },
}

impl Error {
    pub(crate) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path: path.to_owned() },
            _ => Self::Read { path: path.to_owned(), source },
        }
    }

    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Write { path: path.to_owned(), source }
    }
}
