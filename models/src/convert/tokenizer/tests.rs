use std::fs;

use proptest::prelude::*;

use super::*;

/// What is written of a folder with this `tokenizer.model` and this `tokenizer.json`.
fn written(model: Option<&[u8]>, json: Option<&str>) -> Result<Writer, ConvertError> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("config.json"), "{}").unwrap();
    if let Some(model) = model {
        fs::write(folder.path().join("tokenizer.model"), model).unwrap();
    }
    if let Some(json) = json {
        fs::write(folder.path().join("tokenizer.json"), json).unwrap();
    }
    let mut writer = Writer::new("llama");
    write(folder.path(), &Config::read(folder.path())?, 8, &mut writer)?;
    Ok(writer)
}

#[test]
fn what_has_no_row_in_the_embeddings_is_left_out() {
    let mut tokens = Tokens::new(2);
    tokens.set(0, "a".into(), Kind::Normal, 0.0);
    tokens.set(2, "b".into(), Kind::Normal, 0.0);
    tokens.set(usize::MAX, "c".into(), Kind::Normal, 0.0);
    assert_eq!(tokens.all.len(), 2);
    assert_eq!((tokens.all[1].0.as_str(), tokens.all[1].1), ("[PAD1]", Kind::Unused));
}

#[test]
fn unigrams_in_pieces_are_refused() {
    // A trainer that says nothing of its kind.
    let error = written(Some(&[0x12, 0]), None).err().unwrap().to_string();
    assert!(error.contains("another kind than BPE"), "{error}");
}

proptest! {
    #[test]
    fn any_bytes_as_pieces_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = written(Some(&bytes), None);
    }

    #[test]
    fn pieces_that_are_cut_or_changed_are_read_or_refused(cut in 0..64usize, at in 0..64usize, with: u8) {
        let piece = |text: &[u8]| [&[0x0a, text.len() as u8 + 9, 0x0a, text.len() as u8], text, &[0x15, 0, 0, 128, 63, 0x18, 1]].concat();
        let mut bytes = [piece(b"a"), piece(b"bc"), vec![0x12, 2, 0x18, 2]].concat();
        let at = at % bytes.len();
        bytes[at] = with;
        bytes.truncate(bytes.len().saturating_sub(cut));
        let _ = written(Some(&bytes), None);
    }

    #[test]
    fn any_steps_are_known_or_refused(
        kind in "ByteLevel|Digits|Split|Metaspace|Sequence|Other",
        behaviour in "Isolated|Removed|Other",
        flag: bool,
        merges in proptest::collection::vec(".{0,3}", 0..4),
        id: u64,
    ) {
        let step = serde_json::json!({
            "type": kind, "behavior": behaviour, "invert": flag, "use_regex": flag, "split": flag,
            "pattern": { "Regex": "a" }, "pretokenizers": [{ "type": kind }], "single": [],
        });
        let json = serde_json::json!({
            "model": { "type": "BPE", "vocab": { "a": id }, "merges": merges, "byte_fallback": flag },
            "added_tokens": [{ "id": id, "content": "b" }],
            "pre_tokenizer": step, "normalizer": step, "post_processor": step,
        });
        let _ = written(None, Some(&json.to_string()));
    }
}
