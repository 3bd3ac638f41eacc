//! Sixteen numbers side by side, as each processor holds them. What is written for [`Lanes`] gives the same bits on
//! all: each operation rounds once, and none is fused but `fma`.

use half::f16;

/// How many stand side by side.
pub(super) const LANES: usize = 16;

/// Sixteen f32. Implementations but [`Plain`] are to be used only in functions that are compiled for their processor.
pub(super) trait Lanes: Copy {
    fn splat(v: f32) -> Self;
    /// # Safety
    /// Sixteen numbers are there.
    unsafe fn load(p: *const f32) -> Self;
    /// # Safety
    /// Sixteen numbers are there.
    unsafe fn load_half(p: *const f16) -> Self;
    /// # Safety
    /// Sixteen numbers are there.
    unsafe fn load_eight(p: *const i8) -> Self;
    /// # Safety
    /// There is room for sixteen numbers.
    unsafe fn store(self, p: *mut f32);
    /// # Safety
    /// There is room for sixteen numbers.
    unsafe fn store_half(self, p: *mut f16);
    /// Stores the lowest byte of each number's 32 bits.
    /// # Safety
    /// There is room for sixteen bytes.
    unsafe fn store_low_bytes(self, p: *mut i8);
    fn add(self, b: Self) -> Self;
    fn sub(self, b: Self) -> Self;
    fn mul(self, b: Self) -> Self;
    fn div(self, b: Self) -> Self;
    /// `self · b + c`, rounded once.
    fn fma(self, b: Self, c: Self) -> Self;
    /// The greater; `b` where one is no number.
    fn max(self, b: Self) -> Self;
    /// The smaller; `b` where one is no number.
    fn min(self, b: Self) -> Self;
    /// 2 to the power of whole numbers from -126 to 127.
    fn power_of_two(self) -> Self;

    /// Has a line of memory fetched that is read soon; nothing is, where it does not exist.
    #[inline(always)]
    fn fetch<T>(p: *const T) {
        let _ = p;
    }

    #[inline(always)]
    fn array(self) -> [f32; LANES] {
        let mut out = [0.0; LANES];
        // SAFETY: there is room for sixteen.
        unsafe { self.store(out.as_mut_ptr()) };
        out
    }

    /// The sum, of halves and halves again.
    #[inline(always)]
    fn sum(self) -> f32 {
        let mut s = self.array();
        for half in [8, 4, 2, 1] {
            for i in 0..half {
                s[i] += s[i + half];
            }
        }
        s[0]
    }

    /// The greatest that is a number.
    #[inline(always)]
    fn greatest(self) -> f32 {
        self.array().into_iter().fold(f32::NEG_INFINITY, f32::max)
    }

    /// The smallest that is a number.
    #[inline(always)]
    fn smallest(self) -> f32 {
        -Self::splat(0.0).sub(self).greatest()
    }

    /// e to the power of it, as `dot::exp`.
    #[inline(always)]
    fn exp(self) -> Self {
        let magic = Self::splat(12_582_912.0); // 1.5 · 2^23: adding it rounds to a whole number
        let x = self.max(Self::splat(-87.0)).min(Self::splat(87.0));
        let n = x.mul(Self::splat(std::f32::consts::LOG2_E)).add(magic).sub(magic);
        let r = x.sub(n.mul(Self::splat(0.693_359_4))).sub(n.mul(Self::splat(-2.121_944_4e-4)));
        let mut p = Self::splat(1.987_569_1e-4);
        for c in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
            p = p.mul(r).add(Self::splat(c));
        }
        let p = p.mul(r).mul(r).add(r).add(Self::splat(1.0));
        p.mul(n.power_of_two())
    }
}

/// In plain Rust.
#[derive(Clone, Copy)]
pub(super) struct Plain([f32; LANES]);

impl Plain {
    #[inline(always)]
    fn zip(self, b: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        Self(std::array::from_fn(|i| f(self.0[i], b.0[i])))
    }
}

impl Lanes for Plain {
    fn splat(v: f32) -> Self {
        Self([v; LANES])
    }

    unsafe fn load(p: *const f32) -> Self {
        // SAFETY: the caller's promise.
        Self(unsafe { p.cast::<[f32; LANES]>().read_unaligned() })
    }

    unsafe fn load_half(p: *const f16) -> Self {
        // SAFETY: the caller's promise.
        Self(unsafe { p.cast::<[f16; LANES]>().read_unaligned() }.map(f16::to_f32))
    }

    unsafe fn load_eight(p: *const i8) -> Self {
        // SAFETY: the caller's promise.
        Self(unsafe { p.cast::<[i8; LANES]>().read_unaligned() }.map(f32::from))
    }

    unsafe fn store(self, p: *mut f32) {
        // SAFETY: the caller's promise.
        unsafe { p.cast::<[f32; LANES]>().write_unaligned(self.0) }
    }

    unsafe fn store_half(self, p: *mut f16) {
        // SAFETY: the caller's promise.
        unsafe { p.cast::<[f16; LANES]>().write_unaligned(self.0.map(f16::from_f32)) }
    }

    unsafe fn store_low_bytes(self, p: *mut i8) {
        // SAFETY: the caller's promise.
        unsafe { p.cast::<[i8; LANES]>().write_unaligned(self.0.map(|v| v.to_bits() as i8)) }
    }

    fn add(self, b: Self) -> Self {
        self.zip(b, |a, b| a + b)
    }

    fn sub(self, b: Self) -> Self {
        self.zip(b, |a, b| a - b)
    }

    fn mul(self, b: Self) -> Self {
        self.zip(b, |a, b| a * b)
    }

    fn div(self, b: Self) -> Self {
        self.zip(b, |a, b| a / b)
    }

    fn fma(self, b: Self, c: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i].mul_add(b.0[i], c.0[i])))
    }

    fn max(self, b: Self) -> Self {
        self.zip(b, |a, b| if a > b { a } else { b })
    }

    fn min(self, b: Self) -> Self {
        self.zip(b, |a, b| if a < b { a } else { b })
    }

    fn power_of_two(self) -> Self {
        Self(self.0.map(|n| f32::from_bits(((n as i32 + 127) as u32) << 23)))
    }
}

#[cfg(target_arch = "x86_64")]
pub(super) use x86::{Avx2, Avx512};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use half::f16;

    use super::Lanes;

    /// Two registers of AVX2 (with FMA and F16C).
    #[derive(Clone, Copy)]
    pub struct Avx2(__m256, __m256);

    /// One of AVX-512.
    #[derive(Clone, Copy)]
    pub struct Avx512(__m512);

    // SAFETY of all blocks below: the trait's promise, that these are used only in functions compiled for their
    // processor, and the promises of the single functions.
    impl Lanes for Avx2 {
        #[inline(always)]
        fn fetch<T>(p: *const T) {
            // SAFETY: a hint, which reads nothing.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(p.cast()) }
        }
        #[inline(always)]
        fn splat(v: f32) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm256_set1_ps(v), _mm256_set1_ps(v)) }
        }
        #[inline(always)]
        unsafe fn load(p: *const f32) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm256_loadu_ps(p), _mm256_loadu_ps(p.add(8))) }
        }
        #[inline(always)]
        unsafe fn load_half(p: *const f16) -> Self {
            // SAFETY: as said above.
            unsafe {
                let (low, high) = (_mm_loadu_si128(p.cast()), _mm_loadu_si128(p.add(8).cast()));
                Self(_mm256_cvtph_ps(low), _mm256_cvtph_ps(high))
            }
        }
        #[inline(always)]
        unsafe fn load_eight(p: *const i8) -> Self {
            // SAFETY: as said above.
            unsafe {
                let (low, high) = (_mm_loadl_epi64(p.cast()), _mm_loadl_epi64(p.add(8).cast()));
                let (low, high) = (_mm256_cvtepi8_epi32(low), _mm256_cvtepi8_epi32(high));
                Self(_mm256_cvtepi32_ps(low), _mm256_cvtepi32_ps(high))
            }
        }
        #[inline(always)]
        unsafe fn store(self, p: *mut f32) {
            // SAFETY: as said above.
            unsafe {
                _mm256_storeu_ps(p, self.0);
                _mm256_storeu_ps(p.add(8), self.1);
            }
        }
        #[inline(always)]
        unsafe fn store_half(self, p: *mut f16) {
            // SAFETY: as said above.
            unsafe {
                _mm_storeu_si128(p.cast(), _mm256_cvtps_ph(self.0, _MM_FROUND_TO_NEAREST_INT));
                _mm_storeu_si128(p.add(8).cast(), _mm256_cvtps_ph(self.1, _MM_FROUND_TO_NEAREST_INT));
            }
        }
        #[inline(always)]
        unsafe fn store_low_bytes(self, p: *mut i8) {
            // SAFETY: as said above.
            unsafe {
                // The lowest bytes of four words to the front of each half, then the halves side by side.
                let lowest = _mm256_broadcastsi128_si256(_mm_setr_epi32(0x0c08_0400, -1, -1, -1));
                for (i, eight) in [self.0, self.1].into_iter().enumerate() {
                    let bytes = _mm256_shuffle_epi8(_mm256_castps_si256(eight), lowest);
                    let (low, high) = (_mm256_castsi256_si128(bytes), _mm256_extracti128_si256::<1>(bytes));
                    _mm_storel_epi64(p.add(8 * i).cast(), _mm_unpacklo_epi32(low, high));
                }
            }
        }
        #[inline(always)]
        fn add(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm256_add_ps(self.0, b.0), _mm256_add_ps(self.1, b.1)) }
        }
        #[inline(always)]
        fn sub(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm256_sub_ps(self.0, b.0), _mm256_sub_ps(self.1, b.1)) }
        }
        #[inline(always)]
        fn mul(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm256_mul_ps(self.0, b.0), _mm256_mul_ps(self.1, b.1)) }
        }
        #[inline(always)]
        fn div(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm256_div_ps(self.0, b.0), _mm256_div_ps(self.1, b.1)) }
        }
        #[inline(always)]
        fn fma(self, b: Self, c: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm256_fmadd_ps(self.0, b.0, c.0), _mm256_fmadd_ps(self.1, b.1, c.1)) }
        }
        #[inline(always)]
        fn max(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm256_max_ps(self.0, b.0), _mm256_max_ps(self.1, b.1)) }
        }
        #[inline(always)]
        fn min(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm256_min_ps(self.0, b.0), _mm256_min_ps(self.1, b.1)) }
        }
        #[inline(always)]
        fn sum(self) -> f32 {
            // SAFETY: as said above.
            unsafe { sum_of_eight(_mm256_add_ps(self.0, self.1)) }
        }
        #[inline(always)]
        fn greatest(self) -> f32 {
            // SAFETY: as said above.
            unsafe {
                let least = _mm256_set1_ps(f32::NEG_INFINITY);
                // What is no number gives way to the second.
                let (a, b) = (_mm256_max_ps(self.0, least), _mm256_max_ps(self.1, least));
                greatest_of_eight(_mm256_max_ps(a, b))
            }
        }
        #[inline(always)]
        fn power_of_two(self) -> Self {
            // SAFETY: as said above.
            unsafe {
                let bias = _mm256_set1_epi32(127);
                let low = _mm256_add_epi32(_mm256_cvttps_epi32(self.0), bias);
                let high = _mm256_add_epi32(_mm256_cvttps_epi32(self.1), bias);
                Self(
                    _mm256_castsi256_ps(_mm256_slli_epi32(low, 23)),
                    _mm256_castsi256_ps(_mm256_slli_epi32(high, 23)),
                )
            }
        }
    }

    impl Lanes for Avx512 {
        #[inline(always)]
        fn fetch<T>(p: *const T) {
            // SAFETY: a hint, which reads nothing.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(p.cast()) }
        }
        #[inline(always)]
        fn splat(v: f32) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm512_set1_ps(v)) }
        }
        #[inline(always)]
        unsafe fn load(p: *const f32) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm512_loadu_ps(p)) }
        }
        #[inline(always)]
        unsafe fn load_half(p: *const f16) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm512_cvtph_ps(_mm256_loadu_si256(p.cast()))) }
        }
        #[inline(always)]
        unsafe fn load_eight(p: *const i8) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(p.cast())))) }
        }
        #[inline(always)]
        unsafe fn store(self, p: *mut f32) {
            // SAFETY: as said above.
            unsafe { _mm512_storeu_ps(p, self.0) }
        }
        #[inline(always)]
        unsafe fn store_half(self, p: *mut f16) {
            // SAFETY: as said above.
            unsafe { _mm256_storeu_si256(p.cast(), _mm512_cvtps_ph(self.0, _MM_FROUND_TO_NEAREST_INT)) }
        }
        #[inline(always)]
        unsafe fn store_low_bytes(self, p: *mut i8) {
            // SAFETY: as said above.
            unsafe { _mm_storeu_si128(p.cast(), _mm512_cvtepi32_epi8(_mm512_castps_si512(self.0))) }
        }
        #[inline(always)]
        fn add(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm512_add_ps(self.0, b.0)) }
        }
        #[inline(always)]
        fn sub(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm512_sub_ps(self.0, b.0)) }
        }
        #[inline(always)]
        fn mul(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm512_mul_ps(self.0, b.0)) }
        }
        #[inline(always)]
        fn div(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm512_div_ps(self.0, b.0)) }
        }
        #[inline(always)]
        fn fma(self, b: Self, c: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm512_fmadd_ps(self.0, b.0, c.0)) }
        }
        #[inline(always)]
        fn max(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm512_max_ps(self.0, b.0)) }
        }
        #[inline(always)]
        fn min(self, b: Self) -> Self {
            // SAFETY: as said above.
            unsafe { Self(_mm512_min_ps(self.0, b.0)) }
        }
        #[inline(always)]
        fn sum(self) -> f32 {
            // SAFETY: as said above.
            unsafe {
                let (low, high) = halves(self.0);
                sum_of_eight(_mm256_add_ps(low, high))
            }
        }
        #[inline(always)]
        fn greatest(self) -> f32 {
            // SAFETY: as said above.
            unsafe {
                // What is no number gives way to the second.
                let (low, high) = halves(_mm512_max_ps(self.0, _mm512_set1_ps(f32::NEG_INFINITY)));
                greatest_of_eight(_mm256_max_ps(low, high))
            }
        }
        #[inline(always)]
        fn power_of_two(self) -> Self {
            // SAFETY: as said above.
            unsafe {
                let n = _mm512_add_epi32(_mm512_cvttps_epi32(self.0), _mm512_set1_epi32(127));
                Self(_mm512_castsi512_ps(_mm512_slli_epi32(n, 23)))
            }
        }
    }

    /// # Safety
    /// The processor knows AVX-512.
    #[inline(always)]
    unsafe fn halves(v: __m512) -> (__m256, __m256) {
        // SAFETY: the caller's promise.
        unsafe {
            let high = _mm256_castpd_ps(_mm512_extractf64x4_pd::<1>(_mm512_castps_pd(v)));
            (_mm512_castps512_ps256(v), high)
        }
    }

    /// In the order of [`Lanes::sum`].
    ///
    /// # Safety
    /// The processor knows AVX2.
    #[inline(always)]
    unsafe fn sum_of_eight(v: __m256) -> f32 {
        // SAFETY: the caller's promise.
        unsafe {
            let four = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
            let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)))
        }
    }

    /// Of numbers.
    ///
    /// # Safety
    /// The processor knows AVX2.
    #[inline(always)]
    unsafe fn greatest_of_eight(v: __m256) -> f32 {
        // SAFETY: the caller's promise.
        unsafe {
            let four = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
            let two = _mm_max_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::dot;
    use super::*;

    #[test]
    fn exp_side_by_side_is_exp() {
        let x: [f32; LANES] = std::array::from_fn(|i| i as f32 * 13.7 - 100.3);
        // SAFETY: sixteen are there.
        let found = unsafe { Plain::load(x.as_ptr()) }.exp().array();
        assert_eq!(found, x.map(dot::exp));
    }
}
