//! The hub's cache on disk, as all of the hub's programs keep it: `models--owner--name/` with contents under `blobs/` by
//! their etags, names under `snapshots/COMMIT/` that lead there, and branches under `refs/`. Locks are beside, under
//! `.locks/`.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::Wanted;
use crate::found;
use crate::hub::{Facts, HubError};

/// Where one file of one commit is.
pub(super) struct Place {
    /// Its content.
    pub blob: PathBuf,
    /// Its content while it is not complete.
    pub part: PathBuf,
    /// Its name.
    snapshot: PathBuf,
    /// Bytes of it.
    size: u64,
    lock: PathBuf,
    /// A branch, and the commit that it is now.
    branch: Option<(PathBuf, String)>,
    file: String,
}

impl Place {
    pub fn new(cache: &Path, wanted: &Wanted<'_>, file: &str, facts: &Facts) -> Self {
        let (owner, name) = (wanted.repo.owner(), wanted.repo.name());
        let folder = cache.join(format!("models--{owner}--{name}"));
        let blobs = folder.join("blobs");
        let locks = cache.join(".locks").join(folder.file_name().unwrap_or_default());
        let branch = wanted.revision.unwrap_or("main");
        let branch = (branch != facts.commit && crate::hub::is_inside(branch))
            .then(|| (folder.join("refs").join(branch), facts.commit.clone()));
        Self {
            blob: blobs.join(&facts.etag),
            part: blobs.join(format!("{}.incomplete", facts.etag)),
            snapshot: folder.join("snapshots").join(&facts.commit).join(file),
            size: facts.size,
            lock: locks.join(format!("{}.lock", facts.etag)),
            branch,
            file: file.to_owned(),
        }
    }

    /// The folder whose disk it comes to.
    pub fn folder(&self) -> &Path {
        self.blob.parent().unwrap_or(&self.blob)
    }

    /// Whether the content is here. What has its name is whole; another length is not ours to trust.
    pub fn is_complete(&self) -> bool {
        fs::metadata(&self.blob).is_ok_and(|m| m.is_file() && m.len() == self.size)
    }

    /// Bytes that are still to come.
    pub fn missing(&self) -> u64 {
        let came = || fs::metadata(&self.part).map_or(0, |m| m.len());
        if self.is_complete() { 0 } else { self.size.checked_sub(came()).unwrap_or(self.size) }
    }

    /// What is here of it that nothing leads to yet, and that nobody works on.
    pub fn kept(&self) -> Option<PathBuf> {
        let _lock = self.lock().ok()?;
        if self.part.is_file() {
            return Some(self.part.clone());
        }
        (self.blob.is_file() && !self.is_named()).then(|| self.blob.clone())
    }

    /// Whether a name leads to the content, of any commit.
    fn is_named(&self) -> bool {
        let Ok(blob) = fs::canonicalize(&self.blob) else { return false };
        let snapshots = self.folder().with_file_name("snapshots");
        found::files_below(&snapshots).iter().any(|name| fs::canonicalize(name).is_ok_and(|to| to == blob))
    }

    /// Keeps other processes from the same file, ours and others that use this cache, as long as what it gives is open.
    pub fn lock(&self) -> Result<File, HubError> {
        let disk = |path: &Path| {
            let path = path.to_owned();
            move |source| HubError::Disk { path, source }
        };
        let folder = self.lock.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(disk(folder))?;
        fs::create_dir_all(self.folder()).map_err(disk(self.folder()))?;
        let file = File::options().create(true).truncate(false).write(true).open(&self.lock);
        let file = file.map_err(disk(&self.lock))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(HubError::Locked { file: self.file.clone() }),
            // A disk of another machine may know no locks; then nobody is kept from it, as with the hub's own programs.
            Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => Ok(file),
            Err(TryLockError::Error(e)) => Err(disk(&self.lock)(e)),
        }
    }

    /// Gives the content its name, and the branch its commit.
    pub fn link(&self) -> Result<PathBuf, HubError> {
        let disk = |path: &Path, source| HubError::Disk { path: path.to_owned(), source };
        let parent = self.snapshot.parent().unwrap_or(&self.snapshot);
        fs::create_dir_all(parent).map_err(|e| disk(parent, e))?;
        if !self.snapshot.is_file() {
            // What leads nowhere gives way.
            let _ = fs::remove_file(&self.snapshot);
            link(&self.blob, &self.snapshot).map_err(|e| disk(&self.snapshot, e))?;
        }
        if let Some((branch, commit)) = &self.branch {
            let parent = branch.parent().unwrap_or(branch);
            fs::create_dir_all(parent).map_err(|e| disk(parent, e))?;
            fs::write(branch, commit).map_err(|e| disk(branch, e))?;
        }
        Ok(self.snapshot.clone())
    }
}

/// A link that stays right when the cache is moved; where the system has none, another name for the same content.
fn link(blob: &Path, name: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let up = name.parent().map_or(0, |parent| {
            let top = blob.parent().and_then(Path::parent);
            parent.ancestors().take_while(|at| Some(*at) != top).count()
        });
        let mut to: PathBuf = std::iter::repeat_n("..", up).collect();
        to.extend(blob.components().rev().take(2).collect::<Vec<_>>().into_iter().rev());
        std::os::unix::fs::symlink(to, name)
    }
    #[cfg(not(unix))]
    {
        fs::hard_link(blob, name).or_else(|_| fs::copy(blob, name).map(|_| ()))
    }
}
