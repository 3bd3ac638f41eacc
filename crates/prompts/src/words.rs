//! How long a text is, in words. Scripts that are written without spaces are counted by characters.

/// Two characters of Chinese or Japanese say about as much as a word.
const CHARACTERS_A_WORD: usize = 2;

/// About how many words.
pub(crate) fn count(text: &str) -> usize {
    let dense = text.chars().filter(|&c| is_dense(c)).count();
    let spaced = text
        .split(|c: char| c.is_whitespace() || is_dense(c))
        .filter(|w| w.chars().any(char::is_alphanumeric));
    spaced.count() + dense.div_ceil(CHARACTERS_A_WORD)
}

/// Whether a character belongs to a script without spaces (kana, Han, Thai, Lao, Khmer, Burmese).
fn is_dense(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_with_and_without_spaces() {
        assert_eq!(count("One two – three."), 3);
        assert_eq!(count("他昨天回到了家。"), 4);
        assert_eq!(count("Das 猫 war da"), 4);
        assert_eq!(count(" ”\n"), 0);
    }
}
