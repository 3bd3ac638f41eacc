//! Models that the user names: files, or folders of files, used where they lie or copied; and whether a file is still what
//! it was.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use foolscap_engine::Cancel;
use sha2::{Digest, Sha256};

use crate::{Choice, found, machine, parts, words};

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Nothing that could be a model.
    #[error("{} holds no GGUF file; name a file that ends in .gguf, or a folder with one", .0.display())]
    Nothing(PathBuf),
    /// A copy that has no room.
    #[error("there is no room for a copy of {} ({}); use it where it lies", file.display(), words::bytes(*size))]
    Room {
        /// The file.
        file: PathBuf,
        /// Its bytes.
        size: u64,
    },
    /// The disk.
    #[error("{}: {source}", path.display())]
    Disk {
        /// What was read or written.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// What is moved at once.
const PIECE: usize = 1 << 20;

/// The models that a path names: a file, or those below a folder.
///
/// # Errors
/// [`ImportError::Nothing`].
pub fn models(path: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let mut all = match path.is_dir() {
        true => found::models_below(path),
        // Whatever it is called: what it is, is seen when it is opened.
        false if path.is_file() => {
            // Any part of a model means it; where the first is not, the engine tells which are missing.
            let first = parts::first_path(path);
            vec![if first.is_file() { first } else { path.to_owned() }]
        }
        false => Vec::new(),
    };
    all.sort();
    if all.is_empty() { Err(ImportError::Nothing(path.to_owned())) } else { Ok(all) }
}

/// Copies a model, in one file or in several, into a folder; none when stopped. It has its name there only when it is whole.
/// Where the name is taken by another file, a number is put behind it. `on` hears the bytes that are done.
///
/// # Errors
/// [`ImportError::Room`], [`ImportError::Disk`].
pub fn copy(
    from: &Path,
    folder: &Path,
    cancel: &Cancel,
    on: &mut dyn FnMut(u64),
) -> Result<Option<PathBuf>, ImportError> {
    let files = parts::paths(from);
    let size = size(from)?;
    fs::create_dir_all(folder).map_err(disk(folder))?;
    if machine::room(folder).is_some_and(|free| free < size.saturating_add(64 << 20)) {
        return Err(ImportError::Room { file: from.to_owned(), size });
    }
    let mut copies = Unfinished(Vec::new());
    let mut before = 0;
    for (no, file) in files.iter().enumerate() {
        let part = folder.join(format!(".{}.{no}.part", std::process::id()));
        copies.0.push(part.clone());
        let mut out = File::create(&part).map_err(disk(&part))?;
        let mut done = 0;
        let mut heard = |n| {
            done = n;
            on(before + n);
        };
        if !pieces(file, cancel, &mut heard, |piece| out.write_all(piece)).map_err(disk(file))? {
            return Ok(None);
        }
        out.sync_all().map_err(disk(&part))?;
        before += done;
    }
    let stem = Choice::File(from.to_owned()).label();
    let names = free_names(folder, &stem, from);
    // The first names the model: whoever sees it sees the others.
    for (part, name) in copies.0.iter().zip(&names).rev() {
        fs::rename(part, name).map_err(disk(name))?;
    }
    Ok(names.into_iter().next())
}

/// Bytes of a model, in one file or in several.
///
/// # Errors
/// [`ImportError::Disk`] where one of them is not there.
pub fn size(model: &Path) -> Result<u64, ImportError> {
    parts::paths(model).iter().map(|path| Ok(fs::metadata(path).map_err(disk(path))?.len())).sum()
}

/// Copies that have no names yet; what is not finished goes.
struct Unfinished(Vec<PathBuf>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        self.0.iter().for_each(|path| _ = fs::remove_file(path));
    }
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> ImportError + use<> {
    let path = path.to_owned();
    move |source| ImportError::Disk { path, source }
}

/// SHA-256 of a file, in hexadecimal; none when stopped. `on` hears the bytes that are done.
///
/// # Errors
/// [`ImportError::Disk`].
pub fn sha256(path: &Path, cancel: &Cancel, on: &mut dyn FnMut(u64)) -> Result<Option<String>, ImportError> {
    let mut digest = Sha256::new();
    let whole = pieces(path, cancel, on, |piece| {
        digest.update(piece);
        Ok(())
    });
    let whole = whole.map_err(|source| ImportError::Disk { path: path.to_owned(), source })?;
    Ok(whole.then(|| words::hex(digest.finalize())))
}

/// All of a file, piece by piece; false when stopped before its end.
fn pieces(
    path: &Path,
    cancel: &Cancel,
    on: &mut dyn FnMut(u64),
    mut work: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let (mut piece, mut done) = (vec![0; PIECE], 0);
    loop {
        if cancel.is_cancelled() {
            return Ok(false);
        }
        let n = file.read(&mut piece)?;
        if n == 0 {
            return Ok(true);
        }
        work(&piece[..n])?;
        done += n as u64;
        on(done);
    }
}

/// The first name for a model in a folder that nothing there has.
pub(crate) fn free_name(folder: &Path, stem: &str) -> PathBuf {
    free_names(folder, stem, Path::new("")).into_iter().next().unwrap_or_default()
}

/// The same for a model that is in as many files as another.
fn free_names(folder: &Path, stem: &str, like: &Path) -> Vec<PathBuf> {
    let stems = (1u64..).map(|n| if n == 1 { stem.to_owned() } else { format!("{stem}-{n}") });
    let names = stems.map(|stem| {
        parts::renamed(&stem, like).iter().map(|name| folder.join(name)).collect::<Vec<PathBuf>>()
    });
    let mut free = names.filter(|names| !names.iter().any(|name| name.exists()));
    free.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_folders_name_models() {
        let folder = tempfile::tempdir().unwrap();
        let model = folder.path().join("deep/er/a.gguf");
        fs::create_dir_all(model.parent().unwrap()).unwrap();
        fs::write(&model, "GGUF").unwrap();
        fs::write(folder.path().join("notes.txt"), "no model").unwrap();
        assert_eq!(models(folder.path()).unwrap(), std::slice::from_ref(&model));
        assert_eq!(models(&model).unwrap(), [model]);
        assert!(matches!(models(&folder.path().join("nowhere")), Err(ImportError::Nothing(_))));
    }

    #[test]
    fn a_copy_is_whole_or_not_there_and_takes_no_others_place() {
        let folder = tempfile::tempdir().unwrap();
        let from = folder.path().join("a.gguf");
        fs::write(&from, vec![7; 3 << 20]).unwrap();
        let to = folder.path().join("copies");
        let mut heard = 0;
        let first = copy(&from, &to, &Cancel::new(), &mut |n| heard = n).unwrap().unwrap();
        assert!(heard == 3 << 20 && fs::read(&first).unwrap() == fs::read(&from).unwrap());
        let second = copy(&from, &to, &Cancel::new(), &mut |_| ()).unwrap().unwrap();
        assert_ne!(first, second);
        let cancel = Cancel::new();
        let stopped = copy(&from, &to, &cancel, &mut |_| cancel.cancel()).unwrap();
        assert_eq!(stopped, None);
        assert_eq!(fs::read_dir(&to).unwrap().count(), 2);
    }

    #[test]
    fn a_model_in_several_files_is_copied_whole_from_any_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let at = |no: u32| folder.path().join(format!("a-0000{no}-of-00002.gguf"));
        fs::write(at(1), "GGUF 1").unwrap();
        fs::write(at(2), "GGUF 2").unwrap();
        assert_eq!(models(&at(2)).unwrap(), [at(1)]);
        assert_eq!(models(folder.path()).unwrap(), [at(1)]);
        let to = folder.path().join("copies");
        copy(&at(1), &to, &Cancel::new(), &mut |_| ()).unwrap();
        let mut heard = 0;
        let second = copy(&at(1), &to, &Cancel::new(), &mut |n| heard = n).unwrap().unwrap();
        assert!(second.ends_with("a-2-00001-of-00002.gguf") && heard == 12);
        assert_eq!(fs::read_to_string(to.join("a-2-00002-of-00002.gguf")).unwrap(), "GGUF 2");
        assert_eq!(fs::read_dir(&to).unwrap().count(), 4);
        fs::remove_file(at(2)).unwrap();
        assert!(copy(&at(1), &to, &Cancel::new(), &mut |_| ()).is_err());
        assert_eq!(fs::read_dir(&to).unwrap().count(), 4);
    }

    #[test]
    fn a_digest_is_that_of_the_standard() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc");
        fs::write(&path, "abc").unwrap();
        // FIPS 180-2, appendix B.1.
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(&path, &Cancel::new(), &mut |_| ()).unwrap().as_deref(), Some(known));
    }
}
