//! Summaries of scenes, as the window keeps them.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use foolscap_app::Studio;
use foolscap_app::api::{ProblemCode, SaveScene};

#[test]
fn a_summary_knows_who_wrote_it_and_whether_the_scene_has_changed_since() {
    let dir = tempfile::tempdir().unwrap();
    let mut studio = Studio::open(&dir.path().join("library.foolscap")).unwrap();
    let opened = studio.create_project("Story", Some("It was dark.")).unwrap();
    let (project, scene) = (opened.project.id, opened.scene.id);
    assert_eq!(studio.summaries(project).unwrap(), []);

    let made = studio.set_summary(scene, Some(0), " Night falls. ", "Qwen3 1.7B").unwrap();
    assert_eq!((made.text.as_str(), made.model.as_str(), made.stale), ("Night falls.", "Qwen3 1.7B", false));
    let document = r#"{"type":"doc"}"#.into();
    studio.save_scene(&SaveScene { scene, base_version: 0, document, text: "It was light.".into() }).unwrap();
    assert!(studio.summaries(project).unwrap()[0].stale);

    let own = studio.set_summary(scene, None, "Day breaks.", "").unwrap();
    assert_eq!((own.version, own.model.as_str(), own.stale), (1, "", false));
    let early = studio.set_summary(scene, Some(7), "Noon.", "").unwrap_err();
    assert_eq!(early.code, ProblemCode::Conflict);
    assert_eq!(studio.summaries(project).unwrap(), [own]);
    studio.set_summary(scene, None, "  ", "").unwrap();
    assert_eq!(studio.summaries(project).unwrap(), []);
    assert_eq!(studio.set_summary(99, None, "", "").unwrap_err().code, ProblemCode::NotFound);
}
