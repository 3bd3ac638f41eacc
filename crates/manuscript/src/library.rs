//! Opening the library and keeping it whole. One process writes a library at a time, every change is one
//! transaction, and a change that was answered with `Ok` has been handed to the disk.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::backup;
use crate::error::{Error, Stop, refused_by_system};
use crate::schema::{self, Content};

/// How long to wait for a program that reads the file for a moment, such as a backup.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open library: every project of an author, in one SQLite file.
///
/// # What is promised
/// - When a method that writes returns `Ok`, the change is on disk. The log is synced at every commit
///   (`synchronous = FULL`; on macOS with the full flush that a plain sync leaves out), so an acknowledged
///   word survives a killed process and a power cut, as far as the disk itself tells the truth.
/// - A change is made wholly or not at all.
/// - While it is open, a second [`Library::open`] of the same file gets [`Error::InUse`], in this process or
///   another. The lock goes when the library is dropped, and with the process however that ends.
///
/// It is `Send` and synchronous; whoever shares it puts it behind a mutex.
#[derive(Debug)]
pub struct Library {
    path: PathBuf,
    // Dropped in this order: the database is closed before the next process may come in.
    connection: Connection,
    // None for one that was opened to read.
    lock: Option<File>,
    /// When it was opened, in seconds.
    pub(crate) opened_at: i64,
}

impl Library {
    /// Opens the library at `path`, making it and its folders if there is nothing yet, and brings an older
    /// one to the present schema. A file that is not a library or is from a later Foolscap is left as it is.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let (path, lock) = take(path.as_ref())?;
        Self::open_taken(path, lock)
    }

    /// Opens a library to read it, also while another process writes it: what that has saved is seen by the
    /// next call. Everything that writes is refused with [`Error::OpenedToRead`]. A library of an older
    /// schema is refused with [`Error::TooOld`], since only who writes may bring it up to date.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = absolute(path.as_ref())?;
        File::open(&path).map_err(|e| refused_by_system(&path, e))?;
        let connection = connect_to_read(&path)?;
        Self::of(path, connection, None)
    }

    /// Whether it was opened by [`Library::open_read_only`].
    pub fn is_read_only(&self) -> bool {
        self.lock.is_none()
    }

    /// Opens what [`take`] has locked.
    pub(crate) fn open_taken(path: PathBuf, lock: File) -> Result<Self, Error> {
        // Asked of the system first, which says why not; SQLite would only say that it cannot.
        OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|e| refused_by_system(&path, e))?;
        let connection = connect(&path)?;
        Self::of(path, connection, Some(lock))
    }

    fn of(path: PathBuf, connection: Connection, lock: Option<File>) -> Result<Self, Error> {
        let opened_at = connection
            .query_row("SELECT unixepoch('now')", [], |row| row.get(0))
            .map_err(|e| Stop::from(e).at(&path))?;
        Ok(Self { path, connection, lock, opened_at })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads; names the file if that fails.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Stop>) -> Result<T, Error> {
        work(&self.connection).map_err(|stop| stop.at(&self.path))
    }

    /// For what SQLite does with a whole connection.
    pub(crate) fn connection_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Does `work` in one transaction that holds the write lock from its start, so that what it reads is
    /// still so when it writes.
    pub(crate) fn write<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T, Stop>) -> Result<T, Error> {
        if self.is_read_only() {
            return Err(Error::OpenedToRead { path: self.path.clone() });
        }
        in_transaction(&mut self.connection, work).map_err(|stop| stop.at(&self.path))
    }
}

fn in_transaction<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Connection) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    let done = work(&transaction)?;
    transaction.commit()?;
    Ok(done)
}

/// Makes sure of the place of a library, and that nobody else writes it as long as the file is held. What a process that was
/// killed has left of a replacement is mended.
pub(crate) fn take(given: &Path) -> Result<(PathBuf, File), Error> {
    let path = absolute(given)?;
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|e| refused_by_system(&path, e))?;
    }
    let lock = lock(&path)?;
    backup::mend(&path)?;
    Ok((path, lock))
}

/// Absolute, so that a later change of the working folder or a name like `:memory:` means nothing.
pub(crate) fn absolute(given: &Path) -> Result<PathBuf, Error> {
    let path = std::path::absolute(given).map_err(|e| refused_by_system(given, e))?;
    if path.is_dir() { Err(Error::IsFolder { path }) } else { Ok(path) }
}

/// Takes the lock file beside the library. It is empty and stays: removing it would let a third process lock
/// a new file of the same name while a second still waits on the old one.
fn lock(path: &Path) -> Result<File, Error> {
    // Two names of one library are one library.
    let mut name = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()).into_os_string();
    name.push(".lock");
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&name)
        .map_err(|e| refused_by_system(path, e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse { path: path.to_path_buf() }),
        Err(TryLockError::Error(e)) => Err(refused_by_system(path, e)),
    }
}

/// A connection that writes, to a library that has the latest schema by then.
pub(crate) fn connect(path: &Path) -> Result<Connection, Error> {
    let at = |stop: Stop| stop.at(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(|e| at(e.into()))?;
    connection.busy_timeout(PATIENCE).map_err(|e| at(e.into()))?;
    match schema::inspect(&connection).map_err(|e| at(e.into()))? {
        Content::Ours => {}
        Content::Foreign => return Err(Error::NotALibrary { path: path.to_path_buf() }),
        Content::TooNew(found) => {
            return Err(Error::TooNew { path: path.to_path_buf(), found, known: schema::latest() });
        }
    }
    settle(&connection).map_err(|e| at(e.into()))?;
    schema::migrate(&mut connection).map_err(at)?;
    Ok(connection)
}

/// A connection that cannot write.
pub(crate) fn connect_to_read(path: &Path) -> Result<Connection, Error> {
    let at = |error: rusqlite::Error| Stop::from(error).at(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(at)?;
    // Where SQLite may not put its files beside the library, nobody else can write it either.
    let looked = connection.query_row("PRAGMA schema_version", [], |_| Ok(()));
    let kept_out = |error: &rusqlite::Error| {
        let code = error.sqlite_error_code();
        matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied))
    };
    if looked.is_err_and(|error| kept_out(&error)) && !has_log(path) {
        let flags = flags | OpenFlags::SQLITE_OPEN_URI;
        connection = Connection::open_with_flags(unchanging(path), flags).map_err(at)?;
    }
    connection.busy_timeout(PATIENCE).map_err(at)?;
    let path = path.to_path_buf();
    match schema::inspect(&connection).map_err(at)? {
        Content::Ours => {}
        Content::Foreign => return Err(Error::NotALibrary { path }),
        Content::TooNew(found) => return Err(Error::TooNew { path, found, known: schema::latest() }),
    }
    let found = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(at)?;
    if found != schema::latest() {
        return Err(Error::TooOld { path, found, known: schema::latest() });
    }
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF").map_err(at)?;
    Ok(connection)
}

/// Whether there is something that was written and is not in the library's own file yet.
fn has_log(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|ending| {
        let mut log = path.as_os_str().to_owned();
        log.push(ending);
        fs::metadata(log).is_ok_and(|log| log.len() > 0)
    })
}

/// A file as SQLite is told that nobody will change it.
fn unchanging(path: &Path) -> String {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{escaped}?immutable=1")
}

/// What SQLite is held to. Where the write-ahead log cannot be had (some network disks) the rollback journal
/// stays, which is slower and as safe.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;",
    )
}

/// The time, as it is stored: RFC 3339, UTC, to the millisecond.
pub(crate) fn now(connection: &Connection) -> rusqlite::Result<String> {
    connection.query_row("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')", [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;

    #[test]
    fn a_library_can_move_to_another_thread() {
        fn is_send<T: Send>() {}
        is_send::<Library>();
    }

    #[test]
    fn every_commit_is_synced_to_the_disk() {
        let library = Temporary::new();
        let pragma = |name: &str| {
            library.connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, u32>(0)).unwrap()
        };
        assert_eq!(pragma("synchronous"), 2);
        assert_eq!(pragma("fullfsync"), 1);
        assert_eq!(pragma("foreign_keys"), 1);
        let journal: String =
            library.connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
        assert_eq!(journal, "wal");
    }

    #[test]
    fn a_full_disk_loses_only_the_change_that_did_not_fit() {
        let mut library = Temporary::new();
        let scene = library.scene_with("kept");
        let pages: u32 = library.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        library.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
        let long = "much ".repeat(100_000);
        let refused = library.save_scene(scene.id, scene.version, "{}", &long);
        assert!(matches!(refused, Err(Error::DiskFull { .. })), "{refused:?}");
        assert_eq!(library.scene(scene.id).unwrap(), scene);
        library.connection.query_row("PRAGMA max_page_count = 1000000", [], |_| Ok(())).unwrap();
        library.save_scene(scene.id, scene.version, "{}", &long).unwrap();
    }

    #[test]
    fn a_disk_that_became_read_only_is_named_as_such() {
        let mut library = Temporary::new();
        let scene = library.scene_with("kept");
        library.connection.execute_batch("PRAGMA query_only = ON").unwrap();
        let refused = library.save_scene(scene.id, scene.version, "{}", "new");
        assert!(matches!(refused, Err(Error::ReadOnly { .. })), "{refused:?}");
        assert_eq!(library.scene(scene.id).unwrap().text, "kept");
    }

    #[test]
    fn an_overwritten_inside_is_called_damaged() {
        let library = Temporary::new();
        library.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        let (path, folder) = library.close();
        let mut bytes = fs::read(&path).unwrap();
        bytes[100..].fill(0xAA);
        fs::write(&path, &bytes).unwrap();
        let refused = Library::open(&path).unwrap_err();
        assert!(matches!(refused, Error::Damaged { .. }), "{refused:?}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
        drop(folder);
    }

    #[test]
    fn times_are_utc_to_the_millisecond() {
        let now = now(&Temporary::new().connection).unwrap();
        let shape: String = now.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        assert_eq!(shape, "0000-00-00T00:00:00.000Z");
    }
}
