//! Folders as makers publish them become GGUFs that hold the same model: the same tensors, the same tokens, the same logits.
//! What is not what it should be is in `refused`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod refused;

use std::fs;
use std::path::{Path, PathBuf};

use foolscap_engine::gguf::{TensorType, Writer};
use foolscap_engine::{Cancel, Decoder, Gguf, LoadOptions, Model, Run, Tokenizer, Want};
use foolscap_models::convert::{ConvertError, Form, Plan, is_source};
use foolscap_tests::published::{self, Tensors, publish, safetensors};
use foolscap_tests::synth::{self, LLAMA, MODELS};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Models whose architecture can be converted, and that `config.json` can describe.
fn models() -> impl Iterator<Item = &'static synth::Model> {
    let cannot = ["llama-3", "mistral3", "qwen3moe", "gemma4", "qwen35", "lfm2"];
    MODELS.iter().filter(move |model| !cannot.contains(&model.name))
}

/// A model by chance as a GGUF, and the folder that it would have been published as.
struct Published {
    folder: TempDir,
    original: PathBuf,
}

impl Published {
    fn new(model: &synth::Model, kind: TensorType) -> Self {
        Self::in_parts(model, kind, 1)
    }

    fn in_parts(model: &synth::Model, kind: TensorType, parts: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let original = folder.path().join("original.gguf");
        synth::write(&original, model, TensorType::F32, 11).unwrap();
        publish(&original, &folder.path().join("Model"), kind, parts).unwrap();
        Self { folder, original }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("Model")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn convert(&self, form: Form) -> Result<PathBuf, ConvertError> {
        let made = Plan::of(&self.path(), form)?.write(&self.out(), &Cancel::new(), &mut |_| ())?;
        Ok(made.unwrap())
    }

    /// The same folder in another place.
    fn copy(&self) -> Self {
        let copy = Self { folder: tempfile::tempdir().unwrap(), original: self.original.clone() };
        fs::create_dir(copy.path()).unwrap();
        for file in fs::read_dir(self.path()).unwrap().flatten() {
            fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
        copy
    }

    /// Changes the tensors of a folder whose weights are in one file.
    fn change(&self, change: impl FnOnce(&mut Tensors)) {
        let path = self.path().join("model.safetensors");
        let mut tensors = published::tensors(&path).unwrap();
        change(&mut tensors);
        fs::write(path, safetensors(&tensors, TensorType::F32)).unwrap();
    }

    /// Changes a JSON file of the folder.
    fn edit(&self, file: &str, change: impl FnOnce(&mut Value)) {
        let path = self.path().join(file);
        let mut value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        change(&mut value);
        fs::write(path, value.to_string()).unwrap();
    }
}

/// After each token of a text that goes past the windows.
fn logits(path: &Path) -> Vec<f32> {
    let decoder =
        Decoder::load(&Gguf::open(path).unwrap(), &LoadOptions::default(), &Cancel::new(), |_| {}).unwrap();
    let mut cache = decoder.cache();
    let tokens: Vec<u32> = (0..80).map(|i| (i * 37 + 5) % 256).collect();
    let run = Run { sequence: cache.start(), tokens: &tokens, logits: Want::Last };
    decoder.forward(&mut cache, &[run], &Cancel::new()).unwrap().values().to_vec()
}

/// How far two are apart, as a part of the first.
fn distance(a: &[f32], b: &[f32]) -> f64 {
    assert_eq!(a.len(), b.len());
    let sum = |values: &mut dyn Iterator<Item = f64>| values.map(|v| v * v).sum::<f64>();
    let apart = sum(&mut a.iter().zip(b).map(|(a, b)| f64::from(a - b)));
    (apart / sum(&mut a.iter().map(|&v| f64::from(v)))).sqrt()
}

fn read(path: &Path) -> Gguf {
    Gguf::open(path).unwrap()
}

#[test]
fn every_architecture_keeps_its_tensors_to_the_bit_and_its_logits() {
    for model in models() {
        let published = Published::new(model, TensorType::F32);
        let made = published.convert(Form::F32).unwrap();
        let (original, gguf) = (read(&published.original), read(&made));
        let mut names: Vec<&str> = gguf.tensors().iter().map(|t| t.name.as_str()).collect();
        let mut wanted: Vec<&str> = original.tensors().iter().map(|t| t.name.as_str()).collect();
        names.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(names, wanted, "{}", model.name);
        for tensor in original.tensors() {
            let same = gguf.tensor(&tensor.name).unwrap();
            assert_eq!((&same.shape, same.kind), (&tensor.shape, tensor.kind), "{}", tensor.name);
            assert!(gguf.data(same) == original.data(tensor), "{}: {}", model.name, tensor.name);
        }
        let apart = distance(&logits(&published.original), &logits(&made));
        assert!(apart < 1e-5, "{}: logits are {apart} apart", model.name);
    }
}

#[test]
fn of_a_model_that_sees_pictures_the_text_is_converted() {
    let published = Published::new(model("gemma3"), TensorType::F32);
    let alone = fs::read(published.convert(Form::F32).unwrap()).unwrap();
    // As makers publish it, and as Transformers 5 writes it.
    for (begins, pictures) in [
        ("language_model.model.", "vision_tower.vision_model.head.bias"),
        ("model.language_model.", "model.multi_modal_projector.mm_soft_emb_norm.weight"),
    ] {
        let whole = published.copy();
        whole.edit("config.json", |config| {
            *config = json!({
                "architectures": ["Gemma3ForConditionalGeneration"],
                "text_config": config,
                "vision_config": { "hidden_size": 8, "num_hidden_layers": 1 },
                "eos_token_id": config["eos_token_id"],
            });
            config["text_config"]["architectures"] = json!(null);
        });
        whole.change(|tensors| {
            let renamed = |(name, tensor): (String, _)| (name.replacen("model.", begins, 1), tensor);
            *tensors = std::mem::take(tensors).into_iter().map(renamed).collect();
            tensors.insert(pictures.into(), (vec![2], vec![1.0, 2.0]));
        });
        assert!(fs::read(whole.convert(Form::F32).unwrap()).unwrap() == alone, "{begins}");
    }
}

#[test]
fn every_form_is_as_near_as_its_bits_allow() {
    for (model, most) in [(&LLAMA, TensorType::Q4_K), (model("phi3"), TensorType::Q4_K)] {
        let published = Published::new(model, TensorType::F32);
        let wanted = logits(&published.original);
        let forms = [
            (Form::F16, TensorType::F16, 0.003),
            (Form::Q8_0, TensorType::Q8_0, 0.05),
            (Form::Q6_K, TensorType::Q6_K, 0.1),
            (Form::Q5_K_M, TensorType::Q5_K, 0.2),
            (Form::Q4_K_M, most, 0.4),
        ];
        for (form, kind, bound) in forms {
            let made = published.convert(form).unwrap();
            assert!(made.ends_with(format!("Model-{form}.gguf")), "{}", made.display());
            let gguf = read(&made);
            assert_eq!(foolscap_engine::quantization(&gguf), form.name());
            assert_eq!(gguf.tensor("blk.0.attn_output.weight").unwrap().kind, kind);
            assert_eq!(gguf.tensor("output_norm.weight").unwrap().kind, TensorType::F32);
            let apart = distance(&wanted, &logits(&made));
            println!("{} {form}: {apart:.4}", model.name);
            assert!(apart < bound, "{} {form}: logits are {apart} apart", model.name);
        }
    }
}

fn model(name: &str) -> &'static synth::Model {
    MODELS.iter().find(|model| model.name == name).unwrap()
}

#[test]
fn a_mixture_has_more_bits_where_it_matters() {
    let published = Published::new(model("smollm3"), TensorType::BF16);
    let gguf = read(&published.convert(Form::Q4_K_M).unwrap());
    let kind = |name: &str| gguf.tensor(name).unwrap().kind;
    // Five blocks: every third from the first on, and the last.
    let six: Vec<bool> =
        (0..5).map(|i| kind(&format!("blk.{i}.ffn_down.weight")) == TensorType::Q6_K).collect();
    assert_eq!(six, [false, false, true, false, true]);
    assert_eq!(kind("blk.2.attn_v.weight"), TensorType::Q6_K);
    assert_eq!(kind("blk.2.attn_k.weight"), TensorType::Q4_K);
    // The embeddings are the output too.
    assert_eq!(kind("token_embd.weight"), TensorType::Q6_K);
}

#[test]
fn rows_that_are_no_whole_blocks_get_a_form_that_holds_them() {
    // Its attention gives 384 numbers, which 256 do not divide and 32 do.
    let published = Published::new(model("llama-nemo"), TensorType::F16);
    let gguf = read(&published.convert(Form::Q4_K_M).unwrap());
    let kind = |name: &str| gguf.tensor(name).unwrap().kind;
    assert_eq!(kind("blk.0.attn_output.weight"), TensorType::Q8_0);
    assert_eq!(kind("blk.0.attn_q.weight"), TensorType::Q4_K);
}

#[test]
fn weights_of_16_bits_are_read_as_what_they_are() {
    for kind in [TensorType::F16, TensorType::BF16] {
        let published = Published::new(&LLAMA, kind);
        let apart = distance(&logits(&published.original), &logits(&published.convert(Form::F32).unwrap()));
        assert!(apart < 0.01, "{kind}: {apart}");
    }
}

#[test]
fn parts_are_put_together() {
    let whole = Published::new(&LLAMA, TensorType::F32);
    let parts = Published::in_parts(&LLAMA, TensorType::F32, 3);
    let (whole, parts) = (whole.convert(Form::Q8_0).unwrap(), parts.convert(Form::Q8_0).unwrap());
    assert!(fs::read(whole).unwrap() == fs::read(parts).unwrap());
}

#[test]
fn what_is_stopped_leaves_nothing_and_can_be_begun_again() {
    let published = Published::new(&LLAMA, TensorType::F32);
    let plan = Plan::of(&published.path(), Form::Q4_K_M).unwrap();
    let cancel = Cancel::new();
    let mut heard = 0;
    let made = plan.write(&published.out(), &cancel, &mut |progress| {
        heard += 1;
        assert!(progress.done < progress.total);
        if heard == 5 {
            cancel.cancel();
        }
    });
    assert_eq!((made.unwrap(), heard), (None, 5));
    assert_eq!(fs::read_dir(published.out()).unwrap().count(), 0);
    let mut last = (0, 0);
    let again = plan.write(&published.out(), &Cancel::new(), &mut |p| last = (p.done, p.total)).unwrap();
    let size = fs::metadata(again.unwrap()).unwrap().len();
    assert_eq!((last.0, size), (last.1, plan.size()));
}

#[test]
fn a_model_takes_no_others_place() {
    let published = Published::new(&LLAMA, TensorType::F32);
    let (first, second) = (published.convert(Form::Q8_0).unwrap(), published.convert(Form::Q8_0).unwrap());
    assert!(first.ends_with("Model-Q8_0.gguf") && second.ends_with("Model-Q8_0-2.gguf"));
}

const TEXT: &str =
    "“I’ve told you 1234 times,” she said,\n\n  and THE other's  the\tthethe th 12 né ▁ 漢字 <|end|>";

/// A model whose tokenizer was replaced: what the file of it says, and what comes of the folder.
fn tokens(vocabulary: &Writer, put: impl Fn(&Path, &Gguf)) -> (Vec<u32>, Vec<u32>, Gguf) {
    let published = Published::new(&LLAMA, TensorType::F32);
    let path = published.folder.path().join("vocabulary.gguf");
    vocabulary.write(&path).unwrap();
    let source = read(&path);
    let rows = source.metadata().array("tokenizer.ggml.tokens").unwrap().len();
    widen(&published, rows);
    put(&published.path(), &source);
    let made = read(&published.convert(Form::F16).unwrap());
    let of = |gguf: &Gguf| Tokenizer::from_metadata(gguf.metadata()).unwrap().encode(TEXT);
    (of(&source), of(&made), made)
}

/// Gives the embeddings and the output so many rows.
fn widen(published: &Published, rows: usize) {
    published.change(|tensors| {
        for name in ["model.embed_tokens.weight", "lm_head.weight"] {
            tensors.insert(name.into(), (vec![rows, 256], vec![0.5; rows * 256]));
        }
    });
    published.edit("config.json", |config| config["vocab_size"] = json!(rows));
}

#[test]
fn byte_level_tokenizers_are_recognised_by_how_they_split() {
    const LLAMA3: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    const QWEN2: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    let known: [(&str, &[&str], bool); 5] = [
        ("gpt-2", &["gpt-2"], false),
        ("smollm", &["digits", "gpt-2"], false),
        ("llama-bpe", &[LLAMA3], true),
        ("dbrx", &[LLAMA3], false),
        ("qwen2", &[QWEN2], false),
    ];
    for (pre, steps, whole) in known {
        let (wanted, got, made) = tokens(&foolscap_tests::fuzz::byte_pairs(pre), |folder, source| {
            let mut file = published::byte_level(source.metadata(), steps);
            file["model"]["ignore_merges"] = json!(whole);
            fs::write(folder.join("tokenizer.json"), file.to_string()).unwrap();
        });
        assert_eq!(made.metadata().text("tokenizer.ggml.pre"), Some(pre));
        assert_eq!(got, wanted, "{pre}");
        assert_eq!(made.metadata().flag("tokenizer.ggml.add_bos_token"), Some(false));
    }
}

#[test]
fn pieces_come_with_their_scores_or_with_the_order_of_their_merges() {
    let vocabulary = foolscap_tests::fuzz::sentence_pieces();
    let (wanted, got, _) = tokens(&vocabulary, |folder, source| {
        fs::remove_file(folder.join("tokenizer.json")).unwrap();
        fs::write(folder.join("tokenizer.model"), published::sentence_piece_model(source.metadata()))
            .unwrap();
    });
    assert_eq!(got, wanted, "by scores");
    let (wanted, got, made) = tokens(&vocabulary, |folder, source| {
        let file = published::sentence_pieces(source.metadata());
        fs::write(folder.join("tokenizer.json"), file.to_string()).unwrap();
    });
    assert_eq!(got, wanted, "by merges");
    assert_eq!(made.metadata().text("tokenizer.ggml.model"), Some("llama"));
}

#[test]
fn what_the_files_say_of_tokens_and_turns_is_kept() {
    let published = Published::new(&LLAMA, TensorType::F32);
    published.edit("tokenizer.json", |file| {
        file["post_processor"] = json!({
            "type": "TemplateProcessing",
            "single": [{ "SpecialToken": { "id": "<|endoftext|>" } }, { "Sequence": { "id": "A" } }],
        });
    });
    let put = |name: &str, text: &str| fs::write(published.path().join(name), text).unwrap();
    put("tokenizer_config.json", r#"{"bos_token": {"content": "<|endoftext|>"}, "add_bos_token": false}"#);
    put("generation_config.json", r#"{"eos_token_id": [256, 65]}"#);
    put("chat_template.jinja", "{% for m in messages %}{{ m.content }}{% endfor %}");
    let gguf = read(&published.convert(Form::Q8_0).unwrap());
    let meta = gguf.metadata();
    let id = |name: &str| meta.integer(&format!("tokenizer.ggml.{name}_token_id"));
    assert_eq!((id("bos"), id("eos"), id("eot"), id("eom")), (Some(256), Some(256), Some(65), None));
    assert_eq!(meta.flag("tokenizer.ggml.add_bos_token"), Some(true));
    assert!(meta.text("tokenizer.chat_template").unwrap().contains("m.content"));
    assert_eq!(meta.text("general.name"), Some("Model"));
    Model::check(&gguf).unwrap();
}

#[test]
fn a_folder_of_the_hubs_cache_is_called_by_its_repository() {
    let published = Published::new(&LLAMA, TensorType::F32);
    let snapshot = published.folder.path().join("models--someone--Story-1B/snapshots/0123");
    fs::create_dir_all(snapshot.parent().unwrap()).unwrap();
    fs::rename(published.path(), &snapshot).unwrap();
    let plan = Plan::of(&snapshot, Form::Q8_0).unwrap();
    let made = plan.write(&published.out(), &Cancel::new(), &mut |_| ()).unwrap().unwrap();
    assert!(made.ends_with("Story-1B-Q8_0.gguf"), "{}", made.display());
}

#[test]
fn only_a_folder_with_weights_is_converted() {
    let published = Published::new(&LLAMA, TensorType::F32);
    assert!(is_source(&published.path()));
    assert!(!is_source(published.folder.path()) && !is_source(&published.original));
}
