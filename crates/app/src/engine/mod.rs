//! The one thread that owns the model. Shells hand it requests and hear events; it loads, works, and goes on
//! whatever happens: a model that fails, or a shell that goes away, is told or dropped and the next is served.

mod placed;
mod planner;
mod recommended;
mod selected;
mod under_way;
mod worker;

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use foolscap_engine::Cancel;

use crate::actions;
use crate::api::{
    ActionEvent, ActionRequest, Completion, ContextPlan, Draw, ModelState, Problem, ProblemCode, RequestId,
};
use crate::context::Background;
use crate::lock::lock;
use crate::memory::Memory;
pub use placed::graphics;
pub(crate) use planner::Planner;
pub(crate) use recommended::{either, of_file};
pub use selected::Selected;
use worker::Worker;

/// Hears the events of one request. Breaking stops the work.
pub type Sink = Box<dyn FnMut(ActionEvent) -> ControlFlow<()> + Send>;
/// Hears how the model stands. Breaking ends the listening.
pub type Watcher = Box<dyn FnMut(&ModelState) -> ControlFlow<()> + Send>;

/// A model at work on a thread of its own.
pub struct Engine {
    jobs: Option<Sender<Job>>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

enum Job {
    Load(Box<Selected>),
    Answer(Asked, Cancel, Sink),
    /// Something is set otherwise.
    Look,
}

/// What is asked of the model: a writer's request, or one in the model's own terms.
enum Asked {
    Action(Box<Acting>),
    Completion(Box<Completion>),
}

/// A writer's request with what its project tells. With draws there is a candidate for each.
struct Acting {
    request: ActionRequest,
    told: Background,
    draws: Vec<Draw>,
}

impl Asked {
    fn name(&self) -> &RequestId {
        match self {
            Self::Action(acting) => &acting.request.request,
            Self::Completion(completion) => &completion.request,
        }
    }
}

struct Shared {
    state: Mutex<ModelState>,
    watchers: Mutex<Vec<Watcher>>,
    /// Requests that wait or run.
    requests: Mutex<HashMap<RequestId, Cancel>>,
    /// Of the model that is loaded, or rests after it was.
    planner: Mutex<Option<Arc<Planner>>>,
    /// What the thread does now, and stops for another model: loading, or the requests that are under way.
    work: Mutex<Vec<Cancel>>,
    /// Milliseconds after which a model that nobody asks is released; 0: never.
    patience: AtomicU64,
    /// Nobody is left to work for.
    closing: AtomicBool,
}

impl Shared {
    /// A request is over: its name is free.
    fn close(&self, request: &RequestId) {
        lock(&self.requests).remove(request);
    }
}

impl Engine {
    /// Starts the thread and loads a model on it, which remembers within these bounds.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(selected: impl Into<Selected>, memory: Memory) -> Result<Self, Problem> {
        let selected = selected.into();
        let (jobs, inbox) = channel();
        let shared = Arc::new(Shared {
            state: Mutex::new(ModelState::Loading { name: selected.choice.label(), part: 0.0 }),
            watchers: Mutex::default(),
            requests: Mutex::default(),
            planner: Mutex::default(),
            work: Mutex::default(),
            patience: AtomicU64::new(0),
            closing: AtomicBool::new(false),
        });
        let worker = Worker::new(shared.clone(), memory, inbox);
        let thread = thread::Builder::new().name("engine".into()).spawn(move || worker.work());
        let thread =
            thread.map_err(|e| Problem::new(ProblemCode::Engine, format!("no thread for the model: {e}")))?;
        let engine = Self { jobs: Some(jobs), shared, thread: Some(thread) };
        engine.load(selected);
        Ok(engine)
    }

    /// Loads another model. Requests that are under way are cancelled; those that wait, wait for the new one.
    pub fn load(&self, selected: impl Into<Selected>) {
        lock(&self.shared.work).iter().for_each(Cancel::cancel);
        self.send(Job::Load(Box::new(selected.into())));
    }

    /// Stops loading; the model rests then, and is loaded when something is asked of it. One that is loaded stays.
    pub fn cancel_loading(&self) {
        if matches!(self.state(), ModelState::Loading { .. }) {
            lock(&self.shared.work).iter().for_each(Cancel::cancel);
        }
    }

    /// Releases a model that nobody has asked for so long, from the next request on; zero: never. It is loaded again when
    /// something is asked of it.
    pub fn set_patience(&self, patience: Duration) {
        self.shared.patience.store(patience.as_millis() as u64, Ordering::Relaxed);
        // Whoever waits, waits anew.
        self.send(Job::Look);
    }

    /// How the model stands now.
    pub fn state(&self) -> ModelState {
        lock(&self.shared.state).clone()
    }

    /// Tells how the model stands now and whenever that changes.
    pub fn watch(&self, mut watcher: Watcher) {
        // Held while the present state is told, so that no change falls between.
        let mut watchers = lock(&self.shared.watchers);
        let state = self.state();
        if watcher(&state).is_continue() {
            watchers.push(watcher);
        }
    }

    /// Takes a request with what its project tells; its events go to `sink`. It waits for a loading model, and is carried on
    /// beside what is under way, as far as there is memory for both.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] when a request of this name is under way.
    pub fn act(&self, request: ActionRequest, told: Background, sink: Sink) -> Result<(), Problem> {
        self.draw(request, told, Vec::new(), sink)
    }

    /// The same with a candidate for each draw, drawn as it says.
    ///
    /// # Errors
    /// As [`Engine::act`].
    pub fn draw(
        &self,
        request: ActionRequest,
        told: Background,
        draws: Vec<Draw>,
        sink: Sink,
    ) -> Result<(), Problem> {
        self.ask(Asked::Action(Box::new(Acting { request, told, draws })), sink)
    }

    /// What would be sent with a request. It waits for nothing: a model that is at work, or rests, is planned for all the
    /// same.
    ///
    /// # Errors
    /// [`ProblemCode::NotReady`] while the model is loading or was never loaded, what is wrong with it when it is, and as
    /// the request itself.
    pub fn plan(&self, request: &ActionRequest, told: &Background) -> Result<ContextPlan, Problem> {
        let planner = lock(&self.shared.planner).clone();
        match planner {
            Some(planner) => actions::plan(&planner, request, told),
            None => Err(match self.state() {
                ModelState::Failed { problem, .. } => problem,
                ModelState::Resting { name } => Problem::new(
                    ProblemCode::NotReady,
                    format!("{name} is not loaded; it is as soon as something is asked of it"),
                ),
                ModelState::Loading { name, .. } => not_ready(&name),
                ModelState::Ready(info) => not_ready(&info.name),
            }),
        }
    }

    /// The same for a request in the model's own terms.
    ///
    /// # Errors
    /// As [`Engine::act`].
    pub fn complete(&self, completion: Completion, sink: Sink) -> Result<(), Problem> {
        self.ask(Asked::Completion(Box::new(completion)), sink)
    }

    fn ask(&self, asked: Asked, sink: Sink) -> Result<(), Problem> {
        let (cancel, name) = (Cancel::new(), asked.name());
        let mut requests = lock(&self.shared.requests);
        if requests.contains_key(name) {
            let message = format!("a request named {name:?} is under way; give each its own name");
            return Err(Problem::new(ProblemCode::BadRequest, message));
        }
        requests.insert(name.clone(), cancel.clone());
        drop(requests);
        self.send(Job::Answer(asked, cancel, sink));
        Ok(())
    }

    /// Stops a request, within one token; what came stays. One that is over, or never was, is left alone.
    pub fn cancel(&self, request: &str) {
        if let Some(cancel) = lock(&self.shared.requests).get(request) {
            cancel.cancel();
        }
    }

    fn send(&self, job: Job) {
        // The thread ends only when the sender is dropped, so somebody always receives.
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(job);
        }
    }
}

fn not_ready(name: &str) -> Problem {
    Problem::new(ProblemCode::NotReady, format!("{name} is loading; ask again when it is ready"))
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.shared.closing.store(true, Ordering::Relaxed);
        lock(&self.shared.work).iter().for_each(Cancel::cancel);
        lock(&self.shared.requests).values().for_each(Cancel::cancel);
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
