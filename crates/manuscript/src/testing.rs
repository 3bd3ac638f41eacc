//! A library in a temporary folder, for the tests beside the code.

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;

use tempfile::TempDir;

use crate::{Library, Scene};

/// Gone with its folder when dropped.
pub(crate) struct Temporary {
    library: Library,
    folder: TempDir,
}

impl Temporary {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(folder.path().join("library.foolscap")).unwrap();
        Self { library, folder }
    }

    /// A project's only scene, with a text in it.
    pub(crate) fn scene_with(&mut self, text: &str) -> Scene {
        let project = self.create_project("A project", "{}", text).unwrap();
        let id = self.scenes(project.id).unwrap()[0].id;
        self.scene(id).unwrap()
    }

    /// As if everything kept so far had been kept at another time: `-7 minutes`.
    pub(crate) fn age(&mut self, by: &str) {
        self.write(|db| {
            Ok(db.execute(
                "UPDATE revision SET created_at = strftime('%Y-%m-%dT%H:%M:%fZ', created_at, ?1)",
                [by],
            )?)
        })
        .unwrap();
    }

    /// As if the library had been opened so many seconds earlier, which are returned.
    pub(crate) fn open_since(&mut self, seconds: i64) -> i64 {
        self.library.opened_at -= seconds;
        seconds
    }

    /// Closes the library and keeps its file as long as the folder is held.
    pub(crate) fn close(self) -> (PathBuf, TempDir) {
        (self.library.path().to_path_buf(), self.folder)
    }
}

impl Deref for Temporary {
    type Target = Library;

    fn deref(&self) -> &Library {
        &self.library
    }
}

impl DerefMut for Temporary {
    fn deref_mut(&mut self) -> &mut Library {
        &mut self.library
    }
}
