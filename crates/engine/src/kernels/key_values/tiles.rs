//! Tiles of sixteen positions, that begin at multiples of sixteen: keys `[tiles, kv_heads, key_dim, 16]`, so that scores are
//! formed for sixteen positions at once, values `[tiles, kv_heads, 16, value_dim]`, rows of values filled up to whole lanes.

use std::ops::Range;

use candle_core::{Device, Tensor, WithDType};
use half::f16;

use super::super::lanes::{LANES, Lanes};
use super::super::pool;
use super::super::way::{Way, for_each_way};
use super::plane::{Plane, rounded};
use super::{Heads, Kept};
use crate::error::Result;
use crate::kv_type::{KvType, SCALED_TOGETHER};

/// See above; the first tile holds position `16 · first`.
pub(in super::super) struct Tiles {
    pub first: usize,
    pub keys: Plane,
    pub values: Plane,
}

/// How many there are in a tile.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Sizes {
    pub keys: usize,
    pub values: usize,
    pub key_scales: usize,
    pub value_scales: usize,
}

/// Positions from which on threads are worth waking.
const SERIAL: usize = 64;

impl Sizes {
    pub fn of(heads: Heads) -> Self {
        let scales = |dim: usize| heads.kv_heads * dim.div_ceil(SCALED_TOGETHER) * LANES;
        Self {
            keys: heads.kv_heads * heads.head_dim * LANES,
            values: heads.kv_heads * LANES * heads.value_dim.next_multiple_of(LANES),
            key_scales: scales(heads.head_dim),
            value_scales: scales(heads.value_dim),
        }
    }
}

impl Tiles {
    pub fn new(first: usize, kind: KvType) -> Self {
        Self { first: first / LANES, keys: Plane::new(kind), values: Plane::new(kind) }
    }

    pub fn kind(&self) -> KvType {
        self.keys.kind()
    }

    /// Puts keys `[n, kv_heads · head_dim]` and values `[n, kv_heads · value_dim]` of the positions from `at` on.
    pub fn put(&mut self, heads: Heads, at: usize, keys: &[f32], values: &[f32]) {
        let sizes = Sizes::of(heads);
        let n = keys.len() / (heads.kv_heads * heads.head_dim).max(1);
        let begin = self.grow(sizes, at, n);
        let first = self.first;
        let rows = |tile: usize| {
            let start = (first + begin + tile) * LANES;
            (start.max(at) - start, start.max(at) - at..(start + LANES).min(at + n) - at)
        };
        match (&mut self.keys, &mut self.values) {
            (Plane::Half(tile_keys), Plane::Half(tile_values)) => {
                let parts = tile_keys[begin * sizes.keys..].chunks_exact_mut(sizes.keys.max(1));
                let parts =
                    parts.zip(tile_values[begin * sizes.values..].chunks_exact_mut(sizes.values.max(1)));
                let way = Way::best();
                each(n, parts, |tile, (tile_keys, tile_values)| {
                    let (lane, rows) = rows(tile);
                    put_tile(way, heads, lane, rows, keys, values, tile_keys, tile_values);
                });
            }
            (
                Plane::Eight { numbers: tile_keys, scales: key_scales },
                Plane::Eight { numbers: tile_values, scales: value_scales },
            ) => {
                let parts = tile_keys[begin * sizes.keys..].chunks_exact_mut(sizes.keys.max(1));
                let parts =
                    parts.zip(tile_values[begin * sizes.values..].chunks_exact_mut(sizes.values.max(1)));
                let scales = key_scales[begin * sizes.key_scales..].chunks_exact_mut(sizes.key_scales.max(1));
                let scales = scales.zip(
                    value_scales[begin * sizes.value_scales..].chunks_exact_mut(sizes.value_scales.max(1)),
                );
                each(n, parts.zip(scales), |tile, ((k, v), (key_scales, value_scales))| {
                    let (lane, rows) = rows(tile);
                    for (lane, row) in (lane..).zip(rows) {
                        put_row(keys, row, (heads.kv_heads, heads.head_dim), lane, key_scales, |h, d, q| {
                            k[(h * heads.head_dim + d) * LANES + lane] = q;
                        });
                        let width = heads.value_dim.next_multiple_of(LANES);
                        put_row(
                            values,
                            row,
                            (heads.kv_heads, heads.value_dim),
                            lane,
                            value_scales,
                            |h, d, q| {
                                v[(h * LANES + lane) * width + d] = q;
                            },
                        );
                    }
                });
            }
            _ => {}
        }
    }

    /// What is held of some positions, row by row.
    pub fn read(&self, heads: Heads, positions: Range<usize>) -> Result<Kept> {
        let Heads { kv_heads, head_dim, value_dim } = heads;
        let of_plane = |plane: &Plane, dim, at: &dyn Fn(usize, usize, usize) -> usize| -> Result<_> {
            let positions = positions.clone();
            Ok(match plane {
                Plane::Half(numbers) => {
                    (gathered(positions, kv_heads, dim, |p, h, d| numbers[at(p, h, d)])?, None)
                }
                Plane::Eight { numbers, scales } => {
                    let blocks = dim.div_ceil(SCALED_TOGETHER);
                    let scale = |p, h, b| scales[self.scale(kv_heads, blocks, p, h, b)];
                    let byte = |p, h, d| numbers[at(p, h, d)].cast_unsigned();
                    let scales = gathered(positions.clone(), kv_heads, blocks, scale)?;
                    (gathered(positions, kv_heads, dim, byte)?, Some(scales))
                }
            })
        };
        let (keys, key_scales) = of_plane(&self.keys, head_dim, &|p, h, d| self.key(heads, p, h, d))?;
        let (values, value_scales) =
            of_plane(&self.values, value_dim, &|p, h, d| self.value(heads, p, h) + d)?;
        Ok(Kept { keys, values, scales: key_scales.zip(value_scales) })
    }

    /// Room for `n` positions from `at` on; gives the first tile that they touch.
    fn grow(&mut self, sizes: Sizes, at: usize, n: usize) -> usize {
        let tiles = (at + n).div_ceil(LANES) - self.first;
        self.keys.grow(tiles * sizes.keys, tiles * sizes.key_scales);
        self.values.grow(tiles * sizes.values, tiles * sizes.value_scales);
        at / LANES - self.first
    }

    fn key(&self, heads: Heads, position: usize, head: usize, d: usize) -> usize {
        let tile = position / LANES - self.first;
        ((tile * heads.kv_heads + head) * heads.head_dim + d) * LANES + position % LANES
    }

    fn value(&self, heads: Heads, position: usize, head: usize) -> usize {
        let tile = position / LANES - self.first;
        ((tile * heads.kv_heads + head) * LANES + position % LANES) * heads.value_dim.next_multiple_of(LANES)
    }

    fn scale(&self, kv_heads: usize, blocks: usize, position: usize, head: usize, block: usize) -> usize {
        let tile = position / LANES - self.first;
        ((tile * kv_heads + head) * blocks + block) * LANES + position % LANES
    }
}

/// What stands at each position, head by head: `[positions, kv_heads · dim]`.
fn gathered<T: WithDType>(
    positions: Range<usize>,
    kv_heads: usize,
    dim: usize,
    number: impl Fn(usize, usize, usize) -> T,
) -> Result<Tensor> {
    let shape = (positions.len(), kv_heads * dim);
    let mut out = Vec::with_capacity(shape.0 * shape.1);
    for p in positions {
        for h in 0..kv_heads {
            out.extend((0..dim).map(|d| number(p, h, d)));
        }
    }
    Ok(Tensor::from_vec(out, shape, &Device::Cpu)?)
}

/// Does it for each part, by all threads where there are many rows.
fn each<P: Send>(rows: usize, parts: impl Iterator<Item = P> + Send, put: impl Fn(usize, &mut P) + Sync) {
    if rows < SERIAL {
        parts.enumerate().for_each(|(tile, mut part)| put(tile, &mut part));
    } else {
        pool::each(parts, put);
    }
}

/// Rounds a row of heads to 8 bits, gives the numbers to `put` and puts the scales.
fn put_row(
    from: &[f32],
    row: usize,
    (kv_heads, dim): (usize, usize),
    lane: usize,
    scales: &mut [f16],
    mut put: impl FnMut(usize, usize, i8),
) {
    let blocks = dim.div_ceil(SCALED_TOGETHER);
    for h in 0..kv_heads {
        let head = &from[(row * kv_heads + h) * dim..][..dim];
        for (b, block) in head.chunks(SCALED_TOGETHER).enumerate() {
            let (scale, numbers) = rounded(block);
            scales[(h * blocks + b) * LANES + lane] = scale;
            for (i, &number) in numbers[..block.len()].iter().enumerate() {
                put(h, b * SCALED_TOGETHER + i, number);
            }
        }
    }
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
