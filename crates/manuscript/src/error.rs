//! Everything that can go wrong with a library. Each message says what happened, to which file or row, and
//! the way out, because the author reads it at the moment the words seem to be in danger.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::{ChapterId, LoreId, ProjectId, RemarkId, RevisionId, SceneId, StyleSampleId};

/// Why a library could not be opened, read or written.
///
/// Whenever one of these is returned, what was saved before is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Another process (or another [`Library`](crate::Library) of this one) has the file open.
    #[error(
        "the library {} is in use by another program; close Foolscap there, or open another library",
        path.display()
    )]
    InUse {
        /// The library.
        path: PathBuf,
    },
    /// The file was written by a later version of this program.
    #[error(
        "the library {} was written by a newer Foolscap (schema {found}; this one knows schemas up to \
         {known}); nothing in it was changed: open it with the newer version",
        path.display()
    )]
    TooNew {
        /// The library.
        path: PathBuf,
        /// Its schema version.
        found: u32,
        /// The latest schema version this program knows.
        known: u32,
    },
    /// The library is of an older schema, and it was opened only to read.
    #[error(
        "the library {} was written by an older Foolscap (schema {found}; this one writes {known}) and can \
         be read once it was opened to write; close it in the other program and open it here",
        path.display()
    )]
    TooOld {
        /// The library.
        path: PathBuf,
        /// Its schema version.
        found: u32,
        /// The schema version this program writes.
        known: u32,
    },
    /// Something was to be written in a library that was opened to read.
    #[error(
        "the library {} was opened to read, because another program writes it; nothing was changed: close it \
         there, then open it here again",
        path.display()
    )]
    OpenedToRead {
        /// The library.
        path: PathBuf,
    },
    /// The file holds something else: not a database, or another program's.
    #[error(
        "{} is not a Foolscap library; nothing in it was changed: choose another file, or a new name for \
         a new library",
        path.display()
    )]
    NotALibrary {
        /// The file.
        path: PathBuf,
    },
    /// A folder stands where the library should be.
    #[error("{} is a folder, not a library; name a file inside it", path.display())]
    IsFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The account may not read the file or its folder.
    #[error(
        "the library {} may not be read by this account; give the account the right to read and write it, \
         or choose another place",
        path.display()
    )]
    Unreadable {
        /// The library.
        path: PathBuf,
    },
    /// The file, its folder or its disk is write-protected.
    #[error(
        "the library {} cannot be written: it, its folder or its disk is write-protected; lift that, or \
         copy the library to a place that can be written",
        path.display()
    )]
    ReadOnly {
        /// The library.
        path: PathBuf,
    },
    /// There was no room for a change.
    #[error(
        "no room is left on the disk of the library {}; the last change is not saved, all earlier ones \
         are: free some space and save again",
        path.display()
    )]
    DiskFull {
        /// The library.
        path: PathBuf,
    },
    /// The file is a library, but its inside does not hold together.
    #[error(
        "the library {} is damaged ({reason}); make a copy of it before anything else, then go back to a \
         backup",
        path.display()
    )]
    Damaged {
        /// The library.
        path: PathBuf,
        /// What SQLite found.
        reason: String,
    },
    /// The operating system refused the file for a reason without a name here.
    #[error("the library {} cannot be opened: {source}; check the place, or choose another", path.display())]
    Io {
        /// The library.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
    /// The database failed for a reason without a name here.
    #[error("the library {} failed: {source}; the last change is not saved: try again, and look at the disk if it \
         happens again", path.display())]
    Database {
        /// The library.
        path: PathBuf,
        /// The database's own words.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The scene was saved from somewhere else since the version this save was made on.
    #[error(
        "scene {scene} is at version {current} by now, and this save was made on version {base}; nothing \
         was overwritten: load the scene again and bring the changes over"
    )]
    Conflict {
        /// The scene.
        scene: SceneId,
        /// The version the save was made on.
        base: u32,
        /// The version in the library.
        current: u32,
    },
    /// The document to be saved is not a JSON object.
    #[error("the document is not a JSON object ({reason}); nothing was saved: send a ProseMirror document")]
    BadDocument {
        /// What is wrong with it.
        reason: String,
    },
    /// A value to be stored under a key is not JSON.
    #[error("the value for {key} is not JSON ({reason}); nothing was stored: send valid JSON")]
    BadJson {
        /// The setting or field.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A scene holds something that the page of this version does not know.
    #[error(
        "the document of scene {scene} cannot be worked on ({reason}); nothing was changed: open the scene \
         and save it with this version"
    )]
    UnknownContent {
        /// The scene.
        scene: SceneId,
        /// What it is.
        reason: String,
    },
    /// Something cannot stand at the place named for it.
    #[error("{reason}; nothing was moved: choose another place")]
    BadPlace {
        /// What does not fit where.
        reason: String,
    },
    /// A pattern to search for is empty or not a regular expression.
    #[error("the pattern cannot be searched for ({reason}); correct it, or search for it as plain words")]
    BadPattern {
        /// What is wrong with it.
        reason: String,
    },
    /// A step was to be undone, and what it made is no longer as it left it.
    #[error("this step cannot be undone any more ({reason}); nothing was changed: see the scene's revisions")]
    NotUndoable {
        /// What has changed since.
        reason: String,
    },
    /// No such project.
    #[error("the library has no project {0}; list the projects to see what is there")]
    NoProject(ProjectId),
    /// No such scene.
    #[error("the library has no scene {0}; list the scenes of its project to see what is there")]
    NoScene(SceneId),
    /// No such part or chapter.
    #[error("the library has no chapter {0}; list the tree of its project to see what is there")]
    NoChapter(ChapterId),
    /// No such entry of lore.
    #[error("the library has no lore {0}; list the lore of its project to see what is there")]
    NoLore(LoreId),
    /// No such style sample.
    #[error("the library has no style sample {0}; list those of its project to see what is there")]
    NoStyleSample(StyleSampleId),
    /// No such note on a passage.
    #[error("the library has no note {0}; list the notes of its scene to see what is there")]
    NoRemark(RemarkId),
    /// No such revision.
    #[error("the library has no revision {0}; list the revisions of its scene to see what is there")]
    NoRevision(RevisionId),
    /// No candidate of that request was recorded.
    #[error(
        "no candidate {candidate} of request {request} was recorded; record a suggestion before its outcome"
    )]
    NoSuggestion {
        /// The request.
        request: String,
        /// The candidate's number in it.
        candidate: u32,
    },
}

/// What ends work inside the crate, before it is known which file to name.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Refused by ourselves, in the caller's terms.
    Refused(Error),
    /// Failed in SQLite.
    Sqlite(rusqlite::Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Stop {
    /// Names the file it happened to.
    pub(crate) fn at(self, path: &Path) -> Error {
        let error = match self {
            Self::Refused(error) => return error,
            Self::Sqlite(error) => error,
        };
        // No room for the index of the write-ahead log; SQLite calls that an I/O error.
        let no_room_for_index = error
            .sqlite_error()
            .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
        let path = path.to_path_buf();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Error::NotALibrary { path },
            Some(ErrorCode::DatabaseCorrupt) => Error::Damaged { path, reason: error.to_string() },
            _ if no_room_for_index => Error::DiskFull { path },
            Some(ErrorCode::DiskFull) => Error::DiskFull { path },
            Some(ErrorCode::ReadOnly) => Error::ReadOnly { path },
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Error::Unreadable { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::InUse { path },
            _ => match error {
                // A column that holds what no version of this program would have written there.
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::Utf8Error(..) => Error::Damaged { path, reason: error.to_string() },
                error => Error::Database { path, source: Box::new(error) },
            },
        }
    }
}

/// Names what the operating system said when the library or its folder was opened.
pub(crate) fn refused_by_system(path: &Path, source: io::Error) -> Error {
    let path = path.to_path_buf();
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull { path },
        io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly { path },
        io::ErrorKind::IsADirectory => Error::IsFolder { path },
        io::ErrorKind::PermissionDenied => match std::fs::File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Error::Unreadable { path },
            _ => Error::ReadOnly { path },
        },
        _ => Error::Io { path, source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_or_protected_disk_is_named_as_such() {
        let path = Path::new("nowhere/library.foolscap");
        let named = |kind| refused_by_system(path, io::Error::from(kind));
        assert!(matches!(named(io::ErrorKind::StorageFull), Error::DiskFull { .. }));
        assert!(matches!(named(io::ErrorKind::QuotaExceeded), Error::DiskFull { .. }));
        assert!(matches!(named(io::ErrorKind::ReadOnlyFilesystem), Error::ReadOnly { .. }));
        assert!(matches!(named(io::ErrorKind::PermissionDenied), Error::ReadOnly { .. }));
        assert!(matches!(named(io::ErrorKind::Other), Error::Io { .. }));
    }

    #[test]
    fn a_message_names_the_file_and_the_way_out() {
        let message =
            refused_by_system(Path::new("my.foolscap"), io::ErrorKind::StorageFull.into()).to_string();
        assert!(message.contains("my.foolscap") && message.contains("free some space"), "{message}");
    }
}
