//! A tile of sixteen rows that lie side by side already: their bits need only be parted.

use half::f16;

use super::super::interleaved::Layout;
use super::super::way::{Way, for_each_way};
use super::OUTPUTS;
use super::pack::Tile;
use crate::gguf::TensorType;

/// A word of 32 bits for each output, as bytes.
type Line = [u8; 4 * OUTPUTS];

impl Tile {
    /// Takes a group of a type that is interleaved.
    pub fn fill_from_group(
        &mut self,
        way: Way,
        kind: TensorType,
        layout: &Layout,
        group: &[u8],
        columns: usize,
    ) {
        self.resize(kind, columns, matches!(kind, TensorType::Q4_K | TensorType::Q5_K));
        let blocks = columns / kind.block();
        for b in 0..blocks {
            let at = layout.at(b, blocks);
            let halves = group[at.halves..].as_chunks().0.iter();
            for (scale, half) in self.scale[b * OUTPUTS..(b + 1) * OUTPUTS].iter_mut().zip(halves) {
                *scale = f16::from_le_bytes(*half).to_f32();
            }
            part(way, kind, group[at.words..at.words + layout.size()].as_chunks().0, b, self);
        }
    }
}

for_each_way! { fn part(kind: TensorType, words: &[Line], b: usize, tile: &mut Tile) = part_block }

/// The weights of block `b`, and the scales that are not lone.
#[inline(always)]
fn part_block(kind: TensorType, words: &[Line], b: usize, tile: &mut Tile) {
    let lines = kind.block() / 4;
    let q = &mut tile.q.as_chunks_mut::<64>().0[b * lines..(b + 1) * lines];
    match kind {
        TensorType::Q4_K | TensorType::Q5_K => {
            let fifth = kind == TensorType::Q5_K;
            for pair in 0..4 {
                for k in 0..8 {
                    let at = [16 * pair + k, 16 * pair + 8 + k];
                    nibbles(&words[if fifth { 12 } else { 4 } + 8 * pair + k], q, at);
                    for (bit, at) in at.into_iter().enumerate().filter(|_| fifth) {
                        let more = words[4 + k].iter();
                        q[at].iter_mut().zip(more).for_each(|(q, m)| *q |= (m >> (2 * pair + bit) & 1) << 4);
                    }
                }
            }
            head(words, b, tile);
        }
        TensorType::Q6_K => {
            for half in 0..2 {
                for k in 0..16 {
                    let (quarter, here) = (k / 8, 4 + 24 * half + k / 4 % 2 * 12 + k % 4);
                    let at = [32 * half + k, 32 * half + 16 + k];
                    nibbles(&words[here + 4 + 4 * quarter], q, at);
                    for (bits, at) in at.into_iter().enumerate() {
                        let shift = quarter * 2 + 4 * bits;
                        q[at].iter_mut().zip(&words[here]).for_each(|(q, m)| *q |= (m >> shift & 3) << 4);
                    }
                }
            }
            signed_scales(words, b, tile);
        }
        TensorType::Q8_0 => {
            q.as_flattened_mut().iter_mut().zip(words.as_flattened()).for_each(|(q, bits)| *q = bits ^ 0x80);
        }
        TensorType::Q4_0 => (0..4).for_each(|k| nibbles(&words[k], q, [k, 4 + k])),
        _ => {}
    }
}

/// The low and the high bits of a line to two others.
#[inline(always)]
fn nibbles(bits: &Line, q: &mut [Line], [low, high]: [usize; 2]) {
    q[low].iter_mut().zip(bits).for_each(|(q, bits)| *q = bits & 15);
    q[high].iter_mut().zip(bits).for_each(|(q, bits)| *q = bits >> 4);
}

/// What stands before the weights in Q4_K and Q5_K: see `unpack`.
#[inline(always)]
fn head(words: &[Line], b: usize, tile: &mut Tile) {
    for o in 0..OUTPUTS {
        let word = |i: usize| -> [u8; 4] { std::array::from_fn(|byte| words[i][4 * o + byte]) };
        let [scale, offset] = [0, 2].map(|at| f16::from_le_bytes([word(0)[at], word(0)[at + 1]]).to_f32());
        (tile.scale[b * OUTPUTS + o], tile.offset[b * OUTPUTS + o]) = (scale, offset);
        let (a, m, c) = (word(1), word(2), word(3));
        for sub in 0..8 {
            let i = sub % 4;
            let (scale, min) = match sub < 4 {
                true => (a[i] & 0x3f, m[i] & 0x3f),
                false => (c[i] & 15 | a[i] >> 2 & 0x30, c[i] >> 4 | m[i] >> 2 & 0x30),
            };
            let at = (8 * b + sub) * OUTPUTS + o;
            tile.group_scale[at] = i16::from(scale);
            tile.taken[((4 * b + sub / 2) * OUTPUTS + o) * 2 + sub % 2] = i16::from(min);
        }
    }
}

/// The sixteen scales of Q6_K, and what its weights are taken for too much.
#[inline(always)]
fn signed_scales(words: &[Line], b: usize, tile: &mut Tile) {
    for o in 0..OUTPUTS {
        for g in 0..16 {
            let scale = i16::from(words[g / 4][4 * o + g % 4] as i8);
            tile.group_scale[(16 * b + g) * OUTPUTS + o] = scale;
            tile.taken[((8 * b + g / 2) * OUTPUTS + o) * 2 + g % 2] = scale * i16::from(tile.zero);
        }
    }
}
