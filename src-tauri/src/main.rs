//! The desktop shell: a window over the app. It opens the library, hands the page's commands to the app, and
//! does nothing else.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod commands;

use std::path::PathBuf;
use std::process::ExitCode;

use foolscap_app::App;
use tauri::Manager;

use commands::{Chosen, Desk};

/// Names another library than the one in the user's data folder.
const LIBRARY: &str = "FOOLSCAP_LIBRARY";

fn main() -> ExitCode {
    // The window itself needs a core, where there are enough.
    let cores = foolscap_app::cores();
    foolscap_app::set_threads(if cores > 2 { cores - 1 } else { cores });
    let commands = commands::builder();
    let window = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            if let Some(window) = app.get_webview_window("main") {
                let _ = window.unminimize();
                let _ = window.set_focus();
            }
        }))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(commands.invoke_handler())
        .setup(|app| {
            let library = match std::env::var_os(LIBRARY) {
                Some(path) => PathBuf::from(path),
                None => app.path().app_data_dir()?.join("library.foolscap"),
            };
            // A library that does not open is told on the page, where it can be read.
            app.manage(Desk(App::open(&library)));
            app.manage(Chosen::default());
            Ok(())
        })
        .run(tauri::generate_context!());
    match window {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("foolscap: the window cannot be opened: {e}");
            ExitCode::FAILURE
        }
    }
}
