//! Whether a model fits this machine, before it is fetched: memory and disk against what is free, and how fast it will be.

use foolscap_engine::Need;
use serde::Serialize;

use crate::machine::{Machine, Rates};

/// How well a model fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// More than memory, or more than is left on the disk.
    TooLarge,
    /// It runs, and leaves other programs little.
    Tight,
    /// It runs, and leaves enough.
    Fits,
}

/// The verdict with its figures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fit {
    /// All told.
    pub verdict: Verdict,
    /// Whether it is the disk that has too little.
    pub disk: bool,
    /// Bytes of memory that are needed, and that are free.
    pub memory: (u64, u64),
    /// Bytes of the disk that are still needed, and that are free there.
    pub on_disk: (u64, u64),
    /// Tokens drawn in a second, about; none where the machine was not measured.
    pub tokens_a_second: Option<f64>,
}

/// What is to be left free for the system and other programs, as a part of all memory, and at least.
const LEFT: (f64, u64) = (0.1, 1 << 30);
/// The same of the disk.
const LEFT_ON_DISK: u64 = 1 << 30;
/// How much of what memory can give a model is drawn with: seven files reached 0.7 and more on one machine (BENCHMARKS.md),
/// at the beginning of a text and with nothing else running.
const OF_THE_LIMIT: f64 = 0.6;

/// What a model needs, by the size of its file alone: its header was not seen. Keys and values are those of Qwen3's (28 to 64
/// layers with 8 heads of 128 numbers), in 16 bits; a model with sliding windows needs less.
pub fn about(size: u64, context: usize) -> Need {
    let a_token: u64 = match size {
        ..2_000_000_000 => 114_688,
        2_000_000_000..6_500_000_000 => 147_456,
        6_500_000_000..12_000_000_000 => 163_840,
        _ => 262_144,
    };
    Need { weights: size, kv: a_token.saturating_mul(context as u64), scratch: (64 << 20) + size / 50 }
}

/// Holds a model's need against a machine. `fetch`: bytes that are still to be written to a disk with so much `room`.
pub fn fit(need: &Need, machine: &Machine, rates: Option<&Rates>, fetch: u64, room: u64) -> Fit {
    let (needed, free) = (need.total(), machine.memory_free);
    let left = ((machine.memory as f64 * LEFT.0) as u64).max(LEFT.1);
    let lacks_disk = fetch > 0 && fetch.saturating_add(LEFT_ON_DISK) > room;
    let verdict = match () {
        () if needed > free || lacks_disk => Verdict::TooLarge,
        () if needed.saturating_add(left) > free => Verdict::Tight,
        () => Verdict::Fits,
    };
    // A token reads all weights once, and half of a full context's keys and values.
    let a_token = need.weights.saturating_add(need.kv / 2).max(1);
    Fit {
        verdict,
        disk: lacks_disk && needed <= free,
        memory: (needed, free),
        on_disk: (fetch, room),
        tokens_a_second: rates.map(|rates| OF_THE_LIMIT * rates.memory / a_token as f64),
    }
}

/// The longest context with which a model is not too large: `most`, or less in whole steps of 1,024 tokens; none when it is
/// with the least.
pub fn longest_context(need: impl Fn(usize) -> Need, machine: &Machine, most: usize) -> Option<usize> {
    let fits = |context: usize| need(context).total() <= machine.memory_free;
    if fits(most) {
        return Some(most);
    }
    let steps = most / 1024;
    let most_steps = (1..=steps).rev().find(|&step| fits(step * 1024))?;
    Some(most_steps * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GB: u64 = 1 << 30;

    fn machine(memory: u64, memory_free: u64) -> Machine {
        Machine { memory, memory_free, cores: 4, processor: "any".into() }
    }

    fn need(weights: u64, kv: u64) -> Need {
        Need { weights, kv, scratch: GB / 8 }
    }

    #[test]
    fn a_model_fits_is_tight_or_too_large_by_what_it_leaves() {
        let machine = machine(16 * GB, 11 * GB);
        let verdict = |weights| fit(&need(weights, GB), &machine, None, 0, 0).verdict;
        assert_eq!(verdict(2 * GB), Verdict::Fits);
        assert_eq!(verdict(9 * GB), Verdict::Tight);
        assert_eq!(verdict(11 * GB), Verdict::TooLarge);
        assert!(Verdict::TooLarge < Verdict::Tight && Verdict::Tight < Verdict::Fits);
    }

    #[test]
    fn a_full_disk_is_told_apart_from_too_little_memory() {
        let machine = machine(16 * GB, 11 * GB);
        let found = fit(&need(2 * GB, GB), &machine, None, 2 * GB, 2 * GB);
        assert!(found.verdict == Verdict::TooLarge && found.disk);
        let found = fit(&need(20 * GB, GB), &machine, None, 20 * GB, 2 * GB);
        assert!(found.verdict == Verdict::TooLarge && !found.disk);
        assert_eq!(
            fit(&need(2 * GB, GB), &machine, None, 0, 0).verdict,
            Verdict::Fits,
            "it is there already"
        );
    }

    #[test]
    fn speed_is_memory_over_what_a_token_reads() {
        let rates = Rates { memory: 30e9, products: 100e9 };
        let speed = |weights, kv| {
            fit(&need(weights, kv), &machine(16 * GB, 11 * GB), Some(&rates), 0, 0).tokens_a_second.unwrap()
        };
        assert!(speed(GB, 0) > 1.9 * speed(2 * GB, 0));
        assert!(speed(GB, 0) > speed(GB, GB));
    }

    #[test]
    fn the_longest_context_that_fits_is_found() {
        let by_context = |context: usize| need(GB, context as u64 * (GB / 8192));
        assert_eq!(longest_context(by_context, &machine(8 * GB, 4 * GB), 32_768), Some(22 * 1024 + 1024));
        assert_eq!(longest_context(by_context, &machine(8 * GB, GB), 32_768), None);
        assert_eq!(longest_context(by_context, &machine(80 * GB, 40 * GB), 4096), Some(4096));
        assert_eq!(
            longest_context(by_context, &machine(80 * GB, 40 * GB), 4000),
            Some(4000),
            "as it was set"
        );
    }
}
