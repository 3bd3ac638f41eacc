//! A model as its maker would have published it: a folder with `config.json`, safetensors and a tokenizer, made of a GGUF.
//! The other way round from a conversion, and written apart from it, so that a test of one is no test of itself.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use foolscap_engine::Gguf;
use foolscap_engine::arch::{self, Norms, RopeLayout};
use foolscap_engine::gguf::{Metadata, TensorInfo, TensorType};
use half::{bf16, f16};
use serde_json::{Map, Value, json};

/// What a GGUF calls the architectures, and `config.json`.
const CLASSES: &[(&str, &str)] = &[
    ("llama", "LlamaForCausalLM"),
    ("qwen2", "Qwen2ForCausalLM"),
    ("qwen3", "Qwen3ForCausalLM"),
    ("gemma3", "Gemma3ForCausalLM"),
    ("phi3", "Phi3ForCausalLM"),
    ("smollm3", "SmolLM3ForCausalLM"),
    ("granite", "GraniteForCausalLM"),
    ("olmo2", "Olmo2ForCausalLM"),
];

/// Writes the folder, its weights as `kind` (F32, F16 or BF16) in so many files.
///
/// # Errors
/// What the system says, or that the model is none that is published so.
pub fn publish(gguf: &Path, folder: &Path, kind: TensorType, shards: usize) -> io::Result<()> {
    let gguf = Gguf::open(gguf).map_err(io::Error::other)?;
    let meta = gguf.metadata();
    let name = meta.text("general.architecture").unwrap_or_default();
    let row = arch::Architecture::by_name(name).map_err(io::Error::other)?;
    fs::create_dir_all(folder)?;
    write_json(&folder.join("config.json"), &config(&gguf, name)?)?;
    write_json(&folder.join("tokenizer.json"), &byte_level(meta, &["gpt-2"]))?;
    let sizes = [number(meta, name, "attention.head_count"), number(meta, name, "attention.head_count_kv")];
    let mut files = vec![Tensors::new(); shards];
    let mut taken = gguf.tensors().iter().filter(|t| !t.name.starts_with("rope_f")).enumerate();
    taken.try_for_each(|(i, tensor)| {
        let values = values(&gguf, tensor)?;
        let values = match tensor.name.split('.').rev().nth(1).unwrap_or_default() {
            "attn_q" if row.rope == RopeLayout::Interleaved => halves(&values, tensor, sizes[0] as usize),
            "attn_k" if row.rope == RopeLayout::Interleaved => halves(&values, tensor, sizes[1] as usize),
            norm if norm.ends_with("norm") && name == "gemma3" => values.iter().map(|v| v - 1.0).collect(),
            _ => values,
        };
        let called = published_name(&tensor.name, &row.norms, name == "phi3")?;
        files[i % shards].insert(called, (tensor.shape.clone(), values));
        Ok::<_, io::Error>(())
    })?;
    let mut map = Map::new();
    for (i, tensors) in files.iter().enumerate() {
        let file = match shards {
            1 => "model.safetensors".to_owned(),
            n => format!("model-{:05}-of-{n:05}.safetensors", i + 1),
        };
        map.extend(tensors.keys().map(|name| (name.clone(), json!(file))));
        fs::write(folder.join(file), safetensors(tensors, kind))?;
    }
    if shards > 1 {
        write_json(&folder.join("model.safetensors.index.json"), &json!({ "weight_map": map }))?;
    }
    Ok(())
}

/// Shapes and values by the tensors' names.
pub type Tensors = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

/// A file of tensors, as `kind` (F32, F16 or BF16).
pub fn safetensors(tensors: &Tensors, kind: TensorType) -> Vec<u8> {
    let (mut header, mut data) = (Map::new(), Vec::new());
    for (name, (shape, values)) in tensors {
        let start = data.len();
        for &v in values {
            match kind {
                TensorType::F16 => data.extend(f16::from_f32(v).to_le_bytes()),
                TensorType::BF16 => data.extend(bf16::from_f32(v).to_le_bytes()),
                _ => data.extend(v.to_le_bytes()),
            }
        }
        let info = json!({ "dtype": kind.name(), "shape": shape, "data_offsets": [start, data.len()] });
        header.insert(name.clone(), info);
    }
    let header = Value::Object(header).to_string();
    let mut out = (header.len() as u64).to_le_bytes().to_vec();
    out.extend(header.as_bytes());
    out.extend(data);
    out
}

/// The tensors of a file of 32-bit numbers.
///
/// # Errors
/// What the system says, or that it is no such file.
pub fn tensors(path: &Path) -> io::Result<Tensors> {
    let bytes = fs::read(path)?;
    let length = bytes.first_chunk().map_or(0, |n| u64::from_le_bytes(*n)) as usize;
    let header: Map<String, Value> = serde_json::from_slice(&bytes[8..8 + length])?;
    let read = |(name, info): (String, Value)| {
        let list = |key: &str| -> Vec<usize> {
            let all = info[key].as_array().into_iter().flatten();
            all.filter_map(|n| n.as_u64()).map(|n| n as usize).collect()
        };
        let (shape, place) = (list("shape"), list("data_offsets"));
        let data = &bytes[8 + length..][place[0]..place[1]];
        (name, (shape, data.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()))
    };
    Ok(header.into_iter().map(read).collect())
}

/// `tokenizer.json` of a byte-level vocabulary, that splits text by these steps: `gpt-2`, `digits`, or a pattern.
pub fn byte_level(meta: &Metadata, steps: &[&str]) -> Value {
    let (vocab, added) = vocabulary(meta);
    let merges: Vec<String> = strings(meta, "tokenizer.ggml.merges");
    let needs_bytes = !steps.contains(&"gpt-2");
    let mut steps: Vec<Value> = steps
        .iter()
        .map(|step| match *step {
            "gpt-2" => json!({ "type": "ByteLevel", "add_prefix_space": false, "use_regex": true }),
            "digits" => json!({ "type": "Digits", "individual_digits": true }),
            regex => json!({ "type": "Split", "pattern": { "Regex": regex }, "behavior": "Isolated", "invert": false }),
        })
        .collect();
    if needs_bytes {
        steps.push(json!({ "type": "ByteLevel", "add_prefix_space": false, "use_regex": false }));
    }
    json!({
        "added_tokens": added,
        "pre_tokenizer": { "type": "Sequence", "pretokenizers": steps },
        "post_processor": { "type": "ByteLevel" },
        "model": { "type": "BPE", "vocab": vocab, "merges": merges, "byte_fallback": false },
    })
}

/// `tokenizer.json` of a SentencePiece vocabulary: every way to make a token of two others is a merge, those of high scores
/// first.
pub fn sentence_pieces(meta: &Metadata) -> Value {
    let (vocab, added) = vocabulary(meta);
    let tokens: Vec<String> = strings(meta, "tokenizer.ggml.tokens");
    let scores = meta.array("tokenizer.ggml.scores").and_then(|a| a.numbers()).unwrap_or_default();
    let kinds = kinds(meta);
    let mut normal: Vec<usize> = (0..tokens.len()).filter(|&i| kinds[i] == 1).collect();
    normal.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let mut merges = Vec::new();
    for token in normal.iter().map(|&i| &tokens[i]) {
        for (at, _) in token.char_indices().skip(1) {
            let (left, right) = token.split_at(at);
            if vocab.contains_key(left) && vocab.contains_key(right) {
                merges.push(json!([left, right]));
            }
        }
    }
    let adds = meta.flag("tokenizer.ggml.add_space_prefix").unwrap_or(true);
    let replace = json!({ "type": "Replace", "pattern": { "String": " " }, "content": "\u{2581}" });
    let prepend = json!({ "type": "Prepend", "prepend": "\u{2581}" });
    let normalizers = if adds { json!([prepend, replace]) } else { json!([replace]) };
    json!({
        "added_tokens": added,
        "normalizer": { "type": "Sequence", "normalizers": normalizers },
        "model": { "type": "BPE", "vocab": vocab, "merges": merges, "byte_fallback": true, "unk_token": "<unk>" },
    })
}

/// `tokenizer.model` of a SentencePiece vocabulary (`sentencepiece_model.proto`).
pub fn sentence_piece_model(meta: &Metadata) -> Vec<u8> {
    let scores = meta.array("tokenizer.ggml.scores").and_then(|a| a.numbers()).unwrap_or_default();
    let mut out = Vec::new();
    let tokens = strings(meta, "tokenizer.ggml.tokens");
    for ((token, score), kind) in tokens.iter().zip(scores).zip(kinds(meta)) {
        let mut piece = Vec::new();
        field(&mut piece, 1, token.as_bytes());
        piece.push(2 << 3 | 5);
        piece.extend((score as f32).to_le_bytes());
        piece.extend([3 << 3, kind as u8]);
        field(&mut out, 1, &piece);
    }
    // BPE.
    field(&mut out, 2, &[3 << 3, 2]);
    let adds = meta.flag("tokenizer.ggml.add_space_prefix").unwrap_or(true);
    field(&mut out, 3, &[3 << 3, adds.into()]);
    out
}

fn field(out: &mut Vec<u8>, number: u8, bytes: &[u8]) {
    out.push(number << 3 | 2);
    let mut length = bytes.len();
    while length > 0x7f {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend(bytes);
}

fn vocabulary(meta: &Metadata) -> (BTreeMap<String, usize>, Vec<Value>) {
    let tokens = strings(meta, "tokenizer.ggml.tokens").into_iter().enumerate();
    let kinds = kinds(meta);
    let (plain, added): (Vec<_>, Vec<_>) = tokens.partition(|&(id, _)| !matches!(kinds[id], 3 | 4));
    let describe =
        |(id, text): (usize, String)| json!({ "id": id, "content": text, "special": kinds[id] == 3 });
    (plain.into_iter().map(|(id, text)| (text, id)).collect(), added.into_iter().map(describe).collect())
}

fn kinds(meta: &Metadata) -> Vec<i64> {
    let kinds = meta.array("tokenizer.ggml.token_type").and_then(|a| a.numbers()).unwrap_or_default();
    kinds.into_iter().map(|kind| kind as i64).collect()
}

fn strings(meta: &Metadata, key: &str) -> Vec<String> {
    let all = meta.array(key).and_then(|a| a.strings()).unwrap_or_default();
    all.into_iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
}

fn number(meta: &Metadata, name: &str, key: &str) -> f64 {
    meta.number(&format!("{name}.{key}")).unwrap_or(0.0)
}

fn config(gguf: &Gguf, name: &str) -> io::Result<Value> {
    let meta = gguf.metadata();
    let class = CLASSES.iter().find(|row| row.0 == name).map(|row| row.1);
    let class = class.ok_or_else(|| io::Error::other(format!("{name} is not published so")))?;
    let number = |key: &str| number(meta, name, key);
    let size = |key: &str| number(key) as u64;
    let layers = size("block_count");
    let head_dim = size("attention.key_length");
    let mut config = json!({
        "architectures": [class],
        "hidden_size": size("embedding_length"),
        "num_hidden_layers": layers,
        "num_attention_heads": size("attention.head_count"),
        "num_key_value_heads": size("attention.head_count_kv"),
        "head_dim": head_dim,
        "intermediate_size": size("feed_forward_length"),
        "max_position_embeddings": size("context_length"),
        "rms_norm_eps": number("attention.layer_norm_rms_epsilon"),
        "rope_theta": number("rope.freq_base"),
        "vocab_size": size("vocab_size"),
        "tie_word_embeddings": gguf.tensor("output.weight").is_none(),
        "eos_token_id": meta.integer("tokenizer.ggml.eos_token_id"),
    });
    let window = meta.integer(&format!("{name}.attention.sliding_window"));
    let original = meta.integer(&format!("{name}.rope.scaling.original_context_length"));
    let more = match name {
        "gemma3" => json!({
            "hidden_activation": "gelu_pytorch_tanh",
            "sliding_window": window,
            "query_pre_attn_scalar": head_dim,
            "final_logit_softcapping": number("final_logit_softcapping"),
            "rope_scaling": { "rope_type": "linear", "factor": number("rope.scaling.factor") },
        }),
        "phi3" => {
            let turned = number("rope.dimension_count") / head_dim as f64;
            let scaling = original.map(|_| {
                json!({
                    "type": "longrope",
                    "long_factor": vector(gguf, "rope_factors_long.weight"),
                    "short_factor": vector(gguf, "rope_factors_short.weight"),
                    "attention_factor": number("rope.scaling.attn_factor"),
                })
            });
            json!({
                "partial_rotary_factor": turned,
                "rope_scaling": scaling,
                "original_max_position_embeddings": original,
            })
        }
        "smollm3" => {
            json!({ "no_rope_layers": (0..layers).map(|i| u8::from((i + 1) % 4 != 0)).collect::<Vec<_>>() })
        }
        "granite" => json!({
            "logits_scaling": number("logit_scale"),
            "residual_multiplier": number("residual_scale"),
            "embedding_multiplier": number("embedding_scale"),
            "attention_multiplier": number("attention.scale"),
        }),
        "olmo2" if window.is_some() => {
            let factor = number("rope.scaling.factor");
            json!({
                "architectures": ["Olmo3ForCausalLM"],
                "sliding_window": window,
                "rope_scaling": {
                    "rope_type": "yarn",
                    "factor": factor,
                    "attention_factor": number("rope.scaling.attn_factor") * (0.1 * factor.ln() + 1.0),
                    "original_max_position_embeddings": original,
                },
            })
        }
        _ => json!({}),
    };
    for (key, value) in more.as_object().into_iter().flatten() {
        config[key] = value.clone();
    }
    Ok(config)
}

fn vector(gguf: &Gguf, name: &str) -> Vec<f32> {
    gguf.tensor(name).and_then(|t| values(gguf, t).ok()).unwrap_or_default()
}

fn values(gguf: &Gguf, tensor: &TensorInfo) -> io::Result<Vec<f32>> {
    let bytes = gguf.data(tensor);
    match tensor.kind {
        TensorType::F32 => {
            Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
        }
        TensorType::F16 => {
            Ok(bytes.chunks_exact(2).map(|b| f16::from_le_bytes([b[0], b[1]]).to_f32()).collect())
        }
        other => Err(io::Error::other(format!("{other} is not read here"))),
    }
}

/// Rows of neighbours, (0, 1), (2, 3) … of each head, as two halves.
fn halves(values: &[f32], tensor: &TensorInfo, heads: usize) -> Vec<f32> {
    let columns = tensor.shape.get(1).copied().unwrap_or(1);
    let dim = tensor.shape[0] / heads;
    let mut out = Vec::with_capacity(values.len());
    for head in 0..heads {
        for row in (0..dim).step_by(2).chain((1..dim).step_by(2)) {
            let at = (head * dim + row) * columns;
            out.extend_from_slice(&values[at..at + columns]);
        }
    }
    out
}

fn published_name(name: &str, norms: &Norms, is_phi: bool) -> io::Result<String> {
    let unknown = || io::Error::other(format!("{name} has no other name"));
    let (stem, ending) = name.rsplit_once('.').ok_or_else(unknown)?;
    let whole = match stem {
        "token_embd" => "model.embed_tokens",
        "output_norm" => "model.norm",
        "output" => "lm_head",
        _ => "",
    };
    if !whole.is_empty() {
        return Ok(format!("{whole}.{ending}"));
    }
    let (block, part) = stem.strip_prefix("blk.").and_then(|s| s.split_once('.')).ok_or_else(unknown)?;
    let part = match part {
        "attn_q" => "self_attn.q_proj",
        "attn_k" => "self_attn.k_proj",
        "attn_v" => "self_attn.v_proj",
        "attn_qkv" => "self_attn.qkv_proj",
        "attn_output" => "self_attn.o_proj",
        "attn_q_norm" => "self_attn.q_norm",
        "attn_k_norm" => "self_attn.k_norm",
        "ffn_gate" => "mlp.gate_proj",
        // Phi-3 has it and the gate in one.
        "ffn_up" if is_phi => "mlp.gate_up_proj",
        "ffn_up" => "mlp.up_proj",
        "ffn_down" => "mlp.down_proj",
        "attn_norm" => "input_layernorm",
        "post_attention_norm" => "post_attention_layernorm",
        "post_ffw_norm" => "post_feedforward_layernorm",
        "ffn_norm" if norms.after_mixer.is_some() => "pre_feedforward_layernorm",
        "ffn_norm" => "post_attention_layernorm",
        _ => return Err(unknown()),
    };
    Ok(format!("model.layers.{block}.{part}.{ending}"))
}

fn write_json(path: &Path, value: &Value) -> io::Result<()> {
    fs::write(path, value.to_string())
}
