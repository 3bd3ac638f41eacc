//! Keys and values of a stretch of positions. On the processor they lie in tiles, in 16 bits or in 8; elsewhere they are
//! candle's, in 16 bits. A stretch grows at its end without being copied apart.

mod plane;
mod tiles;

use std::ops::Range;

use candle_core::{DType, Device, Tensor};

use super::{Backend, with_floats};
use crate::error::{Error, Result};
use crate::kv_type::{KvType, SCALED_TOGETHER};
pub(super) use plane::Number;
pub(super) use tiles::{Sizes, Tiles};

/// What a layer keeps of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heads {
    pub kv_heads: usize,
    pub head_dim: usize,
    pub value_dim: usize,
}

/// Keys and values of the positions from `first` on.
pub(crate) struct KeyValues {
    heads: Heads,
    first: usize,
    /// Positions that were put.
    len: usize,
    store: Store,
}

enum Store {
    /// On the processor.
    Tiles(Tiles),
    /// Elsewhere: `[kv_heads, capacity, dim]` each.
    Candle { keys: Tensor, values: Tensor },
}

/// What is held of some positions: keys `[n, kv_heads · head_dim]` and values `[n, kv_heads · value_dim]` in 16 bits; or as
/// bytes, with the scales of both.
pub(crate) struct Kept {
    pub keys: Tensor,
    pub values: Tensor,
    pub scales: Option<(Tensor, Tensor)>,
}

/// What a sequence sees of a stretch.
pub(crate) struct Segment<'a> {
    pub kept: &'a KeyValues,
    pub positions: Range<usize>,
}

impl KeyValues {
    /// Nothing yet. candle keeps 16 bits, whatever the form.
    pub fn new(heads: Heads, first: usize, backend: &Backend, kind: KvType) -> Result<Self> {
        let store = match backend {
            Backend::Own => Store::Tiles(Tiles::new(first, kind)),
            Backend::Candle(device) => {
                let none = |dim: usize| Tensor::zeros((heads.kv_heads, 0, dim), DType::F16, device);
                Store::Candle { keys: none(heads.head_dim)?, values: none(heads.value_dim)? }
            }
        };
        Ok(Self { heads, first, len: 0, store })
    }

    /// Puts keys `[n, kv_heads · head_dim]` and values `[n, kv_heads · value_dim]` of the positions from `at` on, which is
    /// at most the first that was not put yet; what was there is replaced.
    pub fn put(&mut self, at: usize, keys: &Tensor, values: &Tensor) -> Result<()> {
        let Heads { kv_heads, head_dim, value_dim } = self.heads;
        let n = keys.dim(0)?;
        if at < self.first || at > self.first + self.len || values.dim(0)? != n {
            return Err(Error::Invalid(format!("keys of {n} positions cannot be put at {at}")));
        }
        match &mut self.store {
            Store::Tiles(tiles) => {
                let heads = self.heads;
                with_floats(keys, |k| with_floats(values, |v| tiles.put(heads, at, k, v)))??;
            }
            Store::Candle { keys: held, values: held_values } => {
                let from = at - self.first;
                put_in(held, &keys.reshape((n, kv_heads, head_dim))?, from)?;
                put_in(held_values, &values.reshape((n, kv_heads, value_dim))?, from)?;
            }
        }
        self.len = at + n - self.first;
        Ok(())
    }

    /// What is held of some positions, on the processor.
    pub fn read(&self, positions: Range<usize>) -> Result<Kept> {
        match &self.store {
            Store::Tiles(tiles) => tiles.read(self.heads, positions),
            Store::Candle { keys, values } => {
                let (from, n) = (positions.start - self.first, positions.len());
                let rows = |t: &Tensor| -> Result<Tensor> {
                    let part = t.narrow(1, from, n)?.transpose(0, 1)?.contiguous()?.flatten_from(1)?;
                    Ok(part.to_device(&Device::Cpu)?)
                };
                Ok(Kept { keys: rows(keys)?, values: rows(values)?, scales: None })
            }
        }
    }

    /// Bytes that are held.
    pub fn bytes(&self) -> usize {
        match &self.store {
            Store::Tiles(tiles) => tiles.keys.bytes() + tiles.values.bytes(),
            Store::Candle { keys, values } => 2 * (keys.elem_count() + values.elem_count()),
        }
    }

    /// Sizes.
    pub fn heads(&self) -> Heads {
        self.heads
    }

    /// Where they lie on the processor.
    pub(super) fn tiles(&self) -> Option<&Tiles> {
        match &self.store {
            Store::Tiles(tiles) => Some(tiles),
            Store::Candle { .. } => None,
        }
    }

    /// Those of some positions as candle has them, `[kv_heads, n, dim]` each.
    pub(super) fn tensors(&self, positions: &Range<usize>) -> Result<Option<(Tensor, Tensor)>> {
        let Store::Candle { keys, values } = &self.store else { return Ok(None) };
        let part = |t: &Tensor| t.narrow(1, positions.start - self.first, positions.len());
        Ok(Some((part(keys)?, part(values)?)))
    }
}

impl Kept {
    /// The numbers `[n, kv_heads · dim]` of keys and of values in 32 bits, as [`KeyValues::put`] takes them: rounded again
    /// they are the same.
    pub fn numbers(&self, heads: Heads) -> Result<(Tensor, Tensor)> {
        let (keys, values) = (self.keys.to_dtype(DType::F32)?, self.values.to_dtype(DType::F32)?);
        match &self.scales {
            None => Ok((keys, values)),
            Some((key_scales, value_scales)) => Ok((
                scaled(&keys, key_scales, heads.kv_heads, heads.head_dim)?,
                scaled(&values, value_scales, heads.kv_heads, heads.value_dim)?,
            )),
        }
    }
}

/// Bytes `[n, kv_heads · dim]` (from 128 on they are negative) times the scales of their blocks.
fn scaled(bytes: &Tensor, scales: &Tensor, kv_heads: usize, dim: usize) -> Result<Tensor> {
    let bytes: Vec<Vec<f32>> = bytes.to_vec2()?;
    let scales: Vec<Vec<f32>> = scales.to_dtype(DType::F32)?.to_vec2()?;
    let (n, blocks) = (bytes.len(), dim.div_ceil(SCALED_TOGETHER));
    let mut out = Vec::with_capacity(n * kv_heads * dim);
    for (bytes, scales) in bytes.iter().zip(&scales) {
        for (i, byte) in bytes.iter().enumerate() {
            let (head, d) = (i / dim, i % dim);
            let number = if *byte >= 128.0 { byte - 256.0 } else { *byte };
            out.push(number * scales[head * blocks + d / SCALED_TOGETHER]);
        }
    }
    Ok(Tensor::from_vec(out, (n, kv_heads * dim), &Device::Cpu)?)
}

/// Puts `[n, kv_heads, dim]` at `from`; grows by doubling, so that adding one by one copies each a bounded number of times.
fn put_in(held: &mut Tensor, new: &Tensor, from: usize) -> Result<()> {
    let (kv_heads, capacity, dim) = held.dims3()?;
    let need = from + new.dim(0)?;
    if need > capacity {
        let larger =
            Tensor::zeros((kv_heads, need.max(2 * capacity).max(32), dim), DType::F16, held.device())?;
        if from > 0 {
            larger.slice_set(&held.narrow(1, 0, from)?.contiguous()?, 1, 0)?;
        }
        *held = larger;
    }
    held.slice_set(&new.transpose(0, 1)?.to_dtype(DType::F16)?.contiguous()?, 1, from)?;
    Ok(())
}
