//! Requests that are under way at once on one model, as the playground's columns are: the starter, in one engine.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};

use foolscap_app::api::{Action, ActionEvent, ActionKind, ActionRequest, Draw, EndReason, TrialSettings};
use foolscap_app::{Background, Engine, Memory, Selected, Sink};

/// What came, of all requests, in its order.
type Heard = (String, ActionEvent);

fn engine() -> Engine {
    Engine::start(Selected::default(), Memory::default()).unwrap()
}

/// Goes on from a text of its own.
fn request(name: &str, words: u32) -> ActionRequest {
    ActionRequest {
        before: format!(
            "This is what they told of {name}. The keeper climbed the stairs and looked out over"
        ),
        words: Some(words),
        candidates: Some(1),
        ..ActionRequest::new(name, Action::new(ActionKind::Continue))
    }
}

fn draw(seed: u32) -> Draw {
    Draw { settings: TrialSettings::default(), seed }
}

fn sink(name: &str, heard: Sender<Heard>) -> Sink {
    let name = name.to_owned();
    Box::new(move |event| match heard.send((name.clone(), event)) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    })
}

/// Asks for this, and holds the model where it has begun until all others are asked for.
fn ask(engine: &Engine, all: Vec<(ActionRequest, Vec<Draw>)>) -> Receiver<Heard> {
    let (heard, inbox) = channel();
    let (go_on, asked) = channel::<()>();
    let mut held = Some(asked);
    for (request, draws) in all {
        let name = request.request.clone();
        let mut tell = sink(&name, heard.clone());
        let mut held = held.take();
        let told = Box::new(move |event| {
            if let Some(asked) = held.take() {
                // Ends when the other side is dropped.
                let _ = asked.recv();
            }
            tell(event)
        });
        engine.draw(request, Background::default(), draws, told).unwrap();
    }
    drop(go_on);
    inbox
}

fn at(heard: &[Heard], name: &str, is: impl Fn(&ActionEvent) -> bool) -> usize {
    heard.iter().position(|(of, event)| of == name && is(event)).unwrap()
}

fn is_text(event: &ActionEvent) -> bool {
    matches!(event, ActionEvent::Text { .. })
}

fn is_finished(event: &ActionEvent) -> bool {
    matches!(event, ActionEvent::Finished { .. })
}

fn texts(heard: &[Heard]) -> HashMap<&str, String> {
    let mut texts = HashMap::<&str, String>::new();
    for (name, event) in heard {
        if let ActionEvent::Text { text, .. } = event {
            texts.entry(name).or_default().push_str(text);
        }
    }
    texts
}

#[test]
fn columns_with_different_prompts_all_have_words_before_any_is_done() {
    let engine = engine();
    let columns = ["the sea", "a town", "his war", "her name"];
    let all = columns.iter().map(|name| (request(name, 120), vec![draw(1), draw(2)])).collect();
    let heard: Vec<Heard> = ask(&engine, all).iter().collect();
    let first_end = columns.iter().map(|name| at(&heard, name, is_finished)).min().unwrap();
    for name in columns {
        assert!(at(&heard, name, is_text) < first_end, "{name}");
    }
}

#[test]
fn the_writer_has_words_while_a_long_trial_goes_on() {
    let engine = engine();
    let all = vec![(request("trial", 200), (0..8).map(draw).collect()), (request("writer", 8), Vec::new())];
    let heard: Vec<Heard> = ask(&engine, all).iter().collect();
    assert!(at(&heard, "writer", is_finished) < at(&heard, "trial", is_finished));
}

#[test]
fn more_than_are_carried_on_at_once_wait_and_say_what_they_say_alone() {
    let engine = engine();
    let names: Vec<String> = (0..12).map(|n| format!("day {n}")).collect();
    let asked = |name: &String| (request(name, 30), vec![draw(3)]);
    let heard: Vec<Heard> = ask(&engine, names.iter().map(asked).collect()).iter().collect();
    let (mut under_way, mut most) = (0, 0);
    for (_, event) in &heard {
        match event {
            ActionEvent::Started { .. } => under_way += 1,
            ActionEvent::Finished { .. } => under_way -= 1,
            _ => {}
        }
        most = most.max(under_way);
    }
    assert_eq!((under_way, most), (0, 8));
    let together = texts(&heard);
    for name in &names {
        let heard: Vec<Heard> = ask(&engine, vec![asked(name)]).iter().collect();
        assert_eq!(texts(&heard)[name.as_str()], together[name.as_str()]);
    }
}

#[test]
fn another_model_ends_all_that_are_under_way_and_answers_the_next() {
    let engine = engine();
    let all = ["one", "two"].map(|name| (request(name, 200), (0..4).map(draw).collect())).into();
    let inbox = ask(&engine, all);
    let mut heard = Vec::new();
    while ["one", "two"].iter().any(|name| !heard.iter().any(|(of, event)| of == name && is_text(event))) {
        heard.push(inbox.recv().unwrap());
    }
    engine.load(Selected::default());
    let next: Vec<Heard> = ask(&engine, vec![(request("next", 8), Vec::new())]).iter().collect();
    assert!(!texts(&next)["next"].trim().is_empty());
    heard.extend(inbox);
    for name in ["one", "two"] {
        at(&heard, name, |event| {
            matches!(event, ActionEvent::CandidateDone { reason: EndReason::Cancelled, .. })
        });
        at(&heard, name, is_finished);
    }
}
