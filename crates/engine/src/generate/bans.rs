//! Phrases that an answer must not contain. Text is held back while it could become one; when one came, the answer
//! goes back to before it, and its first token is barred there.

use std::collections::BTreeMap;

use crate::stop::longest_beginning;

/// How often an answer goes back at one place, and in all; after that a phrase stays, and is reported.
const MOST_AT_A_PLACE: usize = 16;
const MOST_IN_ALL: usize = 200;

/// Watches one answer.
#[derive(Debug)]
pub(super) struct Bans {
    /// Folded.
    phrases: Vec<String>,
    /// All text so far, folded byte by byte, and as it is.
    folded: String,
    text: String,
    /// Length of the text after each token.
    ends: Vec<usize>,
    /// What of the text was given.
    given: usize,
    /// Tokens that are barred at a place, with how often it was gone back to.
    barred: BTreeMap<usize, Vec<u32>>,
    tries: usize,
}

/// What to do after a token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// This text is certain now.
    Give(String),
    /// Go back to so many tokens: what follows is banned.
    Back(usize),
    /// This phrase could not be avoided; the text with it is given.
    Allow(String, String),
}

impl Bans {
    /// None without a phrase.
    pub fn new(phrases: &[String]) -> Option<Self> {
        let phrases: Vec<String> = phrases.iter().map(|p| fold(p.trim())).filter(|p| !p.is_empty()).collect();
        (!phrases.is_empty()).then(|| Self {
            phrases,
            folded: String::new(),
            text: String::new(),
            ends: Vec::new(),
            given: 0,
            barred: BTreeMap::new(),
            tries: 0,
        })
    }

    /// Tokens that may not be the `at`-th of the answer.
    pub fn barred(&self, at: usize) -> &[u32] {
        self.barred.get(&at).map_or(&[], Vec::as_slice)
    }

    /// Takes the text of the next token; `tokens` are all of the answer so far, that one included.
    pub fn push(&mut self, text: &str, tokens: &[u32]) -> Verdict {
        self.text.push_str(text);
        self.folded.push_str(&fold(text));
        self.ends.push(self.text.len());
        let from = self.open();
        let found = self.phrases.iter().filter_map(|p| {
            let mut ends = self.folded[from..].match_indices(p.as_str()).map(|(at, _)| from + at + p.len());
            ends.find(|&end| end > self.given).map(|end| (end - p.len(), end))
        });
        let Some((start, end)) = found.min() else {
            // Whole tokens, since a token is what the answer can go back to.
            let certain = self.text.len() - longest_beginning(&self.folded[self.open()..], &self.phrases);
            let certain = self.ends.iter().rev().find(|&&end| end <= certain).copied().unwrap_or(0);
            return Verdict::Give(self.give(certain));
        };
        // The token in which the phrase begins; when that was given (it began no phrase in the words that came
        // first), the first of it that was not.
        let first = self.ends.iter().position(|&e| e > start.max(self.given)).unwrap_or(0);
        let length = if first == 0 { 0 } else { self.ends[first - 1] };
        let barred = self.barred.entry(first).or_default();
        // After a phrase that stayed, what was given may end inside a token; that cannot be gone back to.
        let can = length >= self.given && first < tokens.len();
        if can && barred.len() < MOST_AT_A_PLACE && self.tries < MOST_IN_ALL {
            self.tries += 1;
            barred.push(tokens[first]);
            // What was barred further on was barred after other words.
            self.barred.split_off(&(first + 1));
            self.ends.truncate(first);
            self.text.truncate(length);
            self.folded.truncate(length);
            return Verdict::Back(first);
        }
        let phrase = self.text[start..end].to_owned();
        let text = self.give(end);
        Verdict::Allow(phrase, text)
    }

    /// Tokens whose text was given whole.
    pub fn certain(&self) -> usize {
        self.ends.iter().take_while(|&&end| end <= self.given).count()
    }

    /// The rest, when no more comes.
    pub fn finish(&mut self) -> String {
        self.give(self.text.len())
    }

    fn give(&mut self, to: usize) -> String {
        let to = to.max(self.given);
        let text = self.text[self.given..to].to_owned();
        self.given = to;
        text
    }

    /// From where on a phrase could end in what was not given.
    fn open(&self) -> usize {
        let longest = self.phrases.iter().map(String::len).max().unwrap_or(0);
        let from = self.given.saturating_sub(longest);
        (from..=self.given).find(|&at| self.folded.is_char_boundary(at)).unwrap_or(self.given)
    }
}

/// Lower case, where that has as many bytes.
fn fold(text: &str) -> String {
    let lower = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
            _ => c,
        }
    };
    text.chars().map(lower).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bans(phrases: &[&str]) -> Bans {
        Bans::new(&phrases.iter().map(|&p| p.to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_phrase_is_held_back_and_gone_back_from() {
        let mut b = bans(&["a shiver ran"]);
        assert_eq!(b.push("Then", &[1]), Verdict::Give("Then".into()));
        assert_eq!(b.push(" A sh", &[1, 2]), Verdict::Give(String::new()));
        assert_eq!(b.push("iver ran", &[1, 2, 3]), Verdict::Back(1));
        assert_eq!(b.barred(1), [2]);
        assert_eq!(b.push(" a dog", &[1, 9]), Verdict::Give(" a dog".into()));
        assert_eq!(b.finish(), "");
    }

    #[test]
    fn what_only_began_like_a_phrase_is_given_later() {
        let mut b = bans(&["never again"]);
        assert_eq!(b.push("never", &[1]), Verdict::Give(String::new()));
        assert_eq!(b.push(" say", &[1, 2]), Verdict::Give("never say".into()));
    }

    #[test]
    fn a_phrase_that_cannot_be_avoided_stays_and_is_told() {
        let mut b = bans(&["x"]);
        for token in 0..MOST_AT_A_PLACE as u32 {
            assert_eq!(b.push("x", &[token]), Verdict::Back(0));
        }
        assert_eq!(b.push("x", &[99]), Verdict::Allow("x".into(), "x".into()));
    }

    #[test]
    fn after_a_phrase_that_stayed_nothing_that_was_given_is_taken_back() {
        let mut b = bans(&["ab", "bc"]);
        for token in 0..MOST_AT_A_PLACE as u32 {
            b.push("a", &[token]);
            assert_eq!(b.push("b", &[token, 99]), Verdict::Back(0));
        }
        b.push("a", &[50]);
        assert_eq!(b.push("bc", &[50, 51]), Verdict::Allow("ab".into(), "ab".into()));
        assert_eq!(b.push("", &[50, 51, 52]), Verdict::Allow("bc".into(), "c".into()));
        assert_eq!(b.push("é", &[50, 51, 52, 53]), Verdict::Give("é".into()));
        assert_eq!(b.finish(), "");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_phrase_is_given(pieces in prop::collection::vec("[abAB ]{1,3}", 1..40)) {
            let mut b = bans(&["ab a", "bb"]);
            let (mut tokens, mut texts, mut out) = (Vec::new(), Vec::new(), String::new());
            for (i, piece) in pieces.iter().enumerate() {
                tokens.push(i as u32);
                texts.push(piece.clone());
                match b.push(piece, &tokens) {
                    Verdict::Give(text) => out.push_str(&text),
                    Verdict::Back(n) => { tokens.truncate(n); texts.truncate(n); }
                    Verdict::Allow(..) => return Ok(()),
                }
            }
            out.push_str(&b.finish());
            prop_assert_eq!(&out, &texts.concat());
            prop_assert!(!fold(&out).contains("bb") && !fold(&out).contains("ab a"));
        }
    }
}
