//! A gated delta net (Yang et al. 2024, arXiv 2412.06464) as Qwen 3.5 uses it: a short convolution, then a state
//! that forgets a little with every token and is corrected towards the new value of its key.

use candle_core::Tensor;

use super::Pass;
use super::source::Source;
use crate::arch;
use crate::error::{Error, Result};
use crate::kernels::{self, Linear};

pub(super) struct DeltaNet {
    sizes: arch::DeltaNet,
    qkv: Linear,
    gate: Linear,
    /// `[channels, kernel]`.
    conv: Tensor,
    beta: Linear,
    alpha: Linear,
    /// `[value_heads]` each.
    step_bias: Tensor,
    decay: Tensor,
    norm: Tensor,
    output: Linear,
}

impl DeltaNet {
    pub fn load(source: &Source<'_>, sizes: arch::DeltaNet, i: usize) -> Result<Self> {
        let name = |part: &str| format!("blk.{i}.{part}");
        Ok(Self {
            sizes,
            qkv: source.linear(&name("attn_qkv"))?,
            gate: source.linear(&name("attn_gate"))?,
            conv: source.vector(&name("ssm_conv1d.weight"))?,
            beta: source.linear(&name("ssm_beta"))?,
            alpha: source.linear(&name("ssm_alpha"))?,
            step_bias: source.vector(&name("ssm_dt.bias"))?,
            decay: source.vector(&name("ssm_a"))?,
            norm: source.vector(&name("ssm_norm.weight"))?,
            output: source.linear(&name("ssm_out"))?,
        })
    }

    /// `h` `[rows, width]` to the same.
    pub fn forward(&self, pass: &mut Pass<'_>, layer: usize, h: &Tensor) -> Result<Tensor> {
        let rows = h.dim(0)?;
        let (heads, dim) = (self.sizes.value_heads, self.sizes.head_dim);
        let qkv = self.qkv.forward(h)?;
        let beta = candle_nn::ops::sigmoid(&self.beta.forward(h)?)?;
        // ln of what is kept of the state: -exp(A) · softplus(α + bias); the file has -exp(A).
        let step = self.alpha.forward(h)?.broadcast_add(&self.step_bias)?;
        let kept = kernels::softplus(&step)?.broadcast_mul(&self.decay)?;
        let mut mixed = Vec::with_capacity(pass.runs.len());
        let mut at = 0;
        for (run, start) in pass.runs {
            let n = run.tokens.len();
            let state = pass.cache.state(run.sequence, layer, *start)?;
            let part = |t: &Tensor| t.narrow(0, at, n)?.contiguous();
            let (conv_state, memory) = match state.as_deref() {
                Some([conv, memory]) => (Some(conv), Some(memory)),
                None => (None, None),
                Some(_) => return Err(Error::Invalid("a delta net has a state of two tensors".into())),
            };
            let (x, conv_state) = kernels::causal_conv(&part(&qkv)?, conv_state, &self.conv)?;
            let x = x.silu()?;
            let eps = pass.config.norm_eps;
            let (out, memory) =
                kernels::delta_rule(&self.sizes, &x, &part(&kept)?, &part(&beta)?, memory, eps)?;
            pass.cache.set_state(run.sequence, layer, vec![conv_state, memory])?;
            mixed.push(out);
            at += n;
        }
        let mixed = Tensor::cat(&mixed, 0)?.reshape((rows * heads, dim))?;
        let normed = kernels::rms_norm(&mixed, Some(&self.norm), pass.config.norm_eps)?;
        let gate = self.gate.forward(h)?.silu()?;
        self.output.forward(&(normed.reshape((rows, heads * dim))? * gate)?)
    }
}
