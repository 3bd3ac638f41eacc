//! Who wrote what.

use foolscap_app::api::{AuthorshipReport, Problem, ReportFormat, WordOrigin};
use tauri::{AppHandle, State};

use super::Desk;
use super::chosen::Chosen;

#[tauri::command(async)]
#[specta::specta]
pub fn authorship(desk: State<'_, Desk>, project: u32) -> Result<AuthorshipReport, Problem> {
    desk.studio()?.authorship(project)
}

#[tauri::command(async)]
#[specta::specta]
pub fn word_origin(
    desk: State<'_, Desk>,
    scene: u32,
    request: String,
    candidate: u32,
) -> Result<WordOrigin, Problem> {
    desk.studio()?.origin(scene, &request, candidate)
}

/// Opens the system's dialog for where a report is to go; none when the writer thought better of it.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_report_file(
    app: AppHandle,
    chosen: State<'_, Chosen>,
    title: String,
    format: ReportFormat,
) -> Result<Option<String>, Problem> {
    let ending = match format {
        ReportFormat::Json => "json",
        ReportFormat::Text => "txt",
    };
    let name = format!("{}.{ending}", foolscap_app::file_name(&title));
    Ok(chosen.by_dialog(&app, None, &name, &ending.to_uppercase(), ending))
}

/// Writes the report into a file that the system's dialog has named.
#[tauri::command(async)]
#[specta::specta]
pub fn save_report(
    desk: State<'_, Desk>,
    chosen: State<'_, Chosen>,
    project: u32,
    format: ReportFormat,
    file: String,
) -> Result<(), Problem> {
    desk.studio()?.save_disclosure(project, format, &chosen.named(&file)?)
}
