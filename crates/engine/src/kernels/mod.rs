//! The arithmetic of the decoder, on candle's tensors. The decoder calls nothing numerical but what is here.
//! A [`Backend`] says whether matrices and attention are ours or candle's; what goes element by element or row by row is
//! ours wherever the numbers are on the processor. Shapes are written as `[rows, columns]`; everything is f32 but keys
//! and values.

mod activation;
mod attention;
mod backend;
#[cfg(feature = "bench")]
pub mod bench;
mod cores;
mod dot;
mod interleaved;
mod key_values;
mod lanes;
pub mod limits;
mod linear;
mod matrix;
mod pool;
mod recurrent;
mod rotation;
mod rows;
mod tile;
mod unpack;
mod way;

use candle_core::{CpuStorage, D, DType, Device, Storage, Tensor};

use crate::arch::{Activation, DeltaNet};
use crate::error::{Error, Result};

pub(crate) use attention::{Reader, attention};
pub use backend::Backend;
pub use cores::worthwhile as cores;
pub(crate) use interleaved::{Laying, ToLay};
pub(crate) use key_values::{Heads, Kept, KeyValues, Segment};
pub(crate) use linear::{Linear, Table, candle_bytes, computable, load, load_table, load_vector};
pub(crate) use pool::awake;
pub use pool::{set_threads, threads, use_threads, usual_threads};
pub(crate) use rotation::{Angles, Rotation, turned};

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
    rms_norm_by_candle(x, weight, eps)
}

fn rms_norm_by_candle(x: &Tensor, weight: &Tensor, eps: f64) -> Result<Tensor> {
    Ok(candle_nn::ops::rms_norm(&x.contiguous()?, weight, eps as f32)?)
}

/// `act(gate) · up`, elementwise (arXiv 2002.05202).
pub(crate) fn gate(activation: Activation, gate: &Tensor, up: &Tensor) -> Result<Tensor> {
    if gate.device().is_cpu() {
        return map_floats(gate, |gate| with_floats(up, |up| rows::gate(activation, gate, up)));
    }
    gate_by_candle(activation, gate, up)
}

fn gate_by_candle(activation: Activation, gate: &Tensor, up: &Tensor) -> Result<Tensor> {
    let gate = match activation {
        Activation::Silu => gate.silu()?,
        Activation::Gelu => gate.gelu()?,
    };
    Ok((gate * up)?)
}

/// `x + factor · more`, elementwise.
pub(crate) fn add(x: &Tensor, more: &Tensor, factor: f64) -> Result<Tensor> {
    if x.device().is_cpu() && x.shape() == more.shape() {
        return map_floats(x, |x| with_floats(more, |more| rows::add(x, more, factor as f32)));
    }
    let more = if factor == 1.0 { more.clone() } else { (more * factor)? };
    Ok((x + more)?)
}

/// What `output` makes of `x` `[rows, width]`, times `scale`, and squeezed between `-cap` and `cap`: `[rows, vocabulary]`.
pub(crate) fn logits(output: &Linear, x: &Tensor, scale: f64, cap: Option<f64>) -> Result<Vec<f32>> {
    let mut logits = output.forward_to_numbers(x)?;
    rows::scale_and_cap(&mut logits, scale as f32, cap.map(|cap| cap as f32));
    Ok(logits)
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

#[cfg(test)]
mod tests;
