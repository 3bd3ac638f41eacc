//! What an author says of a project, how much of it is written, and its summaries.

use foolscap_app::api::{
    Goals, Problem, Progress, ProjectBrief, SceneText, StyleSample, Summary, WritingDays,
};
use tauri::State;

use super::Desk;

#[tauri::command(async)]
#[specta::specta]
pub fn brief(desk: State<'_, Desk>, project: u32) -> Result<ProjectBrief, Problem> {
    desk.studio()?.brief(project)
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_brief(desk: State<'_, Desk>, project: u32, brief: ProjectBrief) -> Result<(), Problem> {
    desk.studio()?.set_brief(project, &brief)
}

#[tauri::command(async)]
#[specta::specta]
pub fn style_samples(desk: State<'_, Desk>, project: u32) -> Result<Vec<StyleSample>, Problem> {
    desk.studio()?.style_samples(project)
}

#[tauri::command(async)]
#[specta::specta]
pub fn archived_style_samples(desk: State<'_, Desk>, project: u32) -> Result<Vec<StyleSample>, Problem> {
    desk.studio()?.archived_style_samples(project)
}

#[tauri::command(async)]
#[specta::specta]
pub fn add_style_sample(
    desk: State<'_, Desk>,
    project: u32,
    title: String,
    text: String,
) -> Result<StyleSample, Problem> {
    desk.studio()?.add_style_sample(project, &title, &text)
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_style_sample(desk: State<'_, Desk>, sample: StyleSample) -> Result<StyleSample, Problem> {
    desk.studio()?.set_style_sample(&sample)
}

#[tauri::command(async)]
#[specta::specta]
pub fn archive_style_sample(desk: State<'_, Desk>, id: u32, archived: bool) -> Result<(), Problem> {
    desk.studio()?.archive_style_sample(id, archived)
}

#[tauri::command(async)]
#[specta::specta]
pub fn right_words(desk: State<'_, Desk>, project: u32) -> Result<Vec<String>, Problem> {
    desk.studio()?.right_words(project)
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_right_word(desk: State<'_, Desk>, project: u32, word: String, right: bool) -> Result<(), Problem> {
    desk.studio()?.set_right_word(project, &word, right)
}

#[tauri::command(async)]
#[specta::specta]
pub fn progress(desk: State<'_, Desk>, project: u32) -> Result<Progress, Problem> {
    desk.studio()?.progress(project)
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_goals(desk: State<'_, Desk>, project: u32, goals: Goals) -> Result<(), Problem> {
    desk.studio()?.set_goals(project, &goals)
}

#[tauri::command(async)]
#[specta::specta]
pub fn writing_days(desk: State<'_, Desk>, project: u32, at_most: u32) -> Result<WritingDays, Problem> {
    desk.studio()?.writing_days(project, at_most)
}

#[tauri::command(async)]
#[specta::specta]
pub fn summaries(desk: State<'_, Desk>, project: u32) -> Result<Vec<Summary>, Problem> {
    desk.studio()?.summaries(project)
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_summary(
    desk: State<'_, Desk>,
    scene: u32,
    version: Option<u32>,
    text: String,
    model: String,
) -> Result<Summary, Problem> {
    desk.studio()?.set_summary(scene, version, &text, &model)
}

#[tauri::command(async)]
#[specta::specta]
pub fn scene_text(desk: State<'_, Desk>, scene: u32) -> Result<SceneText, Problem> {
    desk.studio()?.scene(scene)
}
