//! Folders that are not what they should be are refused by name, and nothing is left of them.

use std::fs;

use foolscap_engine::gguf::TensorType;
use foolscap_models::convert::Form;
use foolscap_tests::synth::LLAMA;
use serde_json::{Value, json};

use super::Published;

/// What is done to a folder, and what the error must say.
type Bad = (&'static str, fn(&Published), &'static [&'static str]);

const BAD: &[Bad] = &[
    ("no config", |p| fs::remove_file(p.path().join("config.json")).unwrap(), &["config.json", "missing"]),
    ("no JSON", |p| fs::write(p.path().join("config.json"), "{ half").unwrap(), &["config.json", "line 1"]),
    (
        "NaN",
        |p| {
            let path = p.path().join("config.json");
            let text = fs::read_to_string(&path).unwrap().replace("10000.0", "NaN");
            fs::write(path, text).unwrap();
        },
        &["config.json", "cannot be read"],
    ),
    ("no kind", |p| p.edit("config.json", |c| c["architectures"] = json!([])), &["architectures"]),
    (
        "another kind",
        |p| p.edit("config.json", |c| c["architectures"] = json!(["BertForMaskedLM"])),
        &["BertForMaskedLM", "Qwen3ForCausalLM", "look on the hub for a GGUF"],
    ),
    ("no width", |p| p.edit("config.json", |c| c["hidden_size"] = json!(0)), &["hidden_size", "is 0"]),
    (
        "a negative size",
        |p| p.edit("config.json", |c| c["num_hidden_layers"] = json!(-3)),
        &["num_hidden_layers"],
    ),
    (
        "a size as text",
        |p| p.edit("config.json", |c| c["num_attention_heads"] = json!("8")),
        &["num_attention_heads"],
    ),
    (
        "too many heads",
        |p| {
            p.edit("config.json", |c| {
                c["num_attention_heads"] = json!(100_000);
                c["head_dim"] = json!(null);
            })
        },
        &["num_attention_heads"],
    ),
    (
        "a number too large",
        |p| p.edit("config.json", |c| c["rms_norm_eps"] = json!(1e300)),
        &["rms_norm_eps"],
    ),
    (
        "no epsilon",
        |p| p.edit("config.json", |c| c["rms_norm_eps"] = json!(null)),
        &["rms_norm_eps", "missing"],
    ),
    (
        "other heads than the tensors",
        |p| p.edit("config.json", |c| c["num_key_value_heads"] = json!(2)),
        &["attn_k.weight"],
    ),
    (
        "more layers than tensors",
        |p| p.edit("config.json", |c| c["num_hidden_layers"] = json!(3)),
        &["blk.2."],
    ),
    (
        "fewer layers than tensors",
        |p| p.edit("config.json", |c| c["num_hidden_layers"] = json!(1)),
        &["model.layers.1.", "num_hidden_layers"],
    ),
    (
        "quantized weights",
        |p| p.edit("config.json", |c| c["quantization_config"] = json!({"quant_method": "awq"})),
        &["awq", "look on the hub"],
    ),
    (
        "a window that no GGUF of its kind can name",
        |p| {
            p.edit("config.json", |c| {
                c["architectures"] = json!(["Qwen2ForCausalLM"]);
                c["use_sliding_window"] = json!(true);
            })
        },
        &["sliding window"],
    ),
    (
        "pictures and no text",
        |p| p.edit("config.json", |c| c["architectures"] = json!(["Gemma3ForConditionalGeneration"])),
        &["text_config", "missing"],
    ),
    (
        "attention scaled in its own way",
        |p| p.edit("config.json", |c| c["architectures"] = json!(["Gemma3ForCausalLM"])),
        &["query_pre_attn_scalar"],
    ),
    ("another activation", |p| p.edit("config.json", |c| c["hidden_act"] = json!("relu")), &["relu"]),
    (
        "an unknown RoPE",
        |p| p.edit("config.json", |c| c["rope_scaling"] = json!({"type": "spiral"})),
        &["spiral"],
    ),
    (
        "a RoPE without factor",
        |p| p.edit("config.json", |c| c["rope_scaling"] = json!({"type": "yarn"})),
        &["rope_scaling.factor"],
    ),
    (
        "no weights",
        |p| fs::remove_file(p.path().join("model.safetensors")).unwrap(),
        &["model.safetensors", "missing"],
    ),
    (
        "empty weights",
        |p| fs::write(p.path().join("model.safetensors"), "").unwrap(),
        &["model.safetensors", "empty"],
    ),
    (
        "weights cut short",
        |p| cut(p, |bytes| bytes.truncate(bytes.len() / 2)),
        &["model.safetensors", "fetch it again"],
    ),
    ("a header cut short", |p| cut(p, |bytes| bytes.truncate(100)), &["model.safetensors"]),
    ("an endless header", |p| cut(p, |bytes| bytes[..8].fill(0xff)), &["model.safetensors"]),
    ("no header", |p| cut(p, |bytes| bytes[8..20].fill(b'x')), &["model.safetensors"]),
    (
        "overlapping tensors",
        |p| {
            header(
                p,
                r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
            )
        },
        &["model.safetensors"],
    ),
    (
        "tensors out of the file",
        |p| header(p, r#"{"a":{"dtype":"F32","shape":[99999999],"data_offsets":[0,399999996]}}"#),
        &["model.safetensors"],
    ),
    (
        "a shape beyond all numbers",
        |p| {
            header(
                p,
                r#"{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}"#,
            )
        },
        &["model.safetensors"],
    ),
    (
        "offsets that run back",
        |p| header(p, r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#),
        &["model.safetensors"],
    ),
    (
        "numbers of 8 bits",
        |p| header(p, r#"{"a":{"dtype":"F8_E4M3","shape":[12],"data_offsets":[0,12]}}"#),
        &["tensor a", "F8_E4M3"],
    ),
    (
        "no embeddings",
        |p| p.change(|t| drop(t.remove("model.embed_tokens.weight"))),
        &["model.embed_tokens.weight"],
    ),
    (
        "narrow embeddings",
        |p| p.change(|t| drop(t.insert("model.embed_tokens.weight".into(), (vec![257, 2], vec![0.0; 514])))),
        &["hidden_size"],
    ),
    (
        "embeddings of nothing",
        |p| p.change(|t| drop(t.insert("model.embed_tokens.weight".into(), (vec![1 << 40, 0], vec![])))),
        &["model.embed_tokens.weight"],
    ),
    (
        "a tensor of another model",
        |p| p.change(|t| drop(t.insert("model.layers.0.moe.gate.weight".into(), (vec![1], vec![0.0])))),
        &["moe.gate", "another model"],
    ),
    (
        "a tensor too few",
        |p| p.change(|t| drop(t.remove("model.layers.1.mlp.up_proj.weight"))),
        &["blk.1.ffn_up.weight", "missing"],
    ),
    (
        "no numbers",
        |p| p.change(|t| t.get_mut("model.norm.weight").unwrap().1[3] = f32::NAN),
        &["model.norm.weight", "no number"],
    ),
    (
        "numbers too large",
        |p| p.change(|t| t.get_mut("lm_head.weight").unwrap().1[3] = 1e9),
        &["lm_head.weight", "Q8_0"],
    ),
    (
        "several files and no index",
        |p| {
            fs::rename(p.path().join("model.safetensors"), p.path().join("a.safetensors")).unwrap();
            fs::copy(p.path().join("a.safetensors"), p.path().join("b.safetensors")).unwrap();
        },
        &["model.safetensors.index.json"],
    ),
    (
        "a part that is not there",
        |p| index(p, json!({"weight_map": {"model.norm.weight": "model-00002-of-00002.safetensors"}})),
        &["model-00002-of-00002.safetensors", "missing"],
    ),
    (
        "an index that leads elsewhere",
        |p| index(p, json!({"weight_map": {"model.norm.weight": "../original.gguf"}})),
        &["weight_map"],
    ),
    ("an index of nothing", |p| index(p, json!({})), &["weight_map"]),
    (
        "an index that is wrong",
        |p| index(p, json!({"weight_map": {"model.other.weight": "model.safetensors"}})),
        &["model.other.weight", "index"],
    ),
    (
        "no tokenizer",
        |p| fs::remove_file(p.path().join("tokenizer.json")).unwrap(),
        &["tokenizer.json", "missing"],
    ),
    (
        "a tokenizer of another kind",
        |p| p.edit("tokenizer.json", |t| t["model"] = json!({"type": "Unigram", "vocab": [["a", 0.0]]})),
        &["Unigram"],
    ),
    (
        "an unknown splitter",
        |p| {
            p.edit("tokenizer.json", |t| {
                let split = json!({"type": "Split", "pattern": {"Regex": "x+y"}, "behavior": "Isolated"});
                t["pre_tokenizer"]["pretokenizers"].as_array_mut().unwrap().insert(0, split);
            })
        },
        &["x+y", "look on the hub"],
    ),
    (
        "a space before all",
        |p| {
            p.edit("tokenizer.json", |t| {
                t["pre_tokenizer"]["pretokenizers"][0]["add_prefix_space"] = json!(true)
            })
        },
        &["a space before"],
    ),
    (
        "small letters only",
        |p| p.edit("tokenizer.json", |t| t["normalizer"] = json!({"type": "Lowercase"})),
        &["Lowercase"],
    ),
    ("a merge of one", |p| p.edit("tokenizer.json", |t| t["model"]["merges"] = json!(["th"])), &["merge 0"]),
    (
        "a damaged vocabulary",
        |p| {
            fs::write(p.path().join("tokenizer.model"), [0x0a, 0x7f, 1])
                .and_then(|()| fs::remove_file(p.path().join("tokenizer.json")))
                .unwrap()
        },
        &["tokenizer.model", "cut short"],
    ),
    (
        "a template that is none",
        |p| fs::write(p.path().join("chat_template.jinja"), "{% for %}").unwrap(),
        &["template"],
    ),
];

fn cut(published: &Published, change: impl FnOnce(&mut Vec<u8>)) {
    let path = published.path().join("model.safetensors");
    let mut bytes = fs::read(&path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

/// Weights with this header and 12 bytes.
fn header(published: &Published, header: &str) {
    let bytes = [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &[0; 12]].concat();
    fs::write(published.path().join("model.safetensors"), bytes).unwrap();
}

fn index(published: &Published, value: Value) {
    fs::write(published.path().join("model.safetensors.index.json"), value.to_string()).unwrap();
}

#[test]
fn every_folder_that_is_not_what_it_should_be_is_refused_by_name_and_leaves_nothing() {
    let sound = Published::new(&LLAMA, TensorType::F32);
    for (what, spoil, words) in BAD {
        let published = sound.copy();
        spoil(&published);
        let message = match published.convert(Form::F16) {
            Ok(_) => panic!("{what}: converted"),
            Err(e) => e.to_string(),
        };
        for word in *words {
            assert!(message.contains(word), "{what}: {message:?} does not say {word:?}");
        }
        let left = fs::read_dir(published.out()).map_or(0, |all| all.count());
        assert_eq!(left, 0, "{what}");
    }
}
