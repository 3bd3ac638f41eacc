//! Prompts: their versions, which is in use, what one would send.

use std::path::Path;

use foolscap_app::Bench;
use foolscap_app::api::{
    ActionKind, ContextPlan, Problem, PromptChecked, PromptLine, PromptShelf, PromptText, PromptVersion,
    PromptVocabulary, Trial,
};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use super::Desk;
use super::chosen::Chosen;

#[tauri::command(async)]
#[specta::specta]
pub fn prompt_shelf(desk: State<'_, Desk>) -> Result<PromptShelf, Problem> {
    desk.app()?.bench().prompt_shelf()
}

#[tauri::command(async)]
#[specta::specta]
pub fn prompt_text(desk: State<'_, Desk>, label: String) -> Result<PromptText, Problem> {
    desk.app()?.bench().prompt_text(&label)
}

#[tauri::command(async)]
#[specta::specta]
pub fn prompt_vocabulary() -> Result<PromptVocabulary, Problem> {
    Ok(Bench::prompt_vocabulary())
}

#[tauri::command(async)]
#[specta::specta]
pub fn check_prompt(source: String) -> Result<PromptChecked, Problem> {
    Ok(Bench::check_prompt(&source))
}

/// As the next version of the prompt that the text names.
#[tauri::command(async)]
#[specta::specta]
pub fn save_prompt(
    desk: State<'_, Desk>,
    source: String,
    parent: Option<String>,
    message: String,
) -> Result<PromptVersion, Problem> {
    desk.app()?.bench().save_prompt(&source, parent.as_deref(), &message)
}

#[tauri::command(async)]
#[specta::specta]
pub fn archive_prompt(desk: State<'_, Desk>, name: String, archived: bool) -> Result<(), Problem> {
    desk.app()?.bench().archive_prompt(&name, archived)
}

/// In one project or in all; without a label what came with Foolscap is used again.
#[tauri::command(async)]
#[specta::specta]
pub fn use_prompt(
    desk: State<'_, Desk>,
    action: ActionKind,
    project: Option<u32>,
    label: Option<String>,
) -> Result<(), Problem> {
    desk.app()?.bench().use_prompt(action, project, label.as_deref())
}

#[tauri::command(async)]
#[specta::specta]
pub fn compare_prompts(
    desk: State<'_, Desk>,
    before: String,
    after: String,
) -> Result<Vec<PromptLine>, Problem> {
    desk.app()?.bench().compare_prompts(&before, &after)
}

/// What would be sent with a trial; nothing is.
#[tauri::command(async)]
#[specta::specta]
pub fn plan_trial(desk: State<'_, Desk>, trial: Trial) -> Result<ContextPlan, Problem> {
    desk.app()?.plan_trial(&trial)
}

/// Opens the system's dialog for a folder of prompts, which then may be written; none when the writer thought better of it.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_prompt_folder(
    app: AppHandle,
    chosen: State<'_, Chosen>,
    title: String,
) -> Result<Option<String>, Problem> {
    let folder = app.dialog().file().set_title(title).blocking_pick_folder();
    Ok(folder.and_then(|folder| folder.into_path().ok()).map(|folder| chosen.allow(folder)))
}

/// Answers how many were written.
#[tauri::command(async)]
#[specta::specta]
pub fn export_prompts(
    desk: State<'_, Desk>,
    chosen: State<'_, Chosen>,
    names: Vec<String>,
    folder: String,
) -> Result<u32, Problem> {
    let files = desk.app()?.bench().export_prompts(&names, &chosen.named(&folder)?)?;
    Ok(u32::try_from(files.len()).unwrap_or(u32::MAX))
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_prompts(desk: State<'_, Desk>, folder: String) -> Result<Vec<PromptVersion>, Problem> {
    desk.app()?.bench().import_prompts(&[Path::new(&folder).to_owned()])
}
