//! The lore of a project.

use foolscap_app::api::{LoreEntry, LorePassages, LoreText, Problem};
use tauri::State;

use super::Desk;

#[tauri::command(async)]
#[specta::specta]
pub fn lore(desk: State<'_, Desk>, project: u32) -> Result<Vec<LoreEntry>, Problem> {
    desk.studio()?.lore(project)
}

#[tauri::command(async)]
#[specta::specta]
pub fn archived_lore(desk: State<'_, Desk>, project: u32) -> Result<Vec<LoreEntry>, Problem> {
    desk.studio()?.archived_lore(project)
}

#[tauri::command(async)]
#[specta::specta]
pub fn add_lore(desk: State<'_, Desk>, project: u32, what: LoreText) -> Result<LoreEntry, Problem> {
    desk.studio()?.add_lore(project, &what)
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_lore(desk: State<'_, Desk>, id: u32, what: LoreText) -> Result<LoreEntry, Problem> {
    desk.studio()?.set_lore(id, &what)
}

#[tauri::command(async)]
#[specta::specta]
pub fn archive_lore(desk: State<'_, Desk>, id: u32, archived: bool) -> Result<(), Problem> {
    desk.studio()?.archive_lore(id, archived)
}

#[tauri::command(async)]
#[specta::specta]
pub fn lore_passages(desk: State<'_, Desk>, id: u32) -> Result<LorePassages, Problem> {
    desk.studio()?.lore_passages(id)
}

/// The entry that is named between the texts before and after a cursor.
#[tauri::command(async)]
#[specta::specta]
pub fn lore_at(
    desk: State<'_, Desk>,
    project: u32,
    before: String,
    after: String,
) -> Result<Option<LoreEntry>, Problem> {
    desk.studio()?.lore_at(project, &before, &after)
}
