//! The queue of experiments: one thread that works on those that are wanted, one after the other, the oldest first, and tells
//! whoever watches how all of them stand. What is wanted is kept, so that it is gone on with after a restart.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use foolscap_engine::Cancel;
use foolscap_workbench::Errand;

use super::{Bench, Hold, Surroundings};
use crate::api::{
    ActionRequest, ExperimentId, ExperimentState, ExperimentSummary, JudgeTask, ModelChoice, Problem,
    ProblemCode,
};
use crate::context::Background;
use crate::engine::Engine;
use crate::lock::lock;
use crate::scoring::Scorer;

/// Hears of all experiments whenever one changes.
pub type ExperimentsWatcher = Box<dyn FnMut(&[ExperimentSummary]) -> ControlFlow<()> + Send>;

/// The thread, and what it shares.
pub struct Runner {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    bench: Bench,
    hold: Hold,
    now: Mutex<Now>,
    changed: Condvar,
    watchers: Mutex<Vec<ExperimentsWatcher>>,
}

/// What is done now.
#[derive(Default)]
struct Now {
    closing: bool,
    /// Something is wanted that was not.
    look: bool,
    work: Option<Work>,
    /// Why an experiment does not go on.
    problems: HashMap<ExperimentId, Problem>,
}

/// What is to be done next.
enum Wanted {
    Answers(ExperimentId),
    Judge(Errand),
}

impl Wanted {
    fn experiment(&self) -> ExperimentId {
        match self {
            Self::Answers(id) => *id,
            Self::Judge(errand) => errand.experiment,
        }
    }
}

struct Work {
    id: ExperimentId,
    state: ExperimentState,
    stop: Cancel,
    /// Answers that were missing when it began, and those that came since, failed ones among them.
    missing: u32,
    came: u32,
    /// How long answers were made: neither loading nor yielding to a writer.
    busy: Duration,
    /// Since when they are again.
    since: Option<Instant>,
}

impl Work {
    fn is(&mut self, state: ExperimentState, answers: u32) {
        self.came += answers;
        self.state = state;
        match (state, self.since) {
            (ExperimentState::Running, None) => self.since = Some(Instant::now()),
            (ExperimentState::Running, Some(_)) | (_, None) => {}
            (_, Some(since)) => {
                self.busy += since.elapsed();
                self.since = None;
            }
        }
    }

    /// As many answers as are missing, each taking as long as those that came; none before one came, nor for a judge, who makes
    /// none.
    fn seconds_left(&self) -> Option<f64> {
        let busy = self.busy + self.since.map(|since| since.elapsed()).unwrap_or_default();
        let left = self.missing.saturating_sub(self.came);
        (self.came > 0 && self.missing > 0)
            .then(|| busy.as_secs_f64() / f64::from(self.came) * f64::from(left))
    }
}

impl Runner {
    /// Starts the thread. `resume`: it goes on with what was wanted (where two windows show one library, the second only
    /// looks on). `around` is made on it.
    ///
    /// # Errors
    /// [`ProblemCode::Engine`] when the system gives no thread.
    pub fn start<S: Surroundings>(
        bench: Bench,
        hold: Hold,
        resume: bool,
        around: impl FnOnce() -> S + Send + 'static,
    ) -> Result<Self, Problem> {
        let shared = Arc::new(Shared {
            bench,
            hold,
            now: Mutex::new(Now { look: resume, ..Now::default() }),
            changed: Condvar::new(),
            watchers: Mutex::default(),
        });
        let mine = shared.clone();
        let thread = thread::Builder::new()
            .name("experiments".into())
            .spawn(move || mine.run(&mut around()))
            .map_err(|e| Problem::new(ProblemCode::Engine, format!("no thread for experiments: {e}")))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Tells how all experiments stand, now and whenever one changes.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn watch(&self, mut watcher: ExperimentsWatcher) -> Result<(), Problem> {
        let mut watchers = lock(&self.shared.watchers);
        if watcher(&self.shared.summaries()?).is_continue() {
            watchers.push(watcher);
        }
        Ok(())
    }

    /// Works on an experiment, when its turn comes. What failed is tried again.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn want(&self, id: ExperimentId) -> Result<(), Problem> {
        self.shared.bench.with(|store| store.want_experiment(id, true))?;
        {
            let mut now = lock(&self.shared.now);
            now.look = true;
            now.problems.remove(&id);
        }
        self.shared.changed.notify_all();
        self.shared.tell();
        Ok(())
    }

    /// Lets a model judge what it has not judged yet, when its turn comes: after the experiments that are wanted.
    ///
    /// # Errors
    /// As [`Bench::can_judge`].
    pub fn judge(&self, id: ExperimentId, model: &str, task: JudgeTask) -> Result<(), Problem> {
        self.shared.bench.can_judge(id, &ModelChoice::here(model), task)?;
        self.shared.bench.with(|store| store.add_errand(id, model, task.name()))?;
        {
            let mut now = lock(&self.shared.now);
            now.look = true;
            now.problems.remove(&id);
        }
        self.shared.changed.notify_all();
        self.shared.tell();
        Ok(())
    }

    /// Works on it no longer, and lets nobody judge it; what came stays.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn pause(&self, id: ExperimentId) -> Result<(), Problem> {
        self.shared.bench.with(|store| {
            store.want_experiment(id, false)?;
            store.end_errands(id)
        })?;
        if let Some(work) = lock(&self.shared.now).work.as_ref().filter(|work| work.id == id) {
            work.stop.cancel();
        }
        self.shared.hold.wake();
        self.shared.tell();
        Ok(())
    }

    /// Tells whoever watches that something changed that the runner did not do.
    pub fn changed(&self) {
        self.shared.tell();
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        {
            let mut now = lock(&self.shared.now);
            now.closing = true;
            if let Some(work) = &now.work {
                work.stop.cancel();
            }
        }
        self.shared.changed.notify_all();
        self.shared.hold.wake();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn run(self: Arc<Self>, around: &mut dyn Surroundings) {
        while let Some(()) = self.wait() {
            while let Some(wanted) = self.next() {
                let id = wanted.experiment();
                let stop = Cancel::new();
                let missing = self.bench.summary(id).map_or(0, |now| now.total - (now.done - now.failed));
                {
                    let mut now = lock(&self.now);
                    if now.closing {
                        return;
                    }
                    let state = ExperimentState::Waiting;
                    let (came, busy, since) = (0, Duration::ZERO, None);
                    now.work = Some(Work { id, state, stop: stop.clone(), missing, came, busy, since });
                }
                let mut around = Telling { around, shared: Arc::downgrade(&self) };
                let done = match &wanted {
                    Wanted::Answers(id) => self.bench.work(*id, &mut around, &self.hold, &stop),
                    Wanted::Judge(errand) => self.judged(errand, &mut around, &stop),
                };
                let mut now = lock(&self.now);
                now.work = None;
                if now.closing {
                    return;
                }
                drop(now);
                match done {
                    // Paused: it is not wanted any more.
                    Ok(false) => {}
                    Ok(true) => self.unwant(&wanted, None),
                    Err(problem) => self.unwant(&wanted, Some(problem)),
                }
                self.tell();
            }
            around.rest();
        }
    }

    fn judged(&self, errand: &Errand, around: &mut dyn Surroundings, stop: &Cancel) -> Result<bool, Problem> {
        // A task of a later program is none for this one.
        let Some(task) = JudgeTask::named(&errand.task) else { return Ok(true) };
        self.bench.judge(errand.experiment, &ModelChoice::here(&errand.judge), task, around, &self.hold, stop)
    }

    /// Sleeps until something may be wanted; none: nobody is left to work for.
    fn wait(&self) -> Option<()> {
        let mut now = lock(&self.now);
        while !now.look && !now.closing {
            now = self.changed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
        now.look = false;
        (!now.closing).then_some(())
    }

    /// The oldest that is wanted; then what is to be judged.
    fn next(&self) -> Option<Wanted> {
        let all = self.bench.look(|store| store.experiments()).ok().flatten().unwrap_or_default();
        if let Some(experiment) = all.iter().rev().find(|experiment| experiment.wanted) {
            return Some(Wanted::Answers(experiment.id));
        }
        self.bench.look(|store| store.next_errand()).ok().flatten().flatten().map(Wanted::Judge)
    }

    fn unwant(&self, wanted: &Wanted, problem: Option<Problem>) {
        // Where even that cannot be kept, it is not tried again and again.
        let kept = self.bench.with(|store| match wanted {
            Wanted::Answers(id) => store.want_experiment(*id, false),
            Wanted::Judge(errand) => store.end_errand(errand.id),
        });
        let mut now = lock(&self.now);
        if let Some(problem) = problem.or(kept.err()) {
            now.problems.insert(wanted.experiment(), problem);
        }
    }

    fn tell(&self) {
        let mut watchers = lock(&self.watchers);
        if watchers.is_empty() {
            return;
        }
        if let Ok(all) = self.summaries() {
            watchers.retain_mut(|watcher| watcher(&all).is_continue());
        }
    }

    fn summaries(&self) -> Result<Vec<ExperimentSummary>, Problem> {
        let all = self.bench.summaries()?;
        let now = lock(&self.now);
        let summary = |(wanted, summary): (bool, ExperimentSummary)| {
            let work = now.work.as_ref().filter(|work| work.id == summary.id);
            let state = match work {
                Some(work) => work.state,
                None if wanted => ExperimentState::Waiting,
                None => summary.state,
            };
            let problem = now.problems.get(&summary.id).cloned().or(summary.problem);
            ExperimentSummary { state, seconds_left: work.and_then(Work::seconds_left), problem, ..summary }
        };
        Ok(all.into_iter().map(summary).collect())
    }
}

/// Passes on what is told, and keeps how the work stands.
struct Telling<'a> {
    around: &'a mut dyn Surroundings,
    shared: Weak<Shared>,
}

impl Surroundings for Telling<'_> {
    fn model(&mut self, choice: &ModelChoice) -> Result<(Arc<Engine>, String), Problem> {
        self.around.model(choice)
    }

    fn scorer(&mut self, model: &str) -> Result<Scorer, Problem> {
        self.around.scorer(model)
    }

    fn background(&mut self, request: &ActionRequest) -> Result<Background, Problem> {
        self.around.background(request)
    }

    fn rest(&mut self) {
        self.around.rest();
    }

    fn told(&mut self, state: ExperimentState, answers: u32) {
        self.around.told(state, answers);
        let Some(shared) = self.shared.upgrade() else { return };
        let changed = {
            let mut now = lock(&shared.now);
            let Some(work) = &mut now.work else { return };
            let changed = work.state != state || answers > 0;
            work.is(state, answers);
            changed
        };
        if changed {
            shared.tell();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(missing: u32, came: u32, busy: u64) -> Work {
        let (state, stop, busy) = (ExperimentState::Running, Cancel::new(), Duration::from_secs(busy));
        Work { id: 1, state, stop, missing, came, busy, since: None }
    }

    #[test]
    fn what_is_left_takes_as_long_an_answer_as_what_came() {
        assert_eq!(work(10, 0, 5).seconds_left(), None, "nothing is known before the first");
        assert_eq!(work(10, 4, 8).seconds_left(), Some(12.0));
        assert_eq!(work(10, 10, 8).seconds_left(), Some(0.0));
        assert_eq!(work(0, 3, 8).seconds_left(), None, "a judge makes no answers");
    }

    #[test]
    fn time_in_which_nothing_is_answered_does_not_count() {
        let mut work = work(4, 2, 6);
        for state in [ExperimentState::Yielding, ExperimentState::Loading] {
            work.is(state, 0);
            assert_eq!((work.since, work.seconds_left()), (None, Some(6.0)));
        }
        work.is(ExperimentState::Running, 1);
        assert!(work.since.is_some() && work.came == 3);
        work.is(ExperimentState::Yielding, 0);
        assert!(work.since.is_none() && work.busy >= Duration::from_secs(6));
    }
}
