//! Layers that keep a state in place of keys: a convolution over the last tokens, and the gated delta rule.

#[cfg(target_arch = "x86_64")]
use super::dot::Avx2;
use super::dot::{Processor, Scalar};
use super::pool;
#[cfg(target_arch = "x86_64")]
use super::way::Way;
use crate::arch::DeltaNet;

/// `all` `[kernel - 1 + n, channels]`, `weight` `[channels, kernel]`: `[n, channels]`.
pub(super) fn causal_conv(all: &[f32], weight: &[f32], channels: usize, kernel: usize) -> Vec<f32> {
    let n = all.len() / channels + 1 - kernel;
    let mut out = vec![0.0; n * channels];
    for (t, out) in out.chunks_exact_mut(channels).enumerate() {
        for j in 0..kernel {
            let x = &all[(t + j) * channels..(t + j + 1) * channels];
            for (c, (out, x)) in out.iter_mut().zip(x).enumerate() {
                *out += weight[c * kernel + j] * x;
            }
        }
    }
    out
}

/// The gated delta rule (arXiv 2412.06464, equation 10), token by token: the memory of a head is a matrix from keys
/// to values; it fades, and what it holds for the key of a token is moved towards the token's value.
pub(super) struct DeltaRule<'a> {
    pub sizes: &'a DeltaNet,
    /// Queries, keys and values `[n, channels]`.
    pub x: &'a [f32],
    /// `[n, value_heads]`.
    pub kept: &'a [f32],
    /// `[n, value_heads]`.
    pub beta: &'a [f32],
    pub eps: f32,
}

impl DeltaRule<'_> {
    /// `memory` `[value_heads, head_dim, head_dim]` is changed; gives `[n, value_heads · head_dim]`.
    pub fn compute(&self, memory: &mut [f32]) -> Vec<f32> {
        let (heads, dim) = (self.sizes.value_heads, self.sizes.head_dim);
        let n = self.kept.len() / heads;
        // Head by head `[value_heads, n, head_dim]`, so that each task has a stretch of its own.
        let mut by_head = vec![0.0; n * heads * dim];
        let parts = memory.chunks_exact_mut(dim * dim).zip(by_head.chunks_exact_mut(n * dim));
        pool::each(parts, |head, (memory, out)| {
            #[cfg(target_arch = "x86_64")]
            if Way::Avx2.is_here() {
                // SAFETY: AVX2, FMA and F16C are here.
                return unsafe { self.head_avx2(head, memory, out) };
            }
            self.head::<Scalar>(head, memory, out);
        });
        let mut out = vec![0.0; n * heads * dim];
        for (t, row) in out.chunks_exact_mut(heads * dim).enumerate() {
            for (head, out) in row.chunks_exact_mut(dim).enumerate() {
                out.copy_from_slice(&by_head[(head * n + t) * dim..][..dim]);
            }
        }
        out
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma,f16c")]
    fn head_avx2(&self, head: usize, memory: &mut [f32], out: &mut [f32]) {
        self.head::<Avx2>(head, memory, out);
    }

    #[inline(always)]
    fn head<P: Processor>(&self, head: usize, memory: &mut [f32], out: &mut [f32]) {
        let DeltaNet { key_heads, value_heads, head_dim: dim, .. } = *self.sizes;
        let channels = (2 * key_heads + value_heads) * dim;
        let scale = 1.0 / (dim as f32).sqrt();
        for (t, out) in out.chunks_exact_mut(dim).enumerate() {
            let x = &self.x[t * channels..(t + 1) * channels];
            let of = |first: usize| &x[first * dim..(first + 1) * dim];
            let q = self.unit(of(head % key_heads), scale);
            let k = self.unit(of(key_heads + head % key_heads), 1.0);
            let v = of(2 * key_heads + head);
            let kept = self.kept[t * value_heads + head].exp();
            let mut known = vec![0.0; dim];
            for (row, &k) in memory.chunks_exact_mut(dim).zip(&k) {
                row.iter_mut().for_each(|m| *m *= kept);
                P::add_scaled(&mut known, k, row);
            }
            let beta = self.beta[t * value_heads + head];
            let change: Vec<f32> = v.iter().zip(&known).map(|(v, known)| (v - known) * beta).collect();
            out.fill(0.0);
            for ((row, &k), &q) in memory.chunks_exact_mut(dim).zip(&k).zip(&q) {
                P::add_scaled(row, k, &change);
                P::add_scaled(out, q, row);
            }
        }
    }

    /// A vector of length `scale` in the same direction.
    #[inline(always)]
    fn unit(&self, x: &[f32], scale: f32) -> Vec<f32> {
        let squares: f32 = x.iter().map(|v| v * v).sum();
        let factor = scale / (squares + self.eps).sqrt();
        x.iter().map(|v| v * factor).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_convolution_sees_only_the_past() {
        let out = causal_conv(&[1.0, 10.0, 2.0, 20.0, 3.0, 30.0], &[0.5, 2.0, 1.0, 0.0], 2, 2);
        assert_eq!(out, [0.5 + 4.0, 10.0, 1.0 + 6.0, 20.0]);
    }

    #[test]
    fn what_was_stored_under_a_key_comes_back_for_it_and_fades() {
        let sizes = DeltaNet { key_heads: 1, value_heads: 1, head_dim: 2, kernel: 2 };
        // Stores (5, 6) under (1, 0), then (7, 8) under (0, 1), asking for the first both times.
        let x = [1.0, 0.0, 1.0, 0.0, 5.0, 6.0, 1.0, 0.0, 0.0, 1.0, 7.0, 8.0];
        let half = 0.5f32.ln();
        let rule = DeltaRule { sizes: &sizes, x: &x, kept: &[0.0, half], beta: &[1.0, 1.0], eps: 0.0 };
        let mut memory = vec![0.0; 4];
        let out = rule.compute(&mut memory);
        let scale = 1.0 / 2f32.sqrt();
        for (found, expected) in out.iter().zip([5.0 * scale, 6.0 * scale, 2.5 * scale, 3.0 * scale]) {
            assert!((found - expected).abs() < 1e-6, "{out:?}");
        }
        assert_eq!(memory, [2.5, 3.0, 7.0, 8.0]);
    }
}
