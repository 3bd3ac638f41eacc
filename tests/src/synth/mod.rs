//! Small models in real shapes with weights by chance, written as GGUF files: numerical agreement does not
//! depend on what a model has learned. The same seed gives the same file on every machine.

mod models;

use std::path::{Path, PathBuf};

pub use foolscap_engine::gguf::TensorType;
use foolscap_engine::gguf::Writer;
use half::{bf16, f16};

pub use models::{LLAMA, MODELS, QWEN3};

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

/// Writes a model; matrices in the form `kind` (F32, F16, BF16, Q8_0 or MXFP4), norms in F32.
///
/// # Errors
/// What the system says, or that the form is not written here.
pub fn write(path: &Path, model: &Model, kind: TensorType, seed: u64) -> std::io::Result<()> {
    made(model, kind, seed, false, 1)?.writer.write(path)
}

/// The model that [`write`] writes in Q8_0, with the same weights in F32: what no activation is rounded for.
///
/// # Errors
/// What the system says.
pub fn write_exact(path: &Path, model: &Model, seed: u64) -> std::io::Result<()> {
    made(model, TensorType::Q8_0, seed, true, 1)?.writer.write(path)
}

/// Writes a model in several files, as `gguf-split` names them, and gives their paths; as [`write()`].
///
/// # Errors
/// As [`write()`].
pub fn write_parts(
    folder: &Path,
    stem: &str,
    model: &Model,
    kind: TensorType,
    seed: u64,
    parts: usize,
) -> std::io::Result<Vec<PathBuf>> {
    let synth = made(model, kind, seed, false, parts)?;
    let (of, tensors) = (parts as u32, synth.tensors as u32);
    let writers = std::iter::once(synth.writer).chain(synth.further);
    let written = (0..).zip(writers).map(|(no, mut writer): (u32, _)| {
        writer.integer("split.no", no).integer("split.count", of).integer("split.tensors.count", tensors);
        let path = folder.join(format!("{stem}-{:05}-of-{of:05}.gguf", no + 1));
        writer.write(&path).map(|()| path)
    });
    written.collect()
}

fn made(model: &Model, kind: TensorType, seed: u64, exact: bool, parts: usize) -> std::io::Result<Synth> {
    use TensorType::{BF16, F16, F32, MXFP4, Q8_0};
    if !matches!(kind, F32 | F16 | BF16 | Q8_0 | MXFP4) {
        return Err(std::io::Error::other(format!("{kind} is not written here")));
    }
    let further = (1..parts).map(|_| Writer::default()).collect();
    let mut synth =
        Synth { writer: Writer::default(), further, tensors: 0, architecture: "", random: seed, kind, exact };
    (model.build)(&mut synth);
    synth.vocabulary();
    Ok(synth)
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
    /// Of a model in several files, the further ones: tensors go to one after the other.
    further: Vec<Writer>,
    tensors: usize,
    architecture: &'static str,
    random: u64,
    kind: TensorType,
    /// Whether what was rounded to `kind` is written in F32.
    exact: bool,
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
        self.tensor(name, &[values.len()], TensorType::F32, bytes);
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
            TensorType::BF16 => values.iter().flat_map(|&v| bf16::from_f32(v).to_le_bytes()).collect(),
            TensorType::Q8_0 if self.exact => {
                let back = |block: Vec<u8>| {
                    let scale = f16::from_le_bytes([block[0], block[1]]).to_f32();
                    block[2..].iter().map(|&q| f32::from(q.cast_signed()) * scale).collect::<Vec<_>>()
                };
                let rounded = values.chunks(32).flat_map(|block| back(q8_0(block)));
                let bytes = rounded.flat_map(f32::to_le_bytes).collect();
                return self.tensor(&format!("{name}.weight"), shape, TensorType::F32, bytes);
            }
            TensorType::Q8_0 => values.chunks(32).flat_map(q8_0).collect(),
            TensorType::MXFP4 => values.chunks(32).flat_map(mxfp4).collect(),
            _ => values.iter().flat_map(|v| v.to_le_bytes()).collect(),
        };
        self.tensor(&format!("{name}.weight"), shape, kind, bytes);
    }

    fn tensor(&mut self, name: &str, shape: &[usize], kind: TensorType, bytes: Vec<u8>) {
        let part = self.tensors % (self.further.len() + 1);
        let writer = if part == 0 { &mut self.writer } else { &mut self.further[part - 1] };
        writer.tensor(name, shape, kind, bytes);
        self.tensors += 1;
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

/// A block of 32 weights as MXFP4: a power of two as a scale, then 4-bit floats (E2M1), those of the first half in the
/// low bits (OCP Microscaling Formats 1.0, section 5; the order is ggml's).
fn mxfp4(block: &[f32]) -> Vec<u8> {
    const VALUES: [f32; 8] = [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0];
    let most = block.iter().fold(f32::MIN_POSITIVE, |m, v| m.max(v.abs()));
    let exponent = most.log2().floor() as i32 - 2;
    let code = |v: f32| {
        let x = v.abs() / 2f32.powi(exponent);
        let off = |i: &usize| (VALUES[*i] - x).abs();
        let nearest = (0..8).min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(0) as u8;
        if v < 0.0 { nearest | 8 } else { nearest }
    };
    let mut out = vec![(exponent + 127) as u8];
    out.extend((0..16).map(|i| code(block[i]) | code(block[i + 16]) << 4));
    out
}
