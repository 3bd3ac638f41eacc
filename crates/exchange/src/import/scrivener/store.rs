//! Where a project lies: a folder, or a zip of one. Files are asked for by name and read into bounded memory; a name that
//! leads elsewhere, and a link, are no files of the project.

use std::path::{Path, PathBuf};

use crate::archive::Archive;
use crate::error::Error;
use crate::limits;

/// A project's files.
pub(crate) struct Store {
    path: PathBuf,
    kind: Kind,
    /// What may still be read.
    left: u64,
}

enum Kind {
    Folder(PathBuf),
    Zip {
        archive: Archive,
        /// The folder of the project inside, with its `/`.
        prefix: String,
    },
}

impl Store {
    /// Opens the project at a folder, at the `.scrivx` in one, or in a zip. Gives the name of its `.scrivx` too.
    pub fn open(path: &Path) -> Result<(Self, String), Error> {
        let about = std::fs::metadata(path).map_err(Error::read(path))?;
        let (kind, name) = if about.is_dir() {
            let name = binder_in(path)?;
            (Kind::Folder(path.to_owned()), name)
        } else if is_binder(path) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            (Kind::Folder(folder.unwrap_or(Path::new(".")).to_owned()), name)
        } else {
            let archive = Archive::open(path, "Scrivener")?;
            let name = binder_of(&archive.names()).ok_or_else(|| archive.damaged(NO_BINDER.to_owned()))?;
            let (prefix, name) = match name.rsplit_once('/') {
                Some((folder, name)) => (format!("{folder}/"), name.to_owned()),
                None => (String::new(), name),
            };
            (Kind::Zip { archive, prefix }, name)
        };
        Ok((Self { path: path.to_owned(), kind, left: limits::ARCHIVE }, name))
    }

    /// The bytes of a file, by its name from the project's folder, or None when there is no such file.
    pub fn find(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let found = match &mut self.kind {
            Kind::Folder(folder) => {
                let Some(path) = inside(folder, name) else { return Ok(None) };
                Some(crate::import::bytes(&path)?)
            }
            Kind::Zip { archive, prefix } => archive.find(&format!("{prefix}{name}"))?,
        };
        let size = found.as_ref().map_or(0, Vec::len) as u64;
        self.left = self.left.checked_sub(size).ok_or_else(|| Error::TooLarge {
            path: self.path.clone(),
            part: "all its texts together".to_owned(),
            limit: limits::ARCHIVE,
        })?;
        Ok(found)
    }

    /// Whether there is such a folder.
    pub fn has_folder(&self, name: &str) -> bool {
        match &self.kind {
            Kind::Folder(folder) => folder.join(name).is_dir(),
            Kind::Zip { archive, prefix } => {
                let start = format!("{prefix}{name}/");
                archive.names().iter().any(|name| name.starts_with(&start))
            }
        }
    }

    /// The error for this project.
    pub fn damaged(&self, problem: String) -> Error {
        Error::Damaged { path: self.path.clone(), kind: "Scrivener", problem }
    }
}

const NO_BINDER: &str = "it has no .scrivx, which lists its documents";

/// Whether a path names a binder's file.
pub(crate) fn is_binder(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("scrivx"))
}

/// The name of the binder's file in an archive, if there is one: the highest.
pub(crate) fn binder_of(names: &[String]) -> Option<String> {
    let is_project = |name: &&String| {
        let file = name.rsplit('/').next().unwrap_or_default();
        // What the Mac's own archives keep beside each file has its name after `._`.
        is_binder(Path::new(file)) && !file.starts_with("._")
    };
    names.iter().filter(is_project).min_by_key(|name| (name.matches('/').count(), *name)).cloned()
}

/// The name of the binder's file in a folder.
pub(crate) fn binder_in(folder: &Path) -> Result<String, Error> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Error::read(folder))?.take(limits::ENTRIES) {
        names.push(entry.map_err(Error::read(folder))?.file_name().to_string_lossy().into_owned());
    }
    let problem = NO_BINDER.to_owned();
    binder_of(&names).ok_or_else(|| Error::Damaged { path: folder.to_owned(), kind: "Scrivener", problem })
}

/// The path of a file in a folder, when it is one and no part of its name is a link or leads out.
fn inside(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut path = folder.to_owned();
    for part in name.split('/') {
        if matches!(part, "" | "." | "..") || part.contains(['\\', ':']) {
            return None;
        }
        path.push(part);
        if path.symlink_metadata().ok()?.is_symlink() {
            return None;
        }
    }
    path.is_file().then_some(path)
}
