//! Whole folders are converted in the workspace's `tests`; here is what only these rooms can do.

use foolscap_tests::published::publish;
use foolscap_tests::synth;
use proptest::prelude::*;

use super::*;

/// A disk that is full after so many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.checked_sub(bytes.len()) {
            Some(left) => {
                self.0 = left;
                Ok(bytes.len())
            }
            None => Err(io::ErrorKind::StorageFull.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn published() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let gguf = folder.path().join("a.gguf");
    synth::write(&gguf, &synth::LLAMA, TensorType::F32, 1).unwrap();
    publish(&gguf, &folder.path().join("Model"), TensorType::F32, 1).unwrap();
    folder
}

#[test]
fn a_disk_that_is_full_on_the_way_is_told() {
    let folder = published();
    let plan = Plan::of(&folder.path().join("Model"), Form::Q8_0).unwrap();
    let size = plan.size() as usize;
    for room in [0, 100, size / 2, size - 1] {
        let result = plan.write_to(Full(room), Path::new("/there/model"), &Cancel::new(), &mut |_| ());
        let message = result.err().unwrap().to_string();
        assert!(message.contains("/there/model"), "{message}");
    }
    assert!(plan.write_to(Full(size), Path::new("/there"), &Cancel::new(), &mut |_| ()).unwrap().is_some());
}

#[test]
fn what_another_process_is_writing_is_left_to_it() {
    let folder = published();
    let plan = Plan::of(&folder.path().join("Model"), Form::Q8_0).unwrap();
    let other = Part::open(folder.path().join(".Model-Q8_0.part")).unwrap();
    let busy = plan.write(folder.path(), &Cancel::new(), &mut |_| ());
    assert!(matches!(busy, Err(ConvertError::Busy(_))));
    assert!(other.path.exists());
    drop(other);
    // What a process left that was killed.
    fs::write(folder.path().join(".Model-Q8_0.part"), "half a model").unwrap();
    assert!(plan.write(folder.path(), &Cancel::new(), &mut |_| ()).unwrap().is_some());
    assert!(!folder.path().join(".Model-Q8_0.part").exists());
}

/// What a GGUF says of a model with this `config.json`.
fn said_of(config: &str) -> Header {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("config.json"), config).unwrap();
    let (architecture, config) = Architecture::of(folder.path()).unwrap();
    let mut writer = Writer::new(architecture.name);
    let sizes = architecture.sizes(&config).unwrap();
    architecture.write_keys(&config, &sizes, &mut writer).unwrap();
    let header = writer.header();
    Header::from_beginning(&header, header.len() as u64).unwrap().unwrap()
}

#[test]
fn what_gemma_3_leaves_unsaid_is_known() {
    // As the larger ones were published first.
    let header = said_of(
        r#"{
            "architectures": ["Gemma3ForConditionalGeneration"],
            "eos_token_id": [1, 106],
            "text_config": {
                "hidden_size": 2560, "intermediate_size": 10240, "num_hidden_layers": 34, "sliding_window": 1024,
                "rope_scaling": {"factor": 8.0, "rope_type": "linear"}
            }
        }"#,
    );
    let meta = header.metadata();
    for (key, value) in [
        ("attention.head_count", 8.0),
        ("attention.head_count_kv", 4.0),
        ("attention.key_length", 256.0),
        ("context_length", 131_072.0),
        ("rope.freq_base", 1e6),
        ("rope.scaling.factor", 8.0),
        ("attention.layer_norm_rms_epsilon", f64::from(1e-6f32)),
    ] {
        assert_eq!(meta.number(&format!("gemma3.{key}")), Some(value), "{key}");
    }
}

#[test]
fn long_rope_is_as_strong_as_its_stretch() {
    let strength = |more: &str| {
        let header = said_of(&format!(
            r#"{{
                "architectures": ["Phi3ForCausalLM"], "hidden_size": 8, "num_hidden_layers": 1,
                "num_attention_heads": 2, "intermediate_size": 8, "rms_norm_eps": 1e-5,
                "max_position_embeddings": 256, "original_max_position_embeddings": 16,
                "rope_scaling": {{"type": "su", "long_factor": [1, 2], "short_factor": [1, 1] {more}}}
            }}"#
        ));
        header.metadata().number("phi3.rope.scaling.attn_factor").unwrap()
    };
    // The logarithms of 16 and of 256 are once and twice that of the original context.
    assert!((strength("") - 2f64.sqrt()).abs() < 1e-6);
    assert!((strength(r#", "factor": 256"#) - 3f64.sqrt()).abs() < 1e-6);
    assert!((strength(r#", "attention_factor": 1.25"#) - 1.25).abs() < 1e-6);
}

proptest! {
    #[test]
    fn any_header_of_weights_is_read_or_refused(
        length in prop_oneof![Just(None), any::<u64>().prop_map(Some)],
        shape in proptest::collection::vec(0..1u64 << 40, 0..4),
        kind in "F32|F16|BF16|I8|F4|X",
        (start, end) in (0..40u64, 0..u64::MAX),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let header = serde_json::json!({
            "a": { "dtype": kind, "shape": shape, "data_offsets": [start, end] },
        });
        let header = header.to_string();
        let length = length.unwrap_or(header.len() as u64);
        let bytes = [&length.to_le_bytes()[..], header.as_bytes(), &[7; 40]].concat();
        fs::write(folder.path().join("model.safetensors"), bytes).unwrap();
        if let Ok(weights) = Weights::open(folder.path()) {
            let tensor = weights.get("a").unwrap();
            let mut out = Vec::new();
            (0..tensor.rows()).take(8).for_each(|row| weights.read_row(tensor, row, &mut out));
        }
    }
}
