//! Rows of activations in the 8 bits that quantized weights are multiplied with. The roundings are ggml's (its
//! blocks `q8_0`, `q8_1` and `q8_K`), so that the same file gives the same sums as there.

use half::f16;

use super::interleaved::Few;
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
    fn small_row(x: &[f32], q: &mut [i8], scale: &mut [f32], sum: &mut [f32], whole: &mut [i32]) = small_blocks
}
for_each_way! { fn large_row(x: &[f32], q: &mut [i8], scale: &mut [f32], sum: &mut [i16]) = large_blocks }

#[inline(always)]
fn small_blocks(x: &[f32], q: &mut [i8], scale: &mut [f32], sum: &mut [f32], whole: &mut [i32]) {
    for (b, (x, q)) in x.as_chunks::<SMALL>().0.iter().zip(q.as_chunks_mut::<SMALL>().0).enumerate() {
        let most = furthest(x);
        let d = most / 127.0;
        let inverse = if most > 0.0 { 127.0 / most } else { 0.0 };
        let total: i32 = round(x, inverse, q);
        // ggml keeps the scale in 16 bits.
        scale[b] = f16::from_f32(d).to_f32();
        sum[b] = f16::from_f32(d * total as f32).to_f32();
        whole[b] = total;
    }
}

#[inline(always)]
fn large_blocks(x: &[f32], q: &mut [i8], scale: &mut [f32], sum: &mut [i16]) {
    for (b, (x, q)) in x.as_chunks::<LARGE>().0.iter().zip(q.as_chunks_mut::<LARGE>().0).enumerate() {
        // The number that is furthest from 0, the first of them, becomes -127.
        let most = furthest(x);
        let has_it = |part: &&[f32; 16]| part.iter().fold(false, |found, v| found | (v.abs() == most));
        let part = x.as_chunks::<16>().0.iter().find(has_it);
        let far = part.and_then(|part| part.iter().find(|v| v.abs() == most));
        let Some(&far) = far.filter(|_| most > 0.0) else {
            q.fill(0);
            continue;
        };
        let inverse = -127.0 / far;
        scale[b] = 1.0 / inverse;
        let groups = x.as_chunks::<GROUP>().0.iter().zip(q.as_chunks_mut::<GROUP>().0);
        for (sum, (x, q)) in sum[b * LARGE / GROUP..].iter_mut().zip(groups) {
            *sum = round(x, inverse, q) as i16;
        }
    }
}

/// The greatest distance from 0, of what are numbers.
#[inline(always)]
fn furthest<const N: usize>(x: &[f32; N]) -> f32 {
    let mut most = [0.0f32; 16];
    for sixteen in x.as_chunks::<16>().0 {
        for (most, v) in most.iter_mut().zip(sixteen) {
            *most = if v.abs() > *most { v.abs() } else { *most };
        }
    }
    most.into_iter().fold(0.0, f32::max)
}

/// `x · factor`, rounded to whole numbers (the even one where two are as near) that fit 8 bits; gives their sum. What is
/// no number becomes 0. Plain arithmetic, so that it is done many at a time.
#[inline(always)]
fn round<const N: usize>(x: &[f32; N], factor: f32, q: &mut [i8; N]) -> i32 {
    // 1.5 · 2^23: adding it rounds to a whole number, which then stands in the lowest bits.
    const MAGIC: f32 = 12_582_912.0;
    let mut sum = 0;
    for (q, &x) in q.iter_mut().zip(x) {
        let v = x * factor;
        let v = if v > 127.0 { 127.0 } else { v };
        let v = if v < -128.0 { -128.0 } else { v };
        let whole = (v + MAGIC).to_bits() as i32 - MAGIC.to_bits() as i32;
        *q = whole as i8;
        sum += i32::from(*q);
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        let mut q = [0; 8];
        let x = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 126.5, -127.5];
        assert_eq!(round(&x, 1.0, &mut q), 126 - 128);
        assert_eq!(q, [0, 2, 2, 0, -2, -2, 126, -128]);
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
