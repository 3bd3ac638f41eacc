//! Models on their way: each on a thread of its own, all of them told to whoever watches, however often its page is opened.

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;

use foolscap_engine::Cancel;
use foolscap_models::catalog::Catalog;
use foolscap_models::download::{Progress, Stage};

use super::{Fetched, Models, names};
use crate::api::{Arrival, ArrivalState, Problem, ProblemCode};
use crate::lock::lock;

/// Hears of all arrivals whenever one changes.
pub type ArrivalsWatcher = Box<dyn FnMut(&[Arrival]) -> ControlFlow<()> + Send>;

/// All arrivals.
#[derive(Clone, Default)]
pub(crate) struct Arrivals(Arc<Shared>);

#[derive(Default)]
struct Shared {
    all: Mutex<Vec<Entry>>,
    watchers: Mutex<Vec<ArrivalsWatcher>>,
}

struct Entry {
    arrival: Arrival,
    cancel: Cancel,
    /// Whether somebody works on it.
    running: bool,
    /// What came is not wanted any more.
    unwanted: bool,
    /// What is kept of it.
    part: Option<PathBuf>,
}

impl Models {
    /// Lets a model come, or go on coming. It says how it goes to whoever watches.
    ///
    /// # Errors
    /// [`ProblemCode::Engine`] when the system gives no thread.
    pub fn start_arrival(&self, name: &str) -> Result<(), Problem> {
        let cancel = {
            let mut all = lock(&self.arrivals.0.all);
            match all.iter_mut().find(|entry| entry.arrival.name == name) {
                Some(entry) if entry.running => return Ok(()),
                Some(entry) => {
                    (entry.cancel, entry.running, entry.unwanted) = (Cancel::new(), true, false);
                    entry.arrival.state = ArrivalState::Asking;
                    entry.cancel.clone()
                }
                None => {
                    let cancel = Cancel::new();
                    let title = self.title(name);
                    all.push(Entry {
                        arrival: Arrival {
                            name: name.to_owned(),
                            title,
                            state: ArrivalState::Asking,
                            done: 0.0,
                            total: 0.0,
                            rate: None,
                            left: None,
                        },
                        cancel: cancel.clone(),
                        running: true,
                        unwanted: false,
                        part: None,
                    });
                    cancel
                }
            }
        };
        self.arrivals.tell();
        let (models, owned) = (self.clone(), name.to_owned());
        let started =
            thread::Builder::new().name("arrival".into()).spawn(move || models.arrive(&owned, &cancel));
        match started {
            Ok(_) => Ok(()),
            Err(e) => {
                lock(&self.arrivals.0.all).retain(|entry| entry.arrival.name != name);
                Err(Problem::new(ProblemCode::Engine, format!("no thread for the download: {e}")))
            }
        }
    }

    /// Stops a model on its way; what came is kept, and it goes on when it is started again.
    pub fn pause_arrival(&self, name: &str) {
        if let Some(entry) = lock(&self.arrivals.0.all).iter().find(|entry| entry.arrival.name == name) {
            entry.cancel.cancel();
        }
    }

    /// Takes a model off its way, and what came of it off the disk. One that is here already stays, and is no longer told.
    pub fn drop_arrival(&self, name: &str) {
        let part = {
            let mut all = lock(&self.arrivals.0.all);
            let Some(at) = all.iter().position(|entry| entry.arrival.name == name) else { return };
            if all[at].running {
                all[at].unwanted = true;
                all[at].cancel.cancel();
                return;
            }
            all.remove(at).part
        };
        discard(part);
        self.arrivals.tell();
    }

    /// Tells all arrivals now and whenever one changes.
    pub fn watch_arrivals(&self, mut watcher: ArrivalsWatcher) {
        // Held while the present state is told, so that no change falls between.
        let mut watchers = lock(&self.arrivals.0.watchers);
        if watcher(&self.arrivals.list()).is_continue() {
            watchers.push(watcher);
        }
    }

    fn title(&self, name: &str) -> String {
        let entry = Catalog::kept().find(name);
        entry.map_or_else(|| names::title(name), |entry| entry.name.clone())
    }

    fn arrive(&self, name: &str, cancel: &Cancel) {
        let mut on =
            |progress: &Progress| self.arrivals.change(name, |entry| note(&mut entry.arrival, progress));
        let result = self.wish(name).and_then(|wish| self.fetch(&wish, cancel, &mut on));
        self.arrivals.change(name, |entry| {
            entry.running = false;
            (entry.arrival.rate, entry.arrival.left) = (None, None);
            match result {
                Ok(Fetched::Here(model)) => {
                    entry.part = None;
                    entry.arrival.state = ArrivalState::Done { id: model.id };
                }
                Ok(Fetched::Stopped(part)) => {
                    entry.part = part;
                    entry.arrival.state = ArrivalState::Paused;
                }
                Err(problem) => entry.arrival.state = ArrivalState::Failed { problem },
            }
        });
        let unwanted = lock(&self.arrivals.0.all).iter().any(|e| e.arrival.name == name && e.unwanted);
        if unwanted {
            self.drop_arrival(name);
        }
    }
}

impl Arrivals {
    fn list(&self) -> Vec<Arrival> {
        lock(&self.0.all).iter().map(|entry| entry.arrival.clone()).collect()
    }

    fn change(&self, name: &str, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = lock(&self.0.all).iter_mut().find(|entry| entry.arrival.name == name) {
            change(entry);
        }
        self.tell();
    }

    fn tell(&self) {
        let mut watchers = lock(&self.0.watchers);
        let list = self.list();
        watchers.retain_mut(|watcher| watcher(&list).is_continue());
    }
}

fn note(arrival: &mut Arrival, progress: &Progress) {
    arrival.state = match &progress.stage {
        Stage::Asking => ArrivalState::Asking,
        Stage::Checking => ArrivalState::Checking,
        Stage::Fetching => ArrivalState::Fetching,
        Stage::Waiting { why, seconds } => {
            ArrivalState::Waiting { why: why.clone(), seconds: *seconds as u32 }
        }
        Stage::Finishing => ArrivalState::Finishing,
    };
    (arrival.done, arrival.total) = (progress.done as f64, progress.total as f64);
    (arrival.rate, arrival.left) = (progress.rate, progress.left);
}

/// What is not wanted and cannot be deleted does no harm.
fn discard(part: Option<PathBuf>) {
    if let Some(part) = part {
        let _ = fs::remove_file(part);
    }
}
