//! Critiques and checks as the window asks for them: what cannot do them says so, what comes of them is kept with its scene,
//! and what its author means as it stands is known later.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::channel;

use foolscap_app::api::{
    Action, ActionKind, ActionRequest, Concern, FindingSource, Label, MovedRemark, ProblemCode, Remark,
    RemarkWhat, Review, ReviewEvent,
};
use foolscap_app::{App, Selected, Studio, plan_for};
use foolscap_manuscript::{Library, LoreKind, Machine, NewLore, SceneId, Told};
use foolscap_tests::synth;

const TEXT: &str = "Ada pushed back her red hair. The lamp had been dark for a week.";

struct Desk {
    dir: tempfile::TempDir,
    project: u32,
    scene: u32,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut library = Library::open(dir.path().join("library.foolscap")).unwrap();
        let project = library.create_project("The Lamp", "{}", TEXT).unwrap();
        let lore = NewLore {
            kind: LoreKind::Person,
            name: "Ada".into(),
            aliases: Vec::new(),
            told: Told::Named,
            match_case: false,
            short: String::new(),
            long: "Sixteen. Black hair, cut short.".into(),
            from: None,
            to: None,
        };
        library.add_lore(project.id, &lore).unwrap();
        let scene = library.scenes(project.id).unwrap()[0].id;
        Self { dir, project: project.id.0, scene: scene.0 }
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("library.foolscap")
    }

    fn request(&self, name: &str, kind: ActionKind) -> ActionRequest {
        let request = ActionRequest::new(name, Action::new(kind));
        ActionRequest { scene: Some(self.scene), before: TEXT.into(), seed: Some(7), ..request }
    }

    /// A model by chance that is asked as one that follows instructions.
    fn chat(&self) -> PathBuf {
        let path = self.dir.path().join("chat.gguf");
        synth::write(&path, &synth::QWEN3, synth::TensorType::F16, 1).unwrap();
        path
    }
}

fn review(app: &App, request: ActionRequest) -> Vec<ReviewEvent> {
    let (events, inbox) = channel();
    app.start_review(
        request,
        Box::new(move |event| match events.send(event) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }),
    )
    .unwrap();
    inbox.into_iter().collect()
}

fn note(quote: &str) -> Remark {
    let place = TEXT.find(quote).unwrap() as u32;
    let what = RemarkWhat::Note { concern: Concern::Cliche, says: "Worn.".into() };
    Remark { id: None, quote: quote.into(), place, what, intended: None }
}

fn finding(key: &str) -> Remark {
    let source = FindingSource { id: "lore:1".into(), title: "Ada".into(), quote: "Black hair".into() };
    let what = RemarkWhat::Finding {
        label: Label::Contradicts,
        says: "The colour differs.".into(),
        source: Some(source),
        key: key.into(),
    };
    Remark { what, ..note("her red hair") }
}

#[test]
fn a_model_that_only_carries_texts_on_says_that_it_cannot() {
    let desk = Desk::new();
    let app = App::open(&desk.path()).unwrap();
    for kind in [ActionKind::Critique, ActionKind::Check] {
        let events = review(&app, desk.request(kind.name(), kind));
        let [ReviewEvent::Failed { problem }] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!(problem.code, ProblemCode::NoInstructions);
        assert!(problem.message.contains("choose another model"), "{problem}");
        let plan = plan_for(&Selected::default(), &desk.request("plan", kind), &Default::default());
        assert_eq!(plan.unwrap_err().code, ProblemCode::NoInstructions);
    }
    let starter = app.models().here().unwrap().remove(0);
    assert_eq!(starter.instruct, Some(false));
}

#[test]
fn what_is_no_review_is_refused() {
    let desk = Desk::new();
    let app = App::open(&desk.path()).unwrap();
    let refused =
        app.start_review(desk.request("a", ActionKind::Continue), Box::new(|_| ControlFlow::Continue(())));
    assert_eq!(refused.unwrap_err().code, ProblemCode::BadRequest);
}

#[test]
fn whatever_a_model_says_only_what_it_quotes_rightly_is_kept() {
    let desk = Desk::new();
    let app = App::open(&desk.path()).unwrap();
    let model = desk.chat().display().to_string();
    app.set_model(&model, "template", "chatml").unwrap();
    app.use_model(Some(model)).unwrap();
    for kind in [ActionKind::Critique, ActionKind::Check] {
        let events = review(&app, desk.request(kind.name(), kind));
        assert!(matches!(&events[0], ReviewEvent::Started { prompt, .. } if prompt.starts_with(kind.name())));
        match events.last() {
            Some(ReviewEvent::Finished { review, .. }) => {
                assert!(review.remarks.iter().all(|remark| TEXT.contains(&remark.quote)), "{review:?}");
                let kept = app.studio().remarks(desk.scene).unwrap();
                assert!(review.remarks.iter().all(|remark| kept.contains(remark)), "{kept:?}");
            }
            // By chance it may not get as far as one whole note.
            Some(ReviewEvent::Failed { problem }) => assert!(problem.message.contains("form"), "{problem}"),
            other => panic!("{other:?}"),
        }
    }
    // What it said is kept with its origin.
    drop(app);
    let library = Library::open(desk.path()).unwrap();
    for action in ["critique", "check"] {
        let machine = Machine { request: action.to_owned(), candidate: 0 };
        let kept = library.made_by(&machine, SceneId(desk.scene)).unwrap().what;
        assert!(kept.action == action && kept.text.starts_with('{'), "{kept:?}");
    }
    // It is no suggestion for the text.
    assert_eq!(library.suggestions(SceneId(desk.scene), 60).unwrap(), []);
}

#[test]
fn notes_stay_with_their_scene_until_they_are_dismissed_or_asked_anew() {
    let desk = Desk::new();
    {
        let mut studio = Studio::open(&desk.path()).unwrap();
        let all = Review { remarks: vec![note("The lamp"), note("her red hair")], discarded: Vec::new() };
        let kept = studio.keep_review(&desk.request("a", ActionKind::Critique), all).unwrap();
        studio.dismiss_remark(kept.remarks[0].id.unwrap(), true).unwrap();
        let moved =
            MovedRemark { id: kept.remarks[1].id.unwrap(), place: 99, quote: "her very red hair".into() };
        studio.move_remarks(&[moved]).unwrap();
    }
    let mut studio = Studio::open(&desk.path()).unwrap();
    let found = studio.remarks(desk.scene).unwrap();
    assert_eq!((found.len(), found[0].place, found[0].quote.as_str()), (1, 99, "her very red hair"));
    assert_eq!(found[0].what, note("her red hair").what);
    studio.keep_review(&desk.request("b", ActionKind::Critique), Review::default()).unwrap();
    assert_eq!(studio.remarks(desk.scene).unwrap(), []);
    assert_eq!(studio.dismiss_remark(99, true).unwrap_err().code, ProblemCode::NotFound);
}

#[test]
fn what_is_meant_so_is_known_of_all_later_findings_and_can_be_taken_back() {
    let desk = Desk::new();
    let mut studio = Studio::open(&desk.path()).unwrap();
    let (first, later) = ("herredhair|lore:1|blackhair", "pushedbackherredhair|lore:1|blackhaircutshort");
    let keep = |studio: &mut Studio, key: &str| {
        let review = Review { remarks: vec![finding(key)], discarded: Vec::new() };
        studio.keep_review(&desk.request("a", ActionKind::Check), review).unwrap();
        studio.remarks(desk.scene).unwrap().remove(0).intended
    };
    assert_eq!(keep(&mut studio, first), None);
    studio.set_intended(desk.project, first, Some("she dyes it")).unwrap();
    assert_eq!(keep(&mut studio, first).as_deref(), Some("she dyes it"));
    assert_eq!(keep(&mut studio, later).as_deref(), Some("she dyes it"));
    studio.set_intended(desk.project, later, None).unwrap();
    assert_eq!(keep(&mut studio, first), None);
    assert_eq!(keep(&mut studio, "thelamp|lore:2|burns"), None);
}
