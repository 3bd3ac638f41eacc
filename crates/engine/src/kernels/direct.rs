//! Sums for one row of weights of the common types and a few rows of activations, for AVX2: weights are unpacked in
//! registers, so that they go from memory once and nowhere else. What is summed in which order says `dot`.

#![allow(
    clippy::needless_range_loop,
    reason = "closures of iterators are not compiled for the function's processor"
)]

use std::arch::x86_64::*;

use half::f16;

use super::activation::{Large, Small};
use super::dot::{LargeSum, SmallSum};
use crate::gguf::TensorType;

/// Whether a type has a way of its own here.
pub(super) fn has(kind: TensorType) -> bool {
    use TensorType::{Q4_0, Q4_K, Q5_K, Q6_K, Q8_0};
    matches!(kind, Q4_0 | Q8_0 | Q4_K | Q5_K | Q6_K)
}

/// The sums with the rows `first`, `first + 1` … of `x` for a row of weights as the file has it; 0 for types of which
/// [`has`] says no.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) fn large<const R: usize>(kind: TensorType, w: &[u8], x: &Large, first: usize) -> [f32; R] {
    match kind {
        TensorType::Q4_K => blocks::<Q4K, 144, R>(w, x, first),
        TensorType::Q5_K => blocks::<Q5K, 176, R>(w, x, first),
        TensorType::Q6_K => blocks::<Q6K, 210, R>(w, x, first),
        _ => [0.0; R],
    }
}

/// As [`large`], for types with blocks of 32.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) fn small<const R: usize>(kind: TensorType, w: &[u8], x: &Small, first: usize) -> [f32; R] {
    match kind {
        TensorType::Q8_0 => small_blocks::<Q8, 34, R>(w, x, first),
        TensorType::Q4_0 => small_blocks::<Q4, 18, R>(w, x, first),
        _ => [0.0; R],
    }
}

/// A type with blocks of 256 weights in `SIZE` bytes. (Types and not closures: these are inlined into functions that
/// are compiled for a processor, and closures would not be.)
trait LargeType<const SIZE: usize> {
    /// Whether minima are taken away.
    const MINIMA: bool;
    /// For each of `x` `[256]` with the sums of its groups `[16]`: the whole sum, and that of the minima, as four numbers
    /// each of which the first and the second pair are yet to be added.
    ///
    /// # Safety
    /// AVX2; the numbers are behind the pointers.
    unsafe fn sums<const R: usize>(
        b: &[u8; SIZE],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> [__m128i; R];
    /// The scale, and that of the minima.
    fn scales(b: &[u8; SIZE]) -> (f32, f32);
}

#[inline(always)]
fn blocks<T: LargeType<SIZE>, const SIZE: usize, const R: usize>(
    w: &[u8],
    x: &Large,
    first: usize,
) -> [f32; R] {
    let blocks = w.as_chunks::<SIZE>().0;
    let columns = x.columns;
    assert!(blocks.len() * 256 <= columns);
    assert!(x.q.len() >= (first + R) * columns && x.sum.len() >= (first + R) * (columns / 16));
    assert!(x.scale.len() >= (first + R) * (columns / 256));
    let mut sums = [LargeSum::default(); R];
    for (b, block) in blocks.iter().enumerate() {
        let (mut q, mut groups) = ([std::ptr::null(); R], [std::ptr::null(); R]);
        for r in 0..R {
            // SAFETY: inside the vectors, as asserted above.
            unsafe {
                q[r] = x.q.as_ptr().add((first + r) * columns + b * 256);
                groups[r] = x.sum.as_ptr().add((first + r) * (columns / 16) + b * 16);
            }
        }
        // SAFETY: the callers have AVX2; 256 and 16 numbers are there, as asserted above.
        let whole = unsafe { T::sums::<R>(block, q, groups) };
        let (d, min) = T::scales(block);
        for r in 0..R {
            let scale = x.scale[(first + r) * (columns / 256) + b];
            // SAFETY: as above.
            unsafe {
                let v = _mm_hadd_epi32(whole[r], whole[r]);
                sums[r].add(d * scale, _mm_cvtsi128_si32(v));
                if T::MINIMA {
                    sums[r].minimum(min * scale, _mm_extract_epi32(v, 1));
                }
            }
        }
    }
    let mut out = [0.0; R];
    for r in 0..R {
        out[r] = sums[r].total();
    }
    out
}

/// Two sums of eight as four numbers: halves of the first, then of the second.
#[inline(always)]
unsafe fn side_by_side(a: __m256i, b: __m256i) -> __m128i {
    // SAFETY: AVX2 is the caller's promise.
    unsafe {
        let v = _mm256_hadd_epi32(a, b);
        _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1))
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

#[inline(always)]
fn half(b: &[u8], at: usize) -> f32 {
    f16::from_le_bytes([b[at], b[at + 1]]).to_f32()
}

/// The scales of Q4_K's sub-blocks as 8 × i16, twice; the minima, each for its two groups, as 16 × i16.
#[inline(always)]
unsafe fn sub_blocks(s: &[u8; 12]) -> (__m256i, __m256i) {
    // SAFETY: AVX2 is the caller's promise.
    unsafe {
        let (scales, mins) = six_bits(s);
        let scales = _mm_cvtepu8_epi16(_mm_cvtsi64_si128(scales as i64));
        let mins = _mm_cvtsi64_si128(mins as i64);
        (_mm256_set_m128i(scales, scales), _mm256_cvtepu8_epi16(_mm_unpacklo_epi8(mins, mins)))
    }
}

/// The `j`-th of eight 16-bit numbers, sixteen times.
#[inline(always)]
unsafe fn nth(v: __m256i, j: usize) -> __m256i {
    // SAFETY: AVX2 is the caller's promise.
    unsafe { _mm256_shuffle_epi8(v, _mm256_set1_epi16((0x0100 + 0x0202 * j) as i16)) }
}

#[inline(always)]
unsafe fn load(p: *const u8) -> __m256i {
    // SAFETY: 32 bytes are there: the caller's promise.
    unsafe { _mm256_loadu_si256(p.cast()) }
}

struct Q4K;
impl LargeType<144> for Q4K {
    const MINIMA: bool = true;

    #[inline(always)]
    unsafe fn sums<const R: usize>(
        b: &[u8; 144],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> [__m128i; R] {
        // SAFETY: the caller's promise; the block has 128 bytes from 16 on.
        unsafe {
            let scale_bytes = b[4..].first_chunk().unwrap_or(&[0; 12]);
            let (scales, mins) = sub_blocks(scale_bytes);
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
            finish(sums, mins, groups)
        }
    }

    #[inline(always)]
    fn scales(b: &[u8; 144]) -> (f32, f32) {
        (half(b, 0), half(b, 2))
    }
}

/// The sums of the products with those of the minima.
#[inline(always)]
unsafe fn finish<const R: usize>(sums: [__m256i; R], mins: __m256i, groups: [*const i16; R]) -> [__m128i; R] {
    // SAFETY: the caller's promise.
    unsafe {
        let mut out = [_mm_setzero_si128(); R];
        for r in 0..R {
            let taken = _mm256_madd_epi16(mins, load(groups[r].cast()));
            out[r] = side_by_side(sums[r], taken);
        }
        out
    }
}

struct Q5K;
impl LargeType<176> for Q5K {
    const MINIMA: bool = true;

    #[inline(always)]
    unsafe fn sums<const R: usize>(
        b: &[u8; 176],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> [__m128i; R] {
        // SAFETY: the caller's promise; the block has 32 bytes from 16 on, and 128 from 48 on.
        unsafe {
            let scale_bytes = b[4..].first_chunk().unwrap_or(&[0; 12]);
            let (scales, mins) = sub_blocks(scale_bytes);
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
            finish(sums, mins, groups)
        }
    }

    #[inline(always)]
    fn scales(b: &[u8; 176]) -> (f32, f32) {
        (half(b, 0), half(b, 2))
    }
}

struct Q6K;
impl LargeType<210> for Q6K {
    const MINIMA: bool = false;

    #[inline(always)]
    unsafe fn sums<const R: usize>(
        b: &[u8; 210],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> [__m128i; R] {
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
            let mut out = [_mm_setzero_si128(); R];
            for r in 0..R {
                // The numbers stand for what is 32 less.
                let taken = _mm256_slli_epi32(_mm256_madd_epi16(scales, load(groups[r].cast())), 5);
                out[r] = side_by_side(_mm256_sub_epi32(sums[r], taken), _mm256_setzero_si256());
            }
            out
        }
    }

    #[inline(always)]
    fn scales(b: &[u8; 210]) -> (f32, f32) {
        (half(b, 208), 0.0)
    }
}

/// A type with blocks of 32 weights in `SIZE` bytes, without offsets.
trait SmallType<const SIZE: usize> {
    /// The weights as signed bytes.
    ///
    /// # Safety
    /// AVX2.
    unsafe fn weights(b: &[u8; SIZE]) -> __m256i;
}

struct Q8;
impl SmallType<34> for Q8 {
    #[inline(always)]
    unsafe fn weights(b: &[u8; 34]) -> __m256i {
        // SAFETY: 32 bytes follow the scale.
        unsafe { load(b.as_ptr().add(2)) }
    }
}

struct Q4;
impl SmallType<18> for Q4 {
    #[inline(always)]
    unsafe fn weights(b: &[u8; 18]) -> __m256i {
        // SAFETY: 16 bytes follow the scale.
        unsafe {
            let bits = _mm_loadu_si128(b.as_ptr().add(2).cast());
            let both = _mm256_set_m128i(_mm_srli_epi16(bits, 4), bits);
            _mm256_sub_epi8(_mm256_and_si256(both, _mm256_set1_epi8(15)), _mm256_set1_epi8(8))
        }
    }
}

#[inline(always)]
fn small_blocks<T: SmallType<SIZE>, const SIZE: usize, const R: usize>(
    w: &[u8],
    x: &Small,
    first: usize,
) -> [f32; R] {
    let blocks = w.as_chunks::<SIZE>().0;
    let columns = x.columns;
    assert!(blocks.len() * 32 <= columns);
    assert!(x.q.len() >= (first + R) * columns && x.scale.len() >= (first + R) * (columns / 32));
    let (fours, rest) = blocks.as_chunks::<4>();
    let mut wide = [[0.0; 4]; R];
    // SAFETY: the callers have AVX2 and FMA; what is read is inside the vectors, as asserted above.
    unsafe {
        let ones = _mm256_set1_epi16(1);
        let mut sums = [_mm_setzero_ps(); R];
        for (f, four) in fours.iter().enumerate() {
            let mut d = [0u16; 8];
            for k in 0..4 {
                d[k] = u16::from_le_bytes([four[k][0], four[k][1]]);
            }
            let d = _mm_cvtph_ps(_mm_loadu_si128(d.as_ptr().cast()));
            let mut whole = [[_mm256_setzero_si256(); 4]; R];
            for k in 0..4 {
                let q = T::weights(&four[k]);
                let size = _mm256_abs_epi8(q);
                for r in 0..R {
                    let x = load(x.q.as_ptr().add((first + r) * columns + (4 * f + k) * 32).cast());
                    let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(x, q));
                    whole[r][k] = _mm256_madd_epi16(pairs, ones);
                }
            }
            for r in 0..R {
                let [a, b, c, e] = whole[r];
                let v = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, e));
                let v = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
                let scale = _mm_loadu_ps(x.scale.as_ptr().add((first + r) * (columns / 32) + 4 * f));
                sums[r] = _mm_fmadd_ps(_mm_mul_ps(d, scale), _mm_cvtepi32_ps(v), sums[r]);
            }
        }
        for r in 0..R {
            _mm_storeu_ps(wide[r].as_mut_ptr(), sums[r]);
        }
    }
    let mut out = [0.0; R];
    for r in 0..R {
        let mut sum = SmallSum::of_products(wide[r]);
        for (k, block) in rest.iter().enumerate() {
            let b = fours.len() * 4 + k;
            // SAFETY: as above.
            let whole = unsafe {
                let q = T::weights(block);
                let x = load(x.q.as_ptr().add((first + r) * columns + b * 32).cast());
                let pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(q), _mm256_sign_epi8(x, q));
                let v = side_by_side(_mm256_madd_epi16(pairs, _mm256_set1_epi16(1)), _mm256_setzero_si256());
                _mm_cvtsi128_si32(_mm_hadd_epi32(v, v))
            };
            sum.add(b, half(block, 0) * x.scale[(first + r) * (columns / 32) + b], whole);
        }
        out[r] = sum.total();
    }
    out
}
