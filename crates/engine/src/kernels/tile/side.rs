//! How activations lie side by side.

use super::super::activation::{GROUP, LARGE, Large, SMALL, Small};
use super::super::interleaved::Few;
use super::super::pool;
use super::ROWS;

/// Rows of activations side by side, in groups.
pub(in super::super) enum Inputs {
    Small(Side<f32>),
    Large(Side<i16>),
}

/// How many rows stand side by side.
#[derive(Clone, Copy)]
pub(in super::super) enum Together {
    /// Eight, the last filled up with zeros: for tiles.
    Tile,
    /// So many at most; the last as many as a power of two that is enough.
    Few(usize),
}

/// `S`: sums of blocks (f32) or of groups (i16). What is said to have `rows` is laid group after group, of as many rows as
/// [`Side::of`] says.
pub(in super::super) struct Side<S> {
    pub rows: usize,
    pub columns: usize,
    together: Together,
    /// `[columns / 4, rows, 4]`.
    pub q: Vec<i8>,
    /// `[blocks, rows]`.
    pub scale: Vec<f32>,
    /// Large: pairs of groups, `[columns / 32, rows, 2]`; small: `[blocks, rows]`.
    pub sum: Vec<S>,
    /// Large, for tiles: sums of two groups, for weights of which 32 share a minimum. Pairs, `[columns / 64, rows, 2]`.
    pub wide_sum: Vec<S>,
    /// Small: sums of the whole numbers, `[blocks, rows]`.
    pub whole: Vec<i32>,
}

impl Together {
    /// Rows of a group that is not the last.
    fn most(self) -> usize {
        match self {
            Self::Tile => ROWS,
            Self::Few(most) => most,
        }
    }
}

impl Inputs {
    /// Rows of activations in large blocks.
    pub fn large(x: &Large, together: Together) -> Self {
        let mut side = Side::new(x.q.len(), x.columns, LARGE, x.columns / GROUP, together);
        side.lay(&x.q, &x.scale, &x.sum, 2);
        if let Together::Tile = together {
            side.add_groups();
        }
        Self::Large(side)
    }

    /// Rows of activations in small blocks.
    pub fn small(x: &Small, together: Together) -> Self {
        let mut side = Side::new(x.q.len(), x.columns, SMALL, x.columns / SMALL, together);
        side.lay(&x.q, &x.scale, &x.sum, 1);
        let blocks = x.columns / SMALL;
        side.whole = vec![0; side.scale.len()];
        for (row, whole) in x.whole.chunks_exact(blocks.max(1)).enumerate() {
            let most = together.most();
            let (group, r, rows) = (row / most, row % most, side.of(row / most));
            let to = side.whole[group * blocks * most..].iter_mut().skip(r).step_by(rows);
            to.zip(whole).for_each(|(out, sum)| *out = *sum);
        }
        Self::Small(side)
    }

    /// Rows.
    pub fn rows(&self) -> usize {
        match self {
            Self::Small(x) => x.rows,
            Self::Large(x) => x.rows,
        }
    }
}

impl<S: Copy + Default + Send + Sync> Side<S> {
    fn new(numbers: usize, columns: usize, block: usize, sums: usize, together: Together) -> Self {
        let rows = numbers / columns.max(1);
        let padded = rows.next_multiple_of(together.most());
        Self {
            rows,
            columns,
            together,
            q: vec![0; padded * columns],
            scale: vec![0.0; padded * (columns / block)],
            sum: vec![S::default(); padded * sums],
            wide_sum: Vec::new(),
            whole: Vec::new(),
        }
    }

    /// How many rows stand side by side in a group.
    pub fn of(&self, group: usize) -> usize {
        match self.together {
            Together::Tile => ROWS,
            Together::Few(most) => (self.rows - group * most).min(most).next_power_of_two(),
        }
    }

    /// Lays rows side by side; of the sums, `in_one` at a time.
    fn lay(&mut self, q: &[i8], scale: &[f32], sum: &[S], in_one: usize) {
        let (columns, rows, most) = (self.columns, self.rows, self.together.most());
        let (blocks, sums) = (scale.len() / rows.max(1), sum.len() / rows.max(1));
        let in_group: Vec<usize> = (0..rows.div_ceil(most)).map(|group| self.of(group)).collect();
        let parts =
            self.q.chunks_mut((columns * most).max(1)).zip(self.scale.chunks_mut((blocks * most).max(1)));
        let parts = parts.zip(self.sum.chunks_mut((sums * most).max(1)));
        pool::each(parts, |group, ((out_q, out_scale), out_sum)| {
            let step = in_group[group];
            for r in 0..most.min(rows - group * most) {
                let row = group * most + r;
                let fours = out_q.as_chunks_mut::<4>().0.iter_mut().skip(r).step_by(step);
                fours
                    .zip(q[row * columns..(row + 1) * columns].as_chunks::<4>().0)
                    .for_each(|(out, q)| *out = *q);
                let scales = out_scale.iter_mut().skip(r).step_by(step);
                scales.zip(&scale[row * blocks..(row + 1) * blocks]).for_each(|(out, s)| *out = *s);
                let chunks = out_sum.chunks_mut(in_one).skip(r).step_by(step);
                let from = sum[row * sums..(row + 1) * sums].chunks(in_one);
                chunks.zip(from).for_each(|(out, s)| out.copy_from_slice(s));
            }
        });
    }

    /// Whether rows stand together as tiles need them.
    pub fn is_for_tiles(&self) -> bool {
        matches!(self.together, Together::Tile)
    }

    /// Number `k` of row `r` of a group for tiles.
    pub fn q(&self, group: usize, r: usize, k: usize) -> i8 {
        self.q[((group * self.columns / 4 + k / 4) * ROWS + r) * 4 + k % 4]
    }

    /// Scale of block `b`, for tiles.
    pub fn scale(&self, group: usize, r: usize, b: usize) -> f32 {
        let blocks = self.scale.len() / self.rows.next_multiple_of(ROWS).max(1);
        self.scale[(group * blocks + b) * ROWS + r]
    }
}

impl Side<f32> {
    /// A group, for interleaved rows.
    pub fn few(&self, group: usize) -> Few<'_> {
        let (columns, rows, first) = (self.columns, self.of(group), group * self.together.most());
        let blocks = columns / SMALL;
        Few {
            columns,
            q: part(&self.q, columns, first, rows),
            scale: part(&self.scale, blocks, first, rows),
            sum: &[],
            whole: part(&self.whole, blocks, first, rows),
        }
    }

    /// Sum of block `b`, for tiles.
    pub fn sum(&self, group: usize, r: usize, b: usize) -> f32 {
        self.sum[(group * (self.columns / SMALL) + b) * ROWS + r]
    }
}

impl Side<i16> {
    /// A group, for interleaved rows.
    pub fn few(&self, group: usize) -> Few<'_> {
        let (columns, rows, first) = (self.columns, self.of(group), group * self.together.most());
        Few {
            columns,
            q: part(&self.q, columns, first, rows),
            scale: part(&self.scale, columns / LARGE, first, rows),
            sum: part(&self.sum, columns / GROUP, first, rows),
            whole: &[],
        }
    }

    /// The sums of pairs, in pairs. (127 · 32 is far below 2^15.)
    fn add_groups(&mut self) {
        let of_pairs: Vec<i16> = self.sum.as_chunks().0.iter().map(|[a, b]| a + b).collect();
        self.wide_sum = of_pairs
            .chunks_exact(2 * ROWS)
            .flat_map(|two| (0..ROWS).flat_map(|r| [two[r], two[ROWS + r]]))
            .collect();
    }

    /// Sums of so many activations, 16 or 32, in pairs.
    pub fn sums_of(&self, many: usize) -> &[i16] {
        if many == GROUP { &self.sum } else { &self.wide_sum }
    }

    /// Sum `g` of so many activations, for tiles.
    pub fn sum_of(&self, many: usize, group: usize, r: usize, g: usize) -> i16 {
        self.sums_of(many)[((group * (self.columns / (2 * many)) + g / 2) * ROWS + r) * 2 + g % 2]
    }
}

/// What `rows` rows from `first` on have, each so much.
fn part<T>(of: &[T], each: usize, first: usize, rows: usize) -> &[T] {
    &of[first * each..(first + rows) * each]
}
