//! The arithmetic of the decoder, on candle's tensors. The decoder calls nothing numerical but what is here.
//! On the processor, matrices and attention are ours and read weights where they lie in the mapped file; on
//! other devices they are candle's. Shapes are written as `[rows, columns]`; everything is f32 but keys and
//! values, which are f16.

mod activation;
mod attention;
#[cfg(target_arch = "x86_64")]
mod direct;
mod dot;
mod matrix;
mod pool;
mod recurrent;
mod rows;
mod tile;
mod unpack;

use std::ops::Range;
use std::sync::Arc;

use crate::arch::{Activation, DeltaNet, RopeLayout};
use crate::error::{Error, Result};
use crate::gguf::{Gguf, TensorInfo, TensorType};
use crate::kv::Segment;
use candle_core::quantized::{GgmlDType, QMatMul, QStorage, QTensor};
use candle_core::{CpuStorage, D, DType, Device, Module, Storage, Tensor};
use matrix::{Input, Matrix};

pub use pool::set_threads;

/// Scores that candle holds at once while reading a long prompt: 16 M of 4 bytes.
const MOST_SCORES: usize = 16 << 20;

/// A matrix `[out, in]` in the form it has in the file.
#[derive(Clone)]
pub(crate) enum Weight {
    /// On the processor: multiplied where it lies in the mapped file.
    Mapped(Matrix),
    /// On another device, by candle.
    Candle(Arc<QTensor>),
}

/// A matrix with an optional bias `[out]`.
pub(crate) struct Linear {
    weight: Multiplier,
    bias: Option<Tensor>,
}

enum Multiplier {
    Mapped(Matrix),
    Candle(QMatMul),
}

impl Linear {
    pub fn new(weight: Weight, bias: Option<Tensor>) -> Result<Self> {
        let weight = match weight {
            Weight::Mapped(matrix) => Multiplier::Mapped(matrix),
            Weight::Candle(tensor) => Multiplier::Candle(QMatMul::from_arc(tensor)?),
        };
        Ok(Self { weight, bias })
    }

    /// `x` `[rows, in]` to `[rows, out]`.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let y = match &self.weight {
            Multiplier::Mapped(matrix) => {
                let y = with_floats(x, |x| matrix.multiply(&Input::new(x, matrix.columns)))?;
                Tensor::from_vec(y, (x.dim(0)?, matrix.rows), &Device::Cpu)?
            }
            Multiplier::Candle(weight) => weight.forward(x)?,
        };
        Ok(match &self.bias {
            Some(bias) => y.broadcast_add(bias)?,
            None => y,
        })
    }
}

/// Some rows of a tensor of the file as a matrix; all but the last axis count as rows.
///
/// # Errors
/// [`Error::Unsupported`], naming the tensor, for a type that cannot be computed with, [`Error::Incomplete`] for
/// rows that it has not.
pub(crate) fn load(gguf: &Gguf, tensor: &TensorInfo, rows: Range<usize>, device: &Device) -> Result<Weight> {
    let matrix = mapped(gguf, tensor, rows)?;
    if device.is_cpu() {
        return Ok(Weight::Mapped(matrix));
    }
    let kind = candle_type(tensor.kind).ok_or_else(|| uncomputable(tensor))?;
    let storage = QStorage::from_data(matrix.bytes().into(), device, kind)?;
    Ok(Weight::Candle(Arc::new(QTensor::new(storage, (matrix.rows, matrix.columns))?)))
}

/// Some rows of a tensor, where they lie in the mapped file.
fn mapped(gguf: &Gguf, tensor: &TensorInfo, rows: Range<usize>) -> Result<Matrix> {
    computable(tensor)?;
    let columns = tensor.shape.last().copied().unwrap_or(1);
    let outside = || Error::Incomplete(format!("tensor {} has not the rows {rows:?}", tensor.name));
    let row = columns / tensor.kind.block() * tensor.kind.bytes();
    let bytes = rows.start.checked_mul(row).zip(rows.end.checked_mul(row)).ok_or_else(outside)?;
    if bytes.0 > bytes.1 || bytes.1 > tensor.size {
        return Err(outside());
    }
    let bytes = gguf.stretch(tensor, bytes.0..bytes.1);
    Matrix::new(bytes, tensor.kind, rows.len(), columns).ok_or_else(outside)
}

/// A tensor as numbers.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_vector(gguf: &Gguf, tensor: &TensorInfo, device: &Device) -> Result<Tensor> {
    let mut numbers = vec![0.0; tensor.shape.iter().product()];
    let rows = numbers.len() / tensor.shape.last().copied().unwrap_or(1).max(1);
    let matrix = mapped(gguf, tensor, 0..rows)?;
    for (row, out) in numbers.chunks_exact_mut(matrix.columns.max(1)).enumerate() {
        matrix.row(row, out);
    }
    Ok(Tensor::from_vec(numbers, tensor.shape.clone(), device)?)
}

/// Whether a tensor can be computed with on the processor.
///
/// # Errors
/// As [`load`].
pub(crate) fn computable(tensor: &TensorInfo) -> Result<()> {
    unpack::form(tensor.kind).map(drop).ok_or_else(|| uncomputable(tensor))
}

fn uncomputable(tensor: &TensorInfo) -> Error {
    Error::Unsupported(format!(
        "tensor {} has the type {}, which this version cannot compute with; choose another quantization of \
         the model (Q4_K_M, Q8_0 …)",
        tensor.name, tensor.kind
    ))
}

fn candle_type(kind: TensorType) -> Option<GgmlDType> {
    Some(match kind {
        TensorType::F32 => GgmlDType::F32,
        TensorType::F16 => GgmlDType::F16,
        TensorType::BF16 => GgmlDType::BF16,
        TensorType::Q4_0 => GgmlDType::Q4_0,
        TensorType::Q4_1 => GgmlDType::Q4_1,
        TensorType::Q5_0 => GgmlDType::Q5_0,
        TensorType::Q5_1 => GgmlDType::Q5_1,
        TensorType::Q8_0 => GgmlDType::Q8_0,
        TensorType::Q2_K => GgmlDType::Q2K,
        TensorType::Q3_K => GgmlDType::Q3K,
        TensorType::Q4_K => GgmlDType::Q4K,
        TensorType::Q5_K => GgmlDType::Q5K,
        TensorType::Q6_K => GgmlDType::Q6K,
        _ => return None,
    })
}

/// Rows `ids` of the table `[vocab, width]`, as `[ids, width]`.
pub(crate) fn embed(table: &Weight, ids: &[u32], device: &Device) -> Result<Tensor> {
    match table {
        Weight::Mapped(matrix) => {
            let mut out = vec![0.0; ids.len() * matrix.columns];
            for (&id, out) in ids.iter().zip(out.chunks_exact_mut(matrix.columns)) {
                matrix.row(id as usize, out);
            }
            Ok(Tensor::from_vec(out, (ids.len(), matrix.columns), device)?)
        }
        Weight::Candle(table) => Ok(table.embedding(&Tensor::new(ids, device)?)?),
    }
}

/// Calls `use_them` with the numbers of a tensor on the processor.
fn with_floats<T>(x: &Tensor, use_them: impl FnOnce(&[f32]) -> T) -> Result<T> {
    let x = x.contiguous()?;
    let (storage, layout) = x.storage_and_layout();
    match &*storage {
        Storage::Cpu(CpuStorage::F32(all)) => {
            let from = layout.start_offset();
            Ok(use_them(&all[from..from + layout.shape().elem_count()]))
        }
        _ => Err(Error::Invalid("numbers of 32 bits on the processor were expected".into())),
    }
}

/// A tensor of the same shape with other numbers.
fn map_floats(x: &Tensor, map: impl FnOnce(&[f32]) -> Result<Vec<f32>>) -> Result<Tensor> {
    Ok(Tensor::from_vec(with_floats(x, map)??, x.shape(), x.device())?)
}

/// Root-mean-square norm along the last axis (arXiv 1910.07467), times a weight where there is one.
pub(crate) fn rms_norm(x: &Tensor, weight: Option<&Tensor>, eps: f64) -> Result<Tensor> {
    let ones;
    let weight = match weight {
        Some(weight) => weight,
        None => {
            ones = Tensor::ones(x.dim(D::Minus1)?, DType::F32, x.device())?;
            &ones
        }
    };
    if x.device().is_cpu() {
        return map_floats(x, |x| with_floats(weight, |weight| rows::rms_norm(x, weight, eps as f32)));
    }
    Ok(candle_nn::ops::rms_norm(&x.contiguous()?, weight, eps as f32)?)
}

/// `act(gate) · up`, elementwise (arXiv 2002.05202).
pub(crate) fn gate(activation: Activation, gate: &Tensor, up: &Tensor) -> Result<Tensor> {
    if gate.device().is_cpu() {
        return map_floats(gate, |gate| with_floats(up, |up| rows::gate(activation, gate, up)));
    }
    let gate = match activation {
        Activation::Silu => gate.silu()?,
        Activation::Gelu => gate.gelu()?,
    };
    Ok((gate * up)?)
}

/// `ln(1 + e^x)`, elementwise.
pub(crate) fn softplus(x: &Tensor) -> Result<Tensor> {
    // For large x the sum is x, and e^x no number.
    Ok((x.relu()? + (x.abs()?.neg()?.exp()? + 1.0)?.log()?)?)
}

/// A convolution over time, a kernel for each channel, that sees only what came before: `x` `[n, channels]` with
/// `weight` `[channels, kernel]` and the `kernel - 1` rows before (none: zeros). Gives what it makes of `x`, and the
/// rows that the next call needs. Computed on the processor, wherever the tensors are.
pub(crate) fn causal_conv(x: &Tensor, before: Option<&Tensor>, weight: &Tensor) -> Result<(Tensor, Tensor)> {
    let (n, channels) = x.dims2()?;
    let kernel = weight.dim(1)?;
    let (x_here, weight) = (x.to_device(&Device::Cpu)?, weight.to_device(&Device::Cpu)?);
    let before = match before {
        Some(before) => before.clone(),
        None => Tensor::zeros((kernel - 1, channels), DType::F32, &Device::Cpu)?,
    };
    let all = Tensor::cat(&[&before, &x_here], 0)?;
    let out = with_floats(&all, |all| {
        with_floats(&weight, |weight| recurrent::causal_conv(all, weight, channels, kernel))
    })??;
    let after = all.narrow(0, n, kernel - 1)?.copy()?;
    Ok((Tensor::from_vec(out, (n, channels), &Device::Cpu)?.to_device(x.device())?, after))
}

/// The gated delta rule over `n` tokens. `x` `[n, channels]`: queries, keys and values side by side; `kept`
/// `[n, value_heads]`: ln of what is kept of the state at each token; `beta` `[n, value_heads]`: how far it is
/// corrected; `memory` `[value_heads, head_dim, head_dim]` (none: zeros). Gives `[n, value_heads · head_dim]` and the
/// memory after. Computed on the processor, wherever the tensors are.
pub(crate) fn delta_rule(
    sizes: &DeltaNet,
    x: &Tensor,
    kept: &Tensor,
    beta: &Tensor,
    memory: Option<&Tensor>,
    eps: f64,
) -> Result<(Tensor, Tensor)> {
    let (n, heads, dim) = (x.dim(0)?, sizes.value_heads, sizes.head_dim);
    let here = |t: &Tensor| t.to_device(&Device::Cpu);
    let mut memory = match memory {
        Some(memory) => with_floats(memory, <[f32]>::to_vec)?,
        None => vec![0.0; heads * dim * dim],
    };
    let (x_here, kept, beta) = (here(x)?, here(kept)?, here(beta)?);
    let out = with_floats(&x_here, |x| {
        with_floats(&kept, |kept| {
            with_floats(&beta, |beta| {
                recurrent::DeltaRule { sizes, x, kept, beta, eps: eps as f32 }.compute(&mut memory)
            })
        })
    })???;
    let out = Tensor::from_vec(out, (n, heads * dim), &Device::Cpu)?.to_device(x.device())?;
    Ok((out, Tensor::from_vec(memory, (heads, dim, dim), &Device::Cpu)?))
}

/// How far each pair of elements is turned by a position. The angles are formed as in ggml, in 32 bits and each
/// from the one before, so that far positions turn by the same roundings.
#[derive(Debug, Clone)]
pub(crate) struct Angles {
    /// The angle of a pair by that of the pair before.
    pub step: f32,
    /// What the angle of each pair is multiplied with.
    pub factors: Vec<f32>,
    /// What sine and cosine are multiplied with.
    pub magnitude: f32,
}

/// Cosines and sines for the positions of some rows, each `[rows, pairs]`.
pub(crate) struct Rotation {
    cos: Tensor,
    sin: Tensor,
    layout: RopeLayout,
}

impl Rotation {
    pub fn new(positions: &[usize], angles: &Angles, layout: RopeLayout, device: &Device) -> Result<Self> {
        let pairs = angles.factors.len();
        let (mut cos, mut sin) = (Vec::new(), Vec::new());
        for &position in positions {
            let mut angle = position as f32;
            for factor in &angles.factors {
                let (s, c) = (angle * factor).sin_cos();
                cos.push(c * angles.magnitude);
                sin.push(s * angles.magnitude);
                angle *= angles.step;
            }
        }
        let shape = (positions.len(), pairs);
        Ok(Self {
            cos: Tensor::from_vec(cos, shape, device)?,
            sin: Tensor::from_vec(sin, shape, device)?,
            layout,
        })
    }

    /// Turns the first elements of each head of `x` `[heads, rows, head_dim]`.
    pub fn apply(&self, x: &Tensor) -> Result<Tensor> {
        if x.device().is_cpu() {
            let (_, pairs) = self.cos.dims2()?;
            let dim = x.dim(2)?;
            let turned =
                |x: &[f32], cos: &[f32], sin: &[f32]| rows::rope(x, dim, cos, sin, pairs, self.layout);
            return map_floats(x, |x| {
                with_floats(&self.cos, |cos| with_floats(&self.sin, |sin| turned(x, cos, sin)))?
            });
        }
        let dims = 2 * self.cos.dim(1)?;
        let rest = x.narrow(2, dims, x.dim(2)? - dims)?;
        let x = x.narrow(2, 0, dims)?.contiguous()?.unsqueeze(0)?;
        let turned = match self.layout {
            RopeLayout::Interleaved => candle_nn::rotary_emb::rope_i(&x, &self.cos, &self.sin)?,
            RopeLayout::Halves => candle_nn::rotary_emb::rope(&x, &self.cos, &self.sin)?,
        };
        Ok(Tensor::cat(&[&turned.squeeze(0)?, &rest], 2)?)
    }
}

/// Attention of `q` `[heads, rows, head_dim]` over all that a sequence holds; the rows are its last ones, and
/// each sees itself and what is before it, as far as its window reaches. Heads of queries share heads of keys in
/// groups (arXiv 2305.13245). Returns `[rows, heads · value_dim]`.
pub(crate) fn attention(
    q: &Tensor,
    segments: &[Segment],
    scale: f64,
    window: Option<usize>,
) -> Result<Tensor> {
    let window = window.unwrap_or(usize::MAX);
    if q.device().is_cpu() {
        return attention_here(q, segments, scale, window);
    }
    let (heads, rows, _) = q.dims3()?;
    let mut total = 0;
    for segment in segments {
        total += segment.keys.dim(1)?;
    }
    let block = (MOST_SCORES / (heads * total).max(1)).clamp(1, rows);
    let mut out = Vec::new();
    for from in (0..rows).step_by(block) {
        let n = block.min(rows - from);
        let seen = Seen { total, first: total - rows + from, window };
        out.push(attend(&q.narrow(1, from, n)?.contiguous()?, segments, scale, seen)?);
    }
    Ok(if out.len() == 1 { out.remove(0) } else { Tensor::cat(&out, 0)? })
}

/// The same by our own kernel.
fn attention_here(q: &Tensor, segments: &[Segment], scale: f64, window: usize) -> Result<Tensor> {
    let (heads, rows, key_dim) = q.dims3()?;
    let first = segments.first().ok_or_else(|| Error::Invalid("attention over nothing".into()))?;
    let (kv_heads, _, value_dim) = first.values.dims3()?;
    let held: Vec<_> =
        segments.iter().map(|s| (s.keys.storage_and_layout(), s.values.storage_and_layout())).collect();
    let mut stretches = Vec::with_capacity(held.len());
    for (((keys, key_layout), (values, value_layout)), segment) in held.iter().zip(segments) {
        let (Storage::Cpu(CpuStorage::F16(keys)), Storage::Cpu(CpuStorage::F16(values))) =
            (&**keys, &**values)
        else {
            return Err(Error::Invalid("keys and values of 16 bits on the processor were expected".into()));
        };
        stretches.push(attention::Stretch {
            keys: &keys[key_layout.start_offset()..],
            key_stride: key_layout.stride()[0],
            values: &values[value_layout.start_offset()..],
            value_stride: value_layout.stride()[0],
            len: segment.keys.dim(1)?,
        });
    }
    let out = with_floats(q, |q| {
        attention::Attend {
            q,
            heads,
            rows,
            kv_heads,
            key_dim,
            value_dim,
            stretches: &stretches,
            scale: scale as f32,
            window,
        }
        .compute()
    })?;
    Ok(Tensor::from_vec(out, (rows, heads * value_dim), q.device())?)
}

/// What rows at the positions `first`, `first + 1` … of `total` see.
#[derive(Clone, Copy)]
struct Seen {
    total: usize,
    first: usize,
    window: usize,
}

/// Attention by candle.
fn attend(q: &Tensor, segments: &[Segment], scale: f64, seen: Seen) -> Result<Tensor> {
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
fn mask(rows: usize, seen: Seen, device: &Device) -> Result<Tensor> {
    let Seen { total, first, window } = seen;
    let of = |r: usize, t: usize| {
        let hidden = t > first + r || first + r - t >= window;
        if hidden { f32::NEG_INFINITY } else { 0.0 }
    };
    let mask: Vec<f32> = (0..rows).flat_map(|r| (0..total).map(move |t| of(r, t))).collect();
    Ok(Tensor::from_vec(mask, (rows, total), device)?)
}

#[cfg(test)]
mod tests;
