//! Lore as the window keeps it: entries, where the manuscript names them, and the one under the cursor.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use foolscap_app::Studio;
use foolscap_app::api::{ItemKind, ItemPlace, ItemRef, LoreKind, LoreText, LoreTold, ProblemCode};
use tempfile::TempDir;

fn studio() -> (Studio, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    (Studio::open(&dir.path().join("library.foolscap")).unwrap(), dir)
}

fn person(name: &str) -> LoreText {
    LoreText {
        kind: LoreKind::Person,
        name: name.into(),
        aliases: Vec::new(),
        told: LoreTold::Named,
        match_case: false,
        short: String::new(),
        long: String::new(),
        from: None,
        to: None,
    }
}

#[test]
fn an_entry_is_added_changed_put_away_and_taken_back() {
    let (mut studio, _dir) = studio();
    let project = studio.create("Story").unwrap().project.id;
    let id = studio.add_lore(project, &person("Ada")).unwrap().id;
    let what = LoreText {
        kind: LoreKind::Place,
        aliases: vec!["the light".into()],
        told: LoreTold::Always,
        match_case: true,
        short: "dark".into(),
        long: "A tower on a rock.".into(),
        ..person("Skerry")
    };
    assert_eq!(studio.set_lore(id, &what).unwrap().what, what);
    studio.archive_lore(id, true).unwrap();
    assert_eq!(studio.lore(project).unwrap(), []);
    assert_eq!(studio.archived_lore(project).unwrap()[0].what, what);
    studio.archive_lore(id, false).unwrap();
    assert_eq!(studio.lore(project).unwrap()[0].what, what);
    assert_eq!(studio.set_lore(99, &what).unwrap_err().code, ProblemCode::NotFound);
}

#[test]
fn where_an_entry_is_named_is_told_scene_by_scene_with_the_last() {
    let (mut studio, _dir) = studio();
    let open = studio.create_project("Story", Some("Ada and ada's lamp.\n\nNobody.")).unwrap();
    let project = open.project.id;
    let step = studio.add_item(project, ItemKind::Chapter, "Two", ItemPlace::In(None)).unwrap();
    let Some(ItemRef::Scene(second)) = step.made else { panic!("{step:?}") };
    let chapter = step.outline.items[1].id;
    let scene = studio.open_scene(second).unwrap().scene;
    let page = r#"{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"So Ada left."}]}]}"#;
    let save = foolscap_app::api::SaveScene {
        scene: second,
        base_version: scene.version,
        document: page.into(),
        text: "So Ada left.".into(),
    };
    studio.save_scene(&save).unwrap();

    let id = studio.add_lore(project, &LoreText { from: Some(chapter), ..person("Ada") }).unwrap().id;
    let found = studio.lore_passages(id).unwrap();
    assert_eq!((found.count, found.scenes, found.last, found.unread), (3, 2, Some(second), 0));
    let told: Vec<_> = found.passages.iter().map(|p| (p.scene, p.name.as_str(), p.holds)).collect();
    assert_eq!(told, [(open.scene.id, "Ada", false), (open.scene.id, "ada", false), (second, "Ada", true)]);
    let last = &found.passages[2];
    assert_eq!((last.from, last.to, last.before.as_str(), last.after.as_str()), (4, 7, "So ", " left."));
}

#[test]
fn the_entry_under_the_cursor_is_found_by_any_of_its_names() {
    let (mut studio, _dir) = studio();
    let project = studio.create("Story").unwrap().project.id;
    let id = studio
        .add_lore(project, &LoreText { aliases: vec!["the keeper".into()], ..person("Ada") })
        .unwrap()
        .id;
    let at =
        |before: &str, after: &str| studio.lore_at(project, before, after).unwrap().map(|entry| entry.id);
    assert_eq!(at("Then the kee", "per slept"), Some(id));
    assert_eq!(at("Then the kee", "pers slept"), None);
}

#[test]
fn an_entry_cannot_begin_in_a_chapter_of_another_project() {
    let (mut studio, _dir) = studio();
    let other = studio.create("Other").unwrap().project.id;
    let chapter = studio.add_item(other, ItemKind::Chapter, "One", ItemPlace::In(None)).unwrap();
    let from = chapter.outline.items.iter().find(|item| item.kind == ItemKind::Chapter).map(|item| item.id);
    let project = studio.create("Story").unwrap().project.id;
    let refused = studio.add_lore(project, &LoreText { from, ..person("Ada") }).unwrap_err();
    assert_eq!(refused.code, ProblemCode::BadRequest, "{refused}");
}
