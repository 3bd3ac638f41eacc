//! Counting words the same way in every script: by the word boundaries of Unicode (UAX #29), not by spaces,
//! so that a Chinese or German page has a count its author can believe. The page counts by the same rules while one
//! types (`ui/src/editor/counting.ts`); both are held to one table.

use unicode_segmentation::UnicodeSegmentation;

/// How many words a text has. Punctuation does not count; contractions (`don't`) count once; scripts that
/// write no spaces count by character.
pub fn count_words(text: &str) -> u32 {
    u32::try_from(text.unicode_words().count()).unwrap_or(u32::MAX)
}

/// How many characters a text has: Unicode code points, spaces too, line ends not.
pub fn count_characters(text: &str) -> u32 {
    u32::try_from(text.chars().filter(|c| *c != '\n').count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_and_spaces_are_not_words() {
        assert_eq!(count_words(""), 0);
        assert_eq!(count_words(" \n\n — … \u{a0}\u{200b}"), 0);
        assert_eq!(count_words("“Don't,” she said—twice."), 4);
    }

    #[test]
    fn words_are_counted_as_the_editor_counts_them() {
        let table: Vec<(String, u32)> =
            serde_json::from_str(include_str!("../tests/golden/words.json")).unwrap();
        for (text, words) in &table {
            assert_eq!(count_words(text), *words, "{text:?}");
        }
        assert_eq!(table.len(), 400);
    }

    #[test]
    fn characters_are_counted_without_line_ends() {
        assert_eq!(count_characters("Été\n\n天黑了 🌧"), 8);
    }

    #[test]
    fn words_are_counted_in_every_script() {
        assert_eq!(count_words("Die Tür ging 3,5 Meter auf."), 6);
        assert_eq!(count_words("Было темно."), 2);
        assert_eq!(count_words("كان الظلام"), 2);
        assert_eq!(count_words("天黑了"), 3);
    }
}
