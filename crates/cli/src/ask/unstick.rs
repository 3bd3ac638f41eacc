//! “Unstick me” from the command line: the question that is open, or what was found and what helps. Each answer is a word more
//! of the same command.

use foolscap_app::api::{
    Action, Situation, Stuck, StuckAnswer, StuckBecause, StuckQuestion, UnstickStep, WorksOn,
};
use foolscap_app::{situation, unstick};
use serde_json::json;

use super::args::Ask;
use super::{Page, parts};
use crate::Failure;
use crate::library::as_json;
use crate::look::print;

/// As it is typed in the place of an action.
pub const NAME: &str = "unstick";
/// As it is listed among actions.
pub const PURPOSE: &str = "Finds out what kind of stuck it is, by two questions at most, and runs what helps";
/// Kinds of stuck as they are typed.
pub const KINDS: [&str; 5] = ["blank_page", "what_next", "how_to_say_it", "too_much", "lost_thread"];

/// What was found, and the action that helps.
pub struct Found {
    pub step: UnstickStep,
    pub action: Action,
}

/// Looks at where the writer is and takes the answers that were given; a question that is open yet is printed, and nothing
/// comes back.
pub fn find(c: &Ask, page: &Page) -> Result<Option<Found>, Failure> {
    let [before, selection, after] = parts(c, WorksOn::Cursor, &page.text)?;
    let away = match (&page.studio, page.project) {
        (Some(studio), Some(project)) => studio.days_away(project)?,
        _ => 0,
    };
    let seen = situation([&before, &selection, &after], away);
    let step = match &c.stuck {
        Some(stuck) => unstick(&seen, answers(&seen, &c.answers)?, Some(kind(stuck)?)),
        None => unstick(&seen, answers(&seen, &c.answers)?, None),
    };
    match step {
        UnstickStep::Known { ref action, .. } => {
            let action = action.clone();
            Ok(Some(Found { step, action }))
        }
        UnstickStep::Ask { question, ref kinds } => {
            if c.of.json {
                as_json(&step)?
            } else {
                ask(c, question, kinds)?
            }
            Ok(None)
        }
    }
}

/// Words as answers to the questions that they follow.
fn answers(seen: &Situation, words: &[String]) -> Result<Vec<StuckAnswer>, Failure> {
    let mut answers = Vec::new();
    for word in words {
        let answer = match unstick(seen, answers.clone(), None) {
            UnstickStep::Ask { question: StuckQuestion::WhatIsMissing, .. } => {
                StuckAnswer::Missing(kind(word)?)
            }
            UnstickStep::Ask { question: StuckQuestion::WordsOrIdeas, .. } => match word.as_str() {
                "words" => StuckAnswer::Words,
                "ideas" => StuckAnswer::Ideas,
                _ => return Err(Failure::Usage(format!("{word:?} is neither words nor ideas"))),
            },
            UnstickStep::Ask { question: StuckQuestion::WhatShouldItSay, .. } => {
                StuckAnswer::Says(word.clone())
            }
            UnstickStep::Known { .. } => {
                let message =
                    format!("nothing is asked that {word:?} answers; --stuck names another kind of stuck");
                return Err(Failure::Usage(message));
            }
        };
        answers.push(answer);
    }
    Ok(answers)
}

fn kind(word: &str) -> Result<Stuck, Failure> {
    serde_json::from_value(json!(word.replace('-', "_")))
        .map_err(|_| Failure::Usage(format!("{word:?} is no kind of stuck; there is {}", KINDS.join(", "))))
}

fn ask(c: &Ask, question: StuckQuestion, kinds: &[Stuck]) -> Result<(), Failure> {
    let (asks, answers): (&str, Vec<(&str, &str)>) = match question {
        StuckQuestion::WhatIsMissing => {
            ("What is missing?", kinds.iter().map(|kind| (name(*kind), said(*kind))).collect())
        }
        StuckQuestion::WordsOrIdeas => (
            "Words for the page, or ideas to choose from?",
            vec![("words", "Words for the page"), ("ideas", "Ideas to choose from")],
        ),
        StuckQuestion::WhatShouldItSay => ("What should it say, roughly?", Vec::new()),
    };
    print(asks)?;
    answers.iter().try_for_each(|(word, says)| print(&format!("    {word:<16}{says}")))?;
    let first = answers.first().map_or("\"she lies to him\"", |(word, _)| word);
    let before: String = c.answers.iter().map(|word| format!(" --answer {word:?}")).collect();
    eprintln!("answer as in: foolscap ask unstick {}{before} --answer {first}", c.scene);
    Ok(())
}

/// What was found, for people to read.
pub fn tell(found: &Found) {
    let UnstickStep::Known { stuck, because, action } = &found.step else { return };
    let reasons: Vec<&str> = because.iter().map(|because| reason(*because)).collect();
    let variant = action.variant.as_ref().map(|variant| format!(" ({variant})")).unwrap_or_default();
    eprintln!("what is missing: {}, since {}", said(*stuck).to_lowercase(), reasons.join(" and "));
    eprintln!("what helps: {}{variant}; --stuck names another kind", action.kind.name());
}

fn name(stuck: Stuck) -> &'static str {
    match stuck {
        Stuck::BlankPage => KINDS[0],
        Stuck::WhatNext => KINDS[1],
        Stuck::HowToSayIt => KINDS[2],
        Stuck::TooMuch => KINDS[3],
        Stuck::LostThread => KINDS[4],
    }
}

fn said(stuck: Stuck) -> &'static str {
    match stuck {
        Stuck::BlankPage => "A first sentence",
        Stuck::WhatNext => "What happens next",
        Stuck::HowToSayIt => "How to say it",
        Stuck::TooMuch => "Where to begin: it is too much",
        Stuck::LostThread => "The thread: where was this going?",
    }
}

fn reason(because: StuckBecause) -> &'static str {
    match because {
        StuckBecause::PageIsBlank => "the page is blank",
        StuckBecause::WordsAreSelected => "words are selected",
        StuckBecause::SentenceIsFoughtOver => "much was written here and taken out again",
        StuckBecause::TextGoesOnAfter => "the text goes on after the cursor",
        StuckBecause::LongAway => "you were away for days",
        StuckBecause::YouSaidSo => "you said so",
    }
}
