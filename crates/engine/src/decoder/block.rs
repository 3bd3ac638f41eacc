//! One transformer block: what mixes the tokens, then what works on each, with the norms and multipliers of its
//! architecture between (arXiv 1706.03762).

use candle_core::Tensor;

use super::attention::Attention;
use super::delta_net::DeltaNet;
use super::feed_forward::FeedForward;
use super::short_conv::ShortConv;
use super::source::Source;
use super::{Pass, per_layer};
use crate::arch::{self, Config};
use crate::error::Result;
use crate::kernels;

pub(super) struct Block {
    norms: Norms,
    mixer: Mixer,
    ffn: FeedForward,
    per_layer: Option<per_layer::Adding>,
    /// What the whole block gives is multiplied by this `[1]`.
    scale: Option<Tensor>,
}

struct Norms {
    before_mixer: Option<Tensor>,
    after_mixer: Option<Tensor>,
    before_ffn: Option<Tensor>,
    after_ffn: Option<Tensor>,
}

enum Mixer {
    Attention(Box<Attention>),
    DeltaNet(Box<DeltaNet>),
    ShortConv(ShortConv),
}

impl Block {
    pub fn load(source: &Source<'_>, config: &Config, i: usize) -> Result<Self> {
        let names = config.architecture.norms;
        let norm = |name: Option<&str>| {
            name.map(|name| source.vector(&format!("blk.{i}.{name}.weight"))).transpose()
        };
        let layer = &config.layers[i];
        Ok(Self {
            norms: Norms {
                before_mixer: norm(names.before_mixer)?,
                after_mixer: norm(names.after_mixer)?,
                before_ffn: norm(names.before_ffn)?,
                after_ffn: norm(names.after_ffn)?,
            },
            mixer: match &layer.mixer {
                arch::Mixer::Attention(a) => {
                    Mixer::Attention(Box::new(Attention::load(source, config, a, i)?))
                }
                arch::Mixer::DeltaNet(net) => Mixer::DeltaNet(Box::new(DeltaNet::load(source, *net, i)?)),
                arch::Mixer::ShortConv(_) => Mixer::ShortConv(ShortConv::load(source, i)?),
            },
            ffn: FeedForward::load(source, config, &layer.ffn, i)?,
            per_layer: config.per_layer.map(|_| per_layer::Adding::load(source, i)).transpose()?,
            scale: match config.architecture.shares_keys {
                true => source.vector_if_there(&format!("blk.{i}.layer_output_scale.weight"))?,
                false => None,
            },
        })
    }

    /// `x` `[rows, width]`, all runs one after the other.
    pub fn forward(&self, pass: &mut Pass<'_>, layer: usize, x: &Tensor) -> Result<Tensor> {
        let eps = pass.config.norm_eps;
        let normed = |norm: &Option<Tensor>, x: Tensor| match norm {
            Some(weight) => kernels::rms_norm(&x, Some(weight), eps),
            None => Ok(x),
        };
        let residual = pass.config.scales.residual;
        let h = normed(&self.norms.before_mixer, x.clone())?;
        let mixed = match &self.mixer {
            Mixer::Attention(attention) => attention.forward(pass, layer, &h)?,
            Mixer::DeltaNet(net) => net.forward(pass, layer, &h)?,
            Mixer::ShortConv(conv) => conv.forward(pass, layer, &h)?,
        };
        let x = kernels::add(x, &normed(&self.norms.after_mixer, mixed)?, residual)?;
        let h = normed(&self.norms.before_ffn, x.clone())?;
        let mut x =
            kernels::add(&x, &normed(&self.norms.after_ffn, self.ffn.forward(pass.config, &h)?)?, residual)?;
        if let (Some(adding), Some(inputs)) = (&self.per_layer, &pass.per_layer) {
            x = adding.forward(&x, &inputs.narrow(1, layer, 1)?.squeeze(1)?, eps)?;
        }
        Ok(match &self.scale {
            Some(scale) => x.broadcast_mul(scale)?,
            None => x,
        })
    }
}
