//! Attention on the processor: keys and values in 16 bits are read once for all the rows and heads that share
//! them, and every row's sums are formed key by key, so the result does not depend on how a text was cut into
//! calls or forks.

use half::f16;

#[cfg(target_arch = "x86_64")]
use super::dot::Avx2;
use super::dot::{Processor, Scalar, exp};
use super::pool;

/// Rows of queries (of all heads of a group) that a task computes at once.
const ROWS: usize = 32;
/// Scores that a task holds at once, unless one row of them is longer.
const SCORES: usize = 1 << 16;

/// Keys and values of a stretch of positions: those of head `h` and position `t` begin at `h · stride + t · dim`.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'a> {
    pub keys: &'a [f16],
    pub key_stride: usize,
    pub values: &'a [f16],
    pub value_stride: usize,
    /// Positions.
    pub len: usize,
}

/// What is attended with, to what.
pub(super) struct Attend<'a> {
    /// Queries `[heads, rows, key_dim]`; the rows are the last positions.
    pub q: &'a [f32],
    pub heads: usize,
    pub rows: usize,
    pub kv_heads: usize,
    pub key_dim: usize,
    pub value_dim: usize,
    pub stretches: &'a [Stretch<'a>],
    /// Scores are multiplied by this.
    pub scale: f32,
    /// Positions that a row sees, its own included.
    pub window: usize,
}

impl Attend<'_> {
    /// `[rows, heads · value_dim]`.
    pub fn compute(&self) -> Vec<f32> {
        let total: usize = self.stretches.iter().map(|s| s.len).sum();
        let group = self.heads / self.kv_heads;
        let block = (ROWS.min(SCORES / total.max(1)) / group).clamp(1, self.rows);
        let blocks = self.rows.div_ceil(block);
        let mut out = vec![0.0; self.rows * self.heads * self.value_dim];
        let target = Output(out.as_mut_ptr());
        pool::run(self.kv_heads * blocks, &|task| {
            let (kv_head, from) = (task / blocks, task % blocks * block);
            let rows = from..(from + block).min(self.rows);
            #[cfg(target_arch = "x86_64")]
            if Avx2::is_here() {
                // SAFETY: AVX2, FMA and F16C are here.
                return unsafe { self.block_avx2(kv_head, rows, total, &target) };
            }
            self.block::<Scalar>(kv_head, rows, total, &target);
        });
        out
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma,f16c")]
    fn block_avx2(&self, kv_head: usize, rows: std::ops::Range<usize>, total: usize, out: &Output) {
        self.block::<Avx2>(kv_head, rows, total, out);
    }

    /// The heads that share `kv_head`, at some rows.
    #[inline(always)]
    fn block<P: Processor>(&self, kv_head: usize, rows: std::ops::Range<usize>, total: usize, out: &Output) {
        let (dk, dv, group) = (self.key_dim, self.value_dim, self.heads / self.kv_heads);
        // The last position that each row sees, and the first that any does.
        let last = |row: usize| total - self.rows + row;
        let sees = |row: usize| (last(row) + 1).saturating_sub(self.window)..last(row) + 1;
        let begin = sees(rows.start).start;
        let width = last(rows.end - 1) + 1 - begin;
        // Row after row, and in each the heads of the group.
        let lines: Vec<(usize, usize)> =
            rows.flat_map(|row| (0..group).map(move |h| (row, kv_head * group + h))).collect();
        let mut scores = vec![0.0f32; lines.len() * width];
        let mut wide = vec![0.0f32; dk.max(dv)];
        self.each(begin, |t, s, at| {
            P::widen(&s.keys[kv_head * s.key_stride + at * dk..][..dk], &mut wide[..dk]);
            for (line, &(row, head)) in lines.iter().enumerate() {
                if sees(row).contains(&t) {
                    let q = &self.q[(head * self.rows + row) * dk..][..dk];
                    scores[line * width + t - begin] = P::float(q, &wide[..dk]) * self.scale;
                }
            }
        });
        let mut sums = vec![0.0f32; lines.len()];
        for (line, &(row, _)) in lines.iter().enumerate() {
            let seen = sees(row);
            let scores = &mut scores[line * width..][seen.start - begin..seen.end - begin];
            let most = scores.iter().fold(f32::NEG_INFINITY, |most, &s| most.max(s));
            scores.iter_mut().for_each(|s| *s = exp(*s - most));
            sums[line] = scores.iter().sum();
        }
        let mut mixed = vec![0.0f32; lines.len() * dv];
        self.each(begin, |t, s, at| {
            P::widen(&s.values[kv_head * s.value_stride + at * dv..][..dv], &mut wide[..dv]);
            for (line, &(row, _)) in lines.iter().enumerate() {
                if sees(row).contains(&t) {
                    let weight = scores[line * width + t - begin];
                    P::add_scaled(&mut mixed[line * dv..][..dv], weight, &wide[..dv]);
                }
            }
        });
        for (line, &(row, head)) in lines.iter().enumerate() {
            let inverse = 1.0 / sums[line];
            let mixed = mixed[line * dv..][..dv].iter().map(|m| m * inverse);
            out.put((row * self.heads + head) * dv, mixed);
        }
    }

    /// Calls `visit` with every position from `begin` on, the stretch it lies in, and where.
    #[inline(always)]
    fn each(&self, begin: usize, mut visit: impl FnMut(usize, &Stretch<'_>, usize)) {
        let mut first = 0;
        for s in self.stretches {
            for at in begin.saturating_sub(first)..s.len {
                visit(first + at, s, at);
            }
            first += s.len;
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
