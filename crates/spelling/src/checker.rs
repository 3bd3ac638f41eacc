//! A text held against a dictionary and its author's own words. What is no word of the language is left alone
//! where that can be told: other scripts, numbers, abbreviations in capitals, a stammer. Everything else that
//! neither knows is told, with its place.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::Language;
use crate::dictionary::Dictionary;
use crate::own::OwnWords;
use crate::text::{begins, is_apostrophe, is_hyphen, plain, words};

/// What is longer is no word. (Characters.)
const LONGEST: usize = 80;
/// Capitals of an abbreviation that no dictionary has to know.
const ABBREVIATION: usize = 4;
/// How many suggestions are made at most.
const SUGGESTED: usize = 8;

/// A word that neither the dictionary nor its author knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misspelling {
    /// Its place: bytes of the text, on borders of characters.
    pub range: Range<usize>,
    /// Whether it may be a name: it has a capital where no sentence begins, in a language that gives none to other
    /// nouns.
    pub name: bool,
}

/// English words that have lost their beginning, and stand after an apostrophe in its place.
const ELIDED: [&str; 20] = [
    "tis", "twas", "twere", "twill", "twould", "tisn't", "twasn't", "em", "til", "till", "cause", "cos",
    "bout", "round", "neath", "cept", "fraid", "nother", "nuff", "gainst",
];

/// A dictionary with an author's own words, ready to check. Both are shared, so one is quickly made.
#[derive(Clone)]
pub struct Checker {
    dictionary: Arc<Dictionary>,
    own: Arc<OwnWords>,
    english: bool,
    nouns_in_capitals: bool,
}

impl Checker {
    /// Of a dictionary, and an author's own words for its language.
    pub fn new(dictionary: Arc<Dictionary>, own: Arc<OwnWords>) -> Self {
        let code = dictionary.language().code();
        let (english, nouns_in_capitals) = (code == "en", matches!(code, "de" | "lb"));
        Self { dictionary, own, english, nouns_in_capitals }
    }

    /// The language of the dictionary.
    pub fn language(&self) -> &Language {
        self.dictionary.language()
    }

    /// The words of a text that are misspelt, in order. A hyphenated word is told by those of its parts that are
    /// wrong. 20,000 words of English take some 20 ms.
    pub fn check(&self, text: &str) -> Vec<Misspelling> {
        // A word comes again and again, the unknown ones too.
        let mut known: HashMap<(&str, Beside), bool> = HashMap::new();
        let mut found = Vec::new();
        for word in words(text) {
            let (whole, beside) = (&text[word.clone()], Beside::of(text, &word));
            if *known.entry((whole, beside)).or_insert_with(|| self.is_right(whole, beside)) {
                continue;
            }
            for part in parts(whole) {
                let (range, part) = (word.start + part.start..word.start + part.end, &whole[part]);
                // A word without hyphens is its only part.
                if part.len() < whole.len() && self.is_right(part, Beside::default()) {
                    continue;
                }
                let name = !self.nouns_in_capitals && capitalised(part) && !begins(&text[..range.start]);
                found.push(Misspelling { range, name });
            }
        }
        found
    }

    /// Words that a misspelt one may have been meant to be, the likeliest first: eight at most, within some 150 ms.
    pub fn suggest(&self, word: &str) -> Vec<String> {
        let curly = word.contains('’');
        let asked = normal(word);
        if asked.is_empty() || asked.chars().count() > LONGEST {
            return Vec::new();
        }
        let (stem, ending) = match asked.rsplit_once('\'') {
            Some((stem, "s")) => (stem, "'s"),
            _ => (asked.as_ref(), ""),
        };
        let own = self.own.near(stem).into_iter().map(|near| near + ending);
        let mut suggested: Vec<String> = Vec::new();
        for mut one in own.chain(self.dictionary.suggest(&asked)) {
            if curly {
                one = one.replace('\'', "’");
            }
            if one != word && !suggested.contains(&one) {
                suggested.push(one);
            }
        }
        suggested.truncate(SUGGESTED);
        suggested
    }

    /// Whether a word may stand as it is.
    fn is_right(&self, word: &str, beside: Beside) -> bool {
        self.cannot_judge(word) || {
            let word = normal(word);
            self.knows(&word)
                || self.knows_with(&word, beside)
                || self.knows_without_accents(&word)
                || self.knows_drawn_together(&word)
                || self.knows_in_parts(&word, ['.', ':'])
                || self.knows_without_hyphens(&word)
        }
    }

    fn knows(&self, word: &str) -> bool {
        self.own.have(word) || self.dictionary.has(word)
    }

    fn cannot_judge(&self, word: &str) -> bool {
        let letters = word.chars().filter(|c| !is_combining_mark(*c)).take(LONGEST + 1).count();
        // A letter on its own is an initial, a stammer or an answer.
        !(2..=LONGEST).contains(&letters)
            || word.chars().any(|c| c.is_numeric() || c == '_')
            || !self.dictionary.can_read(word)
            || letters <= ABBREVIATION && word.chars().all(char::is_uppercase)
            || is_host(word)
    }

    /// Whether a word is known with the signs beside it that may belong to it: 'tis, goin', usw.
    fn knows_with(&self, word: &str, beside: Beside) -> bool {
        let dropped_h = || self.knows(&format!("h{}", word.to_lowercase()));
        let elided = |word: &str| ELIDED.contains(&word.to_lowercase().as_str());
        (beside.apostrophe_before
            && (self.dictionary.has(&format!("'{word}")) || self.english && (elided(word) || dropped_h())))
            || (beside.apostrophe_after
                && (self.dictionary.has(&format!("{word}'"))
                    || self.english && word.ends_with("in") && self.knows(&format!("{word}g"))))
            || (beside.stop_after && self.dictionary.has(&format!("{word}.")))
    }

    /// In English, accents are a matter of taste, and its dictionaries have the words without.
    fn knows_without_accents(&self, word: &str) -> bool {
        self.english && !word.is_ascii() && {
            let bare: String = word.nfd().filter(|c| !is_combining_mark(*c)).collect();
            bare != word && self.dictionary.has(&bare)
        }
    }

    /// Whether both sides of an apostrophe are known: l'Ada, qu'il, the lighthouse's, that'd've.
    fn knows_drawn_together(&self, word: &str) -> bool {
        let Some(at) = word.find('\'') else { return false };
        let (left, right) = (&word[..at], &word[at + 1..]);
        if self.english {
            let endings = ["s", "d", "ll", "ve", "re", "m", "t"];
            return self.knows(left)
                && right.split('\'').all(|part| endings.contains(&part.to_lowercase().as_str()));
        }
        let before = left.chars().count() <= 2 || self.knows(left) || self.dictionary.has(&word[..=at]);
        before && !right.is_empty() && (self.knows(right) || self.knows_drawn_together(right))
    }

    /// Whether a word is several, with a sign between them and no space.
    fn knows_in_parts(&self, word: &str, signs: [char; 2]) -> bool {
        word.contains(signs) && word.split(signs).all(|part| part.chars().count() < 2 || self.knows(part))
    }

    /// Whether a hyphenated word is known in one: re-enter, co-operate; or stammered: no-nothing, w-well.
    fn knows_without_hyphens(&self, word: &str) -> bool {
        word.contains(is_hyphen) && {
            let joined: String = word.chars().filter(|c| !is_hyphen(*c)).collect();
            self.knows(&joined) || self.is_stammer(word)
        }
    }

    /// Whether all parts but the last are how the last begins, and the last is known.
    fn is_stammer(&self, word: &str) -> bool {
        let Some((before, last)) = word.rsplit_once(is_hyphen) else { return false };
        let lower = last.to_lowercase();
        before.split(is_hyphen).all(|part| lower.starts_with(&part.to_lowercase())) && self.knows(last)
    }
}

/// The signs beside a word that may belong to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Beside {
    apostrophe_before: bool,
    apostrophe_after: bool,
    stop_after: bool,
}

impl Beside {
    fn of(text: &str, word: &Range<usize>) -> Self {
        let after = text[word.end..].chars().next();
        Self {
            apostrophe_before: text[..word.start].ends_with(is_apostrophe),
            apostrophe_after: after.is_some_and(is_apostrophe),
            stop_after: after == Some('.'),
        }
    }
}

/// A word as it is looked up: its letters composed, its apostrophes and hyphens those of a typewriter.
fn normal(word: &str) -> Cow<'_, str> {
    match plain(word) {
        Cow::Owned(word) => Cow::Owned(word.nfc().collect()),
        ascii => ascii,
    }
}

/// The parts of a hyphenated word, as ranges of its bytes; of another word, the word.
fn parts(word: &str) -> impl Iterator<Item = Range<usize>> {
    let ends = word.char_indices().filter(|(_, c)| is_hyphen(*c)).map(|(at, c)| (at, at + c.len_utf8()));
    ends.chain([(word.len(), word.len())])
        .scan(0, |start, (end, next)| Some(std::mem::replace(start, next)..end))
        .filter(|part| !part.is_empty())
}

/// Whether a word is a host's or a file's name: story.docx, example.org. Where a sentence's space is missing, a
/// capital follows.
fn is_host(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| part.chars().count() > 1 && !part.starts_with(char::is_uppercase))
}

fn capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests;
