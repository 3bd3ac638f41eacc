//! The types as AVX2 unpacks and multiplies them: 32 weights an instruction.

use std::arch::x86_64::*;

use super::{LargeType, Met, SmallType, Sums, WEIGHTS, four_sums, halves, large_blocks, load, small_blocks};
use crate::gguf::TensorType;
use crate::kernels::activation::{Large, Small};

/// See [`super::large`].
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) fn large<const R: usize>(
    kind: TensorType,
    w: [&[u8]; WEIGHTS],
    x: &Large,
    first: usize,
) -> Sums<R> {
    // SAFETY: this function is compiled for what the types need.
    unsafe {
        match kind {
            TensorType::Q4_K => large_blocks::<ByRow<Q4K>, 144, R>(w, x, first),
            TensorType::Q5_K => large_blocks::<ByRow<Q5K>, 176, R>(w, x, first),
            TensorType::Q6_K => large_blocks::<ByRow<Q6K>, 210, R>(w, x, first),
            _ => [[0.0; WEIGHTS]; R],
        }
    }
}

/// See [`super::small`].
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) fn small<const R: usize>(
    kind: TensorType,
    w: [&[u8]; WEIGHTS],
    x: &Small,
    first: usize,
) -> Sums<R> {
    // SAFETY: this function is compiled for what the types need.
    unsafe {
        match kind {
            TensorType::Q8_0 => small_blocks::<Q8, 34, R>(w, x, first),
            TensorType::Q4_0 => small_blocks::<Q4, 18, R>(w, x, first),
            _ => [[0.0; WEIGHTS]; R],
        }
    }
}

/// A type of which one row of weights is met after the other.
trait RowType<const SIZE: usize> {
    /// Where the 16-bit scale lies in a block.
    const SCALE: usize;
    /// Where that of the minima lies; none where the type has none.
    const MINIMUM: Option<usize>;
    /// For each of `x` `[256]` with the sums of its groups `[16]`: numbers whose sum is the whole sum, and numbers whose
    /// sum is that of the minima.
    ///
    /// # Safety
    /// AVX2; the numbers are behind the pointers.
    unsafe fn sums<const R: usize>(
        b: &[u8; SIZE],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> [(__m256i, __m128i); R];
}

struct ByRow<T>(std::marker::PhantomData<T>);

impl<T: RowType<SIZE>, const SIZE: usize> LargeType<SIZE> for ByRow<T> {
    const MINIMA: bool = T::MINIMUM.is_some();

    #[inline(always)]
    unsafe fn meet<const R: usize>(
        w: [*const u8; WEIGHTS],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> Met<R> {
        // SAFETY: the caller's promise.
        unsafe {
            let mut whole = [[_mm256_setzero_si256(); WEIGHTS]; R];
            let mut taken = [[_mm_setzero_si128(); WEIGHTS]; R];
            for k in 0..WEIGHTS {
                let sums = T::sums::<R>(&*w[k].cast(), x, groups);
                for r in 0..R {
                    (whole[r][k], taken[r][k]) = sums[r];
                }
            }
            let scale = halves(w, T::SCALE);
            let min_scale = T::MINIMUM.map_or(scale, |at| halves(w, at));
            let mut met =
                Met { scale, min_scale, whole: [_mm_setzero_si128(); R], taken: [_mm_setzero_si128(); R] };
            for r in 0..R {
                met.whole[r] = four_sums(whole[r]);
                if T::MINIMUM.is_some() {
                    let [a, b, c, d] = taken[r];
                    met.taken[r] = _mm_hadd_epi32(_mm_hadd_epi32(a, b), _mm_hadd_epi32(c, d));
                }
            }
            met
        }
    }
}

/// Scale and minimum, 6 bits each, of the eight sub-blocks of Q4_K and Q5_K, a byte each.
#[inline(always)]
fn six_bits(s: &[u8; 12]) -> (u64, u64) {
    let word = |i: usize| u32::from_le_bytes([s[i], s[i + 1], s[i + 2], s[i + 3]]);
    let (a, b, c) = (word(0), word(4), word(8));
    let (six, four, two) = (0x3f3f_3f3f, 0x0f0f_0f0f, 0x0303_0303);
    let join = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
    let scales = join(a & six, (c & four) | (a >> 6 & two) << 4);
    let mins = join(b & six, (c >> 4 & four) | (b >> 6 & two) << 4);
    (scales, mins)
}

/// The scales of the sub-blocks of Q4_K and Q5_K as 8 × i16, and the sum of the minima with the sums of groups, to be had
/// by [`minima`].
///
/// # Safety
/// AVX2.
#[inline(always)]
unsafe fn sub_blocks(s: &[u8; 12]) -> (__m128i, __m256i) {
    // SAFETY: AVX2 is the caller's promise.
    unsafe {
        let (scales, mins) = six_bits(s);
        let mins = _mm_cvtsi64_si128(mins as i64);
        let scales = _mm_cvtepu8_epi16(_mm_cvtsi64_si128(scales as i64));
        // Each for its two groups of 16.
        (scales, _mm256_cvtepu8_epi16(_mm_unpacklo_epi8(mins, mins)))
    }
}

/// Numbers whose sum is that of `mins` with the sums of sixteen groups.
///
/// # Safety
/// AVX2; sixteen numbers are there.
#[inline(always)]
unsafe fn minima(mins: __m256i, groups: *const i16) -> __m128i {
    // SAFETY: the caller's promise.
    unsafe {
        let taken = _mm256_madd_epi16(mins, load(groups.cast()));
        _mm_add_epi32(_mm256_castsi256_si128(taken), _mm256_extracti128_si256(taken, 1))
    }
}

/// The `j`-th of eight 16-bit numbers, sixteen times.
///
/// # Safety
/// AVX2.
#[inline(always)]
unsafe fn nth(v: __m256i, j: usize) -> __m256i {
    // SAFETY: AVX2 is the caller's promise.
    unsafe { _mm256_shuffle_epi8(v, _mm256_set1_epi16((0x0100 + 0x0202 * j) as i16)) }
}

struct Q4K;
impl RowType<144> for Q4K {
    const SCALE: usize = 0;
    const MINIMUM: Option<usize> = Some(2);

    #[inline(always)]
    unsafe fn sums<const R: usize>(
        b: &[u8; 144],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> [(__m256i, __m128i); R] {
        // SAFETY: the caller's promise; the block has 128 bytes from 16 on.
        unsafe {
            let (scales, mins) = sub_blocks(b[4..].first_chunk().unwrap_or(&[0; 12]));
            let scales = _mm256_set_m128i(scales, scales);
            let four = _mm256_set1_epi8(15);
            let mut sums = [_mm256_setzero_si256(); R];
            for j in 0..4 {
                let bits = load(b.as_ptr().add(16 + 32 * j));
                let (low, high) =
                    (_mm256_and_si256(bits, four), _mm256_and_si256(_mm256_srli_epi16(bits, 4), four));
                let (s, t) = (nth(scales, 2 * j), nth(scales, 2 * j + 1));
                for r in 0..R {
                    let a = _mm256_maddubs_epi16(low, load(x[r].add(64 * j).cast()));
                    let c = _mm256_maddubs_epi16(high, load(x[r].add(64 * j + 32).cast()));
                    let both = _mm256_add_epi32(_mm256_madd_epi16(a, s), _mm256_madd_epi16(c, t));
                    sums[r] = _mm256_add_epi32(sums[r], both);
                }
            }
            let mut out = [(sums[0], _mm_setzero_si128()); R];
            for r in 0..R {
                out[r] = (sums[r], minima(mins, groups[r]));
            }
            out
        }
    }
}

struct Q5K;
impl RowType<176> for Q5K {
    const SCALE: usize = 0;
    const MINIMUM: Option<usize> = Some(2);

    #[inline(always)]
    unsafe fn sums<const R: usize>(
        b: &[u8; 176],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> [(__m256i, __m128i); R] {
        // SAFETY: the caller's promise; the block has 32 bytes from 16 on, and 128 from 48 on.
        unsafe {
            let (scales, mins) = sub_blocks(b[4..].first_chunk().unwrap_or(&[0; 12]));
            let scales = _mm256_set_m128i(scales, scales);
            let (four, fifth) = (_mm256_set1_epi8(15), _mm256_set1_epi8(16));
            let mut highest = load(b.as_ptr().add(16));
            let mut sums = [_mm256_setzero_si256(); R];
            for j in 0..4 {
                let bits = load(b.as_ptr().add(48 + 32 * j));
                // Bits 2j and 2j + 1 are now the lowest two of each byte.
                let low = _mm256_and_si256(_mm256_slli_epi16(highest, 4), fifth);
                let high = _mm256_and_si256(_mm256_slli_epi16(highest, 3), fifth);
                highest = _mm256_srli_epi16(highest, 2);
                let low = _mm256_or_si256(_mm256_and_si256(bits, four), low);
                let high = _mm256_or_si256(_mm256_and_si256(_mm256_srli_epi16(bits, 4), four), high);
                let (s, t) = (nth(scales, 2 * j), nth(scales, 2 * j + 1));
                for r in 0..R {
                    let a = _mm256_maddubs_epi16(low, load(x[r].add(64 * j).cast()));
                    let c = _mm256_maddubs_epi16(high, load(x[r].add(64 * j + 32).cast()));
                    let both = _mm256_add_epi32(_mm256_madd_epi16(a, s), _mm256_madd_epi16(c, t));
                    sums[r] = _mm256_add_epi32(sums[r], both);
                }
            }
            let mut out = [(sums[0], _mm_setzero_si128()); R];
            for r in 0..R {
                out[r] = (sums[r], minima(mins, groups[r]));
            }
            out
        }
    }
}

struct Q6K;
impl RowType<210> for Q6K {
    const SCALE: usize = 208;
    const MINIMUM: Option<usize> = None;

    #[inline(always)]
    unsafe fn sums<const R: usize>(
        b: &[u8; 210],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> [(__m256i, __m128i); R] {
        // SAFETY: the caller's promise; the block has 128 bytes of low bits, 64 of high ones and 16 scales.
        unsafe {
            let scales = _mm256_cvtepi8_epi16(_mm_loadu_si128(b.as_ptr().add(192).cast()));
            // Pairs of groups: the scales of both as eight and eight.
            let (lower, upper) =
                (_mm256_permute4x64_epi64(scales, 0x44), _mm256_permute4x64_epi64(scales, 0xee));
            let (four, two) = (_mm256_set1_epi8(15), _mm256_set1_epi8(0x30));
            let first = _mm256_set_m128i(_mm_set1_epi16(0x0302), _mm_set1_epi16(0x0100));
            let mut sums = [_mm256_setzero_si256(); R];
            for n in 0..2 {
                let a = load(b.as_ptr().add(64 * n));
                let c = load(b.as_ptr().add(64 * n + 32));
                let h = load(b.as_ptr().add(128 + 32 * n));
                let q = [
                    _mm256_or_si256(
                        _mm256_and_si256(a, four),
                        _mm256_and_si256(_mm256_slli_epi16(h, 4), two),
                    ),
                    _mm256_or_si256(
                        _mm256_and_si256(c, four),
                        _mm256_and_si256(_mm256_slli_epi16(h, 2), two),
                    ),
                    _mm256_or_si256(
                        _mm256_and_si256(_mm256_srli_epi16(a, 4), four),
                        _mm256_and_si256(h, two),
                    ),
                    _mm256_or_si256(
                        _mm256_and_si256(_mm256_srli_epi16(c, 4), four),
                        _mm256_and_si256(_mm256_srli_epi16(h, 2), two),
                    ),
                ];
                let half = if n == 0 { lower } else { upper };
                for (i, q) in q.into_iter().enumerate() {
                    let at = _mm256_add_epi8(first, _mm256_set1_epi8(4 * i as i8));
                    let s = _mm256_shuffle_epi8(half, at);
                    for r in 0..R {
                        let p = _mm256_maddubs_epi16(q, load(x[r].add(128 * n + 32 * i).cast()));
                        sums[r] = _mm256_add_epi32(sums[r], _mm256_madd_epi16(p, s));
                    }
                }
            }
            let mut out = [(sums[0], _mm_setzero_si128()); R];
            for r in 0..R {
                // The numbers stand for what is 32 less.
                let taken = _mm256_slli_epi32(_mm256_madd_epi16(scales, load(groups[r].cast())), 5);
                out[r].0 = _mm256_sub_epi32(sums[r], taken);
            }
            out
        }
    }
}

struct Q8;
impl SmallType<34> for Q8 {
    const ZERO: i32 = 0;

    #[inline(always)]
    unsafe fn sums<const R: usize>(b: &[u8; 34], x: [*const i8; R]) -> [__m256i; R] {
        // SAFETY: the caller's promise; 32 bytes follow the scale. With the weights' signs moved to x, sums of two
        // products fit 16 bits.
        unsafe {
            let q = load(b.as_ptr().add(2));
            let size = _mm256_abs_epi8(q);
            let mut out = [q; R];
            for r in 0..R {
                let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(load(x[r].cast()), q));
                out[r] = _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
            }
            out
        }
    }
}

struct Q4;
impl SmallType<18> for Q4 {
    const ZERO: i32 = 8;

    #[inline(always)]
    unsafe fn sums<const R: usize>(b: &[u8; 18], x: [*const i8; R]) -> [__m256i; R] {
        // SAFETY: the caller's promise; 16 bytes follow the scale.
        unsafe {
            let bits = _mm_loadu_si128(b.as_ptr().add(2).cast());
            let both = _mm256_set_m128i(_mm_srli_epi16(bits, 4), bits);
            let q = _mm256_and_si256(both, _mm256_set1_epi8(15));
            let mut out = [q; R];
            for r in 0..R {
                let pairs = _mm256_maddubs_epi16(q, load(x[r].cast()));
                out[r] = _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
            }
            out
        }
    }
}
