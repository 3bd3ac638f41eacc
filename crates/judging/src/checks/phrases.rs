//! Clichés and the phrases that machines like best. The kept list is English and stands beside this file, a phrase a line.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Found;
use crate::text::{folded, words};
use crate::{Case, Flag};

/// A phrase as its words; none of them stands for any word.
type Phrase = Vec<Option<String>>;

static KEPT: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let lines = include_str!("phrases.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(phrase).collect()
});

/// Time: for each word of the answer the phrases that begin with it.
pub(super) fn phrases(case: &Case<'_>, also: &[String], max: usize) -> Found {
    let language = case.written_in();
    let english = language.as_deref().is_none_or(|language| language == "en");
    if !english && also.is_empty() {
        return Found::untold("the kept list is English");
    }
    let own: Vec<Phrase> = also.iter().map(|text| phrase(text)).collect();
    let kept: &[Phrase] = if english { &KEPT } else { &[] };
    let mut by_first: HashMap<Option<&str>, Vec<&Phrase>> = HashMap::new();
    for phrase in kept.iter().chain(&own) {
        if let Some(first) = phrase.first() {
            by_first.entry(first.as_deref()).or_default().push(phrase);
        }
    }
    let answer: Vec<_> = words(case.answer).into_iter().map(|(at, word)| (at, folded(word))).collect();
    let mut flags = Vec::new();
    let mut next = 0;
    for (i, (at, word)) in answer.iter().enumerate() {
        let candidates =
            [Some(word.as_str()), None].into_iter().filter_map(|first| by_first.get(&first)).flatten();
        let stands = |phrase: &&&Phrase| {
            let here = answer.get(i..i + phrase.len()).unwrap_or_default();
            here.len() == phrase.len()
                && here
                    .iter()
                    .zip(phrase.iter())
                    .all(|((_, word), wanted)| wanted.as_ref().is_none_or(|w| w == word))
        };
        // Of phrases that begin alike the longest is meant, and one within another counts once.
        let longest = candidates.filter(stands).map(|phrase| phrase.len()).max();
        if let Some((length, (last, _))) =
            longest.and_then(|length| Some((length, answer.get(i + length - 1)?))).filter(|_| i >= next)
        {
            flags.push(Flag::at(case.answer, at.start..last.end, "a stock phrase"));
            next = i + length;
        }
    }
    Found::told(flags.len() <= max, flags.len() as f64, "phrases").flagged(flags)
}

fn phrase(text: &str) -> Phrase {
    // A star is no word to Unicode, so it is put in by hand.
    let part = |part: &str| match part {
        "*" => vec![None],
        part => words(part).into_iter().map(|(_, word)| Some(folded(word))).collect(),
    };
    text.split_whitespace().flat_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_list_has_no_phrase_twice_and_none_that_is_a_single_plain_word() {
        let mut sorted = KEPT.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), KEPT.len());
        assert!((110..200).contains(&KEPT.len()), "{}", KEPT.len());
        assert!(KEPT.iter().all(|phrase| phrase.len() > 1));
    }

    #[test]
    fn phrases_are_found_whatever_their_apostrophes_and_capitals() {
        let text = "It was a testament to her will. She let out a breath she didn’t know she’d been holding.";
        let found = phrases(&Case { answer: text, language: "en", ..Case::default() }, &[], 1);
        let quotes: Vec<&str> = found.flags.iter().map(|flag| flag.quote.as_str()).collect();
        assert_eq!(quotes, ["a testament to", "a breath she didn’t know she’d been holding"]);
        assert_eq!((found.passed, found.figure), (Some(false), Some(2.0)));
    }

    #[test]
    fn own_phrases_hold_in_every_language_and_the_kept_ones_in_english() {
        let case =
            Case { answer: "Ein leises Lächeln umspielte ihre Lippen.", language: "de", ..Case::default() };
        assert_eq!(phrases(&case, &[], 0).passed, None);
        let found = phrases(&case, &["lächeln umspielte * lippen".to_owned()], 0);
        assert_eq!(found.flags[0].quote, "Lächeln umspielte ihre Lippen");
    }
}
