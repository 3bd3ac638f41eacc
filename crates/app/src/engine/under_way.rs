//! Requests that are under way on one model, carried on side by side: whoever asks second has words before the first has
//! all of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use foolscap_engine::generate::{self, Answering, Listener};
use foolscap_engine::{Cancel, Model, Session, free_memory};

use super::{Asked, Job, Planner, Shared, Sink};
use crate::api::{ActionEvent, Problem, ProblemCode, RequestId};
use crate::lock::lock;
use crate::telling::Telling;
use crate::{actions, completions};

/// So many at once; more would make each so slow that all seem to stand.
const MOST: usize = 8;
/// Bytes that all of them may need besides a whole context's where the system does not tell what is free.
const BYTES: u64 = 256 << 20;

/// Those that have begun and have not ended.
pub(super) struct UnderWay<'m> {
    shared: Arc<Shared>,
    model: &'m Model,
    planner: &'m Planner,
    session: Session<'m>,
    /// Whether all of the model is on the processor.
    here: bool,
    all: Vec<One<'m>>,
}

struct One<'m> {
    name: RequestId,
    answering: Answering,
    telling: Telling<'m>,
}

impl<'m> UnderWay<'m> {
    pub fn new(
        shared: Arc<Shared>,
        model: &'m Model,
        planner: &'m Planner,
        session: Session<'m>,
        here: bool,
    ) -> Self {
        Self { shared, model, planner, session, here, all: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn session(&self) -> &Session<'m> {
        &self.session
    }

    /// From now on keeps so many bytes of what was read.
    pub fn set_memory(&mut self, bytes: usize) {
        self.session.set_memory(bytes);
    }

    /// Takes a request up. It is given back where there is no room for it beside the others.
    pub fn take_up(&mut self, asked: Asked, cancel: Cancel, mut sink: Sink) -> Option<Job> {
        let prepared = guarded("the request", || match &asked {
            Asked::Action(acting) => {
                actions::prepare(self.planner, &acting.request, &acting.told, &acting.draws)
            }
            Asked::Completion(completion) => completions::prepare(self.planner, completion),
        });
        let name = asked.name().clone();
        let prepared = match prepared {
            Ok(prepared) => prepared,
            Err(problem) => {
                self.shared.close(&name);
                let _ = sink(ActionEvent::Failed { problem });
                return None;
            }
        };
        // One that was cancelled needs none.
        if !cancel.is_cancelled() && !self.has_room_for(&prepared.request) {
            return Some(Job::Answer(asked, cancel, sink));
        }
        let tokenizer = self.planner.target().tokenizer;
        let mut telling = Telling::new(sink, cancel.clone(), tokenizer, &prepared.manner);
        let begun = guarded("the request", || {
            telling.tell(prepared.started);
            Ok(self.session.begin(prepared.request, cancel)?)
        });
        match begun {
            Ok(answering) => self.all.push(One { name, answering, telling }),
            Err(problem) => {
                self.shared.close(&name);
                telling.fail(problem);
            }
        }
        self.flag();
        None
    }

    /// Carries all of them on by a step.
    pub fn advance(&mut self) {
        let all = self.all.iter_mut();
        let all = all.map(|one| (&mut one.answering, &mut one.telling as &mut dyn Listener));
        if let Err(problem) = guarded("the request", || Ok(self.session.advance(all)?)) {
            return self.fail(&problem);
        }
        let over: Vec<One<'m>> = self.all.extract_if(.., |one| one.answering.is_over()).collect();
        if over.is_empty() {
            return;
        }
        self.flag();
        for One { name, answering, mut telling } in over {
            self.shared.close(&name);
            let ended = guarded("the request", || {
                let figures = self.session.end(answering)?;
                telling.finish(&figures);
                Ok(())
            });
            if let Err(problem) = ended {
                telling.fail(problem);
            }
        }
    }

    /// Ends all of them where they are.
    pub fn stop(&mut self) {
        self.all.iter().for_each(|one| one.answering.cancel().cancel());
        while !self.all.is_empty() {
            self.advance();
        }
    }

    /// Whether memory holds what a request may need with those that are under way: within what was planned for one whole
    /// context, or half of what is free.
    fn has_room_for(&self, request: &generate::Request) -> bool {
        if self.all.is_empty() {
            return true;
        }
        let (config, keys) = (self.model.config(), self.model.decoder().keys());
        let whole = config.kv_bytes(self.planner.target().context, keys);
        let spare = if self.here { free_memory().map_or(BYTES, |free| free / 2) } else { 0 };
        let under_way = self.all.iter().map(|one| self.session.need_of(one.answering.request()));
        let need = under_way.fold(self.session.need_of(request), u64::saturating_add);
        self.all.len() < MOST && need <= whole.max(spare)
    }

    /// None of them can be carried on. Whatever state the failure left behind is not built upon.
    fn fail(&mut self, problem: &Problem) {
        self.session = Session::new(self.model);
        for One { name, mut telling, .. } in std::mem::take(&mut self.all) {
            self.shared.close(&name);
            telling.fail(problem.clone());
        }
        self.flag();
    }

    /// Names to the shells what they stop when another model is to be loaded.
    fn flag(&self) {
        *lock(&self.shared.work) = self.all.iter().map(|one| one.answering.cancel().clone()).collect();
    }
}

/// A fault in the tensor library must not take the writer's window with it.
pub(super) fn guarded<T>(what: &str, work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let why = panic.downcast_ref::<String>().map(String::as_str);
        let why = why.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        Err(Problem::new(
            ProblemCode::Engine,
            format!("{what} failed inside the engine ({why}); try another model"),
        ))
    })
}
