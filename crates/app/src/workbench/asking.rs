//! Asking a model in the background: what a writer asks stops it, and whoever stops the work waits for nothing, not even for a
//! model that is loading.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use foolscap_engine::Cancel;

use super::hold::Hold;
use crate::api::{ActionEvent, Problem};
use crate::engine::{Engine, Sink};

/// How often it is looked whether to stop while nothing comes.
const LOOK: Duration = Duration::from_millis(50);

/// Begins a request of this name, and hears what comes until no more does, or `stop` says so. Where a writer is served, nothing is begun
/// and nothing heard.
///
/// # Errors
/// What `begin` and `hear` say.
pub(crate) fn listen(
    engine: &Arc<Engine>,
    name: &str,
    hold: &Hold,
    stop: &Cancel,
    begin: impl FnOnce(Sink) -> Result<(), Problem>,
    mut hear: impl FnMut(ActionEvent) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let (events, inbox) = channel();
    let sink = Box::new(move |event| match events.send(event) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    });
    let (stopping, owned) = (engine.clone(), name.to_owned());
    let begun = hold.begin(|| begin(sink), move || stopping.cancel(&owned));
    let Some((begun, _running)) = begun else { return Ok(()) };
    begun?;
    loop {
        match inbox.recv_timeout(LOOK) {
            Ok(event) => hear(event)?,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if stop.is_cancelled() {
            engine.cancel(name);
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use foolscap_models::Choice;

    use super::*;
    use crate::memory::Memory;

    #[test]
    fn who_stops_waits_for_no_model_and_who_yields_begins_nothing() {
        let engine = Arc::new(Engine::start(Choice::Starter, Memory::default()).unwrap());
        let (hold, stop) = (Hold::default(), Cancel::new());
        stop.cancel();
        // As while a model loads: the request is taken, and nothing comes.
        let mut taken = None;
        let begin = |sink| {
            taken = Some(sink);
            Ok(())
        };
        listen(&engine, "a", &hold, &stop, begin, |_| Ok(())).unwrap();
        assert!(taken.is_some());
        let _writer = hold.writer();
        let begin = |_| panic!("a writer is served");
        listen(&engine, "b", &hold, &Cancel::new(), begin, |_| Ok(())).unwrap();
    }
}
