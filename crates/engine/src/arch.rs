//! What a model is made of: one table row an architecture, and its sizes from the metadata. The decoder reads
//! this and nothing else, so an architecture is added by a row (and, where needed, a small named block), not
//! by a copy of the forward pass. Key names are llama.cpp's (`gguf-py/gguf/constants.py`).

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::gguf::{Gguf, Metadata, Value};

/// What distinguishes one architecture from another.
#[derive(Debug, PartialEq, Eq)]
pub struct Architecture {
    /// Its name in `general.architecture`.
    pub name: &'static str,
    /// Which elements of a head RoPE turns together.
    pub rope: RopeLayout,
    /// Whether queries and keys are normalised head by head.
    pub qk_norm: bool,
}

/// Which elements of a head are turned together by rotary position embeddings (RoFormer, arXiv 2104.09864).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RopeLayout {
    /// Neighbours: (0, 1), (2, 3) …
    Interleaved,
    /// The first half with the second: (0, d/2), (1, d/2 + 1) … (GPT-NeoX)
    Halves,
}

/// The architectures that run.
pub const ARCHITECTURES: &[Architecture] = &[
    Architecture { name: "llama", rope: RopeLayout::Interleaved, qk_norm: false },
    Architecture { name: "qwen3", rope: RopeLayout::Halves, qk_norm: true },
];

/// The sizes of one model.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its row of the table.
    pub architecture: &'static Architecture,
    /// Transformer blocks.
    pub layers: usize,
    /// Width of the residual stream.
    pub width: usize,
    /// Query heads.
    pub heads: usize,
    /// Key and value heads; each serves `heads / kv_heads` query heads.
    pub kv_heads: usize,
    /// Elements of a head of queries and keys.
    pub head_dim: usize,
    /// Elements of a head of values.
    pub value_dim: usize,
    /// Width of the feed-forward block.
    pub ffn: usize,
    /// Tokens of the vocabulary.
    pub vocab: usize,
    /// Tokens the model was made to see at once.
    pub context: usize,
    /// Elements of a head that RoPE turns.
    pub rope_dim: usize,
    /// RoPE's base.
    pub rope_base: f64,
    /// Positions are divided by this (linear scaling); 1 for most.
    pub rope_scale: f64,
    /// Epsilon of the RMS norms.
    pub norm_eps: f64,
}

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

impl Config {
    /// Reads the sizes and holds them against each other and against the tensors.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for what this engine does not run, [`Error::Incomplete`] for what is missing or
    /// contradicts itself.
    pub fn from_gguf(gguf: &Gguf) -> Result<Self> {
        let meta = gguf.metadata();
        let name = meta
            .text("general.architecture")
            .ok_or_else(|| Error::Incomplete("general.architecture is missing".into()))?;
        let architecture = Architecture::by_name(name)?;
        let keys = Keys { meta, arch: name };
        let width = keys.size("embedding_length")?;
        let heads = keys.size("attention.head_count")?;
        let kv_heads = keys.size_or("attention.head_count_kv", heads)?;
        if !heads.is_multiple_of(kv_heads) {
            return Err(Error::Incomplete(format!("{heads} heads cannot share {kv_heads} heads of keys")));
        }
        let head_dim = keys.size_or("attention.key_length", width / heads)?;
        if head_dim == 0 {
            return Err(Error::Incomplete(format!("{heads} heads cannot share a width of {width}")));
        }
        let embeddings = gguf.tensor("token_embd.weight").ok_or_else(|| {
            Error::Incomplete("it has no tensor token_embd.weight (a vocabulary only?)".into())
        })?;
        let config = Self {
            architecture,
            layers: keys.size("block_count")?,
            width,
            heads,
            kv_heads,
            head_dim,
            value_dim: keys.size_or("attention.value_length", head_dim)?,
            ffn: keys.size("feed_forward_length")?,
            vocab: embeddings.shape[0],
            context: keys.size("context_length")?,
            rope_dim: keys.size_or("rope.dimension_count", head_dim)?,
            rope_base: meta.number(&keys.key("rope.freq_base")).unwrap_or(10_000.0),
            rope_scale: keys.rope_scale()?,
            norm_eps: meta
                .number(&keys.key("attention.layer_norm_rms_epsilon"))
                .ok_or_else(|| keys.missing("attention.layer_norm_rms_epsilon"))?,
        };
        if config.layers > gguf.tensors().len() {
            let (layers, tensors) = (config.layers, gguf.tensors().len());
            return Err(Error::Incomplete(format!("{layers} layers cannot be in {tensors} tensors")));
        }
        if keys.size_or("expert_count", 1)? > 1 {
            return Err(Error::Unsupported(format!("it is a mixture of experts ({name} with expert_count)")));
        }
        if config.rope_dim > head_dim || !config.rope_dim.is_multiple_of(2) {
            return Err(Error::Incomplete(format!(
                "RoPE cannot turn {} of {head_dim} elements",
                config.rope_dim
            )));
        }
        if config.rope_dim != head_dim {
            return Err(Error::Unsupported(format!(
                "RoPE turns only {} of the {head_dim} elements of a head",
                config.rope_dim
            )));
        }
        Ok(config)
    }

    /// Bytes that the KV cache takes for so many tokens (keys and values of all layers, in 16 bits).
    pub fn kv_bytes(&self, tokens: usize) -> u64 {
        let factors =
            [self.layers, self.kv_heads, self.head_dim + self.value_dim, size_of::<half::f16>(), tokens];
        factors.into_iter().fold(1u64, |all, n| all.saturating_mul(n as u64))
    }

    /// Name and shape of every tensor the decoder needs. The output matrix may be missing: then it is the
    /// embeddings.
    pub(crate) fn tensors(&self) -> BTreeMap<String, Vec<usize>> {
        let (q, k, v) =
            (self.heads * self.head_dim, self.kv_heads * self.head_dim, self.kv_heads * self.value_dim);
        let mut block = vec![
            ("attn_norm", vec![self.width]),
            ("attn_q", vec![q, self.width]),
            ("attn_k", vec![k, self.width]),
            ("attn_v", vec![v, self.width]),
            ("attn_output", vec![self.width, self.heads * self.value_dim]),
            ("ffn_norm", vec![self.width]),
            ("ffn_gate", vec![self.ffn, self.width]),
            ("ffn_up", vec![self.ffn, self.width]),
            ("ffn_down", vec![self.width, self.ffn]),
        ];
        if self.architecture.qk_norm {
            block.extend([("attn_q_norm", vec![self.head_dim]), ("attn_k_norm", vec![self.head_dim])]);
        }
        let mut all = BTreeMap::from([
            ("token_embd.weight".to_owned(), vec![self.vocab, self.width]),
            ("output_norm.weight".to_owned(), vec![self.width]),
        ]);
        for i in 0..self.layers {
            all.extend(block.iter().map(|(name, shape)| (format!("blk.{i}.{name}.weight"), shape.clone())));
        }
        all
    }
}

struct Keys<'a> {
    meta: &'a Metadata,
    arch: &'a str,
}

impl Keys<'_> {
    fn key(&self, name: &str) -> String {
        format!("{}.{name}", self.arch)
    }

    fn missing(&self, name: &str) -> Error {
        Error::Incomplete(format!("{} is missing or not a number", self.key(name)))
    }

    /// A size: at least 1, and small enough that a product of two cannot overflow.
    fn size(&self, name: &str) -> Result<usize> {
        let key = self.key(name);
        if let Some(Value::Array(_)) = self.meta.get(&key) {
            return Err(Error::Unsupported(format!("{key} differs from layer to layer")));
        }
        let n = self.meta.integer(&key).ok_or_else(|| self.missing(name))?;
        match usize::try_from(n) {
            Ok(n) if (1..1 << 28).contains(&n) => Ok(n),
            _ => Err(Error::Incomplete(format!("{key} is {n}, which cannot be"))),
        }
    }

    fn size_or(&self, name: &str, default: usize) -> Result<usize> {
        match self.meta.get(&self.key(name)) {
            // Converters write `expert_count = 0` and the like for "none".
            None | Some(Value::U64(0)) => Ok(default),
            Some(_) => self.size(name),
        }
    }

    fn rope_scale(&self) -> Result<f64> {
        match self.meta.text(&self.key("rope.scaling.type")) {
            None | Some("none") => Ok(1.0),
            Some("linear") => {
                let factor = self.meta.number(&self.key("rope.scaling.factor")).unwrap_or(1.0);
                if factor > 0.0 { Ok(factor) } else { Err(self.missing("rope.scaling.factor")) }
            }
            Some(other) => Err(Error::Unsupported(format!("its RoPE is scaled by the method {other:?}"))),
        }
    }
}
