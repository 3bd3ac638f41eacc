//! Files in and out while somebody writes: a file is read, or a book is set and written, without holding the library, which
//! would make saving wait. It is held for the moment in which the words go in or come out.

use std::path::{Path, PathBuf};

use foolscap_exchange::{import_all, write_whole};
use foolscap_manuscript::Undo;

use crate::App;
use crate::api::{DroppedFiles, ExportOptions, ExportedFile, ImportStep, Problem};
use crate::studio::{Destination, format_of, written};

/// Endings of files that hold a model or its weights.
const MODELS: [&str; 2] = ["gguf", "safetensors"];

impl App {
    /// Puts all of some files or folders, in the order given, at the end of a project, or into a new one that is called as
    /// `title` says or else as the first of them does. When this returns, it is on disk; after an error nothing of it is
    /// there.
    ///
    /// # Errors
    /// [`ProblemCode::File`](crate::api::ProblemCode::File) for a file that cannot be read,
    /// [`ProblemCode::NotFound`](crate::api::ProblemCode::NotFound), [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn import(
        &self,
        files: &[PathBuf],
        project: Option<u32>,
        title: Option<&str>,
    ) -> Result<ImportStep, Problem> {
        let imported = import_all(files)?;
        let into = match project {
            Some(project) => Destination::Project(project),
            None => Destination::New(title.map(str::trim).filter(|title| !title.is_empty())),
        };
        let mut studio = self.studio();
        let (told, made) = studio.store(files, imported, into)?;
        let step = project.map(|project| studio.step_on(project, &Undo::of_making(&made))).transpose()?;
        Ok(ImportStep { imported: told, step })
    }

    /// Writes a project into a file, which is there whole or not at all, and remembers how. `format`: one of
    /// [`formats`](crate::formats).
    ///
    /// # Errors
    /// As [`Studio::export`](crate::Studio::export).
    pub fn export(
        &self,
        project: u32,
        format: &str,
        options: &ExportOptions,
        file: &Path,
    ) -> Result<ExportedFile, Problem> {
        let known = format_of(format)?;
        let book = self.studio().book(project, options)?;
        let exported = written(&book, known, options, file)?;
        self.studio().remember_export(project, format, options, file)?;
        Ok(exported)
    }
}

/// Writes a file, which is there whole or not at all, and never over a library.
///
/// # Errors
/// [`ProblemCode::File`](crate::api::ProblemCode::File) when it cannot be written.
pub fn write_file(file: &Path, text: &str) -> Result<(), Problem> {
    Ok(write_whole(file, text.as_bytes())?)
}

/// Tells models from manuscripts among what was dropped on a window.
pub fn sort_dropped(paths: Vec<String>) -> DroppedFiles {
    let (models, manuscripts) = paths.into_iter().partition(|path| is_model(Path::new(path)));
    DroppedFiles { models, manuscripts }
}

/// Whether a file is a model, or a folder has one in it.
fn is_model(path: &Path) -> bool {
    let by_name = |path: &Path| {
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        MODELS.iter().any(|known| ending == *known)
    };
    let in_folder = || {
        let mut entries = path.read_dir().into_iter().flatten().flatten();
        entries.any(|entry| by_name(&entry.path()))
    };
    by_name(path) || in_folder()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_is_told_apart_by_what_it_is_and_holds() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, "x").unwrap();
            path.display().to_string()
        };
        let (gguf, novel) = (make("harbour.GGUF"), make("novel.docx"));
        make("weights/model.safetensors");
        make("chapters/one.md");
        let (weights, chapters) =
            ["weights", "chapters"].map(|name| folder.path().join(name).display().to_string()).into();
        let sorted = sort_dropped(vec![gguf.clone(), novel.clone(), weights, chapters]);
        assert_eq!((sorted.models.len(), sorted.manuscripts.len()), (2, 2), "{sorted:?}");
        assert!(sorted.models.contains(&gguf) && sorted.manuscripts.contains(&novel));
    }
}
