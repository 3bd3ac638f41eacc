//! A bound on what one word may cost. A dictionary that lets words be put together of others can have a word
//! taken apart in more ways than anybody can wait for, and the library has no way to stop it. It does ask its
//! hasher at each look-up: there the look-ups are counted, and the work is unwound when there were too many.

use std::cell::Cell;
use std::hash::BuildHasher;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

/// Look-ups between two looks at the clock: about 50 µs.
const LOOK: u32 = 512;

/// How much work may be done.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bound {
    /// So many look-ups; the same on every machine.
    LookUps(u32),
    /// So long.
    Time(Duration),
}

#[derive(Debug, Clone, Copy)]
struct Left {
    look_ups: u32,
    until: Option<Instant>,
}

thread_local! {
    /// What the work on this thread may still do; none: all it wants.
    static LEFT: Cell<Option<Left>> = const { Cell::new(None) };
}

/// Thrown where the bound is reached.
struct Reached;

/// Does `work` on a dictionary that hashes by [`Counted`], as far as the bound lets it. None: it was reached, or
/// the library failed on the word.
pub(crate) fn within<T>(bound: Bound, work: impl FnOnce() -> T) -> Option<T> {
    LEFT.set(Some(match bound {
        Bound::LookUps(look_ups) => Left { look_ups, until: None },
        Bound::Time(time) => Left { look_ups: LOOK, until: Some(Instant::now() + time) },
    }));
    // A dictionary is not changed by looking into it, so nothing is left by halves.
    let done = catch_unwind(AssertUnwindSafe(work));
    LEFT.set(None);
    done.ok()
}

/// A hasher that counts what it is asked.
#[derive(Clone, Default)]
pub(crate) struct Counted(spellbook::DefaultHashBuilder);

impl BuildHasher for Counted {
    type Hasher = <spellbook::DefaultHashBuilder as BuildHasher>::Hasher;

    fn build_hasher(&self) -> Self::Hasher {
        if let Some(left) = LEFT.get() {
            LEFT.set(Some(less(left)));
        }
        self.0.build_hasher()
    }
}

fn less(left: Left) -> Left {
    match left {
        Left { look_ups: 0, until: Some(until) } if Instant::now() < until => Left { look_ups: LOOK, ..left },
        // Not `panic!`: nobody is to be told, it is no failure.
        Left { look_ups: 0, .. } => resume_unwind(Box::new(Reached)),
        Left { look_ups, .. } => Left { look_ups: look_ups - 1, ..left },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_up(times: u32) {
        for _ in 0..times {
            let _ = Counted::default().build_hasher();
        }
    }

    #[test]
    fn work_ends_where_its_bound_is() {
        assert_eq!(within(Bound::LookUps(10), || look_up(10)), Some(()));
        assert_eq!(within(Bound::LookUps(10), || look_up(11)), None);
        assert_eq!(within(Bound::Time(Duration::ZERO), || look_up(LOOK + 1)), None);
        assert_eq!(within(Bound::Time(Duration::from_secs(60)), || look_up(3 * LOOK)), Some(()));
        // What comes after is free again.
        look_up(20);
    }
}
