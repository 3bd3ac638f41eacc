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

use super::super::key_values::{Heads, Tiles};
#[cfg(target_arch = "x86_64")]
use super::super::lanes::{Avx2, Avx512};
use super::super::lanes::{LANES, Lanes, Plain};
use super::super::pool;
use super::super::way::Way;
use super::lines::{Line, Meeting, Part, meetings};

/// Positions that are met at once.
pub(super) const BLOCK: usize = 64;
/// Rows of queries (of all heads that share keys) that a task computes.
const LINES: usize = 64;

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
    /// `[rows, heads · value_dim]`.
    pub fn compute(&self, way: Way) -> Vec<f32> {
        let rows: usize = self.asking.iter().map(|a| a.rows).sum();
        let mut out = vec![0.0; rows * self.query_heads * self.heads.value_dim];
        let target = Output(out.as_mut_ptr());
        let batches = self.batches();
        pool::run(self.heads.kv_heads * batches.len(), &|task| {
            // The last rows see most: they go first, so that no thread begins one when the others are done.
            let kv_head = task % self.heads.kv_heads;
            let batch = &batches[batches.len() - 1 - task / self.heads.kv_heads];
            match way {
                Way::Scalar => self.task::<Plain, 1, 1>(kv_head, batch, &target),
                // SAFETY: the processor knows them: the caller's choice of `way`.
                #[cfg(target_arch = "x86_64")]
                Way::Avx2 => unsafe { self.task_avx2(kv_head, batch, &target) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Way::Avx512 => unsafe { self.task_avx512(kv_head, batch, &target) },
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
    fn task_avx2(&self, kv_head: usize, batch: &[(usize, Range<usize>)], out: &Output) {
        self.task::<Avx2, 2, 2>(kv_head, batch, out);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512vnni")]
    fn task_avx512(&self, kv_head: usize, batch: &[(usize, Range<usize>)], out: &Output) {
        self.task::<Avx512, 4, 4>(kv_head, batch, out);
    }

    /// The heads that share `kv_head`, at the rows of a batch. `N` lines and `T` sixteens of numbers are held in registers.
    #[inline(always)]
    fn task<L: Lanes, const N: usize, const T: usize>(
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
                self.score::<L, N, T>(kv_head, lines, tiles, positions, block, scores);
            }
            for ((line, scores), mixed) in
                lines.iter_mut().zip(&mut scores).zip(mixed.chunks_exact_mut(width))
            {
                line.weigh::<L>(block, self.scale, scores, mixed);
            }
            for Meeting { tiles, positions, lines: who } in &met {
                let mixed = &mut mixed[who.start * width..who.end * width];
                self.mix::<L, N, T>(kv_head, tiles, positions, block, &scores[who.clone()], mixed);
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
    fn score<L: Lanes, const N: usize, const T: usize>(
        &self,
        kv_head: usize,
        lines: &[Line],
        tiles: &Tiles,
        positions: &Range<usize>,
        block: usize,
        scores: &mut [[f32; BLOCK]],
    ) {
        let size = Tiles::sizes(self.heads).0;
        let tile = |t: usize| {
            let at = (t - tiles.first) * size + kv_head * self.heads.head_dim * LANES;
            tiles.keys[at..at + self.heads.head_dim * LANES].as_ptr()
        };
        let (mut t, end) = (positions.start / LANES, positions.end.div_ceil(LANES));
        let first = scores.as_mut_ptr().cast::<f32>();
        while t < end {
            let many = t + T <= end;
            let mut i = 0;
            while i < lines.len() {
                // The next block's tiles are fetched while the first lines meet this one's.
                let next = if i == 0 { BLOCK / LANES * size } else { 0 };
                let to = |k: usize| first.wrapping_add((i + k) * BLOCK + t * LANES - block);
                let q = |k: usize| self.q[lines[i + k].query..].as_ptr();
                // SAFETY: the tiles have these keys, as sliced above; a query has as many numbers; a line has as many
                // scores as the block positions.
                unsafe {
                    i += match (lines.len() - i, many) {
                        (left, true) if left >= N => {
                            let sums = self.products::<L, N, T>(from_fn(q), from_fn(|k| tile(t + k)), next);
                            sums.put(from_fn(to), positions, t)
                        }
                        (left, false) if left >= N => {
                            let sums = self.products::<L, N, 1>(from_fn(q), [tile(t)], next);
                            sums.put(from_fn(to), positions, t)
                        }
                        (2.., true) => {
                            let sums = self.products::<L, 2, T>(from_fn(q), from_fn(|k| tile(t + k)), next);
                            sums.put(from_fn(to), positions, t)
                        }
                        (2.., false) => {
                            let sums = self.products::<L, 2, 1>(from_fn(q), [tile(t)], next);
                            sums.put(from_fn(to), positions, t)
                        }
                        (_, true) => {
                            let sums = self.products::<L, 1, T>([q(0)], from_fn(|k| tile(t + k)), next);
                            sums.put([to(0)], positions, t)
                        }
                        (_, false) => {
                            let sums = self.products::<L, 1, 1>([q(0)], [tile(t)], next);
                            sums.put([to(0)], positions, t)
                        }
                    }
                }
            }
            t += if many { T } else { 1 };
        }
    }

    /// Queries with tiles of keys, number by number. What lies so much `further` (0: nothing) is fetched meanwhile: a
    /// head's tiles are apart, so the processor does not foresee them.
    #[inline(always)]
    unsafe fn products<L: Lanes, const N: usize, const T: usize>(
        &self,
        q: [*const f32; N],
        tiles: [*const f16; T],
        further: usize,
    ) -> Products<L, N, T> {
        let mut sums = [[L::splat(0.0); T]; N];
        for d in 0..self.heads.head_dim {
            // Every other number begins a line.
            if further > 0 && d % 2 == 0 {
                for t in 0..T {
                    L::fetch(tiles[t].wrapping_add(further + d * LANES));
                }
            }
            // SAFETY: the caller's promise.
            unsafe {
                let mut keys = [L::splat(0.0); T];
                for t in 0..T {
                    keys[t] = L::load_half(tiles[t].add(d * LANES));
                }
                for n in 0..N {
                    let q = L::splat(*q[n].add(d));
                    for t in 0..T {
                        sums[n][t] = q.fma(keys[t], sums[n][t]);
                    }
                }
            }
        }
        Products(sums)
    }

    /// Adds the values of some positions of a block to all lines, weighed.
    #[inline(always)]
    fn mix<L: Lanes, const N: usize, const T: usize>(
        &self,
        kv_head: usize,
        tiles: &Tiles,
        positions: &Range<usize>,
        block: usize,
        weights: &[[f32; BLOCK]],
        mixed: &mut [f32],
    ) {
        let width = self.heads.value_dim.next_multiple_of(LANES);
        let size = Tiles::sizes(self.heads).1;
        let row = |p: usize| {
            let at = (p / LANES - tiles.first) * size + (kv_head * LANES + p % LANES) * width;
            tiles.values[at..at + width].as_ptr()
        };
        let mut values = [std::ptr::null(); BLOCK];
        positions.clone().for_each(|p| values[p - positions.start] = row(p));
        let values = &values[..positions.len()];
        let (first, sums) = (positions.start - block, mixed.as_mut_ptr());
        let mut i = 0;
        while i < weights.len() {
            let left = weights.len() - i;
            let next = if i == 0 { BLOCK / LANES * size } else { 0 };
            let mut c = 0;
            while c < width {
                let wide = c + T * LANES <= width;
                let to = |k: usize| sums.wrapping_add((i + k) * width + c);
                let w = |k: usize| weights[i + k][first..].as_ptr();
                // SAFETY: the rows have `width` numbers, as sliced above, and so have the lines of `mixed`; a line has
                // weights for the whole block.
                unsafe {
                    match (left, wide) {
                        (left, true) if left >= N => {
                            add_weighed::<L, N, T>(values, c, next, from_fn(w), from_fn(to));
                        }
                        (left, false) if left >= N => {
                            add_weighed::<L, N, 1>(values, c, next, from_fn(w), from_fn(to));
                        }
                        (2.., true) => add_weighed::<L, 2, T>(values, c, next, from_fn(w), from_fn(to)),
                        (2.., false) => add_weighed::<L, 2, 1>(values, c, next, from_fn(w), from_fn(to)),
                        (_, true) => add_weighed::<L, 1, T>(values, c, next, [w(0)], [to(0)]),
                        (_, false) => add_weighed::<L, 1, 1>(values, c, next, [w(0)], [to(0)]),
                    }
                }
                c += if wide { T * LANES } else { LANES };
            }
            i += match left {
                left if left >= N => N,
                2.. => 2,
                _ => 1,
            };
        }
    }
}

/// Adds numbers `c`, `c + 1` … of rows of values to lines, each row with its weight for each line. What lies so much
/// `further` is fetched meanwhile.
///
/// # Safety
/// The values have so many numbers, a line a weight for each value, and room for the sums.
#[inline(always)]
unsafe fn add_weighed<L: Lanes, const N: usize, const T: usize>(
    values: &[*const f16],
    c: usize,
    further: usize,
    weights: [*const f32; N],
    to: [*mut f32; N],
) {
    // SAFETY: the caller's promise.
    unsafe {
        let mut sums = [[L::splat(0.0); T]; N];
        for n in 0..N {
            for t in 0..T {
                sums[n][t] = L::load(to[n].add(t * LANES));
            }
        }
        for (p, value) in values.iter().enumerate() {
            let mut row = [L::splat(0.0); T];
            if further > 0 {
                for t in (0..T).step_by(2) {
                    L::fetch(value.wrapping_add(further + c + t * LANES));
                }
            }
            for t in 0..T {
                row[t] = L::load_half(value.add(c + t * LANES));
            }
            for n in 0..N {
                let weight = L::splat(*weights[n].add(p));
                for t in 0..T {
                    sums[n][t] = weight.fma(row[t], sums[n][t]);
                }
            }
        }
        for n in 0..N {
            for t in 0..T {
                sums[n][t].store(to[n].add(t * LANES));
            }
        }
    }
}

/// Scores of lines with tiles.
struct Products<L, const N: usize, const T: usize>([[L; T]; N]);

impl<L: Lanes, const N: usize, const T: usize> Products<L, N, T> {
    /// Puts those of `positions`; the first tile is the `tile`-th of the text, and its first score goes `to`. Gives the
    /// number of lines.
    ///
    /// # Safety
    /// There is room for the tiles.
    #[inline(always)]
    unsafe fn put(self, to: [*mut f32; N], positions: &Range<usize>, tile: usize) -> usize {
        for (line, to) in self.0.into_iter().zip(to) {
            for (t, sums) in line.into_iter().enumerate() {
                let first = (tile + t) * LANES;
                // SAFETY: the caller's promise.
                unsafe {
                    let to = to.add(t * LANES);
                    if positions.start <= first && first + LANES <= positions.end {
                        sums.store(to);
                        continue;
                    }
                    for (lane, sum) in sums.array().into_iter().enumerate() {
                        if positions.contains(&(first + lane)) {
                            to.add(lane).write(sum);
                        }
                    }
                }
            }
        }
        N
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
