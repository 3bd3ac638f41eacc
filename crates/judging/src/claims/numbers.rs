//! Numbers, dates and times, and whether anything has said them before.

use std::collections::HashSet;
use std::ops::Range;

use crate::text::{begins, folded, words};
use crate::{Case, Flag};

/// A number, month or weekday of a text.
pub(super) struct Stated {
    pub(super) at: Range<usize>,
    /// The same for what is the same: "twelve" and "12", "1,200" and "1200".
    pub(super) value: String,
    why: &'static str,
}

pub(super) fn unsourced(case: &Case<'_>) -> Vec<Flag> {
    let found = stated(case.answer);
    if found.is_empty() {
        return Vec::new();
    }
    let known: HashSet<String> = case.sources().flat_map(values).collect();
    let new = found.into_iter().filter(|stated| !known.contains(&stated.value));
    new.map(|stated| Flag::at(case.answer, stated.at, stated.why)).collect()
}

/// Every value that a text may be taken to state, small numbers and doubtful months too.
fn values(text: &str) -> Vec<String> {
    let all = words(text);
    let plain = all.iter().map(|(_, word)| folded(word));
    let days = plain.filter(|word| MONTHS.contains(&word.as_str()) || WEEKDAYS.contains(&word.as_str()));
    let parts = figures(text).into_iter().flat_map(|at| {
        let value = normal(&text[at]);
        // What a date or a time is made of has been said, too.
        let parts: Vec<String> = value
            .split(|c: char| !c.is_numeric())
            .map(|part| part.trim_start_matches('0').to_owned())
            .collect();
        parts.into_iter().chain([value])
    });
    days.chain(parts).chain(worded(text, 0).into_iter().map(|(_, value)| value.to_string())).collect()
}

/// What a text states of numbers, in its order.
pub(super) fn stated(text: &str) -> Vec<Stated> {
    let why = "this number is neither in the text nor in what is known";
    let mut found: Vec<Stated> = figures(text)
        .into_iter()
        .map(|at| {
            let value = normal(&text[at.clone()]);
            let time = value.contains(':');
            Stated {
                at,
                value,
                why: if time { "this time is neither in the text nor in what is known" } else { why },
            }
        })
        .collect();
    let worded = worded(text, 3).into_iter().map(|(at, value)| Stated { at, value: value.to_string(), why });
    found.extend(worded);
    found.extend(days(text));
    found.sort_by_key(|stated| stated.at.start);
    found
}

/// Months and weekdays with a capital. "May" and "March" are months only beside a number or after a word that says so.
fn days(text: &str) -> Vec<Stated> {
    let why = "this date is neither in the text nor in what is known";
    let all = words(text);
    let folded: Vec<String> = all.iter().map(|(_, word)| folded(word)).collect();
    let beside = |i: Option<usize>| i.and_then(|i| folded.get(i)).map(String::as_str).unwrap_or_default();
    let figure = |word: &str| word.chars().next().is_some_and(char::is_numeric);
    let is_day = |(i, word): (usize, &String)| {
        let (at, original) = all.get(i)?;
        let doubtful = matches!(word.as_str(), "may" | "march" | "august");
        let before = beside(i.checked_sub(1));
        let sure = figure(before)
            || figure(beside(Some(i + 1)))
            || matches!(before, "in" | "of" | "last" | "next" | "this" | "since" | "until" | "by")
                && !begins(&text[..at.start]);
        let day = MONTHS.contains(&word.as_str()) || WEEKDAYS.contains(&word.as_str());
        let capital = original.chars().next().is_some_and(char::is_uppercase);
        (day && capital && (!doubtful || sure)).then(|| Stated { at: at.clone(), value: word.clone(), why })
    };
    folded.iter().enumerate().filter_map(is_day).collect()
}

/// Runs of figures with single signs of numbers, dates and times within.
fn figures(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_numeric()) {
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some(last) if matches!(text.get(last.end..at), Some("" | "." | "," | ":" | "/")) => {
                last.end = end
            }
            _ => found.push(at..end),
        }
    }
    found
}

/// A figure without the commas of thousands.
fn normal(figure: &str) -> String {
    figure.replace([',', '’'], "")
}

/// Number words of English from a value on, each with its value: "twelve", "forty-two".
fn worded(text: &str, least: u32) -> Vec<(Range<usize>, u32)> {
    let mut found: Vec<(Range<usize>, u32, bool)> = Vec::new();
    for (at, word) in words(text) {
        let word = folded(word);
        let value = |list: &[&str], from: u32, step: u32| {
            list.iter().zip(0u32..).find(|(name, _)| **name == word).map(|(_, i)| from + i * step)
        };
        let Some((value, tens)) = value(SMALL, 0, 1)
            .map(|value| (value, false))
            .or_else(|| value(TENS, 20, 10).map(|value| (value, true)))
        else {
            continue;
        };
        match found.last_mut() {
            Some((last, sum, true))
                if !tens
                    && (1..10).contains(&value)
                    && matches!(text.get(last.end..at.start), Some("-" | " " | "‑")) =>
            {
                (last.end, *sum) = (at.end, *sum + value);
            }
            _ => found.push((at, value, tens)),
        }
        // What has its ones takes no more of them.
        if let Some((_, sum, open)) = found.last_mut() {
            *open = *sum >= 20 && *sum % 10 == 0;
        }
    }
    found.into_iter().filter(|(_, value, _)| *value >= least).map(|(at, value, _)| (at, value)).collect()
}

const SMALL: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const MONTHS: &[&str] = &[
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
];
const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_words_of_the_same_number_have_the_same_value() {
        let of = |text| stated(text).into_iter().map(|stated| stated.value).collect::<Vec<_>>();
        assert_eq!(
            of("forty-two, 42, 1,200 and 1200. At 3:45. Two or seven"),
            ["42", "42", "1200", "1200", "3:45", "7"]
        );
        assert_eq!(of("He may march in May, on 3 March."), ["may", "3", "march"]);
        assert_eq!(of("twenty twelve"), ["20", "12"]);
    }
}
