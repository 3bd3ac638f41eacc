//! Who is in an answer, and in which language it is.

use super::Found;
use crate::text::names::{bare, names as names_of, unknown, untold, vocabulary};
use crate::text::{language as languages, words};
use crate::{Case, Flag};

pub(super) fn language(case: &Case<'_>, is: &str) -> Found {
    let passage = [case.selection, case.before].into_iter().find(|text| !text.trim().is_empty());
    let wanted = match is {
        "same" => languages::of(case.language, passage.unwrap_or_default()),
        "into" => languages::primary(case.into),
        tag => languages::primary(tag),
    };
    let Some(wanted) = wanted else { return Found::untold("it is not known which language is wanted") };
    // A doubtful guess is believed where it is what was wanted, and not against it.
    let likely = languages::likeliest(case.answer).map(|(code, _)| code).filter(|code| *code == wanted);
    let Some(found) = likely.or_else(|| languages::detected(case.answer)) else {
        return Found::untold("the answer's language cannot be told; it may be too short");
    };
    if !languages::detectable(&wanted) {
        return Found::untold(format!("texts in {wanted} cannot be told from others"));
    }
    let passed = found == wanted;
    let reason = (!passed).then(|| format!("the answer is in {found} and should be in {wanted}"));
    Found { passed: Some(passed), ..Found::untold("") }.because(reason)
}

pub(super) fn names(case: &Case<'_>, max: usize) -> Found {
    let language = case.written_in();
    if let Some(reason) = untold(language.as_deref(), case.answer) {
        return Found::untold(reason);
    }
    let flags = new_names(case);
    Found::told(flags.len() <= max, flags.len() as f64, "names").flagged(flags)
}

/// The names of an answer that stand neither in the passage nor in what is known, each once.
pub(crate) fn new_names(case: &Case<'_>) -> Vec<Flag> {
    let found = names_of(case.answer);
    let known = if found.is_empty() { Default::default() } else { vocabulary(case.sources()) };
    let mut told = std::collections::HashSet::new();
    found
        .into_iter()
        .filter(|name| {
            unknown(&case.answer[name.clone()], &known) && told.insert(bare(&case.answer[name.clone()]))
        })
        .map(|name| Flag::at(case.answer, name, "this name is neither in the text nor in what is known"))
        .collect()
}

pub(super) fn names_kept(case: &Case<'_>, min: f64) -> Found {
    let language = languages::of(case.language, case.selection);
    let mut wanted: Vec<String> = match untold(language.as_deref(), case.selection) {
        None => names_of(case.selection).into_iter().map(|name| case.selection[name].to_owned()).collect(),
        Some(_) => Vec::new(),
    };
    let selection = vocabulary([case.selection].into_iter());
    let known = case.lore.iter().map(|known| &known.name);
    wanted.extend(known.filter(|name| !words(name).is_empty() && !unknown(name, &selection)).cloned());
    wanted.sort_by_cached_key(|name| bare(name));
    wanted.dedup_by_key(|name| bare(name));
    if wanted.is_empty() {
        return Found::untold("no names can be told in the selection");
    }
    // A person who is called by a part of the name, or by another, is still there.
    let answer = vocabulary([case.answer].into_iter());
    let has = |name: &str| words(name).iter().any(|(_, word)| answer.contains(&bare(word)));
    let kept = |name: &String| {
        let aliases =
            case.lore.iter().filter(|known| bare(&known.name) == bare(name)).flat_map(|known| &known.aliases);
        has(name) || aliases.into_iter().any(|alias| has(alias))
    };
    let lost: Vec<&String> = wanted.iter().filter(|name| !kept(name)).collect();
    let share = (wanted.len() - lost.len()) as f64 / wanted.len() as f64;
    let flags =
        lost.iter().map(|name| Flag::missing(name, "this name of the selection is not in the answer"));
    Found::told(share >= min, share, "share of names").flagged(flags.collect())
}
