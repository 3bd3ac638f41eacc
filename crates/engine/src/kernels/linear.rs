//! Matrices of a file, multiplied by our kernels or by candle on its device.

use std::ops::Range;
use std::sync::Arc;

use candle_core::quantized::{GgmlDType, QMatMul, QStorage, QTensor};
use candle_core::{Device, Module, Tensor};

use super::interleaved::ToLay;
use super::matrix::{Input, Matrix};
use super::{Backend, unpack, with_floats};
use crate::error::{Error, Result};
use crate::gguf::{Gguf, TensorInfo, TensorType};

/// A matrix `[out, in]` in the form it has in the file.
#[derive(Clone)]
pub(crate) enum Weight {
    /// On the processor, from the mapped file.
    Mapped(Matrix),
    /// On candle's device.
    Candle(Arc<QTensor>),
}

/// A matrix of which rows are looked up. It stays in the mapped file.
pub(crate) struct Table(Matrix);

/// A matrix with an optional bias `[out]`.
pub(crate) struct Linear {
    weight: Multiplier,
    bias: Option<Tensor>,
}

enum Multiplier {
    Mapped(Matrix),
    Candle(QMatMul),
}

impl Linear {
    /// On the processor the weights are `to_lay` as they are multiplied.
    pub fn new(weight: Weight, bias: Option<Tensor>, to_lay: &ToLay) -> Result<Self> {
        let weight = match weight {
            Weight::Mapped(matrix) => {
                to_lay.add(matrix.clone());
                Multiplier::Mapped(matrix)
            }
            Weight::Candle(tensor) => Multiplier::Candle(QMatMul::from_arc(tensor)?),
        };
        Ok(Self { weight, bias })
    }

    /// `x` `[rows, in]` to `[rows, out]`.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let [y] = Self::forward_all([self], x)?;
        Ok(y)
    }

    /// The same as plain numbers: on the processor not copied once more.
    pub fn forward_to_numbers(&self, x: &Tensor) -> Result<Vec<f32>> {
        match (&self.weight, &self.bias) {
            (Multiplier::Mapped(matrix), None) if x.device().is_cpu() => {
                let columns = x.dim(1)?;
                let [product] = with_floats(x, |x| Matrix::multiply_all([matrix], &Input::new(x, columns)))?;
                Ok(product)
            }
            _ => Ok(self.forward(x)?.flatten_all()?.to_vec1()?),
        }
    }

    /// The same for several matrices, which meet the same activations: these are rounded once.
    pub fn forward_all<const N: usize>(all: [&Self; N], x: &Tensor) -> Result<[Tensor; N]> {
        let rows = x.dim(0)?;
        let mapped: Vec<&Matrix> = all.iter().filter_map(|linear| linear.weight.mapped()).collect();
        let multiplied: [Result<Tensor>; N] = match <[&Matrix; N]>::try_from(mapped) {
            Ok(mapped) if x.device().is_cpu() => {
                let columns = x.dim(1)?;
                let mut products = with_floats(x, |x| Matrix::multiply_all(mapped, &Input::new(x, columns)))?;
                std::array::from_fn(|i| {
                    let product = std::mem::take(&mut products[i]);
                    Ok(Tensor::from_vec(product, (rows, mapped[i].rows), &Device::Cpu)?)
                })
            }
            _ => all.map(|linear| match &linear.weight {
                Multiplier::Candle(weight) => Ok(weight.forward(x)?),
                Multiplier::Mapped(_) => Err(Error::Invalid("a tensor is on another device".into())),
            }),
        };
        let mut out = Vec::with_capacity(N);
        for (y, linear) in multiplied.into_iter().zip(all) {
            out.push(match &linear.bias {
                Some(bias) => y?.broadcast_add(bias)?,
                None => y?,
            });
        }
        out.try_into().map_err(|_| Error::Invalid("matrices were lost".into()))
    }
}

impl Multiplier {
    fn mapped(&self) -> Option<&Matrix> {
        match self {
            Self::Mapped(matrix) => Some(matrix),
            Self::Candle(_) => None,
        }
    }
}

/// Some rows of a tensor of the file as a matrix; all but the last axis count as rows.
///
/// # Errors
/// [`Error::Unsupported`], naming the tensor, for a type that cannot be computed with, [`Error::Incomplete`] for
/// rows that it has not.
pub(crate) fn load(
    gguf: &Gguf,
    tensor: &TensorInfo,
    rows: Range<usize>,
    backend: &Backend,
) -> Result<Weight> {
    let matrix = mapped(gguf, tensor, rows)?;
    let device = match backend {
        Backend::Own => return Ok(Weight::Mapped(matrix)),
        Backend::Candle(device) => device,
    };
    let kind = candle_type(tensor.kind).ok_or_else(|| uncomputable(tensor))?;
    let storage = QStorage::from_data(matrix.bytes().into(), device, kind)?;
    Ok(Weight::Candle(Arc::new(QTensor::new(storage, (matrix.rows, matrix.columns))?)))
}

/// A tensor as a table.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_table(gguf: &Gguf, tensor: &TensorInfo) -> Result<Table> {
    let rows = tensor.shape.iter().product::<usize>() / tensor.shape.last().copied().unwrap_or(1).max(1);
    Ok(Table(mapped(gguf, tensor, 0..rows)?))
}

/// Some rows of a tensor, where they lie in the mapped file.
fn mapped(gguf: &Gguf, tensor: &TensorInfo, rows: Range<usize>) -> Result<Matrix> {
    computable(tensor)?;
    let columns = tensor.shape.last().copied().unwrap_or(1);
    let outside = || Error::Incomplete(format!("tensor {} has not the rows {rows:?}", tensor.name));
    let row = columns / tensor.kind.block() * tensor.kind.bytes();
    let bytes = rows.start.checked_mul(row).zip(rows.end.checked_mul(row)).ok_or_else(outside)?;
    if bytes.0 > bytes.1 || bytes.1 > tensor.size {
        return Err(outside());
    }
    let bytes = gguf.stretch(tensor, bytes.0..bytes.1);
    Matrix::new(bytes, tensor.kind, rows.len(), columns).ok_or_else(outside)
}

/// A tensor as numbers.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_vector(gguf: &Gguf, tensor: &TensorInfo, device: &Device) -> Result<Tensor> {
    let mut numbers = vec![0.0; tensor.shape.iter().product()];
    let rows = numbers.len() / tensor.shape.last().copied().unwrap_or(1).max(1);
    let matrix = mapped(gguf, tensor, 0..rows)?;
    for (row, out) in numbers.chunks_exact_mut(matrix.columns.max(1)).enumerate() {
        matrix.row(row, out);
    }
    Ok(Tensor::from_vec(numbers, tensor.shape.clone(), device)?)
}

/// Whether a tensor can be computed with on the processor.
///
/// # Errors
/// As [`load`].
pub(crate) fn computable(tensor: &TensorInfo) -> Result<()> {
    unpack::form(tensor.kind).map(drop).ok_or_else(|| uncomputable(tensor))
}

/// Bytes that a tensor takes on a device of candle's, which computes with unquantized weights in 32 bits; none for a
/// type that it lacks.
pub(crate) fn candle_bytes(tensor: &TensorInfo) -> Option<u64> {
    Some(match candle_type(tensor.kind)? {
        GgmlDType::F32 | GgmlDType::F16 | GgmlDType::BF16 => {
            4 * tensor.shape.iter().product::<usize>() as u64
        }
        _ => tensor.size as u64,
    })
}

fn uncomputable(tensor: &TensorInfo) -> Error {
    Error::Unsupported(format!(
        "tensor {} has the type {}, which this version cannot compute with; choose another quantization of \
         the model (Q4_K_M, Q8_0 …)",
        tensor.name, tensor.kind
    ))
}

pub(super) fn candle_type(kind: TensorType) -> Option<GgmlDType> {
    Some(match kind {
        TensorType::F32 => GgmlDType::F32,
        TensorType::F16 => GgmlDType::F16,
        TensorType::BF16 => GgmlDType::BF16,
        TensorType::Q4_0 => GgmlDType::Q4_0,
        TensorType::Q4_1 => GgmlDType::Q4_1,
        TensorType::Q5_0 => GgmlDType::Q5_0,
        TensorType::Q5_1 => GgmlDType::Q5_1,
        TensorType::Q8_0 => GgmlDType::Q8_0,
        TensorType::Q2_K => GgmlDType::Q2K,
        TensorType::Q3_K => GgmlDType::Q3K,
        TensorType::Q4_K => GgmlDType::Q4K,
        TensorType::Q5_K => GgmlDType::Q5K,
        TensorType::Q6_K => GgmlDType::Q6K,
        _ => return None,
    })
}

impl Table {
    /// Rows `ids`, as `[ids, width]` on the processor.
    pub fn rows(&self, ids: &[u32]) -> Result<Tensor> {
        let columns = self.0.columns;
        let mut out = vec![0.0; ids.len() * columns];
        for (&id, out) in ids.iter().zip(out.chunks_exact_mut(columns)) {
            self.0.row(id as usize, out);
        }
        Ok(Tensor::from_vec(out, (ids.len(), columns), &Device::Cpu)?)
    }

    /// The same matrix, to multiply with on the processor.
    pub fn as_weight(&self) -> Weight {
        Weight::Mapped(self.0.clone())
    }
}
