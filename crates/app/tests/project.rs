//! What an author says of a whole project, as the window keeps it.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use foolscap_app::Studio;
use foolscap_app::api::{ExportOptions, PageDirection, ProblemCode, ProjectBrief, StyleSample};
use tempfile::TempDir;

fn studio() -> (Studio, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    (Studio::open(&dir.path().join("library.foolscap")).unwrap(), dir)
}

fn brief() -> ProjectBrief {
    ProjectBrief {
        synopsis: "A lamp goes out.".into(),
        authors_note: "No magic.".into(),
        language: "ar".into(),
        direction: PageDirection::Rtl,
        author: "Ada Lovelace".into(),
    }
}

#[test]
fn what_is_said_of_a_project_is_kept_and_its_page_opens_so() {
    let (mut studio, _dir) = studio();
    let project = studio.create("Story").unwrap().project.id;
    let said = studio.brief(project).unwrap();
    assert_eq!((said.author.as_str(), said.direction), ("", PageDirection::Auto));
    studio.set_brief(project, &brief()).unwrap();
    assert_eq!(studio.brief(project).unwrap(), brief());
    let opened = studio.open_project(project).unwrap();
    assert_eq!((opened.language.as_str(), opened.direction), ("ar", PageDirection::Rtl));
    let other = studio.create("Other").unwrap().project.id;
    assert_eq!(studio.brief(other).unwrap().author, "");
    assert_eq!(studio.brief(99).unwrap_err().code, ProblemCode::NotFound);
}

#[test]
fn what_is_exported_names_the_author_of_its_project_unless_told_otherwise() {
    let (mut studio, dir) = studio();
    let project = studio.create_project("Story", Some("It was dark.")).unwrap().project.id;
    let page = |studio: &Studio, author: Option<&str>| {
        let file = dir.path().join("story.html");
        let _ = std::fs::remove_file(&file);
        let options = ExportOptions { author: author.map(str::to_owned), ..ExportOptions::default() };
        studio.export(project, "html", &options, &file).unwrap();
        std::fs::read_to_string(&file).unwrap()
    };
    assert!(!page(&studio, None).contains("Lovelace"));
    studio.set_brief(project, &brief()).unwrap();
    assert!(page(&studio, None).contains("Ada Lovelace"));
    let named = page(&studio, Some("A. L."));
    assert!(named.contains("A. L.") && !named.contains("Lovelace"));
    assert!(!page(&studio, Some("")).contains("Lovelace"));

    let file = dir.path().join("story.html");
    page(&studio, None);
    let imported = studio.import(&file, Some("Again")).unwrap();
    assert_eq!(studio.brief(imported.project).unwrap().author, "Ada Lovelace");
}

#[test]
fn passages_of_style_are_added_changed_put_away_and_taken_back() {
    let (mut studio, _dir) = studio();
    let project = studio.create("Story").unwrap().project.id;
    let sample = studio.add_style_sample(project, "Mine", "Short. Dry.").unwrap();
    assert!(sample.in_use);
    let changed = StyleSample { text: "Longer.".into(), in_use: false, ..sample };
    assert_eq!(studio.set_style_sample(&changed).unwrap(), changed);
    studio.archive_style_sample(changed.id, true).unwrap();
    assert_eq!(studio.style_samples(project).unwrap(), []);
    assert_eq!(studio.archived_style_samples(project).unwrap(), std::slice::from_ref(&changed));
    studio.archive_style_sample(changed.id, false).unwrap();
    assert_eq!(studio.style_samples(project).unwrap(), [changed]);
    assert_eq!(studio.archive_style_sample(99, true).unwrap_err().code, ProblemCode::NotFound);
}

#[test]
fn a_word_is_right_in_its_project_until_it_is_not() {
    let (mut studio, _dir) = studio();
    let project = studio.create("Story").unwrap().project.id;
    for word in ["grue", " Foolscap "] {
        studio.set_right_word(project, word, true).unwrap();
    }
    assert_eq!(studio.right_words(project).unwrap(), ["Foolscap", "grue"]);
    studio.set_right_word(project, "grue", false).unwrap();
    assert_eq!(studio.right_words(project).unwrap(), ["Foolscap"]);
}
