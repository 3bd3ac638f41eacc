//! Proper names: words with a capital letter where no sentence begins. That holds for languages that write names, and little
//! else, with a capital; not for German, and not for scripts without capitals. A word that only ever begins sentences is not
//! taken for a name, and one in capitals throughout is not either.

use std::collections::HashSet;
use std::ops::Range;

use super::language::has_capital_nouns;
use super::{begins, folded, paragraphs, words};

/// Why no names can be told in a language, if so.
pub(crate) fn untold(language: Option<&str>, text: &str) -> Option<&'static str> {
    if language.is_some_and(has_capital_nouns) {
        Some("in this language every noun has a capital letter, so names cannot be told")
    } else if text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase) {
        Some("the text has no small letters, so names cannot be told")
    } else {
        None
    }
}

/// The names of a text: runs of words with a capital, where each word stands in the middle of a sentence or does so elsewhere
/// in the text. n log n.
pub(crate) fn names(text: &str) -> Vec<Range<usize>> {
    let headings: Vec<Range<usize>> =
        paragraphs(text).into_iter().filter(|range| is_heading(&text[range.clone()])).collect();
    let capital: Vec<(Range<usize>, String, bool)> = words(text)
        .into_iter()
        .filter(|(at, word)| has_capital(word) && !super::dialogue::within(&headings, at.start))
        .map(|(at, word)| {
            let begins = begins(&text[..at.start]);
            (at, bare(word), begins)
        })
        .filter(|(_, word, _)| !NO_NAMES.contains(&word.as_str()))
        .collect();
    let inner: HashSet<&str> =
        capital.iter().filter(|(.., begins)| !begins).map(|(_, word, _)| word.as_str()).collect();
    let mut names: Vec<Range<usize>> = Vec::new();
    for (at, word, begins) in &capital {
        if !inner.contains(word.as_str()) {
            continue;
        }
        match names.last_mut() {
            Some(last) if !begins && text.get(last.end..at.start) == Some(" ") => last.end = at.end,
            _ => names.push(at.clone()),
        }
    }
    names
}

/// The words of some texts as [`bare`] has them.
pub(crate) fn vocabulary<'a>(texts: impl Iterator<Item = &'a str>) -> HashSet<String> {
    texts.flat_map(words).map(|(_, word)| bare(word)).collect()
}

/// A word without case and without the ending of an English genitive.
pub(crate) fn bare(word: &str) -> String {
    let word = folded(word);
    let end = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).map_or(word.len(), str::len);
    word.get(..end).unwrap_or_default().to_owned()
}

/// The words of a name that are not in a vocabulary.
pub(crate) fn unknown(name: &str, vocabulary: &HashSet<String>) -> bool {
    words(name).iter().any(|(_, word)| !vocabulary.contains(&bare(word)))
}

/// Whether a word has a capital and then, somewhere, a small letter.
fn has_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// Whether a paragraph is a title: short, without a stop, and most of its words with a capital.
fn is_heading(paragraph: &str) -> bool {
    let paragraph = paragraph.trim();
    if paragraph.starts_with('#') {
        return true;
    }
    let words: Vec<_> = words(paragraph).into_iter().take(11).collect();
    let capital =
        words.iter().filter(|(_, word)| word.chars().next().is_some_and(char::is_uppercase)).count();
    (2..=10).contains(&words.len()) && 2 * capital > words.len() && paragraph.ends_with(char::is_alphanumeric)
}

/// Words that English, mostly, writes with a capital and that name nobody and no place.
const NO_NAMES: &[&str] = &[
    "i",
    "i'm",
    "i'll",
    "i'd",
    "i've",
    "mr",
    "mrs",
    "st",
    "grandfather",
    "grandmother",
    "grandpa",
    "grandma",
    "aunt",
    "uncle",
    "bible",
    "captain",
    "doctor",
    "professor",
    "king",
    "queen",
    "navy",
    "army",
    "ms",
    "miss",
    "dr",
    "prof",
    "sir",
    "madam",
    "ma'am",
    "lord",
    "lady",
    "god",
    "mum",
    "mom",
    "mother",
    "father",
    "dad",
    "papa",
    "mama",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "christmas",
    "easter",
    "english",
    "french",
    "german",
    "italian",
    "spanish",
    "russian",
    "american",
    "british",
    "european",
    "latin",
    "greek",
    "ok",
    "okay",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        names(text).into_iter().map(|name| &text[name]).collect()
    }

    #[test]
    fn names_have_a_capital_where_no_sentence_begins() {
        assert_eq!(
            of("Then Ada Lovelace saw Bob’s dog. Ada smiled. “Come,” she said. I know Dr. Brown, NO!"),
            ["Ada Lovelace", "Bob’s", "Ada", "Brown"]
        );
        assert_eq!(of("Suddenly it rained. Nobody came on Monday."), [""; 0]);
        assert_eq!(of("The House of Ada\n\nit rained in Rome."), ["Rome"]);
        assert_eq!(of("Вчера Анна пришла. Анна спит."), ["Анна", "Анна"]);
    }

    #[test]
    fn where_capitals_say_nothing_it_is_told() {
        assert!(untold(Some("de"), "Das Haus").is_some() && untold(None, "猫がいる").is_some());
        assert!(untold(Some("en"), "The house").is_none() && untold(None, "").is_none());
    }

    #[test]
    fn a_genitive_is_the_name() {
        let known = vocabulary(["Ada's cat"].into_iter());
        assert!(!unknown("ADA’s Cat", &known) && unknown("Ada Lovelace", &known));
    }
}
