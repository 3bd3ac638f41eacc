//! DRY, "don't repeat yourself" (p-e-w 2024): a token that would carry on a repetition is the less likely the
//! longer that repetition already is. Repetitions do not reach across breakers such as a line's end.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::Candidates;
use crate::tokenizer::Tokenizer;

/// The stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Dry {
    /// The penalty where a repetition is just too long.
    pub multiplier: f32,
    /// By what it grows with each token more.
    pub base: f32,
    /// Tokens that may be repeated freely.
    pub allowed_length: usize,
    /// How far back repetitions are looked for.
    pub window: usize,
    /// Where they end.
    pub breakers: Breakers,
}

/// Tokens, and sequences of tokens, that no repetition reaches across.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Breakers {
    single: BTreeSet<u32>,
    sequences: Vec<Vec<u32>>,
}

/// Sequences are not looked at beyond this.
const LONGEST_SEQUENCE: usize = 20;

impl Breakers {
    /// All tokens that contain one of these texts, and the ways one is cut into several tokens.
    pub fn new(texts: &[String], tokenizer: &Tokenizer) -> Self {
        let mut out = Self::default();
        let texts: Vec<&str> = texts.iter().map(String::as_str).filter(|t| !t.is_empty()).collect();
        for id in 0..tokenizer.vocabulary().len() as u32 {
            let bytes = tokenizer.bytes(id);
            let Ok(word) = std::str::from_utf8(&bytes) else { continue };
            for text in &texts {
                if word.contains(text) {
                    out.single.insert(id);
                    break;
                }
                // The token ends with the text's beginning: the rest must follow.
                for (at, _) in text.char_indices().skip(1).filter(|&(at, _)| word.ends_with(&text[..at])) {
                    let mut sequence = vec![id];
                    sequence.extend(tokenizer.encode(&text[at..]));
                    sequence.truncate(LONGEST_SEQUENCE);
                    out.sequences.push(sequence);
                }
            }
        }
        out
    }

    /// The same from token numbers.
    pub fn of_tokens(sequences: &[Vec<u32>]) -> Self {
        let single = sequences.iter().filter(|s| s.len() == 1).map(|s| s[0]).collect();
        Self { single, sequences: sequences.iter().filter(|s| s.len() > 1).cloned().collect() }
    }

    /// How many tokens of the end (`reversed`, last first) lie after the last breaker.
    fn reach(&self, reversed: &[u32]) -> usize {
        for (i, token) in reversed.iter().enumerate() {
            let matches = |s: &&Vec<u32>| s.len() - 1 <= i && (0..s.len()).all(|k| s[k] == reversed[i - k]);
            let longest = self.sequences.iter().filter(matches).map(|s| s.len() - 1).max();
            match longest.or_else(|| self.single.contains(token).then_some(0)) {
                Some(tail) => return i - tail,
                None => continue,
            }
        }
        reversed.len()
    }
}

impl Dry {
    pub(super) fn apply(&self, candidates: &mut Candidates, past: &[u32]) {
        let reversed: Vec<u32> = past.iter().rev().take(self.window).copied().collect();
        if self.multiplier == 0.0 || self.base < 1.0 || reversed.len() <= self.allowed_length {
            return;
        }
        let reach = self.breakers.reach(&reversed);
        if reach < self.allowed_length {
            return;
        }
        // For each token that once followed what stands at the end now: how long that was, at most.
        let mut longest: BTreeMap<u32, usize> = BTreeMap::new();
        for (k, common) in common_beginnings(&reversed).into_iter().enumerate().skip(1) {
            let length = common.min(reach);
            if length >= self.allowed_length {
                let entry = longest.entry(reversed[k - 1]).or_default();
                *entry = length.max(*entry);
            }
        }
        // The largest power that is still a number.
        let most = if self.base > 1.000_001 { (f32::MAX.ln() / self.base.ln()) as usize } else { usize::MAX };
        for (token, length) in longest {
            if !self.breakers.single.contains(&token) {
                let power = (length - self.allowed_length).min(most) as f32;
                candidates.change(token, |logit| logit - self.multiplier * self.base.powf(power));
            }
        }
    }
}

/// For each place, how much of the beginning stands there again (the Z function; Gusfield 1997, section 1.4).
fn common_beginnings(s: &[u32]) -> Vec<usize> {
    let n = s.len();
    let mut z = vec![0; n];
    let (mut left, mut right) = (0, 0);
    for k in 1..n {
        let mut length = if k < right { z[k - left].min(right - k) } else { 0 };
        while k + length < n && s[length] == s[k + length] {
            length += 1;
        }
        if k + length > right {
            (left, right) = (k, k + length);
        }
        z[k] = length;
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_beginnings_are_those_that_a_search_finds() {
        let s: Vec<u32> = (0..200).map(|i: u32| (i * i / 7) % 3).collect();
        for (k, &length) in common_beginnings(&s).iter().enumerate().skip(1) {
            let expected = s.iter().zip(&s[k..]).take_while(|(a, b)| a == b).count();
            assert_eq!(length, expected, "{k}");
        }
    }
}
