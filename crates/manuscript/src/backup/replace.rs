//! A backup in the place of a library, in steps each of which leaves something that the next opening makes whole again.
//! What there was before is moved and never changed.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::{Backup, Recovery, beside, copy, put_in_place, stamp, sync, untold};
use crate::error::{Error, Stop, refused_by_system};

/// What SQLite keeps beside a database; a log that is left beside another database would be played into it.
const LOGS: [&str; 3] = ["-wal", "-shm", "-journal"];
/// What names a copy that is about to take the library's place, and with it where the library is moved to meanwhile.
const PART: &str = ".part-";

/// A copy of a backup that goes where the library is, which moves to a name of its own, with its log.
pub(super) struct Replacement {
    path: PathBuf,
    part: PathBuf,
    pub(super) aside: PathBuf,
}

impl Replacement {
    pub(super) fn begin(path: &Path, why: &str) -> Result<Self, Error> {
        let moment = Connection::open_in_memory().and_then(|db| stamp(&db));
        let moment = moment.map_err(|e| Stop::from(e).at(path))?;
        let name = format!("{why}-{moment}");
        let (part, aside) = (beside(path, &format!("{PART}{name}")), beside(path, &format!(".{name}")));
        Ok(Self { path: path.to_path_buf(), part, aside })
    }

    /// Does all steps, and returns where the library is now, if there was one.
    pub(super) fn run(self, backup: &Path, told: Option<&Recovery>) -> Result<Option<PathBuf>, Error> {
        self.copy(backup, told)?;
        self.move_library()?;
        self.move_logs()?;
        self.put_in_place()?;
        Ok(Some(self.aside).filter(|aside| aside.exists()))
    }

    /// Through SQLite, since what is gone back to may have a log of its own: a library that was put aside.
    /// What the author must be told goes in before the copy has a name: it cannot be lost between two steps.
    pub(super) fn copy(&self, backup: &Path, told: Option<&Recovery>) -> Result<(), Error> {
        let source = Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(|e| Stop::from(e).at(backup))?;
        let copied = copy(&source, backup, &self.part)
            .and_then(|()| told.map_or(Ok(()), |told| untold::write(told, &self.part)))
            .and_then(|()| sync(&self.part).map_err(|e| refused_by_system(&self.part, e)));
        if copied.is_err() {
            let _ = fs::remove_file(&self.part);
        }
        copied
    }

    pub(super) fn move_library(&self) -> Result<(), Error> {
        rename(&self.path, &self.aside)
    }

    pub(super) fn move_logs(&self) -> Result<(), Error> {
        LOGS.iter().try_for_each(|log| rename(&beside(&self.path, log), &beside(&self.aside, log)))
    }

    pub(super) fn put_in_place(&self) -> Result<(), Error> {
        put_in_place(&self.part, &self.path)
    }
}

/// Takes a replacement back that ended before its last step: then the library is as it was, or is not there. Nobody else
/// may have it open.
pub(crate) fn mend(path: &Path) -> Result<(), Error> {
    for part in beginning(path, PART)? {
        if is_gone(path) {
            let aside = beside(path, &format!(".{}", part.ending));
            // The file last: as long as it is not there, this begins again.
            LOGS.iter().try_for_each(|log| rename(&beside(&aside, log), &beside(path, log)))?;
            rename(&aside, path)?;
        }
        for log in LOGS {
            let _ = fs::remove_file(beside(&part.path, log));
        }
        fs::remove_file(&part.path).map_err(|e| refused_by_system(&part.path, e))?;
    }
    Ok(())
}

/// Whether a replacement ended before its last step, or is under way.
pub(super) fn is_half_way(path: &Path) -> Result<bool, Error> {
    Ok(!beginning(path, PART)?.is_empty())
}

/// Whether there is no library. A link to a disk that is not there is one.
pub(super) fn is_gone(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// Libraries that were put aside here, the latest first: as good as backups where there is nothing else.
pub fn put_aside(path: &Path) -> Result<Vec<Backup>, Error> {
    let mut found = Vec::new();
    for why in [".damaged-", ".replaced-"] {
        for Beside { path, ending } in beginning(path, why)? {
            let bytes = fs::metadata(&path).map_err(|e| refused_by_system(&path, e))?.len();
            if super::is_moment(&ending) && bytes > 0 {
                found.push(Backup { path, made_at: ending, bytes });
            }
        }
    }
    found.sort_by(|a, b| b.made_at.cmp(&a.made_at));
    Ok(found)
}

struct Beside {
    path: PathBuf,
    /// What comes behind the beginning of its name.
    ending: String,
}

/// The files beside a library whose names go on like this.
fn beginning(path: &Path, how: &str) -> Result<Vec<Beside>, Error> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(Vec::new()) };
    let start = format!("{}{how}", name.to_string_lossy());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| refused_by_system(folder, e))? {
        let entry = entry.map_err(|e| refused_by_system(folder, e))?;
        if let Some(ending) = entry.file_name().to_string_lossy().strip_prefix(&start) {
            // What SQLite keeps beside a copy while it is made goes with it.
            if LOGS.iter().any(|log| ending.ends_with(log)) {
                continue;
            }
            found.push(Beside { path: entry.path(), ending: ending.to_owned() });
        }
    }
    Ok(found)
}

/// Moves a file, if it is there.
fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(refused_by_system(from, error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
