//! Models that are split into several files, as llama.cpp's `gguf-split` does it: every part is a GGUF with its
//! number and their count (`split.no`, `split.count`); the first has the metadata.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{GgufError, Metadata, TensorInfo};

type Result<T> = std::result::Result<T, GgufError>;

/// More parts than this are no model but damage.
const MOST: u64 = 999;

/// The files of all parts; none when the model is in one.
pub(super) fn parts(metadata: &Metadata, path: &Path) -> Result<Option<Vec<PathBuf>>> {
    let count = metadata.integer("split.count").unwrap_or(0);
    if count <= 1 {
        return Ok(None);
    }
    let no = metadata.integer("split.no").unwrap_or(0);
    if count > MOST || no >= count {
        return Err(GgufError::Damaged(format!("it says that it is part {} of {count}", no + 1)));
    }
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let end = suffix(no, count);
    let stem = name.strip_suffix(&end).ok_or_else(|| {
        GgufError::Split(format!("this part must be named as it came, to end in {end}; rename it so"))
    })?;
    let paths: Vec<PathBuf> =
        (0..count).map(|no| path.with_file_name(format!("{stem}{}", suffix(no, count)))).collect();
    let missing: Vec<String> = paths
        .iter()
        .filter(|path| !path.is_file())
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    match missing.is_empty() {
        true => Ok(Some(paths)),
        false => Err(GgufError::Split(format!(
            "{} of {count} are not beside it: {}; put them into the same folder",
            missing.len(),
            missing.join(", ")
        ))),
    }
}

/// Whether a file is the part it is named as.
pub(super) fn check(metadata: &Metadata, part: usize, count: usize) -> Result<()> {
    let says = (metadata.integer("split.no"), metadata.integer("split.count"));
    match says == (Some(part as u64), Some(count as u64)) {
        true => Ok(()),
        false => Err(GgufError::Split(format!(
            "this file is named part {} of {count} and says otherwise; download it again",
            part + 1
        ))),
    }
}

/// Places of the tensors of all parts by name.
pub(super) fn by_name(tensors: &[TensorInfo], metadata: &Metadata) -> Result<HashMap<String, usize>> {
    let mut out = HashMap::with_capacity(tensors.len());
    for (i, tensor) in tensors.iter().enumerate() {
        if out.insert(tensor.name.clone(), i).is_some() {
            return Err(GgufError::Split(format!("the tensor {} is in two of them", tensor.name)));
        }
    }
    match metadata.integer("split.tensors.count") {
        Some(n) if n != tensors.len() as u64 => {
            Err(GgufError::Split(format!("they hold {} tensors where there should be {n}", tensors.len())))
        }
        _ => Ok(out),
    }
}

/// How the name of a part ends.
fn suffix(no: u64, count: u64) -> String {
    format!("-{:05}-of-{count:05}.gguf", no + 1)
}
