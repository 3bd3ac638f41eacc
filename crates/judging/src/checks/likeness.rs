//! How an answer is like itself, like what stood before it, and like a text that was given as good.

use std::collections::HashSet;
use std::ops::Range;

use super::{Found, Metric};
use crate::text::is_latin;
use crate::text::tokens::{Numbered, Numbers};
use crate::{Case, Flag, chrf, rouge};

/// The longest run of words that is looked for as a loop.
const LONGEST_LOOP: usize = 32;
/// How often a run must come in a row to be a loop: "no, no, no" is none.
const TIMES: usize = 3;
const TIMES_OF_ONE: usize = 4;

pub(super) fn repetition(case: &Case<'_>, n: usize, max: f64) -> Found {
    let answer = Numbers::default().read(case.answer);
    let all = answer.ids.windows(n.max(1)).count();
    let share = if all == 0 { 0.0 } else { 1.0 - answer.grams(n).len() as f64 / all as f64 };
    let flags: Vec<Flag> = loops(&answer)
        .into_iter()
        .filter_map(|(run, times)| {
            Some(Flag::at(case.answer, answer.bytes(run)?, format!("the same words {times} times in a row")))
        })
        .collect();
    Found::told(flags.is_empty() && share <= max, share, "share of n-grams").flagged(flags)
}

/// Runs of words that come several times in a row, as words, and how often. Each word is met once a length of run.
fn loops(text: &Numbered) -> Vec<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for period in 1..=LONGEST_LOOP.min(text.ids.len() / TIMES) {
        let times = if period == 1 { TIMES_OF_ONE } else { TIMES };
        let same = text.ids.iter().zip(text.ids.iter().skip(period)).map(|(a, b)| a == b);
        let mut start = 0;
        for (at, same) in same.chain([false]).enumerate() {
            if same {
                continue;
            }
            // From `start` to here each word is the same as the one a period later.
            let run = start..at + period;
            if at - start >= (times - 1) * period {
                found.push((run.clone(), run.len() / period));
            }
            start = at + 1;
        }
    }
    // A loop of two words is one of four, too: the shortest tells it.
    let mut told: Vec<(Range<usize>, usize)> = Vec::new();
    found.sort_by_key(|(run, times)| (run.start, std::cmp::Reverse(*times)));
    for (run, times) in found {
        if told.last().is_none_or(|(last, _)| run.start >= last.end) {
            told.push((run, times));
        }
    }
    told
}

pub(super) fn copied(case: &Case<'_>, n: usize, max: f64) -> Found {
    let mut numbers = Numbers::default();
    let sources = [case.before, case.selection, case.after].map(|text| numbers.read(text));
    let answer = numbers.read(case.answer);
    let n = n.max(1);
    let known: HashSet<&[u32]> = sources.iter().flat_map(|source| source.ids.windows(n)).collect();
    let hits: Vec<bool> = answer.ids.windows(n).map(|gram| known.contains(gram)).collect();
    if hits.is_empty() {
        return Found::untold(format!("the answer has fewer than {n} words"));
    }
    let share = hits.iter().filter(|hit| **hit).count() as f64 / hits.len() as f64;
    let (mut longest, mut start) = (0..0, 0);
    for (at, hit) in hits.iter().copied().chain([false]).enumerate() {
        if !hit {
            if at - start > longest.len() {
                longest = start..at;
            }
            start = at + 1;
        }
    }
    let stretch = if longest.is_empty() { None } else { answer.bytes(longest.start..longest.end + n - 1) };
    let flags = stretch.map(|at| Flag::at(case.answer, at, "stands in the text around or in the selection"));
    Found::told(share <= max, share, "share of n-grams").flagged(flags.into_iter().collect())
}

pub(super) fn similarity(case: &Case<'_>, metric: Metric, min: f64) -> Found {
    let Some(reference) = case.reference else { return Found::untold("there is no reference") };
    match metric {
        Metric::Chrf => {
            let score = chrf::chrf(case.answer, reference);
            Found::told(score >= min, score, "points of chrF")
        }
        Metric::ChrfPlusPlus => {
            let score = chrf::chrf_plus_plus(case.answer, reference);
            Found::told(score >= min, score, "points of chrF++")
        }
        Metric::RougeL => {
            // As it is published where its tokens, which are a to z and digits, leave words.
            let (of, unit): (fn(&str, &str) -> _, _) = if is_latin(reference) {
                (rouge::rouge_l, "points of ROUGE-L")
            } else {
                (rouge::rouge_l_unicode, "points of ROUGE-L by Unicode's words")
            };
            let found = of(case.answer, reference);
            let cut = format!("only the first {} words of each text were compared", rouge::MOST_WORDS);
            let score = 100.0 * found.f1;
            Found::told(score >= min, score, unit).because(found.cut.then_some(cut))
        }
    }
}

pub(super) fn perplexity(case: &Case<'_>, max: f64) -> Found {
    match case.perplexity {
        Some(figure) if figure.is_finite() => Found::told(figure <= max, figure, "perplexity"),
        _ => Found::untold("no model has measured it"),
    }
}
