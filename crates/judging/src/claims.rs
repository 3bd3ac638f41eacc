//! What an answer states that nothing has said: numbers, dates, times and names, and features that are known to be otherwise.
//! All by rule and only where it is sure, so what is not flagged may still be wrong.

mod disagreement;
mod features;
mod numbers;

use crate::case::MOST_FLAGS;
use crate::text::names::untold;
use crate::{Case, Flag};

pub use disagreement::{Difference, Disagreement, MOST_ANSWERS, disagreement};

/// What an answer states without a source, in the order of the answer: numbers, dates and times, and proper names, that stand
/// neither in the passage (with what is before and after it) nor in the lore; and colours of eyes and hair that differ from the
/// lore's, with both quoted. At most a hundred are told.
///
/// - A number is a figure, or an English number word from three on; "12" and "twelve" are the same number, and a thing that is
///   counted is not looked at. Of dates the number, the month and the weekday are held against the sources (English).
/// - Names are as the check `names` has them, so none are told in German or scripts without capitals.
/// - A feature is compared where the answer says it of one name without a doubt ("Ada’s green eyes", "Ada’s eyes were green", "Ada
///   had green eyes"), and the lore has exactly one colour for it,
///   with no other colour in that sentence but that of the other feature.
///
/// n log n in the texts, and for each feature that is told the names of the lore.
pub fn claims(case: &Case<'_>) -> Vec<Flag> {
    let mut flags = numbers::unsourced(case);
    if untold(case.written_in().as_deref(), case.answer).is_none() {
        flags.extend(crate::checks::new_names(case));
    }
    flags.extend(features::contradicted(case));
    flags.sort_by_key(|flag| flag.at.as_ref().map(|at| at.start));
    flags.truncate(MOST_FLAGS);
    flags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Known;

    fn ada() -> Vec<Known> {
        vec![
            Known {
                name: "Ada Byron".into(),
                aliases: vec!["Ada".into()],
                text: "A countess of 36. Has grey eyes and black hair.".into(),
            },
            Known { name: "Bob".into(), aliases: vec![], text: "Bob has brown or green eyes.".into() },
        ]
    }

    fn quotes(answer: &str) -> Vec<String> {
        let lore = ada();
        let selection = "In 1835, on Monday 12 March, twelve people came at 3:45.";
        let case = Case { answer, selection, lore: &lore, language: "en", ..Case::default() };
        claims(&case).into_iter().map(|flag| flag.quote).collect()
    }

    #[test]
    fn numbers_dates_times_and_names_without_a_source_are_flagged() {
        assert_eq!(
            quotes("The 13 of them met Charles at 4:45 in April 1836, or on Friday, with forty-two others."),
            ["13", "Charles", "4:45", "April", "1836", "Friday", "forty-two"]
        );
        assert_eq!(
            quotes("The 12 met Ada at 3:45 on Monday in March 1835; thirty-six she was. Two stayed."),
            [""; 0]
        );
        assert_eq!(quotes("They may march. 1,835 of them."), [""; 0]);
    }

    #[test]
    fn a_colour_that_the_lore_has_otherwise_is_flagged_with_both_quoted() {
        let lore = ada();
        let told = |answer| claims(&Case { answer, lore: &lore, language: "en", ..Case::default() });
        let found = told("She saw Ada’s bright green eyes.");
        assert_eq!(found[0].quote, "Ada’s bright green eyes");
        assert!(found[0].why.contains("grey eyes"), "{}", found[0].why);
        assert_eq!(told("Then Ada Byron had blonde hair.").len(), 1);
        for fine in [
            "She saw Ada’s grey eyes.",
            "She saw Ada’s gray eyes.",
            "Ada looked into his green eyes.",
            "Ada’s eyes were not green.",
            "Then Bob had green eyes.",
            "Ada’s hair was black.",
        ] {
            assert_eq!(told(fine), [], "{fine}");
        }
    }
}
