//! Words, sentences and paragraphs of a text, by Unicode (UAX #29) as far as it goes. All are linear in the text.

pub(crate) mod dialogue;
pub(crate) mod language;
pub(crate) mod names;
pub(crate) mod tokens;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Words with a full stop that end no sentence.
const ABBREVIATIONS: &[&str] =
    &["mr.", "mrs.", "ms.", "dr.", "st.", "prof.", "capt.", "col.", "messrs.", "hr.", "fr.", "z.b.", "usw."];

/// A word and where it stands, in bytes.
pub(crate) type Word<'a> = (Range<usize>, &'a str);

/// The words of a text in their order. A character of Chinese or Japanese is a word of its own.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    text.unicode_word_indices().map(|(at, word)| (at..at + word.len(), word)).collect()
}

/// A word as it is compared: lower case, with a typewriter's apostrophe.
pub(crate) fn folded(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// Whether at least half of the letters of a text are Latin ones.
pub(crate) fn is_latin(text: &str) -> bool {
    let latin = |c: char| matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}');
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    2 * letters().filter(|c| latin(*c)).count() >= letters().count()
}

/// The sentences that have a word. A title such as "Mr." ends none.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, part) in text.split_sentence_bound_indices() {
        let end = at + part.len();
        // Unicode ends a sentence after “Who?”, also where “he said” goes on.
        let goes_on = part.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
        match sentences.last_mut() {
            Some(last) if open || goes_on && !text[last.clone()].ends_with('\n') => last.end = end,
            _ => sentences.push(at..end),
        }
        let last = part.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        open = ABBREVIATIONS.contains(&last.as_str()) && !part.ends_with('\n');
    }
    sentences.retain(|range| text[range.clone()].unicode_words().next().is_some());
    sentences
}

/// The paragraphs that are not empty: what blank lines part or, where there are none, what line ends part.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut lines: Vec<(Range<usize>, bool)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push((at..at + line.len(), line.trim().is_empty()));
        at += line.len();
    }
    let first = lines.iter().position(|(_, blank)| !blank).unwrap_or(lines.len());
    let last = lines.iter().rposition(|(_, blank)| !blank).map_or(first, |last| last + 1);
    let inner = lines.get(first..last).unwrap_or_default();
    let by_blank_lines = inner.iter().any(|(_, blank)| *blank);
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut joins = false;
    for (range, blank) in inner {
        match paragraphs.last_mut() {
            _ if *blank => joins = false,
            Some(paragraph) if joins => paragraph.end = range.end,
            _ => {
                paragraphs.push(range.clone());
                joins = by_blank_lines;
            }
        }
    }
    paragraphs
}

/// Whether what comes after `before` begins a sentence, or may: after a stop, in a quotation, in a new paragraph.
pub(crate) fn begins(before: &str) -> bool {
    let last = before.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_end(c));
    let gap = before.get(last.len()..).unwrap_or_default();
    let opened =
        gap.contains(['"', '“', '„', '«', '»', '‘', '‚', '‹', '「', '『', '(', '[', '*', '_', '#', '¿', '¡']);
    // A single mark right before a word is no apostrophe, or one that begins a sentence as often as not.
    let opened = opened || gap.ends_with('\'');
    opened || last.is_empty() || gap.contains('\n') || last.ends_with(is_end) && !ends_in_abbreviation(last)
}

fn ends_in_abbreviation(text: &str) -> bool {
    // Only its last bytes are looked at, so that a text without spaces costs no more.
    let tail =
        (text.len().saturating_sub(12)..=text.len()).find_map(|start| text.get(start..)).unwrap_or_default();
    let last = tail.rsplit(char::is_whitespace).next().unwrap_or_default();
    ABBREVIATIONS.contains(&last.to_lowercase().as_str())
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | ':' | ';' | '—' | '–' | '。' | '！' | '？' | '؟' | '।')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of<'a>(text: &'a str, ranges: &[Range<usize>]) -> Vec<&'a str> {
        ranges.iter().map(|range| text[range.clone()].trim()).collect()
    }

    #[test]
    fn paragraphs_are_parted_by_blank_lines_or_else_by_lines() {
        let text = "\nOne\ntwo.\n \nThree.\n";
        assert_eq!(of(text, &paragraphs(text)), ["One\ntwo.", "Three."]);
        let text = "One.\nTwo.\n\n";
        assert_eq!(of(text, &paragraphs(text)), ["One.", "Two."]);
        assert!(paragraphs(" \n\n").is_empty());
    }

    #[test]
    fn a_title_ends_no_sentence() {
        let text = "There sat Mr. Brown. “Who?” he said.";
        assert_eq!(of(text, &sentences(text)), ["There sat Mr. Brown.", "“Who?” he said."]);
        let text = "猫がいる。犬もいる。";
        assert_eq!(sentences(text).len(), 2);
    }

    #[test]
    fn a_sentence_begins_after_a_stop_and_in_a_quotation_and_not_after_a_title() {
        for (before, starts) in [
            ("", true),
            ("So. ", true),
            ("said “", true),
            ("said '", true),
            ("the boys' ", false),
            ("saw ", false),
            ("saw, ", false),
            ("Dr. ", false),
            ("on\n", true),
        ] {
            assert_eq!(begins(before), starts, "{before:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn pieces_lie_in_the_text_and_in_order(text in any::<String>(), lines in "[a.“” \n]{0,30}") {
            for text in [&text, &lines] {
                for pieces in [sentences(text), paragraphs(text), dialogue::spans(text)] {
                    let mut end = 0;
                    for piece in pieces {
                        prop_assert!(piece.start >= end && piece.end >= piece.start);
                        prop_assert!(text.get(piece.clone()).is_some());
                        end = piece.end;
                    }
                }
                begins(text);
            }
        }
    }
}
