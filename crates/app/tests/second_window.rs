//! Two programs on one library: the second reads, sees what the first has saved, and every attempt to write is told.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::ops::ControlFlow;
use std::sync::mpsc::channel;

use foolscap_app::App;
use foolscap_app::api::{
    Action, ActionEvent, ActionKind, ActionRequest, ChosenPlace, ItemKind, ItemPlace, ItemRef, Problem,
    ProblemCode, SaveScene, SceneCard, SceneStatus, SearchPattern, Settings,
};

#[test]
fn the_second_reads_what_the_first_saves_and_can_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.foolscap");
    let first = App::open(&library).unwrap();
    let opened = first.studio().create_project("Story", Some("Ada went.")).unwrap();
    let (project, scene) = (opened.project.id, opened.scene.id);
    let kept = first.studio().snapshot(scene, "first").unwrap().unwrap().id;
    let second = App::open(&library).unwrap();
    assert!(second.studio().state().read_only && !first.studio().state().read_only);

    let save = |base_version, text: &str| SaveScene {
        scene,
        base_version,
        document: r#"{"type":"doc"}"#.into(),
        text: text.into(),
    };
    first.studio().save_scene(&save(0, "Ada came.")).unwrap();
    assert_eq!(second.studio().open_scene(scene).unwrap().scene.text, "Ada came.");
    assert_eq!(second.studio().revisions(scene).unwrap().len(), 1);
    assert_eq!(second.compare(kept, None).unwrap().added, 1);
    second.studio().authorship(project).unwrap();

    let item = ItemRef::Scene(scene);
    let card = SceneCard { synopsis: String::new(), notes: String::new(), status: SceneStatus::Done };
    let pattern = SearchPattern { text: "Ada".into(), ..SearchPattern::default() };
    let found = second.find(project, None, &pattern, Some("Maria"), 9).unwrap().unwrap();
    let chosen =
        found.places.iter().map(|place| ChosenPlace { at: place.at, with: "Maria".into() }).collect();
    let import = folder.path().join("more.md");
    std::fs::write(&import, "More.").unwrap();
    let mut studio = second.studio();
    let tried: Vec<(&str, Result<(), Problem>)> = vec![
        ("save", studio.save_scene(&save(1, "Ada slept.")).map(drop)),
        ("card", studio.set_scene_card(scene, &card)),
        ("create", studio.create_project("Other", None).map(drop)),
        ("rename", studio.rename_project(project, "Other").map(drop)),
        ("put away", studio.archive_project(project, true)),
        ("add", studio.add_item(project, ItemKind::Scene, "", ItemPlace::In(None)).map(drop)),
        ("rename item", studio.rename_item(item, "Other").map(drop)),
        ("move", studio.move_item(item, ItemPlace::In(None)).map(drop)),
        ("duplicate", studio.duplicate_item(item).map(drop)),
        ("archive", studio.archive_item(item).map(drop)),
        ("split", studio.split_scene(scene, 1, 1, "").map(drop)),
        ("snapshot", studio.snapshot(scene, "mine").map(drop)),
        ("snapshot all", studio.snapshot_project(project, "mine").map(drop)),
        ("name", studio.name_revision(kept, Some("mine")).map(drop)),
        ("restore", studio.restore_revision(kept, 1).map(drop)),
        ("replace", studio.replace(project, chosen).map(drop)),
        ("settings", studio.save_settings(&Settings::default())),
        ("import", studio.import(&import, None).map(drop)),
    ];
    drop(studio);
    for (what, refused) in tried {
        assert_eq!(refused.unwrap_err().code, ProblemCode::ReadOnly, "{what}");
    }
    assert_eq!(first.studio().scene(scene).unwrap().text, "Ada came.");
}

#[test]
fn a_model_s_words_are_not_shown_where_their_origin_cannot_be_kept() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.foolscap");
    let first = App::open(&library).unwrap();
    let scene = first.studio().create_project("Story", Some("It was")).unwrap().scene.id;
    let second = App::open(&library).unwrap();
    let request = ActionRequest {
        scene: Some(scene),
        before: "It was".into(),
        words: Some(8),
        seed: Some(1),
        ..ActionRequest::new("a", Action::new(ActionKind::Continue))
    };
    let (events, inbox) = channel();
    let sink = move |event| match events.send(event) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    };
    second.start_action(request, Box::new(sink)).unwrap();
    let last = inbox.into_iter().last().unwrap();
    let ActionEvent::Failed { problem } = last else { panic!("{last:?}") };
    assert_eq!(problem.code, ProblemCode::ReadOnly);
}
