//! The model file, or the parts of one: GGUF versions 2 and 3, mapped into memory. The header comes from outside, so every count,
//! length and offset in it is checked against the bytes that are really there before anything is allocated
//! by it. Source: the GGUF specification (ggml, `docs/gguf.md`).

mod header;
mod metadata;
mod split;
mod types;
mod writer;

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use memmap2::Mmap;
use sha2::{Digest, Sha256};

pub use header::Header;
pub use metadata::{Array, Metadata, Value};
pub use types::TensorType;
pub use writer::{Body, Writer};

use crate::error::{Error, Result};

/// A GGUF whose header was checked. Tensor data stay in the mapped file.
pub struct Gguf {
    /// One, or the parts in their order.
    files: Vec<Bytes>,
    header: Header,
}

/// Tells a model from others.
pub type Fingerprint = [u8; 32];

/// Bytes of each end of a tensor that go into the fingerprint.
const SAMPLE: usize = 1024;

#[derive(Clone)]
enum Bytes {
    Mapped(Arc<Mmap>),
    Static(&'static [u8]),
}

/// Where a tensor lies and what form it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TensorInfo {
    /// Name, such as `blk.0.attn_q.weight`.
    pub name: String,
    /// Sizes, slowest first: a matrix is `[rows, columns]`. (GGUF itself writes them the other way round.)
    pub shape: Vec<usize>,
    /// How the numbers are stored.
    pub kind: TensorType,
    /// Which part of the model it is in; 0 where there is one file.
    pub part: usize,
    /// First byte in that file.
    pub offset: usize,
    /// Length in bytes.
    pub size: usize,
}

/// Why a file is not a readable GGUF.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum GgufError {
    /// Nothing in it.
    #[error("the file is empty; the download may have failed: get it again")]
    Empty,
    /// It does not begin with `GGUF`.
    #[error(
        "this is not a GGUF file (it begins with {found:?} and not with \"GGUF\"); choose a file that ends in .gguf"
    )]
    Magic {
        /// The first four bytes, as text.
        found: String,
    },
    /// A version that is not read.
    #[error("GGUF version {0} is not readable (2 and 3 are); convert the model again with a current tool")]
    Version(u32),
    /// Written on a big-endian machine.
    #[error("this GGUF is big-endian; get the little-endian file of this model")]
    BigEndian,
    /// The file ends too early.
    #[error(
        "the file is cut short: {what} needs {needed} bytes at {at}, and {left} are left; download it again"
    )]
    Truncated {
        /// What was being read.
        what: String,
        /// Place in the file.
        at: usize,
        /// Bytes it needs.
        needed: u64,
        /// Bytes that are there.
        left: usize,
    },
    /// A number or text in the header that cannot be right.
    #[error("the file is damaged: {0}; download it again")]
    Damaged(String),
    /// Parts of a model that is split into several files do not fit together.
    #[error("the model is split into several files, and {0}")]
    Split(String),
    /// A tensor type that is not known, so that not even its size can be told.
    #[error("tensor {tensor} has the unknown type {kind}; this file needs a newer version of Foolscap")]
    UnknownType {
        /// The tensor.
        tensor: String,
        /// The type's number in the file.
        kind: u32,
    },
}

impl Gguf {
    /// Maps a file and checks its header. Of a model that is split into several files any part opens all; they must
    /// lie together under the names they came with (`…-00001-of-00003.gguf`).
    ///
    /// # Errors
    /// [`Error::Open`] when a file cannot be read, [`Error::Gguf`] when it is not a sound GGUF.
    pub fn open(path: &Path) -> Result<Self> {
        let one = Self::parse(map(path)?).map_err(|e| unsound(path, e))?;
        match split::parts(&one.header.metadata, path).map_err(|e| unsound(path, e))? {
            None => Ok(one),
            Some(paths) => Self::join(&paths),
        }
    }

    fn join(paths: &[PathBuf]) -> Result<Self> {
        let (mut files, mut headers) = (Vec::new(), Vec::new());
        for (part, path) in paths.iter().enumerate() {
            let mut next = Self::parse(map(path)?).map_err(|e| unsound(path, e))?;
            split::check(&next.header.metadata, part, paths.len()).map_err(|e| unsound(path, e))?;
            files.append(&mut next.files);
            headers.push(next.header);
        }
        let first = paths.first().map_or(Path::new(""), PathBuf::as_path);
        let header = Header::join(headers).map_err(|e| unsound(first, e))?;
        Ok(Self { files, header })
    }

    /// Reads a GGUF that is part of the program. It must begin at a multiple of 32 bytes, as a mapped file does.
    ///
    /// # Errors
    /// [`Error::Gguf`] when it is not a sound GGUF, [`Error::Invalid`] when it lies askew.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self> {
        if !bytes.as_ptr().addr().is_multiple_of(32) {
            return Err(Error::Invalid("a model inside the program must be aligned to 32 bytes".into()));
        }
        Self::parse(Bytes::Static(bytes)).map_err(|e| unsound(Path::new("the model inside the program"), e))
    }

    fn parse(bytes: Bytes) -> Result<Self, GgufError> {
        let all = bytes.as_slice();
        let header = header::read(all, all.len())?;
        Ok(Self { files: vec![bytes], header })
    }

    /// What it says before its weights.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What the file says of itself.
    pub fn metadata(&self) -> &Metadata {
        &self.header.metadata
    }

    /// All tensors, in the file's order.
    pub fn tensors(&self) -> &[TensorInfo] {
        &self.header.tensors
    }

    /// A tensor by name.
    pub fn tensor(&self, name: &str) -> Option<&TensorInfo> {
        self.header.tensor(name)
    }

    /// The bytes of a tensor of this model.
    pub fn data(&self, tensor: &TensorInfo) -> &[u8] {
        &self.files[tensor.part].as_slice()[tensor.offset..tensor.offset + tensor.size]
    }

    /// Some bytes of a tensor, counted from its first, that stay mapped for as long as they are held.
    pub(crate) fn stretch(&self, tensor: &TensorInfo, range: Range<usize>) -> Stretch {
        let range = tensor.offset + range.start..tensor.offset + range.end.min(tensor.size);
        Stretch { bytes: self.files[tensor.part].clone(), range }
    }

    /// Tells this model from others: a digest (SHA-256) of the headers, the lengths, and the ends of every tensor.
    /// A large file is not read whole for it.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut digest = Sha256::new();
        for file in &self.files {
            digest.update((file.as_slice().len() as u64).to_le_bytes());
        }
        let first = self.tensors().iter().filter(|t| t.part == 0).map(|t| t.offset).min();
        let header = self.files.first().map_or(&[][..], Bytes::as_slice);
        digest.update(&header[..first.unwrap_or(header.len()).min(header.len())]);
        for tensor in self.tensors() {
            let bytes = self.data(tensor);
            digest.update(tensor.name.as_bytes());
            digest.update(&bytes[..bytes.len().min(SAMPLE)]);
            digest.update(&bytes[bytes.len() - bytes.len().min(SAMPLE)..]);
        }
        digest.finalize().into()
    }

    /// Length of the file, or of all parts, in bytes.
    pub fn file_size(&self) -> usize {
        self.files.iter().map(|f| f.as_slice().len()).sum()
    }
}

/// A part of a mapped file.
#[derive(Clone)]
pub(crate) struct Stretch {
    bytes: Bytes,
    range: Range<usize>,
}

impl Stretch {
    /// Has some of its bytes, counted from its first, read and mapped at once and not page by page.
    pub(crate) fn fetch(&self, range: Range<usize>) {
        #[cfg(target_os = "linux")]
        if let Bytes::Mapped(map) = &self.bytes {
            // An older kernel cannot: then they come when they are used.
            let at = self.range.start + range.start;
            let _ = map.advise_range(memmap2::Advice::PopulateRead, at, range.len());
        }
        #[cfg(not(target_os = "linux"))]
        let _ = range;
    }

    /// Gives back the memory of some of its bytes, counted from its first: they are read again when they are used again.
    pub(crate) fn forget(&self, range: Range<usize>) {
        #[cfg(unix)]
        if let Bytes::Mapped(map) = &self.bytes {
            // SAFETY: the map is of a file and is never written to, so that what is read again is the same.
            // Without success the memory stays in use, which is no harm.
            let _ = unsafe {
                let at = self.range.start + range.start;
                map.unchecked_advise_range(memmap2::UncheckedAdvice::DontNeed, at, range.len())
            };
        }
        #[cfg(not(unix))]
        let _ = range;
    }

    #[cfg(any(test, feature = "bench"))]
    pub(crate) fn of_static(bytes: &'static [u8]) -> Self {
        Self { bytes: Bytes::Static(bytes), range: 0..bytes.len() }
    }
}

impl std::ops::Deref for Stretch {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes.as_slice()[self.range.clone()]
    }
}

fn map(path: &Path) -> Result<Bytes> {
    let failed = |source| Error::Open { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    if meta.is_dir() {
        return Err(failed(std::io::Error::other("this is a folder; choose the .gguf file in it")));
    }
    if meta.len() == 0 {
        return Err(unsound(path, GgufError::Empty));
    }
    // SAFETY: the map is read-only and private to this process. A file that another process cuts short
    // while it is mapped would raise SIGBUS; model files are written once and replaced by renaming.
    let map = unsafe { Mmap::map(&file) }.map_err(failed)?;
    Ok(Bytes::Mapped(Arc::new(map)))
}

fn unsound(file: &Path, source: GgufError) -> Error {
    Error::Gguf { file: file.display().to_string(), source }
}

impl Bytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Static(bytes) => bytes,
        }
    }
}

#[cfg(test)]
mod tests;
