//! What stands in an answer, letter by letter: texts, patterns, JSON.

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use super::Found;
use crate::{Case, Error, Flag};

/// Bytes that a compiled pattern may take, and of its cache while it searches: it bounds the time for a letter of the answer.
const LARGEST: usize = 1 << 20;
/// Bytes of a pattern that an error quotes.
const QUOTED: usize = 80;

pub(super) fn contains(case: &Case<'_>, texts: &[String], ignore_case: bool) -> Found {
    let lost: Vec<&String> =
        texts.iter().filter(|text| matches(case, text, ignore_case).is_empty()).collect();
    let flags = lost.iter().map(|text| Flag::missing(text, "is not in the answer")).collect();
    Found::told(lost.is_empty(), (texts.len() - lost.len()) as f64, "texts").flagged(flags)
}

pub(super) fn not_contains(case: &Case<'_>, texts: &[String], ignore_case: bool) -> Found {
    let flags: Vec<Flag> = texts.iter().flat_map(|text| matches(case, text, ignore_case)).collect();
    Found::told(flags.is_empty(), flags.len() as f64, "places").flagged(flags)
}

/// Where a text stands in the answer.
fn matches(case: &Case<'_>, text: &str, ignore_case: bool) -> Vec<Flag> {
    let flag = |start: usize, end: usize| Flag::at(case.answer, start..end, "should not be in the answer");
    if !ignore_case {
        return case.answer.match_indices(text).map(|(at, found)| flag(at, at + found.len())).collect();
    }
    match RegexBuilder::new(&regex::escape(text)).case_insensitive(true).build() {
        Ok(pattern) => pattern.find_iter(case.answer).map(|found| flag(found.start(), found.end())).collect(),
        // A text of many pages makes too large a pattern: whether it is there is told, but not where.
        Err(_) if case.answer.to_lowercase().contains(&text.to_lowercase()) => {
            vec![Flag::missing(text, "should not be in the answer")]
        }
        Err(_) => Vec::new(),
    }
}

pub(super) fn regex(case: &Case<'_>, pattern: &str) -> Found {
    match compile(pattern) {
        Ok(pattern) => {
            let count = pattern.find_iter(case.answer).count();
            Found::told(count > 0, count as f64, "matches")
        }
        Err(error) => Found::untold(error.to_string()),
    }
}

pub(super) fn not_regex(case: &Case<'_>, pattern: &str) -> Found {
    match compile(pattern) {
        Ok(pattern) => {
            let found = pattern.find_iter(case.answer);
            let flags: Vec<Flag> =
                found.map(|found| Flag::at(case.answer, found.range(), "matches the pattern")).collect();
            Found::told(flags.is_empty(), flags.len() as f64, "matches").flagged(flags)
        }
        Err(error) => Found::untold(error.to_string()),
    }
}

/// A pattern of an author's.
pub(super) fn compile(pattern: &str) -> Result<Regex, Error> {
    RegexBuilder::new(pattern).size_limit(LARGEST).dfa_size_limit(LARGEST).build().map_err(|error| {
        let reason = match error {
            regex::Error::CompiledTooBig(limit) => format!("it takes more than {limit} bytes when compiled"),
            // The last line says what is wrong; those before point at the place.
            other => {
                other.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
            }
        };
        Error::Pattern { pattern: pattern.chars().take(QUOTED).collect(), reason }
    })
}

pub(super) fn json(case: &Case<'_>, required: &[String]) -> Found {
    let failed = |reason: String, flags: Vec<Flag>| {
        Found { passed: Some(false), ..Found::untold(reason) }.flagged(flags)
    };
    let value: Value = match serde_json::from_str(case.answer.trim()) {
        Ok(value) => value,
        Err(_) if case.answer.trim_start().starts_with("```") => {
            return failed("it stands in a code fence".to_owned(), Vec::new());
        }
        Err(error) => return failed(format!("it is no JSON: {error}"), Vec::new()),
    };
    let lost = required.iter().filter(|key| value.get(key.as_str()).is_none());
    let flags: Vec<Flag> = lost.map(|key| Flag::missing(key, "the key is missing")).collect();
    match flags.is_empty() {
        true => Found { passed: Some(true), reason: None, ..Found::untold("") },
        false => failed("keys are missing".to_owned(), flags),
    }
}
