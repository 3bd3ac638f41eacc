//! What can be converted: one row for each kind of model that `config.json` can name, and the metadata that come of its
//! values. Keys of GGUF are llama.cpp's (`gguf-py/gguf/constants.py`), those of `config.json` are Transformers'.

use std::path::Path;

use foolscap_engine::arch::{self, Activation, RopeLayout};
use foolscap_engine::gguf::Writer;
use serde_json::Value;

use super::ConvertError;
use super::config::Config;
use super::rope;

/// A kind of model that can be converted.
pub struct Architecture {
    /// What `config.json` calls it.
    pub class: &'static str,
    /// What a GGUF calls it, and the engine's row.
    pub name: &'static str,
    /// Names of a block's norms: here, and in a GGUF.
    pub(super) norms: &'static [(&'static str, &'static str)],
    /// Whether norms multiply by their weight plus 1, which is added once and for all.
    pub(super) norms_from_one: bool,
    /// The base of RoPE where `config.json` does not say.
    pub(super) rope_base: f64,
    /// Other values that it need not say (Transformers' own).
    unsaid: &'static [(&'static str, f64)],
    /// For a model that sees pictures too: how the names of its tensors begin, and what stands there in one of text alone;
    /// none where it is not of the text's part, which is all that is converted.
    pub(super) parts: &'static [(&'static str, Option<&'static str>)],
    /// What it says beside what all do.
    keys: fn(&Config, &Sizes, &mut Keys<'_>) -> Result<(), ConvertError>,
}

/// Before attention, and before the network.
const PRE: &[(&str, &str)] = &[("input_layernorm", "attn_norm"), ("post_attention_layernorm", "ffn_norm")];
/// After both.
const POST: &[(&str, &str)] =
    &[("post_attention_layernorm", "post_attention_norm"), ("post_feedforward_layernorm", "post_ffw_norm")];
/// Before and after both.
const SANDWICH: &[(&str, &str)] = &[
    ("input_layernorm", "attn_norm"),
    ("post_attention_layernorm", "post_attention_norm"),
    ("pre_feedforward_layernorm", "ffn_norm"),
    ("post_feedforward_layernorm", "post_ffw_norm"),
];

const LLAMA: Architecture = Architecture {
    class: "LlamaForCausalLM",
    name: "llama",
    norms: PRE,
    norms_from_one: false,
    rope_base: 10_000.0,
    unsaid: &[],
    parts: &[],
    keys: llama,
};
const QWEN2: Architecture = Architecture { class: "Qwen2ForCausalLM", name: "qwen2", keys: qwen, ..LLAMA };
const GEMMA3: Architecture = Architecture {
    class: "Gemma3ForCausalLM",
    name: "gemma3",
    norms: SANDWICH,
    norms_from_one: true,
    rope_base: 1e6,
    unsaid: &[
        ("num_attention_heads", 8.0),
        ("num_key_value_heads", 4.0),
        ("head_dim", 256.0),
        ("query_pre_attn_scalar", 256.0),
        ("max_position_embeddings", 131_072.0),
        ("rms_norm_eps", 1e-6),
    ],
    parts: &[],
    keys: gemma,
};
const OLMO2: Architecture =
    Architecture { class: "Olmo2ForCausalLM", name: "olmo2", norms: POST, keys: olmo, ..LLAMA };

/// The language model of a model that sees pictures, by its makers' names and by those that Transformers 5 gives.
const BESIDE_PICTURES: &[(&str, Option<&str>)] = &[
    ("language_model.model.", Some("model.")),
    ("language_model.lm_head.", Some("lm_head.")),
    ("model.language_model.", Some("model.")),
    ("vision_tower.", None),
    ("multi_modal_projector.", None),
    ("model.vision_tower.", None),
    ("model.multi_modal_projector.", None),
];

/// The kinds of models that can be converted.
pub const ARCHITECTURES: &[Architecture] = &[
    LLAMA,
    Architecture { class: "MistralForCausalLM", ..LLAMA },
    QWEN2,
    Architecture { class: "Qwen3ForCausalLM", name: "qwen3", ..QWEN2 },
    GEMMA3,
    Architecture { class: "Gemma3ForConditionalGeneration", parts: BESIDE_PICTURES, ..GEMMA3 },
    Architecture { class: "Phi3ForCausalLM", name: "phi3", keys: phi, ..LLAMA },
    Architecture { class: "SmolLM3ForCausalLM", name: "smollm3", rope_base: 2e6, keys: smollm, ..LLAMA },
    Architecture { class: "GraniteForCausalLM", name: "granite", keys: granite, ..LLAMA },
    OLMO2,
    Architecture { class: "Olmo3ForCausalLM", ..OLMO2 },
];

/// The sizes that tensors and keys are made by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    pub layers: u32,
    pub width: u32,
    pub heads: u32,
    pub kv_heads: u32,
    /// Elements of a head.
    pub head_dim: u32,
    /// Whether `config.json` says so, and it does not follow from the others.
    pub says_head_dim: bool,
}

/// Keys of one architecture, on their way into a file.
pub(super) struct Keys<'w> {
    pub writer: &'w mut Writer,
    pub name: &'static str,
}

impl Keys<'_> {
    pub fn integer(&mut self, key: &str, value: u32) {
        self.writer.integer(&format!("{}.{key}", self.name), value);
    }

    pub fn number(&mut self, key: &str, value: f64) {
        self.writer.number(&format!("{}.{key}", self.name), value as f32);
    }

    pub fn text(&mut self, key: &str, value: &str) {
        self.writer.text(&format!("{}.{key}", self.name), value);
    }

    fn flags(&mut self, key: &str, values: &[bool]) {
        self.writer.flags(&format!("{}.{key}", self.name), values);
    }
}

impl Architecture {
    /// The row that a folder's configuration names, and that configuration, as far as it is the text's.
    pub(super) fn of(folder: &Path) -> Result<(&'static Self, Config), ConvertError> {
        let config = Config::read(folder)?;
        let class = config.class()?;
        let row = ARCHITECTURES.iter().find(|row| row.class == class);
        let row = row.ok_or_else(|| ConvertError::Architecture {
            folder: folder.to_owned(),
            class: class.to_owned(),
        })?;
        let config = if row.parts.is_empty() { config } else { config.of_text()? };
        Ok((row, config.complete(row.unsaid)))
    }

    /// Whether the engine turns neighbours of a head together, and not its halves, as these files have them.
    pub(super) fn turns_neighbours(&self) -> bool {
        arch::Architecture::by_name(self.name).is_ok_and(|row| row.rope == RopeLayout::Interleaved)
    }

    /// Reads the sizes, and refuses what the engine would compute otherwise than the model was trained.
    pub(super) fn sizes(&self, config: &Config) -> Result<Sizes, ConvertError> {
        if let Some(method) = config.object("quantization_config") {
            let method = method.get("quant_method").and_then(Value::as_str).unwrap_or("an unknown method");
            return Err(config.unsupported(format!("says that the weights are quantized already ({method})")));
        }
        let gelu = arch::Architecture::by_name(self.name).is_ok_and(|row| row.activation == Activation::Gelu);
        let wanted = if gelu { "gelu_pytorch_tanh" } else { "silu" };
        let activation = config.text("hidden_activation").or(config.text("hidden_act")).unwrap_or(wanted);
        if activation != wanted {
            return Err(config.unsupported(format!("names the activation {activation}")));
        }
        let (width, heads) = (config.size("hidden_size")?, config.size("num_attention_heads")?);
        let head_dim = config.size_if_there("head_dim")?;
        let sizes = Sizes {
            layers: config.size("num_hidden_layers")?,
            width,
            heads,
            kv_heads: config.size_or("num_key_value_heads", heads)?,
            head_dim: head_dim.unwrap_or(width / heads),
            says_head_dim: head_dim.is_some(),
        };
        if sizes.head_dim == 0 || !sizes.head_dim.is_multiple_of(2) {
            let why = format!("is {heads}, and a width of {width} cannot be shared by so many");
            return Err(config.wrong("num_attention_heads", why));
        }
        Ok(sizes)
    }

    /// Writes what a GGUF says of the sizes; gives the tensors that come of `config.json` alone.
    pub(super) fn write_keys(
        &self,
        config: &Config,
        sizes: &Sizes,
        writer: &mut Writer,
    ) -> Result<Vec<rope::Factors>, ConvertError> {
        let mut keys = Keys { writer, name: self.name };
        keys.integer("block_count", sizes.layers);
        keys.integer("context_length", config.size("max_position_embeddings")?);
        keys.integer("embedding_length", sizes.width);
        keys.integer("feed_forward_length", config.size("intermediate_size")?);
        keys.integer("attention.head_count", sizes.heads);
        keys.integer("attention.head_count_kv", sizes.kv_heads);
        if sizes.says_head_dim {
            keys.integer("attention.key_length", sizes.head_dim);
            keys.integer("attention.value_length", sizes.head_dim);
        }
        let epsilon = config.number("rms_norm_eps")?;
        keys.number(
            "attention.layer_norm_rms_epsilon",
            epsilon.ok_or_else(|| config.wrong("rms_norm_eps", "is missing"))?,
        );
        (self.keys)(config, sizes, &mut keys)?;
        rope::write(config, sizes, self, &mut keys)
    }
}

fn llama(config: &Config, sizes: &Sizes, keys: &mut Keys<'_>) -> Result<(), ConvertError> {
    keys.integer("vocab_size", config.size("vocab_size")?);
    keys.integer("rope.dimension_count", sizes.head_dim);
    Ok(())
}

fn qwen(config: &Config, _: &Sizes, _: &mut Keys<'_>) -> Result<(), ConvertError> {
    no_window(config)
}

/// Refuses a window that a GGUF of the architecture cannot name.
fn no_window(config: &Config) -> Result<(), ConvertError> {
    match config.flag("use_sliding_window") {
        true => Err(config.unsupported("has a sliding window")),
        false => Ok(()),
    }
}

/// Every fourth layer has no RoPE; no key says so, and the engine knows it by the name.
fn smollm(config: &Config, sizes: &Sizes, keys: &mut Keys<'_>) -> Result<(), ConvertError> {
    let turned = |i: usize| !(i + 1).is_multiple_of(4);
    let as_known = match config.list("no_rope_layers") {
        Some(list) => {
            list.len() == sizes.layers as usize
                && list.iter().enumerate().all(|(i, v)| v.as_u64() == Some(turned(i).into()))
        }
        None => config.size_or("no_rope_layer_interval", 4)? == 4,
    };
    if !as_known {
        return Err(config.unsupported("has layers without RoPE other than every fourth"));
    }
    no_window(config)?;
    llama(config, sizes, keys)
}

fn granite(config: &Config, sizes: &Sizes, keys: &mut Keys<'_>) -> Result<(), ConvertError> {
    llama(config, sizes, keys)?;
    for (from, to) in [
        ("attention_multiplier", "attention.scale"),
        ("embedding_multiplier", "embedding_scale"),
        ("residual_multiplier", "residual_scale"),
        ("logits_scaling", "logit_scale"),
    ] {
        match config.number(from)? {
            // To a GGUF 0 means that there is none.
            Some(0.0) => return Err(config.wrong(from, "is 0, which cannot be")),
            Some(value) => keys.number(to, value),
            None => {}
        }
    }
    Ok(())
}

fn phi(config: &Config, _: &Sizes, keys: &mut Keys<'_>) -> Result<(), ConvertError> {
    // llama.cpp tells Phi-3 and Phi-4 apart by a window of 0.
    keys.integer("attention.sliding_window", config.size_if_there("sliding_window")?.unwrap_or(0));
    Ok(())
}

fn olmo(config: &Config, sizes: &Sizes, keys: &mut Keys<'_>) -> Result<(), ConvertError> {
    let Some(window) = config.size_if_there("sliding_window")? else { return Ok(()) };
    keys.integer("attention.sliding_window", window);
    let windowed = windowed(config, sizes)?;
    keys.flags(
        "attention.sliding_window_pattern",
        &windowed.unwrap_or_else(|| (0..sizes.layers as usize).map(|i| !(i + 1).is_multiple_of(4)).collect()),
    );
    Ok(())
}

fn gemma(config: &Config, sizes: &Sizes, keys: &mut Keys<'_>) -> Result<(), ConvertError> {
    if config.flag("use_bidirectional_attention") {
        return Err(config.unsupported("says that tokens see those after them"));
    }
    // No key of a GGUF says what attention is scaled by: the largest one (62 layers) goes by the width of the stream.
    let scaled_by = if sizes.layers == 62 { sizes.width / sizes.heads } else { sizes.head_dim };
    if config.number("query_pre_attn_scalar")?.is_some_and(|n| n != f64::from(scaled_by)) {
        return Err(config.unsupported("scales attention in its own way (query_pre_attn_scalar)"));
    }
    if config.number("attn_logit_softcapping")?.is_some() {
        return Err(config.unsupported("caps the scores of attention (attn_logit_softcapping)"));
    }
    if let Some(cap) = config.number("final_logit_softcapping")? {
        keys.number("final_logit_softcapping", cap);
    }
    keys.integer("attention.sliding_window", config.size("sliding_window")?);
    let period = match config.get("sliding_window_pattern") {
        Some(_) => config.size("sliding_window_pattern")?,
        None => config.size_or("_sliding_window_pattern", 6)?,
    };
    // The sixth sees all wherever a file does not say otherwise.
    let usual: Vec<bool> = (0..sizes.layers).map(|i| !(i + 1).is_multiple_of(6)).collect();
    let by_period = || (0..sizes.layers).map(|i| !(i + 1).is_multiple_of(period)).collect();
    let windowed = windowed(config, sizes)?.unwrap_or_else(by_period);
    if windowed != usual {
        keys.flags("attention.sliding_window_pattern", &windowed);
    }
    Ok(())
}

/// Which layers have a window; none where `config.json` does not list them.
fn windowed(config: &Config, sizes: &Sizes) -> Result<Option<Vec<bool>>, ConvertError> {
    let Some(list) = config.list("layer_types") else { return Ok(None) };
    let kinds: Option<Vec<bool>> = list
        .iter()
        .map(|kind| match kind.as_str()? {
            "sliding_attention" => Some(true),
            "full_attention" => Some(false),
            _ => None,
        })
        .collect();
    match kinds.filter(|kinds| kinds.len() == sizes.layers as usize) {
        Some(kinds) => Ok(Some(kinds)),
        None => Err(config.wrong("layer_types", "does not say of each layer whether it has a window")),
    }
}
