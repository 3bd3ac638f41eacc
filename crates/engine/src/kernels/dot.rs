//! Sums of products, in plain Rust and for AVX2. Every sum is formed in the same order however many rows are
//! computed at once, so a text is the same alone and beside others.

use half::f16;

use super::activation::{GROUP, LARGE, SMALL};
use super::unpack::Row;

/// One row of activations in small blocks.
#[derive(Clone, Copy)]
pub(super) struct SmallRow<'a> {
    pub q: &'a [i8],
    pub scale: &'a [f32],
    pub sum: &'a [f32],
}

/// One row of activations in large blocks.
#[derive(Clone, Copy)]
pub(super) struct LargeRow<'a> {
    pub q: &'a [i8],
    pub scale: &'a [f32],
    pub sum: &'a [i16],
}

/// What a processor can do. Each gives what [`Scalar`] gives, but for the rounding of the last bits.
pub(super) trait Processor {
    /// `Σ w · x` over small blocks.
    fn small(w: &Row, x: SmallRow<'_>) -> f32;
    /// `Σ w · x` over large blocks.
    fn large(w: &Row, x: LargeRow<'_>) -> f32;
    /// `Σ a · b`.
    fn float(a: &[f32], b: &[f32]) -> f32;
    /// `a += factor · b`.
    fn add_scaled(a: &mut [f32], factor: f32, b: &[f32]);
    /// 16 bits as 32.
    fn widen(halves: &[f16], out: &mut [f32]);
}

/// Plain Rust: what the others are held against, and what runs where they cannot.
pub(super) struct Scalar;

impl Processor for Scalar {
    fn small(w: &Row, x: SmallRow<'_>) -> f32 {
        let mut sum = 0.0;
        for (b, (wq, xq)) in w.q.chunks_exact(SMALL).zip(x.q.chunks_exact(SMALL)).enumerate() {
            sum += w.scale[b] * x.scale[b] * whole(wq, xq) as f32;
        }
        sum + offsets(w, x)
    }

    fn large(w: &Row, x: LargeRow<'_>) -> f32 {
        let mut sum = 0.0;
        for (b, (wq, xq)) in w.q.chunks_exact(LARGE).zip(x.q.chunks_exact(LARGE)).enumerate() {
            let groups = wq.chunks_exact(GROUP).zip(xq.chunks_exact(GROUP));
            let scales = &w.group_scale[b * 16..];
            let total: i32 = groups.zip(scales).map(|((wq, xq), &s)| i32::from(s) * whole(wq, xq)).sum();
            sum += w.scale[b] * x.scale[b] * total as f32;
        }
        sum - minima(w, x)
    }

    fn float(a: &[f32], b: &[f32]) -> f32 {
        // Eight sums side by side, as wide registers form them.
        let mut sums = [0.0f32; 8];
        let (a, a_rest) = a.as_chunks::<8>();
        let (b, b_rest) = b.as_chunks::<8>();
        for (a, b) in a.iter().zip(b) {
            for l in 0..8 {
                sums[l] += a[l] * b[l];
            }
        }
        folded(sums) + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>()
    }

    fn add_scaled(a: &mut [f32], factor: f32, b: &[f32]) {
        a.iter_mut().zip(b).for_each(|(a, b)| *a += factor * b);
    }

    fn widen(halves: &[f16], out: &mut [f32]) {
        out.iter_mut().zip(halves).for_each(|(o, h)| *o = h.to_f32());
    }
}

#[inline(always)]
fn whole(w: &[i8], x: &[i8]) -> i32 {
    w.iter().zip(x).map(|(&w, &x)| i32::from(w) * i32::from(x)).sum()
}

/// `Σ offset · sum of the block's activations`.
#[inline(always)]
fn offsets(w: &Row, x: SmallRow<'_>) -> f32 {
    w.offset.iter().zip(x.sum).map(|(o, s)| o * s).sum()
}

/// `Σ offset · scale · Σ group_min · sum of the group's activations`.
#[inline(always)]
fn minima(w: &Row, x: LargeRow<'_>) -> f32 {
    let mut sum = 0.0;
    for (b, offset) in w.offset.iter().enumerate() {
        let groups = w.group_min[b * 16..b * 16 + 16].iter().zip(&x.sum[b * 16..b * 16 + 16]);
        let total: i32 = groups.map(|(&m, &s)| i32::from(m) * i32::from(s)).sum();
        sum += offset * x.scale[b] * total as f32;
    }
    sum
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

    use super::{LARGE, LargeRow, Processor, Row, SMALL, SmallRow, folded, minima, offsets};

    /// AVX2, FMA and F16C. To be used only where [`Avx2::is_here`]; the methods are inlined into functions that
    /// are compiled for these.
    pub struct Avx2;

    impl Avx2 {
        pub fn is_here() -> bool {
            is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("fma")
                && is_x86_feature_detected!("f16c")
        }
    }

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
    unsafe fn lanes(v: __m256) -> [f32; 8] {
        let mut out = [0.0; 8];
        // SAFETY: eight floats are written to eight floats; AVX is the caller's promise.
        unsafe { _mm256_storeu_ps(out.as_mut_ptr(), v) };
        out
    }

    impl Processor for Avx2 {
        #[inline(always)]
        fn small(w: &Row, x: SmallRow<'_>) -> f32 {
            let blocks = w.scale.len();
            assert!(w.q.len() >= blocks * SMALL && x.q.len() >= blocks * SMALL && x.scale.len() >= blocks);
            // SAFETY: `Avx2` is used only where AVX2 and FMA are; the reads are inside the slices (above).
            let sums = unsafe {
                let mut sums = _mm256_setzero_ps();
                let ones = _mm256_set1_epi16(1);
                for b in 0..blocks {
                    let pairs = products(w.q.as_ptr().add(b * SMALL), x.q.as_ptr().add(b * SMALL));
                    let whole = _mm256_cvtepi32_ps(_mm256_madd_epi16(pairs, ones));
                    let scale = _mm256_set1_ps(w.scale.get_unchecked(b) * x.scale.get_unchecked(b));
                    sums = _mm256_fmadd_ps(scale, whole, sums);
                }
                lanes(sums)
            };
            folded(sums) + offsets(w, x)
        }

        #[inline(always)]
        fn large(w: &Row, x: LargeRow<'_>) -> f32 {
            let blocks = w.scale.len();
            assert!(w.q.len() >= blocks * LARGE && x.q.len() >= blocks * LARGE && x.scale.len() >= blocks);
            assert!(w.group_scale.len() >= blocks * 16);
            // SAFETY: as in `small`.
            let sums = unsafe {
                let mut sums = _mm256_setzero_ps();
                for b in 0..blocks {
                    let mut whole = _mm256_setzero_si256();
                    for i in 0..8 {
                        let at = b * LARGE + i * 32;
                        let pairs = products(w.q.as_ptr().add(at), x.q.as_ptr().add(at));
                        let s = w.group_scale.as_ptr().add(b * 16 + 2 * i);
                        let scales = _mm256_set_m128i(_mm_set1_epi16(*s.add(1)), _mm_set1_epi16(*s));
                        whole = _mm256_add_epi32(whole, _mm256_madd_epi16(pairs, scales));
                    }
                    let scale = _mm256_set1_ps(w.scale.get_unchecked(b) * x.scale.get_unchecked(b));
                    sums = _mm256_fmadd_ps(scale, _mm256_cvtepi32_ps(whole), sums);
                }
                lanes(sums)
            };
            folded(sums) - minima(w, x)
        }

        #[inline(always)]
        fn float(a: &[f32], b: &[f32]) -> f32 {
            let n = a.len().min(b.len());
            let wide = n / 8 * 8;
            // SAFETY: as in `small`.
            let sums = unsafe {
                let mut sums = _mm256_setzero_ps();
                for at in (0..wide).step_by(8) {
                    let a = _mm256_loadu_ps(a.as_ptr().add(at));
                    let b = _mm256_loadu_ps(b.as_ptr().add(at));
                    sums = _mm256_fmadd_ps(a, b, sums);
                }
                lanes(sums)
            };
            folded(sums) + a[wide..n].iter().zip(&b[wide..n]).map(|(a, b)| a * b).sum::<f32>()
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
                // SAFETY: F16C is here, as in `small`; eight numbers from `at` are inside both slices.
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
