//! The types as AVX2 unpacks and multiplies them: 32 weights an instruction.

use std::arch::x86_64::*;

use super::{LargeType, SmallType, Sums, WEIGHTS, large_blocks, load, minima, small_blocks, sub_blocks};
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
            TensorType::Q4_K => large_blocks::<Q4K, 144, R>(w, x, first),
            TensorType::Q5_K => large_blocks::<Q5K, 176, R>(w, x, first),
            TensorType::Q6_K => large_blocks::<Q6K, 210, R>(w, x, first),
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
impl LargeType<144> for Q4K {
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
impl LargeType<176> for Q5K {
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
impl LargeType<210> for Q6K {
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
