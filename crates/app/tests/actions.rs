//! All actions as the window asks for them, with what a project tells: a real library, the starter model, and a model by
//! chance that is asked as one that follows instructions.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

use foolscap_app::api::{
    Action, ActionEvent, ActionKind, ActionRequest, ContextItem, ContextKind, ContextPlan, ContextReport,
    LeftOut, ModelState, ProblemCode, PromptForm, WorksOn,
};
use foolscap_app::{App, Engine, Memory, Selected, Studio, actions, plan_for};
use foolscap_manuscript::{
    Brief, ChapterKind, Library, LoreKind, NewItem, NewLore, NewScene, Node, ProjectId, SceneCard, SceneId,
    SceneStatus, Told,
};
use foolscap_tests::synth;

const TEXT: &str = "Ada carried the brass box up to the lamp room. The stairs were wet.";
const AFTER: &str = "\n\n“Where is the key?” asked her father when he came in.";

/// A library with a project that has something of everything, and the scene that is written.
struct Desk {
    dir: tempfile::TempDir,
    project: u32,
    scene: u32,
    earlier: u32,
}

fn lore(name: &str, told: Told, long: &str) -> NewLore {
    NewLore {
        kind: LoreKind::Person,
        name: name.into(),
        aliases: Vec::new(),
        told,
        match_case: false,
        short: String::new(),
        long: long.into(),
        from: None,
        to: None,
    }
}

fn scene(title: &str, text: &str) -> NewItem {
    NewItem::Scene(NewScene { title: title.into(), text: text.into(), ..NewScene::default() })
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut library = Library::open(Self::path_in(dir.path())).unwrap();
        let chapter = NewItem::Chapter {
            kind: ChapterKind::Chapter,
            title: "One".into(),
            synopsis: String::new(),
            items: vec![
                scene("Dark days", "It was dark.\n\nNobody came."),
                scene("The box", TEXT),
                scene("Later", ""),
            ],
        };
        let brief = Brief {
            synopsis: "A lamp goes out.".into(),
            authors_note: "No magic.".into(),
            language: "en-GB".into(),
            ..Brief::default()
        };
        let (project, nodes) = library.create_project_of("The Lamp", &brief, &[chapter]).unwrap();
        let [Node::Chapter(_), Node::Scene(dark), Node::Scene(box_), Node::Scene(later)] = nodes[..] else {
            panic!("{nodes:?}")
        };
        let card = SceneCard {
            synopsis: "She opens it.".into(),
            notes: "secret".into(),
            status: SceneStatus::Draft,
        };
        library.set_scene_card(box_, &card).unwrap();
        library.set_summary(dark, 0, "The keeper falls ill.", "").unwrap();
        library.set_summary(later, 0, "Not yet.", "").unwrap();
        library.add_style_sample(project.id, "Mine", "Short. Dry.").unwrap();
        for new in [
            lore("Ada", Told::Named, "sixteen, proud"),
            lore("Zoe", Told::Named, "a ship"),
            lore("The lamp", Told::Always, "burns oil"),
            lore("The father", Told::Never, "did it"),
        ] {
            library.add_lore(project.id, &new).unwrap();
        }
        Self { dir, project: project.id.0, scene: box_.0, earlier: dark.0 }
    }

    fn path_in(dir: &Path) -> PathBuf {
        dir.join("library.foolscap")
    }

    fn path(&self) -> PathBuf {
        Self::path_in(self.dir.path())
    }

    /// With the library as `change` leaves it.
    fn with(self, change: impl FnOnce(&mut Library, ProjectId)) -> Self {
        change(&mut Library::open(self.path()).unwrap(), ProjectId(self.project));
        self
    }

    fn app(&self) -> App {
        App::open(&self.path()).unwrap()
    }

    fn request(&self, name: &str, kind: ActionKind) -> ActionRequest {
        ActionRequest { scene: Some(self.scene), ..request(name, kind) }
    }
}

fn request(name: &str, kind: ActionKind) -> ActionRequest {
    ActionRequest {
        before: TEXT.into(),
        words: Some(8),
        candidates: Some(1),
        seed: Some(7),
        ..ActionRequest::new(name, Action::new(kind))
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

fn started(events: &[ActionEvent]) -> &ContextReport {
    match &events[0] {
        ActionEvent::Started { context, .. } => context,
        other => panic!("{other:?}"),
    }
}

fn item<'r>(report: &'r ContextReport, id: &str) -> &'r ContextItem {
    report.items.iter().find(|item| item.id == id).unwrap_or_else(|| panic!("no {id} in {report:?}"))
}

/// All that can be asked at this place, by all variants.
fn everything() -> Vec<ActionRequest> {
    let mut all = Vec::new();
    for info in actions().unwrap() {
        let variants = info.variants.iter().map(|variant| Some(variant.id.clone()));
        for variant in [None].into_iter().chain(variants).filter(|v| v.is_some() || !info.must_say_how) {
            let mut asked = request(&format!("{} {variant:?}", info.kind.name()), info.kind);
            asked.action.variant = variant;
            asked.action.language = info.needs_language.then(|| "de".into());
            asked.after = AFTER.into();
            if info.works_on == WorksOn::Selection {
                (asked.before, asked.selection) = ("It was dark. ".into(), TEXT.into());
            }
            all.push(asked);
        }
    }
    all
}

#[test]
fn every_action_in_every_variant_has_words_from_the_starter() {
    let desk = Desk::new();
    let app = desk.app();
    for asked in everything().into_iter().filter(|asked| !asked.action.kind.is_review()) {
        let name = asked.request.clone();
        let events: Vec<ActionEvent> = start(&app, asked).into_iter().collect();
        assert!(matches!(events.last(), Some(ActionEvent::Finished { .. })), "{name}: {events:?}");
        let words: String = events
            .iter()
            .filter_map(|e| match e {
                ActionEvent::Text { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert!(!words.trim().is_empty(), "{name}");
    }
}

#[test]
fn every_action_in_every_variant_can_be_asked_of_a_model_that_follows_instructions() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("chat.gguf");
    synth::write(&path, &synth::QWEN3, synth::TensorType::F16, 1).unwrap();
    let mut selected = Selected::from(foolscap_models::Choice::File(path));
    selected.settings.set("template", "chatml").unwrap();
    let desk = Desk::new();
    let studio = Studio::open(&desk.path()).unwrap();
    for asked in everything() {
        let asked = ActionRequest { project: Some(desk.project), ..asked };
        let plan = plan_for(&selected, &asked, &studio.background(&asked).unwrap()).unwrap();
        assert_eq!(plan.context.form, PromptForm::Chat, "{}", asked.request);
        let tokens: u32 = plan.context.parts.iter().map(|p| p.tokens).sum::<u32>()
            + plan.context.items.iter().map(|i| i.tokens).sum::<u32>();
        assert_eq!(tokens, plan.context.used, "{}", asked.request);
        assert!(plan.text.contains("<|im_start|>") && plan.text.contains("No magic."), "{}", plan.text);
    }
}

#[test]
fn what_a_project_tells_goes_in_with_its_reasons() {
    let desk = Desk::new();
    let studio = Studio::open(&desk.path()).unwrap();
    let asked = ActionRequest { words: Some(5), ..desk.request("a", ActionKind::Continue) };
    let plan = plan_for(&Selected::default(), &asked, &studio.background(&asked).unwrap()).unwrap();
    let report = &plan.context;
    let ids: Vec<&str> = report.items.iter().map(|item| item.id.as_str()).collect();
    for id in ["synopsis", "note", "style:1", "lore:1", "lore:2", "lore:3", "lore:4"] {
        assert!(ids.contains(&id), "{id} in {ids:?}");
    }
    let (scene, earlier) = (format!("synopsis:scene:{}", desk.scene), desk.earlier);
    assert!(item(report, &scene).sent.is_some() && item(report, "note").sent.is_some());
    assert_eq!((item(report, "lore:1").named.as_deref(), item(report, "lore:1").why), (Some("Ada"), None));
    assert_eq!((item(report, "lore:2").sent, item(report, "lore:2").why), (None, Some(LeftOut::NotNamed)));
    assert!(item(report, "lore:2").reason.contains("names") && item(report, "lore:2").left_out > 0);
    assert_eq!(item(report, "lore:4").why, Some(LeftOut::Never));
    assert_eq!(item(report, &format!("summary:{earlier}")).title, "Dark days");
    let previous = item(report, &format!("previous:{earlier}"));
    assert_eq!((previous.kind, previous.title.as_str()), (ContextKind::Previous, "Dark days"));
    assert!(!plan.text.contains("secret") && !plan.text.contains("Not yet"), "{}", plan.text);
}

#[test]
fn what_is_out_of_date_or_holds_elsewhere_or_is_far_away_is_left_out() {
    let desk = Desk::new().with(|library, project| {
        let other = NewItem::Chapter {
            kind: ChapterKind::Chapter,
            title: "Two".into(),
            synopsis: String::new(),
            items: Vec::new(),
        };
        let made = library.add_items(project, None, &[other]).unwrap();
        let Node::Chapter(two) = made[0] else { panic!() };
        let limp = NewLore { from: Some(two), ..lore("The limp", Told::Always, "she limps") };
        library.add_lore(project, &limp).unwrap();
        let dark = library.scenes(project).unwrap()[0].id;
        library.save_scene(dark, 0, "{}", "It was darker.").unwrap();
    });
    let studio = Studio::open(&desk.path()).unwrap();
    let before = format!("{TEXT}\n\n{}", "The rain went on and on. ".repeat(150));
    let asked = ActionRequest { before, ..desk.request("a", ActionKind::Continue) };
    let told = studio.background(&asked).unwrap();
    let report = plan_for(&Selected::default(), &asked, &told).unwrap().context;
    assert_eq!(item(&report, "lore:5").why, Some(LeftOut::OtherChapters));
    let summary = item(&report, &format!("summary:{}", desk.earlier));
    assert_eq!((summary.why, summary.stale), (Some(LeftOut::Stale), true));
    assert_eq!(item(&report, &format!("previous:{}", desk.earlier)).why, Some(LeftOut::FarFromStart));
    // The model of 512 tokens does not see so far back.
    assert_eq!(item(&report, "lore:1").why, Some(LeftOut::NotNamed));
    let on = ActionRequest { on: vec!["lore:5".into()], off: vec!["note".into()], ..asked };
    let report = plan_for(&Selected::default(), &on, &told).unwrap().context;
    assert!(item(&report, "lore:5").sent.is_some());
    assert_eq!(
        (item(&report, "note").why, item(&report, "note").switched),
        (Some(LeftOut::SwitchedOff), Some(false))
    );
}

#[test]
fn a_name_in_the_instruction_brings_its_lore() {
    let desk = Desk::new();
    let studio = Studio::open(&desk.path()).unwrap();
    let mut asked = desk.request("a", ActionKind::Continue);
    asked.action.instruction = "the Zoe comes in".into();
    let report = plan_for(&Selected::default(), &asked, &studio.background(&asked).unwrap()).unwrap().context;
    assert_eq!(item(&report, "lore:2").named.as_deref(), Some("Zoe"));
    assert!(item(&report, "lore:2").sent.is_some());
}

#[test]
fn a_scene_of_another_project_is_refused_and_a_text_without_one_is_told_nothing() {
    let desk = Desk::new();
    let studio = Studio::open(&desk.path()).unwrap();
    let wrong = ActionRequest { project: Some(99), ..desk.request("a", ActionKind::Continue) };
    assert_eq!(studio.background(&wrong).unwrap_err().code, ProblemCode::BadRequest);
    assert!(studio.background(&request("a", ActionKind::Continue)).unwrap().ids().is_empty());
}

fn wait(app: &App, wanted: impl Fn(&ModelState) -> bool) {
    let (states, inbox) = channel();
    app.watch_model(Box::new(move |state| match states.send(state.clone()) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }));
    inbox.iter().find(|state| wanted(state)).unwrap();
}

#[test]
fn a_plan_is_what_is_sent_then_and_does_not_wait_for_an_answer() {
    let desk = Desk::new();
    let app = desk.app();
    wait(&app, |state| matches!(state, ModelState::Ready(_)));
    let long = ActionRequest { words: Some(400), ..desk.request("long", ActionKind::Continue) };
    let inbox = start(&app, long);
    let mut running = inbox.iter();
    running.find(|event| matches!(event, ActionEvent::Text { .. })).unwrap();
    let asked = desk.request("asked", ActionKind::Describe);
    let ContextPlan { context, prompt, .. } = app.plan_action(&asked).unwrap();
    // It came while the other was under way: words of that come afterwards.
    app.cancel_action("long");
    assert!(running.any(|event| matches!(event, ActionEvent::Finished { .. })));
    let events: Vec<ActionEvent> = start(&app, asked).into_iter().collect();
    assert_eq!(started(&events), &context);
    assert!(matches!(&events[0], ActionEvent::Started { prompt: sent, .. } if *sent == prompt));
}

#[test]
fn a_model_that_rests_is_planned_for_and_not_woken() {
    let engine = Engine::start(Selected::default(), Memory::default()).unwrap();
    let (states, inbox) = channel();
    engine.watch(Box::new(move |state| match states.send(state.clone()) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }));
    inbox.iter().find(|state| matches!(state, ModelState::Ready(_))).unwrap();
    engine.set_patience(std::time::Duration::from_millis(1));
    inbox.iter().find(|state| matches!(state, ModelState::Resting { .. })).unwrap();
    let plan =
        engine.plan(&request("a", ActionKind::Continue), &foolscap_app::Background::default()).unwrap();
    assert!(plan.context.used > 0 && matches!(engine.state(), ModelState::Resting { .. }));
}

#[test]
fn a_model_that_does_not_load_says_why_instead_of_a_plan() {
    let dir = tempfile::tempdir().unwrap();
    let bad = dir.path().join("bad.gguf");
    std::fs::write(&bad, b"no model").unwrap();
    let engine = Engine::start(foolscap_models::Choice::File(bad), Memory::default()).unwrap();
    let plan = || engine.plan(&request("a", ActionKind::Continue), &foolscap_app::Background::default());
    let first = plan().unwrap_err().code;
    assert!([ProblemCode::NotReady, ProblemCode::ModelUnusable].contains(&first), "{first:?}");
    let (states, inbox) = channel();
    engine.watch(Box::new(move |state| match states.send(state.clone()) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }));
    inbox.iter().find(|state| matches!(state, ModelState::Failed { .. })).unwrap();
    assert_eq!(plan().unwrap_err().code, ProblemCode::ModelUnusable);
}

#[test]
fn a_candidate_is_kept_with_variant_instruction_and_context() {
    let desk = Desk::new();
    {
        let app = desk.app();
        let mut asked = desk.request("a", ActionKind::Brainstorm);
        asked.action.instruction = "with rain".into();
        asked.off = vec!["note".into()];
        let events: Vec<ActionEvent> = start(&app, asked).into_iter().collect();
        assert!(matches!(events.last(), Some(ActionEvent::Finished { .. })), "{events:?}");
    }
    let library = Library::open(desk.path()).unwrap();
    let kept = &library.suggestions(SceneId(desk.scene), 60).unwrap()[0].what;
    let settings: serde_json::Value = serde_json::from_str(&kept.settings).unwrap();
    assert_eq!(kept.action, "brainstorm");
    assert_eq!((&settings["variant"], &settings["instruction"]), (&"ideas".into(), &"with rain".into()));
    assert_eq!(settings["off"], serde_json::json!(["note"]));
    let context: Vec<&str> =
        settings["context"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert!(
        context.contains(&"synopsis") && !context.contains(&"note") && !context.contains(&"lore:2"),
        "{context:?}"
    );
}

#[test]
fn requests_as_they_were_written_before_are_still_read() {
    let old = r#"{"request":"r","action":{"kind":"brainstorm","instruction":"x"},"scene":null,"before":"a","selection":"",
        "after":"","words":null,"candidates":3,"seed":null,"temperature":null}"#;
    let read: ActionRequest = serde_json::from_str(old).unwrap();
    let action = Action::new(ActionKind::Brainstorm).instructed("x");
    let expected =
        ActionRequest { before: "a".into(), candidates: Some(3), ..ActionRequest::new("r", action) };
    assert_eq!(read, expected);
    let plain: Action = serde_json::from_str(r#"{"kind":"continue"}"#).unwrap();
    assert_eq!(plain, Action::new(ActionKind::Continue));
}
