//! Who comes first: what a writer asks stops what an experiment asks, at once, and the experiment waits until it is over.

use std::sync::{Arc, Condvar, Mutex};

use foolscap_engine::Cancel;

use crate::lock::lock;

/// Shared by whoever asks.
#[derive(Clone, Default)]
pub struct Hold(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    writers: u32,
    /// Stops what an experiment asks now.
    stop: Option<Box<dyn Fn() + Send>>,
}

/// As long as it lives, a writer is served.
pub struct Writer(Hold);

/// What an experiment asks, which a writer may stop.
pub struct Running(Hold);

impl Hold {
    /// A writer asks something.
    pub fn writer(&self) -> Writer {
        let mut state = lock(&self.0.state);
        state.writers += 1;
        if let Some(stop) = &state.stop {
            stop();
        }
        Writer(self.clone())
    }

    /// Whether a writer is served.
    pub fn is_held(&self) -> bool {
        lock(&self.0.state).writers > 0
    }

    /// Waits until no writer is served; false where it was stopped before.
    pub fn wait(&self, stop: &Cancel) -> bool {
        let mut state = lock(&self.0.state);
        while state.writers > 0 && !stop.is_cancelled() {
            state = self.0.changed.wait(state).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        !stop.is_cancelled()
    }

    /// Begins what a writer may stop, as long as what is given lives; none: a writer is served now, and nothing is begun.
    pub fn begin<T>(
        &self,
        work: impl FnOnce() -> T,
        stop: impl Fn() + Send + 'static,
    ) -> Option<(T, Running)> {
        let mut state = lock(&self.0.state);
        if state.writers > 0 {
            return None;
        }
        // Begun under the lock: a writer who comes now finds something to stop.
        let begun = work();
        state.stop = Some(Box::new(stop));
        Some((begun, Running(self.clone())))
    }

    /// Lets whoever waits look again.
    pub fn wake(&self) {
        // Taken once, so that nobody falls asleep between looking and waiting.
        drop(lock(&self.0.state));
        self.0.changed.notify_all();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        lock(&self.0.0.state).stop = None;
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        lock(&self.0.0.state).writers -= 1;
        self.0.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn a_writer_stops_what_runs_and_it_goes_on_afterwards() {
        let hold = Hold::default();
        let stopped = Arc::new(AtomicBool::new(false));
        let seen = stopped.clone();
        let (begun, running) = hold.begin(|| 1, move || seen.store(true, Ordering::Relaxed)).unwrap();
        assert_eq!(begun, 1);
        let writer = hold.writer();
        assert!(stopped.load(Ordering::Relaxed) && hold.is_held());
        drop(running);
        assert!(hold.begin(|| 2, || ()).is_none(), "nothing is begun while a writer is served");
        let other = hold.clone();
        let waiting = thread::spawn(move || other.wait(&Cancel::new()));
        drop(writer);
        assert!(waiting.join().unwrap());
        assert_eq!(hold.begin(|| 3, || ()).unwrap().0, 3);
    }

    #[test]
    fn who_waits_can_be_stopped() {
        let (hold, stop) = (Hold::default(), Cancel::new());
        let _writer = hold.writer();
        let (other, flag) = (hold.clone(), stop.clone());
        let waiting = thread::spawn(move || other.wait(&flag));
        stop.cancel();
        hold.wake();
        assert!(!waiting.join().unwrap());
    }
}
