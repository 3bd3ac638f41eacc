//! The metadata of one architecture, read by the names of its keys and held against what can be.

use crate::error::{Error, Result};
use crate::gguf::{Metadata, Value};

pub(super) struct Keys<'a> {
    pub meta: &'a Metadata,
    pub arch: &'a str,
}

impl Keys<'_> {
    pub fn key(&self, name: &str) -> String {
        format!("{}.{name}", self.arch)
    }

    pub fn missing(&self, name: &str) -> Error {
        Error::Incomplete(format!("{} is missing or not a number", self.key(name)))
    }

    pub fn number(&self, name: &str) -> Option<f64> {
        self.meta.number(&self.key(name)).filter(|n| n.is_finite())
    }

    pub fn number_or(&self, name: &str, default: f64) -> f64 {
        self.number(name).unwrap_or(default)
    }

    /// A size: at least 1, and small enough that a product of two cannot overflow.
    pub fn size(&self, name: &str) -> Result<usize> {
        let key = self.key(name);
        if let Some(Value::Array(_)) = self.meta.get(&key) {
            return Err(Error::Unsupported(format!("{key} differs from layer to layer")));
        }
        let n = self.meta.integer(&key).ok_or_else(|| self.missing(name))?;
        sized(n as f64).filter(|&n| n > 0).ok_or_else(|| impossible(&key, n as f64))
    }

    pub fn size_or(&self, name: &str, default: usize) -> Result<usize> {
        match self.meta.get(&self.key(name)) {
            // Converters write `expert_count = 0` and the like for "none".
            None | Some(Value::U64(0)) => Ok(default),
            Some(_) => self.size(name),
        }
    }

    /// A size that may be 0, as it is where the file has none.
    pub fn size_or_zero(&self, name: &str) -> Result<usize> {
        match self.meta.get(&self.key(name)) {
            None | Some(Value::U64(0)) => Ok(0),
            Some(_) => self.size(name),
        }
    }

    /// A size for each of `layers` layers, which the file gives once or layer by layer; may be 0.
    pub fn sizes(&self, name: &str, layers: usize) -> Result<Vec<usize>> {
        let key = self.key(name);
        let list = match self.meta.get(&key) {
            Some(Value::Array(list)) => list.numbers(),
            _ => self.meta.integer(&key).map(|n| vec![n as f64; layers]),
        };
        let list = list.ok_or_else(|| self.missing(name))?;
        if list.len() < layers {
            let n = list.len();
            return Err(Error::Incomplete(format!("{key} has {n} values for {layers} layers")));
        }
        list.iter().take(layers).map(|&n| sized(n).ok_or_else(|| impossible(&key, n))).collect()
    }

    /// A list of yes and no, one a layer; none where the file has no such list.
    pub fn flags(&self, name: &str, layers: usize) -> Result<Option<Vec<bool>>> {
        match self.meta.get(&self.key(name)) {
            Some(Value::Array(_)) => {
                Ok(Some(self.sizes(name, layers)?.into_iter().map(|n| n != 0).collect()))
            }
            _ => Ok(None),
        }
    }
}

fn sized(n: f64) -> Option<usize> {
    (n >= 0.0 && n < f64::from(1 << 28) && n.fract() == 0.0).then_some(n as usize)
}

fn impossible(key: &str, n: f64) -> Error {
    Error::Incomplete(format!("{key} is {n}, which cannot be"))
}
