//! Projects and scenes.

use foolscap_app::api::{LibraryState, OpenProject, Problem, ProjectSummary, SaveScene, Saved, SceneCard};
use tauri::State;

use super::Desk;

#[tauri::command(async)]
#[specta::specta]
pub fn library_state(desk: State<'_, Desk>) -> Result<LibraryState, Problem> {
    Ok(desk.studio()?.state())
}

#[tauri::command(async)]
#[specta::specta]
pub fn recovery_told(desk: State<'_, Desk>) -> Result<(), Problem> {
    desk.studio()?.recovery_told()
}

#[tauri::command(async)]
#[specta::specta]
pub fn list_projects(desk: State<'_, Desk>) -> Result<Vec<ProjectSummary>, Problem> {
    desk.studio()?.projects()
}

#[tauri::command(async)]
#[specta::specta]
pub fn archived_projects(desk: State<'_, Desk>) -> Result<Vec<ProjectSummary>, Problem> {
    desk.studio()?.archived_projects()
}

#[tauri::command(async)]
#[specta::specta]
pub fn create_project(
    desk: State<'_, Desk>,
    title: String,
    text: Option<String>,
) -> Result<OpenProject, Problem> {
    desk.studio()?.create_project(&title, text.as_deref())
}

#[tauri::command(async)]
#[specta::specta]
pub fn open_project(desk: State<'_, Desk>, id: u32) -> Result<OpenProject, Problem> {
    desk.studio()?.open_project(id)
}

#[tauri::command(async)]
#[specta::specta]
pub fn open_scene(desk: State<'_, Desk>, id: u32) -> Result<OpenProject, Problem> {
    desk.studio()?.open_scene(id)
}

#[tauri::command(async)]
#[specta::specta]
pub fn rename_project(desk: State<'_, Desk>, id: u32, title: String) -> Result<ProjectSummary, Problem> {
    desk.studio()?.rename_project(id, &title)
}

#[tauri::command(async)]
#[specta::specta]
pub fn archive_project(desk: State<'_, Desk>, id: u32, archived: bool) -> Result<(), Problem> {
    desk.studio()?.archive_project(id, archived)
}

#[tauri::command(async)]
#[specta::specta]
pub fn save_scene(desk: State<'_, Desk>, save: SaveScene) -> Result<Saved, Problem> {
    desk.studio()?.save_scene(&save)
}

#[tauri::command(async)]
#[specta::specta]
pub fn scene_card(desk: State<'_, Desk>, scene: u32) -> Result<SceneCard, Problem> {
    desk.studio()?.scene_card(scene)
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_scene_card(desk: State<'_, Desk>, scene: u32, card: SceneCard) -> Result<(), Problem> {
    desk.studio()?.set_scene_card(scene, &card)
}
