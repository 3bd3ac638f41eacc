//! The way back to a backup, for a library that is open and for one that cannot be. What was there is kept in either
//! case.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::backup::StepResult;
use rusqlite::{Connection, OpenFlags};

use super::{Replacement, beside, check, copy, copy_whole, stamp};
use crate::error::{Error, Stop};
use crate::library::{Library, absolute, connect, take};

impl Library {
    /// Goes back to a backup while the library is open, in one transaction, and returns a copy of what was there before,
    /// which lies beside the library. A backup of an older schema is brought up to date on the way. One that is
    /// damaged, or is none, is refused before anything is done.
    pub fn restore(&mut self, backup: impl AsRef<Path>) -> Result<PathBuf, Error> {
        if self.is_read_only() {
            return Err(Error::OpenedToRead { path: self.path().to_path_buf() });
        }
        let path = self.path().to_path_buf();
        let at = |error: rusqlite::Error| Stop::from(error).at(&path);
        let moment = self.read(|db| Ok(stamp(db)?))?;
        let backup = absolute(backup.as_ref())?;
        let part = Part(beside(&path, ".restored"));
        // A process that was killed here may have left one with its log, which would be played into the new.
        part.remove();
        let source = up_to_date(&backup, &part.0)?;

        let aside = beside(&path, &format!(".replaced-{moment}"));
        self.read(|db| Ok(copy_whole(db, &path, &aside)?))?;
        let step = rusqlite::backup::Backup::new(&source, self.connection_mut()).and_then(|all| all.step(-1));
        match step.map_err(at)? {
            StepResult::Done => Ok(aside),
            _ => Err(Error::InUse { path }),
        }
    }
}

/// Puts a backup in the place of a library that nobody has open, and returns where the library is now: it is
/// kept beside it under a new name; none if there was none. A backup that is damaged, or is none, is refused before anything is done.
pub fn restore_backup(library: impl AsRef<Path>, backup: impl AsRef<Path>) -> Result<Option<PathBuf>, Error> {
    let backup = absolute(backup.as_ref())?;
    let (path, _lock) = take(library.as_ref())?;
    check(&backup)?;
    Replacement::begin(&path, "replaced")?.run(&backup, None)
}

/// A copy of a backup that has the latest schema, at `part`.
fn up_to_date(backup: &Path, part: &Path) -> Result<Connection, Error> {
    check(backup)?;
    // Not its file alone: a library that was put aside may have a log.
    let source = Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|e| Stop::from(e).at(backup))?;
    copy(&source, backup, part)?;
    connect(part).map_err(|error| match error {
        // Its author knows the backup, and not the copy.
        Error::TooNew { found, known, .. } => Error::TooNew { path: backup.to_path_buf(), found, known },
        other => other,
    })
}

/// A file that is gone at the end, with its log.
struct Part(PathBuf);

impl Part {
    fn remove(&self) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(beside(&self.0, ending));
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.remove();
    }
}
