//! Sums of a group with a few rows of activations: words are unpacked in registers, once for all rows. What is summed
//! in which order says `dot`.

#![allow(
    clippy::needless_range_loop,
    reason = "closures of iterators are not compiled for the function's processor"
)]

use super::lay::{Layout, ROWS};
use super::wide::{Avx2, Avx512, Wide};
use super::{Few, Sums};
use crate::gguf::TensorType;

/// # Safety
/// As [`super::sums`].
#[target_feature(enable = "avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512vnni")]
pub(super) unsafe fn avx512<const R: usize>(kind: TensorType, group: &[u8], x: Few<'_>, out: Sums) {
    // SAFETY: this function is compiled for it; the caller's promise.
    unsafe { of_kind::<Avx512, R>(kind, group, x, out) }
}

/// # Safety
/// As [`super::sums`].
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn avx2<const R: usize>(kind: TensorType, group: &[u8], x: Few<'_>, out: Sums) {
    // SAFETY: this function is compiled for it; the caller's promise.
    unsafe { of_kind::<Avx2, R>(kind, group, x, out) }
}

/// # Safety
/// The processor knows `W`.
#[inline(always)]
unsafe fn of_kind<W: Wide, const R: usize>(kind: TensorType, group: &[u8], x: Few<'_>, out: Sums) {
    let Some(layout) = Layout::of(kind) else { return };
    // SAFETY: the caller's promise.
    unsafe {
        match kind {
            TensorType::Q4_K => large_blocks::<W, Q4OrQ5K<false>, R>(layout, group, x, out),
            TensorType::Q5_K => large_blocks::<W, Q4OrQ5K<true>, R>(layout, group, x, out),
            TensorType::Q6_K => large_blocks::<W, Q6K, R>(layout, group, x, out),
            TensorType::Q8_0 => small_blocks::<W, Q8, R>(layout, group, x, out),
            TensorType::Q4_0 => small_blocks::<W, Q4, R>(layout, group, x, out),
            _ => {}
        }
    }
}

/// A type with blocks of 256 weights. (Types and not closures: these are inlined into functions that are compiled for
/// a processor, and closures would not be.)
trait LargeType {
    /// Whether minima are taken away.
    const MINIMA: bool;
    /// The scales of products and of minima of a block, whose words and halves these are.
    ///
    /// # Safety
    /// The processor knows `W`; all that belongs to a block is behind the pointers.
    unsafe fn scales<W: Wide>(words: *const u8, halves: *const u8) -> [W::Float; 2];
    /// The whole sums of a block's products with 256 numbers of each row of `x`, and those of the minima with the `sums`
    /// of its 16 groups.
    ///
    /// # Safety
    /// As [`LargeType::scales`].
    unsafe fn meet<W: Wide, const R: usize>(
        words: *const u8,
        x: *const i8,
        sums: *const i16,
    ) -> [[W::Int; R]; 2];
}

/// A type with blocks of 32 weights.
trait SmallType {
    /// The whole sums of a block's products with 32 numbers of each row of `x`, whose own sums are `whole`.
    ///
    /// # Safety
    /// As [`LargeType::scales`].
    unsafe fn meet<W: Wide, const R: usize>(words: *const u8, x: *const i8, whole: [i32; R]) -> [W::Int; R];
}

/// # Safety
/// The processor knows `W`.
#[inline(always)]
unsafe fn large_blocks<W: Wide, T: LargeType, const R: usize>(
    layout: &Layout,
    group: &[u8],
    x: Few<'_>,
    out: Sums,
) {
    let (blocks, side) = (x.columns / 256, side::<R>());
    assert!(group.len() >= layout.group(blocks));
    assert!(x.q.len() >= side * x.columns && x.sum.len() >= side * (x.columns / 16));
    assert!(x.scale.len() >= side * blocks);
    // Outputs from here on are in the vectors.
    for output in (0..ROWS).step_by(W::WIDTH) {
        // SAFETY: the caller's promise; all reads are inside the slices, as asserted.
        unsafe {
            let (mut products, mut minima) = ([W::splat(0.0); R], [W::splat(0.0); R]);
            for b in 0..blocks {
                let at = layout.at(b, blocks);
                let words = group.as_ptr().add(at.words + 4 * output);
                let halves = group.as_ptr().add(at.halves + 2 * output);
                let q = x.q.as_ptr().add(b * 256 * side);
                let sums = x.sum.as_ptr().add(b * 16 * side);
                let [whole, taken] = T::meet::<W, R>(words, q, sums);
                let [scale, min_scale] = T::scales::<W>(words, halves);
                for r in 0..R {
                    let of_x = W::splat(*x.scale.as_ptr().add(b * side + r));
                    products[r] = W::fma(W::mul(scale, of_x), W::float(whole[r]), products[r]);
                    if T::MINIMA {
                        minima[r] = W::fma(W::mul(min_scale, of_x), W::float(taken[r]), minima[r]);
                    }
                }
            }
            for r in 0..R {
                W::store(W::minus(products[r], minima[r]), out.first.add(r * out.stride + output));
            }
        }
    }
}

/// # Safety
/// The processor knows `W`.
#[inline(always)]
unsafe fn small_blocks<W: Wide, T: SmallType, const R: usize>(
    layout: &Layout,
    group: &[u8],
    x: Few<'_>,
    out: Sums,
) {
    let (blocks, side) = (x.columns / 32, side::<R>());
    assert!(group.len() >= layout.group(blocks));
    assert!(x.q.len() >= side * x.columns);
    assert!(x.scale.len() >= side * blocks && x.whole.len() >= side * blocks);
    for output in (0..ROWS).step_by(W::WIDTH) {
        // SAFETY: the caller's promise; all reads are inside the slices, as asserted.
        unsafe {
            // A sum of every fourth block.
            let mut sums = [[W::splat(0.0); 4]; R];
            for from in (0..blocks).step_by(4) {
                for i in 0..4 {
                    let b = from + i;
                    if b == blocks {
                        break;
                    }
                    let q = x.q.as_ptr().add(b * 32 * side);
                    let mut whole = [0; R];
                    for r in 0..R {
                        whole[r] = *x.whole.as_ptr().add(b * side + r);
                    }
                    let at = layout.at(b, blocks);
                    let words = group.as_ptr().add(at.words + 4 * output);
                    let met = T::meet::<W, R>(words, q, whole);
                    let scale = W::load_halves(group.as_ptr().add(at.halves + 2 * output));
                    for r in 0..R {
                        let of_x = W::splat(*x.scale.as_ptr().add(b * side + r));
                        sums[r][i] = W::fma(W::mul(scale, of_x), W::float(met[r]), sums[r][i]);
                    }
                }
            }
            for r in 0..R {
                let [a, b, c, d] = sums[r];
                W::store(W::add(W::add(a, b), W::add(c, d)), out.first.add(r * out.stride + output));
            }
        }
    }
}

/// What stands before the weights in Q4_K and Q5_K: two 16-bit scales, then a scale and a minimum of 6 bits for each of
/// eight sub-blocks.
struct Head<I> {
    /// Bytes: scales of the first four sub-blocks and of the last.
    scales: [I; 2],
    /// The same of minima.
    mins: [I; 2],
}

impl<I: Copy> Head<I> {
    /// # Safety
    /// As [`LargeType::scales`].
    #[inline(always)]
    unsafe fn read<W: Wide<Int = I>>(words: *const u8) -> Self {
        // SAFETY: the caller's promise.
        unsafe {
            let (a, b, c) = (word::<W>(words, 1), word::<W>(words, 2), word::<W>(words, 3));
            let (six, four, two) = (W::bytes(0x3f), W::bytes(15), W::bytes(0x30));
            let more = W::or(W::and(c, four), W::and(W::right(a, 2), two));
            let more_mins = W::or(W::and(W::right(c, 4), four), W::and(W::right(b, 2), two));
            Self { scales: [W::and(a, six), more], mins: [W::and(b, six), more_mins] }
        }
    }

    /// # Safety
    /// As [`LargeType::meet`].
    #[inline(always)]
    unsafe fn taken<W: Wide<Int = I>, const R: usize>(&self, sums: *const i16) -> [I; R] {
        // SAFETY: the caller's promise.
        unsafe {
            let mut taken = [W::zero(); R];
            for sub in 0..8 {
                let min = W::twice(self.mins[sub / 4], sub % 4);
                for r in 0..R {
                    taken[r] = W::add_two(taken[r], min, sums.add(groups::<R>(sub, r)));
                }
            }
            taken
        }
    }
}

/// How many rows of activations there is room for.
#[inline(always)]
const fn side<const R: usize>() -> usize {
    R.next_power_of_two()
}

/// Where numbers `k` to `k + 3` of row `r` are, `k` a multiple of four.
#[inline(always)]
const fn numbers<const R: usize>(k: usize, r: usize) -> usize {
    k * side::<R>() + 4 * r
}

/// Where the sums of two groups of row `r` are.
#[inline(always)]
const fn groups<const R: usize>(pair: usize, r: usize) -> usize {
    (pair * side::<R>() + r) * 2
}

/// Word `i` of a block.
///
/// # Safety
/// As [`LargeType::scales`].
#[inline(always)]
unsafe fn word<W: Wide>(words: *const u8, i: usize) -> W::Int {
    // SAFETY: the caller's promise.
    unsafe { W::load(words.add(i * 4 * ROWS)) }
}

/// Q4_K, and with a fifth bit for each weight Q5_K.
struct Q4OrQ5K<const FIFTH: bool>;

impl<const FIFTH: bool> Q4OrQ5K<FIFTH> {
    /// Adds the products of sub-blocks `2 · pair` and the next, which share bytes: one has the low bits, one the high ones.
    ///
    /// # Safety
    /// As [`LargeType::meet`].
    #[inline(always)]
    unsafe fn add_pair<W: Wide, const R: usize>(
        pair: usize,
        head: &Head<W::Int>,
        words: *const u8,
        x: *const i8,
        total: &mut [W::Int; R],
    ) {
        // SAFETY: the caller's promise.
        unsafe {
            let (four, fifth) = (W::bytes(15), W::bytes(16));
            let (first, at_once) = if FIFTH { (12, W::SUMS[1]) } else { (4, W::SUMS[0]) };
            let scales = head.scales[pair / 2];
            let (of_low, of_high) = (W::scale(scales, pair % 2 * 2), W::scale(scales, pair % 2 * 2 + 1));
            for from in (0..8).step_by(at_once) {
                let (mut low, mut high) = ([W::zero(); R], [W::zero(); R]);
                for k in from..from + at_once {
                    let bits = word::<W>(words, first + 8 * pair + k);
                    let (mut l, mut h) = (W::and(bits, four), W::and(W::right(bits, 4), four));
                    if FIFTH {
                        // The same eight words have those of all pairs: bits 2 · pair and 2 · pair + 1.
                        let more = W::right(word::<W>(words, 4 + k), 2 * pair as i32);
                        l = W::or(l, W::and(W::left(more, 4), fifth));
                        h = W::or(h, W::and(W::left(more, 3), fifth));
                    }
                    for r in 0..R {
                        low[r] = W::add_four(low[r], l, x.add(numbers::<R>(64 * pair + 4 * k, r)));
                        high[r] = W::add_four(high[r], h, x.add(numbers::<R>(64 * pair + 32 + 4 * k, r)));
                    }
                }
                for r in 0..R {
                    total[r] = W::add_scaled(total[r], low[r], of_low);
                    total[r] = W::add_scaled(total[r], high[r], of_high);
                }
            }
        }
    }
}

impl<const FIFTH: bool> LargeType for Q4OrQ5K<FIFTH> {
    const MINIMA: bool = true;

    #[inline(always)]
    unsafe fn scales<W: Wide>(words: *const u8, _: *const u8) -> [W::Float; 2] {
        // SAFETY: the caller's promise.
        unsafe { W::halves(word::<W>(words, 0)) }
    }

    #[inline(always)]
    unsafe fn meet<W: Wide, const R: usize>(
        words: *const u8,
        x: *const i8,
        sums: *const i16,
    ) -> [[W::Int; R]; 2] {
        // SAFETY: the caller's promise.
        unsafe {
            let head = Head::read::<W>(words);
            let mut total = [W::zero(); R];
            // As a loop: written out, words are read in an order that memory serves at half the speed.
            for pair in 0..4 {
                Self::add_pair::<W, R>(pair, &head, words, x, &mut total);
            }
            [total, head.taken::<W, R>(sums)]
        }
    }
}

struct Q6K;
impl LargeType for Q6K {
    const MINIMA: bool = false;

    #[inline(always)]
    unsafe fn scales<W: Wide>(_: *const u8, halves: *const u8) -> [W::Float; 2] {
        // SAFETY: the caller's promise.
        unsafe { [W::load_halves(halves); 2] }
    }

    #[inline(always)]
    unsafe fn meet<W: Wide, const R: usize>(
        words: *const u8,
        x: *const i8,
        sums: *const i16,
    ) -> [[W::Int; R]; 2] {
        // SAFETY: the caller's promise.
        unsafe {
            let (four, two) = (W::bytes(15), W::bytes(0x30));
            let (mut total, mut taken) = ([W::zero(); R], [W::zero(); R]);
            // 128 weights: four times 32, of which two and two share bytes, and all four share those of the high bits.
            // A scale is for 16. (The words' order is that of `lay::Q6_K_ORDER`.)
            for part in 0..8 {
                let (half, side, quarter) = (part / 4, part / 2 % 2, part % 2);
                let (low_scales, high_scales) = (word::<W>(words, 2 * half), word::<W>(words, 1 + 2 * half));
                let at = 2 * quarter + side;
                let (of_low, of_high) = (W::signed_scale(low_scales, at), W::signed_scale(high_scales, at));
                let first = 128 * half + 32 * quarter + 16 * side;
                let here = 4 + 24 * half + 12 * side;
                let steps = if W::SUMS[2] < 4 { W::SUMS[2] } else { 4 };
                for from in (0..4).step_by(steps) {
                    let (mut low, mut high) = ([W::zero(); R], [W::zero(); R]);
                    for k in from..from + steps {
                        let bits = word::<W>(words, here + 4 + 4 * quarter + k);
                        let more = word::<W>(words, here + k);
                        let (l, h) = match quarter {
                            0 => (W::left(more, 4), more),
                            _ => (W::left(more, 2), W::right(more, 2)),
                        };
                        let l = W::or(W::and(bits, four), W::and(l, two));
                        let h = W::or(W::and(W::right(bits, 4), four), W::and(h, two));
                        for r in 0..R {
                            low[r] = W::add_four(low[r], l, x.add(numbers::<R>(first + 4 * k, r)));
                            high[r] = W::add_four(high[r], h, x.add(numbers::<R>(first + 64 + 4 * k, r)));
                        }
                    }
                    for r in 0..R {
                        total[r] = W::add_scaled(total[r], low[r], of_low);
                        total[r] = W::add_scaled(total[r], high[r], of_high);
                    }
                }
            }
            // The weights stand for what is 32 less.
            for pair in 0..8 {
                let scales = W::signed_pair(word::<W>(words, pair / 2), pair % 2 * 2);
                for r in 0..R {
                    taken[r] = W::add_two(taken[r], scales, sums.add(groups::<R>(pair, r)));
                }
            }
            for r in 0..R {
                total[r] = W::sub(total[r], W::times_32(taken[r]));
            }
            [total, taken]
        }
    }
}

struct Q8;
impl SmallType for Q8 {
    #[inline(always)]
    unsafe fn meet<W: Wide, const R: usize>(words: *const u8, x: *const i8, whole: [i32; R]) -> [W::Int; R] {
        // SAFETY: the caller's promise.
        unsafe {
            let mut sums = [W::zero(); R];
            for r in 0..R {
                sums[r] = W::signed_start(whole[r]);
            }
            for k in 0..8 {
                let w = W::for_signed(word::<W>(words, k));
                for r in 0..R {
                    sums[r] = W::add_four_signed(sums[r], w, x.add(numbers::<R>(4 * k, r)));
                }
            }
            sums
        }
    }
}

struct Q4;
impl SmallType for Q4 {
    #[inline(always)]
    unsafe fn meet<W: Wide, const R: usize>(words: *const u8, x: *const i8, whole: [i32; R]) -> [W::Int; R] {
        // SAFETY: the caller's promise.
        unsafe {
            let four = W::bytes(15);
            let mut sums = [W::zero(); R];
            for k in 0..4 {
                let bits = word::<W>(words, k);
                let (l, h) = (W::and(bits, four), W::and(W::right(bits, 4), four));
                for r in 0..R {
                    sums[r] = W::add_four(sums[r], l, x.add(numbers::<R>(4 * k, r)));
                    sums[r] = W::add_four(sums[r], h, x.add(numbers::<R>(16 + 4 * k, r)));
                }
            }
            for r in 0..R {
                // The weights stand for what is 8 less.
                sums[r] = W::sub(W::whole(sums[r]), W::same(8 * whole[r]));
            }
            sums
        }
    }
}
