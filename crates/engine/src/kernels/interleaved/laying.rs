//! Matrices are laid behind the scenes: a model is of use at once, from the file, and gets faster matrix by matrix. (Sums
//! are the same to the last bit, so nobody sees when.)

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::super::matrix::Matrix;
use super::Room;

/// The matrices of a model that are to be laid.
#[derive(Default)]
pub(crate) struct ToLay(RefCell<Vec<Matrix>>);

/// A thread that lays them, until it is done or this is dropped.
pub(crate) struct Laying {
    stop: Arc<AtomicBool>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl ToLay {
    /// One more; it shares its interleaved rows with its clones.
    pub fn add(&self, matrix: Matrix) {
        self.0.borrow_mut().push(matrix);
    }

    /// Begins. Where the system has no thread left, all matrices are used where they lie.
    pub fn start(self) -> Laying {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let lay = move || {
            let mut room = Room::default();
            for matrix in self.0.into_inner() {
                matrix.interleave(&mut room, &stopped);
            }
        };
        let thread = std::thread::Builder::new().name("laying".into()).spawn(lay).ok();
        Laying { stop, thread: Mutex::new(thread) }
    }
}

impl Laying {
    /// Returns when nothing is left to do.
    pub fn wait(&self) {
        // Held to the end, so that a second one who waits does.
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(thread) = thread.take() {
            // It has nothing to say; what it did not lay is used where it lies.
            let _ = thread.join();
        }
    }
}

impl Drop for Laying {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.wait();
    }
}
