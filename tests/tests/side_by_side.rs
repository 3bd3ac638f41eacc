//! Requests that are carried on side by side in one session, on the starter model.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::ops::ControlFlow;

use foolscap_engine::generate::{Answering, Draft, EndReason, Event, Listener, Request};
use foolscap_engine::grammar::Grammar;
use foolscap_engine::sampler::Settings;
use foolscap_engine::{Cancel, LoadOptions, Model, Session};
use foolscap_models::Choice;

fn model() -> Model {
    Model::load(Choice::Starter.open().unwrap(), &LoadOptions::default(), &Cancel::new(), |_| {}).unwrap()
}

/// What was heard of one request.
#[derive(Debug, Clone, Default, PartialEq)]
struct Heard {
    texts: Vec<String>,
    ends: Vec<Option<EndReason>>,
}

impl Listener for Heard {
    fn hear(&mut self, event: Event<'_>) -> ControlFlow<()> {
        match event {
            Event::Text { candidate, text } => self.texts[candidate].push_str(text),
            Event::End { candidate, reason } => assert_eq!(self.ends[candidate].replace(reason), None),
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

/// A request under way, and what was heard of it.
struct One {
    answering: Answering,
    heard: Heard,
}

impl One {
    fn begin(session: &mut Session<'_>, request: &Request, cancel: &Cancel) -> Self {
        let n = request.candidates.len();
        let heard = Heard { texts: vec![String::new(); n], ends: vec![None; n] };
        Self { answering: session.begin(request.clone(), cancel.clone()).unwrap(), heard }
    }
}

fn advance<'a>(session: &mut Session<'_>, all: impl IntoIterator<Item = &'a mut One>) {
    let all = all.into_iter().map(|one| (&mut one.answering, &mut one.heard as &mut dyn Listener));
    session.advance(all).unwrap();
}

fn alone(model: &Model, request: &Request) -> Heard {
    let mut session = Session::new(model);
    let mut one = One::begin(&mut session, request, &Cancel::new());
    while !one.answering.is_over() {
        advance(&mut session, [&mut one]);
    }
    one.heard
}

/// Requests of every kind, whose prompts are longer than a chunk or shorter.
fn requests(model: &Model) -> Vec<Request> {
    let encode = |text: &str| model.tokenizer().encode(text);
    let of = |prompt: Vec<u32>, seeds: &[u64]| Request {
        prompt,
        candidates: seeds.iter().map(|&seed| Settings { seed, ..Settings::default() }).collect(),
        max_tokens: 40,
        draft: Draft::Lookup,
        ..Request::default()
    };
    let long = encode(&"The harbour was quiet, and the boats lay still. ".repeat(60))[..400].to_vec();
    let mut form = of(encode("Her name, and how old she was:"), &[3]);
    form.grammar = Some(Grammar::Regex(" [A-Z][a-z]{2,8}, [1-9][0-9]".into()));
    let mut followed = of(encode("He said it once more."), &[4, 5]);
    followed.draft = Draft::Text(encode(" He said it once more. He said it once more."));
    vec![
        of(encode("Once there was a miller who had three cats. The youngest"), &[7, 8]),
        Request { distinct: true, ..of(long, &[1, 2, 3]) },
        form,
        Request { banned: vec!["the".into()], ..followed },
    ]
}

#[test]
fn each_says_what_it_says_alone_whoever_joins_or_leaves() {
    let model = model();
    let requests = requests(&model);
    let expected: Vec<Heard> = requests.iter().map(|request| alone(&model, request)).collect();
    assert!(expected.iter().all(|heard| heard.texts.iter().all(|text| !text.trim().is_empty())));
    // All from the beginning, and one that joins after every so many steps.
    for apart in [0, 1, 5] {
        let mut session = Session::new(&model);
        let mut under_way: Vec<One> = Vec::new();
        let (mut waiting, mut step) = (requests.iter(), 0);
        loop {
            while step >= apart * under_way.len() {
                let Some(request) = waiting.next() else { break };
                under_way.push(One::begin(&mut session, request, &Cancel::new()));
            }
            if under_way.iter().all(|one| one.answering.is_over()) && waiting.len() == 0 {
                break;
            }
            advance(&mut session, &mut under_way);
            step += 1;
        }
        for (one, expected) in under_way.into_iter().zip(&expected) {
            assert_eq!(&one.heard, expected, "{apart} steps apart");
            assert!(session.end(one.answering).unwrap().generated_tokens > 0);
        }
    }
}

#[test]
fn words_of_one_come_while_the_other_is_under_way() {
    let model = model();
    let mut session = Session::new(&model);
    let requests = &requests(&model)[..2];
    let mut both: Vec<One> =
        requests.iter().map(|request| One::begin(&mut session, request, &Cancel::new())).collect();
    while !both.iter().all(|one| one.heard.texts.iter().all(|text| !text.is_empty())) {
        advance(&mut session, &mut both);
        assert!(!both.iter().any(|one| one.answering.is_over()));
    }
}

#[test]
fn one_that_is_stopped_leaves_the_others_alone() {
    let model = model();
    let requests = requests(&model);
    let expected = alone(&model, &requests[0]);
    let mut session = Session::new(&model);
    let cancel = Cancel::new();
    let mut first = One::begin(&mut session, &requests[0], &Cancel::new());
    let mut second = One::begin(&mut session, &requests[1], &cancel);
    for _ in 0..6 {
        advance(&mut session, [&mut first, &mut second]);
    }
    cancel.cancel();
    advance(&mut session, [&mut first, &mut second]);
    assert!(!first.answering.is_over() && second.answering.is_over());
    assert!(second.heard.ends.iter().all(|end| *end == Some(EndReason::Cancelled)));
    session.end(second.answering).unwrap();
    while !first.answering.is_over() {
        advance(&mut session, [&mut first]);
    }
    assert_eq!(first.heard, expected);
}

#[test]
fn what_one_has_read_costs_the_next_nothing() {
    let model = model();
    let requests = requests(&model);
    let mut session = Session::new(&model);
    let mut both = [0, 1].map(|_| One::begin(&mut session, &requests[1], &Cancel::new()));
    while !both.iter().all(|one| one.answering.is_over()) {
        advance(&mut session, &mut both);
    }
    let [first, second] = both.map(|one| session.end(one.answering).unwrap());
    assert_eq!((first.reused_tokens, second.reused_tokens), (0, requests[1].prompt.len() - 1));
    assert!(first.beside && second.beside);
    let mut alone = One::begin(&mut session, &requests[0], &Cancel::new());
    while !alone.answering.is_over() {
        advance(&mut session, [&mut alone]);
    }
    assert!(!session.end(alone.answering).unwrap().beside);
}

#[test]
fn one_that_waits_to_be_read_hears_at_once_that_it_is_cancelled() {
    let model = model();
    let requests = requests(&model);
    let mut session = Session::new(&model);
    let cancel = Cancel::new();
    let mut first = One::begin(&mut session, &requests[1], &Cancel::new());
    let mut second = One::begin(&mut session, &requests[0], &cancel);
    cancel.cancel();
    advance(&mut session, [&mut first, &mut second]);
    assert!(!first.answering.is_over() && second.answering.is_over());
    assert_eq!(second.heard.ends, [Some(EndReason::Cancelled); 2]);
}

#[test]
fn a_request_that_cannot_be_taken_up_leaves_those_under_way_alone() {
    let model = model();
    let mut requests = requests(&model);
    let expected = alone(&model, &requests[0]);
    let mut session = Session::new(&model);
    let mut first = One::begin(&mut session, &requests[0], &Cancel::new());
    advance(&mut session, [&mut first]);
    requests[2].grammar = Some(Grammar::Regex("(".into()));
    requests[3].prompt.push(999_999_999);
    for wrong in &requests[2..] {
        assert!(session.begin(wrong.clone(), Cancel::new()).is_err());
    }
    while !first.answering.is_over() {
        advance(&mut session, [&mut first]);
    }
    assert_eq!(first.heard, expected);
}
