//! The words of a text that spelling is about: by Unicode's word boundaries, with the parts of a hyphenated word
//! taken together, and without addresses, numbers and names of files.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The words of a text, as ranges of its bytes.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let pieces = text.split_inclusive(char::is_whitespace).scan(0, |end, piece| {
        *end += piece.len();
        Some((*end - piece.len(), piece.trim_end()))
    });
    pieces
        .filter(|(_, piece)| !is_address(piece))
        .flat_map(|(at, piece)| in_piece(piece).into_iter().map(move |word| at + word.start..at + word.end))
}

/// Whether what comes after `before` begins a sentence, or may.
pub(crate) fn begins(before: &str) -> bool {
    let opened = before
        .ends_with(['"', '“', '„', '«', '»', '‘', '‚', '‹', '(', '[', '*', '_', '\'', '¿', '¡', '—', '–']);
    let last = before.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_end(c));
    let gap = &before[last.len()..];
    opened || last.is_empty() || last.ends_with(is_end) || gap.contains("\n\n") || gap.contains("\n\r\n")
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | ':' | ';' | '—' | '–' | '。' | '؟' | '।')
}

/// A word with typewriter's apostrophes and hyphens, and without places where it may be broken.
pub(crate) fn plain(word: &str) -> Cow<'_, str> {
    let sign = |c: char| match c {
        '\u{ad}' => None,
        c if is_apostrophe(c) => Some('\''),
        c if is_hyphen(c) => Some('-'),
        c => Some(c),
    };
    match word.is_ascii() {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.chars().filter_map(sign).collect()),
    }
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// The words of a piece, each as a range of its bytes.
fn in_piece(piece: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, word) in piece.unicode_word_indices() {
        // Unicode joins words at underscores, which mark emphasis in some texts.
        let inner = word.trim_matches('_');
        let start = at + (word.len() - word.trim_start_matches('_').len());
        if inner.is_empty() {
            continue;
        }
        let range = start..start + inner.len();
        match words.last_mut() {
            Some(last) if joined(&piece[last.end..range.start]) => last.end = range.end,
            _ => words.push(range),
        }
    }
    words
}

/// Whether one hyphen is all that stands between two words.
fn joined(between: &str) -> bool {
    let mut chars = between.chars();
    chars.next().is_some_and(is_hyphen) && chars.next().is_none()
}

/// Whether a piece names a place: on the network, on a disk, or of a person.
fn is_address(piece: &str) -> bool {
    let bare =
        piece.trim_matches(|c: char| c.is_ascii_punctuation() && !matches!(c, '/' | '~' | '@' | '#' | '\\'));
    bare.contains("://")
        || bare.starts_with("www.")
        || bare.starts_with("mailto:")
        || bare.contains('\\')
        || bare.starts_with('/') && bare.len() > 1
        || bare.starts_with("~/")
        || bare.matches('/').count() > 1
        || bare.starts_with(['@', '#']) && bare.chars().nth(1).is_some_and(char::is_alphanumeric)
        || bare.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Vec<&str> {
        words(text).map(|word| &text[word]).collect()
    }

    #[test]
    fn words_are_what_unicode_says_with_hyphens_joined() {
        assert_eq!(of("“Don’t,” she said—twice."), ["Don’t", "she", "said", "twice"]);
        assert_eq!(
            of("a well-known re‑entry, 1914-18 - and on-"),
            ["a", "well-known", "re‑entry", "1914-18", "and", "on"]
        );
        assert_eq!(of("_so_ it *was* __very__ foo_bar"), ["so", "it", "was", "very", "foo_bar"]);
        assert_eq!(of("Grüße an Ἀθῆναι и темно"), ["Grüße", "an", "Ἀθῆναι", "и", "темно"]);
    }

    #[test]
    fn addresses_and_names_of_files_are_no_words() {
        assert_eq!(
            of(
                "see https://example.com/a-page, www.x.org (mailto:a@b.c) or ada@example.org, @ada #novel ~/a/b C:\\x and/or"
            ),
            ["see", "or", "and", "or"]
        );
    }

    #[test]
    fn a_sentence_begins_after_another_and_in_a_quotation() {
        let text = "Ada came. Then Bob, “Who? Me” he said: Never (Or) So\nOn\n\nAt";
        let first: Vec<&str> =
            words(text).filter(|word| begins(&text[..word.start])).map(|word| &text[word]).collect();
        assert_eq!(first, ["Ada", "Then", "Who", "Me", "Never", "Or", "At"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn words_lie_where_they_are_said_to_and_in_order(text in any::<String>()) {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.start >= end && word.end > word.start);
                prop_assert!(text[word.clone()].chars().any(char::is_alphanumeric));
                end = word.end;
            }
        }
    }
}
