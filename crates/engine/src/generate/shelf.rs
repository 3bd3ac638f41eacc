//! Texts that were read, kept for the next prompt that begins like one of them: the last prompts, and the answers to
//! them. They share what they have in common, so a prompt that was changed in the middle costs what comes after.

use crate::error::Result;
use crate::kv::{Cache, SequenceId};

/// Texts that are kept, at most: more are not looked through for a prompt.
const MOST_TEXTS: usize = 32;
/// A text whose end is given up stays beside the new one if that end is at least so long (tokens): a place that a
/// writer has left for another, and may come back to. Less is a word that was changed.
const WORTH_KEEPING: usize = 64;

pub(super) struct Shelf {
    /// The last used last.
    texts: Vec<SequenceId>,
    /// Bytes of keys, values and states that all texts may take; the last used one may take more.
    pub bytes: usize,
}

impl Shelf {
    pub fn new(bytes: usize) -> Self {
        Self { texts: Vec::new(), bytes }
    }

    /// A sequence that holds the longest beginning of `prompt` that is known, here or in one that is `lent`, and nothing
    /// else. It is no longer on the shelf.
    pub fn take(&mut self, cache: &mut Cache, prompt: &[u32], lent: &[SequenceId]) -> Result<SequenceId> {
        let mut best = None;
        for (i, &text) in lent.iter().chain(&self.texts).enumerate() {
            let shared = cache.shared(text, prompt)?;
            if shared > 0 && best.is_none_or(|(_, _, most)| shared >= most) {
                best = Some((i, text, shared));
            }
        }
        let Some((i, text, shared)) = best else { return Ok(cache.start()) };
        let sequence = match i.checked_sub(lent.len()) {
            Some(own) if cache.len(text) - shared < WORTH_KEEPING => self.texts.remove(own),
            _ => cache.fork(text)?,
        };
        cache.truncate(sequence, shared)?;
        Ok(sequence)
    }

    /// Keeps a text; those that were not used for longest go when there is no room.
    pub fn put(&mut self, cache: &mut Cache, text: SequenceId) {
        self.texts.push(text);
        while self.texts.len() > 1 && (self.texts.len() > MOST_TEXTS || cache.bytes() > self.bytes) {
            cache.free(self.texts.remove(0));
        }
    }

    /// The text that was used last.
    pub fn last(&self) -> Option<SequenceId> {
        self.texts.last().copied()
    }
}
