//! How much of a reference an answer tells in the same order: ROUGE-L, the longest common subsequence of words.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// Words of each text that are compared: the time grows with their product, and so many take about a tenth of a second.
pub const MOST_WORDS: usize = 8_000;

/// How two texts agree, each 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rouge {
    /// The share of the answer's words that are common.
    pub precision: f64,
    /// The share of the reference's words that are common.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
    /// Whether words after the first [`MOST_WORDS`] of a text were left out.
    pub cut: bool,
}

/// ROUGE-L of an answer against a reference (Lin, "ROUGE: a package for automatic evaluation of summaries", 2004), with the
/// tokens of Google's `rouge_score` without stemming: runs of a–z and 0–9 in the lower-cased text. It agrees with that
/// package's `rougeL`. What is in another script is no token to it: see [`rouge_l_unicode`].
///
/// Time is the product of the words of both, at most [`MOST_WORDS`] each; memory two rows.
pub fn rouge_l(answer: &str, reference: &str) -> Rouge {
    let (answer, reference) = (answer.to_lowercase(), reference.to_lowercase());
    let tokens =
        |text| str::split(text, |c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    of_tokens(tokens(&answer), tokens(&reference))
}

/// ROUGE-L with words as Unicode has them (UAX #29), lower-cased, so that every script counts; a character of Chinese or
/// Japanese is a word. No other implementation has the same words, so its figures are not to be compared with published ones.
///
/// Time and memory as [`rouge_l`].
pub fn rouge_l_unicode(answer: &str, reference: &str) -> Rouge {
    let (answer, reference) = (answer.to_lowercase(), reference.to_lowercase());
    of_tokens(answer.unicode_words(), reference.unicode_words())
}

fn of_tokens<'a>(answer: impl Iterator<Item = &'a str>, reference: impl Iterator<Item = &'a str>) -> Rouge {
    let mut ids = HashMap::new();
    let (answer, answer_cut) = numbered(answer, &mut ids);
    let (reference, reference_cut) = numbered(reference, &mut ids);
    let cut = answer_cut || reference_cut;
    if answer.is_empty() || reference.is_empty() {
        return Rouge { precision: 0.0, recall: 0.0, f1: 0.0, cut };
    }
    let common = common(&answer, &reference) as f64;
    let (precision, recall) = (common / answer.len() as f64, common / reference.len() as f64);
    let f1 = if common > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    Rouge { precision, recall, f1, cut }
}

/// Words as numbers, the same for the same word, and whether some were left out.
fn numbered<'a>(
    words: impl Iterator<Item = &'a str>,
    ids: &mut HashMap<&'a str, usize>,
) -> (Vec<usize>, bool) {
    let mut words = words;
    let first = words.by_ref().take(MOST_WORDS);
    let numbers = first
        .map(|word| {
            let next = ids.len();
            *ids.entry(word).or_insert(next)
        })
        .collect();
    (numbers, words.next().is_some())
}

/// The length of the longest common subsequence.
fn common(a: &[usize], b: &[usize]) -> usize {
    let mut above = vec![0; b.len()];
    let mut row = vec![0; b.len()];
    for x in a {
        let (mut left, mut corner) = (0, 0);
        for ((cell, y), top) in row.iter_mut().zip(b).zip(&above) {
            left = if x == y { corner + 1 } else { left.max(*top) };
            (*cell, corner) = (left, *top);
        }
        std::mem::swap(&mut above, &mut row);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// rouge-score 0.1.2, `RougeScorer(["rougeL"], use_stemmer=False)`.
    #[test]
    fn scores_are_those_of_rouge_score() {
        for (answer, reference, precision, recall, f1) in [
            (
                "The quick brown dog jumps on the log.",
                "The quick brown fox jumps over the lazy dog",
                0.625,
                0.555_555_555_555_555_6,
                0.588_235_294_117_647_1,
            ),
            ("", "", 0.0, 0.0, 0.0),
            ("abc", "", 0.0, 0.0, 0.0),
            (
                "It's 3:45, isn't it?",
                "Isn’t it 3.45 now? It is.",
                0.571_428_571_428_571_4,
                0.5,
                0.533_333_333_333_333_3,
            ),
            ("a b c d e", "e d c b a", 0.2, 0.2, 0.2),
            ("Straße über Öl", "Strasse uber Ol strae", 0.0, 0.0, 0.0),
            ("police kill the gunman", "the gunman kill police", 0.5, 0.5, 0.5),
            ("\u{212a}elvin İstanbul", "kelvin istanbul i stanbul", 1.0, 0.75, 0.857_142_857_142_857_1),
            ("猫", "猫", 0.0, 0.0, 0.0),
        ] {
            let found = rouge_l(answer, reference);
            for (ours, theirs) in [(found.precision, precision), (found.recall, recall), (found.f1, f1)] {
                assert!((ours - theirs).abs() < 1e-12, "{answer}: {ours} is not {theirs}");
            }
        }
    }

    #[test]
    fn words_of_every_script_count_by_unicode() {
        assert_eq!(rouge_l_unicode("Она открыла дверь", "она дверь открыла").f1, 2.0 / 3.0);
        assert_eq!(rouge_l_unicode("猫が眠る", "猫も眠る").recall, 0.75);
        assert!(rouge_l_unicode("one two three", "one two three").f1 >= 1.0);
    }

    #[test]
    fn what_is_left_out_of_a_long_text_is_told() {
        let long = "a ".repeat(MOST_WORDS + 1);
        assert!(rouge_l(&long, "a").cut);
        assert!(!rouge_l(&long[2..], "a").cut);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn precision_one_way_is_recall_the_other(a in "[ab cd.]{0,40}", b in "[ab cd.]{0,40}") {
            let (there, back) = (rouge_l(&a, &b), rouge_l(&b, &a));
            prop_assert_eq!(there.precision, back.recall);
            prop_assert_eq!(there.recall, back.precision);
        }
    }
}
