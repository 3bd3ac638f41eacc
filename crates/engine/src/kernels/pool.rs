//! The threads that compute. Work is cut into many small tasks which whoever is free takes next, so that a core
//! which the system needs for something else delays one task and not all of them. Threads wait for work by
//! spinning for a few microseconds, then sleep: other programs (and the window) keep their processor. Only while a
//! forward pass is under way ([`awake`]) they spin on, since a thread that sleeps needs some 50 µs to come back.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant};

use super::cores;

/// How long a thread waits for more work before it sleeps.
const SPIN: Duration = Duration::from_micros(50);
/// The same while there is a forward pass: longer than anything that one thread does alone in it.
const SPIN_AWAKE: Duration = Duration::from_millis(2);

/// So many threads compute from now on, the caller's included, where nothing else is said ([`use_threads`]). Without it
/// one for each core that is worth it.
pub fn set_threads(threads: usize) {
    USUAL.store(threads.max(1), Ordering::Relaxed);
    use_threads(None);
}

/// So many threads compute from now on, the caller's included, or as many as usual: for a model that is set otherwise.
pub fn use_threads(threads: Option<usize>) {
    pool().set(threads.unwrap_or_else(usual_threads));
}

/// How many threads compute.
pub fn threads() -> usize {
    pool().threads()
}

/// How many threads compute where nothing is said for a model.
pub fn usual_threads() -> usize {
    match USUAL.load(Ordering::Relaxed) {
        0 => cores::worthwhile(),
        threads => threads,
    }
}

/// What [`set_threads`] has said; 0: nothing.
static USUAL: AtomicUsize = AtomicUsize::new(0);

/// Calls `task` with 0, 1 … `tasks - 1`, each once, on all threads; returns when all are done.
pub(super) fn run(tasks: usize, task: &(dyn Fn(usize) + Sync)) {
    match tasks {
        0 => {}
        1 => task(0),
        _ => pool().run(tasks, task),
    }
}

/// Calls `work` with each part and its number, on all threads; returns when all are done.
pub(super) fn each<T: Send>(parts: impl Iterator<Item = T>, work: impl Fn(usize, &mut T) + Sync) {
    // Nobody else asks for a part; the lock is only how the compiler knows.
    let parts: Vec<_> = parts.map(Mutex::new).collect();
    run(parts.len(), &|i| work(i, &mut locked(&parts[i])));
}

/// Calls `work` with stretches of `0..n`, on all threads: first long ones, so that memory is read on and on, then ever
/// shorter ones down to `least`, so that no thread has long to wait for the last.
pub(super) fn stretches(n: usize, least: usize, work: &(dyn Fn(Range<usize>) + Sync)) {
    if n <= least {
        return work(0..n);
    }
    let (mut ends, mut left) = (Vec::with_capacity(32), n);
    while left > 0 {
        left -= (left / (2 * pool().threads())).max(least).min(left);
        ends.push(n - left);
    }
    run(ends.len(), &|i| work(if i == 0 { 0 } else { ends[i - 1] }..ends[i]));
}

/// While it lives, threads wait for work without sleeping.
pub(crate) struct Awake(());

/// See [`Awake`].
pub(crate) fn awake() -> Awake {
    pool().shared.awake.fetch_add(1, Ordering::Relaxed);
    Awake(())
}

impl Drop for Awake {
    fn drop(&mut self) {
        pool().shared.awake.fetch_sub(1, Ordering::Relaxed);
    }
}

static POOL: OnceLock<Pool> = OnceLock::new();

fn pool() -> &'static Pool {
    POOL.get_or_init(|| Pool::new(usual_threads()))
}

struct Pool {
    /// Threads that were started, the caller's not counted. Those that are too many sleep.
    started: Mutex<usize>,
    shared: Arc<Shared>,
    /// One work at a time; others wait here.
    turn: Mutex<()>,
}

#[derive(Default)]
struct Shared {
    /// Counts works, so that a thread sees a new one without the lock.
    number: AtomicUsize,
    work: Mutex<Option<Arc<Work>>>,
    arrived: Condvar,
    /// How many compute, the caller's thread included; changed under the lock of `work`.
    threads: AtomicUsize,
    resized: Condvar,
    /// Threads that sleep; changed under the lock of `work`.
    sleeping: AtomicUsize,
    /// How many [`Awake`] there are.
    awake: AtomicUsize,
}

struct Work {
    task: Task,
    tasks: usize,
    next: AtomicUsize,
    done: AtomicUsize,
    panicked: AtomicBool,
}

/// The caller's closure without its lifetime.
struct Task(*const (dyn Fn(usize) + Sync));

// SAFETY: the closure behind the pointer is `Sync`, and `Pool::run` returns only when every task has been done,
// after which nobody calls it (see `Work::help`).
unsafe impl Send for Task {}
// SAFETY: as above.
unsafe impl Sync for Task {}

impl Pool {
    fn new(threads: usize) -> Self {
        let pool = Self { started: Mutex::default(), shared: Arc::default(), turn: Mutex::default() };
        pool.set(threads);
        pool
    }

    fn set(&self, threads: usize) {
        let mut started = locked(&self.started);
        while *started + 1 < threads {
            let (n, shared) = (*started + 1, self.shared.clone());
            let thread = std::thread::Builder::new().name(format!("compute-{n}"));
            // A system that gives no more threads computes with those there are.
            if thread.spawn(move || wait_and_help(&shared, n)).is_err() {
                break;
            }
            *started = n;
        }
        let _held = locked(&self.shared.work);
        self.shared.threads.store(threads.clamp(1, *started + 1), Ordering::Release);
        self.shared.resized.notify_all();
    }

    fn threads(&self) -> usize {
        self.shared.threads.load(Ordering::Relaxed)
    }

    fn run(&self, tasks: usize, task: &(dyn Fn(usize) + Sync)) {
        let _turn = locked(&self.turn);
        let task: *const (dyn Fn(usize) + Sync + '_) = task;
        // SAFETY: only the lifetime changes; `Task` says why the pointer is not used after it.
        let task = Task(unsafe {
            std::mem::transmute::<*const (dyn Fn(usize) + Sync + '_), *const (dyn Fn(usize) + Sync)>(task)
        });
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = Arc::new(Work { task, tasks, next, done, panicked: AtomicBool::new(false) });
        if self.threads() > 1 {
            let mut held = locked(&self.shared.work);
            *held = Some(work.clone());
            self.shared.number.fetch_add(1, Ordering::Release);
            let sleeping = self.shared.sleeping.load(Ordering::Relaxed);
            drop(held);
            // Telling nobody would be a system call, too.
            if sleeping > 0 {
                self.shared.arrived.notify_all();
            }
        }
        work.help();
        let mut waited = 0u32;
        while work.done.load(Ordering::Acquire) < tasks {
            waited += 1;
            // Whoever has the last task may have lost its core: then let it have this one.
            if waited.is_multiple_of(64) { std::thread::yield_now() } else { std::hint::spin_loop() }
        }
        assert!(!work.panicked.load(Ordering::Relaxed), "a computing thread panicked");
    }
}

impl Work {
    /// Does tasks until none is left to begin.
    fn help(&self) {
        loop {
            let i = self.next.fetch_add(1, Ordering::Relaxed);
            if i >= self.tasks {
                return;
            }
            // SAFETY: task `i` is not done, so `Pool::run` has not returned and the closure lives.
            let task = unsafe { &*self.task.0 };
            if catch_unwind(AssertUnwindSafe(|| task(i))).is_err() {
                self.panicked.store(true, Ordering::Relaxed);
            }
            self.done.fetch_add(1, Ordering::Release);
        }
    }
}

/// What the `n`-th thread besides the caller's does.
fn wait_and_help(shared: &Shared, n: usize) {
    let mut seen = 0;
    let too_many = || n >= shared.threads.load(Ordering::Acquire);
    loop {
        if too_many() {
            let mut held = locked(&shared.work);
            while too_many() {
                held = shared.resized.wait(held).unwrap_or_else(std::sync::PoisonError::into_inner);
            }
            seen = shared.number.load(Ordering::Acquire);
        }
        let began = Instant::now();
        let mut spins = 0u32;
        while shared.number.load(Ordering::Acquire) == seen {
            spins += 1;
            std::hint::spin_loop();
            if !spins.is_multiple_of(128) {
                continue;
            }
            let long = if shared.awake.load(Ordering::Relaxed) > 0 { SPIN_AWAKE } else { SPIN };
            if began.elapsed() >= long {
                let mut work = locked(&shared.work);
                shared.sleeping.fetch_add(1, Ordering::Relaxed);
                while shared.number.load(Ordering::Acquire) == seen {
                    work = shared.arrived.wait(work).unwrap_or_else(std::sync::PoisonError::into_inner);
                }
                shared.sleeping.fetch_sub(1, Ordering::Relaxed);
                break;
            }
        }
        let work = {
            let held = locked(&shared.work);
            seen = shared.number.load(Ordering::Acquire);
            held.clone()
        };
        if let Some(work) = work.filter(|_| !too_many()) {
            work.help();
        }
    }
}

/// Nothing here panics while it holds a lock, so a poisoned one is as good as any.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_is_done_once_whoever_asks() {
        let pool = Pool::new(4);
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    for tasks in [1, 2, 7, 300] {
                        let counts: Vec<AtomicUsize> = (0..tasks).map(|_| AtomicUsize::new(0)).collect();
                        pool.run(tasks, &|i| {
                            counts[i].fetch_add(1, Ordering::Relaxed);
                        });
                        assert!(counts.iter().all(|c| c.load(Ordering::Relaxed) == 1));
                    }
                });
            }
        });
    }

    #[test]
    fn a_pool_computes_with_as_many_threads_as_it_is_told() {
        let pool = Pool::new(1);
        for threads in [1, 4, 2, 3, 1, 4] {
            pool.set(threads);
            assert_eq!(pool.threads(), threads);
            let names = Mutex::new(std::collections::BTreeSet::new());
            let counts: Vec<AtomicUsize> = (0..200).map(|_| AtomicUsize::new(0)).collect();
            pool.run(200, &|i| {
                counts[i].fetch_add(1, Ordering::Relaxed);
                locked(&names).insert(std::thread::current().name().map(str::to_owned));
            });
            assert!(counts.iter().all(|c| c.load(Ordering::Relaxed) == 1));
            assert!(names.into_inner().unwrap().len() <= threads);
        }
    }

    #[test]
    fn stretches_are_everything_once() {
        for (n, least) in [(0, 1), (1, 4), (5, 2), (1000, 7), (1000, 1000)] {
            let counts: Vec<AtomicUsize> = (0..n).map(|_| AtomicUsize::new(0)).collect();
            stretches(n, least, &|range| {
                counts[range].iter().for_each(|c| {
                    c.fetch_add(1, Ordering::Relaxed);
                });
            });
            assert!(counts.iter().all(|c| c.load(Ordering::Relaxed) == 1), "{n} {least}");
        }
    }

    #[test]
    fn threads_come_back_from_sleep() {
        let pool = Pool::new(3);
        for _ in 0..3 {
            let count = AtomicUsize::new(0);
            pool.run(50, &|_| {
                count.fetch_add(1, Ordering::Relaxed);
            });
            assert_eq!(count.load(Ordering::Relaxed), 50);
            // Longer than they spin, so that they sleep (or are about to, which is what may go wrong).
            std::thread::sleep(2 * SPIN);
        }
    }

    #[test]
    #[should_panic(expected = "a computing thread panicked")]
    fn a_panic_in_a_task_reaches_the_caller() {
        Pool::new(3).run(20, &|i| assert!(i != 11));
    }
}
