//! Models as their makers publish them, a folder with `config.json`, safetensors and a tokenizer, become one GGUF. First all
//! is planned, and the plan held against what the engine runs; then tensor after tensor is read in rows, turned into its
//! form by all cores, and written. Memory holds a few megabytes of weights at any time, whatever the model's size.

mod architecture;
mod config;
mod error;
mod names;
mod quantize;
mod rope;
mod tokenizer;
mod weights;

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::thread;

use foolscap_engine::gguf::{Body, Header, TensorType, Writer};
use foolscap_engine::{Cancel, Gguf, Model};
use half::f16;

pub use architecture::{ARCHITECTURES, Architecture};
pub use error::ConvertError;
pub use quantize::{Form, UnknownForm};

use crate::{import, machine};
use architecture::Sizes;
use config::Config;
use names::{Change, Name};
use rope::Factors;
use weights::{Stored, Weights};

/// How far a conversion is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// Bytes of the GGUF that are written.
    pub done: u64,
    /// Bytes that it will have, its header aside.
    pub total: u64,
    /// The tensor at hand.
    pub tensor: &'a str,
}

/// A model that is going to be made: what it will hold is settled, and that the engine runs it.
pub struct Plan {
    folder: PathBuf,
    stem: String,
    writer: Writer,
    weights: Weights,
    steps: Vec<Step>,
}

/// A tensor that is going to be written.
struct Step {
    /// As the GGUF calls it.
    name: String,
    kind: TensorType,
    source: Source,
}

/// Where its numbers come from.
enum Source {
    /// A tensor of the folder, and what it is called there.
    Tensor(String, Stored, Change),
    /// The configuration.
    Numbers(Vec<f32>),
}

/// Weights that a thread works on at a time: 8 MiB as 32-bit numbers.
const STRETCH: usize = 1 << 21;

/// Left free on the disk, so that other programs can go on.
const SPARE: u64 = 64 << 20;

/// Whether a folder holds a model that is to be converted, whole or not.
pub fn is_source(folder: &Path) -> bool {
    folder.join("config.json").is_file() && weights::are_in(folder)
}

impl Plan {
    /// Reads all that the folder says of the model, and none of its weights.
    ///
    /// # Errors
    /// [`ConvertError`]: for what is missing, damaged, of an architecture that is not known, or not what the engine runs.
    pub fn of(folder: &Path, form: Form) -> Result<Self, ConvertError> {
        let (architecture, config) = Architecture::of(folder)?;
        let sizes = architecture.sizes(&config)?;
        let weights = Weights::open(folder)?;
        let mut writer = Writer::new(architecture.name);
        let factors = architecture.write_keys(&config, &sizes, &mut writer)?;
        let rows = rows(architecture, &config, &weights, &sizes)?;
        let strips = tokenizer::write(folder, &config, rows, &mut writer)?;
        let name = name(folder);
        // The engine, as llama.cpp, knows by the name that white space after Phi-3's control tokens belongs to them.
        let told = match strips && architecture.name == "phi3" && !name.to_lowercase().contains("phi-3") {
            true => format!("Phi-3 {name}"),
            false => name.clone(),
        };
        writer.text("general.name", &told).text("general.type", "model");
        writer.integer("general.file_type", form.number()).integer("general.quantization_version", 2);
        let steps = steps(architecture, &config, &sizes, &weights, factors, form)?;
        for step in &steps {
            writer.later(&step.name, &step.shape(), step.kind);
        }
        let plan = Self { folder: folder.to_owned(), stem: format!("{name}-{form}"), writer, weights, steps };
        plan.check_header()?;
        Ok(plan)
    }

    /// Bytes of the file that comes of it.
    pub fn size(&self) -> u64 {
        self.writer.header().len() as u64 + self.writer.body_size()
    }

    /// Makes the model in a folder; none when stopped. It has its name there only when it is whole and was opened once.
    /// Where the name is taken, a number is put behind it. `on` hears how far it is.
    ///
    /// # Errors
    /// [`ConvertError::Room`], [`ConvertError::Busy`], [`ConvertError::Disk`]; [`ConvertError::Tensor`] for weights that
    /// are no numbers.
    pub fn write(
        &self,
        into: &Path,
        cancel: &Cancel,
        on: &mut dyn FnMut(&Progress<'_>),
    ) -> Result<Option<PathBuf>, ConvertError> {
        fs::create_dir_all(into).map_err(ConvertError::disk(into))?;
        let size = self.size();
        if machine::room(into).is_some_and(|free| free < size.saturating_add(SPARE)) {
            return Err(ConvertError::Room { folder: into.to_owned(), size });
        }
        let mut part = Part::open(into.join(format!(".{}.part", self.stem)))?;
        if self.write_to(&part.file, &part.path, cancel, on)?.is_none() {
            return Ok(None);
        }
        part.file.sync_all().map_err(ConvertError::disk(&part.path))?;
        Gguf::open(&part.path).and_then(|gguf| Model::check(&gguf)).map_err(|e| self.refused(e))?;
        let to = import::free_name(into, &self.stem);
        fs::rename(&part.path, &to).map_err(ConvertError::disk(&to))?;
        part.has_its_name = true;
        Ok(Some(to))
    }

    /// Writes all of it; none when stopped. `path`: what it is called in an error.
    fn write_to<W: Write>(
        &self,
        out: W,
        path: &Path,
        cancel: &Cancel,
        on: &mut dyn FnMut(&Progress<'_>),
    ) -> Result<Option<W>, ConvertError> {
        let mut body = self.writer.begin(out).map_err(ConvertError::disk(path))?;
        let (mut done, total) = (0, self.writer.body_size());
        for step in &self.steps {
            for rows in step.batches() {
                if cancel.is_cancelled() {
                    return Ok(None);
                }
                on(&Progress { done, total, tensor: &step.name });
                let pieces = self.encode(step, rows)?;
                done += pieces.iter().map(|piece| piece.len() as u64).sum::<u64>();
                write_all(&mut body, &pieces).map_err(ConvertError::disk(path))?;
            }
        }
        on(&Progress { done: total, total, tensor: "" });
        body.finish().map(Some).map_err(ConvertError::disk(path))
    }

    /// The bytes of some rows, in as many pieces as there are threads.
    fn encode(&self, step: &Step, rows: Range<usize>) -> Result<Vec<Vec<u8>>, ConvertError> {
        let each = rows.len().div_ceil(foolscap_engine::cores()).max(1);
        let pieces = rows.clone().step_by(each).map(|from| from..rows.end.min(from + each));
        thread::scope(|scope| {
            let working: Vec<_> =
                pieces.map(|rows| scope.spawn(move || self.encode_rows(step, rows))).collect();
            let gone = |_| Err(self.refused(foolscap_engine::Error::Invalid("a thread broke off".into())));
            working.into_iter().map(|thread| thread.join().unwrap_or_else(gone)).collect()
        })
    }

    fn encode_rows(&self, step: &Step, rows: Range<usize>) -> Result<Vec<u8>, ConvertError> {
        let mut values = Vec::new();
        match &step.source {
            Source::Numbers(numbers) => values.extend_from_slice(&numbers[rows]),
            Source::Tensor(name, tensor, change) => {
                values.reserve(rows.len() * tensor.columns());
                for row in rows {
                    self.weights.read_row(tensor, change.row(row, tensor.rows()), &mut values);
                }
                if *change == Change::FromOne {
                    values.iter_mut().for_each(|v| *v += 1.0);
                }
                self.believable(name, tensor, step.kind, &values)?;
            }
        }
        quantize::encode(values, step.kind).map_err(|e| self.refused(e.into()))
    }

    /// Weights are numbers, and no larger than their form can hold.
    fn believable(
        &self,
        name: &str,
        tensor: &Stored,
        kind: TensorType,
        values: &[f32],
    ) -> Result<(), ConvertError> {
        let too_large = |v: &f32| v.abs() > f16::MAX.to_f32();
        let why = match kind {
            _ if !values.iter().all(|v| v.is_finite()) => "holds what is no number; fetch this file again",
            TensorType::F16 if values.iter().any(too_large) => {
                "holds numbers that are too large for F16; choose the form Q8_0"
            }
            _ => return Ok(()),
        };
        let file = self.weights.file(tensor).to_owned();
        Err(ConvertError::Tensor { file, tensor: name.to_owned(), why: why.into() })
    }

    /// Whether the engine would run it, before anything is written.
    fn check_header(&self) -> Result<(), ConvertError> {
        let header = self.writer.header();
        let sound = Header::from_beginning(&header, self.size()).map_err(|source| {
            foolscap_engine::Error::Gguf { file: self.folder.display().to_string(), source }
        });
        let checked = sound.and_then(|header| header.map_or(Ok(()), |header| Model::check_header(&header)));
        checked.map_err(|e| self.refused(e))
    }

    fn refused(&self, source: foolscap_engine::Error) -> ConvertError {
        ConvertError::Engine { folder: self.folder.clone(), source }
    }
}

fn write_all<W: Write>(body: &mut Body<W>, pieces: &[Vec<u8>]) -> io::Result<()> {
    pieces.iter().try_for_each(|piece| body.write(piece))
}

impl Step {
    fn shape(&self) -> Vec<usize> {
        match &self.source {
            Source::Tensor(_, tensor, _) => tensor.shape.clone(),
            Source::Numbers(numbers) => vec![numbers.len()],
        }
    }

    /// Its rows, as many at a time as all threads are given.
    fn batches(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        let (rows, columns) = match &self.source {
            Source::Tensor(_, tensor, _) => (tensor.rows(), tensor.columns()),
            Source::Numbers(numbers) => (numbers.len(), 1),
        };
        let each = (STRETCH / columns.max(1)).max(1) * foolscap_engine::cores();
        (0..rows).step_by(each).map(move |from| from..rows.min(from + each))
    }
}

/// What is written before it has its name. One process at a time does; what a killed one left is written over, and what
/// is not finished goes.
struct Part {
    path: PathBuf,
    file: File,
    has_its_name: bool,
}

impl Part {
    fn open(path: PathBuf) -> Result<Self, ConvertError> {
        let file = File::options().create(true).write(true).truncate(false).open(&path);
        let file = file.map_err(ConvertError::disk(&path))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(ConvertError::Busy(path)),
            // A disk that knows no locks is written to all the same.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        file.set_len(0).map_err(ConvertError::disk(&path))?;
        Ok(Self { path, file, has_its_name: false })
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.has_its_name {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Rows of the embeddings, which are as wide as the model says.
fn rows(
    architecture: &Architecture,
    config: &Config,
    weights: &Weights,
    sizes: &Sizes,
) -> Result<usize, ConvertError> {
    let called = |tensor: &&str| {
        names::name(tensor, architecture).is_some_and(|name| name.gguf == "token_embd.weight")
    };
    let found = weights.names().find(called).and_then(|name| Some((name, weights.get(name)?)));
    let (name, embeddings) = found.ok_or_else(|| {
        config.wrong("architectures", "asks for the tensor model.embed_tokens.weight, which is in no file")
    })?;
    match embeddings.shape.as_slice() {
        [rows, columns] if *columns == sizes.width as usize => Ok(*rows),
        shape => Err(ConvertError::Tensor {
            file: weights.file(embeddings).to_owned(),
            tensor: name.into(),
            why: format!("is {shape:?}, and hidden_size is {}; fetch the model again", sizes.width),
        }),
    }
}

/// All tensors of the GGUF, in its order.
fn steps(
    architecture: &Architecture,
    config: &Config,
    sizes: &Sizes,
    weights: &Weights,
    factors: Vec<Factors>,
    form: Form,
) -> Result<Vec<Step>, ConvertError> {
    let says_tied = config.flag("tie_word_embeddings");
    let mut named: Vec<(Name, &str, &Stored)> = Vec::new();
    for tensor in weights.names() {
        let Some(stored) = weights.get(tensor) else { continue };
        match names::name(tensor, architecture) {
            // Some files hold the embeddings once more.
            Some(name) if says_tied && name.gguf.starts_with("output.") => {}
            Some(Name { block: Some(i), .. }) if i >= sizes.layers => {
                let why = format!("is {}, and there is a tensor {tensor}", sizes.layers);
                return Err(config.wrong("num_hidden_layers", why));
            }
            Some(name) => named.push((name, tensor, stored)),
            None if names::is_needless(tensor, architecture) => {}
            None => {
                let file = weights.file(stored).to_owned();
                let why = format!(
                    "is none of a {}, so that another model would come of it; look on the hub for a GGUF of this one",
                    architecture.class
                );
                return Err(ConvertError::Tensor { file, tensor: tensor.to_owned(), why });
            }
        }
    }
    named.sort_by(|a, b| a.0.cmp(&b.0));
    let tied = !named.iter().any(|(name, ..)| name.gguf == "output.weight");
    let from_config = factors.into_iter().map(|factors| Step {
        name: factors.name.into(),
        kind: TensorType::F32,
        source: Source::Numbers(factors.values),
    });
    let from_files = named.into_iter().map(|(name, tensor, stored)| {
        let block = name.block.map(|i| (i, sizes.layers));
        let kind = form.kind(&name.gguf, &stored.shape, block, tied);
        let change = names::change(&name.gguf, architecture, sizes);
        Step { name: name.gguf, kind, source: Source::Tensor(tensor.to_owned(), stored.clone(), change) }
    });
    Ok(from_config.chain(from_files).collect())
}

/// What to call the model: its folder, or in the hub's cache the repository.
fn name(folder: &Path) -> String {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let called = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let repository = folder.parent().filter(|up| called(up).as_deref() == Some("snapshots"));
    let repository = repository.and_then(Path::parent).and_then(called);
    let repository = repository.and_then(|name| Some(name.rsplit_once("--")?.1.to_owned()));
    repository.or_else(|| called(&folder)).unwrap_or_else(|| "model".into())
}

#[cfg(test)]
mod tests;
