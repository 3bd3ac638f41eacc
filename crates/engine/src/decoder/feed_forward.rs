//! The gated networks that work on each token: one, or several with a router.

use candle_core::{D, Tensor};

use super::source::Source;
use crate::arch::{self, Activation, Config};
use crate::error::Result;
use crate::kernels::{self, Linear};

pub(super) enum FeedForward {
    Dense(Network),
    Experts(Experts),
}

/// `down(act(gate · x) ∘ (up · x))` (arXiv 2002.05202).
pub(super) struct Network {
    gate: Linear,
    up: Linear,
    down: Linear,
}

pub(super) struct Experts {
    sizes: arch::Experts,
    router: Linear,
    networks: Vec<Network>,
}

/// Sums of weights are not taken to be smaller (as in llama.cpp).
const LEAST_SUM: f32 = 6.103_515_6e-5;

impl FeedForward {
    pub fn load(source: &Source<'_>, config: &Config, sizes: &arch::FeedForward, i: usize) -> Result<Self> {
        let name = |part: &str| format!("blk.{i}.{part}");
        match *sizes {
            arch::FeedForward::Dense(ffn) => {
                let fused = !source.has(&name("ffn_gate.weight"));
                Ok(Self::Dense(Network {
                    gate: match fused {
                        true => source.linear_rows(&name("ffn_up"), 0..ffn)?,
                        false => source.linear(&name("ffn_gate"))?,
                    },
                    up: match fused {
                        true => source.linear_rows(&name("ffn_up"), ffn..2 * ffn)?,
                        false => source.linear(&name("ffn_up"))?,
                    },
                    down: source.linear(&name("ffn_down"))?,
                }))
            }
            arch::FeedForward::Experts(sizes) => {
                let (ffn, width) = (sizes.width, config.width);
                let network = |e: usize| {
                    Ok(Network {
                        gate: source.linear_rows(&name("ffn_gate_exps"), e * ffn..(e + 1) * ffn)?,
                        up: source.linear_rows(&name("ffn_up_exps"), e * ffn..(e + 1) * ffn)?,
                        down: source.linear_rows(&name("ffn_down_exps"), e * width..(e + 1) * width)?,
                    })
                };
                Ok(Self::Experts(Experts {
                    sizes,
                    router: source.linear(&name("ffn_gate_inp"))?,
                    networks: (0..sizes.count).map(network).collect::<Result<_>>()?,
                }))
            }
        }
    }

    /// `h` `[rows, width]` to the same.
    pub fn forward(&self, config: &Config, h: &Tensor) -> Result<Tensor> {
        match self {
            Self::Dense(network) => network.forward(config.architecture.activation, h),
            Self::Experts(experts) => experts.forward(config.architecture.activation, h),
        }
    }
}

impl Network {
    fn forward(&self, activation: Activation, h: &Tensor) -> Result<Tensor> {
        let [gate, up] = Linear::forward_all([&self.gate, &self.up], h)?;
        let inner = kernels::gate(activation, &gate, &up)?;
        self.down.forward(&inner)
    }
}

impl Experts {
    fn forward(&self, activation: Activation, h: &Tensor) -> Result<Tensor> {
        let chances = candle_nn::ops::softmax_last_dim(&self.router.forward(h)?)?.to_vec2::<f32>()?;
        // For each expert its rows, and with what weight.
        let mut work: Vec<(Vec<u32>, Vec<f32>)> = vec![Default::default(); self.networks.len()];
        for (row, chances) in chances.iter().enumerate() {
            let mut order: Vec<usize> = (0..chances.len()).collect();
            order.sort_by(|&a, &b| chances[b].total_cmp(&chances[a]));
            order.truncate(self.sizes.used);
            let sum = order.iter().map(|&e| chances[e]).sum::<f32>().max(LEAST_SUM);
            for e in order {
                work[e].0.push(row as u32);
                work[e].1.push(chances[e] / sum * self.sizes.scale as f32);
            }
        }
        let mut out = h.zeros_like()?;
        for (network, (rows, weights)) in self.networks.iter().zip(work) {
            if rows.is_empty() {
                continue;
            }
            let n = rows.len();
            let rows = Tensor::new(rows, h.device())?;
            let weights = Tensor::from_vec(weights, (n, 1), h.device())?;
            let given = network.forward(activation, &h.index_select(&rows, 0)?)?;
            out = out.index_add(&rows, &given.broadcast_mul(&weights)?, D::Minus2)?;
        }
        Ok(out)
    }
}
