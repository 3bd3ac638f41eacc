//! Files that the page may have written. It can only name them: a path must have come from the system's dialog, or from
//! the program itself, before anything is put there.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use foolscap_app::api::{Problem, ProblemCode};
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

/// The paths that were chosen since the window was opened.
#[derive(Default)]
pub struct Chosen(Mutex<HashSet<PathBuf>>);

impl Chosen {
    /// Lets a file be written from here on.
    pub fn allow(&self, file: PathBuf) -> String {
        let path = file.display().to_string();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(file);
        path
    }

    /// Opens the system's dialog for where a file is to go, which asks before one that is there is replaced.
    pub fn by_dialog(
        &self,
        app: &AppHandle,
        folder: Option<&Path>,
        name: &str,
        kind: &str,
        ending: &str,
    ) -> Option<String> {
        let mut dialog = app.dialog().file().set_file_name(name).add_filter(kind, &[ending]);
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        let path = dialog.blocking_save_file()?.into_path().ok()?;
        Some(self.allow(path))
    }

    /// The same for a new folder, which will lie in the one that is chosen.
    pub fn folder_by_dialog(&self, app: &AppHandle, folder: Option<&Path>, name: &str) -> Option<String> {
        let mut dialog = app.dialog().file();
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        let within = dialog.blocking_pick_folder()?.into_path().ok()?;
        Some(self.allow(within.join(name)))
    }

    /// A file that may be written.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] for one that nobody has chosen.
    pub fn named(&self, file: &str) -> Result<PathBuf, Problem> {
        let path = PathBuf::from(file);
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&path);
        let message = || format!("{file} was not chosen in this window; choose where the file is to go");
        known.then_some(path).ok_or_else(|| Problem::new(ProblemCode::BadRequest, message()))
    }
}

/// Shows a file in the system's file manager.
///
/// # Errors
/// [`ProblemCode::File`].
pub fn show(file: &Path) -> Result<(), Problem> {
    tauri_plugin_opener::reveal_item_in_dir(file).map_err(|e| not_shown(&file.display().to_string(), &e))
}

/// Opens a folder in the system's file manager.
///
/// # Errors
/// [`ProblemCode::File`], also as long as it is not there.
pub fn open_folder(folder: &str) -> Result<(), Problem> {
    tauri_plugin_opener::open_path(folder, None::<&str>).map_err(|e| not_shown(folder, &e))
}

fn not_shown(path: &str, why: &tauri_plugin_opener::Error) -> Problem {
    Problem::new(ProblemCode::File, format!("{path} cannot be shown: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_that_was_chosen_is_written() {
        let chosen = Chosen::default();
        assert_eq!(chosen.allow("/home/ada/lamp.epub".into()), "/home/ada/lamp.epub");
        assert!(chosen.named("/home/ada/lamp.epub").is_ok());
        let refused = chosen.named("/home/ada/.profile").unwrap_err();
        assert_eq!(refused.code, ProblemCode::BadRequest);
    }
}
