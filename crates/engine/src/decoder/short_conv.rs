//! A short convolution between two gates (LFM2; Liquid AI 2025).

use candle_core::{D, Tensor};

use super::Pass;
use super::source::Source;
use crate::error::Result;
use crate::kernels::{self, Linear};

pub(super) struct ShortConv {
    /// Gives what goes in, what gates it before, what gates it after.
    input: Linear,
    /// `[width, kernel]`.
    conv: Tensor,
    output: Linear,
}

impl ShortConv {
    pub fn load(source: &Source<'_>, i: usize) -> Result<Self> {
        let name = |part: &str| format!("blk.{i}.shortconv.{part}");
        Ok(Self {
            input: source.linear(&name("in_proj"))?,
            conv: source.vector(&name("conv.weight"))?,
            output: source.linear(&name("out_proj"))?,
        })
    }

    /// `h` `[rows, width]` to the same.
    pub fn forward(&self, pass: &mut Pass<'_>, layer: usize, h: &Tensor) -> Result<Tensor> {
        let parts = self.input.forward(h)?.chunk(3, D::Minus1)?;
        let x = (&parts[0] * &parts[2])?;
        let mut mixed = Vec::with_capacity(pass.runs.len());
        let mut at = 0;
        for (run, start) in pass.runs {
            let n = run.tokens.len();
            let state = pass.cache.state(run.sequence, layer, *start)?;
            let before = state.as_deref().and_then(<[Tensor]>::first);
            let (out, after) = kernels::causal_conv(&x.narrow(0, at, n)?.contiguous()?, before, &self.conv)?;
            pass.cache.set_state(run.sequence, layer, vec![after])?;
            mixed.push(out);
            at += n;
        }
        self.output.forward(&(Tensor::cat(&mixed, 0)? * &parts[1])?)
    }
}
