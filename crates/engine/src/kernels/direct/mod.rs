//! Sums of four rows of weights of the common types with a few rows of activations: weights are unpacked in registers,
//! so that they go from memory once and nowhere else, and four rows' sums leave the registers side by side. What is
//! summed in which order says `dot`.

#![allow(
    clippy::needless_range_loop,
    reason = "closures of iterators are not compiled for the function's processor"
)]

mod avx2;
mod avx512;
mod places;

use std::arch::x86_64::*;

use super::activation::{Large, Small};
use super::dot::SmallSum;
use super::way::Way;
use crate::gguf::TensorType;

/// Rows of weights that are met together.
pub(super) const WEIGHTS: usize = 4;

/// Sums of four rows of weights with each of `R` rows of activations.
pub(super) type Sums<const R: usize> = [[f32; WEIGHTS]; R];

/// Whether a type has a way of its own here.
pub(super) fn has(kind: TensorType) -> bool {
    use TensorType::{Q4_0, Q4_K, Q5_K, Q6_K, Q8_0};
    matches!(kind, Q4_0 | Q8_0 | Q4_K | Q5_K | Q6_K)
}

/// The sums with the rows `first`, `first + 1` … of `x` for rows of weights as the file has them; 0 for types of which
/// [`has`] says no.
///
/// # Safety
/// The processor knows `way`, which is not `Scalar`.
#[inline]
pub(super) unsafe fn large<const R: usize>(
    way: Way,
    kind: TensorType,
    w: [&[u8]; WEIGHTS],
    x: &Large,
    first: usize,
) -> Sums<R> {
    // SAFETY: the caller's promise.
    unsafe {
        match way {
            Way::Avx512 => avx512::large(kind, w, x, first),
            _ => avx2::large(kind, w, x, first),
        }
    }
}

/// As [`large`], for types with blocks of 32.
///
/// # Safety
/// As [`large`].
#[inline]
pub(super) unsafe fn small<const R: usize>(
    way: Way,
    kind: TensorType,
    w: [&[u8]; WEIGHTS],
    x: &Small,
    first: usize,
) -> Sums<R> {
    // SAFETY: the caller's promise.
    unsafe {
        match way {
            Way::Avx512 => avx512::small(kind, w, x, first),
            _ => avx2::small(kind, w, x, first),
        }
    }
}

/// A type with blocks of 256 weights in `SIZE` bytes. (Types and not closures: these are inlined into functions that
/// are compiled for a processor, and closures would not be.)
trait LargeType<const SIZE: usize> {
    /// Whether minima are taken away.
    const MINIMA: bool;
    /// A block of each of four rows of weights with each of `x` `[256]` and the sums of its groups `[16]`.
    ///
    /// # Safety
    /// The type's processor; all bytes and numbers are behind the pointers.
    unsafe fn meet<const R: usize>(
        w: [*const u8; WEIGHTS],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> Met<R>;
}

/// Four rows of weights, side by side, met with rows of activations.
struct Met<const R: usize> {
    /// The weights' scale.
    scale: __m128,
    /// That of the minima.
    min_scale: __m128,
    /// Whole sums of products.
    whole: [__m128i; R],
    /// Whole sums of minima.
    taken: [__m128i; R],
}

/// A type with blocks of 32 weights in `SIZE` bytes that begin with a 16-bit scale.
trait SmallType<const SIZE: usize> {
    /// What weights are taken for too much in [`SmallType::sums`].
    const ZERO: i32;
    /// For each of `x` `[32]`, numbers whose sum is the whole sum of products.
    ///
    /// # Safety
    /// The type's processor; the numbers are behind the pointers.
    unsafe fn sums<const R: usize>(b: &[u8; SIZE], x: [*const i8; R]) -> [__m256i; R];
}

/// # Safety
/// AVX2, FMA and F16C, and what `T` needs.
#[inline(always)]
unsafe fn large_blocks<T: LargeType<SIZE>, const SIZE: usize, const R: usize>(
    w: [&[u8]; WEIGHTS],
    x: &Large,
    first: usize,
) -> Sums<R> {
    let columns = x.columns;
    let blocks = columns / 256;
    assert!(w[0].len().min(w[1].len()).min(w[2].len()).min(w[3].len()) >= blocks * SIZE);
    assert!(x.q.len() >= (first + R) * columns && x.sum.len() >= (first + R) * (columns / 16));
    assert!(x.scale.len() >= (first + R) * blocks);
    let mut out = [[0.0; WEIGHTS]; R];
    // SAFETY: the caller's promise; all reads are inside the slices, as asserted.
    unsafe {
        let (mut products, mut minima) = ([_mm_setzero_ps(); R], [_mm_setzero_ps(); R]);
        for b in 0..blocks {
            let (mut q, mut groups) = ([std::ptr::null(); R], [std::ptr::null(); R]);
            for r in 0..R {
                q[r] = x.q.as_ptr().add((first + r) * columns + b * 256);
                groups[r] = x.sum.as_ptr().add((first + r) * (columns / 16) + b * 16);
            }
            let mut block = [w[0].as_ptr(); WEIGHTS];
            for k in 0..WEIGHTS {
                block[k] = w[k].as_ptr().add(b * SIZE);
            }
            let met = T::meet::<R>(block, q, groups);
            // Four rows at once are more than the processor foresees: what the next four need is fetched while these
            // are multiplied.
            let next = w[0].as_ptr().wrapping_add(WEIGHTS * (blocks + b) * SIZE);
            for line in 0..(WEIGHTS * SIZE).div_ceil(64) {
                _mm_prefetch::<_MM_HINT_T0>(next.wrapping_add(64 * line).cast());
            }
            for r in 0..R {
                let of_x = _mm_set1_ps(*x.scale.as_ptr().add((first + r) * blocks + b));
                let whole = _mm_cvtepi32_ps(met.whole[r]);
                products[r] = _mm_fmadd_ps(_mm_mul_ps(met.scale, of_x), whole, products[r]);
                if T::MINIMA {
                    let taken = _mm_cvtepi32_ps(met.taken[r]);
                    minima[r] = _mm_fmadd_ps(_mm_mul_ps(met.min_scale, of_x), taken, minima[r]);
                }
            }
        }
        for r in 0..R {
            _mm_storeu_ps(out[r].as_mut_ptr(), _mm_sub_ps(products[r], minima[r]));
        }
    }
    out
}

/// # Safety
/// As [`large_blocks`].
#[inline(always)]
unsafe fn small_blocks<T: SmallType<SIZE>, const SIZE: usize, const R: usize>(
    w: [&[u8]; WEIGHTS],
    x: &Small,
    first: usize,
) -> Sums<R> {
    let columns = x.columns;
    let blocks = columns / 32;
    assert!(w[0].len().min(w[1].len()).min(w[2].len()).min(w[3].len()) >= blocks * SIZE);
    assert!(x.q.len() >= (first + R) * columns);
    assert!(x.scale.len() >= (first + R) * blocks && x.whole.len() >= (first + R) * blocks);
    let mut out = [[0.0; WEIGHTS]; R];
    for k in 0..WEIGHTS {
        // Four blocks at a time; those that are left over, one by one.
        let fours = blocks / 4 * 4;
        let mut wide = [[0.0; 4]; R];
        // SAFETY: the caller's promise; all reads are inside the slices, as asserted.
        unsafe {
            let mut sums = [_mm_setzero_ps(); R];
            for b in (0..fours).step_by(4) {
                let first_block = w[k].as_ptr().add(b * SIZE);
                let four = [0, 1, 2, 3];
                let mut block = [first_block; 4];
                let mut whole = [[_mm256_setzero_si256(); 4]; R];
                for i in four {
                    block[i] = first_block.add(i * SIZE);
                    let mut q = [std::ptr::null(); R];
                    for r in 0..R {
                        q[r] = x.q.as_ptr().add((first + r) * columns + (b + i) * 32);
                    }
                    let sums = T::sums::<R>(&*block[i].cast(), q);
                    for r in 0..R {
                        whole[r][i] = sums[r];
                    }
                }
                let scale = halves(block, 0);
                for r in 0..R {
                    let at = (first + r) * blocks + b;
                    let mut sum = four_sums(whole[r]);
                    if T::ZERO != 0 {
                        let of_x = _mm_loadu_si128(x.whole.as_ptr().add(at).cast());
                        sum = _mm_sub_epi32(sum, _mm_mullo_epi32(of_x, _mm_set1_epi32(T::ZERO)));
                    }
                    let scale = _mm_mul_ps(scale, _mm_loadu_ps(x.scale.as_ptr().add(at)));
                    sums[r] = _mm_fmadd_ps(scale, _mm_cvtepi32_ps(sum), sums[r]);
                }
            }
            for r in 0..R {
                _mm_storeu_ps(wide[r].as_mut_ptr(), sums[r]);
            }
        }
        for r in 0..R {
            let mut sum = SmallSum::of_products(wide[r]);
            for b in fours..blocks {
                let at = (first + r) * blocks + b;
                // SAFETY: as above.
                let (scale, whole) = unsafe {
                    let block = w[k].as_ptr().add(b * SIZE);
                    let [v] =
                        T::sums::<1>(&*block.cast(), [x.q.as_ptr().add((first + r) * columns + b * 32)]);
                    let whole = _mm_cvtsi128_si32(four_sums([v; 4]));
                    (_mm_cvtss_f32(halves([block; 4], 0)), whole - T::ZERO * x.whole[at])
                };
                sum.add(b, scale * x.scale[at], whole);
            }
            out[r][k] = sum.total();
        }
    }
    out
}

/// The sums of the numbers of four vectors.
///
/// # Safety
/// AVX2.
#[inline(always)]
unsafe fn four_sums([a, b, c, d]: [__m256i; 4]) -> __m128i {
    // SAFETY: AVX2 is the caller's promise.
    unsafe {
        let v = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
        _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1))
    }
}

/// The 16-bit numbers at `at` in four blocks.
///
/// # Safety
/// F16C; two bytes are there in each.
#[inline(always)]
unsafe fn halves(blocks: [*const u8; 4], at: usize) -> __m128 {
    // SAFETY: the caller's promise.
    unsafe {
        let mut bits = 0;
        for k in 0..4 {
            bits |= u64::from(blocks[k].add(at).cast::<u16>().read_unaligned()) << (16 * k);
        }
        _mm_cvtph_ps(_mm_cvtsi64_si128(bits as i64))
    }
}

/// # Safety
/// AVX2; 32 bytes are there.
#[inline(always)]
unsafe fn load(p: *const u8) -> __m256i {
    // SAFETY: the caller's promise.
    unsafe { _mm256_loadu_si256(p.cast()) }
}
