//! Files in and out as the window does it: an import is undone, an export is remembered.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::path::{Path, PathBuf};

use foolscap_app::api::{ExportOptions, ProblemCode};
use foolscap_app::{App, preview_import};

const NOVEL: &str = "# One\n\nThe lamp was out.\n\n***\n\nIt was *late*.\n\n# Two\n\nRain came.\n";

fn app(folder: &Path) -> App {
    App::open(&folder.join("library.foolscap")).unwrap()
}

fn novel(folder: &Path) -> PathBuf {
    let file = folder.join("Lamp.md");
    std::fs::write(&file, NOVEL).unwrap();
    file
}

#[test]
fn a_file_comes_into_the_open_project_as_it_was_foretold_and_that_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (app, file) = (app(folder.path()), novel(folder.path()));
    let told = preview_import(std::slice::from_ref(&file)).unwrap();
    assert_eq!((told.title.as_str(), told.chapters, told.scenes, told.words), ("Lamp", 2, 3, 9));
    let project = app.studio().create_project("Story", Some("Mine.")).unwrap().project.id;
    let done = app.import(&[file], Some(project), None).unwrap();
    assert_eq!((done.imported.project, done.imported.scenes.len()), (project, 3));
    let step = done.step.unwrap();
    assert_eq!(step.outline.items.len(), 3);
    let back = app.studio().undo_step(project, &step.undo).unwrap();
    assert_eq!(back.outline.items.len(), 1);
    assert_eq!(app.studio().archived_items(project).unwrap().len(), 2);
}

#[test]
fn a_file_becomes_a_project_of_its_own_called_as_it_or_its_author_says() {
    let folder = tempfile::tempdir().unwrap();
    let (app, file) = (app(folder.path()), novel(folder.path()));
    for (title, called) in [(None, "Lamp"), (Some("  "), "Lamp"), (Some("The Light"), "The Light")] {
        let done = app.import(std::slice::from_ref(&file), None, title).unwrap();
        assert!(done.step.is_none());
        assert_eq!(app.studio().open_project(done.imported.project).unwrap().project.title, called);
    }
    let missing = app.import(&[folder.path().join("no.docx")], None, None).unwrap_err();
    assert_eq!(missing.code, ProblemCode::NotFound);
    assert_eq!(app.import(&[file], Some(999), None).unwrap_err().code, ProblemCode::NotFound);
    assert_eq!(app.studio().projects().unwrap().len(), 3);
}

#[test]
fn a_title_that_gives_way_to_the_projects_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let file = folder.path().join("a.md");
    std::fs::write(&file, "# Prologue\n\n## Night\n\nIt was dark.\n\n## Dawn\n\nIt was not.\n").unwrap();
    let project = app.studio().create_project("Story", None).unwrap().project.id;
    for (into, title) in [(Some(project), None), (None, Some("Tales")), (None, None)] {
        let done = app.import(std::slice::from_ref(&file), into, title).unwrap();
        let outline = format!("{:?}", app.studio().open_project(done.imported.project).unwrap());
        assert!(outline.contains("\"Prologue\""), "{outline}");
    }
    std::fs::write(&file, "---\ntitle: The Gale\n---\n# One\n\nWind.\n").unwrap();
    let done = app.import(&[file], Some(project), None).unwrap();
    let left = &done.imported.left_out[0];
    assert_eq!((left.what.as_str(), left.names.as_slice()), ("title", ["The Gale".to_owned()].as_slice()));
}

#[test]
fn an_export_is_remembered_and_replaces_only_its_own_file() {
    let folder = tempfile::tempdir().unwrap();
    let (app, documents) = (app(folder.path()), folder.path().join("Documents"));
    std::fs::create_dir(&documents).unwrap();
    let project = app.studio().create_project("Night/Day", Some("It was dark.")).unwrap().project.id;
    let place = |format: &str| app.studio().export_place(project, format, &documents).unwrap();
    assert_eq!(app.studio().export_choice(project).unwrap().format, "docx");
    // Somebody else's file of that name is left alone.
    std::fs::write(documents.join("Night Day.epub"), "theirs").unwrap();
    let first = place("epub");
    assert_eq!(first.file, documents.join("Night Day 2.epub").display().to_string());
    assert!(!first.replaces);

    let options = ExportOptions {
        author: Some("A. Keeper".into()),
        manuscript: true,
        contact: vec!["1 Lamp Street".into()],
        numbers: true,
        ..ExportOptions::default()
    };
    let exported = app.export(project, "epub", &options, Path::new(&first.file)).unwrap();
    assert_eq!((exported.words, exported.file.as_str()), (3, first.file.as_str()));
    let choice = app.studio().export_choice(project).unwrap();
    assert_eq!((choice.format.as_str(), choice.options), ("epub", options.clone()));
    let again = place("epub");
    assert!(again.replaces && again.file == first.file, "{again:?}");
    assert_eq!(place("docx").file, documents.join("Night Day 2.docx").display().to_string());
    app.export(project, "folder", &options, Path::new(&place("folder").file)).unwrap();
    assert!(!place("folder").replaces);

    let other = app.studio().create_project("Other", None).unwrap().project.id;
    let proposed = app.studio().export_choice(other).unwrap().options;
    assert_eq!((proposed.author, proposed.contact), (options.author.clone(), options.contact.clone()));
    let refused = app.export(project, "doc", &options, Path::new(&first.file)).unwrap_err();
    assert_eq!(refused.code, ProblemCode::BadRequest);
}

#[test]
fn what_is_left_out_is_told_by_kind_and_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, "<p>One <img src='x.png'> two.</p><p><img src='y.png'></p>").unwrap();
    let left = preview_import(&[file]).unwrap().left_out;
    assert_eq!((left[0].what.as_str(), left[0].count), ("picture", 2));
    assert!(left[0].sentence.contains("2 pictures"), "{left:?}");
}
