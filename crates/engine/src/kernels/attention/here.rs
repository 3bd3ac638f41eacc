//! Attention on the processor, in one pass over keys and values (Dao et al. 2022, arXiv 2205.14135; Milakov and
//! Gimelshein 2018, arXiv 1805.02867): blocks of 64 positions, that begin at multiples of 64, are met one after the other.
//! Every sum is formed position by position in that order, so the result does not depend on how a text was cut into
//! calls or forks, nor on which rows are computed together.

#![allow(
    clippy::needless_range_loop,
    reason = "closures of iterators are not compiled for the function's processor"
)]

use std::array::from_fn;
use std::ops::Range;

use half::f16;

use super::super::key_values::{Heads, Number, Sizes, Tiles};
#[cfg(target_arch = "x86_64")]
use super::super::lanes::{Avx2, Avx512};
use super::super::lanes::{LANES, Lanes, Plain};
use super::super::pool;
use super::super::way::Way;
use super::lines::{Line, Meeting, Part, meetings};
use super::mixing::{Ahead, ScalesOf, add_weighed};
use crate::kv_type::{KvType, SCALED_TOGETHER};

/// Positions that are met at once.
pub(super) const BLOCK: usize = 64;
/// Rows of queries (of all heads that share keys) that a task computes.
const LINES: usize = 64;

/// Calls a function that is compiled for `n` lines, up to six, and for `T` sixteens of numbers where there are `many`.
macro_rules! for_lines {
    ($n:expr, $many:expr, $($path:ident).+ ($($arg:expr),*)) => {
        match ($n, $many) {
            (1, true) => $($path).+::<L, K, 1, T>($($arg),*),
            (2, true) => $($path).+::<L, K, 2, T>($($arg),*),
            (3, true) => $($path).+::<L, K, 3, T>($($arg),*),
            (4, true) => $($path).+::<L, K, 4, T>($($arg),*),
            (5, true) => $($path).+::<L, K, 5, T>($($arg),*),
            (_, true) => $($path).+::<L, K, 6, T>($($arg),*),
            (1, false) => $($path).+::<L, K, 1, 1>($($arg),*),
            (2, false) => $($path).+::<L, K, 2, 1>($($arg),*),
            (3, false) => $($path).+::<L, K, 3, 1>($($arg),*),
            (4, false) => $($path).+::<L, K, 4, 1>($($arg),*),
            (5, false) => $($path).+::<L, K, 5, 1>($($arg),*),
            (_, false) => $($path).+::<L, K, 6, 1>($($arg),*),
        }
    };
}

/// Keys and values of some positions, as a sequence sees them.
#[derive(Clone)]
pub(in super::super) struct Seen<'a> {
    pub tiles: &'a Tiles,
    pub positions: Range<usize>,
}

/// The last rows of a sequence.
#[derive(Clone)]
pub(in super::super) struct Asking<'a> {
    pub rows: usize,
    /// What the sequence holds, one after the other from position 0 to the last.
    pub seen: Vec<Seen<'a>>,
}

/// What is attended with, to what.
pub(in super::super) struct Attend<'a> {
    /// Queries `[rows, heads · head_dim]`, of one sequence after the other.
    pub q: &'a [f32],
    /// Heads of queries.
    pub query_heads: usize,
    pub heads: Heads,
    pub asking: &'a [Asking<'a>],
    /// Scores are multiplied by this.
    pub scale: f32,
    /// Positions that a row sees, its own included.
    pub window: usize,
}

impl Seen<'_> {
    /// Whether both are the same keys and values.
    pub(super) fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.tiles, other.tiles) && self.positions == other.positions
    }
}

impl Attend<'_> {
    /// `[rows, heads · value_dim]`. All keys and values have the form of the first.
    pub fn compute(&self, way: Way) -> Vec<f32> {
        match self.asking.first().and_then(|a| a.seen.first()).map(|seen| seen.tiles.kind()) {
            Some(KvType::Q8_0) => self.compute_of::<i8>(way),
            _ => self.compute_of::<f16>(way),
        }
    }

    fn compute_of<K: Number>(&self, way: Way) -> Vec<f32> {
        let rows: usize = self.asking.iter().map(|a| a.rows).sum();
        let mut out = vec![0.0; rows * self.query_heads * self.heads.value_dim];
        let target = Output(out.as_mut_ptr());
        let batches = self.batches();
        pool::run(self.heads.kv_heads * batches.len(), &|task| {
            // The last rows see most: they go first, so that no thread begins one when the others are done.
            let kv_head = task % self.heads.kv_heads;
            let batch = &batches[batches.len() - 1 - task / self.heads.kv_heads];
            match way {
                Way::Scalar => self.task::<Plain, K, 1, 1>(kv_head, batch, &target),
                // SAFETY: the processor knows them: the caller's choice of `way`.
                #[cfg(target_arch = "x86_64")]
                Way::Avx2 => unsafe { self.task_avx2::<K>(kv_head, batch, &target) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Way::Avx512 => unsafe { self.task_avx512::<K>(kv_head, batch, &target) },
            }
        });
        out
    }

    /// What a task computes: some rows of a sequence, or all of several that have their beginning in common, so that its
    /// keys and values are read once for all.
    fn batches(&self) -> Vec<Vec<(usize, Range<usize>)>> {
        let most = (LINES / (self.query_heads / self.heads.kv_heads)).max(1);
        let mut batches: Vec<Vec<(usize, Range<usize>)>> = Vec::new();
        let mut rows_of_last = 0;
        for (i, asking) in self.asking.iter().enumerate() {
            let first = |i: usize| self.asking[i].seen.first();
            let begins_as = |&(other, _): &(usize, Range<usize>)| {
                first(i).zip(first(other)).is_some_and(|(a, b)| a.is(b))
            };
            match batches.last_mut() {
                Some(last) if rows_of_last + asking.rows <= most && last.first().is_some_and(begins_as) => {
                    last.push((i, 0..asking.rows));
                    rows_of_last += asking.rows;
                }
                _ => {
                    for from in (0..asking.rows).step_by(most) {
                        batches.push(vec![(i, from..(from + most).min(asking.rows))]);
                    }
                    rows_of_last = asking.rows;
                }
            }
        }
        batches
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma,f16c")]
    fn task_avx2<K: Number>(&self, kv_head: usize, batch: &[(usize, Range<usize>)], out: &Output) {
        self.task::<Avx2, K, 2, 2>(kv_head, batch, out);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512vnni")]
    fn task_avx512<K: Number>(&self, kv_head: usize, batch: &[(usize, Range<usize>)], out: &Output) {
        self.task::<Avx512, K, 6, 4>(kv_head, batch, out);
    }

    /// The heads that share `kv_head`, at the rows of a batch. `N` lines and `T` sixteens of numbers are held in registers.
    #[inline(always)]
    fn task<L: Lanes, K: Number, const N: usize, const T: usize>(
        &self,
        kv_head: usize,
        batch: &[(usize, Range<usize>)],
        out: &Output,
    ) {
        let width = self.heads.value_dim.next_multiple_of(LANES);
        let (parts, mut lines) = self.lines(kv_head, batch);
        let mut scores = vec![[f32::NEG_INFINITY; BLOCK]; lines.len()];
        let mut mixed = vec![0.0f32; lines.len() * width];
        let begin = lines.iter().map(|l| l.sees.start).min().unwrap_or(0) / BLOCK * BLOCK;
        let end = lines.iter().map(|l| l.sees.end).max().unwrap_or(0);
        let mut met = Vec::new();
        for block in (begin..end).step_by(BLOCK) {
            meetings(&parts, block..(block + BLOCK).min(end), &mut met);
            for Meeting { tiles, positions, lines: who } in &met {
                let (lines, scores) = (&lines[who.clone()], &mut scores[who.clone()]);
                self.score::<L, K, N, T>(kv_head, lines, tiles, positions, block, scores);
            }
            for ((line, scores), mixed) in
                lines.iter_mut().zip(&mut scores).zip(mixed.chunks_exact_mut(width))
            {
                line.weigh::<L>(block, self.scale, scores, mixed);
            }
            for Meeting { tiles, positions, lines: who } in &met {
                let mixed = &mut mixed[who.start * width..who.end * width];
                self.mix::<L, K, N, T>(kv_head, tiles, positions, block, &scores[who.clone()], mixed);
            }
        }
        for (line, mixed) in lines.iter().zip(mixed.chunks_exact(width)) {
            let inverse = 1.0 / line.sum;
            out.put(line.out, mixed[..self.heads.value_dim].iter().map(|m| m * inverse));
        }
    }

    fn lines(&self, kv_head: usize, batch: &[(usize, Range<usize>)]) -> (Vec<Part<'_>>, Vec<Line>) {
        let group = self.query_heads / self.heads.kv_heads;
        let (mut parts, mut lines) = (Vec::with_capacity(batch.len()), Vec::new());
        for (i, rows) in batch {
            let asking = &self.asking[*i];
            let before: usize = self.asking[..*i].iter().map(|a| a.rows).sum();
            let total = asking.seen.last().map_or(0, |s| s.positions.end);
            let first = lines.len();
            for row in rows.clone() {
                let last = total - asking.rows + row;
                for h in 0..group {
                    let at = (before + row) * self.query_heads + kv_head * group + h;
                    lines.push(Line {
                        query: at * self.heads.head_dim,
                        out: at * self.heads.value_dim,
                        sees: (last + 1).saturating_sub(self.window)..last + 1,
                        most: f32::NEG_INFINITY,
                        sum: 0.0,
                    });
                }
            }
            parts.push(Part { seen: &asking.seen, lines: first..lines.len() });
        }
        (parts, lines)
    }

    /// Scores of all lines with some positions of a block. What no line sees is left as it is.
    #[inline(always)]
    fn score<L: Lanes, K: Number, const N: usize, const T: usize>(
        &self,
        kv_head: usize,
        lines: &[Line],
        tiles: &Tiles,
        positions: &Range<usize>,
        block: usize,
        scores: &mut [[f32; BLOCK]],
    ) {
        let (sizes, dim) = (Sizes::of(self.heads), self.heads.head_dim);
        let (keys, scales) = K::of(&tiles.keys);
        let (mut t, end) = (positions.start / LANES, positions.end.div_ceil(LANES));
        let first = scores.as_mut_ptr().cast::<f32>();
        while t < end {
            let many = t + T <= end;
            let met = if many { T } else { 1 };
            let at = (t - tiles.first) * sizes.keys + kv_head * dim * LANES;
            let keys = keys[at..at + (met - 1) * sizes.keys + dim * LANES].as_ptr();
            let scales = match K::SCALED {
                true => {
                    let of_head = sizes.key_scales / self.heads.kv_heads;
                    let at = (t - tiles.first) * sizes.key_scales + kv_head * of_head;
                    scales[at..at + (met - 1) * sizes.key_scales + of_head].as_ptr()
                }
                false => std::ptr::null(),
            };
            let mut i = 0;
            while i < lines.len() {
                let n = together::<N>(lines.len() - i);
                let ahead = Ahead::new(BLOCK / LANES * sizes.keys, dim, i..i + n, lines.len());
                let (few, to) = (&lines[i..i + n], first.wrapping_add(i * BLOCK + t * LANES - block));
                // SAFETY: the tiles have these keys and their scales, as sliced above; a query has as many numbers; a line
                // has as many scores as the block positions.
                unsafe {
                    for_lines!(n, many, self.score_few(few, (keys, scales), (positions, t), to, &ahead))
                };
                i += n;
            }
            t += met;
        }
    }

    /// Scores of `N` lines with `T` tiles of keys, number by number; the first is the text's `t`-th tile, and its first
    /// score goes `to`.
    ///
    /// # Safety
    /// The tiles are there, and room for a block's scores of each line.
    #[inline(always)]
    unsafe fn score_few<L: Lanes, K: Number, const N: usize, const T: usize>(
        &self,
        lines: &[Line],
        (keys, scales): (*const K, *const f16),
        (positions, t): (&Range<usize>, usize),
        to: *mut f32,
        ahead: &Ahead,
    ) {
        let Sizes { keys: size, key_scales, .. } = Sizes::of(self.heads);
        let q: [&[f32]; N] = from_fn(|n| &self.q[lines[n].query..][..self.heads.head_dim]);
        let mut sums = [[L::splat(0.0); T]; N];
        let mut scale = [L::splat(1.0); T];
        for d in 0..self.heads.head_dim {
            if d % K::IN_A_LINE == 0 && ahead.of.contains(&d) {
                for k in 0..T {
                    L::fetch(keys.wrapping_add(ahead.further + k * size + d * LANES));
                }
            }
            // SAFETY: the caller's promise.
            unsafe {
                if K::SCALED && d % SCALED_TOGETHER == 0 {
                    for k in 0..T {
                        scale[k] = L::load_half(scales.add(k * key_scales + d / SCALED_TOGETHER * LANES));
                    }
                }
                let mut row = [L::splat(0.0); T];
                for k in 0..T {
                    row[k] = K::load::<L>(keys.add(k * size + d * LANES));
                    if K::SCALED {
                        row[k] = row[k].mul(scale[k]);
                    }
                }
                for n in 0..N {
                    let q = L::splat(*q[n].get_unchecked(d));
                    for k in 0..T {
                        sums[n][k] = q.fma(row[k], sums[n][k]);
                    }
                }
            }
        }
        for n in 0..N {
            for k in 0..T {
                // SAFETY: the caller's promise.
                unsafe { put_scores(sums[n][k], positions, (t + k) * LANES, to.add(n * BLOCK + k * LANES)) };
            }
        }
    }

    /// Adds the values of some positions of a block to all lines, weighed.
    #[inline(always)]
    fn mix<L: Lanes, K: Number, const N: usize, const T: usize>(
        &self,
        kv_head: usize,
        tiles: &Tiles,
        positions: &Range<usize>,
        block: usize,
        weights: &[[f32; BLOCK]],
        mixed: &mut [f32],
    ) {
        let width = self.heads.value_dim.next_multiple_of(LANES);
        let sizes = Sizes::of(self.heads);
        let (numbers, scales) = K::of(&tiles.values);
        let row = |p: usize| {
            let at = (p / LANES - tiles.first) * sizes.values + (kv_head * LANES + p % LANES) * width;
            numbers[at..at + width].as_ptr()
        };
        let mut values = [std::ptr::null(); BLOCK];
        positions.clone().for_each(|p| values[p - positions.start] = row(p));
        let values = &values[..positions.len()];
        let (first, sums) = (positions.start - block, mixed.as_mut_ptr());
        let of_values =
            ScalesOf { scales, sizes, tiles, kv_head, kv_heads: self.heads.kv_heads, positions, block };
        let mut i = 0;
        while i < weights.len() {
            let n = together::<N>(weights.len() - i);
            let ahead = Ahead::new(BLOCK / LANES * sizes.values, values.len(), i..i + n, weights.len());
            let few = &weights[i..i + n];
            let mut c = 0;
            while c < width {
                let wide = c + T * LANES <= width;
                let to = (sums.wrapping_add(i * width + c), width);
                // SAFETY: the rows have `width` numbers, as sliced above, and so have the lines of `mixed`; a line has
                // weights for the whole block.
                unsafe { for_lines!(n, wide, add_weighed((values, &of_values), c, few, first, to, &ahead)) };
                c += if wide { T * LANES } else { LANES };
            }
            i += n;
        }
    }
}

/// How many of so many lines are met together: up to `N`, and as many as those after them.
#[inline(always)]
fn together<const N: usize>(left: usize) -> usize {
    left.div_ceil(left.div_ceil(N))
}

/// Puts the scores of a tile that begins at a position, of those among `positions`.
///
/// # Safety
/// There is room for the tile.
#[inline(always)]
unsafe fn put_scores<L: Lanes>(scores: L, positions: &Range<usize>, tile: usize, to: *mut f32) {
    // SAFETY: the caller's promise.
    unsafe {
        if positions.start <= tile && tile + LANES <= positions.end {
            return scores.store(to);
        }
        for (lane, score) in scores.array().into_iter().enumerate() {
            if positions.contains(&(tile + lane)) {
                to.add(lane).write(score);
            }
        }
    }
}

/// `[rows, heads, value_dim]` numbers that tasks fill, each its own rows and heads.
struct Output(*mut f32);

// SAFETY: tasks write to different rows or heads (`Attend::compute` parts them), and the buffer outlives them.
unsafe impl Sync for Output {}

impl Output {
    #[inline(always)]
    fn put(&self, at: usize, values: impl Iterator<Item = f32>) {
        for (i, value) in values.enumerate() {
            // SAFETY: `at` is the place of a row and head of this task, and value_dim numbers follow.
            unsafe { self.0.add(at + i).write(value) }
        }
    }
}
