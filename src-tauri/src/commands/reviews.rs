//! Critiques and checks, the notes that are kept of them, and “Unstick me”.

use foolscap_app::api::{
    ActionRequest, MovedRemark, Problem, Remark, ReviewEvent, Situation, Stuck, StuckAnswer, UnstickStep,
};
use tauri::State;
use tauri::ipc::Channel;

use super::{Desk, flow};

/// The review's events come by the channel; this returns as soon as it is taken. `cancel_action` stops it.
#[tauri::command(async)]
#[specta::specta]
pub fn start_review(
    desk: State<'_, Desk>,
    request: ActionRequest,
    channel: Channel<ReviewEvent>,
) -> Result<(), Problem> {
    desk.app()?.start_review(request, Box::new(move |event| flow(channel.send(event))))
}

#[tauri::command(async)]
#[specta::specta]
pub fn remarks(desk: State<'_, Desk>, scene: u32) -> Result<Vec<Remark>, Problem> {
    desk.studio()?.remarks(scene)
}

#[tauri::command(async)]
#[specta::specta]
pub fn dismiss_remark(desk: State<'_, Desk>, remark: u32, dismissed: bool) -> Result<(), Problem> {
    desk.studio()?.dismiss_remark(remark, dismissed)
}

#[tauri::command(async)]
#[specta::specta]
pub fn move_remarks(desk: State<'_, Desk>, moved: Vec<MovedRemark>) -> Result<(), Problem> {
    desk.studio()?.move_remarks(&moved)
}

/// Without a reason: it is not meant so.
#[tauri::command(async)]
#[specta::specta]
pub fn set_intended(
    desk: State<'_, Desk>,
    project: u32,
    key: String,
    reason: Option<String>,
) -> Result<(), Problem> {
    desk.studio()?.set_intended(project, &key, reason.as_deref())
}

/// The next question or the diagnosis; no model is asked.
#[tauri::command(async)]
#[specta::specta]
pub fn unstick(
    situation: Situation,
    answers: Vec<StuckAnswer>,
    overruled: Option<Stuck>,
) -> Result<UnstickStep, Problem> {
    Ok(foolscap_app::unstick(&situation, answers, overruled))
}
