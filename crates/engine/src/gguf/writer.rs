//! Writes a GGUF (version 3): all at once where it is small, tensor after tensor where it is larger than memory.

use std::io::{self, Write};
use std::path::Path;

use super::TensorType;
use super::header::{ARRAY, BOOL, STRING};

const ALIGNMENT: usize = 32;

/// Gathers metadata and tensors, then writes them.
#[derive(Default)]
pub struct Writer {
    entries: Vec<u8>,
    n_entries: u64,
    tensors: Vec<Described>,
}

struct Described {
    name: String,
    shape: Vec<usize>,
    kind: TensorType,
    /// Bytes it takes.
    size: usize,
    /// Empty for those that come when the file is written.
    bytes: Vec<u8>,
}

/// A file of which the header is written and the tensors' bytes are awaited, in the order they were named.
pub struct Body<W> {
    out: W,
    /// Sizes of the tensors, the next one last.
    sizes: Vec<usize>,
    /// Bytes of the next one that are written.
    written: usize,
}

impl Writer {
    /// Begins a model of the architecture.
    pub fn new(architecture: &str) -> Self {
        let mut writer = Self::default();
        writer.text("general.architecture", architecture);
        writer
    }

    /// A text value.
    pub fn text(&mut self, key: &str, value: &str) -> &mut Self {
        self.entry(key, STRING, |out| string(out, value.as_bytes()))
    }

    /// A whole number, stored in 32 bits.
    pub fn integer(&mut self, key: &str, value: u32) -> &mut Self {
        self.entry(key, 4, |out| out.extend(value.to_le_bytes()))
    }

    /// A number, stored in 32 bits.
    pub fn number(&mut self, key: &str, value: f32) -> &mut Self {
        self.entry(key, 6, |out| out.extend(value.to_le_bytes()))
    }

    /// Yes or no.
    pub fn flag(&mut self, key: &str, value: bool) -> &mut Self {
        self.entry(key, BOOL, |out| out.push(value.into()))
    }

    /// A list of strings.
    pub fn strings<S: AsRef<[u8]>>(&mut self, key: &str, values: &[S]) -> &mut Self {
        self.entry(key, ARRAY, |out| {
            list(out, STRING, values.len());
            values.iter().for_each(|v| string(out, v.as_ref()));
        })
    }

    /// A list of whole numbers, stored in 32 bits.
    pub fn integers(&mut self, key: &str, values: &[i32]) -> &mut Self {
        self.entry(key, ARRAY, |out| {
            list(out, 5, values.len());
            values.iter().for_each(|v| out.extend(v.to_le_bytes()));
        })
    }

    /// A list of yes and no.
    pub fn flags(&mut self, key: &str, values: &[bool]) -> &mut Self {
        self.entry(key, ARRAY, |out| {
            list(out, BOOL, values.len());
            out.extend(values.iter().map(|&v| u8::from(v)));
        })
    }

    /// A list of numbers, stored in 32 bits.
    pub fn numbers(&mut self, key: &str, values: &[f32]) -> &mut Self {
        self.entry(key, ARRAY, |out| {
            list(out, 6, values.len());
            values.iter().for_each(|v| out.extend(v.to_le_bytes()));
        })
    }

    /// A tensor of `shape` (slowest first), its bytes already in the form `kind`.
    pub fn tensor(&mut self, name: &str, shape: &[usize], kind: TensorType, bytes: Vec<u8>) -> &mut Self {
        let (name, shape, size) = (name.to_owned(), shape.to_vec(), bytes.len());
        self.tensors.push(Described { name, shape, kind, size, bytes });
        self
    }

    /// A tensor whose bytes are given to [`Body::write`]. A shape that the form cannot hold is refused by whoever reads
    /// the header.
    pub fn later(&mut self, name: &str, shape: &[usize], kind: TensorType) -> &mut Self {
        let (name, size) = (name.to_owned(), kind.size(shape).unwrap_or(0));
        self.tensors.push(Described { name, shape: shape.to_vec(), kind, size, bytes: Vec::new() });
        self
    }

    /// What comes before the tensors' bytes.
    pub fn header(&self) -> Vec<u8> {
        let mut out = b"GGUF".to_vec();
        out.extend(3u32.to_le_bytes());
        out.extend((self.tensors.len() as u64).to_le_bytes());
        out.extend(self.n_entries.to_le_bytes());
        out.extend(&self.entries);
        let mut offset = 0usize;
        for Described { name, shape, kind, size, .. } in &self.tensors {
            string(&mut out, name.as_bytes());
            out.extend((shape.len() as u32).to_le_bytes());
            shape.iter().rev().for_each(|&n| out.extend((n as u64).to_le_bytes()));
            out.extend(kind.number().to_le_bytes());
            out.extend((offset as u64).to_le_bytes());
            offset += size.next_multiple_of(ALIGNMENT);
        }
        out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
        out
    }

    /// Bytes of all tensors, with what lies between them.
    pub fn body_size(&self) -> u64 {
        self.tensors.iter().map(|t| t.size.next_multiple_of(ALIGNMENT) as u64).sum()
    }

    /// Writes the header; the tensors' bytes come next, those of [`Writer::tensor`] too.
    ///
    /// # Errors
    /// What the system says.
    pub fn begin<W: Write>(&self, mut out: W) -> io::Result<Body<W>> {
        out.write_all(&self.header())?;
        Ok(Body { out, sizes: self.tensors.iter().rev().map(|t| t.size).collect(), written: 0 })
    }

    /// The whole file; every tensor must have come with its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        // Memory takes all that is written to it.
        let _ = self.write_all(&mut out);
        out
    }

    /// Writes the file; every tensor must have come with its bytes.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        self.write_all(io::BufWriter::new(std::fs::File::create(path)?))
    }

    fn write_all(&self, out: impl Write) -> io::Result<()> {
        let mut body = self.begin(out)?;
        self.tensors.iter().try_for_each(|tensor| body.write(&tensor.bytes))?;
        body.finish()?.flush()
    }

    fn entry(&mut self, key: &str, kind: u32, value: impl FnOnce(&mut Vec<u8>)) -> &mut Self {
        string(&mut self.entries, key.as_bytes());
        self.entries.extend(kind.to_le_bytes());
        value(&mut self.entries);
        self.n_entries += 1;
        self
    }
}

impl<W: Write> Body<W> {
    /// Some bytes of the next tensor, or all of them.
    ///
    /// # Errors
    /// What the system says, or that these are more than the tensor has.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.pass_over_empty();
        let size = self.sizes.last().copied().unwrap_or(0);
        if bytes.len() > size - self.written {
            return Err(io::Error::other("a tensor has more bytes than its shape says"));
        }
        self.out.write_all(bytes)?;
        self.written += bytes.len();
        if self.written == size {
            self.out.write_all(&[0; ALIGNMENT][..size.next_multiple_of(ALIGNMENT) - size])?;
            self.sizes.pop();
            self.written = 0;
        }
        Ok(())
    }

    /// What was written to.
    ///
    /// # Errors
    /// That bytes of tensors are missing.
    pub fn finish(mut self) -> io::Result<W> {
        self.pass_over_empty();
        if self.sizes.is_empty() {
            Ok(self.out)
        } else {
            Err(io::Error::other("bytes of tensors are missing"))
        }
    }

    fn pass_over_empty(&mut self) {
        while self.sizes.last() == Some(&0) {
            self.sizes.pop();
        }
    }
}

fn string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend((bytes.len() as u64).to_le_bytes());
    out.extend(bytes);
}

fn list(out: &mut Vec<u8>, kind: u32, len: usize) {
    out.extend(kind.to_le_bytes());
    out.extend((len as u64).to_le_bytes());
}
