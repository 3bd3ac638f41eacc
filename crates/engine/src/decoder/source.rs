//! Tensors of a file by name, each held against the shape it must have.

use std::collections::BTreeMap;
use std::ops::Range;

use candle_core::Tensor;

use crate::arch::{Config, Need, Rope};
use crate::error::{Error, Result};
use crate::gguf::{Gguf, Header, TensorInfo};
use crate::kernels::{self, Angles, Backend, Linear, Table, ToLay};

/// As one of the backends needs them.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub gguf: &'a Gguf,
    pub backend: &'a Backend,
    pub needs: &'a BTreeMap<String, Need>,
    /// Gets the matrices that are multiplied with on the processor.
    pub to_lay: &'a ToLay,
}

/// Holds every tensor that is needed, or is there and would be used, against its shape and its type.
pub(super) fn check(header: &Header, config: &Config) -> Result<()> {
    for (name, need) in config.tensors(|name| header.tensor(name).is_some()) {
        if !need.optional || header.tensor(&name).is_some() {
            kernels::computable(find(header, &name, Some(&need))?)?;
        }
    }
    Ok(())
}

impl<'a> Source<'a> {
    pub fn has(&self, name: &str) -> bool {
        self.gguf.tensor(name).is_some()
    }

    pub fn vector(&self, name: &str) -> Result<Tensor> {
        kernels::load_vector(self.gguf, self.find(name)?, self.backend.device())
    }

    pub fn vector_if_there(&self, name: &str) -> Result<Option<Tensor>> {
        self.has(name).then(|| self.vector(name)).transpose()
    }

    /// A matrix of which rows are looked up.
    pub fn table(&self, name: &str) -> Result<Table> {
        kernels::load_table(self.gguf, self.find(name)?)
    }

    /// `name.weight`, and `name.bias` where there is one.
    pub fn linear(&self, name: &str) -> Result<Linear> {
        let rows = rows_of(self.find(&format!("{name}.weight"))?);
        self.linear_rows(name, 0..rows)
    }

    /// A table, to multiply with.
    pub fn linear_of(&self, table: &Table, name: &str) -> Result<Linear> {
        let weight = match self.backend {
            Backend::Own => table.as_weight(),
            Backend::Candle(_) => {
                let tensor = self.find(name)?;
                kernels::load(self.gguf, tensor, 0..rows_of(tensor), self.backend)?
            }
        };
        Linear::new(weight, None, self.to_lay)
    }

    /// Some rows of a matrix (all but the last axis count as rows) and of its bias.
    pub fn linear_rows(&self, name: &str, rows: Range<usize>) -> Result<Linear> {
        let tensor = self.find(&format!("{name}.weight"))?;
        let weight = kernels::load(self.gguf, tensor, rows.clone(), self.backend)?;
        let bias = self.vector_if_there(&format!("{name}.bias"))?;
        if let Some(bias) = bias.as_ref().filter(|b| b.dims() != [rows_of(tensor)]) {
            let (has, needs) = (bias.dims(), rows_of(tensor));
            return Err(Error::Incomplete(format!(
                "tensor {name}.bias is {has:?} where [{needs}] is needed"
            )));
        }
        let bias = bias.map(|b| b.narrow(0, rows.start, rows.len())?.contiguous()).transpose()?;
        Linear::new(weight, bias, self.to_lay)
    }

    /// The angles that a kind of RoPE turns by.
    pub fn angles(&self, rope: &Rope) -> Result<Angles> {
        let divisors = match rope.factors {
            Some(name) => self.vector_if_there(name)?.map(|t| t.to_vec1::<f32>()).transpose()?,
            None => None,
        };
        Ok(rope.angles(divisors.as_deref()))
    }

    fn find(&self, name: &str) -> Result<&'a TensorInfo> {
        find(self.gguf.header(), name, self.needs.get(name))
    }
}

fn find<'a>(header: &'a Header, name: &str, need: Option<&Need>) -> Result<&'a TensorInfo> {
    let tensor =
        header.tensor(name).ok_or_else(|| Error::Incomplete(format!("the tensor {name} is missing")))?;
    match need {
        Some(need) if tensor.shape != need.shape => Err(Error::Incomplete(format!(
            "tensor {name} is {:?} where the metadata ask for {:?}",
            tensor.shape, need.shape
        ))),
        _ => Ok(tensor),
    }
}

fn rows_of(tensor: &TensorInfo) -> usize {
    let columns = tensor.shape.last().copied().unwrap_or(1);
    tensor.shape.iter().product::<usize>() / columns.max(1)
}
