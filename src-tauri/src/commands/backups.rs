//! Backups of the library.

use foolscap_app::api::{BackupFile, BackupList, BackupSchedule, Problem};
use tauri::State;

use super::Desk;
use super::chosen::open_folder;

#[tauri::command(async)]
#[specta::specta]
pub fn backups(desk: State<'_, Desk>) -> Result<BackupList, Problem> {
    desk.app()?.backups()
}

#[tauri::command(async)]
#[specta::specta]
pub fn back_up(desk: State<'_, Desk>) -> Result<BackupFile, Problem> {
    desk.app()?.back_up()
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_backup_schedule(desk: State<'_, Desk>, schedule: BackupSchedule) -> Result<(), Problem> {
    desk.studio()?.set_backup_schedule(schedule)
}

/// Answers with the file that what was there before is kept in; the page reads all it shows anew.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_backup(desk: State<'_, Desk>, file: String) -> Result<String, Problem> {
    desk.studio()?.restore_backup(&file)
}

#[tauri::command(async)]
#[specta::specta]
pub fn show_backups(desk: State<'_, Desk>) -> Result<(), Problem> {
    open_folder(&desk.app()?.backups()?.folder)
}
