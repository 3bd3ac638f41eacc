//! The one thread that owns the model. Shells hand it requests and hear events; it loads, works, and goes on
//! whatever happens: a model that fails, or a shell that goes away, is told or dropped and the next is served.

use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use foolscap_engine::{Cancel, Model, Session, quantization};
use foolscap_models::Choice;
use foolscap_prompts::Target;

use crate::actions;
use crate::api::{ActionEvent, ActionRequest, ModelInfo, ModelState, Problem, ProblemCode, RequestId};
use crate::lock::lock;
use crate::memory::Memory;

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
    Load(Choice),
    Act(Box<ActionRequest>, Cancel, Sink),
}

struct Shared {
    state: Mutex<ModelState>,
    watchers: Mutex<Vec<Watcher>>,
    /// Requests that wait or run.
    requests: Mutex<HashMap<RequestId, Cancel>>,
    /// What the thread does now: load, or one request.
    work: Mutex<Cancel>,
    /// Nobody is left to work for.
    closing: AtomicBool,
}

impl Engine {
    /// Starts the thread and loads a model on it, which remembers within these bounds.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(choice: Choice, memory: Memory) -> Result<Self, Problem> {
        let (jobs, inbox) = channel();
        let shared = Arc::new(Shared {
            state: Mutex::new(ModelState::Loading { name: choice.label(), part: 0.0 }),
            watchers: Mutex::default(),
            requests: Mutex::default(),
            work: Mutex::default(),
            closing: AtomicBool::new(false),
        });
        let worker = Worker { shared: shared.clone(), memory, inbox, waiting: VecDeque::new() };
        let thread = thread::Builder::new().name("engine".into()).spawn(move || worker.work());
        let thread =
            thread.map_err(|e| Problem::new(ProblemCode::Engine, format!("no thread for the model: {e}")))?;
        let engine = Self { jobs: Some(jobs), shared, thread: Some(thread) };
        engine.load(choice);
        Ok(engine)
    }

    /// Loads another model. The request that runs is cancelled; those that wait, wait for the new one.
    pub fn load(&self, choice: Choice) {
        lock(&self.shared.work).cancel();
        self.send(Job::Load(choice));
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

    /// Takes a request; its events go to `sink`. It waits for what is under way, and for a loading model.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] when a request of this name is under way.
    pub fn act(&self, request: ActionRequest, sink: Sink) -> Result<(), Problem> {
        let cancel = Cancel::new();
        let mut requests = lock(&self.shared.requests);
        if requests.contains_key(&request.request) {
            let message =
                format!("a request named {:?} is under way; give each its own name", request.request);
            return Err(Problem::new(ProblemCode::BadRequest, message));
        }
        requests.insert(request.request.clone(), cancel.clone());
        drop(requests);
        self.send(Job::Act(Box::new(request), cancel, sink));
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

impl Drop for Engine {
    fn drop(&mut self) {
        self.shared.closing.store(true, Ordering::Relaxed);
        lock(&self.shared.work).cancel();
        lock(&self.shared.requests).values().for_each(Cancel::cancel);
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What runs on the thread.
struct Worker {
    shared: Arc<Shared>,
    memory: Memory,
    inbox: Receiver<Job>,
    waiting: VecDeque<Job>,
}

impl Worker {
    fn work(mut self) {
        while let Some(job) = self.next() {
            self.settle(job);
        }
    }

    /// The next job: what waits first, and of several models to load only the last.
    fn next(&mut self) -> Option<Job> {
        self.waiting.extend(self.inbox.try_iter());
        if self.waiting.is_empty() {
            self.waiting.push_back(self.inbox.recv().ok()?);
        }
        if self.shared.closing.load(Ordering::Relaxed) {
            return None;
        }
        let last = self.waiting.iter().rposition(|job| matches!(job, Job::Load(_)));
        match last {
            // Requests that wait, wait for the new model.
            Some(last) => {
                let load = self.waiting.remove(last);
                self.waiting.retain(|job| matches!(job, Job::Act(..)));
                load
            }
            None => self.waiting.pop_front(),
        }
    }

    /// Does a job, and works on with its model until another is to be loaded.
    fn settle(&mut self, job: Job) {
        match job {
            Job::Load(choice) => match self.load(&choice) {
                Ok(model) => {
                    if let Some(load) = self.serve(&choice, &model) {
                        self.waiting.push_front(load);
                    }
                }
                // Another is to take its place.
                Err(_) if lock(&self.shared.work).is_cancelled() => {}
                Err(problem) => self.set(ModelState::Failed { name: choice.label(), problem }),
            },
            Job::Act(request, _, sink) => {
                let problem = match &*lock(&self.shared.state) {
                    ModelState::Failed { problem, .. } => problem.clone(),
                    _ => Problem::new(ProblemCode::Engine, "there is no model; choose one"),
                };
                self.close(&request, sink, Err(problem));
            }
        }
    }

    fn load(&self, choice: &Choice) -> Result<Model, Problem> {
        let cancel = self.begin(Cancel::new());
        let name = choice.label();
        self.set(ModelState::Loading { name: name.clone(), part: 0.0 });
        let mut told = 0.0;
        let progress = |part: f32| {
            if part - told >= 0.02 {
                told = part;
                self.set(ModelState::Loading { name: name.clone(), part });
            }
        };
        guarded("loading", || Ok(Model::load(choice.open()?, &cancel, progress)?))
    }

    /// Works with one model until another is to be loaded; gives that job.
    fn serve(&mut self, choice: &Choice, model: &Model) -> Option<Job> {
        let info = info(choice, model);
        let name = info.name.clone();
        self.set(ModelState::Ready(info));
        let mut session = Session::new(model);
        self.memory.restore(model, &mut session);
        let (next, asked) = self.answer(model, &name, &mut session);
        if asked {
            self.memory.keep(model, &session);
        }
        next
    }

    /// Answers requests until another model is to be loaded; gives that job, and whether there was a request.
    fn answer<'m>(&mut self, model: &'m Model, name: &str, session: &mut Session<'m>) -> (Option<Job>, bool) {
        let mut asked = false;
        loop {
            let Some(job) = self.next() else { return (None, asked) };
            match job {
                Job::Act(request, cancel, mut sink) => {
                    asked = true;
                    let cancel = self.begin(cancel);
                    session.set_memory(self.memory.bytes());
                    let result = guarded("the request", || {
                        actions::run(session, name, Target::from(model), &request, &cancel, &mut sink)
                    });
                    if result.is_err() {
                        // Whatever state the failure left behind is not built upon.
                        *session = Session::new(model);
                    }
                    self.close(&request, sink, result);
                }
                load @ Job::Load(..) => return (Some(load), asked),
            }
        }
    }

    /// Makes a flag the one that a new model raises.
    fn begin(&self, cancel: Cancel) -> Cancel {
        *lock(&self.shared.work) = cancel.clone();
        cancel
    }

    /// The last word on a request. The sink is dropped, which tells its shell that nothing more comes.
    fn close(&self, request: &ActionRequest, mut sink: Sink, result: Result<(), Problem>) {
        lock(&self.shared.requests).remove(&request.request);
        if let Err(problem) = result {
            let _ = sink(ActionEvent::Failed { problem });
        }
    }

    fn set(&self, state: ModelState) {
        let mut watchers = lock(&self.shared.watchers);
        *lock(&self.shared.state) = state.clone();
        watchers.retain_mut(|watcher| watcher(&state).is_continue());
    }
}

fn info(choice: &Choice, model: &Model) -> ModelInfo {
    ModelInfo {
        name: model.name().map_or_else(|| choice.label(), str::to_owned),
        architecture: model.config().architecture.name.into(),
        quantization: quantization(model.gguf()),
        parameters: model.gguf().header().parameters() as f64,
        context: model.config().context as u32,
        starter: *choice == Choice::Starter,
        chat: model.template().is_some(),
    }
}

/// A fault in the tensor library must not take the writer's window with it.
fn guarded<T>(what: &str, work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let why = panic.downcast_ref::<String>().map(String::as_str);
        let why = why.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        Err(Problem::new(
            ProblemCode::Engine,
            format!("{what} failed inside the engine ({why}); try another model"),
        ))
    })
}
