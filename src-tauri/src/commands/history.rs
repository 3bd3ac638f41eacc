//! Earlier states of a scene.

use foolscap_app::api::{Comparison, Problem, Revision, RevisionSummary, TreeStep};
use tauri::State;

use super::Desk;

#[tauri::command(async)]
#[specta::specta]
pub fn revisions(desk: State<'_, Desk>, scene: u32) -> Result<Vec<RevisionSummary>, Problem> {
    desk.studio()?.revisions(scene)
}

#[tauri::command(async)]
#[specta::specta]
pub fn revision(desk: State<'_, Desk>, id: u32) -> Result<Revision, Problem> {
    desk.studio()?.revision(id)
}

/// From a kept state to another one; none: to what its scene is now.
#[tauri::command(async)]
#[specta::specta]
pub fn compare_revisions(
    desk: State<'_, Desk>,
    before: u32,
    after: Option<u32>,
) -> Result<Comparison, Problem> {
    desk.app()?.compare(before, after)
}

#[tauri::command(async)]
#[specta::specta]
pub fn snapshot_scene(
    desk: State<'_, Desk>,
    scene: u32,
    name: String,
) -> Result<Option<RevisionSummary>, Problem> {
    desk.studio()?.snapshot(scene, &name)
}

#[tauri::command(async)]
#[specta::specta]
pub fn snapshot_project(desk: State<'_, Desk>, project: u32, name: String) -> Result<u32, Problem> {
    desk.studio()?.snapshot_project(project, &name)
}

#[tauri::command(async)]
#[specta::specta]
pub fn name_revision(
    desk: State<'_, Desk>,
    id: u32,
    name: Option<String>,
) -> Result<RevisionSummary, Problem> {
    desk.studio()?.name_revision(id, name.as_deref())
}

#[tauri::command(async)]
#[specta::specta]
pub fn restore_revision(desk: State<'_, Desk>, id: u32, base_version: u32) -> Result<TreeStep, Problem> {
    desk.studio()?.restore_revision(id, base_version)
}
