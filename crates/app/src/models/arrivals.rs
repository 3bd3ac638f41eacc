//! Models on their way: each on a thread of its own, all of them told to whoever watches, however often its page is opened.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use foolscap_engine::Cancel;
use foolscap_models::catalog::Catalog;
use foolscap_models::convert::{self, Form};
use foolscap_models::download::{Progress, Stage};

use super::{CONTEXT, Import, Importing, Models, names};
use crate::api::{Arrival, ArrivalState, FitVerdict, ModelHere, Problem, ProblemCode};
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
    way: Way,
    cancel: Cancel,
    /// Whether somebody works on it.
    running: bool,
    /// What came is not wanted any more.
    unwanted: bool,
    /// Whether it is wanted although it does not fit.
    forced: bool,
    /// What is kept of it.
    kept: Vec<PathBuf>,
}

/// How it comes.
#[derive(Clone)]
enum Way {
    Fetched,
    Converted(PathBuf),
}

/// How far it came.
enum End {
    /// By its id.
    Here(String),
    Stopped,
    Unfit,
}

impl Models {
    /// Lets a model come, or go on coming. It says how it goes to whoever watches. Its header is read first, and one that
    /// does not fit comes only when it is `forced`.
    ///
    /// # Errors
    /// [`ProblemCode::Engine`] when the system gives no thread.
    pub fn start_arrival(&self, name: &str, forced: bool) -> Result<(), Problem> {
        self.start(name, Way::Fetched, forced)
    }

    /// Takes what a writer brings onto the list, as [`Models::import`] does. A folder that has to be converted becomes an
    /// arrival; nothing of it is here yet then.
    ///
    /// # Errors
    /// As [`Models::import`]; [`ProblemCode::Engine`] when the system gives no thread.
    pub fn take(&self, path: &Path, copy: bool) -> Result<Vec<ModelHere>, Problem> {
        if convert::is_source(path) {
            self.start(&path.display().to_string(), Way::Converted(path.to_owned()), false)?;
            return Ok(Vec::new());
        }
        self.import(path, Import { copy, ..Import::default() }, &Cancel::new(), &mut |_| ())
    }

    fn start(&self, name: &str, way: Way, forced: bool) -> Result<(), Problem> {
        let cancel = Cancel::new();
        {
            let mut all = lock(&self.arrivals.0.all);
            match all.iter_mut().find(|entry| entry.arrival.name == name) {
                Some(entry) if entry.running => return Ok(()),
                Some(entry) => {
                    (entry.cancel, entry.running, entry.unwanted) = (cancel.clone(), true, false);
                    entry.forced |= forced;
                    entry.arrival.state = ArrivalState::Asking;
                }
                None => all.push(self.entry(name, way, forced, cancel.clone())),
            }
        }
        self.arrivals.tell();
        let (models, owned) = (self.clone(), name.to_owned());
        let started =
            thread::Builder::new().name("arrival".into()).spawn(move || models.arrive(&owned, &cancel));
        match started {
            Ok(_) => Ok(()),
            Err(e) => {
                lock(&self.arrivals.0.all).retain(|entry| entry.arrival.name != name);
                Err(Problem::new(ProblemCode::Engine, format!("no thread for the model: {e}")))
            }
        }
    }

    fn entry(&self, name: &str, way: Way, forced: bool, cancel: Cancel) -> Entry {
        let title = match &way {
            Way::Fetched => self.title(name),
            Way::Converted(folder) => {
                folder.file_name().map_or_else(|| name.to_owned(), |n| n.to_string_lossy().into_owned())
            }
        };
        let arrival = Arrival {
            name: name.to_owned(),
            title,
            state: ArrivalState::Asking,
            look: None,
            done: 0.0,
            total: 0.0,
            rate: None,
            left: None,
        };
        Entry { arrival, way, cancel, running: true, unwanted: false, forced, kept: Vec::new() }
    }

    /// Stops a model on its way; what came is kept, and it goes on when it is started again.
    pub fn pause_arrival(&self, name: &str) {
        if let Some(entry) = lock(&self.arrivals.0.all).iter().find(|entry| entry.arrival.name == name) {
            entry.cancel.cancel();
        }
    }

    /// Takes a model off its way, and what came of it off the disk. One that is here already stays, and is no longer told.
    pub fn drop_arrival(&self, name: &str) {
        let kept = {
            let mut all = lock(&self.arrivals.0.all);
            let Some(at) = all.iter().position(|entry| entry.arrival.name == name) else { return };
            if all[at].running {
                all[at].unwanted = true;
                all[at].cancel.cancel();
                return;
            }
            all.remove(at).kept
        };
        discard(&kept);
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
        let way = self.arrivals.of(name, |entry| entry.way.clone());
        let result = match way {
            Some(Way::Converted(folder)) => self.make(name, &folder, cancel),
            _ => self.bring(name, cancel),
        };
        self.arrivals.change(name, |entry| {
            entry.running = false;
            (entry.arrival.rate, entry.arrival.left) = (None, None);
            entry.arrival.state = match result {
                Ok(End::Here(id)) => ArrivalState::Done { id },
                Ok(End::Stopped) => ArrivalState::Paused,
                Ok(End::Unfit) => ArrivalState::Unfit,
                Err(problem) => ArrivalState::Failed { problem },
            };
        });
        if self.arrivals.of(name, |entry| entry.unwanted) == Some(true) {
            self.drop_arrival(name);
        }
    }

    /// Looks whether it fits, and fetches it.
    fn bring(&self, name: &str, cancel: &Cancel) -> Result<End, Problem> {
        let wish = self.wish(name)?;
        let known = self.arrivals.of(name, |entry| entry.arrival.look.clone()).flatten();
        let look = match known {
            Some(look) => look,
            None => match self.look_unless(&wish, CONTEXT, cancel)? {
                Some(look) => look,
                None => return Ok(End::Stopped),
            },
        };
        let too_large = look.fit.verdict == FitVerdict::TooLarge;
        self.arrivals.change(name, |entry| entry.arrival.look = Some(look));
        if too_large && self.arrivals.of(name, |entry| entry.forced) != Some(true) {
            return Ok(End::Unfit);
        }
        let mut on =
            |progress: &Progress| self.arrivals.change(name, |entry| note(&mut entry.arrival, progress));
        let mut kept = Vec::new();
        let fetched = self.fetch(&wish, cancel, &mut on, &mut kept);
        self.arrivals.change(name, |entry| entry.kept = kept);
        Ok(fetched?.map_or(End::Stopped, |model| End::Here(model.id)))
    }

    /// Makes one GGUF of a folder of weights.
    fn make(&self, name: &str, folder: &Path, cancel: &Cancel) -> Result<End, Problem> {
        let (begun, mut told) = (Instant::now(), None::<Instant>);
        let mut on = |at: &Importing<'_>| {
            if told.is_some_and(|told| told.elapsed() < PAUSE) && at.done < at.total {
                return;
            }
            told = Some(Instant::now());
            let time = begun.elapsed().as_secs_f64();
            let rate = Some(at.done as f64 / time).filter(|rate| *rate > 0.0 && time > 0.5);
            self.arrivals.change(name, |Entry { arrival, .. }| {
                arrival.state = ArrivalState::Converting;
                (arrival.done, arrival.total) = (at.done as f64, at.total as f64);
                (arrival.rate, arrival.left) = (rate, rate.map(|rate| (at.total - at.done) as f64 / rate));
            });
        };
        let made = self.convert(folder, Form::default(), cancel, &mut on)?;
        Ok(made.map_or(End::Stopped, |model| End::Here(model.id)))
    }
}

/// Between two words about a conversion.
const PAUSE: Duration = Duration::from_millis(100);

impl Arrivals {
    fn list(&self) -> Vec<Arrival> {
        lock(&self.0.all).iter().map(|entry| entry.arrival.clone()).collect()
    }

    fn of<T>(&self, name: &str, what: impl FnOnce(&Entry) -> T) -> Option<T> {
        lock(&self.0.all).iter().find(|entry| entry.arrival.name == name).map(what)
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
fn discard(kept: &[PathBuf]) {
    for path in kept {
        let _ = fs::remove_file(path);
    }
}
