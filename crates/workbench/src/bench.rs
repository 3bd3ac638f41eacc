//! Opening the file. Several processes may write it: each change is one transaction that waits for the others.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::{Error, Result};
use crate::schema;

/// How long a change waits for one of another process.
const PATIENCE: Duration = Duration::from_secs(10);

/// The workbench's file. A change that was answered with `Ok` is on disk (`synchronous = FULL`).
#[derive(Debug)]
pub struct Workbench {
    path: PathBuf,
    connection: Connection,
}

impl Workbench {
    /// The name of the file beside the library.
    pub const FILE: &'static str = "workbench.sqlite";

    /// Opens the file, making it if there is none.
    ///
    /// # Errors
    /// [`Error::Folder`], [`Error::Database`], [`Error::Foreign`].
    pub fn open(path: &Path) -> Result<Self> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|source| Error::Folder { path: path.clone(), source })?;
        }
        let failed = |source| Error::Database { path: path.clone(), source };
        let mut connection = Connection::open(&path).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        if !schema::is_ours(&connection).map_err(failed)? {
            return Err(Error::Foreign { path });
        }
        let prepared = connection
            .pragma_update(None, "journal_mode", "WAL")
            .and_then(|()| connection.pragma_update(None, "synchronous", "FULL"))
            .and_then(|()| connection.pragma_update(None, "foreign_keys", true))
            .and_then(|()| schema::migrate(&mut connection));
        prepared.map_err(failed)?;
        Ok(Self { path, connection })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        work(&self.connection).map_err(|source| self.failed(source))
    }

    /// Does `work` in one transaction that holds the write lock from its start.
    pub(crate) fn write<T>(&mut self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        self.attempt(|connection| work(connection).map(Ok)).and_then(|done| done)
    }

    /// The same for work that refuses what it is asked: then nothing is changed.
    pub(crate) fn attempt<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<Result<T>>,
    ) -> Result<Result<T>> {
        let path = self.path.clone();
        let run = || {
            let transaction = Transaction::new(&mut self.connection, TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            match done.is_ok() {
                true => transaction.commit()?,
                false => transaction.rollback()?,
            }
            Ok(done)
        };
        run().map_err(|source| Error::Database { path, source })
    }

    fn failed(&self, source: rusqlite::Error) -> Error {
        Error::Database { path: self.path.clone(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_elses_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(Workbench::FILE);
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
        assert!(matches!(Workbench::open(&path), Err(Error::Foreign { .. })));
        std::fs::write(&path, "no database at all, but long enough to have a header of its own ……………………")
            .unwrap();
        assert!(matches!(Workbench::open(&path), Err(Error::Database { .. })));
    }

    #[test]
    fn two_may_write_it_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join(Workbench::FILE);
        let (mut one, mut other) = (Workbench::open(&path).unwrap(), Workbench::open(&path).unwrap());
        one.save_test_set(None, "One", &["a".into()]).unwrap();
        other.save_test_set(None, "Two", &[]).unwrap();
        assert_eq!(one.test_sets().unwrap().len(), 2);
        assert_eq!(one.path(), other.path());
    }
}
