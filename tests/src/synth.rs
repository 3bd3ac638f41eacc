//! Small models in real shapes with weights by chance, written as GGUF files: numerical agreement does not
//! depend on what a model has learned. The same seed gives the same file on every machine.

use std::path::Path;

use foolscap_engine::gguf::{TensorType, Writer};
use half::f16;

/// The shape of a model.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// `general.architecture`.
    pub architecture: &'static str,
    /// Transformer blocks.
    pub layers: usize,
    /// Width of the residual stream.
    pub width: usize,
    /// Query heads.
    pub heads: usize,
    /// Key and value heads.
    pub kv_heads: usize,
    /// Elements of a head.
    pub head_dim: usize,
    /// Width of the feed-forward block.
    pub ffn: usize,
    /// RoPE's base.
    pub rope_base: f32,
    /// Whether the output matrix is the embeddings.
    pub tied: bool,
    /// Whether queries and keys are normalised head by head.
    pub qk_norm: bool,
}

/// Two Llama blocks.
pub const LLAMA: Shape = Shape {
    architecture: "llama",
    layers: 2,
    width: 256,
    heads: 8,
    kv_heads: 4,
    head_dim: 32,
    ffn: 512,
    rope_base: 1e4,
    tied: false,
    qk_norm: false,
};

/// Two Qwen3 blocks: heads wider than width / heads, norms on queries and keys, tied output.
pub const QWEN3: Shape =
    Shape { architecture: "qwen3", head_dim: 64, rope_base: 1e6, tied: true, qk_norm: true, ..LLAMA };

/// Tokens of the vocabulary: the 256 bytes and an end of text.
pub const VOCABULARY: usize = 257;

/// Tokens that the models say they see.
pub const CONTEXT: usize = 2048;

/// Writes a model; matrices in the form `kind` (F32, F16 or Q8_0), norms in F32.
///
/// # Errors
/// What the system says, or that the form is not written here.
pub fn write(path: &Path, shape: &Shape, kind: TensorType, seed: u64) -> std::io::Result<()> {
    let mut synth = Synth { writer: Writer::new(shape.architecture), random: seed, kind };
    synth.metadata(shape);
    let Shape { width, heads, kv_heads, head_dim, ffn, .. } = *shape;
    synth.matrix("token_embd.weight", VOCABULARY, width)?;
    synth.norm("output_norm.weight", width);
    if !shape.tied {
        synth.matrix("output.weight", VOCABULARY, width)?;
    }
    for i in 0..shape.layers {
        let name = |part: &str| format!("blk.{i}.{part}.weight");
        synth.norm(&name("attn_norm"), width);
        synth.norm(&name("ffn_norm"), width);
        synth.matrix(&name("attn_q"), heads * head_dim, width)?;
        synth.matrix(&name("attn_k"), kv_heads * head_dim, width)?;
        synth.matrix(&name("attn_v"), kv_heads * head_dim, width)?;
        synth.matrix(&name("attn_output"), width, heads * head_dim)?;
        synth.matrix(&name("ffn_gate"), ffn, width)?;
        synth.matrix(&name("ffn_up"), ffn, width)?;
        synth.matrix(&name("ffn_down"), width, ffn)?;
        if shape.qk_norm {
            synth.norm(&name("attn_q_norm"), head_dim);
            synth.norm(&name("attn_k_norm"), head_dim);
        }
    }
    synth.writer.write(path)
}

struct Synth {
    writer: Writer,
    random: u64,
    kind: TensorType,
}

impl Synth {
    fn metadata(&mut self, shape: &Shape) {
        let key = |name: &str| format!("{}.{name}", shape.architecture);
        let sizes = [
            ("context_length", CONTEXT),
            ("embedding_length", shape.width),
            ("block_count", shape.layers),
            ("feed_forward_length", shape.ffn),
            ("attention.head_count", shape.heads),
            ("attention.head_count_kv", shape.kv_heads),
            ("attention.key_length", shape.head_dim),
            ("attention.value_length", shape.head_dim),
            ("rope.dimension_count", shape.head_dim),
            ("vocab_size", VOCABULARY),
        ];
        let w = &mut self.writer;
        for (name, value) in sizes {
            w.integer(&key(name), value as u32);
        }
        w.number(&key("rope.freq_base"), shape.rope_base);
        w.number(&key("attention.layer_norm_rms_epsilon"), 1e-6);
        let visible = |b: u8| matches!(b, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
        let letter = |b: u8| match visible(b) {
            true => char::from(b),
            false => char::from_u32(0x100 + (0..b).filter(|&b| !visible(b)).count() as u32).unwrap_or(' '),
        };
        let mut tokens: Vec<String> = (0..=255).map(|b| letter(b).to_string()).collect();
        tokens.push("<|endoftext|>".into());
        let mut kinds = vec![1; 256];
        kinds.push(3);
        w.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "gpt-2");
        w.strings("tokenizer.ggml.tokens", &tokens).integers("tokenizer.ggml.token_type", &kinds);
        w.strings("tokenizer.ggml.merges", &["t h"]).integer("tokenizer.ggml.eos_token_id", 256);
    }

    fn norm(&mut self, name: &str, n: usize) {
        let bytes = (0..n).flat_map(|_| (1.0 + 0.02 * self.normal()).to_le_bytes()).collect();
        self.writer.tensor(name, &[n], TensorType::F32, bytes);
    }

    fn matrix(&mut self, name: &str, rows: usize, columns: usize) -> std::io::Result<()> {
        let scale = 1.0 / (columns as f32).sqrt();
        let values: Vec<f32> = (0..rows * columns).map(|_| self.normal() * scale).collect();
        let bytes = match self.kind {
            TensorType::F32 => values.iter().flat_map(|v| v.to_le_bytes()).collect(),
            TensorType::F16 => values.iter().flat_map(|&v| f16::from_f32(v).to_le_bytes()).collect(),
            TensorType::Q8_0 => values.chunks(32).flat_map(q8_0).collect(),
            other => return Err(std::io::Error::other(format!("{other} is not written here"))),
        };
        self.writer.tensor(name, &[rows, columns], self.kind, bytes);
        Ok(())
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
