//! What is done to rows of activations one by one, on the processor: norms, RoPE, gates.

use half::f16;

use super::dot::exp;
use super::pool;
use crate::arch::{Activation, RopeLayout};

/// Numbers below which threads are not worth waking.
const SERIAL: usize = 1 << 15;

/// Root-mean-square norm of each row of `x` `[rows, width]`, times `weight` `[width]` (arXiv 1910.07467).
pub(super) fn rms_norm(x: &[f32], weight: &[f32], eps: f32) -> Vec<f32> {
    let mut out = x.to_vec();
    each_row(&mut out, weight.len(), |_, row| normalise(row, weight, eps));
    out
}

/// Rows `[rows, width]` of heads `[dim]`: normalised (each head, or the whole row where the weight is as long), then the
/// first `2 · pairs` elements of each head turned by the angles of its row, whose cosines and sines are `[rows, pairs]`.
pub(super) fn turned(
    x: &[f32],
    width: usize,
    dim: usize,
    norm: Option<&[f32]>,
    eps: f32,
    angles: Option<&(Vec<f32>, Vec<f32>, RopeLayout)>,
) -> Vec<f32> {
    let rows = x.len() / width.max(1);
    let mut out = x.to_vec();
    each_row(&mut out, width, |at, row| {
        if let Some(weight) = norm {
            row.chunks_exact_mut(weight.len()).for_each(|part| normalise(part, weight, eps));
        }
        let Some((cos, sin, layout)) = angles else { return };
        let pairs = cos.len() / rows;
        let (cos, sin) = (&cos[at * pairs..(at + 1) * pairs], &sin[at * pairs..(at + 1) * pairs]);
        row.chunks_exact_mut(dim).for_each(|head| turn(head, cos, sin, *layout));
    });
    out
}

fn normalise(row: &mut [f32], weight: &[f32], eps: f32) {
    let squares: f64 = row.iter().map(|v| f64::from(v * v)).sum();
    let scale = 1.0 / ((squares / row.len() as f64) as f32 + eps).sqrt();
    row.iter_mut().zip(weight).for_each(|(v, w)| *v = *v * scale * w);
}

fn turn(head: &mut [f32], cos: &[f32], sin: &[f32], layout: RopeLayout) {
    let pairs = cos.len();
    for (i, (&cos, &sin)) in cos.iter().zip(sin).enumerate() {
        let (a, b) = match layout {
            RopeLayout::Interleaved => (2 * i, 2 * i + 1),
            RopeLayout::Halves => (i, i + pairs),
        };
        (head[a], head[b]) = (head[a] * cos - head[b] * sin, head[a] * sin + head[b] * cos);
    }
}

/// `act(gate) · up`, elementwise (arXiv 2002.05202).
pub(super) fn gate(activation: Activation, gate: &[f32], up: &[f32]) -> Vec<f32> {
    let mut out = gate.to_vec();
    each_row(&mut out, SERIAL, |at, out| {
        let pairs = out.iter_mut().zip(&up[at * SERIAL..]);
        match activation {
            Activation::Silu => pairs.for_each(|(g, u)| *g = *g / (1.0 + exp(-*g)) * u),
            Activation::Gelu => pairs.for_each(|(g, u)| *g = gelu(*g) * u),
        }
    });
    out
}

/// GELU by its tanh approximation (arXiv 1606.08415), from 16 bits to 16 bits as in ggml's table.
fn gelu(x: f32) -> f32 {
    if x.abs() >= 10.0 {
        return x.max(0.0);
    }
    let x = f16::from_f32(x).to_f32();
    let inner = 0.797_884_6 * x * (1.0 + 0.044_715 * x * x);
    f16::from_f32(0.5 * x * (1.0 + inner.tanh())).to_f32()
}

/// Calls `work` with each row of `width` numbers and its number, on all threads when it is worth it.
fn each_row(out: &mut [f32], width: usize, work: impl Fn(usize, &mut [f32]) + Sync) {
    if out.len() < SERIAL {
        return out.chunks_mut(width).enumerate().for_each(|(at, row)| work(at, row));
    }
    let per_task = (SERIAL / 4 / width).max(1);
    pool::each(out.chunks_mut(width * per_task), |task, part| {
        part.chunks_mut(width).enumerate().for_each(|(i, row)| work(task * per_task + i, row));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_norm_gives_rows_of_unit_mean_square() {
        let x: Vec<f32> = (0..64 * 2048).map(|i| ((i * 37 % 101) as f32 - 50.0) * 0.1).collect();
        let out = rms_norm(&x, &vec![1.0; 2048], 0.0);
        for row in out.chunks(2048) {
            let mean: f32 = row.iter().map(|v| v * v).sum::<f32>() / 2048.0;
            assert!((mean - 1.0).abs() < 1e-4, "{mean}");
        }
    }

    #[test]
    fn turning_keeps_lengths_and_leaves_the_rest_of_a_head() {
        let x = [3.0, 4.0, 5.0, 6.0, 7.0];
        let (cos, sin) = ([0.6, 0.0], [0.8, 1.0]);
        let halves = turned(&x, 5, 5, None, 0.0, Some(&(cos.to_vec(), sin.to_vec(), RopeLayout::Halves)));
        assert_eq!(halves, [3.0 * 0.6 - 5.0 * 0.8, -6.0, 3.0 * 0.8 + 5.0 * 0.6, 4.0, 7.0]);
        let angles = (cos.to_vec(), sin.to_vec(), RopeLayout::Interleaved);
        let pairs = turned(&x, 5, 5, None, 0.0, Some(&angles));
        assert_eq!(pairs, [3.0 * 0.6 - 4.0 * 0.8, 3.0 * 0.8 + 4.0 * 0.6, -6.0, 5.0, 7.0]);
    }

    #[test]
    fn a_gate_is_silu_also_far_from_zero() {
        for x in [-100.0f32, -88.0, -5.0, 0.0, 5.0, 100.0] {
            let expected = x / (1.0 + (-x).exp());
            let found = gate(Activation::Silu, &[x], &[2.0])[0];
            assert!((found - 2.0 * expected).abs() < 1e-5, "{x}: {found}");
        }
    }

    #[test]
    fn gelu_is_near_the_exact_one() {
        for (x, expected) in [(-20.0, 0.0), (-1.0, -0.158_655), (0.0, 0.0), (0.5, 0.345_731), (20.0, 20.0)] {
            let found = gate(Activation::Gelu, &[x], &[1.0])[0];
            assert!((found - expected).abs() < 5e-4, "{x}: {found}");
        }
    }
}
