//! Words that are right because their author says so, and the names of the story, as they are inflected in the
//! language: Ada's in English, Adas in German. They are looked up before the dictionary is asked.

use std::collections::HashSet;

use strsim::osa_distance;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::Language;
use crate::text::plain;

/// Words and names of an author's own.
#[derive(Debug, Clone, Default)]
pub struct OwnWords {
    /// As they are written, with plain apostrophes.
    given: Vec<String>,
    /// In every case that they may be written in.
    right: HashSet<String>,
    endings: Endings,
}

/// What a word of one's own may have about it.
#[derive(Debug, Clone, Copy, Default)]
struct Endings {
    /// What makes a genitive, and in English what else is drawn together with a name.
    after: &'static [&'static str],
    /// Whether anything may follow an apostrophe.
    any: bool,
    /// Letters that are written together with the next word.
    before: &'static [char],
}

impl Endings {
    fn of(language: &Language) -> Self {
        let after: &[&str] = match language.code() {
            "en" => &["'s", "'", "'d", "'ll", "'ve", "'re"],
            "de" | "nl" | "sv" | "da" | "nb" | "nn" => &["s", "'s", "'"],
            _ => &["'s", "'"],
        };
        let before: &[char] = if language.code() == "ar" { &['و', 'ف', 'ب', 'ل', 'ك'] } else { &[] };
        Self { after, any: matches!(language.code(), "tr" | "az"), before }
    }
}

impl OwnWords {
    /// Words that are right, and names, each of whose words is right. A word in small letters is right in capitals too;
    /// one in capitals only so.
    pub fn new<'a>(
        language: &Language,
        words: impl IntoIterator<Item = &'a str>,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut own = Self { endings: Endings::of(language), ..Self::default() };
        for word in words {
            own.add(word);
        }
        for name in names {
            name.split_whitespace()
                .for_each(|part| own.add(part.trim_matches(|c: char| !c.is_alphanumeric())));
            name.unicode_words().for_each(|word| own.add(word));
        }
        own
    }

    fn add(&mut self, word: &str) {
        let word = plain(word.trim()).nfc().collect::<String>();
        if word.is_empty() || self.right.contains(&word) {
            return;
        }
        self.right.insert(word.to_uppercase());
        if word.chars().all(|c| !c.is_uppercase()) {
            let mut letters = word.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            self.right.insert(first + letters.as_str());
        }
        self.right.insert(word.clone());
        self.given.push(word);
    }

    /// Whether a word is one of these, perhaps inflected. It has plain apostrophes.
    pub(crate) fn have(&self, word: &str) -> bool {
        if self.given.is_empty() {
            return false;
        }
        let bare = word.strip_prefix(self.endings.before);
        self.right.contains(word)
            || self.stem(word).is_some_and(|stem| self.right.contains(stem))
            || bare.is_some_and(|bare| self.right.contains(bare))
    }

    /// What is left of a word without the ending that it may have.
    fn stem<'w>(&self, word: &'w str) -> Option<&'w str> {
        if self.endings.any
            && let Some((stem, _)) = word.split_once('\'')
        {
            return Some(stem);
        }
        let stems = self.endings.after.iter().filter_map(|ending| word.strip_suffix(ending));
        // ADA'S has its ending in capitals.
        let capitals =
            self.endings.after.iter().filter_map(|ending| word.strip_suffix(&ending.to_uppercase()));
        stems.chain(capitals).find(|stem| self.right.contains(*stem))
    }

    /// Those that a misspelt word comes near to, the nearest first.
    pub(crate) fn near(&self, word: &str) -> Vec<String> {
        let length = word.chars().count();
        let allowed = if length < 5 { 1 } else { 2 };
        let lower = word.to_lowercase();
        let mut near: Vec<(usize, &String)> = self
            .given
            .iter()
            .filter(|own| own.chars().count().abs_diff(length) <= allowed)
            .map(|own| (osa_distance(&own.to_lowercase(), &lower), own))
            .filter(|(distance, _)| *distance <= allowed)
            .collect();
        near.sort();
        near.into_iter().map(|(_, own)| own.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(language: &str) -> OwnWords {
        OwnWords::new(
            &language.parse().unwrap(),
            ["grue", "Ansible"],
            ["Ada Lovelace", "Jean-Luc", "the Nellie’s"],
        )
    }

    #[test]
    fn words_are_right_in_the_cases_that_their_writing_allows() {
        let own = own("en");
        for right in
            ["grue", "Grue", "GRUE", "Ansible", "ANSIBLE", "Lovelace", "Jean-Luc", "Jean", "Nellie's", "the"]
        {
            assert!(own.have(right), "{right}");
        }
        for wrong in ["ansible", "ada", "gruE", "Lovelac", ""] {
            assert!(!own.have(wrong), "{wrong}");
        }
    }

    #[test]
    fn names_are_right_as_the_language_inflects_them() {
        for (language, right, wrong) in [
            ("en", &["Ada's", "ADA'S", "Ada'd", "Ada'll", "Jean-Luc's"][..], &["Adas", "Adan"][..]),
            ("de", &["Adas", "Ada's", "Ada'"][..], &["Adan"][..]),
            ("sv", &["Adas"][..], &["Adad"][..]),
            ("fr", &["Ada"][..], &["Adas"][..]),
            ("tr", &["Ada'nın", "Ada'ya"][..], &["Adaya"][..]),
            ("ar", &["وAda"][..], &["xAda"][..]),
        ] {
            let own = own(language);
            assert!(right.iter().all(|word| own.have(word)), "{language}: {right:?}");
            assert!(!wrong.iter().any(|word| own.have(word)), "{language}: {wrong:?}");
        }
    }

    #[test]
    fn a_slip_in_a_name_is_near_to_it() {
        let own = own("en");
        assert_eq!(own.near("Lovelcae"), ["Lovelace"]);
        assert_eq!(own.near("ada"), ["Ada"]);
        assert_eq!(own.near("xyz"), [""; 0]);
    }
}
