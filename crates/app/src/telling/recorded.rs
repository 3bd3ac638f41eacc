//! Answers as instructed models give them to the built-in prompts (`recorded/answers.toml` says where they are from), on their
//! way to the writer.

use std::ops::ControlFlow;

use foolscap_engine::Cancel;
use foolscap_engine::generate::{EndReason, Event, Listener};
use foolscap_models::Choice;
use foolscap_prompts::Form;
use foolscap_tests::synth;
use serde::Deserialize;

use super::{Manner, Telling};
use crate::actions::{ending, planned_for};
use crate::api::{Action, ActionEvent, ActionKind, ActionRequest};
use crate::context::Background;
use crate::engine::{Planner, Selected};

const ANSWERS: &str = include_str!("../../recorded/answers.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    answer: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    action: String,
    variant: Option<String>,
    how: String,
    raw: String,
    shown: Option<String>,
    begins: Option<String>,
}

/// Of a model that follows instructions.
fn planner() -> Planner {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chat.gguf");
    synth::write(&path, &synth::QWEN3, synth::TensorType::F16, 1).unwrap();
    let mut selected = Selected::from(Choice::File(path));
    selected.settings.set("template", "chatml").unwrap();
    Planner::of_file(&selected).unwrap()
}

fn kind(name: &str) -> ActionKind {
    ActionKind::ALL.into_iter().find(|kind| kind.name() == name).unwrap()
}

fn request(answer: &Answer) -> ActionRequest {
    let mut action = Action::new(kind(&answer.action));
    action.variant = answer.variant.clone();
    if action.kind == ActionKind::Translate {
        action.language = Some("de".into());
    }
    ActionRequest {
        before: "Ada carried the box up to the lamp room.".into(),
        selection: "She did not open it at once.".into(),
        after: " Her father came in from the wind.".into(),
        ..ActionRequest::new("recorded", action)
    }
}

/// What a writer sees of an answer that comes in pieces of so many characters, without the space between it and what it goes
/// on from.
fn shown(planner: &Planner, answer: &Answer, piece: usize) -> String {
    let (_, plan) = planned_for(&planner.target(), &request(answer), &Background::default()).unwrap();
    assert_eq!(plan.form, Form::Chat);
    let mut text = String::new();
    let mut hear = |event| {
        if let ActionEvent::Text { text: more, .. } = event {
            text.push_str(&more);
        }
        ControlFlow::Continue(())
    };
    let mut stop = plan.stop.clone();
    let ending = ending(&plan, &mut stop, true);
    let manner = Manner { count: 1, lead: plan.lead.clone(), ending, without_asides: true };
    let mut telling = Telling::new(Box::new(&mut hear), Cancel::new(), planner.target().tokenizer, &manner);
    let mut raw = answer.raw.as_str();
    // The engine ends an answer at what the prompt names.
    if let Some(at) = stop.iter().filter_map(|stop| raw.find(stop.as_str())).min() {
        raw = &raw[..at];
    }
    let chars: Vec<char> = raw.chars().collect();
    for chunk in chars.chunks(piece) {
        let text: String = chunk.iter().collect();
        if telling.hear(Event::Text { candidate: 0, text: &text }).is_break() {
            break;
        }
    }
    let _ = telling.hear(Event::End { candidate: 0, reason: EndReason::EndOfText });
    drop(telling);
    text.strip_prefix(' ').unwrap_or(&text).to_owned()
}

#[test]
fn of_a_recorded_answer_the_writer_sees_the_text_alone() {
    let planner = planner();
    let recorded: Recorded = toml::from_str(ANSWERS).unwrap();
    for kind in ActionKind::ALL.into_iter().filter(|kind| !kind.is_review()) {
        let answers = recorded.answer.iter().filter(|answer| answer.action == kind.name()).count();
        assert!(answers >= 4, "{}: {answers}", kind.name());
    }
    for answer in &recorded.answer {
        for piece in [1, 4, 10_000] {
            let came = shown(&planner, answer, piece);
            let what = format!("{} {:?}: {}, in {piece}", answer.action, answer.variant, answer.how);
            match (&answer.shown, &answer.begins) {
                (Some(shown), None) => assert_eq!(came, shown.strip_prefix(' ').unwrap_or(shown), "{what}"),
                (None, Some(begins)) => {
                    assert!(came.trim_start().starts_with(begins.trim_start()), "{what}: {came}")
                }
                _ => panic!("{what}: one of `shown` and `begins` is to be said"),
            }
        }
    }
}

#[test]
fn what_is_held_back_when_an_answer_is_long_enough_is_none_of_it() {
    let planner = planner();
    let sentence = "She put it down and looked at the wet stairs for a while. ";
    let answer = Answer {
        action: "continue".into(),
        variant: None,
        how: "goes on".into(),
        raw: format!("{}\nLet me know", sentence.repeat(12)),
        shown: None,
        begins: None,
    };
    let whole = shown(&planner, &answer, 1);
    assert!(whole.len() < answer.raw.len() - 60 && whole.ends_with("while."), "{whole}");
    assert_eq!(shown(&planner, &answer, 10_000), whole, "in one piece too");
}
