//! Copies of the workbench, made beside those of the library.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::Workbench;
use crate::error::{Error, Result};

const STEM: &str = "workbench-";
const ENDING: &str = ".sqlite";

impl Workbench {
    /// Copies a workbench into a folder, which is made if need be, and lets go of the oldest copies there beyond `keep` (at
    /// least one is kept). The copy is of one moment, and whole before it gets its name; whoever has the file open writes on
    /// meanwhile.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Folder`].
    pub fn back_up(path: &Path, folder: &Path, keep: usize) -> Result<PathBuf> {
        let in_folder = |source| Error::Folder { path: folder.to_owned(), source };
        let failed = |source| Error::Database { path: path.to_owned(), source };
        fs::create_dir_all(folder).map_err(in_folder)?;
        let source = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
        let stamp = "SELECT strftime('%Y%m%dT%H%M%f', 'now') || 'Z'";
        let stamp: String = source.query_row(stamp, [], |row| row.get(0)).map_err(failed)?;
        let copy = folder.join(format!("{STEM}{stamp}{ENDING}"));
        let coming = copy.with_extension("coming");
        // What a process that was killed has left.
        let _ = fs::remove_file(&coming);
        source.execute("VACUUM INTO ?1", [coming.display().to_string()]).map_err(failed)?;
        fs::rename(&coming, &copy).map_err(in_folder)?;
        for old in Self::copies(folder)?.into_iter().skip(keep.max(1)) {
            fs::remove_file(old).map_err(in_folder)?;
        }
        Ok(copy)
    }

    /// The copies in a folder, the latest first; none where there is no folder.
    ///
    /// # Errors
    /// [`Error::Folder`].
    pub fn copies(folder: &Path) -> Result<Vec<PathBuf>> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(Error::Folder { path: folder.to_owned(), source }),
        };
        let ours = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.starts_with(STEM) && name.ends_with(ENDING)
        };
        let mut all: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(ours).collect();
        all.sort_unstable_by(|one, other| other.cmp(one));
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_a_workbench_and_the_oldest_goes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(Workbench::FILE);
        let mut bench = Workbench::open(&path).unwrap();
        bench.save_test_set(None, "Openings", &["a".into()]).unwrap();
        let backups = folder.path().join("backups");
        assert!(Workbench::copies(&backups).unwrap().is_empty());
        let first = Workbench::back_up(&path, &backups, 2).unwrap();
        bench.save_test_set(None, "Endings", &[]).unwrap();
        let made: Vec<PathBuf> = (0..2).map(|_| Workbench::back_up(&path, &backups, 2).unwrap()).collect();
        assert_eq!(Workbench::copies(&backups).unwrap(), [made[1].clone(), made[0].clone()]);
        assert!(!first.exists());
        assert_eq!(Workbench::open(&made[1]).unwrap().test_sets().unwrap().len(), 2);
        assert!(Workbench::back_up(&folder.path().join("none.sqlite"), &backups, 2).is_err());
    }
}
