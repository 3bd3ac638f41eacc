//! The storage forms of tensors, with their numbers and sizes as in ggml's `ggml.h` and `ggml-common.h`.

/// How a tensor's numbers are stored: blocks of `block` weights in `bytes` bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(non_camel_case_types, missing_docs, reason = "the names are ggml's")]
pub enum TensorType {
    F32,
    F16,
    BF16,
    F64,
    I8,
    I16,
    I32,
    I64,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q8_0,
    Q8_1,
    Q2_K,
    Q3_K,
    Q4_K,
    Q5_K,
    Q6_K,
    Q8_K,
    IQ1_S,
    IQ1_M,
    IQ2_XXS,
    IQ2_XS,
    IQ2_S,
    IQ3_XXS,
    IQ3_S,
    IQ4_NL,
    IQ4_XS,
    TQ1_0,
    TQ2_0,
    MXFP4,
}

use TensorType::*;

/// Type, number in the file, name, weights in a block, bytes in a block.
const TABLE: &[(TensorType, u32, &str, usize, usize)] = &[
    (F32, 0, "F32", 1, 4),
    (F16, 1, "F16", 1, 2),
    (Q4_0, 2, "Q4_0", 32, 18),
    (Q4_1, 3, "Q4_1", 32, 20),
    (Q5_0, 6, "Q5_0", 32, 22),
    (Q5_1, 7, "Q5_1", 32, 24),
    (Q8_0, 8, "Q8_0", 32, 34),
    (Q8_1, 9, "Q8_1", 32, 36),
    (Q2_K, 10, "Q2_K", 256, 84),
    (Q3_K, 11, "Q3_K", 256, 110),
    (Q4_K, 12, "Q4_K", 256, 144),
    (Q5_K, 13, "Q5_K", 256, 176),
    (Q6_K, 14, "Q6_K", 256, 210),
    (Q8_K, 15, "Q8_K", 256, 292),
    (IQ2_XXS, 16, "IQ2_XXS", 256, 66),
    (IQ2_XS, 17, "IQ2_XS", 256, 74),
    (IQ3_XXS, 18, "IQ3_XXS", 256, 98),
    (IQ1_S, 19, "IQ1_S", 256, 50),
    (IQ4_NL, 20, "IQ4_NL", 32, 18),
    (IQ3_S, 21, "IQ3_S", 256, 110),
    (IQ2_S, 22, "IQ2_S", 256, 82),
    (IQ4_XS, 23, "IQ4_XS", 256, 136),
    (I8, 24, "I8", 1, 1),
    (I16, 25, "I16", 1, 2),
    (I32, 26, "I32", 1, 4),
    (I64, 27, "I64", 1, 8),
    (F64, 28, "F64", 1, 8),
    (IQ1_M, 29, "IQ1_M", 256, 56),
    (BF16, 30, "BF16", 1, 2),
    (TQ1_0, 34, "TQ1_0", 256, 54),
    (TQ2_0, 35, "TQ2_0", 256, 66),
    (MXFP4, 39, "MXFP4", 32, 17),
];

impl TensorType {
    /// The type with this number in a GGUF.
    pub fn from_number(number: u32) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == number).map(|row| row.0)
    }

    /// Its number in a GGUF.
    pub fn number(self) -> u32 {
        self.row().1
    }

    /// Its name, as ggml writes it.
    pub fn name(self) -> &'static str {
        self.row().2
    }

    /// Weights in a block.
    pub fn block(self) -> usize {
        self.row().3
    }

    /// Bytes in a block.
    pub fn bytes(self) -> usize {
        self.row().4
    }

    /// Bytes of a tensor of `shape` (slowest first); none when its rows are no whole blocks, or it is larger than can be.
    pub fn size(self, shape: &[usize]) -> Option<usize> {
        let columns = shape.last()?;
        let weights = shape.iter().try_fold(1usize, |all, &n| all.checked_mul(n))?;
        (weights / self.block()).checked_mul(self.bytes()).filter(|_| columns.is_multiple_of(self.block()))
    }

    fn row(self) -> &'static (TensorType, u32, &'static str, usize, usize) {
        // Every variant has a row; the test below holds that.
        TABLE.iter().find(|row| row.0 == self).unwrap_or(&TABLE[0])
    }
}

impl std::fmt::Display for TensorType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_row_of_its_own() {
        let all = [
            F32, F16, BF16, F64, I8, I16, I32, I64, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q8_1, Q2_K, Q3_K, Q4_K,
            Q5_K, Q6_K, Q8_K, IQ1_S, IQ1_M, IQ2_XXS, IQ2_XS, IQ2_S, IQ3_XXS, IQ3_S, IQ4_NL, IQ4_XS, TQ1_0,
            TQ2_0, MXFP4,
        ];
        assert_eq!(all.len(), TABLE.len());
        for kind in all {
            assert_eq!(format!("{kind:?}"), kind.name());
            assert_eq!(TensorType::from_number(kind.number()), Some(kind));
        }
    }
}
