//! Prompts put to the test: trials, test sets, experiments, choices made blind.

use std::fs;
use std::path::Path;

use foolscap_app::api::{
    ActionEvent, Answer, AnswerPage, AnswerQuery, BlindPair, ExperimentPlan, ExperimentResults,
    ExperimentSummary, JudgeTask, Lesson, Passage, Preference, Problem, ProblemCode, ResultsFormat, TestSet,
    TestSetSummary, Trial,
};
use foolscap_app::file_name;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use super::chosen::Chosen;
use super::{Desk, flow};

/// In a language, or in English.
#[tauri::command(async)]
#[specta::specta]
pub fn lessons(language: String) -> Result<Vec<Lesson>, Problem> {
    foolscap_app::lessons(&language)
}

/// The trial's events come by the channel; it is stopped as an action is.
#[tauri::command(async)]
#[specta::specta]
pub fn start_trial(
    desk: State<'_, Desk>,
    trial: Trial,
    channel: Channel<ActionEvent>,
) -> Result<(), Problem> {
    desk.app()?.start_trial(trial, Box::new(move |event| flow(channel.send(event))))
}

#[tauri::command(async)]
#[specta::specta]
pub fn test_sets(desk: State<'_, Desk>) -> Result<Vec<TestSetSummary>, Problem> {
    desk.app()?.bench().test_sets()
}

#[tauri::command(async)]
#[specta::specta]
pub fn test_set(desk: State<'_, Desk>, id: u32) -> Result<TestSet, Problem> {
    desk.app()?.bench().test_set(id)
}

/// Without a number a new one is made.
#[tauri::command(async)]
#[specta::specta]
pub fn save_test_set(
    desk: State<'_, Desk>,
    id: Option<u32>,
    name: String,
    passages: Vec<Passage>,
) -> Result<TestSetSummary, Problem> {
    desk.app()?.bench().save_test_set(id, &name, &passages)
}

#[tauri::command(async)]
#[specta::specta]
pub fn archive_test_set(desk: State<'_, Desk>, id: u32, archived: bool) -> Result<(), Problem> {
    desk.app()?.bench().archive_test_set(id, archived)
}

/// Opens the system's dialog; none when the writer thought better of it.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_passages_file(app: AppHandle, title: String) -> Result<Option<String>, Problem> {
    let dialog = app.dialog().file().set_title(title).add_filter("CSV, JSONL", &["csv", "jsonl"]);
    Ok(dialog.blocking_pick_file().map(|path| path.to_string()))
}

#[tauri::command(async)]
#[specta::specta]
pub fn read_passages(file: String) -> Result<Vec<Passage>, Problem> {
    foolscap_app::read_passages(Path::new(&file))
}

/// All of them come by the channel, now and whenever one changes.
#[tauri::command(async)]
#[specta::specta]
pub fn watch_experiments(
    desk: State<'_, Desk>,
    channel: Channel<Vec<ExperimentSummary>>,
) -> Result<(), Problem> {
    desk.app()?.runner().watch(Box::new(move |all| flow(channel.send(all.to_vec()))))
}

#[tauri::command(async)]
#[specta::specta]
pub fn new_experiment(desk: State<'_, Desk>, plan: ExperimentPlan) -> Result<ExperimentSummary, Problem> {
    let app = desk.app()?;
    let id = app.bench().new_experiment(plan)?;
    app.runner().changed();
    app.bench().summary(id)
}

/// The experiment that comes with Foolscap.
#[tauri::command(async)]
#[specta::specta]
pub fn sample_experiment(desk: State<'_, Desk>) -> Result<ExperimentPlan, Problem> {
    desk.app()?.bench().sample_experiment()
}

#[tauri::command(async)]
#[specta::specta]
pub fn experiment_plan(desk: State<'_, Desk>, id: u32) -> Result<ExperimentPlan, Problem> {
    desk.app()?.bench().experiment_plan(id)
}

#[tauri::command(async)]
#[specta::specta]
pub fn start_experiment(desk: State<'_, Desk>, id: u32) -> Result<(), Problem> {
    desk.app()?.runner().want(id)
}

#[tauri::command(async)]
#[specta::specta]
pub fn pause_experiment(desk: State<'_, Desk>, id: u32) -> Result<(), Problem> {
    desk.app()?.runner().pause(id)
}

#[tauri::command(async)]
#[specta::specta]
pub fn archive_experiment(desk: State<'_, Desk>, id: u32, archived: bool) -> Result<(), Problem> {
    let app = desk.app()?;
    if archived {
        app.runner().pause(id)?;
    }
    app.bench().archive_experiment(id, archived)?;
    app.runner().changed();
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn experiment_results(desk: State<'_, Desk>, id: u32) -> Result<ExperimentResults, Problem> {
    let app = desk.app()?;
    app.bench().results(id, &app.known_to(id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn experiment_answers(desk: State<'_, Desk>, id: u32, query: AnswerQuery) -> Result<AnswerPage, Problem> {
    let app = desk.app()?;
    app.bench().answers(id, query, &app.known_to(id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn experiment_answer(desk: State<'_, Desk>, answer: u32) -> Result<Answer, Problem> {
    let app = desk.app()?;
    let experiment = app.bench().experiment_of(answer)?;
    app.bench().answer(answer, &app.known_to(experiment)?)
}

/// None: all was chosen, or there is nothing to choose between yet.
#[tauri::command(async)]
#[specta::specta]
pub fn next_pair(desk: State<'_, Desk>, id: u32) -> Result<Option<BlindPair>, Problem> {
    desk.app()?.bench().next_pair(id)
}

#[tauri::command(async)]
#[specta::specta]
pub fn vote(desk: State<'_, Desk>, pair: String, preference: Preference) -> Result<(), Problem> {
    desk.app()?.bench().vote(&pair, preference)
}

/// Answers whether there was a choice to take back.
#[tauri::command(async)]
#[specta::specta]
pub fn undo_vote(desk: State<'_, Desk>, id: u32) -> Result<bool, Problem> {
    desk.app()?.bench().undo_vote(id)
}

/// From 1 to 5; none takes it back.
#[tauri::command(async)]
#[specta::specta]
pub fn rate_answer(
    desk: State<'_, Desk>,
    answer: u32,
    stars: Option<u32>,
    note: String,
) -> Result<(), Problem> {
    desk.app()?.bench().rate(answer, stars, &note)
}

/// Goes into the queue; verdicts are among the results as they come.
#[tauri::command(async)]
#[specta::specta]
pub fn judge_experiment(
    desk: State<'_, Desk>,
    id: u32,
    model: String,
    task: JudgeTask,
) -> Result<(), Problem> {
    desk.app()?.runner().judge(id, &model, task)
}

/// Opens the system's dialog for where results are to go; none when the writer thought better of it.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_results_file(
    app: AppHandle,
    chosen: State<'_, Chosen>,
    name: String,
    format: ResultsFormat,
) -> Result<Option<String>, Problem> {
    let ending = match format {
        ResultsFormat::Html => "html",
        ResultsFormat::Csv => "csv",
        ResultsFormat::Jsonl => "jsonl",
    };
    let name = format!("{}.{ending}", file_name(&name));
    Ok(chosen.by_dialog(&app, None, &name, &ending.to_uppercase(), ending))
}

#[tauri::command(async)]
#[specta::specta]
pub fn save_results(
    desk: State<'_, Desk>,
    chosen: State<'_, Chosen>,
    id: u32,
    format: ResultsFormat,
    file: String,
) -> Result<(), Problem> {
    let (app, file) = (desk.app()?, chosen.named(&file)?);
    let text = app.bench().results_as(id, format, &app.known_to(id)?)?;
    fs::write(&file, text).map_err(|e| {
        let message = format!("cannot write {}: {e}; choose another place", file.display());
        Problem::new(ProblemCode::File, message)
    })
}
