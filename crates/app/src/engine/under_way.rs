//! Requests that are under way on one model, carried on side by side: whoever asks second has words before the first has
//! all of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use foolscap_engine::generate::{self, Answering, Listener};
use foolscap_engine::{Cancel, Model, Session};

use super::{Asked, Job, Planner, Shared, Sink};
use crate::api::{ActionEvent, Problem, ProblemCode, RequestId};
use crate::lock::lock;
use crate::telling::Telling;
use crate::{actions, completions};

/// So many at once; more would make each so slow that all seem to stand.
const MOST: usize = 8;
/// Bytes of keys and values that all of them may need, if that is more than a whole context's.
const BYTES: u64 = 256 << 20;

/// Those that have begun and have not ended.
pub(super) struct UnderWay<'m> {
    shared: Arc<Shared>,
    model: &'m Model,
    planner: &'m Planner,
    session: Session<'m>,
    all: Vec<One<'m>>,
}

struct One<'m> {
    name: RequestId,
    answering: Answering,
    telling: Telling<'m>,
}

impl<'m> UnderWay<'m> {
    pub fn new(shared: Arc<Shared>, model: &'m Model, planner: &'m Planner, session: Session<'m>) -> Self {
        Self { shared, model, planner, session, all: Vec::new() }
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
        if !self.has_room_for(&prepared.request) {
            return Some(Job::Answer(asked, cancel, sink));
        }
        let tokenizer = self.planner.target().tokenizer;
        let mut telling = Telling::new(sink, cancel.clone(), tokenizer, &prepared.manner);
        telling.tell(prepared.started);
        match guarded("the request", || Ok(self.session.begin(prepared.request, cancel))) {
            Ok(Ok(answering)) => self.all.push(One { name, answering, telling }),
            Ok(Err(error)) => self.close(&name, telling, Err(error)),
            Err(problem) => {
                self.shared.close(&name);
                telling.fail(problem.clone());
                self.fail(&problem);
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
        for One { name, answering, telling } in over {
            let result = self.session.end(answering);
            self.close(&name, telling, result);
        }
    }

    /// Ends all of them where they are.
    pub fn stop(&mut self) {
        self.all.iter().for_each(|one| one.answering.cancel().cancel());
        while !self.all.is_empty() {
            self.advance();
        }
    }

    /// Whether memory, as it was planned for, holds what a request needs with those that are under way.
    fn has_room_for(&self, request: &generate::Request) -> bool {
        if self.all.is_empty() {
            return true;
        }
        let tokens: usize = self.all.iter().map(|one| one.answering.most_tokens()).sum();
        let (config, keys) = (self.model.config(), self.model.decoder().keys());
        let whole = config.kv_bytes(self.planner.target().context, keys);
        self.all.len() < MOST && config.kv_bytes(tokens + request.most_tokens(), keys) <= whole.max(BYTES)
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

    /// The last word on a request.
    fn close(
        &self,
        name: &RequestId,
        mut telling: Telling<'_>,
        result: foolscap_engine::Result<generate::Figures>,
    ) {
        self.shared.close(name);
        match result {
            Ok(figures) => telling.finish(&figures),
            Err(error) => telling.fail(error.into()),
        }
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
