//! What runs on the engine's thread.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use foolscap_engine::{Cancel, Model, Session, quantization, use_threads};
use foolscap_models::Choice;

use super::selected::Foreseen;
use super::under_way::{UnderWay, guarded};
use super::{Asked, Job, Planner, Selected, Shared, Sink};
use crate::api::{ActionEvent, ModelInfo, ModelState, Problem, ProblemCode};
use crate::lock::lock;
use crate::memory::Memory;

/// Loads models, one after the other, and answers requests with them.
pub(super) struct Worker {
    shared: Arc<Shared>,
    memory: Memory,
    inbox: Receiver<Job>,
    waiting: VecDeque<Job>,
    /// A model that was released, or whose loading was stopped: it is loaded when something is asked of it.
    resting: Option<Box<Selected>>,
}

/// What is next.
enum Next {
    Job(Job),
    /// Nobody has asked for long.
    Idle,
    /// Nobody is left to work for.
    Closed,
}

impl Worker {
    pub fn new(shared: Arc<Shared>, memory: Memory, inbox: Receiver<Job>) -> Self {
        Self { shared, memory, inbox, waiting: VecDeque::new(), resting: None }
    }

    pub fn work(mut self) {
        loop {
            match self.next(Duration::ZERO) {
                Next::Job(job) => self.settle(job),
                Next::Idle => {}
                Next::Closed => return self.refuse_all("the model was closed; ask again"),
            }
        }
    }

    /// The next job: what waits first, and of several models to load only the last. Waits for one, but not longer than
    /// `patience`, if that is not zero.
    fn next(&mut self, patience: Duration) -> Next {
        self.waiting.extend(self.inbox.try_iter());
        if self.waiting.is_empty() {
            let job = match patience {
                Duration::ZERO => self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                patience => self.inbox.recv_timeout(patience),
            };
            match job {
                Ok(job) => self.waiting.push_back(job),
                Err(RecvTimeoutError::Timeout) => return Next::Idle,
                Err(RecvTimeoutError::Disconnected) => return Next::Closed,
            }
        }
        self.pick(true).unwrap_or(Next::Idle)
    }

    /// What can be begun at once, if there is anything; `answers`: requests too.
    fn pick(&mut self, answers: bool) -> Option<Next> {
        self.waiting.extend(self.inbox.try_iter());
        if self.shared.closing.load(Ordering::Relaxed) {
            return Some(Next::Closed);
        }
        let last = self.waiting.iter().rposition(|job| matches!(job, Job::Load(_)));
        let job = match last {
            // Requests that wait, wait for the new model.
            Some(last) => {
                let load = self.waiting.remove(last);
                self.waiting.retain(|job| !matches!(job, Job::Load(_)));
                load
            }
            None if answers => self.waiting.pop_front(),
            None => None,
        };
        job.map(Next::Job)
    }

    /// Does a job, and works on with its model until another is to be loaded.
    fn settle(&mut self, job: Job) {
        match job {
            Job::Load(selected) => {
                self.resting = None;
                match self.load(&selected) {
                    Ok((model, foreseen)) => self.serve(selected, &model, &foreseen),
                    Err(_) if lock(&self.shared.work).iter().any(Cancel::is_cancelled) => {
                        self.stopped(selected)
                    }
                    Err(problem) => {
                        self.plan_with(None, |_| false);
                        self.set(ModelState::Failed { name: selected.choice.label(), problem });
                    }
                }
            }
            Job::Answer(asked, cancel, sink) => match self.resting.take() {
                Some(selected) => {
                    self.waiting.push_front(Job::Answer(asked, cancel, sink));
                    self.waiting.push_back(Job::Load(selected));
                }
                None => {
                    let problem = match &*lock(&self.shared.state) {
                        ModelState::Failed { problem, .. } => problem.clone(),
                        _ => Problem::new(ProblemCode::Engine, "there is no model; choose one"),
                    };
                    self.close(&asked, sink, Err(problem));
                }
            },
            Job::Look => {}
        }
    }

    /// Gives the model and what was foreseen of it.
    fn load(&self, selected: &Selected) -> Result<(Model, Foreseen), Problem> {
        let cancel = Cancel::new();
        *lock(&self.shared.work) = vec![cancel.clone()];
        let name = selected.choice.label();
        // What rested as it is now can be planned for while it wakes.
        self.plan_with(None, |planner| planner.selected == *selected);
        self.set(ModelState::Loading { name: name.clone(), part: 0.0 });
        let mut told = 0.0;
        let progress = |part: f32| {
            if part - told >= 0.02 {
                told = part;
                self.set(ModelState::Loading { name: name.clone(), part });
            }
        };
        guarded("loading", || {
            let gguf = selected.choice.open()?;
            let foreseen = selected.foresee(&gguf)?;
            use_threads(selected.settings.threads.map(|n| n as usize));
            Ok((Model::load(gguf, &foreseen.placed.options, &cancel, progress)?, foreseen))
        })
    }

    /// Works with one model until another is to be loaded or nobody asks for long.
    fn serve(&mut self, selected: Box<Selected>, model: &Model, foreseen: &Foreseen) {
        let planner = match Planner::of_model(model, &selected, foreseen.context) {
            Ok(planner) => Arc::new(planner),
            Err(problem) => return self.set(ModelState::Failed { name: selected.choice.label(), problem }),
        };
        self.plan_with(Some(planner.clone()), |_| false);
        self.set(ModelState::Ready(info(model, &planner, foreseen.placed.told.clone())));
        let here = foreseen.placed.options.placement.layers_there(model.config().layers.len()) == 0;
        let mut session = Session::new(model);
        self.memory.restore(model, &mut session);
        let mut under_way = UnderWay::new(self.shared.clone(), model, &planner, session, here);
        let (next, asked) = self.answer(&mut under_way);
        if asked {
            self.memory.keep(model, under_way.session());
        }
        match next {
            Next::Job(load) => self.waiting.push_front(load),
            Next::Idle => self.rest(selected),
            Next::Closed => {}
        }
    }

    /// Answers requests until another model is to be loaded or nobody asks for long; gives which, and whether there was a
    /// request.
    fn answer(&mut self, under_way: &mut UnderWay<'_>) -> (Next, bool) {
        let (mut answered, mut room) = (false, true);
        loop {
            let next = match under_way.len() {
                0 => {
                    room = true;
                    Some(self.next(Duration::from_millis(self.shared.patience.load(Ordering::Relaxed))))
                }
                _ => self.pick(room),
            };
            match next {
                Some(Next::Job(Job::Answer(asked, cancel, sink))) => {
                    answered = true;
                    under_way.set_memory(self.memory.bytes());
                    if let Some(waits) = under_way.take_up(asked, cancel, sink) {
                        // Until one of the others ends; those that came later wait behind it.
                        self.waiting.push_front(waits);
                        room = false;
                    }
                }
                Some(Next::Job(Job::Look)) => {}
                Some(next) => {
                    under_way.stop();
                    return (next, answered);
                }
                None => {
                    let before = under_way.len();
                    under_way.advance();
                    room |= under_way.len() < before;
                }
            }
        }
    }

    /// After loading was stopped: what waited for it would begin it again, and is told instead. (Where another model takes its
    /// place, it waits for that one.)
    fn stopped(&mut self, selected: Box<Selected>) {
        self.rest(selected);
        if self.resting.is_some() {
            self.refuse_all("loading the model was stopped; ask again to load it");
        }
    }

    /// Tells all who wait that nothing comes, and why.
    fn refuse_all(&mut self, why: &str) {
        self.waiting.extend(self.inbox.try_iter());
        for job in std::mem::take(&mut self.waiting) {
            if let Job::Answer(asked, _, sink) = job {
                self.close(&asked, sink, Err(Problem::new(ProblemCode::Engine, why)));
            }
        }
    }

    fn rest(&mut self, selected: Box<Selected>) {
        // One that is to take its place is told of instead.
        self.waiting.extend(self.inbox.try_iter());
        if !self.waiting.iter().any(|job| matches!(job, Job::Load(_))) {
            self.set(ModelState::Resting { name: selected.choice.label() });
            self.resting = Some(selected);
        }
    }

    /// The last word on a request. The sink is dropped, which tells its shell that nothing more comes.
    fn close(&self, asked: &Asked, mut sink: Sink, result: Result<(), Problem>) {
        self.shared.close(asked.name());
        if let Err(problem) = result {
            let _ = sink(ActionEvent::Failed { problem });
        }
    }

    /// From now on plans are made so; `unless`: what there is stays.
    fn plan_with(&self, planner: Option<Arc<Planner>>, unless: impl Fn(&Planner) -> bool) {
        let mut shared = lock(&self.shared.planner);
        if !shared.as_deref().is_some_and(unless) {
            *shared = planner;
        }
    }

    fn set(&self, state: ModelState) {
        let mut watchers = lock(&self.shared.watchers);
        *lock(&self.shared.state) = state.clone();
        watchers.retain_mut(|watcher| watcher(&state).is_continue());
    }
}

fn info(model: &Model, planner: &Planner, device: Option<String>) -> ModelInfo {
    ModelInfo {
        name: planner.name.clone(),
        architecture: model.config().architecture.name.into(),
        quantization: quantization(model.gguf()),
        parameters: model.gguf().header().parameters() as f64,
        context: planner.target().context as u32,
        starter: planner.selected.choice == Choice::Starter,
        chat: planner.is_chat(),
        device,
    }
}
