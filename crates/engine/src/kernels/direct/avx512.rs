//! The types as AVX-512 unpacks and multiplies them: 64 weights an instruction.

use std::arch::x86_64::*;

use super::places::{MINIMA, OF_16, OF_32, PAIRS, Places};
use super::{LargeType, Met, SmallType, Sums, WEIGHTS, halves, large_blocks, small_blocks};
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

/// # Safety
/// AVX-512F and BW; 64 bytes are there.
#[inline(always)]
unsafe fn load(p: *const u8) -> __m512i {
    // SAFETY: the caller's promise.
    unsafe { _mm512_loadu_si512(p.cast()) }
}

/// Sums of 256 products with each of `x`, each of four times 64 weights with its scales; as sixteen numbers.
///
/// # Safety
/// AVX-512F, BW and VNNI; 256 numbers behind the pointers. No two neighbouring products exceed 16 bits together.
#[inline(always)]
unsafe fn products<const R: usize>(q: [__m512i; 4], scales: [__m512i; 4], x: [*const i8; R]) -> [__m512i; R] {
    // SAFETY: the caller's promise.
    unsafe {
        let mut sums = [_mm512_setzero_si512(); R];
        for j in 0..4 {
            for r in 0..R {
                sums[r] = add_scaled(sums[r], q[j], scales[j], x[r].add(64 * j));
            }
        }
        sums
    }
}

/// `sums` and 64 products with `x`, neighbours added and multiplied with their scale.
///
/// Spelled out, since the compiler would keep every row's numbers in registers for the next rows of weights, of which it
/// then has too few, and would make two instructions of the last.
///
/// # Safety
/// As [`products`], with 64 numbers behind the pointer.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn add_scaled(mut sums: __m512i, q: __m512i, scales: __m512i, x: *const i8) -> __m512i {
    // SAFETY: the caller's promise; 64 bytes are read and nothing is written.
    unsafe {
        let _pairs: __m512i;
        std::arch::asm!(
            "vpmaddubsw {pairs}, {q}, zmmword ptr [{x}]",
            "vpdpwssd {sums}, {pairs}, {scales}",
            pairs = out(zmm_reg) _pairs,
            q = in(zmm_reg) q,
            scales = in(zmm_reg) scales,
            sums = inout(zmm_reg) sums,
            x = in(reg) x,
            options(pure, readonly, nostack, preserves_flags),
        );
    }
    sums
}

/// Halves of the sums of two rows with each of `R`, side by side.
///
/// # Safety
/// AVX-512F.
#[inline(always)]
unsafe fn paired<const R: usize>(a: [__m512i; R], b: [__m512i; R]) -> [__m512i; R] {
    let mut out = a;
    for r in 0..R {
        // SAFETY: the caller's promise.
        unsafe {
            out[r] = _mm512_add_epi32(_mm512_unpacklo_epi32(a[r], b[r]), _mm512_unpackhi_epi32(a[r], b[r]));
        }
    }
    out
}

/// The sums of four rows, of which two and two are [`paired`].
///
/// # Safety
/// AVX-512F.
#[inline(always)]
unsafe fn four_sums<const R: usize>(ab: [__m512i; R], cd: [__m512i; R]) -> [__m128i; R] {
    // SAFETY: the caller's promise.
    unsafe {
        let mut out = [_mm_setzero_si128(); R];
        for r in 0..R {
            let (low, high) = (_mm512_unpacklo_epi64(ab[r], cd[r]), _mm512_unpackhi_epi64(ab[r], cd[r]));
            out[r] = four_quarters(_mm512_add_epi32(low, high));
        }
        out
    }
}

/// The sum of a vector's quarters.
///
/// # Safety
/// AVX-512F.
#[inline(always)]
unsafe fn four_quarters(v: __m512i) -> __m128i {
    // SAFETY: the caller's promise.
    unsafe {
        let half = _mm256_add_epi32(_mm512_castsi512_si256(v), _mm512_extracti64x4_epi64(v, 1));
        _mm_add_epi32(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1))
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

/// Of a list of scales, those that four times 64 weights have.
///
/// # Safety
/// AVX-512F and BW.
#[inline(always)]
unsafe fn spread_out(scales: __m512i, places: &[Places; 4]) -> [__m512i; 4] {
    // SAFETY: the caller's promise.
    unsafe {
        let mut out = [scales; 4];
        for j in 0..4 {
            out[j] = _mm512_permutexvar_epi16(load(places[j].0.as_ptr().cast()), scales);
        }
        out
    }
}

/// What stands before the weights in a block of Q4_K and Q5_K, for four rows: two 16-bit scales, then a scale and a
/// minimum of 6 bits for each of eight sub-blocks.
struct Head {
    scale: __m128,
    min_scale: __m128,
    /// Scales as 16 bits: eight of one row and eight of the next.
    scales: [__m512i; 2],
    /// Minima, four of each row.
    mins: [__m128i; 2],
}

impl Head {
    /// # Safety
    /// AVX-512F and BW, F16C; sixteen bytes are there.
    #[inline(always)]
    unsafe fn read(w: [*const u8; WEIGHTS]) -> Self {
        // SAFETY: the caller's promise.
        unsafe {
            let row = |k: usize| _mm_loadu_si128(w[k].cast());
            let (r0, r1, r2, r3) = (row(0), row(1), row(2), row(3));
            let (low, low_of) = (_mm_unpacklo_epi32(r0, r1), _mm_unpacklo_epi32(r2, r3));
            let (high, high_of) = (_mm_unpackhi_epi32(r0, r1), _mm_unpackhi_epi32(r2, r3));
            let (head, a) = (_mm_unpacklo_epi64(low, low_of), _mm_unpackhi_epi64(low, low_of));
            let (b, c) = (_mm_unpacklo_epi64(high, high_of), _mm_unpackhi_epi64(high, high_of));
            let (six, four, two) = (_mm_set1_epi8(0x3f), _mm_set1_epi8(15), _mm_set1_epi8(0x30));
            let top = |v: __m128i| _mm_and_si128(_mm_srli_epi32(v, 2), two);
            let scales = _mm_and_si128(a, six);
            let more = _mm_or_si128(_mm_and_si128(c, four), top(a));
            let mins = _mm_and_si128(b, six);
            let more_mins = _mm_or_si128(_mm_and_si128(_mm_srli_epi32(c, 4), four), top(b));
            let wide = |v: __m128i| _mm512_castsi256_si512(_mm256_cvtepu8_epi16(v));
            let first = _mm_setr_epi8(0, 1, 4, 5, 8, 9, 12, 13, -1, -1, -1, -1, -1, -1, -1, -1);
            let second = _mm_setr_epi8(2, 3, 6, 7, 10, 11, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1);
            Self {
                scale: _mm_cvtph_ps(_mm_shuffle_epi8(head, first)),
                min_scale: _mm_cvtph_ps(_mm_shuffle_epi8(head, second)),
                scales: [wide(_mm_unpacklo_epi32(scales, more)), wide(_mm_unpackhi_epi32(scales, more))],
                mins: [mins, more_mins],
            }
        }
    }

    /// Sums of the minima with the sums of groups.
    ///
    /// # Safety
    /// AVX-512F, BW and VNNI; sixteen numbers behind each pointer.
    #[inline(always)]
    unsafe fn taken<const R: usize>(&self, groups: [*const i16; R]) -> [__m128i; R] {
        // SAFETY: the caller's promise.
        unsafe {
            // Four sub-blocks side by side, of each the four rows' minima, for both its groups of 16.
            let places = load(MINIMA.0.as_ptr().cast());
            let first = _mm512_shuffle_epi8(_mm512_broadcast_i32x4(self.mins[0]), places);
            let last = _mm512_shuffle_epi8(_mm512_broadcast_i32x4(self.mins[1]), places);
            let mut sums = [_mm_setzero_si128(); R];
            for r in 0..R {
                let pairs = _mm512_castsi256_si512(_mm256_loadu_si256(groups[r].cast()));
                let low = _mm512_permutexvar_epi32(load(PAIRS[0].0.as_ptr().cast()), pairs);
                let high = _mm512_permutexvar_epi32(load(PAIRS[1].0.as_ptr().cast()), pairs);
                let sum = _mm512_madd_epi16(first, low);
                sums[r] = four_quarters(_mm512_dpwssd_epi32(sum, last, high));
            }
            sums
        }
    }
}

/// A type with minima: how the bits of its 256 weights are unpacked, four times 64.
trait SubBlocks {
    /// # Safety
    /// AVX-512F and BW; a block is there.
    unsafe fn weights(block: *const u8) -> [__m512i; 4];
}

/// See [`LargeType::meet`].
///
/// # Safety
/// As there.
#[inline(always)]
unsafe fn meet_sub_blocks<T: SubBlocks, const R: usize>(
    w: [*const u8; WEIGHTS],
    x: [*const i8; R],
    groups: [*const i16; R],
) -> Met<R> {
    // SAFETY: the caller's promise.
    unsafe {
        let head = Head::read(w);
        let [first, last] = head.scales;
        // Two rows and two, so that few sums wait in registers.
        let ab = paired(
            products(T::weights(w[0]), spread_out(first, &OF_32[0]), x),
            products(T::weights(w[1]), spread_out(first, &OF_32[1]), x),
        );
        let cd = paired(
            products(T::weights(w[2]), spread_out(last, &OF_32[0]), x),
            products(T::weights(w[3]), spread_out(last, &OF_32[1]), x),
        );
        let (scale, min_scale) = (head.scale, head.min_scale);
        Met { scale, min_scale, whole: four_sums(ab, cd), taken: head.taken(groups) }
    }
}

struct Q4K;
impl LargeType<144> for Q4K {
    const MINIMA: bool = true;

    #[inline(always)]
    unsafe fn meet<const R: usize>(
        w: [*const u8; WEIGHTS],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> Met<R> {
        // SAFETY: the caller's promise.
        unsafe { meet_sub_blocks::<Self, R>(w, x, groups) }
    }
}

impl SubBlocks for Q4K {
    #[inline(always)]
    unsafe fn weights(block: *const u8) -> [__m512i; 4] {
        // SAFETY: the block has 128 bytes from 16 on.
        unsafe { nibbles(block.add(16)) }
    }
}

struct Q5K;
impl LargeType<176> for Q5K {
    const MINIMA: bool = true;

    #[inline(always)]
    unsafe fn meet<const R: usize>(
        w: [*const u8; WEIGHTS],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> Met<R> {
        // SAFETY: the caller's promise.
        unsafe { meet_sub_blocks::<Self, R>(w, x, groups) }
    }
}

impl SubBlocks for Q5K {
    #[inline(always)]
    unsafe fn weights(block: *const u8) -> [__m512i; 4] {
        // SAFETY: the block has 32 bytes from 16 on, and 128 from 48 on.
        unsafe {
            let mut q = nibbles(block.add(48));
            let highest = _mm512_broadcast_i64x4(_mm256_loadu_si256(block.add(16).cast()));
            for j in 0..4 {
                let bit = _mm256_set1_epi8(1 << (2 * j));
                let next = _mm256_set1_epi8((1u8 << (2 * j + 1)) as i8);
                let bits = _mm512_inserti64x4(_mm512_castsi256_si512(bit), next, 1);
                let set = _mm512_test_epi8_mask(highest, bits);
                q[j] = _mm512_mask_add_epi8(q[j], set, q[j], _mm512_set1_epi8(16));
            }
            q
        }
    }
}

struct Q6K;
impl LargeType<210> for Q6K {
    const MINIMA: bool = false;

    #[inline(always)]
    unsafe fn meet<const R: usize>(
        w: [*const u8; WEIGHTS],
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> Met<R> {
        // SAFETY: the caller's promise.
        unsafe {
            let ab = paired(Self::row(w[0], x, groups), Self::row(w[1], x, groups));
            let cd = paired(Self::row(w[2], x, groups), Self::row(w[3], x, groups));
            let scale = halves(w, 208);
            let taken = [_mm_setzero_si128(); R];
            Met { scale, min_scale: scale, whole: four_sums(ab, cd), taken }
        }
    }
}

impl Q6K {
    /// Sums of a block with each of `x`, as sixteen numbers.
    ///
    /// # Safety
    /// As [`LargeType::meet`].
    #[inline(always)]
    unsafe fn row<const R: usize>(
        block: *const u8,
        x: [*const i8; R],
        groups: [*const i16; R],
    ) -> [__m512i; R] {
        // SAFETY: the caller's promise; a block has sixteen scales from 192 on.
        unsafe {
            let scales = _mm256_cvtepi8_epi16(_mm_loadu_si128(block.add(192).cast()));
            // The weights stand for what is 32 less.
            let zeros = _mm256_slli_epi16(scales, 5);
            let scales = spread_out(_mm512_castsi256_si512(scales), &OF_16);
            let mut sums = products(Self::weights(block), scales, x);
            for r in 0..R {
                let taken = _mm256_madd_epi16(zeros, _mm256_loadu_si256(groups[r].cast()));
                sums[r] = _mm512_sub_epi32(sums[r], _mm512_zextsi256_si512(taken));
            }
            sums
        }
    }

    /// # Safety
    /// AVX-512F and BW; the block is there.
    #[inline(always)]
    unsafe fn weights(block: *const u8) -> [__m512i; 4] {
        // SAFETY: the block has 128 bytes of low bits and 64 of high ones.
        unsafe {
            let (four, two) = (_mm512_set1_epi8(15), _mm512_set1_epi8(0x30));
            // The high bits of the first 32 weights of 64, and of the second, to bits 4 and 5.
            let left = _mm512_inserti64x4(_mm512_set1_epi16(4), _mm256_set1_epi16(2), 1);
            let right = _mm512_inserti64x4(_mm512_setzero_si512(), _mm256_set1_epi16(2), 1);
            let mut q = [four; 4];
            for n in 0..2 {
                let bits = load(block.add(64 * n));
                let high = _mm512_broadcast_i64x4(_mm256_loadu_si256(block.add(128 + 32 * n).cast()));
                let low_of = _mm512_and_si512(bits, four);
                let high_of = _mm512_and_si512(_mm512_srli_epi16(bits, 4), four);
                q[2 * n] = _mm512_or_si512(low_of, _mm512_and_si512(_mm512_sllv_epi16(high, left), two));
                q[2 * n + 1] =
                    _mm512_or_si512(high_of, _mm512_and_si512(_mm512_srlv_epi16(high, right), two));
            }
            q
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
