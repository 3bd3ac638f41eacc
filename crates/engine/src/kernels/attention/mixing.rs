//! Adding values, weighed by scores, to the lines of a task.

#![allow(
    clippy::needless_range_loop,
    reason = "closures of iterators are not compiled for the function's processor"
)]

use std::array::from_fn;
use std::ops::Range;

use half::f16;

use super::super::key_values::{Number, Sizes, Tiles};
use super::super::lanes::{LANES, Lanes};
use super::here::BLOCK;
use crate::kv_type::SCALED_TOGETHER;

/// What is fetched from memory while something else is computed: what lies `further` on, in the places `of`. (A head's
/// tiles are apart, so the processor does not foresee them.)
pub(super) struct Ahead {
    pub further: usize,
    pub of: Range<usize>,
}

impl Ahead {
    /// Some of all lines fetch their part of `places`: all at once would have the first lines wait for memory, and the others
    /// leave it idle.
    #[inline(always)]
    pub fn new(further: usize, places: usize, some: Range<usize>, all: usize) -> Self {
        Self { further, of: places * some.start / all..places * some.end / all }
    }
}

/// Scales of the values of some positions of a block.
pub(super) struct ScalesOf<'a> {
    pub scales: &'a [f16],
    pub sizes: Sizes,
    pub tiles: &'a Tiles,
    pub kv_head: usize,
    pub kv_heads: usize,
    pub positions: &'a Range<usize>,
    pub block: usize,
}

impl ScalesOf<'_> {
    /// Those of `T` sixteens of numbers from `c` on, by the positions of the block.
    #[inline(always)]
    fn spread<L: Lanes, const T: usize>(&self, c: usize) -> [[f32; BLOCK]; T] {
        let of_head = self.sizes.value_scales / self.kv_heads;
        let mut out = [[0.0; BLOCK]; T];
        for t in self.positions.start / LANES..self.positions.end.div_ceil(LANES) {
            let at = (t - self.tiles.first) * self.sizes.value_scales + self.kv_head * of_head;
            for k in 0..T {
                let from = at + (c + k * LANES) / SCALED_TOGETHER * LANES;
                let to = t * LANES - self.block;
                // SAFETY: both slices are sixteen numbers.
                unsafe {
                    L::load_half(self.scales[from..from + LANES].as_ptr())
                        .store(out[k][to..to + LANES].as_mut_ptr());
                }
            }
        }
        out
    }
}

/// Adds numbers `c`, `c + 1` … of rows of values to `N` lines, each row with its weight for each line, `first` and on. The
/// sums stand `to` and so much further for each line.
///
/// # Safety
/// The values have so many numbers, a line a weight for each value, and room for the sums.
#[inline(always)]
pub(super) unsafe fn add_weighed<L: Lanes, K: Number, const N: usize, const T: usize>(
    (values, of_values): (&[*const K], &ScalesOf<'_>),
    c: usize,
    weights: &[[f32; BLOCK]],
    first: usize,
    (to, stride): (*mut f32, usize),
    ahead: &Ahead,
) {
    let weights: [&[f32]; N] = from_fn(|n| &weights[n][first..first + values.len()]);
    let scales = if K::SCALED { of_values.spread::<L, T>(c) } else { [[0.0; BLOCK]; T] };
    // SAFETY: the caller's promise.
    unsafe {
        let mut sums = [[L::splat(0.0); T]; N];
        for n in 0..N {
            for k in 0..T {
                sums[n][k] = L::load(to.add(n * stride + k * LANES));
            }
        }
        for (p, value) in values.iter().enumerate() {
            let mut row = [L::splat(0.0); T];
            if ahead.of.contains(&p) {
                for k in (0..T).step_by(K::IN_A_LINE) {
                    L::fetch(value.wrapping_add(ahead.further + c + k * LANES));
                }
            }
            for k in 0..T {
                row[k] = K::load::<L>(value.add(c + k * LANES));
                if K::SCALED {
                    row[k] = row[k].mul(L::splat(scales[k][first + p]));
                }
            }
            for n in 0..N {
                let weight = L::splat(*weights[n].get_unchecked(p));
                for k in 0..T {
                    sums[n][k] = weight.fma(row[k], sums[n][k]);
                }
            }
        }
        for n in 0..N {
            for k in 0..T {
                sums[n][k].store(to.add(n * stride + k * LANES));
            }
        }
    }
}
