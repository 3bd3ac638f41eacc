//! How the bytes of sixteen rows lie in a group.

use std::ops::Range;

use crate::gguf::TensorType;

/// Rows of a group.
pub(in super::super) const ROWS: usize = 16;

/// Which bytes of a block go where.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Layout {
    /// Bytes of a block.
    block: usize,
    /// Where its lone 16-bit scale is.
    half: Option<usize>,
    /// Where its 32-bit words begin, and how many there are.
    words: (usize, usize),
}

impl Layout {
    /// Of the types that are laid so.
    pub fn of(kind: TensorType) -> Option<Self> {
        let (half, words) = match kind {
            TensorType::Q4_K => (None, (0, 36)),
            TensorType::Q5_K => (None, (0, 44)),
            TensorType::Q6_K => (Some(208), (0, 52)),
            TensorType::Q8_0 => (Some(0), (2, 8)),
            TensorType::Q4_0 => (Some(0), (2, 4)),
            _ => return None,
        };
        Some(Self { block: kind.bytes(), half, words })
    }

    /// Lays up to sixteen rows of `row` bytes; `out` is 0 and has sixteen times as many.
    pub fn lay(self, rows: &[u8], row: usize, out: &mut [u8]) {
        let blocks = row / self.block;
        let (halves, words) = out.split_at_mut(self.halves(blocks).len());
        for (o, row) in rows.chunks_exact(row).enumerate() {
            if let Some(half) = self.half {
                let to = halves.as_chunks_mut::<2>().0.iter_mut().skip(o).step_by(ROWS);
                to.zip(row.chunks_exact(self.block))
                    .for_each(|(to, b)| to.copy_from_slice(&b[half..half + 2]));
            }
        }
        let (first, count) = self.words;
        let in_block = count * 4 * ROWS;
        // Sixteen rows are read side by side, and what is written is written once from end to end.
        for (b, out) in words.chunks_exact_mut(in_block.max(1)).enumerate() {
            let from = b * self.block + first..b * self.block + first + 4 * count;
            for (o, row) in rows.chunks_exact(row).enumerate() {
                let to = out.as_chunks_mut::<4>().0.iter_mut().skip(o).step_by(ROWS);
                to.zip(row[from.clone()].as_chunks::<4>().0).for_each(|(to, word)| *to = *word);
            }
        }
    }

    /// Where a group of so many blocks a row has its halves `[blocks, 16]`.
    pub fn halves(self, blocks: usize) -> Range<usize> {
        0..self.half.map_or(0, |_| blocks * 2 * ROWS)
    }

    /// Bytes of the words `[words, 16]` of a block.
    pub fn words(self) -> usize {
        self.words.1 * 4 * ROWS
    }
}
