//! Reads and checks the header. Nothing here trusts a number: each is held against the bytes that are left.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::metadata::{Array, Metadata, Value};
use super::types::TensorType;
use super::{GgufError, TensorInfo, split};

type Result<T> = std::result::Result<T, GgufError>;

const MAGIC: &[u8; 4] = b"GGUF";
const DEFAULT_ALIGNMENT: usize = 32;
/// ggml's own bound (`GGML_MAX_DIMS`).
const MAX_DIMS: u32 = 4;
/// The least that an entry can take: length of the key, type, one byte of value.
const LEAST_ENTRY: usize = 8 + 4 + 1;
/// The least that a tensor's description can take: length of the name, dimensions, type, offset.
const LEAST_TENSOR: usize = 8 + 4 + 4 + 8;

pub(super) const BOOL: u32 = 7;
pub(super) const STRING: u32 = 8;
pub(super) const ARRAY: u32 = 9;

/// What a GGUF says before its weights: enough to tell what it is and what it needs.
pub struct Header {
    pub(super) version: u32,
    pub(super) metadata: Metadata,
    pub(super) tensors: Vec<TensorInfo>,
    pub(super) by_name: HashMap<String, usize>,
}

impl Header {
    /// Reads it from the beginning of a file that has `file` bytes; none when it does not end in these, so that more are
    /// needed.
    ///
    /// # Errors
    /// When it is no sound header, whatever comes after.
    pub fn from_beginning(bytes: &[u8], file: u64) -> Result<Option<Self>> {
        let file = usize::try_from(file).unwrap_or(usize::MAX);
        match read(bytes, file) {
            // What goes beyond the file does so however much is read.
            Err(GgufError::Truncated { at, needed, .. })
                if bytes.len() < file && (at as u64).saturating_add(needed) <= file as u64 =>
            {
                Ok(None)
            }
            other => other.map(Some),
        }
    }

    /// The header of a model that is split into several files, of those of all parts in their order; that of a model in one
    /// file as it is.
    ///
    /// # Errors
    /// When they are not the parts of one model.
    pub fn join(parts: Vec<Self>) -> Result<Self> {
        let count = parts.len();
        let mut all = parts.into_iter();
        let mut whole = all.next().ok_or(GgufError::Empty)?;
        if count == 1 {
            return Ok(whole);
        }
        split::check(&whole.metadata, 0, count)?;
        for (part, mut next) in (1..).zip(all) {
            split::check(&next.metadata, part, count)?;
            next.tensors.iter_mut().for_each(|tensor| tensor.part = part);
            whole.tensors.append(&mut next.tensors);
        }
        whole.by_name = split::by_name(&whole.tensors, &whole.metadata)?;
        Ok(whole)
    }

    /// Version of the format.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// What the file says of itself.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// All tensors, in the file's order.
    pub fn tensors(&self) -> &[TensorInfo] {
        &self.tensors
    }

    /// A tensor by name.
    pub fn tensor(&self, name: &str) -> Option<&TensorInfo> {
        self.by_name.get(name).map(|&i| &self.tensors[i])
    }

    /// Weights, counted singly.
    pub fn parameters(&self) -> u64 {
        self.tensors.iter().map(|t| t.shape.iter().product::<usize>() as u64).sum()
    }

    /// Bytes of all tensors together.
    pub fn tensor_bytes(&self) -> u64 {
        self.tensors.iter().map(|t| t.size as u64).sum()
    }
}

/// Reads the header of a file of `file` bytes that begins with these.
pub(super) fn read(bytes: &[u8], file: usize) -> Result<Header> {
    if bytes.is_empty() {
        return Err(GgufError::Empty);
    }
    if !bytes.starts_with(MAGIC) {
        let found = String::from_utf8_lossy(&bytes[..bytes.len().min(4)]).into_owned();
        return Err(GgufError::Magic { found });
    }
    let mut cursor = Cursor { bytes, at: 0, file };
    cursor.take(4, "the magic")?;
    let version = cursor.u32("the version")?;
    match version {
        2 | 3 => {}
        v if v & 0xffff == 0 => return Err(GgufError::BigEndian),
        v => return Err(GgufError::Version(v)),
    }
    let n_tensors = cursor.count("the tensors", LEAST_TENSOR)?;
    let n_entries = cursor.count("the metadata", LEAST_ENTRY)?;

    let mut values = BTreeMap::new();
    for _ in 0..n_entries {
        let key = cursor.text("a metadata key")?;
        let kind = cursor.u32(&key)?;
        let value = cursor.value(kind, &key)?;
        if values.insert(key.clone(), value).is_some() {
            return Err(GgufError::Damaged(format!("the metadata key {key} occurs twice")));
        }
    }
    let metadata = Metadata { values };
    let alignment = alignment(&metadata)?;

    // Grown as they are read: the count alone, in a file with a hole, could ask for more than there is.
    let mut tensors = Vec::new();
    let mut names = HashSet::new();
    for _ in 0..n_tensors {
        let tensor = cursor.tensor(alignment)?;
        if !names.insert(tensor.name.clone()) {
            return Err(GgufError::Damaged(format!("the tensor {} occurs twice", tensor.name)));
        }
        tensors.push(tensor);
    }
    let start = cursor.at.next_multiple_of(alignment);
    for tensor in &mut tensors {
        tensor.offset = place(tensor, start, file)?;
    }
    let by_name = tensors.iter().enumerate().map(|(i, t)| (t.name.clone(), i)).collect();
    Ok(Header { version, metadata, tensors, by_name })
}

fn alignment(metadata: &Metadata) -> Result<usize> {
    match metadata.get("general.alignment") {
        None => Ok(DEFAULT_ALIGNMENT),
        Some(Value::U64(n)) if n.is_power_of_two() && (8..=1 << 20).contains(n) => Ok(*n as usize),
        Some(other) => Err(GgufError::Damaged(format!(
            "general.alignment is {other:?}, not a power of two from 8 to 1 MiB"
        ))),
    }
}

/// The tensor's place in the file, when all of it lies inside.
fn place(tensor: &TensorInfo, start: usize, file: usize) -> Result<usize> {
    let truncated = |needed: u64| GgufError::Truncated {
        what: format!("tensor {}", tensor.name),
        at: start.saturating_add(tensor.offset),
        needed,
        left: file.saturating_sub(start.saturating_add(tensor.offset)),
    };
    let offset = start.checked_add(tensor.offset).ok_or_else(|| truncated(tensor.size as u64))?;
    match offset.checked_add(tensor.size) {
        Some(end) if end <= file => Ok(offset),
        _ => Err(truncated(tensor.size as u64)),
    }
}

/// A place in the header; every read says what for.
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Bytes of the file, of which these may be only the first.
    file: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, file: bytes.len() }
    }

    fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    fn take(&mut self, n: u64, what: &str) -> Result<&'a [u8]> {
        let left = self.left();
        if n > left as u64 {
            return Err(GgufError::Truncated { what: what.to_owned(), at: self.at, needed: n, left });
        }
        let from = self.at;
        self.at += n as usize;
        Ok(&self.bytes[from..self.at])
    }

    fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N]> {
        let mut out = [0; N];
        out.copy_from_slice(self.take(N as u64, what)?);
        Ok(out)
    }

    pub fn u32(&mut self, what: &str) -> Result<u32> {
        Ok(u32::from_le_bytes(self.array(what)?))
    }

    pub fn u64(&mut self, what: &str) -> Result<u64> {
        Ok(u64::from_le_bytes(self.array(what)?))
    }

    /// A count of things that take at least `least` bytes each.
    fn count(&mut self, what: &str, least: usize) -> Result<usize> {
        let n = self.u64(what)?;
        let most = (self.file.saturating_sub(self.at) / least) as u64;
        if n > most {
            return Err(GgufError::Damaged(format!(
                "the header counts {n} entries for {what}, and the file has room for {most}"
            )));
        }
        Ok(n as usize)
    }

    pub fn string(&mut self, what: &str) -> Result<&'a [u8]> {
        let n = self.u64(what)?;
        self.take(n, what)
    }

    fn text(&mut self, what: &str) -> Result<String> {
        let bytes = self.string(what)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(GgufError::Damaged(format!("{what} is not UTF-8"))),
        }
    }

    /// A single number or flag of the kind numbered `kind`.
    pub fn scalar(&mut self, kind: u32, what: &str) -> Result<Value> {
        Ok(match kind {
            0 => Value::U64(u8::from_le_bytes(self.array(what)?).into()),
            1 => Value::I64(i8::from_le_bytes(self.array(what)?).into()),
            2 => Value::U64(u16::from_le_bytes(self.array(what)?).into()),
            3 => Value::I64(i16::from_le_bytes(self.array(what)?).into()),
            4 => Value::U64(self.u32(what)?.into()),
            5 => Value::I64(i32::from_le_bytes(self.array(what)?).into()),
            6 => Value::F64(f32::from_le_bytes(self.array(what)?).into()),
            BOOL => Value::Bool(self.array::<1>(what)?[0] != 0),
            10 => Value::U64(self.u64(what)?),
            11 => Value::I64(i64::from_le_bytes(self.array(what)?)),
            12 => Value::F64(f64::from_le_bytes(self.array(what)?)),
            other => {
                return Err(GgufError::Damaged(format!("{what} has a value of the unknown kind {other}")));
            }
        })
    }

    fn value(&mut self, kind: u32, key: &str) -> Result<Value> {
        match kind {
            // Descriptions are shown, not computed with: one bad byte in them is no reason to refuse a model.
            STRING => Ok(Value::Text(String::from_utf8_lossy(self.string(key)?).into_owned())),
            ARRAY => self.values(key).map(Value::Array),
            _ => self.scalar(kind, key),
        }
    }

    fn values(&mut self, key: &str) -> Result<Array> {
        let kind = self.u32(key)?;
        let least = match kind {
            STRING => 8,
            ARRAY => {
                return Err(GgufError::Damaged(format!("{key} is a list of lists, which no model uses")));
            }
            _ => width(kind)
                .ok_or_else(|| GgufError::Damaged(format!("{key} is a list of the unknown kind {kind}")))?,
        };
        let len = self.count(key, least)?;
        let from = self.at;
        if kind == STRING {
            for _ in 0..len {
                self.string(key)?;
            }
        } else {
            self.take((len * least) as u64, key)?;
        }
        Ok(Array { kind, len, bytes: self.bytes[from..self.at].to_vec() })
    }

    /// A tensor's description; its offset still counts from the start of the data.
    fn tensor(&mut self, alignment: usize) -> Result<TensorInfo> {
        let name = self.text("a tensor's name")?;
        let damaged = |why: String| GgufError::Damaged(format!("tensor {name} {why}"));
        let n_dims = self.u32(&name)?;
        if n_dims == 0 || n_dims > MAX_DIMS {
            return Err(damaged(format!("has {n_dims} dimensions")));
        }
        let mut shape = Vec::with_capacity(n_dims as usize);
        for _ in 0..n_dims {
            let n = self.u64(&name)?;
            shape.push(
                usize::try_from(n)
                    .ok()
                    .filter(|&n| n > 0)
                    .ok_or_else(|| damaged(format!("has the size {n}")))?,
            );
        }
        shape.reverse();
        let number = self.u32(&name)?;
        let kind = TensorType::from_number(number)
            .ok_or_else(|| GgufError::UnknownType { tensor: name.clone(), kind: number })?;
        let offset = self.u64(&name)?;
        let columns = shape[shape.len() - 1];
        if !columns.is_multiple_of(kind.block()) {
            return Err(damaged(format!("has rows of {columns}, which {kind} cannot store")));
        }
        let size = kind.size(&shape).ok_or_else(|| damaged(format!("has the impossible shape {shape:?}")))?;
        let offset = usize::try_from(offset)
            .ok()
            .filter(|o| o.is_multiple_of(alignment))
            .ok_or_else(|| damaged(format!("lies at {offset}, which is not a multiple of {alignment}")))?;
        Ok(TensorInfo { name, shape, kind, part: 0, offset, size })
    }
}

/// Bytes of a scalar of this kind.
fn width(kind: u32) -> Option<usize> {
    Some(match kind {
        0 | 1 | BOOL => 1,
        2 | 3 => 2,
        4..=6 => 4,
        10..=12 => 8,
        _ => return None,
    })
}
