//! What is done to rows of activations one by one, on the processor: norms, RoPE, gates.

use std::sync::OnceLock;

use half::f16;

use super::dot::exp;
use super::lanes::{LANES, Lanes};
use super::pool;
use super::way::{Way, for_each_way};
use crate::arch::{Activation, RopeLayout};

/// Numbers below which threads are not worth waking.
const SERIAL: usize = 1 << 13;

/// Root-mean-square norm of each row of `x` `[rows, width]`, times `weight` `[width]` (arXiv 1910.07467).
pub(super) fn rms_norm(x: &[f32], weight: &[f32], eps: f32) -> Vec<f32> {
    let (mut out, way) = (x.to_vec(), Way::best());
    each_row(&mut out, weight.len(), |_, row| normalise(way, row, weight, eps));
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
    let (mut out, way) = (x.to_vec(), Way::best());
    each_row(&mut out, width, |at, row| {
        if let Some(weight) = norm {
            row.chunks_exact_mut(weight.len()).for_each(|part| normalise(way, part, weight, eps));
        }
        let Some((cos, sin, layout)) = angles else { return };
        let pairs = cos.len() / rows;
        let (cos, sin) = (&cos[at * pairs..(at + 1) * pairs], &sin[at * pairs..(at + 1) * pairs]);
        turn(way, row, dim, cos, sin, *layout);
    });
    out
}

/// `act(gate) · up`, elementwise (arXiv 2002.05202).
pub(super) fn gate(activation: Activation, gate: &[f32], up: &[f32]) -> Vec<f32> {
    let (mut out, way) = (gate.to_vec(), Way::best());
    each_row(&mut out, SERIAL / 4, |at, out| {
        let up = &up[at * SERIAL / 4..][..out.len()];
        match activation {
            Activation::Silu => silu(way, out, up),
            Activation::Gelu => out.iter_mut().zip(up).for_each(|(g, u)| *g = gelu(*g) * u),
        }
    });
    out
}

/// `x + factor · more`, elementwise.
pub(super) fn add(x: &[f32], more: &[f32], factor: f32) -> Vec<f32> {
    let (mut out, way) = (x.to_vec(), Way::best());
    each_row(&mut out, SERIAL / 4, |at, out| add_to(way, out, &more[at * SERIAL / 4..][..out.len()], factor));
    out
}

/// `cap · tanh(factor · x / cap)`, elementwise; without a cap `factor · x`.
pub(super) fn scale_and_cap(x: &mut [f32], factor: f32, cap: Option<f32>) {
    if factor == 1.0 && cap.is_none() {
        return;
    }
    each_row(x, SERIAL / 4, |_, x| {
        x.iter_mut().for_each(|x| *x *= factor);
        if let Some(cap) = cap {
            x.iter_mut().for_each(|x| *x = (*x / cap).tanh() * cap);
        }
    });
}

for_each_way! { fn normalise(row: &mut [f32], weight: &[f32], eps: f32) = normalise_row }
for_each_way! {
    fn turn(row: &mut [f32], dim: usize, cos: &[f32], sin: &[f32], layout: RopeLayout) = turn_row
}
for_each_way! { fn silu(gate: &mut [f32], up: &[f32]) = silu_row::<_> }
for_each_way! { fn add_to(x: &mut [f32], more: &[f32], factor: f32) = add_row }

#[inline(always)]
fn normalise_row(row: &mut [f32], weight: &[f32], eps: f32) {
    // As in ggml, squares of 32 bits summed in 64; here side by side.
    let mut sums = [0.0f64; LANES];
    let (wide, rest) = row.as_chunks::<LANES>();
    for sixteen in wide {
        for (sum, v) in sums.iter_mut().zip(sixteen) {
            *sum += f64::from(v * v);
        }
    }
    let rest: f64 = rest.iter().map(|v| f64::from(v * v)).sum();
    let squares = sums.iter().sum::<f64>() + rest;
    let scale = 1.0 / ((squares / row.len() as f64) as f32 + eps).sqrt();
    row.iter_mut().zip(weight).for_each(|(v, w)| *v = *v * scale * w);
}

#[inline(always)]
fn turn_row(row: &mut [f32], dim: usize, cos: &[f32], sin: &[f32], layout: RopeLayout) {
    let pairs = cos.len();
    for head in row.chunks_exact_mut(dim) {
        match layout {
            RopeLayout::Interleaved => {
                for ((pair, cos), sin) in head.as_chunks_mut::<2>().0.iter_mut().zip(cos).zip(sin) {
                    *pair = [pair[0] * cos - pair[1] * sin, pair[0] * sin + pair[1] * cos];
                }
            }
            RopeLayout::Halves => {
                let (first, second) = head.split_at_mut(pairs);
                for (((a, b), cos), sin) in first.iter_mut().zip(second).zip(cos).zip(sin) {
                    (*a, *b) = (*a * cos - *b * sin, *a * sin + *b * cos);
                }
            }
        }
    }
}

#[inline(always)]
fn silu_row<L: Lanes>(gate: &mut [f32], up: &[f32]) {
    let one = L::splat(1.0);
    let (wide, rest) = gate.as_chunks_mut::<LANES>();
    for (g, u) in wide.iter_mut().zip(up.as_chunks::<LANES>().0) {
        // SAFETY: both are sixteen.
        unsafe {
            let (x, u) = (L::load(g.as_ptr()), L::load(u.as_ptr()));
            x.div(one.add(L::splat(0.0).sub(x).exp())).mul(u).store(g.as_mut_ptr());
        }
    }
    let done = up.len() - rest.len();
    rest.iter_mut().zip(&up[done..]).for_each(|(g, u)| *g = *g / (1.0 + exp(0.0 - *g)) * u);
}

#[inline(always)]
fn add_row(x: &mut [f32], more: &[f32], factor: f32) {
    if factor == 1.0 {
        return x.iter_mut().zip(more).for_each(|(x, m)| *x += m);
    }
    x.iter_mut().zip(more).for_each(|(x, m)| *x += m * factor);
}

/// GELU by its tanh approximation (arXiv 1606.08415), from 16 bits to 16 bits as in ggml's table.
fn gelu(x: f32) -> f32 {
    static TABLE: OnceLock<Vec<f32>> = OnceLock::new();
    if x.abs() >= 10.0 {
        return x.max(0.0);
    }
    let of = |bits: u16| {
        let x = f16::from_bits(bits).to_f32();
        let inner = 0.797_884_6 * x * (1.0 + 0.044_715 * x * x);
        f16::from_f32(0.5 * x * (1.0 + inner.tanh())).to_f32()
    };
    let table = TABLE.get_or_init(|| (0..=u16::MAX).map(of).collect());
    table[usize::from(f16::from_f32(x).to_bits())]
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
    fn every_way_gives_the_same_rows() {
        let x: Vec<f32> = (0..77).map(|i| (i * 37 % 101) as f32 * 0.3 - 15.0).collect();
        let (cos, sin): (Vec<f32>, Vec<f32>) = (0..17).map(|i| ((i as f32).cos(), (i as f32).sin())).unzip();
        let by = |way: Way| {
            let mut rows = vec![x.clone(); 5];
            normalise(way, &mut rows[0], &x, 1e-5);
            turn(way, &mut rows[1], 38, &cos, &sin, RopeLayout::Halves);
            turn(way, &mut rows[2], 38, &cos, &sin, RopeLayout::Interleaved);
            silu(way, &mut rows[3], &x);
            add_to(way, &mut rows[4], &x, 0.3);
            rows
        };
        for &way in Way::ALL.iter().filter(|w| w.is_here()) {
            assert_eq!(by(Way::Scalar), by(way), "{way:?}");
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
