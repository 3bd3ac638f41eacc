//! Rotary position embeddings (RoFormer, arXiv 2104.09864) and the ways to stretch them over longer texts:
//! linear, YaRN (arXiv 2309.00071) and factors that a file brings along (Llama 3, LongRoPE arXiv 2402.13753).

use super::keys::Keys;
use crate::error::{Error, Result};
use crate::kernels::Angles;

/// Which elements of a head are turned together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RopeLayout {
    /// Neighbours: (0, 1), (2, 3) …
    Interleaved,
    /// The first half with the second: (0, d/2), (1, d/2 + 1) … (GPT-NeoX)
    Halves,
}

/// How the positions of some layers turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Rope {
    /// Elements of a head that are turned, from its start; the rest is left as it is.
    pub dims: usize,
    /// The base of the frequencies.
    pub base: f64,
    /// Positions are divided by this; 1 for most.
    pub scale: f64,
    /// YaRN's mixture of stretched and plain frequencies.
    pub yarn: Option<Yarn>,
    /// Sine and cosine are multiplied by this.
    pub magnitude: f64,
    /// The tensor with a divisor for each frequency, if the file has it.
    pub factors: Option<&'static str>,
}

/// YaRN: low frequencies are stretched, high ones are not, those between are mixed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Yarn {
    /// Tokens of the context before it was stretched.
    pub context: usize,
    /// Turns within that context above which a frequency is not stretched.
    pub fast: f64,
    /// Turns below which it is wholly stretched.
    pub slow: f64,
}

/// Divisors of the frequencies of Llama 3.
pub(super) const LLAMA3_FACTORS: &str = "rope_freqs.weight";
const LONG_FACTORS: &str = "rope_factors_long.weight";
const SHORT_FACTORS: &str = "rope_factors_short.weight";

impl Rope {
    /// What the file says, for a model that is to see `context` tokens. `has`: whether there is a tensor of this name.
    pub(super) fn from_keys(
        keys: &Keys<'_>,
        dims: usize,
        context: usize,
        has: impl Fn(&str) -> bool,
    ) -> Result<Self> {
        let factor = match keys.number("rope.scaling.factor").or_else(|| keys.number("rope.scale_linear")) {
            Some(factor) if factor < 0.0 => return Err(keys.missing("rope.scaling.factor")),
            Some(factor) if factor > 0.0 => factor,
            _ => 1.0,
        };
        let original = keys.size_or("rope.scaling.original_context_length", keys.size("context_length")?)?;
        let attention_factor = keys.number_or("rope.scaling.attn_factor", 1.0);
        let mut rope = Self {
            dims,
            base: keys.number_or("rope.freq_base", 10_000.0),
            scale: 1.0,
            yarn: None,
            magnitude: attention_factor * keys.number_or("rope.scaling.yarn_attn_factor", 1.0),
            factors: Some(LLAMA3_FACTORS),
        };
        let kind = match keys.meta.text(&keys.key("rope.scaling.type")) {
            // llama.cpp's converter gives Phi-3 its factors, and names no type.
            None if has(LONG_FACTORS) => Some("longrope"),
            kind => kind,
        };
        match kind {
            Some("none") => {}
            None | Some("linear") => rope.scale = factor,
            Some("longrope") => {
                rope.scale = factor;
                rope.factors = Some(if context > original { LONG_FACTORS } else { SHORT_FACTORS });
            }
            Some("yarn") => {
                rope.scale = factor;
                rope.yarn = Some(Yarn {
                    context: original,
                    fast: keys.number_or("rope.scaling.yarn_beta_fast", 32.0),
                    slow: keys.number_or("rope.scaling.yarn_beta_slow", 1.0),
                });
                // The paper's 0.1 ln s + 1, or what a model was trained with in its place.
                let of = |m: f64| if factor <= 1.0 { 1.0 } else { 0.1 * m * factor.ln() + 1.0 };
                let log = keys.number_or("rope.scaling.yarn_log_multiplier", 0.0);
                rope.magnitude = attention_factor * of(1.0) / if log == 0.0 { 1.0 } else { of(log) };
            }
            Some(other) => {
                return Err(Error::Unsupported(format!("its RoPE is scaled by the method {other:?}")));
            }
        }
        Ok(rope)
    }

    /// The angles of positions. `divisors`: the numbers of the tensor [`Rope::factors`], one a pair.
    pub(crate) fn angles(&self, divisors: Option<&[f32]>) -> Angles {
        let stretch = 1.0 / self.scale;
        let factors = (0..self.dims / 2).map(|i| {
            let divisor = divisors.and_then(|d| d.get(i)).map_or(1.0, |&d| f64::from(d));
            let kept = self.yarn.map_or(0.0, |yarn| yarn.kept(i as f64, self.dims as f64, self.base));
            ((stretch * (1.0 - kept) + kept) / divisor) as f32
        });
        Angles {
            step: (self.base as f32).powf(-2.0 / self.dims as f32),
            factors: factors.collect(),
            magnitude: self.magnitude as f32,
        }
    }
}

impl Yarn {
    /// How much of the plain frequency of pair `i` is kept, from 0 to 1.
    fn kept(&self, i: f64, dims: f64, base: f64) -> f64 {
        // The pair that makes so many turns within the context.
        let pair = |turns: f64| {
            dims * (self.context as f64 / (turns * std::f64::consts::TAU)).ln() / (2.0 * base.ln())
        };
        let first = pair(self.fast).floor().max(0.0);
        let last = pair(self.slow).ceil().min(dims - 1.0);
        1.0 - ((i - first) / (last - first).max(0.001)).clamp(0.0, 1.0)
    }
}
