//! What can go wrong, to which thing, and the way out.

use std::path::PathBuf;

/// Why the workbench refuses.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file cannot be read or written.
    #[error("the workbench {path} cannot be used ({source}); free some room on the disk, or put the latest copy from the folder `backups` in its place", path = path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The file's folder cannot be made.
    #[error("the folder of the workbench {path} cannot be made: {source}", path = path.display())]
    Folder {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is of a later Foolscap, or of another program.
    #[error("{path} is not a workbench that this Foolscap can read; use a newer one, or move the file away", path = path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// There is no such prompt, experiment, answer or test set.
    #[error("there is no {what}; {way_out}")]
    NotFound {
        /// Which thing.
        what: String,
        /// What to do instead.
        way_out: &'static str,
    },
    /// A prompt of this name is for something else.
    #[error("the prompt {name} is for {action}, and this one is for {other}; give it another name")]
    OtherAction {
        /// Its name.
        name: String,
        /// What it is for.
        action: String,
        /// What the new text is for.
        other: String,
    },
    /// An experiment with nothing to do, or with more than anybody could look at.
    #[error("the experiment would make {cells} answers; between 1 and {most} can be made")]
    Size {
        /// So many it would make.
        cells: u64,
        /// So many are allowed.
        most: u64,
    },
}

/// The result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;
