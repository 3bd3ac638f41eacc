//! How much there is in an answer: lengths, how easily they are read, how much is spoken, how it is parted.

use unicode_segmentation::UnicodeSegmentation;

use super::{Against, Bounds, Found, LengthUnit, holds};
use crate::Case;
use crate::text::{dialogue, folded, paragraphs, sentences, words};

pub(super) fn length(case: &Case<'_>, unit: LengthUnit, bounds: Bounds) -> Found {
    let (count, unit) = match unit {
        LengthUnit::Words => (words(case.answer).len(), "words"),
        LengthUnit::Sentences => (sentences(case.answer).len(), "sentences"),
        LengthUnit::Characters => (case.answer.chars().count(), "characters"),
        LengthUnit::Paragraphs => (paragraphs(case.answer).len(), "paragraphs"),
    };
    Found::told(holds(count as f64, bounds), count as f64, unit)
}

pub(super) fn ratio(case: &Case<'_>, to: Against, bounds: Bounds) -> Found {
    let (other, name) = match to {
        Against::Selection => (case.selection, "selection"),
        Against::Reference => (case.reference.unwrap_or_default(), "reference"),
    };
    match words(other).len() {
        0 => Found::untold(format!("there is no {name}")),
        count => {
            let ratio = words(case.answer).len() as f64 / count as f64;
            Found::told(holds(ratio, bounds), ratio, "times")
        }
    }
}

pub(super) fn readability(case: &Case<'_>, bounds: Bounds) -> Found {
    let words = words(case.answer);
    let sentences = sentences(case.answer).len() as f64;
    if words.is_empty() || sentences < 1.0 {
        return Found::untold("the answer has no words");
    }
    let Some(language) = case.written_in() else {
        return Found::untold("its language cannot be told");
    };
    if matches!(language.as_str(), "zh" | "ja" | "th" | "km" | "my") {
        return Found::untold("neither formula holds for a language without spaces between words");
    }
    let count = words.len() as f64;
    let (figure, unit) = if language == "en" {
        let all: usize = words.iter().map(|(_, word)| syllables(word)).sum();
        (206.835 - 1.015 * count / sentences - 84.6 * all as f64 / count, "points of Flesch's reading ease")
    } else {
        let long = words.iter().filter(|(_, word)| word.graphemes(true).count() > 6).count();
        (count / sentences + 100.0 * long as f64 / count, "points of LIX")
    };
    Found::told(holds(figure, bounds), figure, unit)
}

/// About how many syllables an English word has: groups of vowels, without a mute e at the end.
fn syllables(word: &str) -> usize {
    let word = folded(word);
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut groups = 0;
    let mut before = false;
    for c in word.chars() {
        let vowel = is_vowel(c);
        groups += usize::from(vowel && !before);
        before = vowel;
    }
    // In "table" the e sounds, in "stone", "walked" and "times" it does not.
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let mute = ends(&["e"]) && !ends(&["le", "ee", "ye"])
        || ends(&["ed"]) && !ends(&["ted", "ded", "eed"])
        || ends(&["es"]) && !ends(&["ses", "zes", "xes", "ces", "ges", "shes", "ches"]);
    groups.saturating_sub(usize::from(mute)).max(1)
}

pub(super) fn dialogue(case: &Case<'_>, bounds: Bounds) -> Found {
    let words = words(case.answer);
    if words.is_empty() {
        return Found::untold("the answer has no words");
    }
    let spans = dialogue::spans(case.answer);
    let spoken = words.iter().filter(|(at, _)| dialogue::within(&spans, at.start)).count();
    let share = spoken as f64 / words.len() as f64;
    Found::told(holds(share, bounds), share, "share of words")
}

pub(super) fn structure(case: &Case<'_>) -> Found {
    let parts = |text: &str| {
        let paragraphs = paragraphs(text);
        let spans = dialogue::spans(text);
        let speaks = |paragraph: &&std::ops::Range<usize>| {
            let next = spans.partition_point(|span| span.start < paragraph.start);
            spans.get(next).is_some_and(|span| span.start < paragraph.end)
        };
        (paragraphs.len(), paragraphs.iter().filter(speaks).count())
    };
    let ((wanted, wanted_speech), (count, speech)) = (parts(case.selection), parts(case.answer));
    if wanted == 0 {
        return Found::untold("there is no selection");
    }
    let passed = (wanted, wanted_speech) == (count, speech);
    let reason = format!(
        "{count} paragraphs, {speech} with dialogue; the selection has {wanted}, {wanted_speech} with dialogue"
    );
    Found::told(passed, count as f64, "paragraphs").because((!passed).then_some(reason))
}
