//! Matrices of the common types, sixteen rows side by side: the bytes of the file, none more and none less, laid so that
//! one instruction multiplies for sixteen outputs, and no sum crosses a vector. A row of activations more costs half of
//! what it costs where rows lie one after the other.
//!
//! Sixteen rows are a *group*. It holds, block after block, every 32-bit word of the blocks, sixteen of a kind together:
//! `[blocks, words, 16]`; lone 16-bit scales (of types whose blocks are not whole words) stand before the words of two
//! blocks. Rows that are missing in the last group are 0.

#[cfg(target_arch = "x86_64")]
mod blocks;
mod lay;
mod laying;
mod room;
#[cfg(target_arch = "x86_64")]
mod wide;

use std::sync::atomic::{AtomicBool, Ordering};

use super::way::Way;
use crate::gguf::{Stretch, TensorType};
pub(super) use lay::{Layout, ROWS};
pub(crate) use laying::{Laying, ToLay};
pub(super) use room::Room;
use room::Taken;

/// One row of activations, or as many side by side as the next power of two says: four numbers of each after the other, so
/// that they are read from end to end, and no more of them than there are. What a form has not is empty.
#[derive(Clone, Copy)]
pub(super) struct Few<'a> {
    /// Numbers in a row.
    pub columns: usize,
    /// `[columns / 4, rows, 4]`.
    pub q: &'a [i8],
    /// `[blocks, rows]`.
    pub scale: &'a [f32],
    /// Large: sums of groups of 16, `[columns / 32, rows, 2]`.
    pub sum: &'a [i16],
    /// Small: sums of blocks, `[blocks, rows]`.
    pub whole: &'a [i32],
}

/// Where the sums of a group with rows of activations go.
#[derive(Clone, Copy)]
pub(super) struct Sums {
    /// Those with the first row.
    pub first: *mut f32,
    /// How much further those with the next row are.
    pub stride: usize,
}

/// The greatest `R` that pays: what the registers of a way can hold.
pub(super) fn most_rows(way: Way) -> usize {
    match way {
        #[cfg(target_arch = "x86_64")]
        Way::Avx512 => 8,
        _ => 4,
    }
}

/// The rows of a matrix, side by side.
pub(super) struct Interleaved {
    bytes: Taken,
    /// Bytes of a group.
    group: usize,
    pub layout: &'static Layout,
}

impl Interleaved {
    /// Copies a matrix `[rows, columns]`, and lets go of the pages it had in the mapped file. None where its type is not
    /// laid so, this processor has no use for it, memory is lacking or `stop` says so: then it is used where it lies.
    pub fn new(
        file: &Stretch,
        kind: TensorType,
        rows: usize,
        columns: usize,
        room: &mut Room,
        stop: &AtomicBool,
    ) -> Option<Self> {
        let layout = Layout::of(kind).filter(|_| Way::best() != Way::Scalar)?;
        let row = columns / kind.block() * kind.bytes();
        let group = row * ROWS;
        if group == 0 || rows == 0 {
            return None;
        }
        let bytes = room.take(rows.div_ceil(ROWS) * group, |bytes| {
            // A few groups at a time, so that not much of a matrix is there twice.
            let together = (TOGETHER / group).max(1) * group;
            for (i, out) in bytes.chunks_mut(together).enumerate() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let part = i * together..(i * together + out.len()).min(file.len());
                file.fetch(part.clone());
                for (out, rows) in out.chunks_exact_mut(group).zip(file[part.clone()].chunks(group)) {
                    layout.lay(rows, row, out);
                }
                file.forget(part);
            }
        })?;
        (!stop.load(Ordering::Relaxed)).then_some(Self { bytes, group, layout })
    }

    /// The rows `16 · group` and after.
    pub fn group(&self, group: usize) -> &[u8] {
        &self.bytes[group * self.group..(group + 1) * self.group]
    }
}

/// Bytes that are laid at a time.
const TOGETHER: usize = 1 << 21;

/// Puts the sums of a group with the `R` rows of `x`: sixteen for each, so much further than those before.
///
/// # Safety
/// This processor knows `way`, which is not `Scalar`; there is room for them.
pub(super) unsafe fn sums<const R: usize>(way: Way, kind: TensorType, group: &[u8], x: Few<'_>, out: Sums) {
    match way {
        // SAFETY: the caller's promise.
        #[cfg(target_arch = "x86_64")]
        Way::Avx512 => unsafe { blocks::avx512::<R>(kind, group, x, out) },
        // SAFETY: the caller's promise.
        #[cfg(target_arch = "x86_64")]
        Way::Avx2 => unsafe { blocks::avx2::<R>(kind, group, x, out) },
        Way::Scalar => {}
    }
}
