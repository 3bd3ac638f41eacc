//! The loop as shells use it, on the starter model.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::ops::ControlFlow;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use foolscap_engine::generate::{Draft, EndReason, Event, Figures, Full, Request};
use foolscap_engine::grammar::Grammar;
use foolscap_engine::sampler::Settings;
use foolscap_engine::{Cancel, KvType, LoadOptions, Model, Session};
use foolscap_models::Choice;

fn model() -> Model {
    Model::load(Choice::Starter.open().unwrap(), &LoadOptions::default(), &Cancel::new(), |_| {}).unwrap()
}

fn request(prompt: &[u32]) -> Request {
    let candidates = vec![Settings { seed: 7, ..Settings::default() }];
    Request { prompt: prompt.to_vec(), candidates, max_tokens: 24, ..Request::default() }
}

/// Text and end of each candidate.
fn run(session: &mut Session<'_>, request: &Request) -> (Vec<(String, Option<EndReason>)>, Figures) {
    let mut out = vec![(String::new(), None); request.candidates.len()];
    let figures = session
        .generate(request.clone(), &Cancel::new(), |event| {
            match event {
                Event::Text { candidate, text } => out[candidate].0.push_str(text),
                Event::End { candidate, reason } => {
                    assert_eq!(out[candidate].1.replace(reason), None, "a candidate ends once");
                }
                Event::Reading { done, total } => assert!(done <= total),
                _ => {}
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    (out, figures)
}

const STORY: &str = "Once there was a miller who had three cats. The youngest";

#[test]
fn the_same_seed_gives_the_same_text_and_another_seed_another() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let mut session = Session::new(&model);
    let (first, _) = run(&mut session, &request(&prompt));
    let (again, _) = run(&mut Session::new(&model), &request(&prompt));
    assert_eq!(first, again);
    let mut other = request(&prompt);
    other.candidates[0].seed = 8;
    assert_ne!(run(&mut session, &other).0[0].0, first[0].0);
}

#[test]
fn asking_again_reads_only_what_changed() {
    let model = model();
    let mut session = Session::new(&model);
    let prompt = model.tokenizer().encode(STORY);
    let (first, figures) = run(&mut session, &request(&prompt));
    assert_eq!(figures.reused_tokens, 0);
    let (again, figures) = run(&mut session, &request(&prompt));
    assert_eq!((figures.reused_tokens, first), (prompt.len() - 1, again));
    let changed = model.tokenizer().encode("Once there was a miller who had three dogs. The youngest");
    let shared = prompt.iter().zip(&changed).take_while(|(a, b)| a == b).count();
    let (warm, figures) = run(&mut session, &request(&changed));
    assert_eq!(figures.reused_tokens, shared);
    assert_eq!(warm, run(&mut Session::new(&model), &request(&changed)).0);
}

#[test]
fn candidates_side_by_side_are_what_each_would_be_alone() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let mut several = request(&prompt);
    several.candidates = (0..3).map(|seed| Settings { seed, ..Settings::default() }).collect();
    let (together, _) = run(&mut Session::new(&model), &several);
    for (candidate, text) in several.candidates.iter().zip(together) {
        let mut one = request(&prompt);
        one.candidates = vec![candidate.clone()];
        assert_eq!(run(&mut Session::new(&model), &one).0[0], text);
    }
}

#[test]
fn distinct_candidates_begin_with_different_tokens() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let mut several = request(&prompt);
    several.candidates = vec![Settings { temperature: 0.0, ..Settings::default() }; 4];
    several.distinct = true;
    several.max_tokens = 1;
    let (together, _) = run(&mut Session::new(&model), &several);
    let mut texts: Vec<_> = together.into_iter().map(|(text, _)| text).collect();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), 4);
}

#[test]
fn guesses_change_the_time_and_not_the_text() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let mut plain = request(&prompt);
    plain.max_tokens = 60;
    for temperature in [0.0, 0.7, 1.2] {
        plain.candidates = (0..2).map(|seed| Settings { seed, temperature, ..Settings::default() }).collect();
        let (expected, figures) = run(&mut Session::new(&model), &plain);
        assert_eq!(figures.guessed_tokens, 0);
        // What will come but for some words is the best of drafts; another text is one of the worst.
        let mut near = model.tokenizer().encode(&expected[0].0);
        let other = near[1];
        (0..near.len()).step_by(7).for_each(|i| near[i] = other);
        let far = model.tokenizer().encode("Nothing of this will ever be said by anyone, here or there.");
        let mut session = Session::new(&model);
        for draft in [Draft::Text(near), Draft::Text(far), Draft::Text(Vec::new()), Draft::Lookup] {
            let (texts, figures) = run(&mut session, &Request { draft, ..plain.clone() });
            assert_eq!(texts, expected, "{temperature}");
            assert_eq!(figures.generated_tokens, 120);
            assert!(figures.right_tokens <= figures.guessed_tokens);
        }
    }
}

#[test]
fn a_passage_that_is_followed_is_drawn_several_tokens_at_a_time() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let plain = Request { max_tokens: 80, ..request(&prompt) };
    let (expected, _) = run(&mut Session::new(&model), &plain);
    let text = model.tokenizer().encode(&expected[0].0);
    let (texts, figures) =
        run(&mut Session::new(&model), &Request { draft: Draft::Text(text), ..plain.clone() });
    assert_eq!(texts, expected);
    assert!(figures.right_tokens >= 20, "{figures:?}");
}

#[test]
fn guesses_bow_to_banned_phrases() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let whole = run(&mut Session::new(&model), &Request { max_tokens: 40, ..request(&prompt) }).0;
    let word = whole[0].0.split_whitespace().nth(6).unwrap().to_owned();
    let banned = vec![word.clone()];
    let plain = Request { max_tokens: 40, banned: banned.clone(), ..request(&prompt) };
    let (expected, _) = run(&mut Session::new(&model), &plain);
    let text = model.tokenizer().encode(&whole[0].0);
    let guessed = Request { draft: Draft::Text(text), ..plain.clone() };
    assert_eq!(run(&mut Session::new(&model), &guessed).0, expected);
}

#[test]
fn a_candidate_ends_before_its_stop_string() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let (whole, _) = run(&mut Session::new(&model), &request(&prompt));
    let word = whole[0].0.split_whitespace().nth(3).unwrap().to_owned();
    let stop = vec![word.clone()];
    let stopped = Request { stop, ..request(&prompt) };
    let (texts, _) = run(&mut Session::new(&model), &stopped);
    assert_eq!(texts[0].1, Some(EndReason::Stop));
    assert_eq!(texts[0].0, whole[0].0[..whole[0].0.find(&word).unwrap()]);
}

#[test]
fn breaking_on_a_text_ends_that_candidate_alone() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let mut several = request(&prompt);
    several.candidates = vec![Settings::default(), Settings { seed: 1, ..Settings::default() }];
    let mut ends = Vec::new();
    let mut session = Session::new(&model);
    let figures = session.generate(several.clone(), &Cancel::new(), |event| match event {
        Event::Text { candidate: 0, .. } => ControlFlow::Break(()),
        Event::End { candidate, reason } => {
            ends.push((candidate, reason));
            ControlFlow::Continue(())
        }
        _ => ControlFlow::Continue(()),
    });
    assert_eq!(ends, [(0, EndReason::Stop), (1, EndReason::Length)]);
    assert_eq!(figures.unwrap().generated_tokens, 1 + several.max_tokens);
}

#[test]
fn cancelling_from_another_thread_stops_within_one_token() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let long = Request { max_tokens: 400, ..request(&prompt) };
    let cancel = Cancel::new();
    let (texts, seen) = channel();
    let other = cancel.clone();
    let canceller = std::thread::spawn(move || {
        seen.recv().unwrap();
        other.cancel();
        // How many pieces came before the flag was up.
        seen.try_iter().count()
    });
    let mut after = 0;
    let mut end = None;
    let started = Instant::now();
    let mut session = Session::new(&model);
    session
        .generate(long, &cancel, |event| {
            match event {
                Event::Text { .. } => {
                    after += usize::from(cancel.is_cancelled());
                    let _ = texts.send(());
                }
                Event::End { reason, .. } => end = Some(reason),
                _ => {}
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    canceller.join().unwrap();
    assert_eq!(end, Some(EndReason::Cancelled));
    assert!(after <= 2, "{after} pieces came after the cancel (the last may be what was held back)");
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_cancelled_prompt_gives_no_text_and_the_next_request_is_sound() {
    let model = model();
    let prompt = model.tokenizer().encode(&STORY.repeat(20));
    let prompt = &prompt[..300];
    let mut session = Session::new(&model);
    let mut ends = 0;
    let flow = |event: Event<'_>, ends: &mut usize| match event {
        Event::Reading { done: 1.., .. } => ControlFlow::Break(()),
        Event::Text { .. } => panic!("text after a cancel"),
        Event::End { reason, .. } => {
            assert_eq!(reason, EndReason::Cancelled);
            *ends += 1;
            ControlFlow::Continue(())
        }
        _ => ControlFlow::Continue(()),
    };
    session.generate(request(prompt), &Cancel::new(), |event| flow(event, &mut ends)).unwrap();
    assert_eq!(ends, 1);
    let (warm, figures) = run(&mut session, &request(prompt));
    assert!(figures.reused_tokens >= 256);
    assert_eq!(warm, run(&mut Session::new(&model), &request(prompt)).0);
}

#[test]
fn a_full_context_is_told() {
    let model = model();
    let context = model.config().context;
    let prompt: Vec<u32> =
        model.tokenizer().encode(&STORY.repeat(200)).into_iter().take(context - 5).collect();
    let (texts, _) = run(&mut Session::new(&model), &request(&prompt));
    assert!(matches!(texts[0].1, Some(EndReason::ContextFull | EndReason::EndOfText)));
    let too_long = vec![300; context];
    let mut session = Session::new(&model);
    let error = session.generate(request(&too_long), &Cancel::new(), |_| ControlFlow::Continue(()));
    assert!(error.unwrap_err().to_string().contains("too long"));
}

#[test]
fn a_full_context_slides_when_it_may_and_says_so() {
    let model = model();
    let context = model.config().context;
    let prompt: Vec<u32> =
        model.tokenizer().encode(&STORY.repeat(200)).into_iter().take(context - 5).collect();
    let mut sliding = request(&prompt);
    sliding.full = Full::Slide { keep: 20 };
    sliding.candidates[0].logit_bias = vec![(0, f32::NEG_INFINITY)];
    let (mut dropped, mut end, mut figures) = (0, None, Figures::default());
    let mut session = Session::new(&model);
    for _ in 0..2 {
        (dropped, end) = (0, None);
        figures = session
            .generate(sliding.clone(), &Cancel::new(), |event| {
                match event {
                    Event::Slid { dropped: n, .. } => dropped += n,
                    Event::End { reason, .. } => end = Some(reason),
                    _ => {}
                }
                ControlFlow::Continue(())
            })
            .unwrap();
    }
    assert_eq!((end, figures.generated_tokens), (Some(EndReason::Length), 24));
    assert!(dropped > context / 3, "{dropped}");
    assert_eq!(figures.reused_tokens, prompt.len() - 1, "the prompt itself stays held");
}

#[test]
fn banned_phrases_are_gone_back_from() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let mut plain = request(&prompt);
    plain.max_tokens = 40;
    plain.candidates = (0..3).map(|seed| Settings { seed, ..Settings::default() }).collect();
    let (free, _) = run(&mut Session::new(&model), &plain);
    let banned: Vec<String> = ["the", "and", "was", ","].map(str::to_owned).to_vec();
    assert!(free.iter().all(|(text, _)| banned.iter().any(|b| text.contains(b.as_str()))));
    let (texts, _) = run(&mut Session::new(&model), &Request { banned: banned.clone(), ..plain.clone() });
    for (text, end) in &texts {
        let lower = text.to_lowercase();
        assert!(!banned.iter().any(|b| lower.contains(b.as_str())), "{text}");
        assert!(end.is_some() && !text.trim().is_empty());
    }
    // What bans nothing that would come changes nothing.
    let harmless = vec!["zeppelin".to_owned()];
    let (same, _) = run(&mut Session::new(&model), &Request { banned: harmless, ..plain });
    assert_eq!(same, free);
}

#[test]
fn tokens_come_with_their_alternatives_when_asked_for() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let mut asking = request(&prompt);
    asking.alternatives = 3;
    let (mut tokens, mut text) = (Vec::new(), String::new());
    let figures = Session::new(&model)
        .generate(asking, &Cancel::new(), |event| {
            match event {
                Event::Token { token, alternatives, .. } => {
                    assert!((3..=4).contains(&alternatives.len()));
                    assert!(alternatives.iter().any(|a| a.token == token));
                    assert!(alternatives.windows(2).all(|w| w[0].probability >= w[1].probability));
                    assert!(alternatives.iter().map(|a| a.probability).sum::<f32>() <= 1.0 + 1e-4);
                    tokens.push(token);
                }
                Event::Text { text: more, .. } => text.push_str(more),
                _ => {}
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(tokens.len(), figures.generated_tokens);
    assert!(model.tokenizer().decode(&tokens).starts_with(&text));
}

#[test]
fn a_kept_prompt_is_not_read_again_after_a_restart() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kept");
    let mut session = Session::new(&model);
    let (first, _) = run(&mut session, &request(&prompt));
    session.save(&path).unwrap();
    let mut later = Session::new(&model);
    later.restore(&path).unwrap();
    let (again, figures) = run(&mut later, &request(&prompt));
    assert_eq!((again, figures.reused_tokens), (first, prompt.len() - 1));
    assert!(Session::new(&model).save(&path).is_err(), "nothing was read yet");
}

#[test]
fn every_place_that_was_asked_at_is_remembered() {
    let model = model();
    let mut session = Session::new(&model);
    let encode = |text: &str| model.tokenizer().encode(text);
    let (here, there) =
        (encode(&STORY.repeat(8)), encode(&format!("{STORY} {}", "They went on. ".repeat(40))));
    run(&mut session, &request(&here));
    run(&mut session, &request(&there));
    // Back at the first place, and at the second again.
    for place in [&here, &there, &here] {
        assert_eq!(run(&mut session, &request(place)).1.reused_tokens, place.len() - 1);
    }
}

#[test]
fn an_answer_that_was_taken_is_not_read_again() {
    let model = model();
    let mut session = Session::new(&model);
    let prompt = model.tokenizer().encode(STORY);
    let mut tokens = Vec::new();
    let asking = Request { alternatives: 1, max_tokens: 12, ..request(&prompt) };
    let told = |event: Event<'_>| {
        if let Event::Token { token, .. } = event {
            tokens.push(token);
        }
        ControlFlow::Continue(())
    };
    session.generate(asking, &Cancel::new(), told).unwrap();
    let longer = [prompt, tokens].concat();
    // All but the last token, which was drawn and never read.
    assert_eq!(run(&mut session, &request(&longer)).1.reused_tokens, longer.len() - 1);
}

#[test]
fn what_is_remembered_keeps_within_its_bounds() {
    let model = model();
    let mut session = Session::new(&model);
    let one = model.config().kv_bytes(200, KvType::F16) as usize;
    session.set_memory(4 * one);
    for seed in 0..20 {
        let prompt: Vec<u32> = (0..200).map(|i| 300 + (i * 7 + seed * 131) % 900).collect();
        run(&mut session, &request(&prompt));
        assert!(session.memory() <= 4 * one, "{} of {}", session.memory(), 4 * one);
    }
    session.set_memory(0);
    let prompt = model.tokenizer().encode(STORY);
    run(&mut session, &request(&prompt));
    assert_eq!(
        run(&mut session, &request(&prompt)).1.reused_tokens,
        prompt.len() - 1,
        "the last is always kept"
    );
}

#[test]
fn an_answer_has_the_form_that_was_asked_for() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let mut plain = request(&prompt);
    plain.candidates = (0..3).map(|seed| Settings { seed, ..Settings::default() }).collect();
    plain.max_tokens = 60;
    let schema = r#"{"type":"object","properties":{"name":{"type":"string","maxLength":12},"age":{"type":"integer",
        "minimum":1,"maximum":99}},"required":["name","age"],"additionalProperties":false}"#;
    let json = Grammar::JsonSchema(schema.into());
    let (texts, _) = run(&mut Session::new(&model), &Request { grammar: Some(json), ..plain.clone() });
    for (text, end) in texts {
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(value["name"].is_string() && (1..=99).contains(&value["age"].as_i64().unwrap()), "{text}");
        assert_eq!(end, Some(EndReason::EndOfText));
    }
    let wrong = Grammar::Regex("(".into());
    let refused =
        Session::new(&model).generate(Request { grammar: Some(wrong), ..plain }, &Cancel::new(), |_| {
            ControlFlow::Continue(())
        });
    assert!(refused.unwrap_err().to_string().contains("grammar"));
}

/// The way back from a banned phrase is also a way back in the form; and where the form leaves no other way, the
/// phrase stays and is told.
#[test]
fn an_answer_with_a_form_avoids_banned_phrases_where_it_can() {
    let model = model();
    let prompt = model.tokenizer().encode(STORY);
    let mut plain = request(&prompt);
    plain.max_tokens = 30;
    let form = Grammar::Regex(" (cat|dog|mouse)(and|or)(cat|dog|mouse)".into());
    let banned = vec!["cat".to_owned(), "dogor".to_owned()];
    plain.candidates = (0..8).map(|seed| Settings { seed, ..Settings::default() }).collect();
    let asking = Request { grammar: Some(form), banned: banned.clone(), ..plain.clone() };
    for (text, _) in run(&mut Session::new(&model), &asking).0 {
        let animals = ["dogand", "mouseand", "mouseor"].iter().any(|a| text.trim_start().starts_with(a));
        assert!(animals && !text.ends_with("cat"), "{text}");
    }
    let form = Grammar::Regex(" the cat".into());
    let asking = Request { grammar: Some(form), banned: banned.clone(), ..plain };
    for (text, end) in run(&mut Session::new(&model), &asking).0 {
        assert_eq!((text.trim_start(), end), ("the cat", Some(EndReason::EndOfText)));
    }
}
