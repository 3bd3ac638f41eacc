//! What this machine can do at most: bytes read from memory, and products of 8-bit numbers, in a second. How near the
//! engine comes is told against these, measured in the same run.

#![allow(
    clippy::needless_range_loop,
    reason = "closures of iterators are not compiled for the function's processor"
)]

use std::time::Instant;

use super::pool;
use super::way::Way;

/// More than any cache holds.
const BYTES: usize = 256 << 20;
/// What a thread reads in a go.
const PART: usize = 1 << 20;

/// Bytes a second that all threads together read from memory: the best of `runs`.
pub fn memory_rate(runs: usize) -> f64 {
    let memory = vec![1u64; BYTES / 8];
    let parts = BYTES / PART;
    best(runs, || {
        pool::stretches(parts, 1, &|range| {
            let part = &memory[range.start * PART / 8..range.end * PART / 8];
            std::hint::black_box(xor(Way::best(), part));
        });
        BYTES as f64
    })
}

/// Products of 8-bit numbers, each with its addition, a second on all threads: the best of `runs`.
pub fn product_rate(runs: usize) -> f64 {
    let (tasks, rounds) = (8 * pool::threads(), 1 << 18);
    best(runs, || {
        pool::run(tasks, &|_| {
            let mut sum = [0];
            products(Way::best(), rounds, &mut sum);
            std::hint::black_box(sum);
        });
        (tasks * rounds * ROUND) as f64
    })
}

fn best(runs: usize, mut work: impl FnMut() -> f64) -> f64 {
    let _awake = pool::awake();
    let mut rate = || {
        let started = Instant::now();
        work() / started.elapsed().as_secs_f64()
    };
    (0..runs.max(1)).map(|_| rate()).fold(0.0, f64::max)
}

/// All of it, put together so that none can be left unread.
fn xor(way: Way, memory: &[u64]) -> u64 {
    match way {
        Way::Scalar => memory.iter().fold(0, |a, b| a ^ b),
        // SAFETY: this processor knows the way (`Way::best`), and both have AVX2.
        #[cfg(target_arch = "x86_64")]
        Way::Avx2 | Way::Avx512 => unsafe { x86::xor(memory) },
    }
}

/// Products in a round.
const ROUND: usize = 512;

fn products(way: Way, rounds: usize, sum: &mut [i32; 1]) {
    match way {
        Way::Scalar => {
            let (w, x) = std::hint::black_box(([3i8; ROUND], [5i8; ROUND]));
            for _ in 0..rounds {
                let (w, x) = std::hint::black_box((&w, &x));
                let one: i32 = w.iter().zip(x).map(|(&w, &x)| i32::from(w) * i32::from(x)).sum();
                sum[0] = sum[0].wrapping_add(one);
            }
        }
        // SAFETY: this processor knows the way (`Way::best`).
        #[cfg(target_arch = "x86_64")]
        Way::Avx2 => unsafe { x86::avx2(rounds, sum) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Way::Avx512 => unsafe { x86::avx512(rounds, sum) },
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;
    use std::hint::black_box;

    #[target_feature(enable = "avx2")]
    pub fn xor(memory: &[u64]) -> u64 {
        let (wide, rest) = memory.as_chunks::<16>();
        let mut sums = [_mm256_setzero_si256(); 4];
        for part in wide {
            for (k, sum) in sums.iter_mut().enumerate() {
                // SAFETY: four numbers from the 4 k-th of sixteen on.
                let four = unsafe { _mm256_loadu_si256(part.as_ptr().add(4 * k).cast()) };
                *sum = _mm256_xor_si256(*sum, four);
            }
        }
        let [a, b, c, d] = sums;
        let all = _mm256_xor_si256(_mm256_xor_si256(a, b), _mm256_xor_si256(c, d));
        let mut four = [0u64; 4];
        // SAFETY: there is room for four.
        unsafe { _mm256_storeu_si256(four.as_mut_ptr().cast(), all) };
        four.iter().chain(rest).fold(0, |a, b| a ^ b)
    }

    #[target_feature(enable = "avx2")]
    pub fn avx2(rounds: usize, out: &mut [i32; 1]) {
        let (w, x) = (_mm256_set1_epi8(black_box(3)), _mm256_set1_epi8(black_box(5)));
        let mut sums = [_mm256_setzero_si256(); 16];
        for _ in 0..rounds {
            // What goes in is hidden, or nothing would be left to do.
            let w = black_box(w);
            for sum in &mut sums {
                *sum = _mm256_add_epi16(*sum, _mm256_maddubs_epi16(w, x));
            }
        }
        let all = sums.into_iter().fold(w, |a, b| _mm256_xor_si256(a, b));
        out[0] = _mm256_extract_epi32(all, 0);
    }

    #[target_feature(enable = "avx2,avx512f,avx512vnni")]
    pub fn avx512(rounds: usize, out: &mut [i32; 1]) {
        let (w, x) = (_mm512_set1_epi8(black_box(3)), _mm512_set1_epi8(black_box(5)));
        let mut sums = [_mm512_setzero_si512(); 8];
        for _ in 0..rounds {
            let w = black_box(w);
            for sum in &mut sums {
                *sum = _mm512_dpbusd_epi32(*sum, w, x);
            }
        }
        let all = sums.into_iter().fold(w, |a, b| _mm512_xor_si512(a, b));
        out[0] = _mm512_cvtsi512_si32(all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_counts_the_same_products() {
        // The sums are xored and hidden; that each way runs and gives a rate is what can be held.
        for &way in Way::ALL.iter().filter(|w| w.is_here()) {
            let mut sum = [0];
            products(way, 3, &mut sum);
        }
        assert!(product_rate(1) > 1e6 && memory_rate(1) > 1e6);
    }

    #[test]
    fn what_is_read_is_all_of_it() {
        let memory: Vec<u64> = (0..323).collect();
        let expected = memory.iter().fold(0, |a, b| a ^ b);
        for &way in Way::ALL.iter().filter(|w| w.is_here()) {
            assert_eq!(xor(way, &memory), expected);
        }
    }
}
