//! Softmax attention over the past of each sequence, its keys and values in the cache.

use candle_core::Tensor;

use super::source::Source;
use super::{Pass, Run};
use crate::arch::{self, Config, QkNorm};
use crate::error::Result;
use crate::kernels::{self, Linear, Reader};

/// Keys, and values where they are not the keys.
type Projected = (Tensor, Option<Tensor>);

pub(super) struct Attention {
    sizes: arch::Attention,
    q: Linear,
    /// None where the keys of another layer are used.
    kv: Option<KeysAndValues>,
    q_norm: Option<Tensor>,
    /// Whether `q` also gives a gate for the result.
    gated: bool,
    /// Whether values are normalised as well.
    normalises_values: bool,
    output: Linear,
}

struct KeysAndValues {
    k: Linear,
    /// None where values are the keys.
    v: Option<Linear>,
    k_norm: Option<Tensor>,
}

impl Attention {
    pub fn load(source: &Source<'_>, config: &Config, sizes: &arch::Attention, i: usize) -> Result<Self> {
        let architecture = config.architecture;
        let name = |part: &str| format!("blk.{i}.{part}");
        let rows = |heads: usize, dim: usize| heads * dim;
        let q_rows = rows(sizes.heads, sizes.head_dim) * if architecture.gated_attention { 2 } else { 1 };
        let (k_rows, v_rows) = (rows(sizes.kv_heads, sizes.head_dim), rows(sizes.kv_heads, sizes.value_dim));
        let fused = source.has(&name("attn_qkv.weight"));
        let part = |own: &str, from: usize, n: usize| match fused {
            true => source.linear_rows(&name("attn_qkv"), from..from + n),
            false => source.linear(&name(own)),
        };
        let norm = |part: &str| match architecture.qk_norm {
            QkNorm::None => Ok(None),
            _ => source.vector(&name(part)).map(Some),
        };
        let kv = match sizes.keys_of {
            Some(_) => None,
            None => Some(KeysAndValues {
                k: part("attn_k", q_rows, k_rows)?,
                v: match fused || source.has(&name("attn_v.weight")) {
                    true => Some(part("attn_v", q_rows + k_rows, v_rows)?),
                    false => None,
                },
                k_norm: norm("attn_k_norm.weight")?,
            }),
        };
        Ok(Self {
            sizes: sizes.clone(),
            q: part("attn_q", 0, q_rows)?,
            kv,
            q_norm: norm("attn_q_norm.weight")?,
            gated: architecture.gated_attention,
            normalises_values: architecture.shares_keys,
            output: source.linear(&name("attn_output"))?,
        })
    }

    /// `h` `[rows, width]` to the same.
    pub fn forward(&self, pass: &mut Pass<'_>, layer: usize, h: &Tensor) -> Result<Tensor> {
        let a = &self.sizes;
        let rows = h.dim(0)?;
        let (mut q, kv) = self.projected(h)?;
        let mut gate = None;
        if self.gated {
            // Head by head: the query, then its gate.
            let both = q.reshape((rows, a.heads, 2, a.head_dim))?;
            let half = |i| both.narrow(2, i, 1)?.contiguous()?.reshape((rows, a.heads * a.head_dim));
            gate = Some(half(1)?);
            q = half(0)?;
        }
        let mut q = self.turned(pass, &q, self.q_norm.as_ref())?;
        if let Some(sharpening) = &pass.sharpening {
            q = q.broadcast_mul(sharpening)?;
        }
        let kv = match (&self.kv, kv) {
            (Some(kv), Some((k, v))) => {
                let mut v = v.unwrap_or_else(|| k.clone());
                if self.normalises_values {
                    let by_head = v.reshape((rows * a.kv_heads, a.value_dim))?;
                    v = kernels::rms_norm(&by_head, None, pass.config.norm_eps)?.reshape(v.shape())?;
                }
                Some((self.turned(pass, &k, kv.k_norm.as_ref())?, v))
            }
            _ => None,
        };
        if let Some((k, v)) = &kv {
            let mut at = 0;
            for (run, _) in pass.runs {
                let n = run.tokens.len();
                pass.cache.put(run.sequence, layer, &k.narrow(0, at, n)?, &v.narrow(0, at, n)?)?;
                at += n;
            }
        }
        let of = a.keys_of.unwrap_or(layer);
        let reader = |run: &Run<'_>| {
            Ok(Reader { rows: run.tokens.len(), segments: pass.cache.segments(run.sequence, of)? })
        };
        let readers: Vec<Reader<'_>> = pass.runs.iter().map(|(run, _)| reader(run)).collect::<Result<_>>()?;
        let mut out = kernels::attention(&q, &readers, a.scale, a.window)?;
        if let Some(gate) = gate {
            out = (out * candle_nn::ops::sigmoid(&gate)?)?;
        }
        self.output.forward(&out)
    }

    /// Queries, and keys with values where the layer has its own, `[rows, heads · d]` each; no values where they are the
    /// keys.
    fn projected(&self, h: &Tensor) -> Result<(Tensor, Option<Projected>)> {
        Ok(match &self.kv {
            None => (self.q.forward(h)?, None),
            Some(KeysAndValues { k, v: None, .. }) => {
                let [q, k] = Linear::forward_all([&self.q, k], h)?;
                (q, Some((k, None)))
            }
            Some(KeysAndValues { k, v: Some(v), .. }) => {
                let [q, k, v] = Linear::forward_all([&self.q, k, v], h)?;
                (q, Some((k, Some(v))))
            }
        })
    }

    /// `x` `[rows, heads · d]`, normalised and turned.
    fn turned(&self, pass: &Pass<'_>, x: &Tensor, norm: Option<&Tensor>) -> Result<Tensor> {
        let rotation = self.sizes.rope.map(|rope| &pass.rotations[rope]);
        kernels::turned(x, self.sizes.head_dim, norm, pass.config.norm_eps, rotation)
    }
}
