//! The use cases as the window uses them: a real library on disk, the starter model, events by callback.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use foolscap_app::App;
use foolscap_app::api::{
    Action, ActionEvent, ActionKind, ActionRequest, EarlierRequest, EndReason, ModelState, Outcome,
    ProblemCode, ReportFormat, RevisionCause, SaveScene, Settings, Theme, Verdict,
};
use foolscap_manuscript::{Library, SceneId};

fn request(name: &str, scene: Option<u32>) -> ActionRequest {
    ActionRequest {
        scene,
        before: "Once there was a miller who had three cats. The youngest".into(),
        words: Some(12),
        seed: Some(7),
        ..ActionRequest::new(name, Action::new(ActionKind::Continue))
    }
}

fn start(app: &App, request: ActionRequest) -> Receiver<ActionEvent> {
    let (events, inbox) = channel();
    app.start_action(
        request,
        Box::new(move |event| match events.send(event) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }),
    )
    .unwrap();
    inbox
}

/// The events of a request, all of them.
fn all(app: &App, request: ActionRequest) -> Vec<ActionEvent> {
    start(app, request).into_iter().collect()
}

fn text(events: &[ActionEvent], of: u32) -> String {
    let words = |e: &ActionEvent| match e {
        ActionEvent::Text { candidate, text } if *candidate == of => Some(text.clone()),
        _ => None,
    };
    events.iter().filter_map(words).collect()
}

fn library(dir: &Path) -> std::path::PathBuf {
    dir.join("library.foolscap")
}

#[test]
fn a_request_waits_for_the_model_and_its_words_are_kept_with_their_origin() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::open(&library(dir.path())).unwrap();
    let scene = app.studio().create_project("Story", None).unwrap().scene.id;
    let events = all(&app, request("a", Some(scene)));
    assert!(matches!(&events[0], ActionEvent::Started { seed: 7, prompt, .. } if prompt == "continue v2"));
    assert!(matches!(events.last(), Some(ActionEvent::Finished { .. })), "{events:?}");
    let words = text(&events, 0);
    assert!(!words.is_empty());
    let outcome =
        Outcome { request: "a".into(), candidate: 0, verdict: Verdict::Accepted, text: words.clone() };
    app.record_outcome(&outcome).unwrap();
    let machine = serde_json::json!({ "type": "machine", "attrs": { "request": "a", "candidate": 0 } });
    let inline = serde_json::json!({ "type": "text", "text": words, "marks": [machine] });
    let paragraph = serde_json::json!({ "type": "paragraph", "content": [inline] });
    let document = serde_json::json!({ "type": "doc", "content": [paragraph] }).to_string();
    app.studio().save_scene(&SaveScene { scene, base_version: 0, document, text: words.clone() }).unwrap();
    let project = app.studio().projects().unwrap()[0].id;
    let disclosed = app.studio().disclosure(project, ReportFormat::Json).unwrap();
    let disclosed: serde_json::Value = serde_json::from_str(&disclosed).unwrap();
    let told = &disclosed["items"][0]["scene"]["requests"][0];
    assert_eq!(
        (&told["action"], &told["prompt"], &told["version"]),
        (&"continue".into(), &"continue".into(), &"2".into())
    );
    assert_eq!((&told["seed"], &told["settings"]["temperature"]), (&7.into(), &0.8.into()), "{told}");
    assert!(told["settings"]["top_p"].is_f64() && told["created_at"].is_string(), "{told}");
    drop(app);

    let kept = Library::open(library(dir.path())).unwrap().suggestions(SceneId(scene), 60).unwrap();
    assert_eq!((kept.len(), kept[0].what.text.as_str(), kept[0].what.seed), (1, words.as_str(), 7));
    assert_eq!((kept[0].what.prompt.as_str(), kept[0].what.prompt_version.as_str()), ("continue", "2"));
    assert_eq!(kept[0].outcomes.len(), 1);
}

#[test]
fn what_was_suggested_is_found_again_in_a_later_session_with_what_was_taken_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, first, second) = {
        let app = App::open(&library(dir.path())).unwrap();
        let scene = app.studio().create_project("Story", None).unwrap().scene.id;
        // Each 𝄞 is two units of UTF-16.
        let asked = ActionRequest {
            before: "𝄞".repeat(400),
            selection: "three cats".into(),
            after: "a dog and a goat. ".repeat(20),
            candidates: Some(2),
            ..request("a", Some(scene))
        };
        let events = all(&app, asked);
        let outcome = |candidate, verdict, text| Outcome { request: "a".into(), candidate, verdict, text };
        app.record_outcome(&outcome(0, Verdict::Rejected, String::new())).unwrap();
        app.record_outcome(&outcome(1, Verdict::Accepted, "and".into())).unwrap();
        // What came unasked is not among them.
        all(&app, ActionRequest { unasked: true, ..request("b", Some(scene)) });
        (scene, text(&events, 0), text(&events, 1))
    };
    let app = App::open(&library(dir.path())).unwrap();
    let found = app.studio().suggestions(scene).unwrap();
    let [EarlierRequest { request, action, place, prompt, seed, candidates, .. }] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!((request.as_str(), prompt.as_str(), *seed), ("a", "continue v2", 7));
    assert_eq!(action, &Action::new(ActionKind::Continue));
    let around = (place.before.chars().count(), place.after.chars().count());
    assert_eq!((place.at, around, place.selection.as_str()), (800, (120, 120), "three cats"));
    let told: Vec<_> = candidates.iter().map(|c| (c.candidate, c.text.as_str(), c.taken.as_str())).collect();
    assert_eq!(told, [(0, first.as_str(), ""), (1, second.as_str(), "and")]);
    assert_eq!(app.studio().suggestions(99).unwrap_err().code, ProblemCode::NotFound);
}

#[test]
fn words_taken_before_the_candidate_is_complete_are_kept_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::open(&library(dir.path())).unwrap();
    let scene = app.studio().create_project("Story", None).unwrap().scene.id;
    let (document, text) = ("{}".to_owned(), "All by hand.".to_owned());
    app.studio().save_scene(&SaveScene { scene, base_version: 0, document, text }).unwrap();
    let inbox = start(&app, ActionRequest { words: Some(200), ..request("early", Some(scene)) });
    let mut early = String::new();
    let mut ended = None;
    for event in inbox {
        match event {
            ActionEvent::Text { text, .. } if early.is_empty() => {
                early = text;
                let outcome = Outcome {
                    request: "early".into(),
                    candidate: 0,
                    verdict: Verdict::Accepted,
                    text: early.clone(),
                };
                app.cancel_action("early");
                app.record_outcome(&outcome).unwrap();
                // The page is saved with the first words in it while others still come.
                let kept = app.studio().revisions(scene).unwrap();
                assert_eq!((kept.len(), kept[0].cause, kept[0].words), (1, RevisionCause::Machine, 3));
            }
            ActionEvent::CandidateDone { reason, .. } => ended = Some(reason),
            _ => {}
        }
    }
    assert_eq!(ended, Some(EndReason::Cancelled));
    drop(app);
    let kept = Library::open(library(dir.path())).unwrap().suggestions(SceneId(scene), 60).unwrap();
    assert_eq!(kept[0].outcomes[0].text, early);
}

#[test]
fn the_same_seed_gives_the_same_words_and_candidates_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::open(&library(dir.path())).unwrap();
    let ideas = |name: &str| ActionRequest {
        action: Action::new(ActionKind::Brainstorm),
        candidates: Some(3),
        ..request(name, None)
    };
    let (first, again) = (all(&app, ideas("a")), all(&app, ideas("b")));
    let texts: Vec<_> = (0..3).map(|i| text(&first, i)).collect();
    assert_eq!(texts, (0..3).map(|i| text(&again, i)).collect::<Vec<_>>());
    assert!(texts[0] != texts[1] && texts[1] != texts[2] && texts[0] != texts[2], "{texts:?}");
    let done = first.iter().filter(|e| matches!(e, ActionEvent::CandidateDone { .. })).count();
    assert_eq!(done, 3);
}

#[test]
fn bad_requests_are_told_and_the_next_one_is_served() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::open(&library(dir.path())).unwrap();
    let rewrite =
        ActionRequest { action: Action::new(ActionKind::Rewrite).instructed("x"), ..request("a", None) };
    let many = ActionRequest { candidates: Some(9999), ..request("b", None) };
    for bad in [rewrite, many] {
        let events = all(&app, bad);
        let Some(ActionEvent::Failed { problem }) = events.last() else { panic!("{events:?}") };
        assert_eq!(problem.code, ProblemCode::BadRequest);
    }
    assert!(matches!(all(&app, request("c", None)).last(), Some(ActionEvent::Finished { .. })));
}

#[test]
fn a_model_that_does_not_load_is_told_and_the_starter_can_take_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::open(&library(dir.path())).unwrap();
    let (states, inbox) = channel();
    app.watch_model(Box::new(move |state| {
        let _ = states.send(state.clone());
        ControlFlow::Continue(())
    }));
    let wait = |wanted: fn(&ModelState) -> bool| inbox.iter().find(wanted).unwrap();
    wait(|s| matches!(s, ModelState::Ready(info) if info.starter && !info.chat));
    let bad = dir.path().join("bad.gguf");
    std::fs::write(&bad, b"not a model").unwrap();
    app.use_model(Some(bad.display().to_string())).unwrap();
    let failed = wait(|s| matches!(s, ModelState::Failed { .. }));
    let ModelState::Failed { problem, .. } = failed else { unreachable!() };
    assert_eq!(problem.code, ProblemCode::ModelUnusable);
    let events = all(&app, request("a", None));
    assert!(
        matches!(events.last(), Some(ActionEvent::Failed { problem }) if problem.code == ProblemCode::ModelUnusable)
    );
    app.use_model(None).unwrap();
    assert!(matches!(all(&app, request("b", None)).last(), Some(ActionEvent::Finished { .. })));
}

#[test]
fn saves_are_chained_and_a_conflict_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::open(&library(dir.path())).unwrap();
    let opened = app.studio().create_project("  ", Some("It was dark.")).unwrap();
    assert_eq!((opened.project.title.as_str(), opened.scene.text.as_str()), ("Untitled", "It was dark."));
    let save = |base_version| {
        let (document, text) = (r#"{"type":"doc"}"#.into(), "It was very dark.".into());
        app.studio().save_scene(&SaveScene { scene: opened.scene.id, base_version, document, text })
    };
    let saved = save(opened.scene.version).unwrap();
    assert_eq!((saved.version, saved.words), (opened.scene.version + 1, 4));
    assert_eq!(save(opened.scene.version).unwrap_err().code, ProblemCode::Conflict);
    assert_eq!(app.studio().open_project(9999).unwrap_err().code, ProblemCode::NotFound);
    assert_eq!(app.studio().rename_project(opened.project.id, "Night").unwrap().title, "Night");
    assert_eq!(app.studio().projects().unwrap()[0].words, 4);
}

#[test]
fn settings_outlast_the_app_and_the_last_project_is_remembered() {
    let dir = tempfile::tempdir().unwrap();
    let id = {
        let app = App::open(&library(dir.path())).unwrap();
        app.save_settings(&Settings { theme: Theme::Dark, words: 33, ..Settings::default() }).unwrap();
        app.studio().create_project("Story", None).unwrap().project.id
    };
    let app = App::open(&library(dir.path())).unwrap();
    let settings = app.studio().settings().unwrap();
    assert_eq!((settings.theme, settings.words, settings.last_project), (Theme::Dark, 33, Some(id)));
}

fn reused(events: &[ActionEvent]) -> u32 {
    let figures = |event: &ActionEvent| match event {
        ActionEvent::Finished { figures } => Ok(figures.reused_tokens),
        other => Err(format!("{other:?}")),
    };
    events.last().map(figures).unwrap().unwrap()
}

#[test]
fn what_was_read_is_still_known_after_a_restart_unless_the_writer_forbids_it() {
    let dir = tempfile::tempdir().unwrap();
    let asked = |name: &str| {
        let app = App::open(&library(dir.path())).unwrap();
        reused(&all(&app, request(name, None)))
    };
    assert_eq!(asked("a"), 0);
    assert!(asked("b") > 5);
    let app = App::open(&library(dir.path())).unwrap();
    let settings = app.studio().settings().unwrap();
    app.save_settings(&Settings { memory_mb: 0, ..settings }).unwrap();
    drop(app);
    assert_eq!(std::fs::read_dir(dir.path().join("read")).unwrap().count(), 0);
    assert_eq!(asked("c"), 0);
    assert_eq!(asked("d"), 0);
}

#[test]
fn a_damaged_memory_is_forgotten_and_does_no_harm() {
    let dir = tempfile::tempdir().unwrap();
    let asked = |name: &str| {
        let app = App::open(&library(dir.path())).unwrap();
        let events = all(&app, request(name, None));
        (text(&events, 0), reused(&events))
    };
    let (words, _) = asked("a");
    let file = std::fs::read_dir(dir.path().join("read")).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(asked("b"), (words, 0));
}
