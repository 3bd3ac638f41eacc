//! `foolscap serve`: a model for other programs.

use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Mutex, mpsc};

use foolscap_app::api::ModelState;
use foolscap_app::{Choice, Engine, Memory, Selected};
use foolscap_server::{Key, Note, Options, Server, ServerError};
use serde_json::json;
use tokio::sync::oneshot;

use crate::Failure;
use crate::args::Serve;
use crate::look::print;

/// Bytes of what was read that the model remembers: clients send the same beginnings again and again.
const MEMORY: usize = 1 << 30;

pub fn serve(c: &Serve) -> Result<(), Failure> {
    let key = match &c.key {
        Some(key) => Key::new(key),
        None => Key::fresh(),
    };
    let key = key.map_err(|e| Failure::Usage(e.to_string()))?;
    let selected = crate::models::selected(c.model.as_deref(), &c.loading)?;
    let model = name(c.model.as_deref(), &selected);
    let options = Options {
        address: SocketAddr::new(c.host, c.port),
        key: key.clone(),
        model: model.clone(),
        log: Box::new(|note| match note {
            Note::Answered { method, path, status } => eprintln!("{method} {path} {status}"),
            Note::Begun { answer } => eprintln!("{answer} begins"),
            Note::Left { answer } => eprintln!("{answer} left before the end"),
        }),
    };
    let engine = Engine::start(selected, Memory::of(MEMORY))?;
    loaded(&engine)?;
    let server = Server::bind(engine, options)?;
    let address = server.address().map_err(ServerError::Stopped)?;
    let url = format!("http://{address}/v1");
    print(&match c.json {
        true => json!({ "address": url, "key": key.reveal(), "model": model }).to_string(),
        false => format!("address  {url}\nkey      {}\nmodel    {model}", key.reveal()),
    })?;
    if !c.host.is_loopback() {
        eprintln!("foolscap: other machines can reach this address; whoever has the key can ask the model");
    }
    let (stop, stopped) = oneshot::channel();
    let stop = Mutex::new(Some(stop));
    // A second Ctrl-C ends the process as if this handler were not there.
    let _ = ctrlc::set_handler(move || match stop.lock().ok().and_then(|mut stop| stop.take()) {
        Some(stop) => _ = stop.send(()),
        None => std::process::exit(130),
    });
    Ok(server.run(stopped)?)
}

/// What requests call it: as the list does, or its file without the ending.
fn name(asked: Option<&Path>, selected: &Selected) -> String {
    match (&selected.choice, asked) {
        (Choice::Starter, _) => selected.choice.id(),
        (Choice::File(_), Some(name)) if is_name(name) => name.display().to_string(),
        (choice, _) => choice.label(),
    }
}

/// Whether it is a name of the list and no file.
fn is_name(asked: &Path) -> bool {
    asked.components().count() == 1 && asked.extension().is_none_or(|end| end != "gguf")
}

/// Waits for the model: a server whose model does not load would refuse everything.
fn loaded(engine: &Engine) -> Result<(), Failure> {
    let (states, inbox) = mpsc::channel();
    engine.watch(Box::new(move |state: &ModelState| match states.send(state.clone()) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }));
    for state in inbox {
        match state {
            ModelState::Ready(_) => return Ok(()),
            ModelState::Failed { problem, .. } => return Err(problem.into()),
            ModelState::Loading { .. } | ModelState::Resting { .. } => {}
        }
    }
    Err(Failure::Interrupted)
}
