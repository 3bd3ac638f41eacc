//! Small models in real shapes with weights by chance, written as GGUF files: numerical agreement does not
//! depend on what a model has learned. The same seed gives the same file on every machine.

use std::path::Path;

use foolscap_engine::gguf::{TensorType, Writer};
use half::f16;

/// A kind of model.
#[derive(Clone, Copy)]
pub struct Model {
    /// What it is called here; begins with its `general.architecture`.
    pub name: &'static str,
    build: fn(&mut Synth),
}

/// Tokens of the vocabulary: the 256 bytes and an end of text.
pub const VOCABULARY: usize = 257;
/// Tokens that the models say they see.
pub const CONTEXT: usize = 8192;
/// Positions that are seen where there is a window.
pub const WINDOW: usize = 48;

const WIDTH: usize = 256;
const FFN: usize = 512;

/// Two Llama blocks.
pub const LLAMA: Model = Model { name: "llama", build: |s| s.plain("llama", &Heads::default()) };

/// Two Qwen3 blocks: heads wider than width / heads, norms on queries and keys, tied output.
pub const QWEN3: Model = Model {
    name: "qwen3",
    build: |s| s.plain("qwen3", &Heads { dim: 64, qk_norm: QkNorm::Heads, tied: true, ..Heads::default() }),
};

/// One for each architecture, and for each way that files of one differ.
pub const MODELS: &[Model] = &[
    LLAMA,
    Model {
        name: "llama-3",
        build: |s| {
            s.plain("llama", &Heads::default());
            // Llama 3.1's divisors: low frequencies by 8, some between.
            s.vector("rope_freqs.weight", (0..16).map(|i| [1.0, 2.5, 8.0][i / 6]).collect());
        },
    },
    Model {
        name: "llama-nemo",
        build: |s| s.plain("llama", &Heads { heads: 4, kv_heads: 2, dim: 96, ..Heads::default() }),
    },
    Model {
        name: "qwen2",
        build: |s| s.plain("qwen2", &Heads { biases: true, tied: true, base: 1e6, ..Heads::default() }),
    },
    QWEN3,
    Model { name: "gemma3", build: gemma3 },
    Model { name: "phi3", build: |s| phi3(s, false) },
    Model { name: "phi3-long", build: |s| phi3(s, true) },
    Model {
        name: "smollm3",
        build: |s| s.plain("smollm3", &Heads { layers: 5, tied: true, base: 5e6, ..Heads::default() }),
    },
    Model { name: "mistral3", build: mistral3 },
    Model {
        name: "granite",
        build: |s| {
            s.plain("granite", &Heads { tied: true, ..Heads::default() });
            for (key, value) in [
                ("logit_scale", 8.0),
                ("residual_scale", 0.22),
                ("embedding_scale", 12.0),
                ("attention.scale", 0.015_625),
            ] {
                s.number(key, value);
            }
        },
    },
    Model { name: "olmo2", build: |s| olmo2(s, false) },
    Model { name: "olmo2-window", build: |s| olmo2(s, true) },
    Model { name: "qwen3moe", build: qwen3moe },
    Model { name: "gemma4", build: gemma4 },
    Model { name: "qwen35", build: qwen35 },
    Model { name: "lfm2", build: lfm2 },
];

/// Writes a model; matrices in the form `kind` (F32, F16 or Q8_0), norms in F32.
///
/// # Errors
/// What the system says, or that the form is not written here.
pub fn write(path: &Path, model: &Model, kind: TensorType, seed: u64) -> std::io::Result<()> {
    if !matches!(kind, TensorType::F32 | TensorType::F16 | TensorType::Q8_0) {
        return Err(std::io::Error::other(format!("{kind} is not written here")));
    }
    let mut synth = Synth { writer: Writer::default(), architecture: "", random: seed, kind };
    (model.build)(&mut synth);
    synth.vocabulary();
    synth.writer.write(path)
}

/// How queries and keys are normalised.
#[derive(Clone, Copy, PartialEq)]
enum QkNorm {
    None,
    Heads,
    Rows,
}

/// What differs between plain models.
#[derive(Clone, Copy)]
struct Heads {
    layers: usize,
    heads: usize,
    kv_heads: usize,
    dim: usize,
    qk_norm: QkNorm,
    base: f32,
    biases: bool,
    tied: bool,
}

impl Default for Heads {
    fn default() -> Self {
        Self {
            layers: 2,
            heads: 8,
            kv_heads: 4,
            dim: 32,
            qk_norm: QkNorm::None,
            base: 1e4,
            biases: false,
            tied: false,
        }
    }
}

/// A model being made.
struct Synth {
    writer: Writer,
    architecture: &'static str,
    random: u64,
    kind: TensorType,
}

fn gemma3(s: &mut Synth) {
    let heads =
        Heads { layers: 7, heads: 4, kv_heads: 1, dim: 64, qk_norm: QkNorm::Heads, ..Heads::default() };
    s.begin("gemma3", &Heads { base: 1e6, ..heads });
    s.integer("attention.sliding_window", WINDOW as u32);
    s.text("rope.scaling.type", "linear");
    s.number("rope.scaling.factor", 8.0);
    s.number("final_logit_softcapping", 3.0);
    s.ends(true);
    for i in 0..heads.layers {
        for norm in ["attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"] {
            s.norm(&format!("blk.{i}.{norm}"), WIDTH);
        }
        s.attention(i, &heads);
        s.ffn(i, FFN);
    }
}

fn phi3(s: &mut Synth, long: bool) {
    let heads = Heads { kv_heads: 8, ..Heads::default() };
    s.begin("phi3", &heads);
    if long {
        s.integer("rope.scaling.original_context_length", 1024);
        s.number("rope.scaling.attn_factor", 1.19);
        s.text("rope.scaling.type", "longrope");
        // Only three quarters of a head are turned.
        s.integer("rope.dimension_count", 24);
        s.vector("rope_factors_long.weight", (0..12).map(|i| 1.0 + i as f32 * 0.7).collect());
        s.vector("rope_factors_short.weight", (0..12).map(|i| 1.0 + i as f32 * 0.01).collect());
    } else {
        s.integer("rope.dimension_count", 32);
    }
    s.ends(long);
    for i in 0..heads.layers {
        s.norm(&format!("blk.{i}.attn_norm"), WIDTH);
        s.norm(&format!("blk.{i}.ffn_norm"), WIDTH);
        s.matrix(&format!("blk.{i}.attn_qkv"), &[3 * WIDTH, WIDTH]);
        s.matrix(&format!("blk.{i}.attn_output"), &[WIDTH, WIDTH]);
        s.matrix(&format!("blk.{i}.ffn_up"), &[2 * FFN, WIDTH]);
        s.matrix(&format!("blk.{i}.ffn_down"), &[WIDTH, FFN]);
    }
}

fn mistral3(s: &mut Synth) {
    s.plain("mistral3", &Heads { base: 1e6, ..Heads::default() });
    s.text("rope.scaling.type", "yarn");
    s.number("rope.scaling.factor", 16.0);
    s.integer("rope.scaling.original_context_length", 128);
    s.number("rope.scaling.yarn_beta_fast", 32.0);
    s.number("rope.scaling.yarn_beta_slow", 1.0);
    s.number("rope.scaling.yarn_log_multiplier", 1.0);
    s.number("attention.temperature_scale", 0.1);
}

fn olmo2(s: &mut Synth, window: bool) {
    let heads = Heads {
        layers: if window { 5 } else { 2 },
        kv_heads: if window { 4 } else { 8 },
        qk_norm: QkNorm::Rows,
        base: 5e5,
        ..Heads::default()
    };
    s.begin("olmo2", &heads);
    if window {
        s.integer("attention.sliding_window", WINDOW as u32);
        s.text("rope.scaling.type", "yarn");
        s.number("rope.scaling.factor", 8.0);
        s.number("rope.scaling.attn_factor", 1.2);
        s.integer("rope.scaling.original_context_length", 1024);
    }
    s.ends(false);
    for i in 0..heads.layers {
        s.norm(&format!("blk.{i}.post_attention_norm"), WIDTH);
        s.norm(&format!("blk.{i}.post_ffw_norm"), WIDTH);
        s.attention(i, &heads);
        s.ffn(i, FFN);
    }
}

fn qwen3moe(s: &mut Synth) {
    let heads = Heads { dim: 64, qk_norm: QkNorm::Heads, base: 1e6, ..Heads::default() };
    let (experts, ffn) = (8, 256);
    s.begin("qwen3moe", &heads);
    s.integer("expert_count", experts as u32);
    s.integer("expert_used_count", 3);
    s.integer("expert_feed_forward_length", ffn as u32);
    s.ends(false);
    for i in 0..heads.layers {
        s.norm(&format!("blk.{i}.attn_norm"), WIDTH);
        s.norm(&format!("blk.{i}.ffn_norm"), WIDTH);
        s.attention(i, &heads);
        s.float_matrix(&format!("blk.{i}.ffn_gate_inp"), &[experts, WIDTH]);
        s.matrix(&format!("blk.{i}.ffn_gate_exps"), &[experts, ffn, WIDTH]);
        s.matrix(&format!("blk.{i}.ffn_up_exps"), &[experts, ffn, WIDTH]);
        s.matrix(&format!("blk.{i}.ffn_down_exps"), &[experts, WIDTH, ffn]);
    }
}

fn gemma4(s: &mut Synth) {
    // Four layers with keys of their own, three that share them; two see all, with wider heads.
    let (layers, shared, per_layer) = (7, 3, 64);
    let wide = Heads {
        layers,
        heads: 4,
        kv_heads: 1,
        dim: 128,
        qk_norm: QkNorm::Heads,
        base: 1e6,
        ..Heads::default()
    };
    let narrow = Heads { dim: 64, kv_heads: 2, ..wide };
    let sees_all = |i: usize| i == 3 || i == 6;
    s.begin("gemma4", &wide);
    s.integer("attention.key_length_swa", narrow.dim as u32);
    s.integer("attention.value_length_swa", narrow.dim as u32);
    s.integer("rope.dimension_count_swa", narrow.dim as u32);
    s.number("rope.freq_base_swa", 1e4);
    s.integer("attention.sliding_window", WINDOW as u32);
    s.flags("attention.sliding_window_pattern", &(0..layers).map(|i| !sees_all(i)).collect::<Vec<_>>());
    s.integer("attention.shared_kv_layers", shared);
    s.integer("embedding_length_per_layer_input", per_layer as u32);
    s.number("final_logit_softcapping", 5.0);
    s.vector("rope_freqs.weight", (0..64).map(|i| if i < 16 { 1.0 } else { 1e30 }).collect());
    s.ends(true);
    s.matrix("per_layer_token_embd", &[VOCABULARY, per_layer * layers]);
    s.matrix("per_layer_model_proj", &[per_layer * layers, WIDTH]);
    s.norm("per_layer_proj_norm", per_layer);
    for i in 0..layers {
        for norm in ["attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm", "post_norm"] {
            s.norm(&format!("blk.{i}.{norm}"), WIDTH);
        }
        let heads = if sees_all(i) { wide } else { narrow };
        let own_keys = i + (shared as usize) < layers;
        s.matrix(&format!("blk.{i}.attn_q"), &[heads.heads * heads.dim, WIDTH]);
        s.quiet_norm(&format!("blk.{i}.attn_q_norm"), heads.dim);
        if own_keys {
            s.matrix(&format!("blk.{i}.attn_k"), &[heads.kv_heads * heads.dim, WIDTH]);
            s.norm(&format!("blk.{i}.attn_k_norm"), heads.dim);
            // One layer whose values are its keys.
            if i != 3 {
                s.matrix(&format!("blk.{i}.attn_v"), &[heads.kv_heads * heads.dim, WIDTH]);
            }
        }
        s.matrix(&format!("blk.{i}.attn_output"), &[WIDTH, heads.heads * heads.dim]);
        s.ffn(i, FFN);
        s.matrix(&format!("blk.{i}.inp_gate"), &[per_layer, WIDTH]);
        s.matrix(&format!("blk.{i}.proj"), &[WIDTH, per_layer]);
        s.vector(&format!("blk.{i}.layer_output_scale.weight"), vec![0.8 + i as f32 * 0.1]);
    }
    s.integers(
        "attention.head_count_kv",
        &(0..layers).map(|i| if sees_all(i) { 1 } else { 2 }).collect::<Vec<_>>(),
    );
}

fn qwen35(s: &mut Synth) {
    let heads = Heads { layers: 5, heads: 4, kv_heads: 2, dim: 64, base: 1e7, ..Heads::default() };
    let (key_heads, value_heads, dim, kernel) = (2, 4, 64, 4);
    s.begin("qwen35", &heads);
    s.integer("rope.dimension_count", 16);
    s.integers("rope.dimension_sections", &[3, 3, 2, 0]);
    for (key, value) in [
        ("ssm.conv_kernel", kernel),
        ("ssm.state_size", dim),
        ("ssm.group_count", key_heads),
        ("ssm.time_step_rank", value_heads),
        ("ssm.inner_size", value_heads * dim),
    ] {
        s.integer(key, value as u32);
    }
    s.ends(true);
    for i in 0..heads.layers {
        s.norm(&format!("blk.{i}.attn_norm"), WIDTH);
        s.norm(&format!("blk.{i}.post_attention_norm"), WIDTH);
        s.ffn(i, FFN);
        if i % 4 == 3 {
            s.matrix(&format!("blk.{i}.attn_q"), &[2 * heads.heads * heads.dim, WIDTH]);
            s.matrix(&format!("blk.{i}.attn_k"), &[heads.kv_heads * heads.dim, WIDTH]);
            s.matrix(&format!("blk.{i}.attn_v"), &[heads.kv_heads * heads.dim, WIDTH]);
            s.matrix(&format!("blk.{i}.attn_output"), &[WIDTH, heads.heads * heads.dim]);
            s.norm(&format!("blk.{i}.attn_q_norm"), heads.dim);
            s.norm(&format!("blk.{i}.attn_k_norm"), heads.dim);
            continue;
        }
        let channels = (2 * key_heads + value_heads) * dim;
        s.matrix(&format!("blk.{i}.attn_qkv"), &[channels, WIDTH]);
        s.matrix(&format!("blk.{i}.attn_gate"), &[value_heads * dim, WIDTH]);
        s.float_matrix(&format!("blk.{i}.ssm_conv1d"), &[channels, kernel]);
        let random: Vec<f32> = (0..2 * value_heads).map(|_| s.normal()).collect();
        s.vector(&format!("blk.{i}.ssm_dt.bias"), random[..value_heads].to_vec());
        s.vector(&format!("blk.{i}.ssm_a"), random[value_heads..].iter().map(|a| -a.exp() * 0.2).collect());
        s.matrix(&format!("blk.{i}.ssm_beta"), &[value_heads, WIDTH]);
        s.matrix(&format!("blk.{i}.ssm_alpha"), &[value_heads, WIDTH]);
        s.norm(&format!("blk.{i}.ssm_norm"), dim);
        s.matrix(&format!("blk.{i}.ssm_out"), &[WIDTH, value_heads * dim]);
    }
}

fn lfm2(s: &mut Synth) {
    let heads = Heads { layers: 5, qk_norm: QkNorm::Heads, base: 1e6, tied: true, ..Heads::default() };
    let attends = |i: usize| i % 3 == 2;
    s.begin("lfm2", &heads);
    s.integer("shortconv.l_cache", 3);
    s.matrix("token_embd", &[VOCABULARY, WIDTH]);
    s.norm("token_embd_norm", WIDTH);
    for i in 0..heads.layers {
        s.norm(&format!("blk.{i}.attn_norm"), WIDTH);
        s.norm(&format!("blk.{i}.ffn_norm"), WIDTH);
        s.ffn(i, FFN);
        if attends(i) {
            s.attention(i, &heads);
        } else {
            s.float_matrix(&format!("blk.{i}.shortconv.conv"), &[WIDTH, 3]);
            s.matrix(&format!("blk.{i}.shortconv.in_proj"), &[3 * WIDTH, WIDTH]);
            s.matrix(&format!("blk.{i}.shortconv.out_proj"), &[WIDTH, WIDTH]);
        }
    }
    s.integers(
        "attention.head_count_kv",
        &(0..5).map(|i| if attends(i) { 4 } else { 0 }).collect::<Vec<_>>(),
    );
}

impl Synth {
    /// Blocks with norms before, attention and a gated network.
    fn plain(&mut self, architecture: &'static str, heads: &Heads) {
        self.begin(architecture, heads);
        self.ends(heads.tied);
        for i in 0..heads.layers {
            self.norm(&format!("blk.{i}.attn_norm"), WIDTH);
            self.norm(&format!("blk.{i}.ffn_norm"), WIDTH);
            self.attention(i, heads);
            self.ffn(i, FFN);
        }
    }

    /// The sizes that all have. (Lists and counts that differ from layer to layer are the model's own to write.)
    fn begin(&mut self, architecture: &'static str, heads: &Heads) {
        self.architecture = architecture;
        self.writer.text("general.architecture", architecture);
        let sizes = [
            ("context_length", CONTEXT),
            ("embedding_length", WIDTH),
            ("block_count", heads.layers),
            ("feed_forward_length", FFN),
            ("attention.head_count", heads.heads),
            ("attention.key_length", heads.dim),
            ("attention.value_length", heads.dim),
            ("vocab_size", VOCABULARY),
        ];
        for (name, value) in sizes {
            self.integer(name, value as u32);
        }
        if !matches!(architecture, "gemma4" | "lfm2") {
            self.integer("attention.head_count_kv", heads.kv_heads as u32);
        }
        if !matches!(architecture, "phi3" | "qwen35") {
            self.integer("rope.dimension_count", heads.dim as u32);
        }
        self.number("rope.freq_base", heads.base);
        self.number("attention.layer_norm_rms_epsilon", 1e-6);
    }

    /// Embeddings, the last norm and, unless it is the embeddings, the output.
    fn ends(&mut self, tied: bool) {
        self.matrix("token_embd", &[VOCABULARY, WIDTH]);
        self.norm("output_norm", WIDTH);
        if !tied {
            self.matrix("output", &[VOCABULARY, WIDTH]);
        }
    }

    fn attention(&mut self, i: usize, heads: &Heads) {
        let (q, kv) = (heads.heads * heads.dim, heads.kv_heads * heads.dim);
        for (name, rows) in [("attn_q", q), ("attn_k", kv), ("attn_v", kv)] {
            self.matrix(&format!("blk.{i}.{name}"), &[rows, WIDTH]);
            if heads.biases {
                let bias = (0..rows).map(|_| self.normal() * 0.1).collect();
                self.vector(&format!("blk.{i}.{name}.bias"), bias);
            }
        }
        self.matrix(&format!("blk.{i}.attn_output"), &[WIDTH, q]);
        let (of_q, of_k) = match heads.qk_norm {
            QkNorm::None => return,
            QkNorm::Heads => (heads.dim, heads.dim),
            QkNorm::Rows => (q, kv),
        };
        self.norm(&format!("blk.{i}.attn_q_norm"), of_q);
        self.norm(&format!("blk.{i}.attn_k_norm"), of_k);
    }

    fn ffn(&mut self, i: usize, ffn: usize) {
        self.matrix(&format!("blk.{i}.ffn_gate"), &[ffn, WIDTH]);
        self.matrix(&format!("blk.{i}.ffn_up"), &[ffn, WIDTH]);
        self.matrix(&format!("blk.{i}.ffn_down"), &[WIDTH, ffn]);
    }

    fn vocabulary(&mut self) {
        let visible = |b: u8| matches!(b, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
        let letter = |b: u8| match visible(b) {
            true => char::from(b),
            false => char::from_u32(0x100 + (0..b).filter(|&b| !visible(b)).count() as u32).unwrap_or(' '),
        };
        let mut tokens: Vec<String> = (0..=255).map(|b| letter(b).to_string()).collect();
        tokens.push("<|endoftext|>".into());
        let mut kinds = vec![1; 256];
        kinds.push(3);
        let w = &mut self.writer;
        w.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "gpt-2");
        w.strings("tokenizer.ggml.tokens", &tokens).integers("tokenizer.ggml.token_type", &kinds);
        w.strings("tokenizer.ggml.merges", &["t h"]).integer("tokenizer.ggml.eos_token_id", 256);
    }

    fn key(&self, name: &str) -> String {
        format!("{}.{name}", self.architecture)
    }

    fn integer(&mut self, name: &str, value: u32) {
        self.writer.integer(&self.key(name), value);
    }

    fn integers(&mut self, name: &str, values: &[i32]) {
        self.writer.integers(&self.key(name), values);
    }

    fn flags(&mut self, name: &str, values: &[bool]) {
        self.writer.flags(&self.key(name), values);
    }

    fn number(&mut self, name: &str, value: f32) {
        self.writer.number(&self.key(name), value);
    }

    fn text(&mut self, name: &str, value: &str) {
        self.writer.text(&self.key(name), value);
    }

    fn vector(&mut self, name: &str, values: Vec<f32>) {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.writer.tensor(name, &[values.len()], TensorType::F32, bytes);
    }

    fn norm(&mut self, name: &str, n: usize) {
        let values = (0..n).map(|_| 1.0 + 0.02 * self.normal()).collect();
        self.vector(&format!("{name}.weight"), values);
    }

    /// A norm that makes rows short: attention that is not scaled would otherwise see one token and no other.
    fn quiet_norm(&mut self, name: &str, n: usize) {
        let values = (0..n).map(|_| 0.1 + 0.01 * self.normal()).collect();
        self.vector(&format!("{name}.weight"), values);
    }

    /// `name.weight` in the model's form.
    fn matrix(&mut self, name: &str, shape: &[usize]) {
        self.write_matrix(name, shape, self.kind);
    }

    /// `name.weight` in F32, as converters leave it.
    fn float_matrix(&mut self, name: &str, shape: &[usize]) {
        self.write_matrix(name, shape, TensorType::F32);
    }

    fn write_matrix(&mut self, name: &str, shape: &[usize], kind: TensorType) {
        let columns = shape.last().copied().unwrap_or(1);
        let scale = 1.0 / (columns as f32).sqrt();
        let values: Vec<f32> = (0..shape.iter().product()).map(|_| self.normal() * scale).collect();
        let bytes = match kind {
            TensorType::F16 => values.iter().flat_map(|&v| f16::from_f32(v).to_le_bytes()).collect(),
            TensorType::Q8_0 => values.chunks(32).flat_map(q8_0).collect(),
            _ => values.iter().flat_map(|v| v.to_le_bytes()).collect(),
        };
        self.writer.tensor(&format!("{name}.weight"), shape, kind, bytes);
    }

    /// A normal deviate (Box and Muller 1958) from SplitMix64.
    fn normal(&mut self) -> f32 {
        let (a, b) = (self.unit(), self.unit());
        ((-2.0 * (1.0 - a).ln()).sqrt() * (std::f64::consts::TAU * b).cos()) as f32
    }

    fn unit(&mut self) -> f64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A block of 32 weights as Q8_0: a scale in F16, then a signed byte each (ggml's `quantize_row_q8_0`).
fn q8_0(block: &[f32]) -> Vec<u8> {
    let most = block.iter().fold(0f32, |m, v| m.max(v.abs()));
    let scale = most / 127.0;
    let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
    let mut out = f16::from_f32(scale).to_le_bytes().to_vec();
    out.extend(block.iter().map(|v| (v * inverse).round() as i8 as u8));
    out
}
