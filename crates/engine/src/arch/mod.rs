//! What a model is made of: one table row an architecture, and its sizes, layer by layer, from the metadata. The
//! decoder reads this and nothing else, so an architecture is added by a row (and, where needed, a small named
//! block), not by a copy of the forward pass. Key names are llama.cpp's (`gguf-py/gguf/constants.py`).

mod config;
mod keys;
mod rope;
mod tensors;

pub use config::{
    Attention, Config, DeltaNet, Experts, FeedForward, Layer, Mixer, PerLayerInput, Scales, ShortConv,
    Temperature,
};
pub use rope::{Rope, RopeLayout};
pub(crate) use tensors::{Need, OUTPUT};

use crate::error::{Error, Result};

/// What distinguishes one architecture from another.
#[derive(Debug, PartialEq)]
pub struct Architecture {
    /// Its name in `general.architecture`.
    pub name: &'static str,
    /// Which elements of a head RoPE turns together.
    pub rope: RopeLayout,
    /// How queries and keys are normalised.
    pub qk_norm: QkNorm,
    /// Where a block normalises.
    pub norms: Norms,
    /// What the gate of the feed-forward block goes through.
    pub activation: Activation,
    /// What mixes the tokens in layers that are not attention.
    pub recurrent: Option<Recurrent>,
    /// Sliding windows: every so many layers one sees all, unless the file says which. None: the architecture
    /// has none, and a window in the file is not for it (Mistral's and Phi-3's, which llama.cpp leaves out too).
    pub window_period: Option<usize>,
    /// The base of RoPE in layers with a window, unless the file says it; none: that of the others.
    pub window_base: Option<f64>,
    /// Every so many layers one has no RoPE.
    pub rope_period: Option<usize>,
    /// Whether embeddings are multiplied by the root of their width.
    pub scaled_embeddings: bool,
    /// Whether the file gives multipliers for embeddings, residuals, attention and logits (Granite).
    pub multipliers: bool,
    /// Whether values are normalised too, attention is not scaled, and late layers use the keys of earlier ones
    /// (Gemma 4).
    pub shares_keys: bool,
    /// Whether its mixtures of experts run.
    pub experts: bool,
    /// Whether attention is sharpened far into a text, where the file says how much (Ministral 3).
    pub sharpens: bool,
    /// Whether the query matrix also gives a gate for what attention gives (Qwen 3.5).
    pub gated_attention: bool,
}

/// How queries and keys are normalised before RoPE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QkNorm {
    /// Not at all.
    None,
    /// Head by head.
    Heads,
    /// All heads of a row together.
    Rows,
}

/// Names of a block's norms, in the order of the computation; none where it has no such norm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Norms {
    /// Of what attention reads.
    pub before_mixer: Option<&'static str>,
    /// Of what attention gives, before it is added.
    pub after_mixer: Option<&'static str>,
    /// Of what the feed-forward block reads.
    pub before_ffn: Option<&'static str>,
    /// Of what the feed-forward block gives, before it is added.
    pub after_ffn: Option<&'static str>,
}

/// What the gate of the feed-forward block goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// x · sigmoid(x) (arXiv 2002.05202: SwiGLU).
    Silu,
    /// GELU by its tanh approximation.
    Gelu,
}

/// What mixes the tokens in layers that are not attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recurrent {
    /// Gated delta net (arXiv 2412.06464).
    DeltaNet,
    /// A short convolution between two gates (LFM2).
    ShortConv,
}

const PRE: Norms = Norms {
    before_mixer: Some("attn_norm"),
    after_mixer: None,
    before_ffn: Some("ffn_norm"),
    after_ffn: None,
};
const SANDWICH: Norms =
    Norms { after_mixer: Some("post_attention_norm"), after_ffn: Some("post_ffw_norm"), ..PRE };
const POST: Norms = Norms { before_mixer: None, before_ffn: None, ..SANDWICH };
/// As [`PRE`], under another name.
const QWEN35: Norms = Norms { before_ffn: Some("post_attention_norm"), ..PRE };

const LLAMA: Architecture = Architecture {
    name: "llama",
    rope: RopeLayout::Interleaved,
    qk_norm: QkNorm::None,
    norms: PRE,
    activation: Activation::Silu,
    recurrent: None,
    window_period: None,
    window_base: None,
    rope_period: None,
    scaled_embeddings: false,
    multipliers: false,
    shares_keys: false,
    experts: false,
    sharpens: false,
    gated_attention: false,
};
const NEOX: Architecture = Architecture { rope: RopeLayout::Halves, ..LLAMA };
const GEMMA: Architecture = Architecture {
    qk_norm: QkNorm::Heads,
    norms: SANDWICH,
    activation: Activation::Gelu,
    window_period: Some(6),
    window_base: Some(10_000.0),
    scaled_embeddings: true,
    ..NEOX
};

/// The architectures that run.
pub const ARCHITECTURES: &[Architecture] = &[
    LLAMA,
    Architecture { name: "qwen2", ..NEOX },
    Architecture { name: "qwen3", qk_norm: QkNorm::Heads, ..NEOX },
    Architecture { name: "gemma3", ..GEMMA },
    Architecture { name: "phi3", ..NEOX },
    Architecture { name: "smollm3", rope_period: Some(4), ..LLAMA },
    Architecture { name: "mistral3", sharpens: true, ..LLAMA },
    Architecture { name: "granite", multipliers: true, ..LLAMA },
    Architecture { name: "olmo2", qk_norm: QkNorm::Rows, norms: POST, window_period: Some(4), ..NEOX },
    Architecture { name: "qwen3moe", qk_norm: QkNorm::Heads, experts: true, ..NEOX },
    Architecture { name: "gemma4", shares_keys: true, ..GEMMA },
    Architecture {
        name: "qwen35",
        qk_norm: QkNorm::Heads,
        norms: QWEN35,
        recurrent: Some(Recurrent::DeltaNet),
        gated_attention: true,
        ..NEOX
    },
    Architecture {
        name: "lfm2",
        qk_norm: QkNorm::Heads,
        recurrent: Some(Recurrent::ShortConv),
        window_period: Some(usize::MAX),
        ..NEOX
    },
];

impl Architecture {
    /// The row with this name.
    ///
    /// # Errors
    /// [`Error::Unsupported`], naming it and those that run.
    pub fn by_name(name: &str) -> Result<&'static Self> {
        ARCHITECTURES.iter().find(|a| a.name == name).ok_or_else(|| {
            let known: Vec<_> = ARCHITECTURES.iter().map(|a| a.name).collect();
            Error::Unsupported(format!(
                "its architecture is {name:?}, and this version runs {}; choose a model of one of these",
                known.join(", ")
            ))
        })
    }
}
