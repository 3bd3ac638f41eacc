//! How much of a reference stands in an answer, character by character. chrF needs no words, so it serves every language,
//! and forgives other endings; chrF++ looks at words and pairs of words besides.

use std::cmp::Ordering;

/// The longest n-gram of characters.
const CHARS: usize = 6;
/// The longest n-gram of words in chrF++.
const WORDS: usize = 2;
/// Recall counts β² times as much as precision.
const BETA: f64 = 2.0;

/// The punctuation that chrF++ parts from words: Python's `string.punctuation`, which is ASCII's.
const fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
}

/// chrF of an answer against a reference, 0 to 100 (Popović, "chrF: character n-gram F-score for automatic MT evaluation",
/// 2015): the F₂ of precision and recall, each the mean over n-grams of 1 to 6 characters without white space.
///
/// It agrees with sacreBLEU's sentence-level `CHRF(char_order=6, word_order=0, beta=2)`: orders of which one side has no
/// n-gram are left out, and two empty texts have 0. n log n in the characters.
pub fn chrf(answer: &str, reference: &str) -> f64 {
    Grams::new(answer, 0).score(&Grams::new(reference, 0))
}

/// chrF++ of an answer against a reference, 0 to 100 (Popović, "chrF++: words helping character n-grams", 2017): chrF with
/// n-grams of 1 and 2 words besides. Words are what white space parts, with one mark of ASCII punctuation parted from
/// their end or, where none is there, their beginning.
///
/// It agrees with sacreBLEU's sentence-level `CHRF(word_order=2)`. n log n in the characters.
pub fn chrf_plus_plus(answer: &str, reference: &str) -> f64 {
    Grams::new(answer, WORDS).score(&Grams::new(reference, WORDS))
}

/// The n-grams of a text, sorted within each order, so that texts can be compared with many others.
pub(crate) struct Grams<'a> {
    chars: Vec<Vec<u128>>,
    words: Vec<Vec<[&'a str; WORDS]>>,
}

impl<'a> Grams<'a> {
    pub(crate) fn new(text: &'a str, words: usize) -> Self {
        let letters: Vec<char> = text.chars().filter(|c| !is_space(*c)).collect();
        let tokens = if words > 0 { tokens(text) } else { Vec::new() };
        Self {
            chars: (1..=CHARS).map(|n| sorted(letters.windows(n).map(packed).collect())).collect(),
            words: (1..=words).map(|n| sorted(tokens.windows(n).map(pair).collect())).collect(),
        }
    }

    /// The F₂ of these n-grams against those of a reference, 0 to 100.
    pub(crate) fn score(&self, reference: &Self) -> f64 {
        let chars = self.chars.iter().zip(&reference.chars).map(|(a, b)| (a.len(), b.len(), matches(a, b)));
        let words = self.words.iter().zip(&reference.words).map(|(a, b)| (a.len(), b.len(), matches(a, b)));
        let (mut precision, mut recall, mut orders) = (0.0, 0.0, 0.0);
        for (ours, theirs, same) in chars.chain(words).filter(|(ours, theirs, _)| *ours > 0 && *theirs > 0) {
            precision += same as f64 / ours as f64;
            recall += same as f64 / theirs as f64;
            orders += 1.0;
        }
        if precision + recall <= 0.0 {
            return 0.0;
        }
        let (precision, recall) = (precision / orders, recall / orders);
        let factor = BETA * BETA;
        100.0 * (1.0 + factor) * precision * recall / (factor * precision + recall)
    }
}

/// Up to six characters in one number: a character has at most 21 bits. Only those of one order are compared.
fn packed(chars: &[char]) -> u128 {
    chars.iter().fold(0, |sum, c| (sum << 21) | u128::from(u32::from(*c)))
}

fn pair<'a>(words: &[&'a str]) -> [&'a str; WORDS] {
    let get = |i: usize| words.get(i).copied().unwrap_or_default();
    [get(0), get(1)]
}

fn sorted<T: Ord>(mut grams: Vec<T>) -> Vec<T> {
    grams.sort_unstable();
    grams
}

/// How many of two sorted lists are the same, each as often as both have it.
fn matches<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut same) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => (i, j, same) = (i + 1, j + 1, same + 1),
        }
    }
    same
}

/// The words of a text with a mark of punctuation parted, as sacreBLEU has them.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        let mut inner = word.chars();
        let (first, last) = (inner.next(), inner.next_back());
        match (first, last) {
            (_, Some(last)) if is_punctuation(last) => {
                tokens.extend([&word[..word.len() - last.len_utf8()], &word[word.len() - last.len_utf8()..]]);
            }
            (Some(first), Some(_)) if is_punctuation(first) => {
                tokens.extend([&word[..first.len_utf8()], &word[first.len_utf8()..]]);
            }
            _ => tokens.push(word),
        }
    }
    tokens
}

/// White space as Python's `str.split` has it, which counts four more control characters than Unicode.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// sacreBLEU 2.6.0, `CHRF().sentence_score` and `CHRF(word_order=2).sentence_score`.
    #[test]
    fn scores_are_those_of_sacrebleu() {
        for (answer, reference, plain, words) in [
            ("", "", 0.0, 0.0),
            ("", "The cat.", 0.0, 0.0),
            ("The cat.", "", 0.0, 0.0),
            ("The cat sat on the mat.", "The cat sat on the mat.", 100.0, 100.0),
            (
                "The cat sat on the mat.",
                "A cat was sitting on the mat!",
                34.616_143_419_108_09,
                36.065_922_061_867_69,
            ),
            (
                "Sie ging über die Straße, ohne sich umzusehen.",
                "Sie überquerte die Straße und sah sich nicht um.",
                34.289_949_449_387_41,
                33.356_994_538_627_68,
            ),
            (
                "Она открыла дверь.",
                "Она тихо открыла дверь и вошла.",
                48.830_373_711_341_17,
                46.754_998_446_093_25,
            ),
            (
                "猫が庭で眠っている。",
                "猫は庭で静かに眠っていた。",
                21.581_249_475_855_1,
                18.498_213_836_447_22,
            ),
            ("قال الرجل: نعم.", "قال: نعم، يا سيدي.", 27.364_879_961_183_74, 26.989_589_754_387_53),
            ("a", "a", 100.0, 100.0),
            ("ab", "abc", 63.636_363_636_363_63, 42.424_242_424_242_42),
            ("x", "y", 0.0, 0.0),
            ("(hi), \"there\"!", "(hi) there!", 46.684_620_850_058_69, 38.187_266_102_726_05),
            (
                "“Don’t,” she said—twice.",
                "\"Don't,\" she said twice.",
                48.724_434_936_424_57,
                41.141_532_406_372_75,
            ),
            (
                "one two",
                "one two three four five six seven eight nine ten",
                11.468_703_010_290_04,
                13.301_060_350_971_69,
            ),
            ("a\u{1f}b c\u{a0}d", "a b c d", 100.0, 100.0),
        ] {
            let found = (chrf(answer, reference), chrf_plus_plus(answer, reference));
            assert!((found.0 - plain).abs() < 1e-9, "{answer}: {} is not {plain}", found.0);
            assert!((found.1 - words).abs() < 1e-9, "{answer}: {} is not {words}", found.1);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_score_is_between_nothing_and_all(a in any::<String>(), b in "[ab .,]{0,30}") {
            for score in [chrf(&a, &b), chrf_plus_plus(&a, &b), chrf_plus_plus(&b, &b)] {
                prop_assert!((0.0..=100.000_001).contains(&score));
            }
            let full = if b.trim().is_empty() { 0.0 } else { 100.0 };
            prop_assert!((chrf_plus_plus(&b, &b) - full).abs() < 1e-9);
        }
    }
}
