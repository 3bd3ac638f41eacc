//! “Unstick me” as shells ask it. No model is needed for it, and nothing is kept.

use foolscap_manuscript::count_words;
use foolscap_prompts::ActionKind as Kind;
use foolscap_prompts::unstick::{self as prompts, Answer, Because, Diagnosis, Question, Step};

use crate::api::{
    Action, ActionKind, Situation, Stuck, StuckAnswer, StuckBecause, StuckQuestion, UnstickStep,
};

/// What is seen of a page: its texts before, in and after what is selected. What was written a moment ago is not known of it.
pub fn situation([before, selection, after]: [&str; 3], days_away: u32) -> Situation {
    let [words_before, selected, words_after] = [before, selection, after].map(count_words);
    Situation {
        words: words_before + selected + words_after,
        words_before,
        words_after,
        selected,
        days_away,
        ..Situation::default()
    }
}

/// The next question, at most two in all, or the diagnosis. `overruled`: the kind that the writer says it is in the place of
/// the one that was found; nothing more is asked then.
pub fn unstick(situation: &Situation, answers: Vec<StuckAnswer>, overruled: Option<Stuck>) -> UnstickStep {
    let Situation { words, words_before, words_after, selected, removed, added, days_away } = *situation;
    let seen = prompts::Situation { words, words_before, words_after, selected, removed, added, days_away };
    let answers: Vec<Answer> = answers.into_iter().map(answer).collect();
    if let Some(stuck) = overruled {
        return known(prompts::overruled(&seen, below(stuck), &answers));
    }
    match prompts::next(&seen, &answers) {
        Step::Known(diagnosis) => known(diagnosis),
        Step::Ask(question, kinds) => UnstickStep::Ask {
            question: match question {
                Question::WhatIsMissing => StuckQuestion::WhatIsMissing,
                Question::WordsOrIdeas => StuckQuestion::WordsOrIdeas,
                Question::WhatShouldItSay => StuckQuestion::WhatShouldItSay,
            },
            kinds: kinds.into_iter().map(above).collect(),
        },
    }
}

fn known(Diagnosis { stuck, because, help }: Diagnosis) -> UnstickStep {
    let action = Action {
        variant: help.variant.map(str::to_owned),
        ..Action::new(kind(help.action)).instructed(help.instruction)
    };
    UnstickStep::Known { stuck: above(stuck), because: because.into_iter().map(reason).collect(), action }
}

fn answer(answer: StuckAnswer) -> Answer {
    match answer {
        StuckAnswer::Missing(stuck) => Answer::Missing(below(stuck)),
        StuckAnswer::Words => Answer::Words,
        StuckAnswer::Ideas => Answer::Ideas,
        StuckAnswer::Says(words) => Answer::Says(words),
    }
}

fn below(stuck: Stuck) -> prompts::Stuck {
    match stuck {
        Stuck::BlankPage => prompts::Stuck::BlankPage,
        Stuck::WhatNext => prompts::Stuck::WhatNext,
        Stuck::HowToSayIt => prompts::Stuck::HowToSayIt,
        Stuck::TooMuch => prompts::Stuck::TooMuch,
        Stuck::LostThread => prompts::Stuck::LostThread,
    }
}

fn above(stuck: prompts::Stuck) -> Stuck {
    match stuck {
        prompts::Stuck::BlankPage => Stuck::BlankPage,
        prompts::Stuck::WhatNext => Stuck::WhatNext,
        prompts::Stuck::HowToSayIt => Stuck::HowToSayIt,
        prompts::Stuck::TooMuch => Stuck::TooMuch,
        prompts::Stuck::LostThread => Stuck::LostThread,
    }
}

fn reason(because: Because) -> StuckBecause {
    match because {
        Because::PageIsBlank => StuckBecause::PageIsBlank,
        Because::WordsAreSelected => StuckBecause::WordsAreSelected,
        Because::SentenceIsFoughtOver => StuckBecause::SentenceIsFoughtOver,
        Because::TextGoesOnAfter => StuckBecause::TextGoesOnAfter,
        Because::LongAway => StuckBecause::LongAway,
        Because::YouSaidSo => StuckBecause::YouSaidSo,
    }
}

fn kind(kind: Kind) -> ActionKind {
    match kind {
        Kind::Continue => ActionKind::Continue,
        Kind::Brainstorm => ActionKind::Brainstorm,
        Kind::Rewrite => ActionKind::Rewrite,
        Kind::Describe => ActionKind::Describe,
        Kind::Dialogue => ActionKind::Dialogue,
        Kind::Bridge => ActionKind::Bridge,
        Kind::Summarise => ActionKind::Summarise,
        Kind::Outline => ActionKind::Outline,
        Kind::Translate => ActionKind::Translate,
        Kind::Critique => ActionKind::Critique,
        Kind::Check => ActionKind::Check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_asked_an_answer_helps_and_the_writer_can_overrule_it() {
        let page = Situation { words: 400, words_before: 400, ..Situation::default() };
        let UnstickStep::Ask { question: StuckQuestion::WhatIsMissing, kinds } = unstick(&page, vec![], None)
        else {
            panic!()
        };
        assert_eq!(kinds.len(), 4);
        let missing = vec![StuckAnswer::Missing(Stuck::TooMuch)];
        let UnstickStep::Known { stuck, because, action } = unstick(&page, missing.clone(), None) else {
            panic!()
        };
        assert_eq!(
            (stuck, because, action.kind),
            (Stuck::TooMuch, vec![StuckBecause::YouSaidSo], ActionKind::Outline)
        );
        let other = unstick(&page, missing, Some(Stuck::WhatNext));
        let expected = Action::new(ActionKind::Brainstorm).by("next");
        let because = vec![StuckBecause::YouSaidSo];
        assert_eq!(other, UnstickStep::Known { stuck: Stuck::WhatNext, because, action: expected });
    }
}
