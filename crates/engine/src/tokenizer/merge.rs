//! The loop both families share: neighbours are joined, the best pair of all first, until no pair is known.
//! Of equally good pairs the leftmost goes first (as in llama.cpp's `llm_tokenizer_bpe` and `_spm`).

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

/// What joining two neighbours would give: how good it is (higher goes first).
pub(super) trait Pairs {
    /// How good joining the texts `left` and `right` is; none when it is not known.
    fn rank(&self, text: &str, left: Range<usize>, right: Range<usize>) -> Option<f64>;
}

struct Symbol {
    text: Range<usize>,
    before: Option<usize>,
    after: Option<usize>,
}

struct Candidate {
    rank: f64,
    left: usize,
    right: usize,
    /// Length of both together: tells whether either has changed since.
    len: usize,
}

/// Joins the characters of `text` and gives the ranges that are left.
pub(super) fn merge(text: &str, pairs: &impl Pairs) -> Vec<Range<usize>> {
    let mut symbols: Vec<Symbol> = text
        .char_indices()
        .enumerate()
        .map(|(i, (at, c))| Symbol {
            text: at..at + c.len_utf8(),
            before: i.checked_sub(1),
            after: Some(i + 1).filter(|_| at + c.len_utf8() < text.len()),
        })
        .collect();
    let mut heap = BinaryHeap::new();
    let propose = |symbols: &[Symbol], heap: &mut BinaryHeap<Candidate>, left: usize, right: usize| {
        let (a, b) = (symbols[left].text.clone(), symbols[right].text.clone());
        let len = a.len() + b.len();
        if let Some(rank) = pairs.rank(text, a, b) {
            heap.push(Candidate { rank, left, right, len });
        }
    };
    for right in 1..symbols.len() {
        propose(&symbols, &mut heap, right - 1, right);
    }
    while let Some(Candidate { left, right, len, .. }) = heap.pop() {
        let (a, b) = (&symbols[left].text, &symbols[right].text);
        if a.is_empty() || b.is_empty() || a.len() + b.len() != len {
            continue;
        }
        let end = b.end;
        symbols[left].text.end = end;
        symbols[right].text = end..end;
        let after = symbols[right].after;
        symbols[left].after = after;
        if let Some(after) = after {
            symbols[after].before = Some(left);
            propose(&symbols, &mut heap, left, after);
        }
        if let Some(before) = symbols[left].before {
            propose(&symbols, &mut heap, before, left);
        }
    }
    symbols.into_iter().map(|s| s.text).filter(|t| !t.is_empty()).collect()
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank.total_cmp(&other.rank).then_with(|| other.left.cmp(&self.left))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}
