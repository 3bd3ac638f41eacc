//! Sums of products of one row of weights and a few rows of activations, in plain Rust and for AVX2.
//!
//! Every sum is formed in one order, which is the same for any number of rows, for every processor and for the tiles
//! of `tile`: whole numbers inside a block (exact), then block after block with one rounding each (fused multiply
//! and add). So a text is the same alone and beside others, and the fast ways give to the last bit what [`Scalar`] gives.

use half::f16;

use super::activation::{GROUP, LARGE, Large, SMALL, Small};
use super::unpack::Row;

/// What a processor can do with one unpacked row.
pub(super) trait Processor {
    /// `Σ w · x` over a small block.
    fn whole(w: &[i8; SMALL], x: &[i8; SMALL]) -> i32;
    /// `Σ scale · Σ w · x` over the groups of a large block.
    fn scaled(w: &[i8; LARGE], x: &[i8; LARGE], scales: &[i16; 16]) -> i32;
    /// `Σ a · b`.
    fn float(a: &[f32], b: &[f32]) -> f32;
    /// `a += factor · b`.
    fn add_scaled(a: &mut [f32], factor: f32, b: &[f32]);
    /// 16 bits as 32.
    fn widen(halves: &[f16], out: &mut [f32]);
}

/// The sum over blocks of 32: four sums of every fourth block, of the products and of what is added.
#[derive(Clone, Copy, Default)]
pub(super) struct SmallSum {
    products: [f32; 4],
    offsets: [f32; 4],
}

impl SmallSum {
    /// Block `b`: `scale` of weights and activations together, and the whole sum.
    #[inline(always)]
    pub fn add(&mut self, b: usize, scale: f32, whole: i32) {
        self.products[b % 4] = scale.mul_add(whole as f32, self.products[b % 4]);
    }

    #[inline(always)]
    pub fn offset(&mut self, b: usize, offset: f32, sum: f32) {
        self.offsets[b % 4] = offset.mul_add(sum, self.offsets[b % 4]);
    }

    #[inline(always)]
    pub fn total(self) -> f32 {
        let fold = |s: [f32; 4]| (s[0] + s[1]) + (s[2] + s[3]);
        fold(self.products) + fold(self.offsets)
    }
}

/// The sum over blocks of 256: that of the products, and that of what is taken away.
#[derive(Clone, Copy, Default)]
pub(super) struct LargeSum {
    products: f32,
    minima: f32,
}

impl LargeSum {
    #[inline(always)]
    pub fn add(&mut self, scale: f32, whole: i32) {
        self.products = scale.mul_add(whole as f32, self.products);
    }

    #[inline(always)]
    pub fn minimum(&mut self, scale: f32, whole: i32) {
        self.minima = scale.mul_add(whole as f32, self.minima);
    }

    #[inline(always)]
    pub fn total(self) -> f32 {
        self.products - self.minima
    }
}

/// Plain Rust: what the others are held against, and what runs where they cannot.
pub(super) struct Scalar;

impl Processor for Scalar {
    fn whole(w: &[i8; SMALL], x: &[i8; SMALL]) -> i32 {
        products(w, x)
    }

    fn scaled(w: &[i8; LARGE], x: &[i8; LARGE], scales: &[i16; 16]) -> i32 {
        let groups = w.chunks_exact(GROUP).zip(x.chunks_exact(GROUP)).zip(scales);
        groups.map(|((w, x), &s)| i32::from(s) * products(w, x)).sum()
    }

    fn float(a: &[f32], b: &[f32]) -> f32 {
        // Eight sums side by side, as wide registers form them.
        let mut sums = [0.0f32; 8];
        let (a, a_rest) = a.as_chunks::<8>();
        let (b, b_rest) = b.as_chunks::<8>();
        for (a, b) in a.iter().zip(b) {
            for l in 0..8 {
                sums[l] = a[l].mul_add(b[l], sums[l]);
            }
        }
        folded(sums) + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>()
    }

    fn add_scaled(a: &mut [f32], factor: f32, b: &[f32]) {
        a.iter_mut().zip(b).for_each(|(a, b)| *a = factor.mul_add(*b, *a));
    }

    fn widen(halves: &[f16], out: &mut [f32]) {
        out.iter_mut().zip(halves).for_each(|(o, h)| *o = h.to_f32());
    }
}

/// `Σ w · x` over small blocks with row `i` of `x`.
#[inline(always)]
pub(super) fn small<P: Processor>(w: &Row, x: &Small, i: usize) -> f32 {
    let blocks = i * x.columns / SMALL..(i + 1) * x.columns / SMALL;
    let (xq, scale, xsum) = (&x.q[i * x.columns..], &x.scale[blocks.clone()], &x.sum[blocks]);
    let mut sum = SmallSum::default();
    for (b, (wq, xq)) in w.q.as_chunks().0.iter().zip(xq.as_chunks().0).enumerate() {
        sum.add(b, w.scale[b] * scale[b], P::whole(wq, xq));
        if let Some(&offset) = w.offset.get(b) {
            sum.offset(b, offset, xsum[b]);
        }
    }
    sum.total()
}

/// `Σ w · x` over large blocks with row `i` of `x`.
#[inline(always)]
pub(super) fn large<P: Processor>(w: &Row, x: &Large, i: usize) -> f32 {
    let blocks = i * x.columns / LARGE..(i + 1) * x.columns / LARGE;
    let groups = i * x.columns / GROUP..(i + 1) * x.columns / GROUP;
    let (xq, scale, xsum) = (&x.q[i * x.columns..], &x.scale[blocks], x.sum[groups].as_chunks::<16>().0);
    let (scales, mins) = (w.group_scale.as_chunks::<16>().0, w.group_min.as_chunks::<16>().0);
    let mut sum = LargeSum::default();
    for (b, (wq, xq)) in w.q.as_chunks().0.iter().zip(xq.as_chunks().0).enumerate() {
        sum.add(w.scale[b] * scale[b], P::scaled(wq, xq, &scales[b]));
        if let Some(&offset) = w.offset.get(b) {
            let mut taken = 0;
            for (&m, &s) in mins[b].iter().zip(&xsum[b]) {
                taken += i32::from(m) * i32::from(s);
            }
            sum.minimum(offset * scale[b], taken);
        }
    }
    sum.total()
}

#[inline(always)]
fn products(w: &[i8], x: &[i8]) -> i32 {
    w.iter().zip(x).map(|(&w, &x)| i32::from(w) * i32::from(x)).sum()
}

/// e to the power of `x`, to two units in the last place (outside ±87 that of ±87): Cephes' polynomial after
/// taking away multiples of ln 2. Plain arithmetic, so that it is computed eight at a time.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    const MAGIC: f32 = 12_582_912.0; // 1.5 · 2^23: adding it rounds to a whole number
    let x = x.clamp(-87.0, 87.0);
    let n = (x * std::f32::consts::LOG2_E + MAGIC) - MAGIC;
    let r = (x - n * 0.693_359_4) - n * -2.121_944_4e-4;
    let mut p = 1.987_569_1e-4;
    for c in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        p = p * r + c;
    }
    let p = p * r * r + r + 1.0;
    p * f32::from_bits(((n as i32 + 127) as u32) << 23)
}

#[inline(always)]
fn folded(s: [f32; 8]) -> f32 {
    ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}

#[cfg(target_arch = "x86_64")]
pub(super) use avx2::Avx2;

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    use half::f16;

    use super::{LARGE, Processor, SMALL, folded};

    /// AVX2, FMA and F16C. To be used only where these are (`Way::Avx2`); the methods are inlined into functions that
    /// are compiled for these.
    pub struct Avx2;

    /// Sums of neighbouring products of 32 pairs, 16 × i16. No sum overflows: |w| ≤ 128, |x| ≤ 127.
    ///
    /// # Safety
    /// AVX2; 32 bytes behind each pointer.
    #[inline(always)]
    unsafe fn products(w: *const i8, x: *const i8) -> __m256i {
        // SAFETY: the caller's promise.
        unsafe {
            let w = _mm256_loadu_si256(w.cast());
            let x = _mm256_loadu_si256(x.cast());
            _mm256_maddubs_epi16(_mm256_abs_epi8(w), _mm256_sign_epi8(x, w))
        }
    }

    #[inline(always)]
    unsafe fn sum_of(v: __m256i) -> i32 {
        // SAFETY: AVX2 is the caller's promise.
        unsafe {
            let v = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
            let v = _mm_add_epi32(v, _mm_unpackhi_epi64(v, v));
            _mm_cvtsi128_si32(_mm_add_epi32(v, _mm_shuffle_epi32(v, 1)))
        }
    }

    impl Processor for Avx2 {
        #[inline(always)]
        fn whole(w: &[i8; SMALL], x: &[i8; SMALL]) -> i32 {
            // SAFETY: `Avx2` is used only where AVX2 is; both have 32 bytes.
            unsafe { sum_of(_mm256_madd_epi16(products(w.as_ptr(), x.as_ptr()), _mm256_set1_epi16(1))) }
        }

        #[inline(always)]
        fn scaled(w: &[i8; LARGE], x: &[i8; LARGE], scales: &[i16; 16]) -> i32 {
            // SAFETY: as in `whole`; both have 256 bytes.
            unsafe {
                let mut sums = _mm256_setzero_si256();
                for i in 0..8 {
                    let pairs = products(w.as_ptr().add(32 * i), x.as_ptr().add(32 * i));
                    let scales =
                        _mm256_set_m128i(_mm_set1_epi16(scales[2 * i + 1]), _mm_set1_epi16(scales[2 * i]));
                    sums = _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, scales));
                }
                sum_of(sums)
            }
        }

        #[inline(always)]
        fn float(a: &[f32], b: &[f32]) -> f32 {
            let n = a.len().min(b.len());
            let wide = n / 8 * 8;
            let mut lanes = [0.0; 8];
            // SAFETY: as in `whole`; the reads are inside the slices.
            unsafe {
                let mut sums = _mm256_setzero_ps();
                for at in (0..wide).step_by(8) {
                    let a = _mm256_loadu_ps(a.as_ptr().add(at));
                    let b = _mm256_loadu_ps(b.as_ptr().add(at));
                    sums = _mm256_fmadd_ps(a, b, sums);
                }
                _mm256_storeu_ps(lanes.as_mut_ptr(), sums);
            }
            folded(lanes) + a[wide..n].iter().zip(&b[wide..n]).map(|(a, b)| a * b).sum::<f32>()
        }

        #[inline(always)]
        fn add_scaled(a: &mut [f32], factor: f32, b: &[f32]) {
            a.iter_mut().zip(b).for_each(|(a, b)| *a = factor.mul_add(*b, *a));
        }

        #[inline(always)]
        fn widen(halves: &[f16], out: &mut [f32]) {
            let n = halves.len().min(out.len());
            let wide = n / 8 * 8;
            for at in (0..wide).step_by(8) {
                // SAFETY: F16C is here, as in `whole`; eight numbers from `at` are inside both slices.
                unsafe {
                    let h = _mm_loadu_si128(halves.as_ptr().add(at).cast());
                    _mm256_storeu_ps(out.as_mut_ptr().add(at), _mm256_cvtph_ps(h));
                }
            }
            out[wide..n].iter_mut().zip(&halves[wide..n]).for_each(|(o, h)| *o = h.to_f32());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_near_the_standard_one() {
        for i in -8_700..8_700 {
            let x = i as f32 * 0.01;
            let (ours, theirs) = (exp(x), x.exp());
            assert!((ours - theirs).abs() <= 3e-7 * theirs, "{x}: {ours} {theirs}");
        }
        assert!(exp(f32::NEG_INFINITY) < 1e-37 && exp(f32::INFINITY) > 1e37);
    }
}
