//! Lines of a task on their way: which keys each meets, and how its scores become weights.

#![allow(
    clippy::needless_range_loop,
    reason = "closures of iterators are not compiled for the function's processor"
)]

use std::ops::Range;

use super::super::dot::exp;
use super::super::key_values::Tiles;
use super::super::lanes::{LANES, Lanes};
use super::here::{BLOCK, Seen};

/// Tiles of a block.
const TILES: usize = BLOCK / LANES;

/// Rows of a sequence that a task computes, and their lines among the task's.
pub(super) struct Part<'a> {
    pub seen: &'a [Seen<'a>],
    pub lines: Range<usize>,
}

/// Some positions of a block, and the lines that meet them.
pub(super) struct Meeting<'a> {
    pub tiles: &'a Tiles,
    pub positions: Range<usize>,
    pub lines: Range<usize>,
}

/// A row of queries on its way.
pub(super) struct Line {
    /// Where its numbers begin, and where its result does.
    pub query: usize,
    pub out: usize,
    /// Positions that it sees.
    pub sees: Range<usize>,
    /// The greatest score so far, and the sum of e to the power of each score less that.
    pub most: f32,
    pub sum: f32,
}

/// Puts into `out` what parts see of a block, in the order of positions for each line: together what neighbours have in
/// common. (Sequences are paths of a tree: what two have in common is where both begin.)
pub(super) fn meetings<'a>(parts: &[Part<'a>], block: Range<usize>, out: &mut Vec<Meeting<'a>>) {
    out.clear();
    for (i, part) in parts.iter().enumerate() {
        let from = part.seen.partition_point(|s| s.positions.end <= block.start);
        let to = part.seen.partition_point(|s| s.positions.start < block.end);
        for k in from..to {
            let seen = &part.seen[k];
            let has_it = |other: &Part<'_>| other.seen.get(k).is_some_and(|other| other.is(seen));
            if i > 0 && has_it(&parts[i - 1]) {
                continue;
            }
            let last = parts[i..].iter().take_while(|part| has_it(part)).last().unwrap_or(part);
            let positions = seen.positions.start.max(block.start)..seen.positions.end.min(block.end);
            out.push(Meeting { tiles: seen.tiles, positions, lines: part.lines.start..last.lines.end });
        }
    }
}

impl Line {
    /// Makes weights of the scores of a block: e to the power of each less the greatest so far, 0 for what is not seen.
    /// What was mixed is brought to the same measure.
    #[inline(always)]
    pub fn weigh<L: Lanes>(
        &mut self,
        block: usize,
        scale: f32,
        scores: &mut [f32; BLOCK],
        mixed: &mut [f32],
    ) {
        let hide = |scores: &mut [f32; BLOCK], value: f32| {
            let from = self.sees.start.saturating_sub(block).min(BLOCK);
            let to = self.sees.end.saturating_sub(block).min(BLOCK).max(from);
            scores[..from].fill(value);
            scores[to..].fill(value);
        };
        hide(scores, f32::NEG_INFINITY);
        // (Loops and not closures: those would not be compiled for the processor.)
        let mut four = [L::splat(0.0); TILES];
        for t in 0..TILES {
            // SAFETY: the block's scores are four sixteens.
            four[t] = unsafe { L::load(scores.as_ptr().add(t * LANES)) }.mul(L::splat(scale));
        }
        let most = four[0].max(four[1]).max(four[2].max(four[3])).greatest().max(self.most);
        if most == f32::NEG_INFINITY {
            scores.fill(0.0);
            return;
        }
        let before = if self.most == f32::NEG_INFINITY { 0.0 } else { exp(self.most - most) };
        for t in 0..TILES {
            let weights = four[t].sub(L::splat(most)).exp();
            // SAFETY: as above.
            unsafe { weights.store(scores.as_mut_ptr().add(t * LANES)) };
        }
        hide(scores, 0.0);
        for t in 0..TILES {
            // SAFETY: as above.
            four[t] = unsafe { L::load(scores.as_ptr().add(t * LANES)) };
        }
        let sum = four[0].add(four[1]).add(four[2].add(four[3])).sum();
        self.sum = self.sum.mul_add(before, sum);
        if self.most != most {
            for sixteen in mixed.chunks_exact_mut(LANES) {
                // SAFETY: sixteen are there.
                unsafe { L::load(sixteen.as_ptr()).mul(L::splat(before)).store(sixteen.as_mut_ptr()) };
            }
        }
        self.most = most;
    }
}
