//! Many short texts in one piece of memory, found by their bytes. (A vocabulary has up to 260,000; as texts of their own in
//! a map they would take ten times the memory, and most of the time that a model takes to open.)

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Texts by number, and numbers by text and mark.
pub(super) struct Strings {
    texts: Texts,
    table: HashTable<u32>,
}

struct Texts {
    bytes: Vec<u8>,
    /// Where each ends, and its mark.
    ends: Vec<(u32, u32)>,
    hasher: DefaultHashBuilder,
}

/// Of texts that are the same, which is found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    First,
    Last,
}

impl Strings {
    /// Texts, each in up to two pieces and with a mark; none when they are too long together.
    pub fn new<'a>(parts: impl ExactSizeIterator<Item = ([&'a [u8]; 2], u32)>, found: Found) -> Option<Self> {
        let n = parts.len();
        let mut texts =
            Texts { bytes: Vec::new(), ends: Vec::with_capacity(n), hasher: DefaultHashBuilder::default() };
        for ([left, right], mark) in parts {
            texts.bytes.extend_from_slice(left);
            texts.bytes.extend_from_slice(right);
            texts.ends.push((u32::try_from(texts.bytes.len()).ok()?, mark));
        }
        texts.bytes.shrink_to_fit();
        let mut table = HashTable::with_capacity(n);
        for i in 0..n as u32 {
            let (text, mark) = texts.get(i);
            let hash = texts.hash(text, mark);
            match table.find_mut(hash, |&other| texts.get(other) == (text, mark)) {
                Some(other) if found == Found::Last => *other = i,
                Some(_) => {}
                None => {
                    table.insert_unique(hash, i, |&i| {
                        let (text, mark) = texts.get(i);
                        texts.hash(text, mark)
                    });
                }
            }
        }
        Some(Self { texts, table })
    }

    pub fn len(&self) -> usize {
        self.texts.ends.len()
    }

    /// A text by its number; empty where there is none.
    pub fn get(&self, i: u32) -> &[u8] {
        if (i as usize) < self.len() { self.texts.get(i).0 } else { &[] }
    }

    /// The number of a text with this mark.
    pub fn find(&self, text: &[u8], mark: u32) -> Option<u32> {
        self.table.find(self.texts.hash(text, mark), |&i| self.texts.get(i) == (text, mark)).copied()
    }
}

impl Texts {
    /// A text that is there, and its mark.
    fn get(&self, i: u32) -> (&[u8], u32) {
        let (end, mark) = self.ends[i as usize];
        let from = if i == 0 { 0 } else { self.ends[i as usize - 1].0 };
        (&self.bytes[from as usize..end as usize], mark)
    }

    fn hash(&self, text: &[u8], mark: u32) -> u64 {
        self.hasher.hash_one((text, mark))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_are_found_as_in_a_map(texts in prop::collection::vec(("[ab]{0,3}", 0u32..3), 0..60), last: bool) {
            let found = if last { Found::Last } else { Found::First };
            let parts = texts.iter().map(|(text, mark)| {
                let (left, right) = text.as_bytes().split_at(text.len() / 2);
                ([left, right], *mark)
            });
            let strings = Strings::new(parts, found).unwrap();
            let mut map = HashMap::new();
            for (i, (text, mark)) in texts.iter().enumerate() {
                prop_assert_eq!(strings.get(i as u32), text.as_bytes());
                let entry = map.entry((text.as_str(), *mark)).or_insert(i as u32);
                if last { *entry = i as u32; }
            }
            prop_assert_eq!(strings.len(), texts.len());
            prop_assert!(strings.get(texts.len() as u32).is_empty());
            for (text, mark) in ["", "a", "ab", "abc", "bbb"].into_iter().flat_map(|t| (0..3).map(move |m| (t, m))) {
                prop_assert_eq!(strings.find(text.as_bytes(), mark), map.get(&(text, mark)).copied());
            }
        }
    }
}
