//! Rows of activations in the 8 bits that quantized weights are multiplied with. The roundings are ggml's (its
//! blocks `q8_0`, `q8_1` and `q8_K`), so that the same file gives the same sums as there.

use half::f16;

/// Weights in a block that share what 32 activations share.
pub(super) const SMALL: usize = 32;
/// The same for K-quants.
pub(super) const LARGE: usize = 256;
/// Weights of a large block that share a scale.
pub(super) const GROUP: usize = 16;

/// Rows of `columns` activations, as the weights they meet need them.
pub(super) enum Activations<'a> {
    /// As they are, `[rows, columns]`.
    Float(&'a [f32]),
    /// In blocks of 32.
    Small(Small),
    /// In blocks of 256.
    Large(Large),
}

/// `x ≈ scale · q`, a scale for 32.
pub(super) struct Small {
    /// `[rows, columns]`.
    pub q: Vec<i8>,
    /// `[rows, columns / 32]`.
    pub scale: Vec<f32>,
    /// Sum of the 32 values as rounded.
    pub sum: Vec<f32>,
}

/// `x ≈ scale · q`, a scale for 256.
pub(super) struct Large {
    /// `[rows, columns]`.
    pub q: Vec<i8>,
    /// `[rows, columns / 256]`.
    pub scale: Vec<f32>,
    /// Sum of each 16 `q`, `[rows, columns / 16]`.
    pub sum: Vec<i16>,
}

impl Small {
    /// `x`: a multiple of 32 numbers.
    pub fn new(x: &[f32]) -> Self {
        let blocks = x.len() / SMALL;
        let mut out = Self { q: vec![0; x.len()], scale: vec![0.0; blocks], sum: vec![0.0; blocks] };
        for (b, (x, q)) in x.chunks_exact(SMALL).zip(out.q.chunks_exact_mut(SMALL)).enumerate() {
            let most = x.iter().fold(0.0f32, |most, v| most.max(v.abs()));
            let scale = most / 127.0;
            let inverse = if most > 0.0 { 127.0 / most } else { 0.0 };
            let mut sum = 0i32;
            for (q, &v) in q.iter_mut().zip(x) {
                *q = (v * inverse).round_ties_even() as i8;
                sum += i32::from(*q);
            }
            // ggml keeps the scale in 16 bits.
            out.scale[b] = f16::from_f32(scale).to_f32();
            out.sum[b] = f16::from_f32(scale * sum as f32).to_f32();
        }
        out
    }
}

impl Large {
    /// `x`: a multiple of 256 numbers.
    pub fn new(x: &[f32]) -> Self {
        let mut out =
            Self { q: vec![0; x.len()], scale: vec![0.0; x.len() / LARGE], sum: vec![0; x.len() / GROUP] };
        for (b, (x, q)) in x.chunks_exact(LARGE).zip(out.q.chunks_exact_mut(LARGE)).enumerate() {
            // The number that is furthest from 0, with its sign, becomes -127.
            let far = x.iter().fold(0.0f32, |far, &v| if v.abs() > far.abs() { v } else { far });
            if far == 0.0 {
                continue;
            }
            let inverse = -127.0 / far;
            for (q, &v) in q.iter_mut().zip(x) {
                *q = (v * inverse).round_ties_even().min(127.0) as i8;
            }
            out.scale[b] = 1.0 / inverse;
            for (sum, q) in out.sum[b * LARGE / GROUP..].iter_mut().zip(q.chunks_exact(GROUP)) {
                *sum = q.iter().map(|&q| i16::from(q)).sum();
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_rounded_is_near(x in prop::collection::vec(-1e4f32..1e4, 512)) {
            let small = Small::new(&x);
            let large = Large::new(&x);
            for (i, &v) in x.iter().enumerate() {
                let s = f32::from(small.q[i]) * small.scale[i / SMALL];
                prop_assert!((v - s).abs() <= 0.6 * small.scale[i / SMALL], "{v} {s}");
                let l = f32::from(large.q[i]) * large.scale[i / LARGE];
                prop_assert!((v - l).abs() <= 0.6 * large.scale[i / LARGE].abs(), "{v} {l}");
            }
        }
    }

    #[test]
    fn zeros_infinities_and_what_is_no_number_do_no_harm() {
        for v in [0.0, f32::INFINITY, f32::NAN, f32::MIN_POSITIVE / 4.0] {
            assert_eq!(Small::new(&[v; 32]).q.len(), 32);
            assert_eq!(Large::new(&[v; 256]).q.len(), 256);
        }
        assert!(Large::new(&[0.0; 256]).q.iter().all(|&q| q == 0));
    }
}
