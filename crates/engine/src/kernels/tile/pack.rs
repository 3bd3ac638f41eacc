//! How weights lie side by side for a tile.

use super::super::activation::GROUP;
use super::super::unpack::{Form, Row, form, unpack};
use super::super::way::{Way, for_each_way};
use super::{OUTPUTS, transpose};
use crate::gguf::TensorType;

/// Sixteen rows of weights.
#[derive(Default)]
pub(in super::super) struct Tile {
    /// Weights of a row.
    pub columns: usize,
    /// `[columns / 4, 16, 4]`, each weight with [`Tile::zero`] added.
    pub q: Vec<u8>,
    /// What was added, so that no weight is below 0.
    pub zero: u8,
    /// No weight is above this.
    pub most: u8,
    /// `[blocks, 16]`.
    pub scale: Vec<f32>,
    /// `[blocks, 16]`; empty where the type has none.
    pub offset: Vec<f32>,
    /// Weights that share a whole-number scale: 16 or 32.
    pub group: usize,
    /// `[columns / group, 16]`.
    pub group_scale: Vec<i16>,
    /// What the sums of [`Tile::group`] activations are multiplied with and taken away: minima, or, for types without
    /// them, what [`Tile::zero`] was too much. In pairs, `[columns / group / 2, 16, 2]`.
    pub taken: Vec<i16>,
    rows: [Row; OUTPUTS],
}

/// What is added to a type's weights, the most that they are then, and how many share a scale.
fn sizes(kind: TensorType) -> (u8, u8, usize) {
    match kind {
        TensorType::Q2_K => (0, 3, 16),
        TensorType::Q3_K => (4, 7, 16),
        TensorType::Q4_K => (0, 15, 32),
        TensorType::Q5_K => (0, 31, 32),
        TensorType::Q6_K => (32, 63, 16),
        TensorType::IQ4_XS => (128, 255, 32),
        TensorType::Q4_0 => (8, 15, 32),
        TensorType::Q4_1 => (0, 15, 32),
        TensorType::Q5_0 => (16, 31, 32),
        TensorType::Q5_1 => (0, 31, 32),
        TensorType::MXFP4 => (12, 24, 32),
        _ => (128, 255, 32),
    }
}

impl Tile {
    /// Takes up to sixteen rows of a quantized type, as the file has them; where there are fewer, the rest is 0.
    pub fn fill(&mut self, way: Way, kind: TensorType, rows: &[u8], columns: usize) {
        let Some(form) = form(kind).filter(|&f| f != Form::Float) else { return };
        let size = columns / kind.block() * kind.bytes();
        for (o, row) in self.rows.iter_mut().enumerate() {
            match rows.get(o * size..(o + 1) * size) {
                Some(bytes) => unpack_by(way, kind, bytes, row),
                None => *row = Row::default(),
            }
        }
        let minima = !self.rows[0].offset.is_empty();
        self.resize(kind, columns, minima);
        transpose::fours(way, &self.rows, self.zero, &mut self.q);
        spread(&mut self.scale, |o| &self.rows[o].scale);
        spread(&mut self.offset, |o| &self.rows[o].offset);
        if form == Form::Large {
            (0..OUTPUTS).for_each(|o| self.groups(o, minima));
        }
    }

    /// Room for rows of so many columns.
    pub(super) fn resize(&mut self, kind: TensorType, columns: usize, minima: bool) {
        let (zero, most, group) = sizes(kind);
        let (blocks, large) = (columns / kind.block(), form(kind) == Some(Form::Large));
        (self.columns, self.zero, self.most, self.group) = (columns, zero, most, group);
        self.q.resize(columns * OUTPUTS, zero);
        self.scale.resize(blocks * OUTPUTS, 0.0);
        self.offset.resize(if minima { blocks * OUTPUTS } else { 0 }, 0.0);
        self.group_scale.resize(if large { columns / group * OUTPUTS } else { 0 }, 0);
        self.taken.resize(if large { columns / group * OUTPUTS } else { 0 }, 0);
    }

    fn groups(&mut self, o: usize, minima: bool) {
        let (row, step) = (&self.rows[o], self.group / GROUP);
        let scales = row.group_scale.iter().step_by(step);
        for (out, &scale) in self.group_scale.iter_mut().skip(o).step_by(OUTPUTS).zip(scales.clone()) {
            *out = scale;
        }
        let pairs = self.taken.as_chunks_mut::<2>().0.iter_mut().skip(o).step_by(OUTPUTS).flatten();
        if minima {
            pairs.zip(row.group_min.iter().step_by(step)).for_each(|(out, min)| *out = *min);
        } else {
            let zero = i16::from(self.zero);
            pairs.zip(scales).for_each(|(out, scale)| *out = scale * zero);
        }
    }

    /// Weight `k` of row `o`.
    pub fn weight(&self, o: usize, k: usize) -> i32 {
        i32::from(self.q[(k / 4 * OUTPUTS + o) * 4 + k % 4]) - i32::from(self.zero)
    }
}

/// `out` `[n, 16]` of rows of `n` numbers, or of none, which are taken for 0.
fn spread<'a>(out: &mut [f32], row: impl Fn(usize) -> &'a [f32]) {
    out.fill(0.0);
    for o in 0..OUTPUTS {
        out.iter_mut().skip(o).step_by(OUTPUTS).zip(row(o)).for_each(|(out, v)| *out = *v);
    }
}

for_each_way! { fn unpack_by(kind: TensorType, bytes: &[u8], row: &mut Row) = unpack }
