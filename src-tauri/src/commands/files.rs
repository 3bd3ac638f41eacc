//! Files in and out. The page names files; the system's dialogs and the drop of a file say which may be read, and a file
//! is written only where it was chosen ([`Chosen`]).

use std::path::{Path, PathBuf};

use foolscap_app::api::{
    DroppedFiles, ExportChoice, ExportOptions, ExportPlace, ExportedFile, ImportPreview, ImportStep, Problem,
};
use tauri::{AppHandle, Manager, State};
use tauri_plugin_dialog::DialogExt;

use super::Desk;
use super::chosen::{Chosen, show};

/// Endings of files that can be imported.
const IMPORTED: &[&str] =
    &["md", "markdown", "txt", "text", "html", "htm", "xhtml", "docx", "odt", "rtf", "epub", "scrivx", "zip"];

/// Opens the system's dialog for files to import; empty when the writer thought better of it. `title` and `manuscripts`, what
/// such files are called, are in the page's language.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_import_files(
    app: AppHandle,
    title: String,
    manuscripts: String,
) -> Result<Vec<String>, Problem> {
    let dialog = app.dialog().file().set_title(title).add_filter(manuscripts, IMPORTED);
    let chosen = dialog.blocking_pick_files().unwrap_or_default();
    Ok(chosen.into_iter().map(|path| path.to_string()).collect())
}

/// The same for a folder: of Markdown, or a Scrivener project.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_import_folder(app: AppHandle, title: String) -> Result<Option<String>, Problem> {
    let chosen = app.dialog().file().set_title(title).blocking_pick_folder();
    Ok(chosen.map(|path| path.to_string()))
}

/// What an import would make. Nothing is stored.
#[tauri::command(async)]
#[specta::specta]
pub fn preview_import(files: Vec<String>) -> Result<ImportPreview, Problem> {
    foolscap_app::preview_import(&paths(files))
}

/// Into a project; none: into a new one, which is called as `title` says or else as the files do.
#[tauri::command(async)]
#[specta::specta]
pub fn import_files(
    desk: State<'_, Desk>,
    files: Vec<String>,
    project: Option<u32>,
    title: Option<String>,
) -> Result<ImportStep, Problem> {
    desk.app()?.import(&paths(files), project, title.as_deref())
}

/// Tells models from manuscripts among what was dropped on the window.
#[tauri::command(async)]
#[specta::specta]
pub fn sort_dropped(paths: Vec<String>) -> Result<DroppedFiles, Problem> {
    Ok(foolscap_app::sort_dropped(paths))
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_choice(desk: State<'_, Desk>, project: u32) -> Result<ExportChoice, Problem> {
    desk.studio()?.export_choice(project)
}

/// Where an export would go, which it then may.
#[tauri::command(async)]
#[specta::specta]
pub fn export_place(
    app: AppHandle,
    desk: State<'_, Desk>,
    chosen: State<'_, Chosen>,
    project: u32,
    format: String,
) -> Result<ExportPlace, Problem> {
    let documents = app.path().document_dir().or_else(|_| app.path().home_dir()).unwrap_or_default();
    let place = desk.studio()?.export_place(project, &format, &documents)?;
    chosen.allow(PathBuf::from(&place.file));
    Ok(place)
}

/// Opens the system's dialog for where an export is to go, at the place that was proposed; none when the writer thought
/// better of it.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_export_file(
    app: AppHandle,
    chosen: State<'_, Chosen>,
    format: String,
    proposed: String,
) -> Result<Option<String>, Problem> {
    let proposed = Path::new(&proposed);
    let name = proposed.file_name().unwrap_or_default().to_string_lossy();
    Ok(if format == "folder" {
        chosen.folder_by_dialog(&app, proposed.parent(), &name)
    } else {
        chosen.by_dialog(&app, proposed.parent(), &name, &format.to_uppercase(), &format)
    })
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_project(
    desk: State<'_, Desk>,
    chosen: State<'_, Chosen>,
    project: u32,
    format: String,
    options: ExportOptions,
    file: String,
) -> Result<ExportedFile, Problem> {
    desk.app()?.export(project, &format, &options, &chosen.named(&file)?)
}

/// Shows a file that was written in the system's file manager.
#[tauri::command(async)]
#[specta::specta]
pub fn show_file(chosen: State<'_, Chosen>, file: String) -> Result<(), Problem> {
    show(&chosen.named(&file)?)
}

fn paths(files: Vec<String>) -> Vec<PathBuf> {
    files.into_iter().map(PathBuf::from).collect()
}
