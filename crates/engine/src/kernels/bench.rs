//! What `benches/kernels.rs` times: the kernels by every way of this processor, alone.

use std::sync::atomic::AtomicBool;

use candle_core::{Device, Tensor};

use super::Backend;
use super::attention::{Asking, Attend, Seen};
use super::interleaved::Room;
use super::key_values::{Heads, KeyValues};
use super::matrix::{Input, Matrix};
use super::way::Way;
use crate::error::{Error, Result};
use crate::gguf::{Stretch, TensorType};
use crate::kv_type::KvType;

/// The ways that this processor knows, by name.
pub fn ways() -> Vec<String> {
    Way::ALL.iter().filter(|w| w.is_here()).map(|w| format!("{w:?}")).collect()
}

fn way(name: &str) -> Way {
    let found = Way::ALL.iter().find(|w| w.is_here() && format!("{w:?}") == name);
    found.copied().unwrap_or(Way::Scalar)
}

/// A matrix of weights by chance, and rows of activations to multiply it with.
pub struct Multiplication {
    matrix: Matrix,
    x: Vec<f32>,
}

impl Multiplication {
    /// `n` rows of activations with a matrix `[rows, columns]`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a type that is not computed with, or columns that are not whole blocks.
    pub fn new(kind: TensorType, rows: usize, columns: usize, n: usize) -> Result<Self> {
        // Bytes that are the same over and over give scales that are numbers.
        let bytes = vec![0x2e; rows * columns / kind.block() * kind.bytes()];
        let matrix = Matrix::new(Stretch::of_static(bytes.leak()), kind, rows, columns);
        let matrix =
            matrix.ok_or_else(|| Error::Invalid(format!("{kind} × {columns} is not computed with")))?;
        matrix.interleave(&mut Room::default(), &AtomicBool::new(false));
        Ok(Self { matrix, x: noise(n * columns) })
    }

    /// Multiplies, with activations rounded anew.
    pub fn run(&self, by: &str) -> Vec<f32> {
        let [y] = Matrix::multiply_by(way(by), [&self.matrix], &Input::new(&self.x, self.matrix.columns));
        y
    }
}

/// Queries, keys and values by chance.
pub struct Attention {
    q: Vec<f32>,
    rows: usize,
    query_heads: usize,
    heads: Heads,
    kept: KeyValues,
    total: usize,
}

impl Attention {
    /// The last `rows` of `total` positions look at all of them, with heads of `head_dim` numbers.
    ///
    /// # Errors
    /// As [`KeyValues::put`].
    pub fn new(
        rows: usize,
        total: usize,
        query_heads: usize,
        kv_heads: usize,
        head_dim: usize,
    ) -> Result<Self> {
        let heads = Heads { kv_heads, head_dim, value_dim: head_dim };
        let width = kv_heads * head_dim;
        let x = Tensor::from_vec(noise(total * width), (total, width), &Device::Cpu)?;
        let mut kept = KeyValues::new(heads, 0, &Backend::Own, KvType::F16)?;
        kept.put(0, &x, &x)?;
        Ok(Self { q: noise(rows * query_heads * head_dim), rows, query_heads, heads, kept, total })
    }

    /// Attends.
    pub fn run(&self, by: &str) -> Vec<f32> {
        let Some(tiles) = self.kept.tiles() else { return Vec::new() };
        let (q, query_heads, heads) = (&self.q, self.query_heads, self.heads);
        let asking = &[Asking { rows: self.rows, seen: vec![Seen { tiles, positions: 0..self.total }] }];
        Attend { q, query_heads, heads, asking, scale: 0.1, window: usize::MAX }.compute(way(by))
    }
}

fn noise(n: usize) -> Vec<f32> {
    (0..n).map(|i| (i * 7919 % 2003) as f32 / 1001.5 - 1.0).collect()
}
