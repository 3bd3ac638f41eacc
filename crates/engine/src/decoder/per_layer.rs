//! Embeddings that every layer gets beside the stream (Gemma 3n and 4).

use candle_core::Tensor;

use super::source::Source;
use crate::arch::{Activation, Config, PerLayerInput};
use crate::error::Result;
use crate::kernels::{self, Linear, Table};

/// Makes the inputs of all layers, once a call.
pub(super) struct Inputs {
    sizes: PerLayerInput,
    layers: usize,
    table: Table,
    projection: Linear,
    norm: Tensor,
}

impl Inputs {
    pub fn load(source: &Source<'_>, config: &Config, sizes: PerLayerInput) -> Result<Self> {
        Ok(Self {
            sizes,
            layers: config.layers.len(),
            table: source.table("per_layer_token_embd.weight")?,
            projection: source.linear("per_layer_model_proj")?,
            norm: source.vector("per_layer_proj_norm.weight")?,
        })
    }

    /// `x`: the embeddings `[rows, width]`, on the processor as all here. Gives `[rows, layers, per-layer width]`.
    pub fn forward(&self, x: &Tensor, ids: &[u32], eps: f64) -> Result<Tensor> {
        let (rows, width) = x.dims2()?;
        let shape = (rows, self.layers, self.sizes.width);
        let projected = (self.projection.forward(x)? * (1.0 / (width as f64).sqrt()))?;
        let projected = kernels::rms_norm(&projected.reshape(shape)?, Some(&self.norm), eps)?;
        let own = (self.table.rows(ids)? * (self.sizes.width as f64).sqrt())?;
        Ok(((projected + own.reshape(shape)?)? * std::f64::consts::FRAC_1_SQRT_2)?)
    }
}

/// Adds its input to the stream after a block.
pub(super) struct Adding {
    gate: Linear,
    projection: Linear,
    norm: Tensor,
}

impl Adding {
    pub fn load(source: &Source<'_>, i: usize) -> Result<Self> {
        let name = |part: &str| format!("blk.{i}.{part}");
        Ok(Self {
            gate: source.linear(&name("inp_gate"))?,
            projection: source.linear(&name("proj"))?,
            norm: source.vector(&name("post_norm.weight"))?,
        })
    }

    /// `x` `[rows, width]`, `input` `[rows, per-layer width]`.
    pub fn forward(&self, x: &Tensor, input: &Tensor, eps: f64) -> Result<Tensor> {
        let gated = kernels::gate(Activation::Gelu, &self.gate.forward(x)?, &input.contiguous()?)?;
        let added = kernels::rms_norm(&self.projection.forward(&gated)?, Some(&self.norm), eps)?;
        Ok((x + added)?)
    }
}
