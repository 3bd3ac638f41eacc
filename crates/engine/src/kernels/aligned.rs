//! Numbers that begin at a line of the cache. A kernel's loads are whole lines: from anywhere else each would touch two.

use aligned_vec::{AVec, ConstAlign};

/// A vector that begins at a multiple of 64 bytes.
pub(super) type Aligned<T> = AVec<T, ConstAlign<64>>;

/// `n` times 0.
pub(super) fn zeros<T: Copy + Default>(n: usize) -> Aligned<T> {
    let mut out = Aligned::new(64);
    out.resize(n, T::default());
    out
}
