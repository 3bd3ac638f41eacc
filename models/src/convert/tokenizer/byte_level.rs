//! Byte-level BPE. How text is split before it is merged is told by the steps of `tokenizer.json`; a GGUF has a name for it
//! (`tokenizer.ggml.pre`). It is found by the patterns themselves, and where none is the same the model is refused: another
//! would give wrong tokens without a word.

use foolscap_engine::gguf::Writer;
use foolscap_engine::tokenizer::{GPT2, Splitter};
use serde_json::Value;

use super::ConvertError;
use super::file::{TokenizerFile, kind, parts};

pub(super) fn write(file: &TokenizerFile, rows: usize, writer: &mut Writer) -> Result<(), ConvertError> {
    if let Some(other) = parts(&file.normalizer, "normalizers").map(kind).find(|&kind| kind != "NFC") {
        return Err(file.unsupported(format!("changes text before it is split (by the step {other})")));
    }
    let splitter = splitter(file)?;
    writer.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", splitter.names[0]);
    file.tokens(rows, |_| 0.0).write(writer);
    let mut merges = Vec::with_capacity(file.model.merges.len());
    for (rank, merge) in file.model.merges.iter().enumerate() {
        let (left, right) = merge.pair().ok_or_else(|| {
            ConvertError::damaged(&file.path, format!("merge {rank} of the vocabulary is no pair"))
        })?;
        merges.push(format!("{left} {right}"));
    }
    writer.strings("tokenizer.ggml.merges", &merges);
    Ok(())
}

/// The engine's splitter that does the same.
fn splitter(file: &TokenizerFile) -> Result<&'static Splitter, ConvertError> {
    let mut patterns = Vec::new();
    for step in parts(&file.pre_tokenizer, "pretokenizers") {
        let pattern = pattern(step).map_err(|what| file.unsupported(what))?;
        patterns.extend(pattern);
    }
    Splitter::by_patterns(&patterns, file.model.ignore_merges).ok_or_else(|| {
        file.unsupported(format!("splits text by a rule that is not known ({})", patterns.join(" then ")))
    })
}

/// The pattern of a step; none for one that splits nothing.
fn pattern(step: &Value) -> Result<Option<&str>, String> {
    let flag = |name: &str, default| step.get(name).and_then(Value::as_bool).unwrap_or(default);
    match kind(step) {
        "ByteLevel" if flag("add_prefix_space", true) => Err("puts a space before every text".into()),
        "ByteLevel" => Ok(flag("use_regex", true).then_some(GPT2)),
        "Digits" if flag("individual_digits", false) => Ok(Some(r"\p{N}")),
        "Digits" => Ok(Some(r"\p{N}+")),
        "Split" => {
            let regex = step.get("pattern").and_then(|p| p.get("Regex")).and_then(Value::as_str);
            let behaviour = step.get("behavior").and_then(Value::as_str).unwrap_or_default();
            // What is matched is kept by both, the one as a piece and the other as what lies between.
            match (behaviour, flag("invert", false), regex) {
                ("Isolated", false, Some(regex)) | ("Removed", true, Some(regex)) => Ok(Some(regex)),
                _ => Err(format!("splits text by a step that is not known ({behaviour})")),
            }
        }
        other => Err(format!("splits text by the step {other}")),
    }
}
