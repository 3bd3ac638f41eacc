//! The arithmetic of the decoder, on candle's tensors. The decoder calls nothing numerical but what is here,
//! so that a faster path for a processor can take a function's place without the decoder knowing.
//! Shapes are written as `[rows, columns]`; everything is f32.

use std::sync::Arc;

use candle_core::quantized::{GgmlDType, QMatMul, QStorage, QTensor};
use candle_core::{D, Device, Module, Tensor};

use crate::arch::RopeLayout;
use crate::error::{Error, Result};
use crate::gguf::{Gguf, TensorInfo, TensorType};
use crate::kv::Segment;

/// Scores that are held at once while reading a long prompt: 16 M of 4 bytes.
const MOST_SCORES: usize = 16 << 20;

/// A matrix `[out, in]` in the form it has in the file, with an optional bias `[out]`.
pub(crate) struct Linear {
    weight: QMatMul,
    bias: Option<Tensor>,
}

impl Linear {
    pub fn new(weight: Arc<QTensor>, bias: Option<Tensor>) -> Result<Self> {
        Ok(Self { weight: QMatMul::from_arc(weight)?, bias })
    }

    /// `x` `[rows, in]` to `[rows, out]`.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let y = self.weight.forward(x)?;
        Ok(match &self.bias {
            Some(bias) => y.broadcast_add(bias)?,
            None => y,
        })
    }
}

/// A tensor of the file, quantized as it is there.
///
/// # Errors
/// [`Error::Unsupported`], naming the tensor, for a type that cannot be computed with.
pub(crate) fn load(gguf: &Gguf, tensor: &TensorInfo, device: &Device) -> Result<QTensor> {
    let storage = QStorage::from_data(gguf.data(tensor).into(), device, computable(tensor)?)?;
    Ok(QTensor::new(storage, tensor.shape.clone())?)
}

/// The form candle computes with.
///
/// # Errors
/// As [`load`].
pub(crate) fn computable(tensor: &TensorInfo) -> Result<GgmlDType> {
    candle_type(tensor.kind).ok_or_else(|| {
        Error::Unsupported(format!(
            "tensor {} has the type {}, which this version cannot compute with; choose another quantization of \
             the model (Q4_K_M, Q8_0 …)",
            tensor.name, tensor.kind
        ))
    })
}

/// Bytes that a tensor takes when it is loaded: matrices of 16 bits are computed with in 32.
pub(crate) fn loaded_bytes(tensor: &TensorInfo) -> u64 {
    match tensor.kind {
        TensorType::F16 | TensorType::BF16 => 2 * tensor.size as u64,
        _ => tensor.size as u64,
    }
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
pub(crate) fn embed(table: &QTensor, ids: &[u32], device: &Device) -> Result<Tensor> {
    Ok(table.embedding(&Tensor::new(ids, device)?)?)
}

/// Root-mean-square norm along the last axis (arXiv 1910.07467).
pub(crate) fn rms_norm(x: &Tensor, weight: &Tensor, eps: f64) -> Result<Tensor> {
    Ok(candle_nn::ops::rms_norm(&x.contiguous()?, weight, eps as f32)?)
}

/// `silu(gate) · up`, elementwise (arXiv 2002.05202).
pub(crate) fn swiglu(gate: &Tensor, up: &Tensor) -> Result<Tensor> {
    Ok((gate.silu()? * up)?)
}

/// Cosines and sines for the positions of some rows, each `[rows, head_dim / 2]`.
pub(crate) struct Rotation {
    cos: Tensor,
    sin: Tensor,
    layout: RopeLayout,
}

impl Rotation {
    /// `frequencies`: radians a position, one for each pair of elements.
    pub fn new(
        positions: &[usize],
        frequencies: &[f64],
        layout: RopeLayout,
        device: &Device,
    ) -> Result<Self> {
        let angles = positions.iter().flat_map(|&p| frequencies.iter().map(move |f| p as f64 * f));
        let (cos, sin): (Vec<f32>, Vec<f32>) = angles.map(|a| (a.cos() as f32, a.sin() as f32)).unzip();
        let shape = (positions.len(), frequencies.len());
        Ok(Self {
            cos: Tensor::from_vec(cos, shape, device)?,
            sin: Tensor::from_vec(sin, shape, device)?,
            layout,
        })
    }

    /// Turns `x` `[heads, rows, head_dim]`.
    pub fn apply(&self, x: &Tensor) -> Result<Tensor> {
        let x = x.contiguous()?.unsqueeze(0)?;
        let turned = match self.layout {
            RopeLayout::Interleaved => candle_nn::rotary_emb::rope_i(&x, &self.cos, &self.sin)?,
            RopeLayout::Halves => candle_nn::rotary_emb::rope(&x, &self.cos, &self.sin)?,
        };
        Ok(turned.squeeze(0)?)
    }
}

/// Attention of `q` `[heads, rows, head_dim]` over all that a sequence holds; the rows are its last ones, and
/// each sees what is before it and itself. Heads of queries share heads of keys in groups (arXiv 2305.13245).
/// Returns `[rows, heads · value_dim]`.
pub(crate) fn attention(q: &Tensor, segments: &[Segment], scale: f64) -> Result<Tensor> {
    let (heads, rows, _) = q.dims3()?;
    let mut total = 0;
    for segment in segments {
        total += segment.keys.dim(1)?;
    }
    let block = (MOST_SCORES / (heads * total).max(1)).clamp(1, rows);
    let mut out = Vec::new();
    for from in (0..rows).step_by(block) {
        let n = block.min(rows - from);
        out.push(attend(&q.narrow(1, from, n)?.contiguous()?, segments, scale, total, total - rows + from)?);
    }
    Ok(if out.len() == 1 { out.remove(0) } else { Tensor::cat(&out, 0)? })
}

/// Attention of rows at the positions `first`, `first + 1` …
fn attend(q: &Tensor, segments: &[Segment], scale: f64, total: usize, first: usize) -> Result<Tensor> {
    let (heads, rows, head_dim) = q.dims3()?;
    let kv_heads = segments[0].keys.dim(0)?;
    let q = (q.reshape((kv_heads, heads / kv_heads * rows, head_dim))? * scale)?;
    let scores: Vec<Tensor> =
        segments.iter().map(|s| Ok(q.matmul(&s.keys.transpose(1, 2)?)?)).collect::<Result<_>>()?;
    let mut scores = Tensor::cat(&scores, D::Minus1)?;
    if rows > 1 {
        let mask = causal_mask(rows, total, first, q.device())?;
        let by_row = scores.reshape((heads, rows, total))?;
        scores = by_row.broadcast_add(&mask)?.reshape(scores.shape())?;
    }
    let weights = candle_nn::ops::softmax_last_dim(&scores)?;
    let mut sum: Option<Tensor> = None;
    let mut at = 0;
    for segment in segments {
        let n = segment.keys.dim(1)?;
        let part = weights.narrow(D::Minus1, at, n)?.contiguous()?.matmul(&segment.values)?;
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

/// 0 where the row at position `first + r` may look, minus infinity after it: `[rows, total]`.
fn causal_mask(rows: usize, total: usize, first: usize, device: &Device) -> Result<Tensor> {
    let mask: Vec<f32> = (0..rows)
        .flat_map(|r| (0..total).map(move |t| if t > first + r { f32::NEG_INFINITY } else { 0.0 }))
        .collect();
    Ok(Tensor::from_vec(mask, (rows, total), device)?)
}
