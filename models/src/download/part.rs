//! A file that is not complete yet.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use foolscap_engine::Cancel;
use sha2::{Digest, Sha256};

use crate::hub::HubError;
use crate::{machine, words};

/// What is read at once.
const PIECE: usize = 1 << 20;

/// The file, what it has, and the digest so far.
pub(super) struct Part {
    path: PathBuf,
    file: File,
    len: u64,
    /// That it should have in the end.
    size: u64,
    digest: Sha256,
    resumed: bool,
}

/// What came of reading what was there.
pub(super) enum Checked {
    Ready(Part),
    Stopped,
}

impl Part {
    /// Opens what came before, or an empty file. What is longer than it should be was another file's, and is dropped.
    pub fn open(
        path: &Path,
        size: u64,
        cancel: &Cancel,
        on: &mut dyn FnMut(u64),
    ) -> Result<Checked, HubError> {
        let disk = |source| HubError::Disk { path: path.to_owned(), source };
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let file = file.map_err(disk)?;
        let mut part =
            Self { path: path.to_owned(), file, len: 0, size, digest: Sha256::new(), resumed: false };
        let there = part.file.metadata().map_err(disk)?.len();
        if there > size {
            part.restart()?;
        } else if there > 0 {
            let mut piece = vec![0; PIECE];
            loop {
                if cancel.is_cancelled() {
                    return Ok(Checked::Stopped);
                }
                match part.file.read(&mut piece).map_err(disk)? {
                    0 => break,
                    n => {
                        part.digest.update(&piece[..n]);
                        part.len += n as u64;
                        on(part.len);
                    }
                }
            }
            part.resumed = true;
        }
        Ok(Checked::Ready(part))
    }

    /// Bytes that are there.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether it begins with what an earlier run has written.
    pub fn was_resumed(&self) -> bool {
        self.resumed
    }

    /// Its last bytes.
    pub fn last(&mut self, many: u64) -> Result<Vec<u8>, HubError> {
        let mut bytes = vec![0; many as usize];
        let from = SeekFrom::Start(self.len - many);
        let read = self.file.seek(from).and_then(|_| self.file.read_exact(&mut bytes));
        read.map_err(|e| self.failed(e))?;
        Ok(bytes)
    }

    pub fn append(&mut self, bytes: &[u8]) -> Result<(), HubError> {
        let written = self.file.seek(SeekFrom::Start(self.len)).and_then(|_| self.file.write_all(bytes));
        if let Err(e) = written {
            // What was written of it is not counted.
            let _ = self.file.set_len(self.len);
            return Err(self.failed(e));
        }
        self.digest.update(bytes);
        self.len += bytes.len() as u64;
        Ok(())
    }

    /// Empties it.
    pub fn restart(&mut self) -> Result<(), HubError> {
        self.file.set_len(0).map_err(|e| self.failed(e))?;
        (self.len, self.digest, self.resumed) = (0, Sha256::new(), false);
        Ok(())
    }

    /// Digest of what is there, in hexadecimal.
    pub fn sha256(&self) -> String {
        words::hex(self.digest.clone().finalize())
    }

    /// Gives it its name, once it is safe on the disk.
    pub fn finish(self, name: &Path) -> Result<(), HubError> {
        self.file.sync_all().map_err(|e| self.failed(e))?;
        let Self { path, file, .. } = self;
        drop(file);
        std::fs::rename(&path, name).map_err(|source| HubError::Disk { path: name.to_owned(), source })
    }

    fn failed(&self, source: io::Error) -> HubError {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                let folder = self.path.parent().unwrap_or(&self.path).to_owned();
                let free = machine::room(&folder).unwrap_or_default();
                HubError::Room { folder, needed: self.size - self.len, free }
            }
            _ => HubError::Disk { path: self.path.clone(), source },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn open(path: &Path, size: u64) -> Part {
        match Part::open(path, size, &Cancel::new(), &mut |_| ()).unwrap() {
            Checked::Ready(part) => part,
            Checked::Stopped => panic!("nobody stopped it"),
        }
    }

    proptest! {
        #[test]
        fn pieces_over_many_runs_make_the_whole(
            pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..5000), 1..8),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let (path, name) = (folder.path().join("part"), folder.path().join("whole"));
            let whole = pieces.concat();
            for piece in &pieces {
                let mut part = open(&path, whole.len() as u64);
                part.append(piece).unwrap();
            }
            let mut part = open(&path, whole.len() as u64);
            let many = part.len().min(100);
            prop_assert_eq!(&part.last(many).unwrap()[..], &whole[whole.len() - many as usize..]);
            let digest: String = words::hex(Sha256::digest(&whole));
            prop_assert_eq!(part.sha256(), digest);
            part.finish(&name).unwrap();
            prop_assert_eq!(std::fs::read(&name).unwrap(), whole);
            prop_assert!(!path.exists());
        }
    }

    #[test]
    fn what_is_too_long_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("part");
        std::fs::write(&path, [7; 100]).unwrap();
        let part = open(&path, 99);
        assert!(part.len() == 0 && !part.was_resumed());
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_as_such() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("part");
        std::os::unix::fs::symlink("/dev/full", &path).unwrap();
        let mut part = open(&path, 100);
        let error = part.append(&[1; 10]).unwrap_err();
        assert!(matches!(error, HubError::Room { needed: 100, .. }), "{error}");
    }
}
