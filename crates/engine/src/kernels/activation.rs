//! Rows of activations in the 8 bits that quantized weights are multiplied with. The roundings are ggml's (its
//! blocks `q8_0`, `q8_1` and `q8_K`), so that the same file gives the same sums as there.

use half::f16;

use super::interleaved::Few;
use super::lanes::{LANES, Lanes};
use super::pool;
use super::way::{Way, for_each_way};

/// Weights in a block that share what 32 activations share.
pub(super) const SMALL: usize = 32;
/// The same for K-quants.
pub(super) const LARGE: usize = 256;
/// Weights of a large block that share a scale.
pub(super) const GROUP: usize = 16;
/// Numbers below which threads are not worth waking.
const SERIAL: usize = 1 << 14;

/// `x ≈ scale · q`, a scale for 32.
pub(super) struct Small {
    /// Numbers in a row.
    pub columns: usize,
    /// `[rows, columns]`.
    pub q: Vec<i8>,
    /// `[rows, columns / 32]`.
    pub scale: Vec<f32>,
    /// Sum of the 32 values as rounded.
    pub sum: Vec<f32>,
    /// Sum of the 32 `q`.
    pub whole: Vec<i32>,
}

/// `x ≈ scale · q`, a scale for 256.
pub(super) struct Large {
    /// Numbers in a row.
    pub columns: usize,
    /// `[rows, columns]`.
    pub q: Vec<i8>,
    /// `[rows, columns / 256]`.
    pub scale: Vec<f32>,
    /// Sum of each 16 `q`, `[rows, columns / 16]`.
    pub sum: Vec<i16>,
}

impl Small {
    /// `x` `[rows, columns]`; `columns` a multiple of 32.
    pub fn new(x: &[f32], columns: usize) -> Self {
        let blocks = x.len() / SMALL;
        let (scale, sum, whole) = (vec![0.0; blocks], vec![0.0; blocks], vec![0; blocks]);
        let mut out = Self { columns, q: vec![0; x.len()], scale, sum, whole };
        let in_row = (columns / SMALL).max(1);
        let parts = out.q.chunks_mut(columns.max(1)).zip(out.scale.chunks_mut(in_row));
        let parts = parts.zip(out.sum.chunks_mut(in_row)).zip(out.whole.chunks_mut(in_row));
        let parts = parts.zip(x.chunks(columns.max(1)));
        let way = Way::best();
        each(x.len(), parts, |((((q, scale), sum), whole), x)| small_row(way, x, q, scale, sum, whole));
        out
    }
}

impl Large {
    /// `x` `[rows, columns]`; `columns` a multiple of 256.
    pub fn new(x: &[f32], columns: usize) -> Self {
        let (blocks, groups) = (x.len() / LARGE, x.len() / GROUP);
        let mut out = Self { columns, q: vec![0; x.len()], scale: vec![0.0; blocks], sum: vec![0; groups] };
        let parts = out.q.chunks_mut(columns.max(1)).zip(out.scale.chunks_mut((columns / LARGE).max(1)));
        let parts = parts.zip(out.sum.chunks_mut((columns / GROUP).max(1))).zip(x.chunks(columns.max(1)));
        let way = Way::best();
        each(x.len(), parts, |(((q, scale), sum), x)| large_row(way, x, q, scale, sum));
        out
    }
}

impl Small {
    /// The only row, for interleaved rows of weights.
    pub fn few(&self) -> Few<'_> {
        Few { columns: self.columns, q: &self.q, scale: &self.scale, sum: &[], whole: &self.whole }
    }
}

impl Large {
    /// As [`Small::few`].
    pub fn few(&self) -> Few<'_> {
        Few { columns: self.columns, q: &self.q, scale: &self.scale, sum: &self.sum, whole: &[] }
    }
}

/// All rows, on all threads when it is worth it.
fn each<T: Send>(numbers: usize, parts: impl Iterator<Item = T>, work: impl Fn(&mut T) + Sync) {
    if numbers < SERIAL {
        return parts.for_each(|mut part| work(&mut part));
    }
    pool::each(parts, |_, part| work(part));
}

for_each_way! {
    fn small_row(x: &[f32], q: &mut [i8], scale: &mut [f32], sum: &mut [f32], whole: &mut [i32]) = small_blocks::<_>
}
for_each_way! { fn large_row(x: &[f32], q: &mut [i8], scale: &mut [f32], sum: &mut [i16]) = large_blocks::<_> }

#[inline(always)]
fn small_blocks<L: Lanes>(x: &[f32], q: &mut [i8], scale: &mut [f32], sum: &mut [f32], whole: &mut [i32]) {
    for (b, (x, q)) in x.as_chunks::<SMALL>().0.iter().zip(q.as_chunks_mut::<SMALL>().0).enumerate() {
        let (least, most) = range::<L>(x);
        let most = most.max(-least);
        let d = most / 127.0;
        let inverse = if most > 0.0 { 127.0 / most } else { 0.0 };
        let mut total = 0;
        for (x, q) in x.as_chunks::<LANES>().0.iter().zip(q.as_chunks_mut::<LANES>().0) {
            total += round::<L>(x, inverse, q);
        }
        // ggml keeps the scale in 16 bits.
        scale[b] = f16::from_f32(d).to_f32();
        sum[b] = f16::from_f32(d * total as f32).to_f32();
        whole[b] = total;
    }
}

#[inline(always)]
fn large_blocks<L: Lanes>(x: &[f32], q: &mut [i8], scale: &mut [f32], sum: &mut [i16]) {
    for (b, (x, q)) in x.as_chunks::<LARGE>().0.iter().zip(q.as_chunks_mut::<LARGE>().0).enumerate() {
        // The number that is furthest from 0, the first of them, becomes -127.
        let (least, most) = range::<L>(x);
        let far = match most.max(-least) {
            0.0 => {
                q.fill(0);
                continue;
            }
            _ if most > -least => most,
            _ if most < -least => least,
            both => x.iter().copied().find(|v| v.abs() == both).unwrap_or(both),
        };
        let inverse = -127.0 / far;
        scale[b] = 1.0 / inverse;
        let groups = x.as_chunks::<GROUP>().0.iter().zip(q.as_chunks_mut::<GROUP>().0);
        for (sum, (x, q)) in sum[b * LARGE / GROUP..].iter_mut().zip(groups) {
            *sum = round::<L>(x, inverse, q) as i16;
        }
    }
}

/// The least and the greatest of what are numbers, and 0.
#[inline(always)]
fn range<L: Lanes>(x: &[f32]) -> (f32, f32) {
    let (mut least, mut most) = (L::splat(0.0), L::splat(0.0));
    for sixteen in x.as_chunks::<LANES>().0 {
        // SAFETY: sixteen are there.
        let x = unsafe { L::load(sixteen.as_ptr()) };
        (least, most) = (x.min(least), x.max(most));
    }
    (least.smallest(), most.greatest())
}

/// `x · factor`, rounded to whole numbers (the even one where two are as near) that fit 8 bits; gives their sum. What is
/// no number becomes 0.
#[inline(always)]
fn round<L: Lanes>(x: &[f32; LANES], factor: f32, q: &mut [i8; LANES]) -> i32 {
    // 1.5 · 2^23: adding it rounds to a whole number, which then stands in the lowest bits.
    let magic = L::splat(12_582_912.0);
    // SAFETY: both are sixteen.
    unsafe {
        let v = L::load(x.as_ptr()).mul(L::splat(factor));
        // What is no number stays so.
        let v = L::splat(-128.0).max(L::splat(127.0).min(v));
        let whole = v.add(magic);
        whole.store_low_bytes(q.as_mut_ptr());
        // A sum of sixteen bytes is exact.
        whole.sub(magic).sum() as i32
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::lanes::Plain;
    use super::*;

    proptest! {
        #[test]
        fn what_is_rounded_is_near(x in prop::collection::vec(-1e4f32..1e4, 512)) {
            let small = Small::new(&x, 256);
            let large = Large::new(&x, 256);
            for (i, &v) in x.iter().enumerate() {
                let s = f32::from(small.q[i]) * small.scale[i / SMALL];
                prop_assert!((v - s).abs() <= 0.6 * small.scale[i / SMALL], "{v} {s}");
                let l = f32::from(large.q[i]) * large.scale[i / LARGE];
                prop_assert!((v - l).abs() <= 0.6 * large.scale[i / LARGE].abs(), "{v} {l}");
            }
            for (sum, q) in large.sum.iter().zip(large.q.chunks(GROUP)) {
                prop_assert_eq!(i32::from(*sum), q.iter().map(|&q| i32::from(q)).sum::<i32>());
            }
        }
    }

    #[test]
    fn rounding_goes_to_the_even_of_two_that_are_as_near() {
        let (mut x, mut q) = ([0.0; LANES], [0; LANES]);
        x[..8].copy_from_slice(&[0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 126.5, -127.5]);
        assert_eq!(round::<Plain>(&x, 1.0, &mut q), 126 - 128);
        assert_eq!(q[..8], [0, 2, 2, 0, -2, -2, 126, -128]);
    }

    #[test]
    fn every_way_rounds_to_the_same() {
        let mut x: Vec<f32> = (0..1024).map(|i| ((i * 7919 % 1009) as f32 - 504.0) * 0.37).collect();
        // Two as far from 0 on both sides, the first of them positive and negative; all 0; no numbers.
        (x[3], x[300], x[10], x[290]) = (999.0, -999.0, -999.0, 999.0);
        x[512..768].fill(0.0);
        (x[770], x[771], x[772]) = (f32::NAN, f32::INFINITY, f32::NEG_INFINITY);
        let by = |way: Way| {
            let (mut q, mut scale, mut sum) = (vec![0i8; 1024], vec![0.0; 4], vec![0i16; 64]);
            large_row(way, &x, &mut q, &mut scale, &mut sum);
            let (mut small, mut scales, mut sums) = (vec![0i8; 1024], vec![0.0; 32], vec![0.0; 32]);
            let mut whole = vec![0; 32];
            small_row(way, &x, &mut small, &mut scales, &mut sums, &mut whole);
            let bits = |all: [Vec<f32>; 3]| all.concat().into_iter().map(f32::to_bits).collect::<Vec<_>>();
            (q, sum, small, whole, bits([scale, scales, sums]))
        };
        let plain = by(Way::Scalar);
        assert_eq!((plain.0[3], plain.0[290]), (-127, -127), "the first of two as far");
        for &way in Way::ALL.iter().filter(|way| way.is_here()) {
            assert_eq!(plain, by(way), "{way:?}");
        }
    }

    #[test]
    fn zeros_infinities_and_what_is_no_number_do_no_harm() {
        for v in [0.0, f32::INFINITY, f32::NAN, f32::MIN_POSITIVE / 4.0] {
            assert_eq!(Small::new(&[v; 32], 32).q.len(), 32);
            assert_eq!(Large::new(&[v; 256], 256).q.len(), 256);
        }
        assert!(Large::new(&[0.0; 256], 256).q.iter().all(|&q| q == 0));
    }
}
