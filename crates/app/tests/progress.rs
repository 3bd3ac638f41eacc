//! Goals and progress, as the window shows them.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use foolscap_app::Studio;
use foolscap_app::api::{Goals, ProblemCode, SaveScene};

#[test]
fn what_is_written_counts_beside_the_goals() {
    let dir = tempfile::tempdir().unwrap();
    let mut studio = Studio::open(&dir.path().join("library.foolscap")).unwrap();
    let opened = studio.create_project("Story", Some("It was dark.")).unwrap();
    let project = opened.project.id;
    let before = studio.progress(project).unwrap();
    assert_eq!((before.words, before.today, before.session), (3, 0, None));

    let mut version = opened.scene.version;
    for text in ["It was very very dark.", "It was dark, and wet."] {
        let document = r#"{"type":"doc"}"#.into();
        let save = SaveScene { scene: opened.scene.id, base_version: version, document, text: text.into() };
        version = studio.save_scene(&save).unwrap().version;
    }
    let goals = Goals { words: Some(80_000), by: Some("2027-03-01".into()), day: Some(2), session: Some(0) };
    studio.set_goals(project, &goals).unwrap();
    let now = studio.progress(project).unwrap();
    assert_eq!((now.words, now.today, now.session), (5, 2, Some(2)));
    // A goal of nothing is none.
    assert_eq!(now.goals, Goals { session: None, ..goals.clone() });
    let days = studio.writing_days(project, 30).unwrap();
    assert_eq!((days.days.len(), days.days[0].words, days.streak), (1, 2, 1));

    for by in ["soon", "2027-13-01", "2027-3-1", "2027-03-01 10:00"] {
        let refused = studio.set_goals(project, &Goals { by: Some(by.into()), ..goals.clone() });
        assert_eq!(refused.unwrap_err().code, ProblemCode::BadRequest, "{by}");
    }
    assert_eq!(studio.progress(project).unwrap().goals.by, goals.by);
    assert_eq!(studio.progress(99).unwrap_err().code, ProblemCode::NotFound);
}
