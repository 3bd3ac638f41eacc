//! The weights of a folder: safetensors files, mapped. What their headers say is checked against the bytes that are there
//! by the format's own crate before anything is read. A tensor is read in rows, as 32-bit numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::ops::Range;
use std::path::{Path, PathBuf};

use half::{bf16, f16};
use memmap2::Mmap;
use safetensors::{Dtype, SafeTensors};
use serde_json::Value;

use super::ConvertError;
use super::config::read_json;

/// All tensors of a folder.
pub(super) struct Weights {
    files: Vec<Mapped>,
    tensors: BTreeMap<String, Stored>,
}

struct Mapped {
    path: PathBuf,
    bytes: Mmap,
}

/// Where a tensor lies.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    /// Sizes, slowest first.
    pub shape: Vec<usize>,
    kind: Dtype,
    /// Which of the files.
    file: usize,
    /// Its bytes in the file.
    bytes: Range<usize>,
}

const INDEX: &str = "model.safetensors.index.json";

/// Whether a folder holds a model of this kind, whole or not.
pub(super) fn are_in(folder: &Path) -> bool {
    folder.join(INDEX).is_file() || safetensors_in(folder).is_ok_and(|files| !files.is_empty())
}

impl Weights {
    pub fn open(folder: &Path) -> Result<Self, ConvertError> {
        let index = folder.join(INDEX);
        let (paths, listed) = match index.is_file() {
            true => shards(folder, &index)?,
            false => (vec![only_file(folder)?], BTreeMap::new()),
        };
        let mut weights = Self { files: Vec::new(), tensors: BTreeMap::new() };
        for path in paths {
            weights.add(path)?;
        }
        match listed.iter().find(|(tensor, _)| !weights.tensors.contains_key(*tensor)) {
            Some((tensor, file)) => Err(ConvertError::Tensor {
                file: folder.join(file),
                tensor: tensor.clone(),
                why: format!("is not in it, as {INDEX} says; fetch both again"),
            }),
            None => Ok(weights),
        }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str)
    }

    pub fn get(&self, name: &str) -> Option<&Stored> {
        self.tensors.get(name)
    }

    /// The file that a tensor is in.
    pub fn file(&self, tensor: &Stored) -> &Path {
        &self.files[tensor.file].path
    }

    /// Adds the numbers of one row to `out`; of a vector, each number is a row.
    pub fn read_row(&self, tensor: &Stored, row: usize, out: &mut Vec<f32>) {
        let bytes = &self.files[tensor.file].bytes[tensor.bytes.clone()];
        let size = tensor.columns() * tensor.kind.bitsize() / 8;
        let bytes = &bytes[row * size..(row + 1) * size];
        match tensor.kind {
            Dtype::F16 => out.extend(pairs(bytes).map(|b| f16::from_le_bytes(b).to_f32())),
            Dtype::BF16 => out.extend(pairs(bytes).map(|b| bf16::from_le_bytes(b).to_f32())),
            // F32: others were refused when the file was opened.
            _ => out.extend(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))),
        }
    }

    fn add(&mut self, path: PathBuf) -> Result<(), ConvertError> {
        let file = match File::open(&path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(ConvertError::Missing(path)),
            other => other.map_err(ConvertError::disk(&path))?,
        };
        if file.metadata().map_err(ConvertError::disk(&path))?.len() == 0 {
            return Err(ConvertError::damaged(&path, "it is empty"));
        }
        // SAFETY: the map is read-only and private to this process. A file that another process cuts short while it is
        // mapped would raise SIGBUS; weights are written once and replaced by renaming.
        let bytes = unsafe { Mmap::map(&file) }.map_err(ConvertError::disk(&path))?;
        let (header, metadata) =
            SafeTensors::read_metadata(&bytes).map_err(|e| ConvertError::damaged(&path, e))?;
        // The header's length, in 8 bytes, then the header, then what offsets count from.
        let start = 8 + header;
        for (name, info) in metadata.tensors() {
            let refused =
                |why: String| ConvertError::Tensor { file: path.clone(), tensor: name.clone(), why };
            if !matches!(info.dtype, Dtype::F32 | Dtype::F16 | Dtype::BF16) {
                return Err(refused(format!(
                    "holds numbers as {:?}, and F32, F16 and BF16 can be converted; get the model's weights in one of \
                     these",
                    info.dtype
                )));
            }
            let bytes = start + info.data_offsets.0..start + info.data_offsets.1;
            let stored =
                Stored { shape: info.shape.clone(), kind: info.dtype, file: self.files.len(), bytes };
            if self.tensors.insert(name.clone(), stored).is_some() {
                return Err(refused("is in another file too; fetch the model again".into()));
            }
        }
        self.files.push(Mapped { path, bytes });
        Ok(())
    }
}

impl Stored {
    /// All but the last axis count as rows; those of a vector are its numbers.
    pub fn rows(&self) -> usize {
        match self.shape.as_slice() {
            [n] => *n,
            shape => shape.split_last().map_or(1, |(_, rows)| rows.iter().product()),
        }
    }

    pub fn columns(&self) -> usize {
        if self.shape.len() > 1 { self.shape.last().copied().unwrap_or(1) } else { 1 }
    }
}

fn pairs(bytes: &[u8]) -> impl Iterator<Item = [u8; 2]> {
    bytes.chunks_exact(2).map(|b| [b[0], b[1]])
}

fn safetensors_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let all = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    Ok(all.filter(|path| path.extension().is_some_and(|e| e == "safetensors")).collect())
}

/// `model.safetensors`, or the one that there is.
fn only_file(folder: &Path) -> Result<PathBuf, ConvertError> {
    let usual = folder.join("model.safetensors");
    let mut all = safetensors_in(folder).map_err(ConvertError::disk(folder))?;
    match all.len() {
        _ if usual.is_file() => Ok(usual),
        0 => Err(ConvertError::Missing(usual)),
        1 => Ok(all.remove(0)),
        _ => Err(ConvertError::NoIndex(folder.to_owned())),
    }
}

/// Which file each tensor is in.
type Listed = BTreeMap<String, String>;

/// The files that an index names, and what is in which.
fn shards(folder: &Path, index: &Path) -> Result<(Vec<PathBuf>, Listed), ConvertError> {
    let value = read_json(index)?;
    let map = value.get("weight_map").and_then(Value::as_object);
    let map = map.ok_or_else(|| ConvertError::damaged(index, "it has no weight_map"))?;
    let mut listed = Listed::new();
    for (tensor, file) in map {
        // Files of this folder and no other.
        let is_plain = |file: &&str| Path::new(file).file_name().is_some_and(|name| name == *file);
        let file = file.as_str().filter(is_plain).ok_or_else(|| {
            ConvertError::damaged(index, format!("weight_map names no file of this folder for {tensor}"))
        })?;
        listed.insert(tensor.clone(), file.to_owned());
    }
    let files: BTreeSet<&String> = listed.values().collect();
    Ok((files.into_iter().map(|file| folder.join(file)).collect(), listed))
}
