//! Locks that go on after a panic: what they guard is changed in whole steps (a transaction, an insertion), so it
//! is sound whatever happened to the one who held it.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, poisoned or not.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
