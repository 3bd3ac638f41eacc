//! Where answers to the same question differ. What some of them state and others do not is likely to be made up (the thought of
//! SelfCheckGPT, Manakul et al. 2023, without a model).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::numbers::stated;
use crate::Flag;
use crate::case::MOST_FLAGS;
use crate::chrf::Grams;
use crate::text::language;
use crate::text::names::{bare, names, untold};

/// Answers that are compared at most, since each is compared with each; those beyond are left out.
pub const MOST_ANSWERS: usize = 16;

/// How far answers to the same question differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Disagreement {
    /// The mean of chrF over all ordered pairs of answers, 0 to 100; 100 where there are no two.
    pub mean_chrf: f64,
    /// Names and numbers that stand in at most half of the answers, each once an answer.
    pub flags: Vec<Difference>,
    /// Answers that were compared, at most [`MOST_ANSWERS`].
    pub compared: usize,
}

/// What one answer has and others do not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Which answer, counted from 0.
    pub answer: usize,
    /// The place in it.
    pub flag: Flag,
}

/// Compares answers of one model to one question (other seeds): how alike they are, and which names and numbers stand in some
/// but not in the most of them. n log n in the texts, and the square of their number, which is at most [`MOST_ANSWERS`].
pub fn disagreement(answers: &[&str]) -> Disagreement {
    let answers = answers.get(..MOST_ANSWERS).unwrap_or(answers);
    let found: Vec<BTreeMap<String, Range<usize>>> = answers.iter().map(|answer| things(answer)).collect();
    // A thing that one answer names may stand in another only at a sentence's beginning; there it counts as well.
    let words: Vec<BTreeSet<String>> = answers
        .iter()
        .map(|answer| crate::text::words(answer).iter().map(|(_, word)| bare(word)).collect())
        .collect();
    let mut flags = Vec::new();
    for (answer, (text, things)) in answers.iter().zip(&found).enumerate() {
        for (thing, at) in things {
            let has = |i: &usize| {
                found.get(*i).is_some_and(|things| things.contains_key(thing))
                    || words.get(*i).is_some_and(|words| thing.split(' ').all(|part| words.contains(part)))
            };
            let count = (0..answers.len()).filter(has).count();
            if 2 * count <= answers.len() && answers.len() > 1 {
                let why = format!("stands in {count} of {} answers", answers.len());
                flags.push(Difference { answer, flag: Flag::at(text, at.clone(), why) });
            }
        }
    }
    flags.sort_by_key(|found| (found.answer, found.flag.at.as_ref().map(|at| at.start)));
    flags.truncate(MOST_FLAGS);
    Disagreement { mean_chrf: mean_chrf(answers), flags, compared: answers.len() }
}

fn mean_chrf(answers: &[&str]) -> f64 {
    let grams: Vec<Grams<'_>> = answers.iter().map(|answer| Grams::new(answer, 0)).collect();
    let (mut sum, mut count) = (0.0, 0.0);
    for (i, answer) in grams.iter().enumerate() {
        for (_, other) in grams.iter().enumerate().filter(|(j, _)| *j != i) {
            sum += answer.score(other);
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { 100.0 }
}

/// The names and numbers of a text, each with its first place.
fn things(text: &str) -> BTreeMap<String, Range<usize>> {
    let mut things = BTreeMap::new();
    for number in stated(text) {
        things.entry(number.value).or_insert(number.at);
    }
    if untold(language::detected(text), text).is_none() {
        for at in names(text) {
            let name: Vec<String> =
                crate::text::words(&text[at.clone()]).iter().map(|(_, word)| bare(word)).collect();
            things.entry(name.join(" ")).or_insert(at);
        }
    }
    things
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_few_answers_have_is_flagged_with_the_answer() {
        let found = disagreement(&[
            "There stood Ada with 12 keys.",
            "There stood Ada with twelve keys.",
            "Then came Charles with 13 keys. Ada laughed.",
        ]);
        let told: Vec<_> = found.flags.iter().map(|d| (d.answer, d.flag.quote.as_str())).collect();
        assert_eq!(told, [(2, "Charles"), (2, "13")]);
        assert!((20.0..90.0).contains(&found.mean_chrf), "{}", found.mean_chrf);
    }

    #[test]
    fn answers_that_are_alike_or_alone_do_not_disagree() {
        let same = disagreement(&["Then Ada came.", "Then Ada came."]);
        assert_eq!((same.mean_chrf.round(), same.flags.len()), (100.0, 0));
        assert_eq!(disagreement(&["Then Ada came."]).flags, []);
        assert_eq!((disagreement(&[]).mean_chrf, disagreement(&["a"; 40]).compared), (100.0, MOST_ANSWERS));
    }
}
