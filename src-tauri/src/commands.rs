//! What the page may ask: each command hands its arguments to the app. They run off the window's own thread,
//! so that neither a slow disk nor a busy model makes typing wait.

mod authorship;
mod backups;
mod chosen;
mod files;
mod history;
mod library;
mod lore;
mod models;
mod project;
mod prompts;
mod reviews;
mod search;
mod spelling;
mod tree;
mod workbench;

use std::ops::ControlFlow;
use std::sync::MutexGuard;

use foolscap_app::api::{
    ActionEvent, ActionInfo, ActionRequest, ContextPlan, EarlierRequest, ModelState, Outcome, Problem,
    Sample, Settings,
};
use foolscap_app::{App, Studio};
use tauri::State;
use tauri::ipc::Channel;
use tauri_plugin_dialog::DialogExt;
use tauri_specta::{Builder, collect_commands};

pub use chosen::Chosen;

/// The app, or why it could not be opened.
pub struct Desk(pub Result<App, Problem>);

impl Desk {
    fn app(&self) -> Result<&App, Problem> {
        self.0.as_ref().map_err(Clone::clone)
    }

    /// Locked as long as it is held.
    fn studio(&self) -> Result<MutexGuard<'_, Studio>, Problem> {
        Ok(self.app()?.studio())
    }
}

/// All commands, with their types.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new().commands(collect_commands![
        library::library_state,
        library::recovery_told,
        library::list_projects,
        library::archived_projects,
        library::create_project,
        library::open_project,
        library::open_scene,
        library::rename_project,
        library::archive_project,
        library::save_scene,
        library::scene_card,
        library::set_scene_card,
        tree::outline,
        tree::add_item,
        tree::rename_item,
        tree::move_item,
        tree::duplicate_item,
        tree::archive_item,
        tree::unarchive_item,
        tree::archived_items,
        tree::split_scene,
        tree::merge_scene,
        tree::set_chapter_synopsis,
        tree::undo_step,
        history::revisions,
        history::revision,
        history::compare_revisions,
        history::snapshot_scene,
        history::snapshot_project,
        history::name_revision,
        history::restore_revision,
        search::find_places,
        search::replace_places,
        search::look_up,
        spelling::spelling_languages,
        spelling::check_spelling,
        spelling::suggest_spelling,
        spelling::show_dictionaries,
        authorship::authorship,
        authorship::word_origin,
        authorship::choose_report_file,
        authorship::save_report,
        backups::backups,
        backups::back_up,
        backups::set_backup_schedule,
        backups::restore_backup,
        backups::show_backups,
        files::choose_import_files,
        files::choose_import_folder,
        files::preview_import,
        files::import_files,
        files::sort_dropped,
        files::export_choice,
        files::export_place,
        files::choose_export_file,
        files::export_project,
        files::show_file,
        lore::lore,
        lore::archived_lore,
        lore::add_lore,
        lore::set_lore,
        lore::archive_lore,
        lore::lore_passages,
        lore::lore_at,
        prompts::prompt_shelf,
        prompts::prompt_text,
        prompts::prompt_vocabulary,
        prompts::check_prompt,
        prompts::save_prompt,
        prompts::archive_prompt,
        prompts::use_prompt,
        prompts::compare_prompts,
        prompts::plan_trial,
        prompts::choose_prompt_folder,
        prompts::export_prompts,
        prompts::import_prompts,
        workbench::lessons,
        workbench::start_trial,
        workbench::test_sets,
        workbench::test_set,
        workbench::save_test_set,
        workbench::archive_test_set,
        workbench::choose_passages_file,
        workbench::read_passages,
        workbench::watch_experiments,
        workbench::new_experiment,
        workbench::sample_experiment,
        workbench::experiment_plan,
        workbench::start_experiment,
        workbench::pause_experiment,
        workbench::archive_experiment,
        workbench::experiment_results,
        workbench::experiment_answers,
        workbench::experiment_answer,
        workbench::next_pair,
        workbench::vote,
        workbench::undo_vote,
        workbench::rate_answer,
        workbench::judge_experiment,
        workbench::choose_results_file,
        workbench::save_results,
        project::brief,
        project::set_brief,
        project::style_samples,
        project::archived_style_samples,
        project::add_style_sample,
        project::set_style_sample,
        project::archive_style_sample,
        project::right_words,
        project::set_right_word,
        project::progress,
        project::set_goals,
        project::writing_days,
        project::summaries,
        project::set_summary,
        project::scene_text,
        samples,
        settings,
        save_settings,
        watch_model,
        use_model,
        choose_model_file,
        choose_model_folder,
        models::cancel_loading,
        models::machine,
        models::measure_machine,
        models::models_here,
        models::models_found,
        models::offers,
        models::search_hub,
        models::hub_files,
        models::start_arrival,
        models::pause_arrival,
        models::drop_arrival,
        models::watch_arrivals,
        models::import_model,
        models::remove_model,
        models::model_facts,
        models::model_settings,
        models::set_model,
        models::reset_model,
        models::hub_settings,
        models::set_endpoints,
        models::set_token,
        models::try_model,
        actions,
        plan_action,
        start_action,
        cancel_action,
        record_outcome,
        suggestions,
        reviews::start_review,
        reviews::remarks,
        reviews::dismiss_remark,
        reviews::move_remarks,
        reviews::set_intended,
        reviews::unstick,
    ])
}

#[tauri::command(async)]
#[specta::specta]
fn samples() -> Result<Vec<Sample>, Problem> {
    Ok(foolscap_app::samples())
}

#[tauri::command(async)]
#[specta::specta]
fn settings(desk: State<'_, Desk>) -> Result<Settings, Problem> {
    desk.studio()?.settings()
}

#[tauri::command(async)]
#[specta::specta]
fn save_settings(desk: State<'_, Desk>, settings: Settings) -> Result<(), Problem> {
    desk.app()?.save_settings(&settings)
}

/// Tells how the model stands now and whenever that changes.
#[tauri::command(async)]
#[specta::specta]
fn watch_model(desk: State<'_, Desk>, channel: Channel<ModelState>) -> Result<(), Problem> {
    desk.app()?.watch_model(Box::new(move |state| flow(channel.send(state.clone()))));
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
fn use_model(desk: State<'_, Desk>, path: Option<String>) -> Result<(), Problem> {
    desk.app()?.use_model(path)
}

/// Opens the system's dialog, with a title in the page's language; none when the writer thought better of it.
#[tauri::command(async)]
#[specta::specta]
fn choose_model_file(app: tauri::AppHandle, title: String) -> Result<Option<String>, Problem> {
    let dialog = app.dialog().file().set_title(title).add_filter("GGUF", &["gguf"]);
    let chosen = dialog.blocking_pick_file();
    Ok(chosen.map(|path| path.to_string()))
}

/// The same for a folder, of models or of weights that are to be converted.
#[tauri::command(async)]
#[specta::specta]
fn choose_model_folder(app: tauri::AppHandle, title: String) -> Result<Option<String>, Problem> {
    let chosen = app.dialog().file().set_title(title).blocking_pick_folder();
    Ok(chosen.map(|path| path.to_string()))
}

/// As the prompts in use in a project describe them.
#[tauri::command(async)]
#[specta::specta]
fn actions(desk: State<'_, Desk>, project: Option<u32>) -> Result<Vec<ActionInfo>, Problem> {
    desk.app()?.actions(project)
}

/// What would be sent with a request; nothing is.
#[tauri::command(async)]
#[specta::specta]
fn plan_action(desk: State<'_, Desk>, request: ActionRequest) -> Result<ContextPlan, Problem> {
    desk.app()?.plan_action(&request)
}

/// The request's events come by the channel; this returns as soon as it is taken.
#[tauri::command(async)]
#[specta::specta]
fn start_action(
    desk: State<'_, Desk>,
    request: ActionRequest,
    channel: Channel<ActionEvent>,
) -> Result<(), Problem> {
    desk.app()?.start_action(request, Box::new(move |event| flow(channel.send(event))))
}

#[tauri::command(async)]
#[specta::specta]
fn cancel_action(desk: State<'_, Desk>, request: String) -> Result<(), Problem> {
    desk.app()?.cancel_action(&request);
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
fn record_outcome(desk: State<'_, Desk>, outcome: Outcome) -> Result<(), Problem> {
    desk.app()?.record_outcome(&outcome)
}

#[tauri::command(async)]
#[specta::specta]
fn suggestions(desk: State<'_, Desk>, scene: u32) -> Result<Vec<EarlierRequest>, Problem> {
    desk.studio()?.suggestions(scene)
}

/// A page that is gone wants no more.
fn flow(sent: tauri::Result<()>) -> ControlFlow<()> {
    if sent.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use specta_typescript::Typescript;

    /// The bindings as they are generated now.
    fn bindings() -> String {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("bindings.ts");
        super::builder().export(Typescript::default(), &path).unwrap();
        std::fs::read_to_string(path).unwrap()
    }

    /// What stands between `start` and `end`, wherever both occur in this order.
    fn between(text: &str, start: &str, end: &str) -> BTreeSet<String> {
        text.split(start)
            .skip(1)
            .filter_map(|rest| rest.split_once(end))
            .map(|(name, _)| name.to_owned())
            .collect()
    }

    #[test]
    fn every_command_is_declared_and_permitted_and_nothing_else_is() {
        let commands = between(&bindings(), "__TAURI_INVOKE(\"", "\"");
        assert!(commands.len() > 10, "{commands:?}");
        let declared = between(include_str!("../build.rs"), "        \"", "\",");
        assert_eq!(declared, commands, "build.rs and commands.rs differ");
        let permitted = between(include_str!("../capabilities/main.json"), "\"allow-", "\"");
        let permitted: BTreeSet<String> = permitted.iter().map(|name| name.replace('-', "_")).collect();
        assert_eq!(permitted, commands, "capabilities/main.json and commands.rs differ");
    }

    /// `cargo xtask bindings` writes them.
    #[test]
    fn what_a_dialog_says_comes_from_the_page_in_its_language() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = vec![folder.join("commands.rs"), folder.join("main.rs")];
        files.extend(std::fs::read_dir(folder.join("commands")).unwrap().map(|entry| entry.unwrap().path()));
        for file in files {
            let code = std::fs::read_to_string(&file).unwrap();
            let code = code.split("#[cfg(test)]").next().unwrap();
            assert!(!code.contains("set_title(\""), "{}", file.display());
            // The name of a format is the same in all languages.
            for name in code.split("add_filter(\"").skip(1) {
                let name = name.split('"').next().unwrap();
                assert!(["GGUF", "CSV, JSONL"].contains(&name), "{}: {name}", file.display());
            }
        }
    }

    #[test]
    fn bindings_are_those_the_page_is_built_with() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/host/bindings.ts");
        let fresh = bindings();
        if std::env::var_os("FOOLSCAP_WRITE_BINDINGS").is_some() {
            std::fs::write(&path, &fresh).unwrap();
        }
        assert!(
            std::fs::read_to_string(&path).is_ok_and(|kept| kept == fresh),
            "ui/src/host/bindings.ts is stale; run: cargo xtask bindings"
        );
    }
}
