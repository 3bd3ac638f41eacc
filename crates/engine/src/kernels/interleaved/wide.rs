//! What AVX2, and AVX-512 with VNNI, do with the words of as many outputs as a vector holds. The two differ in how four
//! products become a sum: AVX2 adds them in pairs to 16 bits, of which few sums fit, VNNI to 32.

#![allow(
    unsafe_op_in_unsafe_fn,
    reason = "functions of an instruction or two, which all make the trait's promise"
)]

use std::arch::x86_64::*;

/// # Safety
/// All functions: the processor knows the instructions, and what is read or written is there.
pub(super) trait Wide {
    /// Outputs in a vector.
    const WIDTH: usize;
    /// How many times [`Wide::add_four`] may be called for a sum, of weights with 4, 5 and 6 bits.
    const SUMS: [usize; 3];
    /// A word of 32 bits for each output.
    type Int: Copy;
    /// An f32 for each output.
    type Float: Copy;

    /// So many words.
    unsafe fn load(p: *const u8) -> Self::Int;
    /// So many 16-bit floating-point numbers.
    unsafe fn load_halves(p: *const u8) -> Self::Float;
    /// The 16-bit floating-point numbers in the low and the high halves of words.
    unsafe fn halves(v: Self::Int) -> [Self::Float; 2];
    /// All bytes the same.
    unsafe fn bytes(v: u8) -> Self::Int;
    unsafe fn zero() -> Self::Int;
    unsafe fn and(a: Self::Int, b: Self::Int) -> Self::Int;
    unsafe fn or(a: Self::Int, b: Self::Int) -> Self::Int;
    /// Pairs of bytes shifted together.
    unsafe fn right(v: Self::Int, bits: i32) -> Self::Int;
    /// As [`Wide::right`].
    unsafe fn left(v: Self::Int, bits: i32) -> Self::Int;
    /// Byte `at` of every word, as [`Wide::add_scaled`] takes it.
    unsafe fn scale(v: Self::Int, at: usize) -> Self::Int;
    /// The same, of bytes with a sign.
    unsafe fn signed_scale(v: Self::Int, at: usize) -> Self::Int;
    /// Byte `at` of every word, twice, as 16 bits each.
    unsafe fn twice(v: Self::Int, at: usize) -> Self::Int;
    /// Bytes `at` and `at + 1` of every word, with their signs, as 16 bits each.
    unsafe fn signed_pair(v: Self::Int, at: usize) -> Self::Int;
    /// `sum` and the products of four weights without sign with the same four numbers. The sum is only good for
    /// [`Wide::add_scaled`].
    unsafe fn add_four(sum: Self::Int, w: Self::Int, x: *const i8) -> Self::Int;
    /// `total + scale · sum`.
    unsafe fn add_scaled(total: Self::Int, sum: Self::Int, scale: Self::Int) -> Self::Int;
    /// `sum` and the products of two 16-bit numbers with the same two.
    unsafe fn add_two(sum: Self::Int, v: Self::Int, x: *const i16) -> Self::Int;
    /// Weights as [`Wide::add_four_signed`] takes them.
    unsafe fn for_signed(w: Self::Int) -> Self::Int;
    /// What a sum by [`Wide::add_four_signed`] begins with, where all numbers that it will meet have this sum.
    unsafe fn signed_start(whole: i32) -> Self::Int;
    /// `sum` and the products of four weights with the same four numbers.
    unsafe fn add_four_signed(sum: Self::Int, w: Self::Int, x: *const i8) -> Self::Int;
    /// A sum by [`Wide::add_four`] from 0 as 32 bits.
    unsafe fn whole(sum: Self::Int) -> Self::Int;
    unsafe fn sub(a: Self::Int, b: Self::Int) -> Self::Int;
    /// 32 times.
    unsafe fn times_32(v: Self::Int) -> Self::Int;
    /// All the same.
    unsafe fn same(v: i32) -> Self::Int;
    unsafe fn float(v: Self::Int) -> Self::Float;
    unsafe fn splat(v: f32) -> Self::Float;
    unsafe fn mul(a: Self::Float, b: Self::Float) -> Self::Float;
    /// `a · b + c`, rounded once.
    unsafe fn fma(a: Self::Float, b: Self::Float, c: Self::Float) -> Self::Float;
    unsafe fn add(a: Self::Float, b: Self::Float) -> Self::Float;
    unsafe fn minus(a: Self::Float, b: Self::Float) -> Self::Float;
    unsafe fn store(v: Self::Float, to: *mut f32);
}

/// Eight outputs, with AVX2, FMA and F16C.
pub(super) struct Avx2;

/// Sixteen outputs, with AVX-512F, BW, VL and VNNI.
pub(super) struct Avx512;

impl Wide for Avx2 {
    const WIDTH: usize = 8;
    // 2 · 127 · 15 · 8, 2 · 127 · 31 · 4 and 2 · 127 · 63 · 2 are below 2^15.
    const SUMS: [usize; 3] = [8, 4, 2];
    type Int = __m256i;
    type Float = __m256;

    #[inline(always)]
    unsafe fn load(p: *const u8) -> __m256i {
        _mm256_loadu_si256(p.cast())
    }
    #[inline(always)]
    unsafe fn load_halves(p: *const u8) -> __m256 {
        _mm256_cvtph_ps(_mm_loadu_si128(p.cast()))
    }
    #[inline(always)]
    unsafe fn halves(v: __m256i) -> [__m256; 2] {
        // Low halves to the first eight bytes of each 128 bits, high halves to the second; then side by side.
        let places =
            _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 1, 4, 5, 8, 9, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15));
        let v = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_shuffle_epi8(v, places));
        [_mm256_cvtph_ps(_mm256_castsi256_si128(v)), _mm256_cvtph_ps(_mm256_extracti128_si256::<1>(v))]
    }
    #[inline(always)]
    unsafe fn bytes(v: u8) -> __m256i {
        _mm256_set1_epi8(v as i8)
    }
    #[inline(always)]
    unsafe fn zero() -> __m256i {
        _mm256_setzero_si256()
    }
    #[inline(always)]
    unsafe fn and(a: __m256i, b: __m256i) -> __m256i {
        _mm256_and_si256(a, b)
    }
    #[inline(always)]
    unsafe fn or(a: __m256i, b: __m256i) -> __m256i {
        _mm256_or_si256(a, b)
    }
    #[inline(always)]
    unsafe fn right(v: __m256i, bits: i32) -> __m256i {
        _mm256_srl_epi16(v, _mm_cvtsi32_si128(bits))
    }
    #[inline(always)]
    unsafe fn left(v: __m256i, bits: i32) -> __m256i {
        _mm256_sll_epi16(v, _mm_cvtsi32_si128(bits))
    }
    #[inline(always)]
    unsafe fn scale(v: __m256i, at: usize) -> __m256i {
        // As a pair, since sums are pairs here.
        Self::twice(v, at)
    }
    #[inline(always)]
    unsafe fn signed_scale(v: __m256i, at: usize) -> __m256i {
        let places = eight_places([0x80, at as u8, 0x80, at as u8]);
        _mm256_srai_epi16::<8>(_mm256_shuffle_epi8(v, places))
    }
    #[inline(always)]
    unsafe fn twice(v: __m256i, at: usize) -> __m256i {
        _mm256_shuffle_epi8(v, eight_places([at as u8, 0x80, at as u8, 0x80]))
    }
    #[inline(always)]
    unsafe fn signed_pair(v: __m256i, at: usize) -> __m256i {
        let places = eight_places([0x80, at as u8, 0x80, at as u8 + 1]);
        _mm256_srai_epi16::<8>(_mm256_shuffle_epi8(v, places))
    }
    #[inline(always)]
    unsafe fn add_four(sum: __m256i, w: __m256i, x: *const i8) -> __m256i {
        let x = _mm256_set1_epi32(x.cast::<i32>().read_unaligned());
        _mm256_add_epi16(sum, _mm256_maddubs_epi16(w, x))
    }
    #[inline(always)]
    unsafe fn add_scaled(total: __m256i, sum: __m256i, scale: __m256i) -> __m256i {
        _mm256_add_epi32(total, _mm256_madd_epi16(sum, scale))
    }
    #[inline(always)]
    unsafe fn add_two(sum: __m256i, v: __m256i, x: *const i16) -> __m256i {
        let x = _mm256_set1_epi32(x.cast::<i32>().read_unaligned());
        _mm256_add_epi32(sum, _mm256_madd_epi16(v, x))
    }
    #[inline(always)]
    unsafe fn for_signed(w: __m256i) -> __m256i {
        w
    }
    #[inline(always)]
    unsafe fn signed_start(_whole: i32) -> __m256i {
        _mm256_setzero_si256()
    }
    #[inline(always)]
    unsafe fn add_four_signed(sum: __m256i, w: __m256i, x: *const i8) -> __m256i {
        // One of the two must have no sign: the weights', moved to x. 2 · 128 · 127 is below 2^15.
        let x = _mm256_set1_epi32(x.cast::<i32>().read_unaligned());
        let pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(w), _mm256_sign_epi8(x, w));
        _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
    }
    #[inline(always)]
    unsafe fn whole(sum: __m256i) -> __m256i {
        _mm256_madd_epi16(sum, _mm256_set1_epi16(1))
    }
    #[inline(always)]
    unsafe fn sub(a: __m256i, b: __m256i) -> __m256i {
        _mm256_sub_epi32(a, b)
    }
    #[inline(always)]
    unsafe fn times_32(v: __m256i) -> __m256i {
        _mm256_slli_epi32::<5>(v)
    }
    #[inline(always)]
    unsafe fn same(v: i32) -> __m256i {
        _mm256_set1_epi32(v)
    }
    #[inline(always)]
    unsafe fn float(v: __m256i) -> __m256 {
        _mm256_cvtepi32_ps(v)
    }
    #[inline(always)]
    unsafe fn splat(v: f32) -> __m256 {
        _mm256_set1_ps(v)
    }
    #[inline(always)]
    unsafe fn mul(a: __m256, b: __m256) -> __m256 {
        _mm256_mul_ps(a, b)
    }
    #[inline(always)]
    unsafe fn fma(a: __m256, b: __m256, c: __m256) -> __m256 {
        _mm256_fmadd_ps(a, b, c)
    }
    #[inline(always)]
    unsafe fn add(a: __m256, b: __m256) -> __m256 {
        _mm256_add_ps(a, b)
    }
    #[inline(always)]
    unsafe fn minus(a: __m256, b: __m256) -> __m256 {
        _mm256_sub_ps(a, b)
    }
    #[inline(always)]
    unsafe fn store(v: __m256, to: *mut f32) {
        _mm256_storeu_ps(to, v)
    }
}

impl Wide for Avx512 {
    const WIDTH: usize = 16;
    const SUMS: [usize; 3] = [8; 3];
    type Int = __m512i;
    type Float = __m512;

    #[inline(always)]
    unsafe fn load(p: *const u8) -> __m512i {
        _mm512_loadu_si512(p.cast())
    }
    #[inline(always)]
    unsafe fn load_halves(p: *const u8) -> __m512 {
        _mm512_cvtph_ps(_mm256_loadu_si256(p.cast()))
    }
    #[inline(always)]
    unsafe fn halves(v: __m512i) -> [__m512; 2] {
        let high = _mm512_srli_epi32::<16>(v);
        [v, high].map(|v| _mm512_cvtph_ps(_mm512_cvtepi32_epi16(v)))
    }
    #[inline(always)]
    unsafe fn bytes(v: u8) -> __m512i {
        _mm512_set1_epi8(v as i8)
    }
    #[inline(always)]
    unsafe fn zero() -> __m512i {
        _mm512_setzero_si512()
    }
    #[inline(always)]
    unsafe fn and(a: __m512i, b: __m512i) -> __m512i {
        _mm512_and_si512(a, b)
    }
    #[inline(always)]
    unsafe fn or(a: __m512i, b: __m512i) -> __m512i {
        _mm512_or_si512(a, b)
    }
    #[inline(always)]
    unsafe fn right(v: __m512i, bits: i32) -> __m512i {
        _mm512_srl_epi16(v, _mm_cvtsi32_si128(bits))
    }
    #[inline(always)]
    unsafe fn left(v: __m512i, bits: i32) -> __m512i {
        _mm512_sll_epi16(v, _mm_cvtsi32_si128(bits))
    }
    #[inline(always)]
    unsafe fn scale(v: __m512i, at: usize) -> __m512i {
        _mm512_shuffle_epi8(v, sixteen_places([at as u8, 0x80, 0x80, 0x80]))
    }
    #[inline(always)]
    unsafe fn signed_scale(v: __m512i, at: usize) -> __m512i {
        let places = sixteen_places([0x80, 0x80, 0x80, at as u8]);
        _mm512_srai_epi32::<24>(_mm512_shuffle_epi8(v, places))
    }
    #[inline(always)]
    unsafe fn twice(v: __m512i, at: usize) -> __m512i {
        _mm512_shuffle_epi8(v, sixteen_places([at as u8, 0x80, at as u8, 0x80]))
    }
    #[inline(always)]
    unsafe fn signed_pair(v: __m512i, at: usize) -> __m512i {
        let places = sixteen_places([0x80, at as u8, 0x80, at as u8 + 1]);
        _mm512_srai_epi16::<8>(_mm512_shuffle_epi8(v, places))
    }
    #[inline(always)]
    unsafe fn add_four(sum: __m512i, w: __m512i, x: *const i8) -> __m512i {
        _mm512_dpbusd_epi32(sum, w, _mm512_set1_epi32(x.cast::<i32>().read_unaligned()))
    }
    #[inline(always)]
    unsafe fn add_scaled(total: __m512i, sum: __m512i, scale: __m512i) -> __m512i {
        _mm512_add_epi32(total, _mm512_mullo_epi32(sum, scale))
    }
    #[inline(always)]
    unsafe fn add_two(sum: __m512i, v: __m512i, x: *const i16) -> __m512i {
        _mm512_dpwssd_epi32(sum, v, _mm512_set1_epi32(x.cast::<i32>().read_unaligned()))
    }
    #[inline(always)]
    unsafe fn for_signed(w: __m512i) -> __m512i {
        _mm512_xor_si512(w, _mm512_set1_epi8(-128))
    }
    #[inline(always)]
    unsafe fn signed_start(whole: i32) -> __m512i {
        // Weights are taken for 128 more than they are.
        _mm512_set1_epi32(-128 * whole)
    }
    #[inline(always)]
    unsafe fn add_four_signed(sum: __m512i, w: __m512i, x: *const i8) -> __m512i {
        Self::add_four(sum, w, x)
    }
    #[inline(always)]
    unsafe fn whole(sum: __m512i) -> __m512i {
        sum
    }
    #[inline(always)]
    unsafe fn sub(a: __m512i, b: __m512i) -> __m512i {
        _mm512_sub_epi32(a, b)
    }
    #[inline(always)]
    unsafe fn times_32(v: __m512i) -> __m512i {
        _mm512_slli_epi32::<5>(v)
    }
    #[inline(always)]
    unsafe fn same(v: i32) -> __m512i {
        _mm512_set1_epi32(v)
    }
    #[inline(always)]
    unsafe fn float(v: __m512i) -> __m512 {
        _mm512_cvtepi32_ps(v)
    }
    #[inline(always)]
    unsafe fn splat(v: f32) -> __m512 {
        _mm512_set1_ps(v)
    }
    #[inline(always)]
    unsafe fn mul(a: __m512, b: __m512) -> __m512 {
        _mm512_mul_ps(a, b)
    }
    #[inline(always)]
    unsafe fn fma(a: __m512, b: __m512, c: __m512) -> __m512 {
        _mm512_fmadd_ps(a, b, c)
    }
    #[inline(always)]
    unsafe fn add(a: __m512, b: __m512) -> __m512 {
        _mm512_add_ps(a, b)
    }
    #[inline(always)]
    unsafe fn minus(a: __m512, b: __m512) -> __m512 {
        _mm512_sub_ps(a, b)
    }
    #[inline(always)]
    unsafe fn store(v: __m512, to: *mut f32) {
        _mm512_storeu_ps(to, v)
    }
}

/// Where the bytes of a word come from in itself (0 from `0x80`), the same for all words, as shuffles take it.
#[inline(always)]
unsafe fn eight_places(places: [u8; 4]) -> __m256i {
    let words = _mm256_broadcastsi128_si256(_mm_setr_epi32(0, 0x0404_0404, 0x0808_0808, 0x0c0c_0c0c));
    _mm256_or_si256(words, _mm256_set1_epi32(i32::from_le_bytes(places)))
}

/// As [`eight_places`].
#[inline(always)]
unsafe fn sixteen_places(places: [u8; 4]) -> __m512i {
    let words = _mm512_broadcast_i32x4(_mm_setr_epi32(0, 0x0404_0404, 0x0808_0808, 0x0c0c_0c0c));
    _mm512_or_si512(words, _mm512_set1_epi32(i32::from_le_bytes(places)))
}
