//! How a download goes.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::hub::HubError;

/// What happens now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// The hub is asked about the file.
    Asking,
    /// What came before is read.
    Checking,
    /// It comes.
    Fetching,
    /// It did not come, and is asked for again after so long.
    Waiting {
        /// What went wrong.
        why: String,
        /// Seconds until it is tried again.
        seconds: u64,
    },
    /// It is all there.
    Finishing,
}

/// How a download goes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// What happens now.
    #[serde(flatten)]
    pub stage: Stage,
    /// Bytes that are here.
    pub done: u64,
    /// Bytes of all files; 0 while it is not known.
    pub total: u64,
    /// Bytes in a second, lately.
    pub rate: Option<f64>,
    /// Seconds that are left, at this rate.
    pub left: Option<f64>,
}

/// Between two words.
const PAUSE: Duration = Duration::from_millis(100);
/// What counts as lately.
const LATELY: Duration = Duration::from_secs(5);

/// Tells it, not too often.
pub(super) struct Teller<'a> {
    on: &'a mut dyn FnMut(&Progress),
    told: Option<(Instant, Stage)>,
    /// Of the files before the one that comes.
    before: u64,
    done: u64,
    total: u64,
    lately: VecDeque<(Instant, u64)>,
}

impl<'a> Teller<'a> {
    pub fn new(on: &'a mut dyn FnMut(&Progress)) -> Self {
        Self { on, told: None, before: 0, done: 0, total: 0, lately: VecDeque::new() }
    }

    pub fn stage(&mut self, stage: Stage) {
        self.tell(stage, Instant::now());
    }

    pub fn wait(&mut self, error: &HubError, time: Duration) {
        self.lately.clear();
        if time > Duration::ZERO {
            self.stage(Stage::Waiting { why: error.to_string(), seconds: time.as_secs_f64().ceil() as u64 });
        }
    }

    /// Bytes of all files, from now on.
    pub fn begin(&mut self, total: u64) {
        self.total = total;
    }

    /// One file of so many bytes is here.
    pub fn came(&mut self, size: u64) {
        self.before += size;
        // What was here already did not come lately.
        self.lately.clear();
        self.done = self.before;
    }

    /// `done`: of the file that comes.
    pub fn progress(&mut self, stage: Stage, done: u64) {
        let (now, done) = (Instant::now(), self.before + done);
        // Less than before: it began anew.
        if done < self.done || stage != Stage::Fetching {
            self.lately.clear();
        }
        self.done = done;
        self.lately.push_back((now, done));
        while self.lately.front().is_some_and(|(then, _)| now - *then > LATELY) {
            self.lately.pop_front();
        }
        let is_new = self.told.as_ref().is_none_or(|(then, told)| now - *then >= PAUSE || *told != stage);
        if is_new || done == self.total {
            self.tell(stage, now);
        }
    }

    fn tell(&mut self, stage: Stage, now: Instant) {
        let rate = self.lately.front().and_then(|(then, done)| {
            let time = (now - *then).as_secs_f64();
            (stage == Stage::Fetching && time > 0.2).then(|| self.done.saturating_sub(*done) as f64 / time)
        });
        let left =
            rate.filter(|&rate| rate > 0.0).map(|rate| self.total.saturating_sub(self.done) as f64 / rate);
        self.told = Some((now, stage.clone()));
        (self.on)(&Progress { stage, done: self.done, total: self.total, rate, left });
    }
}
