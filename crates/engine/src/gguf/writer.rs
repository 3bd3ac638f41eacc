//! Writes a GGUF (version 3): for models made by tests now, for conversions later.

use std::io::{self, Write};
use std::path::Path;

use super::TensorType;
use super::header::{ARRAY, BOOL, STRING};

const ALIGNMENT: usize = 32;

/// Gathers metadata and tensors, then writes them in one go.
#[derive(Default)]
pub struct Writer {
    entries: Vec<u8>,
    n_entries: u64,
    tensors: Vec<(String, Vec<usize>, TensorType, Vec<u8>)>,
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
        self.tensors.push((name.to_owned(), shape.to_vec(), kind, bytes));
        self
    }

    /// The whole file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = b"GGUF".to_vec();
        out.extend(3u32.to_le_bytes());
        out.extend((self.tensors.len() as u64).to_le_bytes());
        out.extend(self.n_entries.to_le_bytes());
        out.extend(&self.entries);
        let mut offset = 0usize;
        for (name, shape, kind, bytes) in &self.tensors {
            string(&mut out, name.as_bytes());
            out.extend((shape.len() as u32).to_le_bytes());
            shape.iter().rev().for_each(|&n| out.extend((n as u64).to_le_bytes()));
            out.extend(kind.number().to_le_bytes());
            out.extend((offset as u64).to_le_bytes());
            offset += bytes.len().next_multiple_of(ALIGNMENT);
        }
        for (.., bytes) in &self.tensors {
            out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
            out.extend(bytes);
        }
        out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
        out
    }

    /// Writes the file.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        io::BufWriter::new(std::fs::File::create(path)?).write_all(&self.to_bytes())
    }

    fn entry(&mut self, key: &str, kind: u32, value: impl FnOnce(&mut Vec<u8>)) -> &mut Self {
        string(&mut self.entries, key.as_bytes());
        self.entries.extend(kind.to_le_bytes());
        value(&mut self.entries);
        self.n_entries += 1;
        self
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
