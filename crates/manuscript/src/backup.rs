//! Copies of the whole library, and the way back to them. A copy is made while the library is open, checked,
//! and only then given its name; a library found damaged at opening is put aside, never written over, and
//! the latest sound copy takes its place.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::backup::StepResult;
use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Stop, refused_by_system};
use crate::library::{Library, absolute, connect_to_read, now, take};
use crate::schema::{self, Content};

mod replace;
mod restore;
mod schedule;
mod untold;

pub(crate) use replace::mend;
pub use replace::put_aside;
use replace::{Replacement, is_gone, is_half_way};
pub use restore::restore_backup;
pub use schedule::{Schedule, Since};

const ENDING: &str = "foolscap";

/// A copy of a library, made at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// The file: a library of its own, which can be opened as such.
    pub path: PathBuf,
    /// When it was made; UTC, as `20261001T093000.250Z`.
    pub made_at: String,
    /// Its size.
    pub bytes: u64,
}

/// A library that is open, and what had to be done for it.
#[derive(Debug)]
pub struct Opened {
    /// The library.
    pub library: Library,
    /// Set when the file was damaged and a backup is open in its place: the author must be told.
    pub recovery: Option<Recovery>,
}

/// What was done about a library that was damaged or gone. It is kept in the library until
/// [`Library::recovery_told`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// What was found wrong.
    pub reason: String,
    /// The damaged file under its new name; nothing in it was changed. None if there was no file.
    pub damaged: Option<PathBuf>,
    /// The backup that is open now. What was written after it is only in the damaged file. Where the library was gone, it
    /// can be one that was put aside.
    pub from: Backup,
    /// Later backups that were damaged as well.
    pub passed_over: Vec<Backup>,
}

/// Copies a library into a folder, which is made if need be, and lets go of the oldest copies there beyond `keep` (at
/// least one is kept). The copy is whole and checked before it gets its name. It is made by a connection of its
/// own, so a library that is open here or elsewhere is written on meanwhile; the copy is of the moment it began.
pub fn back_up(library: impl AsRef<Path>, folder: impl AsRef<Path>, keep: usize) -> Result<Backup, Error> {
    let (library, folder) = (absolute(library.as_ref())?, folder.as_ref());
    fs::create_dir_all(folder).map_err(|e| refused_by_system(folder, e))?;
    let source = connect_to_read(&library)?;
    let made_at = stamp(&source).map_err(|e| Stop::from(e).at(&library))?;
    let path = folder.join(format!("{}-{made_at}.{ENDING}", stem(&library)));
    copy_whole(&source, &library, &path)?;
    for old in backups(&library, folder)?.into_iter().skip(keep.max(1)) {
        fs::remove_file(&old.path).map_err(|e| refused_by_system(&old.path, e))?;
    }
    let bytes = fs::metadata(&path).map_err(|e| refused_by_system(&path, e))?.len();
    Ok(Backup { path, made_at, bytes })
}

impl Library {
    /// Opens a library as [`Library::open`] does, after looking at every page of it. If it does not hold
    /// together, and there is a sound backup of it in `folder`, the damaged file is put aside under a new
    /// name beside it and the backup opened in its place. Without a sound backup the file is left as it is. Where there is
    /// no file, but a sound backup or a library that was put aside, the latest of these is opened: an empty library would
    /// push them out. One of an older schema is backed up as it is before it is brought up to date.
    pub fn open_or_recover(path: impl AsRef<Path>, folder: impl AsRef<Path>) -> Result<Opened, Error> {
        let (path, lock) = take(path.as_ref())?;
        let Some(failure) = fault(&path, folder.as_ref())? else {
            keep_older(&path, folder.as_ref())?;
            return Ok(Opened { library: Self::open_taken(path, lock)?, recovery: None });
        };
        let gone = is_gone(&path);
        let mut passed_over = Vec::new();
        for backup in copies(&path, folder.as_ref(), gone)? {
            if check(&backup.path).is_err() {
                passed_over.push(backup);
                continue;
            }
            let replacement = Replacement::begin(&path, "damaged")?;
            let damaged = (!gone).then(|| replacement.aside.clone());
            let recovery = Recovery { reason: reason(&failure), damaged, from: backup, passed_over };
            replacement.run(&recovery.from.path, Some(&recovery))?;
            let library = Self::open_taken(path, lock)?;
            return Ok(Opened { library, recovery: Some(recovery) });
        }
        // Where nothing is left that could be opened, a new one takes nothing away.
        if gone {
            Ok(Opened { library: Self::open_taken(path, lock)?, recovery: None })
        } else {
            Err(failure)
        }
    }
}

impl Library {
    /// Opens a library to read it as [`Library::open_read_only`], if every page of it is sound and nothing has to be mended
    /// first; nobody is kept from writing it.
    pub fn open_sound(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = absolute(path.as_ref())?;
        if is_half_way(&path)? {
            return Err(Error::InUse { path });
        }
        let library = Self::open_read_only(&path)?;
        let said: String =
            library.read(|db| Ok(db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?))?;
        if said == "ok" { Ok(library) } else { Err(Error::Damaged { path, reason: said }) }
    }
}

/// What a library can be recovered from, the latest first.
fn copies(path: &Path, folder: &Path, gone: bool) -> Result<Vec<Backup>, Error> {
    let mut found = backups(path, folder)?;
    // Beside a library that is only damaged, what was put aside is what its author wanted replaced.
    if gone {
        found.extend(put_aside(path)?);
        found.sort_by(|a, b| b.made_at.cmp(&a.made_at));
    }
    Ok(found)
}

/// Backs a library of an older schema up.
fn keep_older(path: &Path, folder: &Path) -> Result<(), Error> {
    let at = |error: rusqlite::Error| Stop::from(error).at(path);
    let Ok(source) = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY) else {
        return Ok(());
    };
    let schema: u32 = source.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(at)?;
    if schema == 0 || schema >= schema::latest() || schema::inspect(&source).map_err(at)? != Content::Ours {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(|e| refused_by_system(folder, e))?;
    let made_at = stamp(&source).map_err(at)?;
    copy_whole(&source, path, &folder.join(format!("{}-{made_at}.{ENDING}", stem(path))))
}

/// Copies what a connection sees of a library into a file, which is there whole and checked, or not at all.
fn copy_whole(source: &Connection, library: &Path, path: &Path) -> Result<(), Error> {
    let part = path.with_extension("part");
    let _ = fs::remove_file(&part);
    let copied =
        copy(source, library, &part).and_then(|()| check(&part)).and_then(|()| put_in_place(&part, path));
    if copied.is_err() {
        let _ = fs::remove_file(&part);
    }
    copied
}

fn copy(source: &Connection, library: &Path, part: &Path) -> Result<(), Error> {
    let at = |error: rusqlite::Error| Stop::from(error).at(part);
    let mut copy = Connection::open(part).map_err(at)?;
    // It is synced as a whole before it gets its name.
    copy.execute_batch("PRAGMA synchronous = OFF").map_err(at)?;
    // In one step: between two, what others write would have it begin again.
    let all = rusqlite::backup::Backup::new(source, &mut copy).and_then(|backup| backup.step(-1));
    match all.map_err(|e| Stop::from(e).at(library))? {
        StepResult::Done => {}
        _ => return Err(Error::InUse { path: library.to_path_buf() }),
    }
    // One file on its own, which can be read from a disk that cannot be written.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(at)
}

/// The backups of a library in a folder, the latest first. A folder that is not there has none.
pub fn backups(library: impl AsRef<Path>, folder: impl AsRef<Path>) -> Result<Vec<Backup>, Error> {
    let (stem, folder) = (stem(library.as_ref()), folder.as_ref());
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|e| refused_by_system(folder, e))?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|e| refused_by_system(folder, e))?;
        let name = entry.file_name();
        let Some(made_at) = name.to_str().and_then(|name| made_at(name, &stem)) else { continue };
        let bytes = entry.metadata().map_err(|e| refused_by_system(&entry.path(), e))?.len();
        found.push(Backup { path: entry.path(), made_at: made_at.to_owned(), bytes });
    }
    found.sort_by(|a, b| b.made_at.cmp(&a.made_at));
    Ok(found)
}

/// What is wrong with a library, if a backup could be better. What is merely not a library, or of a later
/// program, is for [`Library::open`] to refuse.
fn fault(path: &Path, folder: &Path) -> Result<Option<Error>, Error> {
    if is_gone(path) {
        let had_words = !copies(path, folder, true)?.is_empty();
        let reason = "the file is gone".to_owned();
        return Ok(had_words.then(|| Error::Damaged { path: path.to_path_buf(), reason }));
    }
    let Ok(metadata) = fs::metadata(path) else { return Ok(None) };
    if metadata.len() == 0 {
        // A new library is empty too, but has no backups.
        let had_words = !backups(path, folder)?.is_empty();
        let reason = "the file is empty".to_owned();
        return Ok(had_words.then(|| Error::Damaged { path: path.to_path_buf(), reason }));
    }
    Ok(match check(path) {
        Err(error @ (Error::Damaged { .. } | Error::NotALibrary { .. })) if !foreign(path) => Some(error),
        _ => None,
    })
}

/// Whether a file is a sound database of another program.
fn foreign(path: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let looked = Connection::open_with_flags(path, flags).and_then(|db| schema::inspect(&db));
    matches!(looked, Ok(Content::Foreign))
}

/// Looks at every page of a library.
fn check(path: &Path) -> Result<(), Error> {
    let at = |error: rusqlite::Error| Stop::from(error).at(path);
    // Not to write: closing would play the log into a file that may be damaged.
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).map_err(at)?;
    if schema::inspect(&db).map_err(at)? == Content::Foreign {
        return Err(Error::NotALibrary { path: path.to_path_buf() });
    }
    let said: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(at)?;
    if said == "ok" { Ok(()) } else { Err(Error::Damaged { path: path.to_path_buf(), reason: said }) }
}

/// Gives a finished file its name, when all of it is on the disk.
fn put_in_place(part: &Path, path: &Path) -> Result<(), Error> {
    sync(part).and_then(|()| fs::rename(part, path)).map_err(|e| refused_by_system(path, e))?;
    // So that the name survives a power cut as well; Windows has no such call for folders.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| refused_by_system(folder, e))?;
    }
    Ok(())
}

fn sync(file: &Path) -> std::io::Result<()> {
    File::options().write(true).open(file).and_then(|file| file.sync_all())
}

fn reason(error: &Error) -> String {
    match error {
        Error::Damaged { reason, .. } => reason.clone(),
        other => other.to_string(),
    }
}

/// The time as it stands in a file's name: sorted by name is sorted by time.
fn stamp(db: &Connection) -> rusqlite::Result<String> {
    Ok(now(db)?.replace(['-', ':'], ""))
}

fn stem(library: &Path) -> String {
    library.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The time in the name of a backup of the library `stem`.
fn made_at<'a>(name: &'a str, stem: &str) -> Option<&'a str> {
    let time = name.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(ENDING)?.strip_suffix('.')?;
    is_moment(time).then_some(time)
}

/// Whether this is a time as [`stamp`] writes it.
fn is_moment(time: &str) -> bool {
    time.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).eq("00000000T000000.000Z".chars())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests;
