//! Who wrote what, from the marks on a page and what was recorded of a model's words.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::path::Path;

use foolscap_app::Studio;
use foolscap_app::api::{AuthorshipReport, ItemKind, ProblemCode, ReportFormat, WordShares};
use foolscap_manuscript::{Library, NewSuggestion};

const MADE: &str = " and then it rained all night.";

/// A library with a scene of which a model wrote the end.
fn written(folder: &Path) -> (Studio, u32, u32) {
    let path = folder.join("library.foolscap");
    let mut library = Library::open(&path).unwrap();
    let project = library.create_project("Story", "", "").unwrap().id;
    let scene = library.scenes(project).unwrap()[0].id;
    let suggestion = NewSuggestion {
        request: "r1".into(),
        candidate: 0,
        scene: Some(scene),
        action: "continue".into(),
        model: "Harbour 4B".into(),
        model_id: "sha256:00ff".into(),
        prompt: "continue".into(),
        prompt_version: "2".into(),
        settings: r#"{"instruction":"","words":60,"temperature":null,"style":"dry"}"#.into(),
        seed: 7,
        text: MADE.into(),
        place: None,
    };
    library.record_suggestion(&suggestion).unwrap();
    let document = serde_json::json!({ "type": "doc", "content": [{ "type": "paragraph", "content": [
        { "type": "text", "text": "It was dark" },
        { "type": "text", "text": MADE, "marks": [{ "type": "machine", "attrs": { "request": "r1", "candidate": 0 } }] },
    ] }] });
    library.save_scene(scene, 0, &document.to_string(), &format!("It was dark{MADE}")).unwrap();
    drop(library);
    (Studio::open(&path).unwrap(), project.0, scene.0)
}

#[test]
fn a_report_tells_shares_by_line_and_where_words_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let (studio, project, scene) = written(folder.path());
    let AuthorshipReport { words, lines, sources, .. } = studio.authorship(project).unwrap();
    assert_eq!(words, WordShares { human: 3, machine: 6, machine_edited: 0 });
    assert_eq!((lines.len(), lines[0].kind, lines[0].words), (1, ItemKind::Scene, words));
    assert_eq!(lines[0].item, foolscap_app::api::ItemRef::Scene(scene));
    assert_eq!(
        (sources[0].model.as_str(), sources[0].prompt_version.as_str(), sources[0].words),
        ("Harbour 4B", "2", 6)
    );
    assert_eq!(studio.authorship(99).unwrap_err().code, ProblemCode::NotFound);
}

#[test]
fn a_disclosure_is_written_for_programs_and_for_people() {
    let folder = tempfile::tempdir().unwrap();
    let (studio, project, _) = written(folder.path());
    let file = folder.path().join("who wrote what.json");
    studio.save_disclosure(project, ReportFormat::Json, &file).unwrap();
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(json["words"]["machine"], 6);
    assert_eq!(json["items"][0]["scene"]["sources"][0]["model"], "Harbour 4B");
    let text = studio.disclosure(project, ReportFormat::Text).unwrap();
    assert!(text.contains("Harbour 4B, prompt continue v2: 6 words") && text.contains("66.7 %"), "{text}");
    let nowhere = folder.path().join("no such folder/x.json");
    let refused = studio.save_disclosure(project, ReportFormat::Json, &nowhere).unwrap_err();
    assert_eq!(refused.code, ProblemCode::File);
}

#[test]
fn marked_words_tell_how_they_came_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let (studio, _, scene) = written(folder.path());
    let origin = studio.origin(scene, "r1", 0).unwrap();
    assert_eq!((origin.model.as_str(), origin.seed, origin.text.as_str()), ("Harbour 4B", 7, MADE));
    let set: Vec<(&str, &str)> =
        origin.settings.iter().map(|set| (set.name.as_str(), set.value.as_str())).collect();
    assert_eq!(set, [("style", "dry"), ("words", "60")]);
    assert_eq!(studio.origin(scene, "r1", 1).unwrap_err().code, ProblemCode::NotFound);
}
