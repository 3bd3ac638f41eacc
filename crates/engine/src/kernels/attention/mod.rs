//! Attention by our own kernel (`here`) over keys that lie in tiles on the processor, by candle over its own.

mod here;
mod lines;
mod mixing;

use candle_core::{D, DType, Device, Tensor};

use super::key_values::{Heads, Segment};
use super::way::Way;
use super::with_floats;
use crate::error::{Error, Result};
pub(super) use here::{Asking, Attend, Seen};

/// Scores that candle holds at once while reading a long prompt: 16 M of 4 bytes.
const MOST_SCORES: usize = 16 << 20;

/// The last rows of a sequence, and all that it holds.
pub(crate) struct Reader<'a> {
    pub rows: usize,
    pub segments: Vec<Segment<'a>>,
}

/// Attention of `q` `[rows, heads · head_dim]`, the rows of one sequence after the other, over all that each holds: its
/// rows are its last ones, and each sees itself and what is before it, as far as its window reaches. Heads of queries share
/// heads of keys in groups (arXiv 2305.13245). Returns `[rows, heads · value_dim]`.
pub(crate) fn attention(
    q: &Tensor,
    readers: &[Reader<'_>],
    scale: f64,
    window: Option<usize>,
) -> Result<Tensor> {
    let window = window.unwrap_or(usize::MAX);
    let heads = readers.first().and_then(|r| r.segments.first()).map(|s| s.kept.heads());
    let heads = heads.ok_or_else(|| Error::Invalid("attention over nothing".into()))?;
    let (rows, width) = q.dims2()?;
    let by_candle = |r: &Reader<'_>| r.segments.iter().any(|s| s.kept.tiles().is_none());
    if readers.iter().any(by_candle) {
        let mut out = Vec::with_capacity(readers.len());
        let mut at = 0;
        for Reader { rows, segments } in readers {
            out.push(elsewhere(&q.narrow(0, at, *rows)?, segments, heads, scale, window)?);
            at += rows;
        }
        return Ok(Tensor::cat(&out, 0)?);
    }
    let query_heads = width / heads.head_dim;
    let kinds = readers.iter().flat_map(|r| &r.segments).filter_map(|s| Some(s.kept.tiles()?.kind()));
    if kinds.clone().min() != kinds.max() {
        return Err(Error::Invalid("keys have different forms".into()));
    }
    let mut asking = Vec::with_capacity(readers.len());
    for Reader { rows, segments } in readers {
        let mut seen = Vec::with_capacity(segments.len());
        for Segment { kept, positions } in segments {
            let tiles = kept.tiles().ok_or_else(|| Error::Invalid("keys are candle's".into()))?;
            seen.push(Seen { tiles, positions: positions.clone() });
        }
        asking.push(Asking { rows: *rows, seen });
    }
    let out = with_floats(q, |q| {
        Attend { q, query_heads, heads, asking: &asking, scale: scale as f32, window }.compute(Way::best())
    })?;
    Ok(Tensor::from_vec(out, (rows, query_heads * heads.value_dim), &Device::Cpu)?)
}

/// The same for one sequence, by candle.
fn elsewhere(
    q: &Tensor,
    segments: &[Segment<'_>],
    heads: Heads,
    scale: f64,
    window: usize,
) -> Result<Tensor> {
    let (rows, width) = q.dims2()?;
    let query_heads = width / heads.head_dim;
    let q = q.reshape((rows, query_heads, heads.head_dim))?.transpose(0, 1)?;
    let mut kept = Vec::with_capacity(segments.len());
    for segment in segments {
        let (keys, values) = segment
            .kept
            .tensors(&segment.positions)?
            .ok_or_else(|| Error::Invalid("keys are not all candle's".into()))?;
        kept.push(Stretch { keys, values });
    }
    let total = segments.last().map_or(0, |s| s.positions.end);
    let block = (MOST_SCORES / (query_heads * total).max(1)).clamp(1, rows);
    let mut out = Vec::new();
    for from in (0..rows).step_by(block) {
        let n = block.min(rows - from);
        let place = Place { total, first: total - rows + from, window };
        out.push(attend(&q.narrow(1, from, n)?.contiguous()?, &kept, scale, place)?);
    }
    Ok(if out.len() == 1 { out.remove(0) } else { Tensor::cat(&out, 0)? })
}

/// Keys and values `[kv_heads, n, dim]`.
struct Stretch {
    keys: Tensor,
    values: Tensor,
}

/// What rows at the positions `first`, `first + 1` … of `total` see.
#[derive(Clone, Copy)]
struct Place {
    total: usize,
    first: usize,
    window: usize,
}

/// Attention by candle.
fn attend(q: &Tensor, segments: &[Stretch], scale: f64, seen: Place) -> Result<Tensor> {
    let (heads, rows, head_dim) = q.dims3()?;
    let kv_heads = segments[0].keys.dim(0)?;
    let q = (q.reshape((kv_heads, heads / kv_heads * rows, head_dim))? * scale)?;
    let wide = |t: &Tensor| t.to_dtype(DType::F32);
    let scores: Vec<Tensor> =
        segments.iter().map(|s| Ok(q.matmul(&wide(&s.keys)?.transpose(1, 2)?)?)).collect::<Result<_>>()?;
    let mut scores = Tensor::cat(&scores, D::Minus1)?;
    let total = seen.total;
    if rows > 1 || seen.window < total {
        let mask = mask(rows, seen, q.device())?;
        let by_row = scores.reshape((heads, rows, total))?;
        scores = by_row.broadcast_add(&mask)?.reshape(scores.shape())?;
    }
    let weights = candle_nn::ops::softmax_last_dim(&scores)?;
    let mut sum: Option<Tensor> = None;
    let mut at = 0;
    for segment in segments {
        let n = segment.keys.dim(1)?;
        let part = weights.narrow(D::Minus1, at, n)?.contiguous()?.matmul(&wide(&segment.values)?)?;
        sum = Some(match sum {
            Some(sum) => (sum + part)?,
            None => part,
        });
        at += n;
    }
    let out = sum.ok_or_else(|| Error::Invalid("attention over nothing".into()))?;
    let value_dim = out.dim(2)?;
    Ok(out.reshape((heads, rows, value_dim))?.transpose(0, 1)?.reshape((rows, heads * value_dim))?)
}

/// 0 where a row may look, minus infinity elsewhere: `[rows, total]`.
fn mask(rows: usize, seen: Place, device: &Device) -> Result<Tensor> {
    let Place { total, first, window } = seen;
    let of = |r: usize, t: usize| {
        let hidden = t > first + r || first + r - t >= window;
        if hidden { f32::NEG_INFINITY } else { 0.0 }
    };
    let mask: Vec<f32> = (0..rows).flat_map(|r| (0..total).map(move |t| of(r, t))).collect();
    Ok(Tensor::from_vec(mask, (rows, total), device)?)
}
