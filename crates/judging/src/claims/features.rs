//! Colours of eyes and hair that an answer gives somebody and the lore has otherwise. A small rule on purpose: both sides must
//! say it in one of a few forms, so that nobody is told of a contradiction that is none.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::{Case, Flag, Known};

/// Colours, those that are the same for this purpose in one row.
const COLOURS: &[&[&str]] = &[
    &["grey", "gray"],
    &["blue"],
    &["green"],
    &["brown"],
    &["hazel"],
    &["amber"],
    &["violet"],
    &["black"],
    &["blond", "blonde", "golden", "fair"],
    &["red", "ginger", "auburn"],
    &["white", "silver"],
];

const COLOUR: &str = "(?P<colour>grey|gray|blue|green|brown|hazel|amber|violet|black|blonde?|golden|fair|red|ginger|auburn|white|silver)";
const FEATURE: &str = "(?P<feature>eyes|hair)";

/// What may stand between: one or two more adjectives, but no word that turns the sense.
const MORE: &str = r"(?:(?:bright|pale|dark|deep|light|large|small|clear|cold|warm|long|short|curly|straight|thick|thin|beautiful|tired|kind|soft)(?:,? |-)){0,2}";

/// How an answer says it; a name stands right before.
static ANSWER: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compiled(&[
        format!(r"['’]s {MORE}{COLOUR} {FEATURE}\b"),
        format!(r"['’]s {FEATURE} (?:was|were|is|are) {MORE}{COLOUR}\b"),
        format!(r" (?:has|had) {MORE}{COLOUR} {FEATURE}\b"),
    ])
});

/// How lore says it.
static LORE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compiled(&[
        format!(r"(?i)\b{FEATURE}(?: colou?r)?: {MORE}{COLOUR}\b"),
        format!(r"(?i)\b{FEATURE} (?:is|are|was|were) {MORE}{COLOUR}\b"),
        format!(r"(?i)(?:\b(?:has|had|with|his|her|their) )?\b{MORE}{COLOUR} {FEATURE}\b"),
    ])
});

/// Any colour beside a feature, however they are joined: more than one makes lore unsure.
static ANY: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(&[format!(r"(?i)\b{COLOUR}\b")]));

fn compiled(patterns: &[String]) -> Vec<Regex> {
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
}

pub(super) fn contradicted(case: &Case<'_>) -> Vec<Flag> {
    let mut flags: Vec<Flag> = Vec::new();
    let mut lore: HashMap<(&str, String), Option<(&str, usize)>> = HashMap::new();
    for said in ANSWER.iter().flat_map(|pattern| pattern.captures_iter(case.answer)) {
        let Some(whole) = said.get(0) else { continue };
        let before = case.answer.get(..whole.start()).unwrap_or_default();
        let Some((known, name)) = owner(case.lore, before) else { continue };
        let (feature, colour) = of(&said);
        let of_lore =
            lore.entry((&known.name, feature)).or_insert_with_key(|(_, feature)| told(&known.text, feature));
        let Some((quote, row)) = *of_lore else { continue };
        if Some(row) != self::row(&colour) {
            let at = whole.start() - name.len()..whole.end();
            flags.push(Flag::at(case.answer, at, format!("what is known of {} says: “{quote}”", known.name)));
        }
    }
    flags
}

/// Whose name stands right before; none where two have it.
fn owner<'k>(lore: &'k [Known], before: &str) -> Option<(&'k Known, &'k str)> {
    let ends = |name: &str| {
        before
            .strip_suffix(name)
            .is_some_and(|rest| !name.trim().is_empty() && !rest.ends_with(char::is_alphanumeric))
    };
    let mut owners = lore.iter().filter_map(|known| {
        let names = known.aliases.iter().chain([&known.name]).map(String::as_str);
        Some((known, names.filter(|name| ends(name)).max_by_key(|name| name.len())?))
    });
    let first = owners.next()?;
    owners.next().is_none().then_some(first)
}

/// The one colour that lore has of a feature, as its words and as a row of colours; none where there is none, or another colour
/// stands in the same sentence.
fn told<'t>(text: &'t str, feature: &str) -> Option<(&'t str, usize)> {
    let mut found: Option<(&str, usize)> = None;
    for said in LORE.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let (own, colour) = of(&said);
        if own != feature {
            continue;
        }
        let (whole, row) = (said.get(0)?, row(&colour)?);
        let start = text.get(..whole.start())?.rfind(['.', '\n', ';']).map_or(0, |at| at + 1);
        let end = text.get(whole.end()..)?.find(['.', '\n', ';']).map_or(text.len(), |at| whole.end() + at);
        let sentence = text.get(start..end)?;
        // "Grey eyes and black hair" is sure, "grey or blue eyes" is not.
        let of_others: Vec<_> = LORE
            .iter()
            .flat_map(|pattern| pattern.captures_iter(sentence))
            .filter(|other| of(other).0 != feature)
            .filter_map(|other| other.name("colour").map(|colour| colour.range()))
            .collect();
        let others = ANY
            .iter()
            .flat_map(|pattern| pattern.find_iter(sentence))
            .filter(|any| !of_others.contains(&any.range()))
            .filter(|any| self::row(&any.as_str().to_lowercase()) != Some(row));
        if others.count() > 0 || found.is_some_and(|(_, other)| other != row) {
            return None;
        }
        found = Some((whole.as_str().trim(), row));
    }
    found
}

fn row(colour: &str) -> Option<usize> {
    COLOURS.iter().position(|row| row.contains(&colour))
}

fn of(said: &Captures<'_>) -> (String, String) {
    let group = |name| said.name(name).map(|found| found.as_str().to_lowercase()).unwrap_or_default();
    (group("feature"), group("colour"))
}
