//! Builds the window's context. Naming the commands here puts each of them behind a permission of its own.

fn main() {
    let commands = &[
        "list_projects",
        "create_project",
        "open_project",
        "rename_project",
        "save_scene",
        "samples",
        "settings",
        "save_settings",
        "watch_model",
        "use_model",
        "choose_model_file",
        "choose_model_folder",
        "cancel_loading",
        "machine",
        "measure_machine",
        "models_here",
        "models_found",
        "offers",
        "search_hub",
        "hub_files",
        "start_arrival",
        "pause_arrival",
        "drop_arrival",
        "watch_arrivals",
        "import_model",
        "remove_model",
        "model_facts",
        "model_settings",
        "set_model",
        "reset_model",
        "hub_settings",
        "set_endpoints",
        "set_token",
        "try_model",
        "start_action",
        "cancel_action",
        "record_outcome",
    ];
    let attributes =
        tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(commands));
    if let Err(e) = tauri_build::try_build(attributes) {
        println!("cargo::error=the window's context cannot be built: {e:#}");
    }
}
