//! Finding in a project, and replacing.

use foolscap_app::api::{ChosenPlace, FoundPlaces, FoundScene, Problem, ReplacedPlaces, SearchPattern};
use tauri::State;

use super::Desk;

/// None when another search was asked for meanwhile.
#[tauri::command(async)]
#[specta::specta]
pub fn find_places(
    desk: State<'_, Desk>,
    project: u32,
    scene: Option<u32>,
    pattern: SearchPattern,
    replacement: Option<String>,
    limit: u32,
) -> Result<Option<FoundPlaces>, Problem> {
    desk.app()?.find(project, scene, &pattern, replacement.as_deref(), limit)
}

#[tauri::command(async)]
#[specta::specta]
pub fn replace_places(
    desk: State<'_, Desk>,
    project: u32,
    chosen: Vec<ChosenPlace>,
) -> Result<ReplacedPlaces, Problem> {
    desk.studio()?.replace(project, chosen)
}

/// Scenes that have all the words, the best first.
#[tauri::command(async)]
#[specta::specta]
pub fn look_up(
    desk: State<'_, Desk>,
    project: Option<u32>,
    words: String,
) -> Result<Vec<FoundScene>, Problem> {
    desk.studio()?.search(project, &words)
}
