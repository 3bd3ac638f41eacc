//! “Unstick me”: what kind of stuck a writer is, and what helps with that kind. What can be seen from the page is not asked;
//! what cannot is asked in two short questions at most. The diagnosis says what it follows from and can be overruled. No
//! model is needed for it, so it costs nothing and is the same every time.

use crate::head::ActionKind;

/// Words below which a page counts as blank.
const BLANK: u32 = 12;
/// Words of a selection that is meant, and not the trace of a click.
const SELECTED: u32 = 2;
/// Words written and taken out again within some minutes, by which a sentence counts as fought over.
const FOUGHT: u32 = 25;
/// Words of a scene in which a thread can be lost, or which is too much at once.
const LONG: u32 = 1_200;
/// Days after which one comes back to a manuscript as a stranger.
const AWAY: u32 = 6;

/// What can be seen without asking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Situation {
    /// Words of the scene.
    pub words: u32,
    /// Words before the cursor in the scene.
    pub words_before: u32,
    /// Words after the cursor in the scene.
    pub words_after: u32,
    /// Words that are selected.
    pub selected: u32,
    /// Words taken out in the last ten minutes.
    pub removed: u32,
    /// Words put in in the last ten minutes.
    pub added: u32,
    /// Whole days since the project was last written on before today.
    pub days_away: u32,
}

/// Kinds of stuck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stuck {
    /// There is no first sentence.
    BlankPage,
    /// It is not known what happens next.
    WhatNext,
    /// It is known, and the words do not come.
    HowToSayIt,
    /// All of it at once is too much.
    TooMuch,
    /// It is no longer known where this was going.
    LostThread,
}

impl Stuck {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::BlankPage, Self::WhatNext, Self::HowToSayIt, Self::TooMuch, Self::LostThread];
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// What is missing? Answers: the kinds of stuck that are possible here.
    WhatIsMissing,
    /// Do you want words for the page, or ideas to choose from?
    WordsOrIdeas,
    /// What should it say, roughly? The answer is in the writer's own words.
    WhatShouldItSay,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To [`Question::WhatIsMissing`].
    Missing(Stuck),
    /// To [`Question::WordsOrIdeas`].
    Words,
    /// To [`Question::WordsOrIdeas`].
    Ideas,
    /// To [`Question::WhatShouldItSay`]; may be empty: that was not known either.
    Says(String),
}

/// What a diagnosis follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Because {
    /// There is hardly a word on the page.
    PageIsBlank,
    /// Words are selected.
    WordsAreSelected,
    /// Much was written and taken out again.
    SentenceIsFoughtOver,
    /// The cursor stands between what was and what is to come.
    TextGoesOnAfter,
    /// Nobody has written here for days.
    LongAway,
    /// The writer said so.
    YouSaidSo,
}

/// What helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// The action that runs.
    pub action: ActionKind,
    /// Its variant.
    pub variant: Option<&'static str>,
    /// What it is told besides.
    pub instruction: String,
}

/// What kind of stuck it is, and what helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The kind.
    pub stuck: Stuck,
    /// What it follows from; never empty.
    pub because: Vec<Because>,
    /// What helps.
    pub help: Help,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Ask this. The answers that make sense for [`Question::WhatIsMissing`], the likeliest first; none for the others.
    Ask(Question, Vec<Stuck>),
    /// It is known.
    Known(Diagnosis),
}

/// The next step, after the answers so far.
pub fn next(situation: &Situation, answers: &[Answer]) -> Step {
    let said = answers.iter().find_map(|answer| match answer {
        Answer::Missing(stuck) => Some(*stuck),
        _ => None,
    });
    match (said, seen(situation)) {
        (Some(stuck), _) => further(situation, stuck, vec![Because::YouSaidSo], answers),
        (None, Some((stuck, because))) => further(situation, stuck, because, answers),
        (None, None) => Step::Ask(Question::WhatIsMissing, likely(situation)),
    }
}

/// The diagnosis for a kind that the writer chooses in the place of another: nothing is asked any more.
pub fn overruled(situation: &Situation, stuck: Stuck, answers: &[Answer]) -> Diagnosis {
    Diagnosis { stuck, because: vec![Because::YouSaidSo], help: help(situation, stuck, answers) }
}

/// What needs no question.
fn seen(at: &Situation) -> Option<(Stuck, Vec<Because>)> {
    if at.words < BLANK && at.selected < SELECTED {
        return Some((Stuck::BlankPage, vec![Because::PageIsBlank]));
    }
    let fought = at.removed >= FOUGHT && at.removed * 2 >= at.added;
    match (at.selected >= SELECTED, fought) {
        (true, false) => Some((Stuck::HowToSayIt, vec![Because::WordsAreSelected])),
        (true, true) => {
            Some((Stuck::HowToSayIt, vec![Because::WordsAreSelected, Because::SentenceIsFoughtOver]))
        }
        (false, true) => Some((Stuck::HowToSayIt, vec![Because::SentenceIsFoughtOver])),
        (false, false) => None,
    }
}

/// The kinds that are possible here, the likeliest first.
fn likely(at: &Situation) -> Vec<Stuck> {
    use Stuck::{HowToSayIt, LostThread, TooMuch, WhatNext};
    if at.days_away >= AWAY {
        vec![LostThread, WhatNext, HowToSayIt, TooMuch]
    } else if at.words >= LONG {
        vec![WhatNext, TooMuch, LostThread, HowToSayIt]
    } else if at.words_after >= BLANK {
        vec![HowToSayIt, WhatNext, TooMuch, LostThread]
    } else {
        vec![WhatNext, HowToSayIt, TooMuch, LostThread]
    }
}

/// A second question where its answer changes what helps, else the diagnosis.
fn further(at: &Situation, stuck: Stuck, mut because: Vec<Because>, answers: &[Answer]) -> Step {
    let answered = |wanted: fn(&Answer) -> bool| answers.iter().any(wanted);
    match stuck {
        Stuck::BlankPage | Stuck::WhatNext
            if !answered(|a| matches!(a, Answer::Words | Answer::Ideas)) && at.words_after < BLANK =>
        {
            return Step::Ask(Question::WordsOrIdeas, Vec::new());
        }
        Stuck::HowToSayIt if at.selected < SELECTED && !answered(|a| matches!(a, Answer::Says(_))) => {
            return Step::Ask(Question::WhatShouldItSay, Vec::new());
        }
        _ => {}
    }
    if stuck == Stuck::WhatNext && at.words_after >= BLANK {
        because.push(Because::TextGoesOnAfter);
    }
    if stuck == Stuck::LostThread && at.days_away >= AWAY {
        because.push(Because::LongAway);
    }
    Step::Known(Diagnosis { stuck, because, help: help(at, stuck, answers) })
}

fn help(at: &Situation, stuck: Stuck, answers: &[Answer]) -> Help {
    let says = answers.iter().find_map(|answer| match answer {
        Answer::Says(words) if !words.trim().is_empty() => Some(words.trim().to_owned()),
        _ => None,
    });
    let ideas = answers.contains(&Answer::Ideas);
    let (action, variant) = match stuck {
        Stuck::BlankPage if ideas => (ActionKind::Brainstorm, None),
        Stuck::BlankPage => (ActionKind::Continue, None),
        Stuck::WhatNext if at.words_after >= BLANK && at.words_before >= BLANK => (ActionKind::Bridge, None),
        Stuck::WhatNext if answers.contains(&Answer::Words) => (ActionKind::Continue, None),
        Stuck::WhatNext => (ActionKind::Brainstorm, Some("next")),
        Stuck::HowToSayIt if at.selected >= SELECTED => (ActionKind::Rewrite, Some("plainer")),
        Stuck::HowToSayIt => (ActionKind::Continue, None),
        Stuck::TooMuch => (ActionKind::Outline, None),
        Stuck::LostThread => (ActionKind::Summarise, None),
    };
    Help { action, variant, instruction: says.unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page() -> Situation {
        Situation { words: 400, words_before: 400, ..Situation::default() }
    }

    fn known(situation: &Situation, answers: &[Answer]) -> Diagnosis {
        match next(situation, answers) {
            Step::Known(diagnosis) => diagnosis,
            asked => panic!("{asked:?}"),
        }
    }

    #[test]
    fn a_blank_page_is_seen_and_only_words_or_ideas_is_asked() {
        let blank = Situation::default();
        assert_eq!(next(&blank, &[]), Step::Ask(Question::WordsOrIdeas, vec![]));
        let words = known(&blank, &[Answer::Words]);
        assert_eq!((words.stuck, words.help.action), (Stuck::BlankPage, ActionKind::Continue));
        assert_eq!(words.because, [Because::PageIsBlank]);
        assert_eq!(known(&blank, &[Answer::Ideas]).help.action, ActionKind::Brainstorm);
    }

    #[test]
    fn a_selection_needs_no_question() {
        let selected = Situation { selected: 14, ..page() };
        let told = known(&selected, &[]);
        assert_eq!((told.stuck, told.help.action), (Stuck::HowToSayIt, ActionKind::Rewrite));
        assert_eq!(told.because, [Because::WordsAreSelected]);
    }

    #[test]
    fn a_sentence_that_is_fought_over_is_seen() {
        let fought = Situation { removed: 60, added: 70, ..page() };
        assert_eq!(next(&fought, &[]), Step::Ask(Question::WhatShouldItSay, vec![]));
        let told = known(&fought, &[Answer::Says("she lies to him ".into())]);
        assert_eq!(told.because, [Because::SentenceIsFoughtOver]);
        assert_eq!(
            (told.help.action, told.help.instruction.as_str()),
            (ActionKind::Continue, "she lies to him")
        );
    }

    #[test]
    fn what_cannot_be_seen_is_asked_first() {
        let Step::Ask(Question::WhatIsMissing, kinds) = next(&page(), &[]) else { panic!() };
        assert_eq!(kinds[0], Stuck::WhatNext);
        let back = Situation { days_away: 20, ..page() };
        let Step::Ask(_, kinds) = next(&back, &[]) else { panic!() };
        assert_eq!(kinds[0], Stuck::LostThread);
        let told = known(&back, &[Answer::Missing(Stuck::LostThread)]);
        assert_eq!(told.because, [Because::YouSaidSo, Because::LongAway]);
        assert_eq!(told.help.action, ActionKind::Summarise);
    }

    #[test]
    fn in_a_long_scene_too_much_is_likelier_than_the_words_for_it() {
        let long = Situation { words: 2_000, words_before: 2_000, ..page() };
        let Step::Ask(_, kinds) = next(&long, &[]) else { panic!() };
        assert_eq!(kinds, [Stuck::WhatNext, Stuck::TooMuch, Stuck::LostThread, Stuck::HowToSayIt]);
    }

    #[test]
    fn between_two_texts_what_comes_next_is_a_bridge() {
        let between = Situation { words_before: 200, words_after: 200, ..page() };
        let told = known(&between, &[Answer::Missing(Stuck::WhatNext)]);
        assert_eq!(told.help.action, ActionKind::Bridge);
        assert_eq!(told.because, [Because::YouSaidSo, Because::TextGoesOnAfter]);
    }

    #[test]
    fn too_much_becomes_small_steps() {
        assert_eq!(known(&page(), &[Answer::Missing(Stuck::TooMuch)]).help.action, ActionKind::Outline);
    }

    #[test]
    fn the_writer_knows_better() {
        let selected = Situation { selected: 14, ..page() };
        let told = overruled(&selected, Stuck::WhatNext, &[]);
        assert_eq!((told.because, told.help.variant), (vec![Because::YouSaidSo], Some("next")));
    }

    fn situation() -> impl Strategy<Value = Situation> {
        let count = || 0u32..3_000;
        (count(), count(), count(), 0u32..40, 0u32..90, 0u32..90, 0u32..30).prop_map(
            |(words, before, after, selected, removed, added, days_away)| Situation {
                words,
                words_before: before.min(words),
                words_after: after.min(words),
                selected,
                removed,
                added,
                days_away,
            },
        )
    }

    proptest! {
        #[test]
        fn two_questions_are_the_most(situation in situation(), kind in 0usize..4, ideas in any::<bool>()) {
            let mut answers = Vec::new();
            for asked in 0..3 {
                match next(&situation, &answers) {
                    Step::Known(diagnosis) => {
                        prop_assert!(!diagnosis.because.is_empty());
                        return Ok(());
                    }
                    Step::Ask(question, kinds) => {
                        prop_assert!(asked < 2, "a third question: {:?}", question);
                        answers.push(match question {
                            Question::WhatIsMissing => Answer::Missing(kinds[kind % kinds.len()]),
                            Question::WordsOrIdeas if ideas => Answer::Ideas,
                            Question::WordsOrIdeas => Answer::Words,
                            Question::WhatShouldItSay => Answer::Says(String::new()),
                        });
                    }
                }
            }
            prop_assert!(false, "it never ends");
        }
    }
}
