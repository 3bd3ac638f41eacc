//! Finding in a project and replacing, as the window does it: by the pages themselves, in bounded answers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use foolscap_app::App;
use foolscap_app::api::{
    ChosenPlace, FoundPlaces, ItemKind, ItemPlace, ItemRef, ProblemCode, SaveScene, SearchPattern,
};

struct Desk {
    app: App,
    project: u32,
    scenes: Vec<u32>,
    _folder: tempfile::TempDir,
}

fn desk(texts: &[&str]) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&folder.path().join("library.foolscap")).unwrap();
    let opened = app.studio().create_project("Story", Some(texts[0])).unwrap();
    let (project, mut scenes) = (opened.project.id, vec![opened.scene.id]);
    for text in &texts[1..] {
        let place = ItemPlace::In(None);
        let made = app.studio().add_item(project, ItemKind::Scene, "", place).unwrap().made;
        let Some(ItemRef::Scene(scene)) = made else { panic!("{made:?}") };
        let document = page(text);
        app.studio()
            .save_scene(&SaveScene { scene, base_version: 0, document, text: (*text).into() })
            .unwrap();
        scenes.push(scene);
    }
    Desk { app, project, scenes, _folder: folder }
}

fn page(text: &str) -> String {
    serde_json::json!({ "type": "doc", "content": [
        { "type": "paragraph", "content": [{ "type": "text", "text": text }] },
        { "type": "note", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "ask Ada" }] }] },
    ] })
    .to_string()
}

fn words(text: &str) -> SearchPattern {
    SearchPattern { text: text.into(), notes: true, ..SearchPattern::default() }
}

impl Desk {
    fn find(&self, pattern: &SearchPattern, with: Option<&str>, limit: u32) -> FoundPlaces {
        self.app.find(self.project, None, pattern, with, limit).unwrap().unwrap()
    }

    fn text(&self, at: usize) -> String {
        self.app.studio().scene(self.scenes[at]).unwrap().text
    }
}

fn chosen(found: &FoundPlaces) -> Vec<ChosenPlace> {
    found.places.iter().map(|place| ChosenPlace { at: place.at, with: place.with.clone() }).collect()
}

#[test]
fn places_are_told_with_what_stands_around_them_and_where_the_editor_has_them() {
    let desk = desk(&["Ada went out. Ada came in.", "🌧 Ada slept."]);
    let found = desk.find(&words("ada"), None, 100);
    assert_eq!((found.total, found.scenes, found.places.len()), (4, 2, 4));
    let second = &found.places[2];
    assert_eq!((second.at.scene, second.from, second.to), (desk.scenes[1], 4, 7));
    assert_eq!(
        (second.before.as_str(), second.text.as_str(), second.after.as_str()),
        ("🌧 ", "Ada", " slept.")
    );
    assert!(found.places[3].in_note);
    let story = SearchPattern { notes: false, ..words("ada") };
    assert_eq!(desk.find(&story, None, 100).total, 3);
    let exact = SearchPattern { match_case: true, ..words("ada") };
    assert_eq!(desk.find(&exact, None, 100).total, 0);
    let within =
        desk.app.find(desk.project, Some(desk.scenes[1]), &words("ada"), None, 100).unwrap().unwrap();
    assert_eq!((within.total, within.scenes), (2, 1));
}

#[test]
fn an_answer_is_bounded_and_says_how_much_there_is() {
    let text = "na ".repeat(500);
    let desk = desk(&[&text, &text]);
    let found = desk.find(&words("na"), None, 10);
    assert_eq!((found.places.len(), found.total, found.scenes), (10, 1000, 2));
}

#[test]
fn chosen_places_are_replaced_in_one_step_that_is_undone() {
    let desk = desk(&["Ada went. Ada came.", "Ada slept."]);
    let found = desk.find(&words("Ada"), Some("Maria"), 100);
    let all = chosen(&found);
    let replaced = desk.app.studio().replace(desk.project, vec![all[1].clone(), all[2].clone()]).unwrap();
    assert_eq!((replaced.places, replaced.step.saved.len()), (2, 2));
    assert_eq!((desk.text(0).as_str(), desk.text(1).as_str()), ("Ada went. Maria came.", "Maria slept."));
    desk.app.studio().undo_step(desk.project, &replaced.step.undo).unwrap();
    assert_eq!((desk.text(0).as_str(), desk.text(1).as_str()), ("Ada went. Ada came.", "Ada slept."));
}

#[test]
fn groups_of_an_expression_are_shown_in_what_would_be_put_there() {
    let desk = desk(&["3 May, 12 June"]);
    let dates = SearchPattern { regex: true, ..words(r"(\d+) (\p{L}+)") };
    let with: Vec<String> =
        desk.find(&dates, Some("$2 $1"), 9).places.into_iter().map(|place| place.with).collect();
    assert_eq!(with, ["May 3", "June 12"]);
}

#[test]
fn a_scene_that_was_written_on_since_is_a_conflict_and_nothing_is_replaced() {
    let desk = desk(&["Ada went.", "Ada slept."]);
    let found = desk.find(&words("Ada"), Some("Maria"), 100);
    let (scene, text) = (desk.scenes[1], "Ada woke.");
    desk.app
        .studio()
        .save_scene(&SaveScene { scene, base_version: 1, document: page(text), text: text.into() })
        .unwrap();
    let refused = desk.app.studio().replace(desk.project, chosen(&found)).unwrap_err();
    assert_eq!((refused.code, desk.text(0).as_str()), (ProblemCode::Conflict, "Ada went."));
}

#[test]
fn places_that_are_not_there_are_left_out() {
    let desk = desk(&["Ada went."]);
    let mut wrong = chosen(&desk.find(&words("Ada"), Some("Maria"), 1));
    wrong[0].at.start = 9;
    wrong[0].at.end = 3;
    let beyond =
        ChosenPlace { at: foolscap_app::api::PlaceInText { block: 77, ..wrong[0].at }, with: String::new() };
    wrong.push(beyond);
    assert_eq!(desk.app.studio().replace(desk.project, wrong).unwrap().places, 0);
    assert_eq!(desk.text(0), "Ada went.");
}

#[test]
fn a_pattern_that_is_none_says_what_is_wrong_with_it() {
    let desk = desk(&["Ada."]);
    let torn = SearchPattern { regex: true, ..words("(ada") };
    let refused = desk.app.find(desk.project, None, &torn, None, 9).unwrap_err();
    assert_eq!(refused.code, ProblemCode::BadRequest);
    assert!(refused.message.contains("unclosed group"), "{refused}");
    assert_eq!(desk.app.find(99, None, &words("a"), None, 9).unwrap_err().code, ProblemCode::NotFound);
}

#[test]
fn of_searches_that_overlap_each_is_answered_or_gives_way_to_a_later_one() {
    let text = "Ada and the lamp. ".repeat(300);
    let desk = desk(&[text.as_str(); 20]);
    let answers: Vec<Option<FoundPlaces>> = std::thread::scope(|scope| {
        let search = || desk.app.find(desk.project, None, &words("lamp"), None, 1).unwrap();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(search)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    // The latest has nothing to give way to.
    assert!(answers.iter().flatten().count() >= 1);
    assert!(answers.iter().flatten().all(|found| found.total == 6000));
}
