//! The forms that weights are stored in: which tensor gets which type, by llama.cpp's rules for these names
//! (`llama-quant.cpp`), and the numbers themselves, by candle.

use std::str::FromStr;

use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Tensor};
use foolscap_engine::gguf::TensorType;
use half::f16;

/// How the weights of a model are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(non_camel_case_types, reason = "the names are ggml's")]
pub enum Form {
    /// 32 bits: as exact as what it is made of.
    F32,
    /// 16 bits.
    F16,
    /// About 8.5 bits.
    Q8_0,
    /// About 6.6 bits.
    Q6_K,
    /// About 5.7 bits: 6 where it matters.
    Q5_K_M,
    /// About 4.8 bits: 6 where it matters.
    #[default]
    Q4_K_M,
}

/// Form, name, number in `general.file_type` (`llama_ftype`), type of most tensors.
const FORMS: &[(Form, &str, u32, TensorType)] = &[
    (Form::Q4_K_M, "Q4_K_M", 15, TensorType::Q4_K),
    (Form::Q5_K_M, "Q5_K_M", 17, TensorType::Q5_K),
    (Form::Q6_K, "Q6_K", 18, TensorType::Q6_K),
    (Form::Q8_0, "Q8_0", 7, TensorType::Q8_0),
    (Form::F16, "F16", 1, TensorType::F16),
    (Form::F32, "F32", 0, TensorType::F32),
];

/// No such form.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("there is no form {0:?}; there are {names}", names = Form::names().collect::<Vec<_>>().join(", "))]
pub struct UnknownForm(String);

impl Form {
    /// The names of all, smallest first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FORMS.iter().map(|row| row.1)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// Its number in `general.file_type`.
    pub(super) fn number(self) -> u32 {
        self.row().2
    }

    fn row(self) -> &'static (Form, &'static str, u32, TensorType) {
        FORMS.iter().find(|row| row.0 == self).unwrap_or(&FORMS[0])
    }

    /// The type of a tensor. `block`: which of how many; `tied`: whether the embeddings are the output too.
    pub(super) fn kind(
        self,
        name: &str,
        shape: &[usize],
        block: Option<(u32, u32)>,
        tied: bool,
    ) -> TensorType {
        // Norms and biases are few and sensitive; so are the factors of RoPE.
        if shape.len() < 2 {
            return TensorType::F32;
        }
        let wanted = self.wanted(name, block, tied);
        let columns = shape.last().copied().unwrap_or(1);
        let fits = |kind: &TensorType| columns.is_multiple_of(kind.block());
        [wanted, TensorType::Q8_0].into_iter().find(fits).unwrap_or(TensorType::F16)
    }

    fn wanted(self, name: &str, block: Option<(u32, u32)>, tied: bool) -> TensorType {
        let most = self.row().3;
        if !matches!(self, Self::Q4_K_M | Self::Q5_K_M) {
            return most;
        }
        let part = name.rsplit('.').nth(1).unwrap_or_default();
        let in_more_bits = block.is_some_and(|(i, n)| in_more_bits(i, n));
        match part {
            "output" => TensorType::Q6_K,
            "token_embd" if tied => TensorType::Q6_K,
            "attn_v" | "ffn_down" if in_more_bits => TensorType::Q6_K,
            // In between everywhere. (llama.cpp of late gives it 6 bits here and 4 there, which takes as much room.)
            "attn_qkv" if self == Self::Q4_K_M => TensorType::Q5_K,
            "attn_qkv" => TensorType::Q6_K,
            _ => most,
        }
    }
}

/// The first eighth of the blocks, the last, and every third between.
fn in_more_bits(i: u32, n: u32) -> bool {
    i < n / 8 || i >= 7 * n / 8 || (i - n / 8) % 3 == 2
}

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(name: &str) -> Result<Self, UnknownForm> {
        let row = FORMS.iter().find(|row| row.1.eq_ignore_ascii_case(name));
        row.map(|row| row.0).ok_or_else(|| UnknownForm(name.to_owned()))
    }
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// The bytes of whole rows in a type that [`Form::kind`] gives.
pub(super) fn encode(values: Vec<f32>, kind: TensorType) -> candle_core::Result<Vec<u8>> {
    let kind = match kind {
        TensorType::F16 => {
            return Ok(values.iter().flat_map(|&v| f16::from_f32(v).to_le_bytes()).collect());
        }
        TensorType::Q8_0 => GgmlDType::Q8_0,
        TensorType::Q4_K => GgmlDType::Q4K,
        TensorType::Q5_K => GgmlDType::Q5K,
        TensorType::Q6_K => GgmlDType::Q6K,
        _ => return Ok(values.iter().flat_map(|v| v.to_le_bytes()).collect()),
    };
    let count = values.len();
    let tensor = Tensor::from_vec(values, count, &Device::Cpu)?;
    Ok(QTensor::quantize(&tensor, kind)?.data()?.into_owned())
}
