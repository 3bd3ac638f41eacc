//! What a sequence holds, kept in a file: tokens, keys, values and states, for one model. A file that is of another
//! model, of another text or damaged is an error and never a wrong memory.
//!
//! The file is a safetensors: `format` and `model` (bytes), `tokens` `[n]`, and by layer `keys.I` and `values.I`
//! `[n, kv_heads · dim]` f16 (or bytes, and their scales `key_scales.I` and `value_scales.I`), or `state.I.J`.

use std::collections::HashMap;
use std::path::Path;

use candle_core::{DType, Device, Tensor, safetensors};

use super::{Cache, SequenceId};
use crate::error::{Error, Result};
use crate::gguf::Fingerprint;
use crate::kernels::{Backend, Kept};
use crate::kv_type::{KvType, SCALED_TOGETHER};

/// Raised when the meaning of a file changes.
const FORMAT: u32 = 2;

impl Cache {
    /// Keeps a sequence in a file, which is there whole or not at all.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is no such sequence, [`Error::State`] when the file cannot be written.
    pub fn save(&self, id: SequenceId, model: &Fingerprint, path: &Path) -> Result<()> {
        let tokens = self.tokens(id)?;
        let here = |t: Tensor| -> Result<Tensor> { Ok(t.to_device(&Device::Cpu)?.contiguous()?) };
        let mut all = HashMap::from([
            ("format".to_owned(), Tensor::new(&[FORMAT], &Device::Cpu)?),
            ("model".to_owned(), Tensor::new(model.as_slice(), &Device::Cpu)?),
            ("tokens".to_owned(), Tensor::new(tokens.as_slice(), &Device::Cpu)?),
        ]);
        for (i, heads) in self.shape.heads.iter().enumerate() {
            if heads.is_some() && !tokens.is_empty() {
                let mut parts: HashMap<&str, Vec<Tensor>> = HashMap::new();
                for segment in self.segments(id, i)? {
                    let Kept { keys, values, scales } = segment.kept.read(segment.positions)?;
                    parts.entry("keys").or_default().push(keys);
                    parts.entry("values").or_default().push(values);
                    if let Some((keys, values)) = scales {
                        parts.entry("key_scales").or_default().push(keys);
                        parts.entry("value_scales").or_default().push(values);
                    }
                }
                for (name, parts) in parts {
                    all.insert(format!("{name}.{i}"), here(Tensor::cat(&parts, 0)?)?);
                }
            } else if self.shape.is_recurrent() {
                for (j, state) in self.state(id, i, tokens.len())?.into_iter().flatten().enumerate() {
                    all.insert(format!("state.{i}.{j}"), here(state)?);
                }
            }
        }
        let part = path.with_extension("part");
        safetensors::save(&all, &part).map_err(|e| unusable(path, e))?;
        std::fs::rename(&part, path).map_err(|e| unusable(path, e))
    }

    /// A new sequence with what a file holds; where a text is given, one that begins with the file's tokens.
    ///
    /// # Errors
    /// [`Error::State`] when the file cannot be read, is of another model, or of a text that `text` does not begin
    /// with.
    pub fn restore(&mut self, model: &Fingerprint, text: Option<&[u32]>, path: &Path) -> Result<SequenceId> {
        let all = safetensors::load(path, &Device::Cpu).map_err(|e| unusable(path, e))?;
        let find = |name: &str| all.get(name).ok_or_else(|| unusable(path, format!("{name} is missing")));
        let list = |name: &str| find(name)?.to_vec1::<u32>().map_err(|e| unusable(path, e));
        if list("format")? != [FORMAT] {
            return Err(unusable(path, "it was kept by another version"));
        }
        if find("model")?.to_vec1::<u8>().map_err(|e| unusable(path, e))? != model {
            return Err(unusable(path, "it is of another model"));
        }
        let tokens = list("tokens")?;
        if text.is_some_and(|text| !text.starts_with(&tokens)) {
            return Err(unusable(path, "it is of another text"));
        }
        let id = self.start();
        let filled = self.fill(id, &tokens, &all);
        if filled.is_err() {
            self.free(id);
        }
        filled.map(|()| id).map_err(|e| unusable(path, e))
    }

    fn fill(&mut self, id: SequenceId, tokens: &[u32], all: &HashMap<String, Tensor>) -> Result<()> {
        if tokens.is_empty() {
            return Ok(());
        }
        self.extend(id, tokens)?;
        for (i, heads) in self.shape.heads.clone().into_iter().enumerate() {
            if let Some(heads) = heads {
                let get = |name: &str, dim: usize, kind: DType| -> Result<Tensor> {
                    let shape = [tokens.len(), heads.kv_heads * dim];
                    match all.get(&format!("{name}.{i}")) {
                        Some(t) if t.dims() == shape && t.dtype() == kind => Ok(t.clone()),
                        _ => Err(Error::Invalid(format!("{name}.{i} is missing or of another form"))),
                    }
                };
                let backend = self.shape.backends[i].clone();
                let eight = self.shape.kind == KvType::Q8_0 && matches!(backend, Backend::Own);
                let kind = if eight { DType::U8 } else { DType::F16 };
                let scales = |name: &str, dim: usize| get(name, dim.div_ceil(SCALED_TOGETHER), DType::F16);
                let kept = Kept {
                    keys: get("keys", heads.head_dim, kind)?,
                    values: get("values", heads.value_dim, kind)?,
                    scales: match eight {
                        true => Some((
                            scales("key_scales", heads.head_dim)?,
                            scales("value_scales", heads.value_dim)?,
                        )),
                        false => None,
                    },
                };
                let (keys, values) = kept.numbers(heads)?;
                let there = |t: Tensor| t.to_device(backend.device());
                self.put(id, i, &there(keys)?, &there(values)?)?;
            }
            let shapes = self.shape.states[i].clone();
            if shapes.is_empty() {
                continue;
            }
            let mut state = Vec::with_capacity(shapes.len());
            for (j, shape) in shapes.iter().enumerate() {
                match all.get(&format!("state.{i}.{j}")) {
                    Some(t) if t.dims() == *shape && t.dtype() == DType::F32 => state.push(t.clone()),
                    _ => return Err(Error::Invalid(format!("state.{i}.{j} is missing or of another shape"))),
                }
            }
            self.set_state(id, i, state)?;
        }
        Ok(())
    }
}

fn unusable(path: &Path, why: impl std::fmt::Display) -> Error {
    Error::State { path: path.to_owned(), reason: why.to_string() }
}
