//! Keys and values of a stretch of positions, in 16 bits. On the processor they lie in tiles of sixteen positions that
//! begin at multiples of sixteen: keys `[tiles, kv_heads, key_dim, 16]`, so that scores are formed for sixteen positions
//! at once, values `[tiles, kv_heads, 16, value_dim]`. A stretch grows at its end without being copied apart.

use std::ops::Range;

use candle_core::{DType, Device, Tensor};
use half::f16;

use super::lanes::{LANES, Lanes};
use super::way::{Way, for_each_way};
use super::{pool, with_floats};
use crate::error::{Error, Result};

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

/// See above; the first tile holds position `16 · first`.
pub(super) struct Tiles {
    pub first: usize,
    pub keys: Vec<f16>,
    pub values: Vec<f16>,
}

/// What a sequence sees of a stretch.
pub(crate) struct Segment<'a> {
    pub kept: &'a KeyValues,
    pub positions: Range<usize>,
}

/// Positions from which on threads are worth waking.
const SERIAL: usize = 64;

impl KeyValues {
    /// Nothing yet.
    pub fn new(heads: Heads, first: usize, device: &Device) -> Result<Self> {
        let none = |dim: usize| Tensor::zeros((heads.kv_heads, 0, dim), DType::F16, device);
        let store = match device.is_cpu() {
            true => Store::Tiles(Tiles { first: first / LANES, keys: Vec::new(), values: Vec::new() }),
            false => Store::Candle { keys: none(heads.head_dim)?, values: none(heads.value_dim)? },
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

    /// Keys `[n, kv_heads · head_dim]` and values `[n, kv_heads · value_dim]` of some positions, in 16 bits.
    pub fn read(&self, positions: Range<usize>) -> Result<(Tensor, Tensor)> {
        let Heads { kv_heads, head_dim, value_dim } = self.heads;
        let n = positions.len();
        match &self.store {
            Store::Tiles(tiles) => {
                let (mut keys, mut values) = (Vec::new(), Vec::new());
                for position in positions {
                    for h in 0..kv_heads {
                        keys.extend((0..head_dim).map(|d| tiles.keys[tiles.key(self.heads, position, h, d)]));
                        let at = tiles.value(self.heads, position, h);
                        values.extend_from_slice(&tiles.values[at..at + value_dim]);
                    }
                }
                let here = |v: Vec<f16>, dim: usize| Tensor::from_vec(v, (n, kv_heads * dim), &Device::Cpu);
                Ok((here(keys, head_dim)?, here(values, value_dim)?))
            }
            Store::Candle { keys, values } => {
                let from = positions.start - self.first;
                let rows = |t: &Tensor| t.narrow(1, from, n)?.transpose(0, 1)?.contiguous()?.flatten_from(1);
                Ok((rows(keys)?, rows(values)?))
            }
        }
    }

    /// Bytes that are held.
    pub fn bytes(&self) -> usize {
        match &self.store {
            Store::Tiles(tiles) => 2 * (tiles.keys.capacity() + tiles.values.capacity()),
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

    /// Those of some positions on another device, `[kv_heads, n, dim]` each.
    pub(super) fn tensors(&self, positions: &Range<usize>) -> Result<Option<(Tensor, Tensor)>> {
        let Store::Candle { keys, values } = &self.store else { return Ok(None) };
        let part = |t: &Tensor| t.narrow(1, positions.start - self.first, positions.len());
        Ok(Some((part(keys)?, part(values)?)))
    }
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

impl Tiles {
    /// Numbers of keys, and of values, in a tile. Rows of values are filled up to whole lanes.
    pub fn sizes(heads: Heads) -> (usize, usize) {
        let values = heads.value_dim.next_multiple_of(LANES);
        (heads.kv_heads * heads.head_dim * LANES, heads.kv_heads * LANES * values)
    }

    fn key(&self, heads: Heads, position: usize, head: usize, d: usize) -> usize {
        let tile = position / LANES - self.first;
        ((tile * heads.kv_heads + head) * heads.head_dim + d) * LANES + position % LANES
    }

    fn value(&self, heads: Heads, position: usize, head: usize) -> usize {
        let tile = position / LANES - self.first;
        ((tile * heads.kv_heads + head) * LANES + position % LANES) * heads.value_dim.next_multiple_of(LANES)
    }

    fn put(&mut self, heads: Heads, at: usize, keys: &[f32], values: &[f32]) {
        let (of_keys, of_values) = Self::sizes(heads);
        let n = keys.len() / (heads.kv_heads * heads.head_dim).max(1);
        let tiles = (at + n).div_ceil(LANES) - self.first;
        grow(&mut self.keys, tiles * of_keys);
        grow(&mut self.values, tiles * of_values);
        let begin = at / LANES - self.first;
        let parts = self.keys[begin * of_keys..].chunks_exact_mut(of_keys.max(1));
        let parts = parts.zip(self.values[begin * of_values..].chunks_exact_mut(of_values.max(1)));
        let way = Way::best();
        let one = |tile: usize, (tile_keys, tile_values): &mut (&mut [f16], &mut [f16])| {
            let start = (self.first + begin + tile) * LANES;
            let rows = start.max(at) - at..(start + LANES).min(at + n) - at;
            let lane = start.max(at) - start;
            put_tile(way, heads, lane, rows, keys, values, tile_keys, tile_values);
        };
        if n < SERIAL {
            parts.enumerate().for_each(|(tile, mut part)| one(tile, &mut part));
        } else {
            pool::each(parts, one);
        }
    }
}

/// Makes room for `n` numbers, with an eighth to spare: to double it, as vectors do, would be memory for nothing.
fn grow(numbers: &mut Vec<f16>, n: usize) {
    if n > numbers.capacity() {
        numbers.reserve_exact(n.max(numbers.capacity() / 8 * 9) - numbers.len());
    }
    numbers.resize(n, f16::ZERO);
}

for_each_way! {
    /// Puts some rows of keys and values into a tile, from a lane on.
    fn put_tile(
        heads: Heads,
        lane: usize,
        rows: Range<usize>,
        keys: &[f32],
        values: &[f32],
        tile_keys: &mut [f16],
        tile_values: &mut [f16],
    ) = put_tile_on::<_>
}

#[inline(always)]
fn put_tile_on<L: Lanes>(
    heads: Heads,
    lane: usize,
    rows: Range<usize>,
    keys: &[f32],
    values: &[f32],
    tile_keys: &mut [f16],
    tile_values: &mut [f16],
) {
    let Heads { kv_heads, head_dim, value_dim } = heads;
    let width = value_dim.next_multiple_of(LANES);
    for (lane, row) in (lane..).zip(rows) {
        let keys = &keys[row * kv_heads * head_dim..(row + 1) * kv_heads * head_dim];
        let (wide, rest) = keys.as_chunks::<LANES>();
        for (key, to) in wide.iter().zip(tile_keys.chunks_exact_mut(LANES * LANES)) {
            let halves = narrowed::<L>(key);
            for (half, to) in halves.iter().zip(to.as_chunks_mut::<LANES>().0) {
                to[lane] = *half;
            }
        }
        for (half, to) in
            narrowed_rest::<L>(rest).iter().zip(tile_keys[wide.len() * LANES * LANES..].chunks_mut(LANES))
        {
            to[lane] = *half;
        }
        for h in 0..kv_heads {
            let values = &values[(row * kv_heads + h) * value_dim..][..value_dim];
            let to = &mut tile_values[(h * LANES + lane) * width..][..width];
            let (wide, rest) = values.as_chunks::<LANES>();
            for (value, to) in wide.iter().zip(to.as_chunks_mut::<LANES>().0) {
                *to = narrowed::<L>(value);
            }
            to[wide.len() * LANES..value_dim].copy_from_slice(&narrowed_rest::<L>(rest)[..rest.len()]);
        }
    }
}

/// Sixteen numbers in 16 bits.
#[inline(always)]
fn narrowed<L: Lanes>(numbers: &[f32; LANES]) -> [f16; LANES] {
    let mut out = [f16::ZERO; LANES];
    // SAFETY: both are sixteen.
    unsafe { L::load(numbers.as_ptr()).store_half(out.as_mut_ptr()) };
    out
}

/// Fewer than sixteen, filled up with 0.
#[inline(always)]
fn narrowed_rest<L: Lanes>(numbers: &[f32]) -> [f16; LANES] {
    let mut wide = [0.0; LANES];
    wide[..numbers.len()].copy_from_slice(numbers);
    narrowed::<L>(&wide)
}
