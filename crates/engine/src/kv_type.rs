//! In which form keys and values are kept.

/// A form of keys and values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum KvType {
    /// 16 bits a number.
    #[default]
    F16,
    /// 8 bits a number and 16 for the scale of each 32 along a head, as ggml's Q8_0: about half the memory.
    Q8_0,
}

/// Numbers of a head that share a scale.
pub(crate) const SCALED_TOGETHER: usize = 32;

impl KvType {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::F16, Self::Q8_0];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::F16 => "f16",
            Self::Q8_0 => "q8_0",
        }
    }

    /// The one of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Bytes of a head of `dim` numbers at one position.
    pub fn bytes(self, dim: usize) -> usize {
        match self {
            Self::F16 => 2 * dim,
            Self::Q8_0 => dim + 2 * dim.div_ceil(SCALED_TOGETHER),
        }
    }
}
