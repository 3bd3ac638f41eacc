//! What a GGUF says of itself: keys and values. Arrays (a vocabulary has up to 260,000 strings) keep their
//! bytes as they are in the file and are read when asked for.

use std::collections::BTreeMap;

use super::header::Cursor;

/// Keys and values of the header.
#[derive(Debug, Default)]
pub struct Metadata {
    pub(super) values: BTreeMap<String, Value>,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Value {
    U64(u64),
    I64(i64),
    F64(f64),
    Bool(bool),
    Text(String),
    Array(Array),
}

/// A list of values of one kind, unread.
#[derive(Debug, Clone, PartialEq)]
pub struct Array {
    pub(super) kind: u32,
    pub(super) len: usize,
    pub(super) bytes: Vec<u8>,
}

impl Metadata {
    /// A value by its key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// A text.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number that is not negative.
    pub fn integer(&self, key: &str) -> Option<u64> {
        match self.get(key)? {
            Value::U64(n) => Some(*n),
            Value::I64(n) => u64::try_from(*n).ok(),
            _ => None,
        }
    }

    /// A number.
    pub fn number(&self, key: &str) -> Option<f64> {
        match self.get(key)? {
            Value::U64(n) => Some(*n as f64),
            Value::I64(n) => Some(*n as f64),
            Value::F64(n) => Some(*n),
            _ => None,
        }
    }

    /// Yes or no.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// A list.
    pub fn array(&self, key: &str) -> Option<&Array> {
        match self.get(key)? {
            Value::Array(array) => Some(array),
            _ => None,
        }
    }
}

impl Array {
    /// How many values.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes that they take in the file.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The values as strings of bytes (vocabularies need not be UTF-8); none when they are of another kind.
    pub fn strings(&self) -> Option<Vec<&[u8]>> {
        if self.kind != super::header::STRING {
            return None;
        }
        let mut cursor = Cursor::new(&self.bytes);
        (0..self.len).map(|_| cursor.string("array").ok()).collect()
    }

    /// The values as numbers (yes is 1); none when they are of another kind.
    pub fn numbers(&self) -> Option<Vec<f64>> {
        let mut cursor = Cursor::new(&self.bytes);
        (0..self.len)
            .map(|_| match cursor.scalar(self.kind, "array").ok()? {
                Value::U64(n) => Some(n as f64),
                Value::I64(n) => Some(n as f64),
                Value::F64(n) => Some(n),
                Value::Bool(yes) => Some(f64::from(u8::from(yes))),
                _ => None,
            })
            .collect()
    }
}
