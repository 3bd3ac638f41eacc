//! The sizes of one model, layer by layer, read from its metadata and held against each other.

use super::keys::Keys;
use super::rope::Rope;
use super::{Architecture, Recurrent};
use crate::error::{Error, Result};
use crate::gguf::Header;
use crate::kv_type::KvType;

/// The sizes of one model.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its row of the table.
    pub architecture: &'static Architecture,
    /// What each transformer block is made of.
    pub layers: Vec<Layer>,
    /// Width of the residual stream.
    pub width: usize,
    /// Tokens of the vocabulary.
    pub vocab: usize,
    /// Tokens the model sees at once.
    pub context: usize,
    /// The ways positions turn; [`Attention::rope`] says which.
    pub ropes: Vec<Rope>,
    /// Epsilon of the RMS norms.
    pub norm_eps: f64,
    /// Multipliers.
    pub scales: Scales,
    /// How attention is sharpened far into a text.
    pub temperature: Option<Temperature>,
    /// Embeddings that every layer gets beside the stream.
    pub per_layer: Option<PerLayerInput>,
}

/// What is multiplied with what; 1 for most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scales {
    /// The embeddings.
    pub embeddings: f64,
    /// What a block adds to the stream.
    pub residual: f64,
    /// The logits.
    pub logits: f64,
    /// Logits are squeezed between minus and plus this, by its tanh.
    pub logits_cap: Option<f64>,
}

/// Queries at position `p` are multiplied by `1 + scale · ln(1 + ⌊p / every⌋)` (Llama 4, Ministral 3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Temperature {
    /// How much.
    pub scale: f64,
    /// After how many positions each.
    pub every: usize,
}

/// One transformer block.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// What mixes the tokens.
    pub mixer: Mixer,
    /// What works on each token.
    pub ffn: FeedForward,
}

/// What mixes the tokens of a sequence.
#[derive(Debug, Clone, PartialEq)]
pub enum Mixer {
    /// Softmax attention.
    Attention(Attention),
    /// Gated delta net.
    DeltaNet(DeltaNet),
    /// Short convolution.
    ShortConv(ShortConv),
}

/// Softmax attention over the past.
#[derive(Debug, Clone, PartialEq)]
pub struct Attention {
    /// Query heads.
    pub heads: usize,
    /// Key and value heads; each serves `heads / kv_heads` query heads.
    pub kv_heads: usize,
    /// Elements of a head of queries and keys.
    pub head_dim: usize,
    /// Elements of a head of values.
    pub value_dim: usize,
    /// Positions that are seen, the own included; none: all.
    pub window: Option<usize>,
    /// Which of [`Config::ropes`] turns queries and keys; none: they are not turned.
    pub rope: Option<usize>,
    /// Scores are multiplied by this.
    pub scale: f64,
    /// The layer whose keys and values are used in place of own ones.
    pub keys_of: Option<usize>,
}

/// A gated delta net (arXiv 2412.06464): a state of `head_dim · head_dim` for each value head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeltaNet {
    /// Heads of queries and keys; value head `h` goes with `h % key_heads`.
    pub key_heads: usize,
    /// Heads of values.
    pub value_heads: usize,
    /// Elements of a head.
    pub head_dim: usize,
    /// Tokens that the convolution before it sees.
    pub kernel: usize,
}

/// A short convolution between two gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortConv {
    /// Tokens it sees.
    pub kernel: usize,
}

/// The feed-forward part of a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FeedForward {
    /// One gated network of this width.
    Dense(usize),
    /// Several, of which a router chooses for each token.
    Experts(Experts),
}

/// Networks of which a router chooses for each token (arXiv 1701.06538).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Experts {
    /// How many there are.
    pub count: usize,
    /// How many work on a token.
    pub used: usize,
    /// Width of each.
    pub width: usize,
    /// What they add is multiplied by this.
    pub scale: f64,
}

/// Embeddings that every layer gets beside the stream (Gemma 3n and 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerLayerInput {
    /// Numbers of a token for a layer.
    pub width: usize,
}

impl Config {
    /// Reads the sizes and holds them against each other and against the tensors.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for what this engine does not run, [`Error::Incomplete`] for what is missing or
    /// contradicts itself.
    pub fn from_header(header: &Header) -> Result<Self> {
        let meta = header.metadata();
        let name = meta
            .text("general.architecture")
            .ok_or_else(|| Error::Incomplete("general.architecture is missing".into()))?;
        let architecture = Architecture::by_name(name)?;
        let embeddings = header.tensor("token_embd.weight").ok_or_else(|| {
            Error::Incomplete("it has no tensor token_embd.weight (a vocabulary only?)".into())
        })?;
        let keys = Keys { meta, arch: name };
        let width = keys.size("embedding_length")?;
        let layers = keys.size("block_count")?.saturating_sub(keys.size_or_zero("nextn_predict_layers")?);
        if layers == 0 || layers > header.tensors().len() {
            let tensors = header.tensors().len();
            return Err(Error::Incomplete(format!("{layers} layers cannot be in {tensors} tensors")));
        }
        let context = keys.size("context_length")?;
        let reading = Reading { header, keys: &keys, architecture, width, layers };
        let (mixers, ropes) = reading.mixers(context)?;
        let ffns = reading.feed_forwards()?;
        Ok(Self {
            architecture,
            layers: mixers.into_iter().zip(ffns).map(|(mixer, ffn)| Layer { mixer, ffn }).collect(),
            width,
            vocab: embeddings.shape[0],
            context,
            ropes,
            norm_eps: keys
                .number("attention.layer_norm_rms_epsilon")
                .ok_or_else(|| keys.missing("attention.layer_norm_rms_epsilon"))?,
            scales: reading.scales(),
            temperature: match keys.number("attention.temperature_scale").filter(|&s| s != 0.0) {
                Some(scale) if architecture.sharpens => {
                    let every = keys.size_or("rope.scaling.original_context_length", context)?;
                    Some(Temperature { scale, every })
                }
                _ => None,
            },
            per_layer: match keys.size_or_zero("embedding_length_per_layer_input")? {
                0 => None,
                width => Some(PerLayerInput { width }),
            },
        })
    }

    /// Whether a layer keeps a state that cannot be cut back.
    pub fn is_recurrent(&self) -> bool {
        self.layers.iter().any(|layer| !matches!(layer.mixer, Mixer::Attention(_)))
    }

    /// Bytes that keys and values of so many tokens take.
    pub fn kv_bytes(&self, tokens: usize, kind: KvType) -> u64 {
        (0..self.layers.len()).map(|i| self.kv_bytes_of(i, tokens, kind)).fold(0, u64::saturating_add)
    }

    /// Bytes of one layer's keys and values of so many tokens.
    pub(crate) fn kv_bytes_of(&self, layer: usize, tokens: usize, kind: KvType) -> u64 {
        match &self.layers[layer].mixer {
            Mixer::Attention(a) if a.keys_of.is_none() => {
                let head = kind.bytes(a.head_dim) + kind.bytes(a.value_dim);
                (a.kv_heads as u64).saturating_mul(head as u64).saturating_mul(tokens as u64)
            }
            _ => 0,
        }
    }
}

/// Numbers of a delta net's memory that are believed: a hundred times those of real models.
const MOST_MEMORY: usize = 1 << 26;

/// What is needed to read the layers.
struct Reading<'a> {
    header: &'a Header,
    keys: &'a Keys<'a>,
    architecture: &'static Architecture,
    width: usize,
    layers: usize,
}

impl Reading<'_> {
    /// What mixes the tokens in each layer, and the ways positions turn.
    fn mixers(&self, context: usize) -> Result<(Vec<Mixer>, Vec<Rope>)> {
        let Self { keys, architecture, layers, .. } = *self;
        let heads = keys.sizes("attention.head_count", layers)?;
        let kv_heads = match keys.meta.get(&keys.key("attention.head_count_kv")) {
            None => heads.clone(),
            Some(_) => keys.sizes("attention.head_count_kv", layers)?,
        };
        let most = heads.iter().copied().max().unwrap_or(0).max(1);
        let head_dim = keys.size_or("attention.key_length", self.width / most)?;
        let value_dim = keys.size_or("attention.value_length", head_dim)?;
        if head_dim == 0 {
            return Err(Error::Incomplete(format!("{most} heads cannot share a width of {}", self.width)));
        }
        let (window, windowed) = self.windows()?;
        // Layers with a window may have heads and RoPE of their own.
        let narrow_head = keys.size_or("attention.key_length_swa", head_dim)?;
        let narrow_value = keys.size_or("attention.value_length_swa", value_dim)?;
        let turned = keys.size_or("rope.dimension_count", head_dim)?;
        let narrow_turned = keys.size_or("rope.dimension_count_swa", turned.min(narrow_head))?;
        let has = |tensor: &str| self.header.tensor(tensor).is_some();
        let mut ropes = vec![Rope::from_keys(keys, turned, context, has)?];
        if windowed.contains(&true) {
            ropes.push(self.windowed_rope(&ropes[0], narrow_turned));
        }
        for (rope, dim) in ropes.iter().zip([head_dim, narrow_head]) {
            if rope.dims > dim || !rope.dims.is_multiple_of(2) {
                return Err(Error::Incomplete(format!("RoPE cannot turn {} of {dim} elements", rope.dims)));
            }
        }
        let recurrent = self.recurrent(&kv_heads)?;
        let sharing = self.layers - keys.size_or_zero("attention.shared_kv_layers")?.min(self.layers);
        let mut mixers = Vec::with_capacity(layers);
        for i in 0..layers {
            if let Some(mixer) = recurrent[i].clone() {
                mixers.push(mixer);
                continue;
            }
            let narrow = windowed[i];
            let head_dim = if narrow { narrow_head } else { head_dim };
            // Layers that keep no keys use those of the last layer of their kind that does.
            let keeps = |k: usize| windowed[k] == narrow && recurrent[k].is_none();
            let keys_of = match i < sharing {
                true => None,
                false => Some((0..sharing).rev().find(|&k| keeps(k)).ok_or_else(|| {
                    Error::Incomplete(format!("layer {i} shares keys, and no layer before keeps any"))
                })?),
            };
            let (heads, kv_heads) = (heads[i], kv_heads[keys_of.unwrap_or(i)]);
            if heads == 0 || kv_heads == 0 || !heads.is_multiple_of(kv_heads) {
                return Err(Error::Incomplete(format!(
                    "layer {i}: {heads} heads cannot share {kv_heads} heads of keys"
                )));
            }
            mixers.push(Mixer::Attention(Attention {
                heads,
                kv_heads,
                head_dim,
                value_dim: if narrow { narrow_value } else { value_dim },
                window: window.filter(|_| narrow),
                rope: match architecture.rope_period {
                    Some(period) if (i + 1).is_multiple_of(period) => None,
                    _ => Some(usize::from(narrow)),
                },
                scale: self.attention_scale(head_dim, heads),
                keys_of,
            }));
        }
        Ok((mixers, ropes))
    }

    /// The window, and which layers have it.
    fn windows(&self) -> Result<(Option<usize>, Vec<bool>)> {
        let none = (None, vec![false; self.layers]);
        let Some(period) = self.architecture.window_period else { return Ok(none) };
        let window = match self.keys.size_or_zero("attention.sliding_window")? {
            0 => return Ok(none),
            window => window,
        };
        let pattern = "attention.sliding_window_pattern";
        let period = self.keys.meta.integer(&self.keys.key(pattern)).map_or(period, |n| n as usize);
        let by_period = |i: usize| period == 0 || i % period < period - 1;
        let windowed = match self.keys.flags(pattern, self.layers)? {
            Some(flags) => flags,
            None => (0..self.layers).map(by_period).collect(),
        };
        Ok((Some(window), windowed))
    }

    /// Windows reach only so far: their positions are not stretched, and turn by a base of their own.
    fn windowed_rope(&self, global: &Rope, dims: usize) -> Rope {
        let default = self.architecture.window_base.unwrap_or(global.base);
        Rope {
            dims,
            base: self.keys.number_or("rope.freq_base_swa", default),
            scale: 1.0,
            yarn: None,
            magnitude: 1.0,
            factors: None,
        }
    }

    fn attention_scale(&self, head_dim: usize, heads: usize) -> f64 {
        if self.architecture.shares_keys {
            return 1.0;
        }
        if let Some(scale) =
            self.keys.number("attention.scale").filter(|&s| s > 0.0 && self.architecture.multipliers)
        {
            return scale;
        }
        // Gemma 3's largest goes by the width of the stream; no key says so (llama.cpp goes by the layers too).
        let gemma_27b = self.architecture.name == "gemma3" && self.layers == 62;
        1.0 / (if gemma_27b { self.width / heads } else { head_dim } as f64).sqrt()
    }

    /// The mixers of the layers that are not attention.
    fn recurrent(&self, kv_heads: &[usize]) -> Result<Vec<Option<Mixer>>> {
        let keys = self.keys;
        let layers = self.layers;
        match self.architecture.recurrent {
            None => Ok(vec![None; layers]),
            Some(Recurrent::ShortConv) => {
                let conv = ShortConv { kernel: keys.size("shortconv.l_cache")? };
                Ok(kv_heads.iter().map(|&n| (n == 0).then_some(Mixer::ShortConv(conv))).collect())
            }
            Some(Recurrent::DeltaNet) => {
                let net = DeltaNet {
                    key_heads: keys.size("ssm.group_count")?,
                    value_heads: keys.size("ssm.time_step_rank")?,
                    head_dim: keys.size("ssm.state_size")?,
                    kernel: keys.size("ssm.conv_kernel")?,
                };
                // Every sequence has a memory of this size in every such layer.
                if net.value_heads.saturating_mul(net.head_dim).saturating_mul(net.head_dim) > MOST_MEMORY {
                    return Err(Error::Incomplete(format!("{net:?} asks for more memory than can be")));
                }
                if !net.value_heads.is_multiple_of(net.key_heads)
                    || keys.size("ssm.inner_size")? != net.value_heads * net.head_dim
                {
                    return Err(Error::Incomplete(format!("{net:?} contradicts itself")));
                }
                let interval = keys.size_or("full_attention_interval", 4)?;
                let flags = match keys.flags("attention.recurrent_layers", layers)? {
                    Some(flags) => flags,
                    None => (0..layers).map(|i| !(i + 1).is_multiple_of(interval)).collect(),
                };
                Ok(flags.into_iter().map(|yes| yes.then_some(Mixer::DeltaNet(net))).collect())
            }
        }
    }

    fn feed_forwards(&self) -> Result<Vec<FeedForward>> {
        let keys = self.keys;
        let count = keys.size_or_zero("expert_count")?;
        if count == 0 {
            let widths = keys.sizes("feed_forward_length", self.layers)?;
            return Ok(widths.into_iter().map(FeedForward::Dense).collect());
        }
        let used = keys.size("expert_used_count")?;
        if !self.architecture.experts || used > count {
            let name = self.architecture.name;
            return Err(Error::Unsupported(format!(
                "it is a mixture of {count} experts ({name}); this version runs those of qwen3moe"
            )));
        }
        let experts = Experts {
            count,
            used,
            width: keys.size("expert_feed_forward_length")?,
            scale: Some(keys.number_or("expert_weights_scale", 1.0)).filter(|&s| s != 0.0).unwrap_or(1.0),
        };
        Ok(vec![FeedForward::Experts(experts); self.layers])
    }

    fn scales(&self) -> Scales {
        let keys = self.keys;
        let multiplier = |name: &str| {
            Some(keys.number_or(name, 1.0))
                .filter(|&s| self.architecture.multipliers && s != 0.0)
                .unwrap_or(1.0)
        };
        Scales {
            embeddings: match self.architecture.scaled_embeddings {
                true => (self.width as f64).sqrt(),
                false => multiplier("embedding_scale"),
            },
            residual: multiplier("residual_scale"),
            // The key is what the logits are divided by.
            logits: 1.0 / multiplier("logit_scale"),
            logits_cap: keys.number("final_logit_softcapping").filter(|&cap| cap > 0.0),
        }
    }
}
