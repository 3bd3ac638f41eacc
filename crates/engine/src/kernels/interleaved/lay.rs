//! How the bytes of sixteen rows lie in a group.

use crate::gguf::TensorType;

/// Rows of a group.
pub(in super::super) const ROWS: usize = 16;

/// Which bytes of a block go where.
pub(in super::super) struct Layout {
    /// Bytes of a block.
    block: usize,
    /// Where its lone 16-bit scale is.
    half: Option<usize>,
    /// Where its 32-bit words begin, and how many there are.
    words: (usize, usize),
    /// Which word comes first, second …, where it is not the file's order: memory is read fastest from end to end.
    order: Option<[u8; 52]>,
}

/// The words of Q6_K as they are used: scales; then for 128 weights and again 128, for one half of each 32 of them and
/// the other, the high bits of all four, and the low bits of two and two.
const Q6_K_ORDER: [u8; 52] = {
    let mut order = [0; 52];
    let mut i = 0;
    while i < 4 {
        order[i] = 48 + i as u8;
        i += 1;
    }
    i = 0;
    while i < 48 {
        let (half, side, part, k) = (i / 24, i / 12 % 2, i / 4 % 3, i % 4);
        order[4 + i] = match part {
            0 => 32 + 8 * half + 4 * side + k,
            _ => 16 * half + 8 * (part - 1) + 4 * side + k,
        } as u8;
        i += 1;
    }
    order
};

impl Layout {
    /// Of the types that are laid so.
    pub fn of(kind: TensorType) -> Option<&'static Self> {
        const fn of(block: usize, half: Option<usize>, words: (usize, usize)) -> Layout {
            Layout { block, half, words, order: None }
        }
        static Q4_K: Layout = of(144, None, (0, 36));
        static Q5_K: Layout = of(176, None, (0, 44));
        static Q6_K: Layout = Layout { order: Some(Q6_K_ORDER), ..of(210, Some(208), (0, 52)) };
        static Q8_0: Layout = of(34, Some(0), (2, 8));
        static Q4_0: Layout = of(18, Some(0), (2, 4));
        Some(match kind {
            TensorType::Q4_K => &Q4_K,
            TensorType::Q5_K => &Q5_K,
            TensorType::Q6_K => &Q6_K,
            TensorType::Q8_0 => &Q8_0,
            TensorType::Q4_0 => &Q4_0,
            _ => return None,
        })
    }

    /// Lays up to sixteen rows of `row` bytes; `out` is 0 and has sixteen times as many.
    pub fn lay(&self, rows: &[u8], row: usize, out: &mut [u8]) {
        let blocks = row / self.block;
        let (first, count) = self.words;
        // Sixteen rows are read side by side, and what is written is written once from end to end.
        for b in 0..blocks {
            let at = self.at(b, blocks);
            for (o, row) in rows.chunks_exact(row).enumerate() {
                let block = &row[b * self.block..(b + 1) * self.block];
                if let Some(half) = self.half {
                    let to = at.halves + 2 * o;
                    out[to..to + 2].copy_from_slice(&block[half..half + 2]);
                }
                let to = out[at.words..at.words + self.size()].as_chunks_mut::<4>().0;
                let to = to.iter_mut().skip(o).step_by(ROWS);
                let words = block[first..first + 4 * count].as_chunks::<4>().0;
                match &self.order {
                    None => to.zip(words).for_each(|(to, word)| *to = *word),
                    Some(order) => to.zip(order).for_each(|(to, &i)| *to = words[usize::from(i)]),
                }
            }
        }
    }

    /// Row `o` of a group, as the file has it.
    pub fn row(&self, group: &[u8], o: usize) -> Vec<u8> {
        let blocks = group.len() / ROWS / self.block;
        let mut out = vec![0; blocks * self.block];
        let (first, count) = self.words;
        for (b, block) in out.chunks_exact_mut(self.block).enumerate() {
            let at = self.at(b, blocks);
            if let Some(half) = self.half {
                block[half..half + 2].copy_from_slice(&group[at.halves + 2 * o..at.halves + 2 * o + 2]);
            }
            let words = group[at.words..at.words + self.size()].as_chunks::<4>().0;
            let to = block[first..first + 4 * count].as_chunks_mut::<4>().0;
            for (i, word) in words.iter().skip(o).step_by(ROWS).enumerate() {
                to[self.order.as_ref().map_or(i, |order| usize::from(order[i]))] = *word;
            }
        }
        out
    }

    /// Where block `b` of so many lies in a group. Halves stand before the words of two blocks, so that memory is read
    /// from end to end and words begin at lines of the cache.
    #[inline(always)]
    pub fn at(&self, b: usize, blocks: usize) -> At {
        let halves = if self.half.is_some() { 2 * ROWS } else { 0 };
        let start = b / 2 * 2 * (halves + self.size());
        let together = if b / 2 * 2 + 1 < blocks { 2 } else { 1 };
        At { halves: start + b % 2 * halves, words: start + together * halves + b % 2 * self.size() }
    }

    /// Bytes of the words `[words, 16]` of a block.
    #[inline(always)]
    pub fn size(&self) -> usize {
        self.words.1 * 4 * ROWS
    }

    /// Bytes of a group of so many blocks a row.
    pub fn group(&self, blocks: usize) -> usize {
        blocks * self.block * ROWS
    }
}

/// Where a block lies in a group, in bytes.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct At {
    /// Its lone scales `[16]`; where there are none, this is where its words are.
    pub halves: usize,
    /// Its words `[words, 16]`.
    pub words: usize,
}
