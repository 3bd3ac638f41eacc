//! Spelling: what is misspelt, what it may have been meant to be, and what a project's author says is right.

use foolscap_app::api::{Problem, SpellingLanguages, SpellingReport};
use tauri::State;

use super::Desk;
use super::chosen::open_folder;

#[tauri::command(async)]
#[specta::specta]
pub fn spelling_languages(desk: State<'_, Desk>) -> Result<SpellingLanguages, Problem> {
    Ok(desk.app()?.spelling().languages())
}

#[tauri::command(async)]
#[specta::specta]
pub fn check_spelling(
    desk: State<'_, Desk>,
    project: u32,
    language: Option<String>,
    paragraphs: Vec<String>,
) -> Result<SpellingReport, Problem> {
    let own = desk.studio()?.project_words(project)?;
    desk.app()?.spelling().check(&own, language.as_deref(), &paragraphs)
}

/// The likeliest first.
#[tauri::command(async)]
#[specta::specta]
pub fn suggest_spelling(
    desk: State<'_, Desk>,
    project: u32,
    language: String,
    word: String,
) -> Result<Vec<String>, Problem> {
    let own = desk.studio()?.project_words(project)?;
    desk.app()?.spelling().suggest(&own, &language, &word)
}

/// Shows the folder of the author's own dictionaries.
#[tauri::command(async)]
#[specta::specta]
pub fn show_dictionaries(desk: State<'_, Desk>) -> Result<(), Problem> {
    open_folder(&desk.app()?.spelling().own_folder()?)
}
