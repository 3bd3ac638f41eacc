//! Words as numbers, so that runs of words are compared quickly.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{folded, words};

/// Words of several texts, each with a number; words that differ in case alone have the same.
#[derive(Default)]
pub(crate) struct Numbers {
    ids: HashMap<String, u32>,
}

/// A text as numbers of its words, and where each stands.
pub(crate) struct Numbered {
    pub(crate) ids: Vec<u32>,
    pub(crate) at: Vec<Range<usize>>,
}

impl Numbers {
    pub(crate) fn read(&mut self, text: &str) -> Numbered {
        let (mut ids, mut at) = (Vec::new(), Vec::new());
        for (range, word) in words(text) {
            let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
            ids.push(*self.ids.entry(folded(word)).or_insert(next));
            at.push(range);
        }
        Numbered { ids, at }
    }
}

impl Numbered {
    /// The distinct runs of n words. Time and memory n times the words at most.
    pub(crate) fn grams(&self, n: usize) -> HashSet<&[u32]> {
        self.ids.windows(n.max(1)).collect()
    }

    /// The bytes from one word up to and without another.
    pub(crate) fn bytes(&self, words: Range<usize>) -> Option<Range<usize>> {
        let last = self.at.get(words.end.checked_sub(1)?)?;
        Some(self.at.get(words.start)?.start..last.end)
    }
}
