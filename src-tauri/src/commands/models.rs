//! What the page may ask about models: which are here, which can be had, and how they come and go.

use std::path::Path;

use foolscap_app::Models;
use foolscap_app::api::{
    ActionEvent, Arrival, Fact, HubFile, HubModel, HubSettings, MachineFacts, ModelHere, ModelSetting, Offer,
    Problem,
};
use tauri::State;
use tauri::ipc::Channel;

use super::{Desk, flow};

type Answer<T> = Result<T, Problem>;

/// Stops loading; the model rests until something is asked of it.
#[tauri::command(async)]
#[specta::specta]
pub fn cancel_loading(desk: State<'_, Desk>) -> Answer<()> {
    desk.app()?.cancel_loading();
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn machine(desk: State<'_, Desk>) -> Answer<MachineFacts> {
    Ok(desk.app()?.models().machine())
}

#[tauri::command(async)]
#[specta::specta]
pub fn measure_machine(desk: State<'_, Desk>) -> Answer<MachineFacts> {
    desk.app()?.models().measure()
}

#[tauri::command(async)]
#[specta::specta]
pub fn models_here(desk: State<'_, Desk>) -> Answer<Vec<ModelHere>> {
    desk.app()?.models().here()
}

#[tauri::command(async)]
#[specta::specta]
pub fn models_found(desk: State<'_, Desk>) -> Answer<Vec<ModelHere>> {
    desk.app()?.models().found()
}

#[tauri::command(async)]
#[specta::specta]
pub fn offers(desk: State<'_, Desk>, words: String, context: u32) -> Answer<Vec<Offer>> {
    desk.app()?.models().offers(&words, context)
}

#[tauri::command(async)]
#[specta::specta]
pub fn search_hub(desk: State<'_, Desk>, words: String) -> Answer<Vec<HubModel>> {
    desk.app()?.models().search_hub(&words)
}

#[tauri::command(async)]
#[specta::specta]
pub fn hub_files(desk: State<'_, Desk>, repo: String) -> Answer<Vec<HubFile>> {
    desk.app()?.models().hub_files(&repo)
}

#[tauri::command(async)]
#[specta::specta]
pub fn start_arrival(desk: State<'_, Desk>, name: String, forced: bool) -> Answer<()> {
    desk.app()?.models().start_arrival(&name, forced)
}

#[tauri::command(async)]
#[specta::specta]
pub fn pause_arrival(desk: State<'_, Desk>, name: String) -> Answer<()> {
    desk.app()?.models().pause_arrival(&name);
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn drop_arrival(desk: State<'_, Desk>, name: String) -> Answer<()> {
    desk.app()?.models().drop_arrival(&name);
    Ok(())
}

/// Tells all models on their way now and whenever one gets on.
#[tauri::command(async)]
#[specta::specta]
pub fn watch_arrivals(desk: State<'_, Desk>, channel: Channel<Vec<Arrival>>) -> Answer<()> {
    desk.app()?.models().watch_arrivals(Box::new(move |all| flow(channel.send(all.to_vec()))));
    Ok(())
}

/// A file, or a folder; one that has to be converted is told among the arrivals.
#[tauri::command(async)]
#[specta::specta]
pub fn import_model(desk: State<'_, Desk>, path: String, copy: bool) -> Answer<Vec<ModelHere>> {
    desk.app()?.models().take(Path::new(&path), copy)
}

#[tauri::command(async)]
#[specta::specta]
pub fn remove_model(desk: State<'_, Desk>, id: String) -> Answer<()> {
    desk.app()?.models().remove(&id).map(drop)
}

#[tauri::command(async)]
#[specta::specta]
pub fn model_facts(desk: State<'_, Desk>, id: String) -> Answer<Vec<Fact>> {
    desk.app()?.models().facts(&id)
}

#[tauri::command(async)]
#[specta::specta]
pub fn model_settings(desk: State<'_, Desk>, id: String) -> Answer<Vec<ModelSetting>> {
    desk.app()?.models().settings(&id)
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_model(desk: State<'_, Desk>, id: String, name: String, value: String) -> Answer<()> {
    desk.app()?.set_model(&id, &name, &value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn reset_model(desk: State<'_, Desk>, id: String) -> Answer<()> {
    desk.app()?.reset_model(&id)
}

#[tauri::command(async)]
#[specta::specta]
pub fn hub_settings(desk: State<'_, Desk>) -> Answer<HubSettings> {
    desk.app()?.models().hub_settings()
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_endpoints(desk: State<'_, Desk>, endpoints: Vec<String>) -> Answer<()> {
    desk.app()?.models().set_endpoints(&endpoints)
}

/// The hub's token goes to the system's keyring, and nowhere else; none takes it out.
#[tauri::command(async)]
#[specta::specta]
pub fn set_token(token: Option<String>) -> Answer<()> {
    Models::set_token(token.as_deref())
}

/// The request's events come by the channel, as an action's do.
#[tauri::command(async)]
#[specta::specta]
pub fn try_model(desk: State<'_, Desk>, request: String, channel: Channel<ActionEvent>) -> Answer<()> {
    desk.app()?.try_model(request, Box::new(move |event| flow(channel.send(event))))
}
