//! Locks that go on after a panic: what they guard is changed in whole steps (a transaction, an insertion), so it
//! is sound whatever happened to the one who held it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Locks, poisoned or not.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Something that another thread may use for one step at a time, until its owner takes it back.
#[derive(Debug)]
pub(crate) struct Lent<T> {
    of: Arc<Mutex<Weak<Mutex<T>>>>,
}

impl<T> Lent<T> {
    pub(crate) fn new(owned: &Arc<Mutex<T>>) -> Self {
        Self { of: Arc::new(Mutex::new(Arc::downgrade(owned))) }
    }

    /// Takes a step; none when it was taken back or is gone.
    pub(crate) fn with<R>(&self, step: impl FnOnce(&mut T) -> R) -> Option<R> {
        // Locked as long as there may be a second owner.
        let of = lock(&self.of);
        let owned = of.upgrade()?;
        Some(step(&mut lock(&owned)))
    }

    /// From now on nothing but its owner keeps it alive; waits for a step that is being taken.
    pub(crate) fn take_back(&self) {
        *lock(&self.of) = Weak::new();
    }
}

impl<T> Clone for Lent<T> {
    fn clone(&self) -> Self {
        Self { of: self.of.clone() }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    #[test]
    fn what_was_taken_back_is_its_owner_s_alone() {
        let owned = Arc::new(Mutex::new(1));
        let lent = Lent::new(&owned);
        let (begun, begins) = mpsc::channel();
        let (go, gone) = mpsc::channel();
        let other = lent.clone();
        let user = thread::spawn(move || {
            other.with(|number| {
                begun.send(()).unwrap();
                gone.recv().unwrap();
                *number += 1;
            })
        });
        begins.recv().unwrap();
        assert_eq!(Arc::strong_count(&owned), 2);
        go.send(()).unwrap();
        lent.take_back();
        assert_eq!((Arc::strong_count(&owned), *lock(&owned)), (1, 2));
        assert_eq!(lent.with(|_| ()), None);
        user.join().unwrap();
    }
}
