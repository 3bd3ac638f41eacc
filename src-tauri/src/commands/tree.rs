//! The tree of a project.

use foolscap_app::api::{ArchivedItem, ItemKind, ItemPlace, ItemRef, Outline, Problem, TreeStep};
use tauri::State;

use super::Desk;

#[tauri::command(async)]
#[specta::specta]
pub fn outline(desk: State<'_, Desk>, project: u32) -> Result<Outline, Problem> {
    desk.studio()?.outline(project)
}

#[tauri::command(async)]
#[specta::specta]
pub fn add_item(
    desk: State<'_, Desk>,
    project: u32,
    kind: ItemKind,
    title: String,
    place: ItemPlace,
) -> Result<TreeStep, Problem> {
    desk.studio()?.add_item(project, kind, &title, place)
}

#[tauri::command(async)]
#[specta::specta]
pub fn rename_item(desk: State<'_, Desk>, item: ItemRef, title: String) -> Result<TreeStep, Problem> {
    desk.studio()?.rename_item(item, &title)
}

#[tauri::command(async)]
#[specta::specta]
pub fn move_item(desk: State<'_, Desk>, item: ItemRef, place: ItemPlace) -> Result<TreeStep, Problem> {
    desk.studio()?.move_item(item, place)
}

#[tauri::command(async)]
#[specta::specta]
pub fn duplicate_item(desk: State<'_, Desk>, item: ItemRef) -> Result<TreeStep, Problem> {
    desk.studio()?.duplicate_item(item)
}

#[tauri::command(async)]
#[specta::specta]
pub fn archive_item(desk: State<'_, Desk>, item: ItemRef) -> Result<TreeStep, Problem> {
    desk.studio()?.archive_item(item)
}

#[tauri::command(async)]
#[specta::specta]
pub fn unarchive_item(desk: State<'_, Desk>, item: ItemRef) -> Result<TreeStep, Problem> {
    desk.studio()?.unarchive_item(item)
}

#[tauri::command(async)]
#[specta::specta]
pub fn archived_items(desk: State<'_, Desk>, project: u32) -> Result<Vec<ArchivedItem>, Problem> {
    desk.studio()?.archived_items(project)
}

#[tauri::command(async)]
#[specta::specta]
pub fn split_scene(
    desk: State<'_, Desk>,
    scene: u32,
    base_version: u32,
    position: u32,
    title: String,
) -> Result<TreeStep, Problem> {
    desk.studio()?.split_scene(scene, base_version, position, &title)
}

#[tauri::command(async)]
#[specta::specta]
pub fn merge_scene(desk: State<'_, Desk>, scene: u32, base_version: u32) -> Result<TreeStep, Problem> {
    desk.studio()?.merge_scene(scene, base_version)
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_chapter_synopsis(desk: State<'_, Desk>, chapter: u32, synopsis: String) -> Result<(), Problem> {
    desk.studio()?.set_chapter_synopsis(chapter, &synopsis)
}

#[tauri::command(async)]
#[specta::specta]
pub fn undo_step(desk: State<'_, Desk>, project: u32, undo: String) -> Result<TreeStep, Problem> {
    desk.studio()?.undo_step(project, &undo)
}
