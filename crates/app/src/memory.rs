//! What a model has read, kept on disk from one run to the next, so that asking again about a long text costs what has
//! changed in it. One file a model, in a folder beside the library; all of them together stay within what the writer
//! allows.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use foolscap_engine::{Model, Session};

/// How its files end.
const EXTENSION: &str = "kv";

/// How much is remembered, and where.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// Bytes, in memory and on disk each.
    bytes: Arc<AtomicUsize>,
    /// None: nothing is kept on disk.
    folder: Option<PathBuf>,
}

impl Memory {
    /// So many bytes in memory, nothing on disk.
    pub fn of(bytes: usize) -> Self {
        Self { bytes: Arc::new(AtomicUsize::new(bytes)), folder: None }
    }

    /// The same, and as much on disk.
    pub fn on_disk(bytes: usize, folder: PathBuf) -> Self {
        Self { folder: Some(folder), ..Self::of(bytes) }
    }

    /// Another bound, from the next request on.
    pub fn set(&self, bytes: usize) {
        self.bytes.store(bytes, Ordering::Relaxed);
        self.trim();
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Takes up what was kept. What cannot be read is of no use to anybody, and is deleted.
    pub(crate) fn restore(&self, model: &Model, session: &mut Session<'_>) {
        if let Some(file) = self.file(model).filter(|file| file.is_file() && self.bytes() > 0)
            && session.restore(&file).is_err()
        {
            let _ = fs::remove_file(file);
        }
    }

    /// Keeps what the last request has read. It is a help and no duty: a full disk leaves things as they are.
    pub(crate) fn keep(&self, model: &Model, session: &Session<'_>) {
        let Some(file) = self.file(model) else { return };
        let Some(folder) = file.parent() else { return };
        // What is larger than all that may be kept would be deleted at once.
        if session.kept_bytes() > self.bytes() || fs::create_dir_all(folder).is_err() {
            return;
        }
        let _ = session.save(&file);
        self.trim();
    }

    fn file(&self, model: &Model) -> Option<PathBuf> {
        let name: String = model.gguf().fingerprint()[..12].iter().map(|b| format!("{b:02x}")).collect();
        self.folder.as_ref().map(|folder| folder.join(name).with_extension(EXTENSION))
    }

    /// Deletes the oldest files until the rest is within the bound, and what a broken save has left.
    fn trim(&self) {
        let Some(folder) = &self.folder else { return };
        let mut files: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match (path.extension().and_then(|e| e.to_str()), entry.metadata()) {
                (Some(EXTENSION), Ok(meta)) => {
                    files.push((meta.modified().unwrap_or(SystemTime::UNIX_EPOCH), meta.len(), path));
                }
                (Some("part"), _) => remove(&path),
                _ => {}
            }
        }
        files.sort();
        let mut all: u64 = files.iter().map(|f| f.1).sum();
        for (_, bytes, path) in files {
            if all <= self.bytes() as u64 {
                return;
            }
            remove(&path);
            all -= bytes;
        }
    }
}

fn remove(path: &Path) {
    // One that cannot be deleted now is tried again the next time.
    let _ = fs::remove_file(path);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_files_go_when_there_are_too_many_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str| dir.path().join(name);
        for (age, name) in ["new.kv", "old.kv", "oldest.kv"].iter().enumerate() {
            fs::write(file(name), [0; 1000]).unwrap();
            let at = SystemTime::now() - std::time::Duration::from_secs(60 * age as u64);
            fs::File::options().write(true).open(file(name)).unwrap().set_modified(at).unwrap();
        }
        fs::write(file("broken.part"), [0; 10]).unwrap();
        fs::write(file("library.foolscap"), [0; 5000]).unwrap();
        let there =
            || ["new.kv", "old.kv", "oldest.kv", "broken.part", "library.foolscap"].map(|n| file(n).exists());
        let memory = Memory::on_disk(2500, dir.path().to_owned());
        memory.trim();
        assert_eq!(there(), [true, true, false, false, true]);
        memory.set(0);
        assert_eq!(there(), [false, false, false, false, true]);
    }
}
