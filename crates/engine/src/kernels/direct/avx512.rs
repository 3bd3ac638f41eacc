//! The types as AVX-512 unpacks and multiplies them: 64 weights an instruction.

use std::arch::x86_64::*;

use super::{LargeType, SmallType, Sums, WEIGHTS, large_blocks, minima, small_blocks, sub_blocks};
use crate::gguf::TensorType;
use crate::kernels::activation::{Large, Small};

/// See [`super::large`].
#[target_feature(enable = "avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512vnni")]
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
#[target_feature(enable = "avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512vnni")]
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

/// For lanes of 16 bits: which of 8 or 16 numbers each takes, the `first`-th and on, each `times`.
const fn spread(first: i16, times: usize) -> [i16; 32] {
    let mut out = [0; 32];
    let mut i = 0;
    while i < 32 {
        out[i] = first + (i / times) as i16;
        i += 1;
    }
    out
}

/// Scales of the `j`-th two sub-blocks of 32.
const OF_32: [[i16; 32]; 4] = [spread(0, 16), spread(2, 16), spread(4, 16), spread(6, 16)];
/// Scales of the `j`-th four groups of 16.
const OF_16: [[i16; 32]; 4] = [spread(0, 8), spread(4, 8), spread(8, 8), spread(12, 8)];

/// # Safety
/// AVX-512F and BW; 64 bytes are there.
#[inline(always)]
unsafe fn load(p: *const u8) -> __m512i {
    // SAFETY: the caller's promise.
    unsafe { _mm512_loadu_si512(p.cast()) }
}

/// Sums of 256 products with each of `x`, each of four times 64 weights with its scales; as eight numbers.
///
/// # Safety
/// AVX-512F, BW and VNNI; 256 numbers behind the pointers. No two neighbouring products exceed 16 bits together.
#[inline(always)]
unsafe fn products<const R: usize>(q: [__m512i; 4], scales: [__m512i; 4], x: [*const i8; R]) -> [__m256i; R] {
    // SAFETY: the caller's promise.
    unsafe {
        let mut out = [_mm256_setzero_si256(); R];
        for r in 0..R {
            let mut sum = _mm512_setzero_si512();
            for j in 0..4 {
                let pairs = _mm512_maddubs_epi16(q[j], load(x[r].add(64 * j).cast()));
                sum = _mm512_dpwssd_epi32(sum, pairs, scales[j]);
            }
            out[r] = _mm256_add_epi32(_mm512_castsi512_si256(sum), _mm512_extracti64x4_epi64(sum, 1));
        }
        out
    }
}

/// Four bits each of 128 bytes, as sub-blocks of 32 weights follow each other in Q4_K and Q5_K.
///
/// # Safety
/// AVX-512F and BW; 128 bytes are there.
#[inline(always)]
unsafe fn nibbles(p: *const u8) -> [__m512i; 4] {
    // SAFETY: the caller's promise.
    unsafe {
        let four = _mm512_set1_epi8(15);
        let mut out = [four; 4];
        for j in 0..2 {
            let bits = load(p.add(64 * j));
            let low = _mm512_and_si512(bits, four);
            let high = _mm512_and_si512(_mm512_srli_epi16(bits, 4), four);
            out[2 * j] = _mm512_shuffle_i64x2(low, high, 0b01_00_01_00);
            out[2 * j + 1] = _mm512_shuffle_i64x2(low, high, 0b11_10_11_10);
        }
        out
    }
}

/// Of 8 or 16 scales, those that four times 64 weights have.
///
/// # Safety
/// AVX-512F and BW.
#[inline(always)]
unsafe fn spread_out(scales: __m512i, places: &[[i16; 32]; 4]) -> [__m512i; 4] {
    // SAFETY: the caller's promise.
    unsafe {
        let mut out = [scales; 4];
        for j in 0..4 {
            out[j] = _mm512_permutexvar_epi16(load(places[j].as_ptr().cast()), scales);
        }
        out
    }
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
            let scales = spread_out(_mm512_castsi128_si512(scales), &OF_32);
            let whole = products(nibbles(b.as_ptr().add(16)), scales, x);
            let mut out = [(whole[0], _mm_setzero_si128()); R];
            for r in 0..R {
                out[r] = (whole[r], minima(mins, groups[r]));
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
            let scales = spread_out(_mm512_castsi128_si512(scales), &OF_32);
            let mut q = nibbles(b.as_ptr().add(48));
            let highest = _mm512_broadcast_i64x4(_mm256_loadu_si256(b.as_ptr().add(16).cast()));
            for j in 0..4 {
                let bit = _mm256_set1_epi8(1 << (2 * j));
                let next = _mm256_set1_epi8((1u8 << (2 * j + 1)) as i8);
                let bits = _mm512_inserti64x4(_mm512_castsi256_si512(bit), next, 1);
                let set = _mm512_test_epi8_mask(highest, bits);
                q[j] = _mm512_mask_add_epi8(q[j], set, q[j], _mm512_set1_epi8(16));
            }
            let whole = products(q, scales, x);
            let mut out = [(whole[0], _mm_setzero_si128()); R];
            for r in 0..R {
                out[r] = (whole[r], minima(mins, groups[r]));
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
            let (four, two) = (_mm512_set1_epi8(15), _mm512_set1_epi8(0x30));
            // The high bits of the first 32 weights of 64, and of the second, to bits 4 and 5.
            let left = _mm512_inserti64x4(_mm512_set1_epi16(4), _mm256_set1_epi16(2), 1);
            let right = _mm512_inserti64x4(_mm512_setzero_si512(), _mm256_set1_epi16(2), 1);
            let mut q = [four; 4];
            for n in 0..2 {
                let bits = load(b.as_ptr().add(64 * n));
                let high = _mm256_loadu_si256(b.as_ptr().add(128 + 32 * n).cast());
                let high = _mm512_broadcast_i64x4(high);
                let low_of = _mm512_and_si512(bits, four);
                let high_of = _mm512_and_si512(_mm512_srli_epi16(bits, 4), four);
                q[2 * n] = _mm512_or_si512(low_of, _mm512_and_si512(_mm512_sllv_epi16(high, left), two));
                q[2 * n + 1] =
                    _mm512_or_si512(high_of, _mm512_and_si512(_mm512_srlv_epi16(high, right), two));
            }
            let whole = products(q, spread_out(_mm512_castsi256_si512(scales), &OF_16), x);
            let mut out = [(whole[0], _mm_setzero_si128()); R];
            for r in 0..R {
                // The numbers stand for what is 32 less.
                let groups = _mm256_loadu_si256(groups[r].cast());
                let taken = _mm256_slli_epi32(_mm256_madd_epi16(scales, groups), 5);
                out[r].0 = _mm256_sub_epi32(whole[r], taken);
            }
            out
        }
    }
}

struct Q8;
impl SmallType<34> for Q8 {
    const ZERO: i32 = 128;

    #[inline(always)]
    unsafe fn sums<const R: usize>(b: &[u8; 34], x: [*const i8; R]) -> [__m256i; R] {
        // SAFETY: the caller's promise; 32 bytes follow the scale.
        unsafe {
            let q = _mm256_loadu_si256(b.as_ptr().add(2).cast());
            sums_of_four(_mm256_xor_si256(q, _mm256_set1_epi8(-128)), x)
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
            sums_of_four(_mm256_and_si256(both, _mm256_set1_epi8(15)), x)
        }
    }
}

/// Sums of four products each.
///
/// # Safety
/// AVX-512VL and VNNI; 32 numbers behind the pointers.
#[inline(always)]
unsafe fn sums_of_four<const R: usize>(q: __m256i, x: [*const i8; R]) -> [__m256i; R] {
    // SAFETY: the caller's promise.
    unsafe {
        let mut out = [_mm256_setzero_si256(); R];
        for r in 0..R {
            out[r] = _mm256_dpbusd_epi32(out[r], q, _mm256_loadu_si256(x[r].cast()));
        }
        out
    }
}
