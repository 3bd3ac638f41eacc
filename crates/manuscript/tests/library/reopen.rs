//! What was saved is what is found.

use foolscap_manuscript::{Cause, Library, NewSuggestion, Verdict};

#[test]
fn a_reopened_library_has_everything_that_was_in_it() {
    let folder = tempfile::tempdir().unwrap();
    // The folders are made, and names with spaces and other scripts are names.
    let path = folder.path().join("my writing/книги/library.foolscap");

    let mut library = Library::open(&path).unwrap();
    let project = library.create_project("Night", "", "").unwrap();
    let other = library.create_project("Day", r#"{"type":"doc"}"#, "It was light.").unwrap();
    let scene = library.scenes(project.id).unwrap()[0].id;
    library.save_scene(scene, 0, r#"{"v":1}"#, "It was dark.").unwrap();
    library.record_suggestion(&suggestion(scene)).unwrap();
    library.record_outcome("r1", 0, Verdict::Accepted, " It rained.").unwrap();
    library.save_scene(scene, 1, r#"{"v":2}"#, "It was dark. It rained.").unwrap();
    library.set_setting("app", r#"{"theme":"dark"}"#).unwrap();
    let before = everything(&library);
    drop(library);

    let library = Library::open(&path).unwrap();
    assert_eq!(everything(&library), before);
    assert_eq!(library.scene(scene).unwrap().text, "It was dark. It rained.");
    assert_eq!(library.project(other.id).unwrap().words, 3);
    assert_eq!(library.revisions(scene).unwrap()[0].cause, Cause::Machine);
    assert_eq!(library.suggestions(scene, 60).unwrap()[0].outcomes.len(), 1);
    assert_eq!(library.path(), path);
}

#[test]
fn an_empty_file_becomes_a_library() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    std::fs::write(&path, "").unwrap();
    assert_eq!(Library::open(&path).unwrap().projects().unwrap(), []);
}

#[test]
fn a_closed_library_is_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    Library::open(&path).unwrap().create_project("Night", "{}", "It was dark.").unwrap();
    let copy = folder.path().join("copy.foolscap");
    std::fs::copy(&path, &copy).unwrap();
    assert_eq!(Library::open(&copy).unwrap().projects().unwrap()[0].words, 3);
}

fn suggestion(scene: foolscap_manuscript::SceneId) -> NewSuggestion {
    NewSuggestion {
        request: "r1".to_owned(),
        candidate: 0,
        scene: Some(scene),
        action: "continue".to_owned(),
        model: "starter".to_owned(),
        model_id: "starter.gguf".to_owned(),
        prompt: "continue".to_owned(),
        prompt_version: "1".to_owned(),
        settings: "{}".to_owned(),
        seed: 7,
        text: " It rained.".to_owned(),
        place: Some("{}".to_owned()),
    }
}

/// All that the library tells, in words.
fn everything(library: &Library) -> String {
    let mut all = format!("{:#?}{:?}", library.projects().unwrap(), library.setting("app").unwrap());
    for project in library.projects().unwrap() {
        for scene in library.scenes(project.id).unwrap() {
            all += &format!("{scene:#?}{:#?}", library.scene(scene.id).unwrap());
            for kept in library.revisions(scene.id).unwrap() {
                all += &format!("{:#?}", library.revision(kept.id).unwrap());
            }
            all += &format!("{:#?}", library.suggestions(scene.id, 60).unwrap());
        }
    }
    all
}
