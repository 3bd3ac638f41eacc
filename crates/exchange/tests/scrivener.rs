//! Scrivener projects as versions 3 and 2 lay them out, as folders and zipped: the draft in its order, what is beside each
//! scene, and what stays behind, told.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::io::Write;
use std::path::{Path, PathBuf};

use foolscap_exchange::{Book, Imported, Kind, What, import};
use foolscap_manuscript::SceneStatus;
use proptest::prelude::*;

use common::{structure, words};

const BINDER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ScrivenerProject Identifier="0BBE" Version="2.0" Creator="SCRMAC-3.4-16639" Author="Ada Writer" Modified="2025-09-03 13:31:01 -0700">
  <Binder>
    <BinderItem UUID="D-0" Type="DraftFolder" Created="2025-09-02 03:48:53 -0700"><Title>Manuscript</Title>
      <Children>
        <BinderItem UUID="PRO" Type="Text"><Title>Prologue</Title><MetaData><IncludeInCompile>Yes</IncludeInCompile></MetaData></BinderItem>
        <BinderItem UUID="P-1" Type="Folder"><Title>Part One</Title><MetaData><IncludeInCompile>Yes</IncludeInCompile></MetaData>
          <Children>
            <BinderItem UUID="C-1" Type="Folder"><Title>The Storm</Title><MetaData><IncludeInCompile>Yes</IncludeInCompile></MetaData>
              <Children>
                <BinderItem UUID="S-1" Type="Text"><Title>Low tide</Title><MetaData><LabelID>3</LabelID><StatusID>4</StatusID><IncludeInCompile>Yes</IncludeInCompile></MetaData></BinderItem>
                <BinderItem UUID="S-2" Type="Text"><Title>Cut</Title><MetaData><LabelID>-1</LabelID></MetaData></BinderItem>
                <BinderItem UUID="S-3" Type="Text"><Title>Planned</Title><MetaData><StatusID>0</StatusID><IncludeInCompile>Yes</IncludeInCompile></MetaData></BinderItem>
                <BinderItem UUID="PIC" Type="Image"><Title>map.png</Title></BinderItem>
              </Children>
            </BinderItem>
            <BinderItem UUID="C-2" Type="Text"><Title>Calm</Title><MetaData><IncludeInCompile>Yes</IncludeInCompile></MetaData></BinderItem>
          </Children>
        </BinderItem>
      </Children>
    </BinderItem>
    <BinderItem UUID="R-0" Type="ResearchFolder"><Title>Research</Title>
      <Children><BinderItem UUID="R-1" Type="Text"><Title>Ships</Title></BinderItem><BinderItem UUID="R-2" Type="PDF"><Title>Tides</Title></BinderItem></Children>
    </BinderItem>
    <BinderItem UUID="T-0" Type="TrashFolder"><Title>Trash</Title></BinderItem>
  </Binder>
  <StatusSettings><Title>Status</Title><StatusItems><Status ID="-1">No Status</Status><Status ID="0">To Do</Status><Status ID="4">Done</Status></StatusItems></StatusSettings>
  <ProjectProperties><ProjectTitle>The Gale</ProjectTitle></ProjectProperties>
</ScrivenerProject>"#;

fn rtf(body: &str) -> String {
    format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\cocoartf2580{{\\fonttbl\\f0\\fcharset0 Palatino;}}\n\\f0\\fs24 {body}}}"
    )
}

/// The files of the project, by name.
fn files() -> Vec<(String, String)> {
    let comments = r#"<?xml version="1.0"?><Comments Version="1.0"><Comment ID="AA-1" Footnote="Yes"><![CDATA[{\rtf1 Of old.}]]></Comment><Comment ID="AA-2"><![CDATA[{\rtf1 Really?}]]></Comment></Comments>"#;
    let scene = "\\'93Now,\\'94 she {\\i said}.\\\n<$Scr_Ps::0>#<!$Scr_Ps::0>\\\nThe {\\field{\\*\\fldinst{HYPERLINK \"scrivcmt://AA-1\"}}{\\fldrslt bay}} lay {\\field{\\*\\fldinst{HYPERLINK \"scrivcmt://AA-2\"}}{\\fldrslt dark}}. \\{\\\\Scrv_annot \\\\color=\\{\\\\R=1.0\\\\G=0.0\\\\B=0.0\\} \\\\text=check the tide\\\\end_Scrv_annot\\}So.";
    let of = |name: &str, text: String| (format!("Files/Data/{name}"), text);
    vec![
        ("Gale.scrivx".to_owned(), BINDER.to_owned()),
        of("PRO/content.rtf", rtf("Before.")),
        of("P-1/synopsis.txt", "How it began".to_owned()),
        of("C-1/synopsis.txt", "The storm comes".to_owned()),
        of("S-1/content.rtf", rtf(scene)),
        of("S-1/content.comments", comments.to_owned()),
        of("S-1/notes.rtf", rtf("More \\uc0\\u8212  salt.")),
        of("S-1/synopsis.txt", "They meet at low tide.\n".to_owned()),
        of("S-2/content.rtf", rtf("Out.\\\n\\\nAway.")),
        of("S-3/synopsis.txt", "To come".to_owned()),
        of("C-2/content.rtf", rtf("After.")),
        of("R-1/content.rtf", rtf("Ships.")),
        ("Snapshots/S-1.snapshots/index.xml".to_owned(), "<x/>".to_owned()),
    ]
}

fn folder(dir: &Path, name: &str, files: &[(String, String)]) -> PathBuf {
    let root = dir.join(name);
    for (name, text) in files {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    root
}

fn pages(book: &Book) -> Vec<String> {
    book.scenes().map(|scene| scene.document.plain_text()).collect()
}

fn told(imported: &Imported) -> Vec<(What, usize)> {
    let mut told: Vec<_> = imported.left_out.iter().map(|entry| (entry.what.clone(), entry.count)).collect();
    told.sort();
    told
}

#[test]
fn a_project_of_version_3_becomes_parts_chapters_and_scenes() {
    let dir = tempfile::tempdir().unwrap();
    let imported = import(&folder(dir.path(), "Gale.scriv", &files())).unwrap();
    let book = &imported.book;
    assert_eq!(
        (imported.kind, book.title.as_str(), book.author.as_deref()),
        (Kind::Scrivener, "The Gale", Some("Ada Writer"))
    );
    let part =
        (Some("Part One".to_owned()), vec![(Some("The Storm".to_owned()), 3), (Some("Calm".to_owned()), 1)]);
    assert_eq!(structure(book), [(None, vec![(Some("Prologue".to_owned()), 1)]), part]);
    assert_eq!(
        (book.parts[1].synopsis.as_str(), book.parts[1].chapters[0].synopsis.as_str()),
        ("How it began", "The storm comes")
    );
    let scenes: Vec<_> = book.scenes().collect();
    let titles: Vec<_> = scenes.iter().map(|scene| scene.title.as_deref()).collect();
    assert_eq!(titles, [None, Some("Low tide"), Some("Cut"), Some("Planned"), None]);
    assert_eq!(scenes[1].document.plain_text(), "“Now,” she said.\n\n***\n\nThe bay[Of old.] lay dark. So.");
    assert_eq!(scenes[1].synopsis, "They meet at low tide.");
    assert_eq!(scenes[1].notes, "More — salt.\n\nReally?\n\ncheck the tide");
    let statuses: Vec<_> = scenes.iter().map(|scene| scene.status).collect();
    assert_eq!(statuses, [None, Some(SceneStatus::Done), None, Some(SceneStatus::Planned), None]);
    assert_eq!((scenes[2].document.words(), book.words()), (0, 12), "what is not compiled is a note");
    assert_eq!((scenes[3].synopsis.as_str(), scenes[3].document.is_blank()), ("To come", true));
    assert_eq!(
        told(&imported),
        [
            (What::Footnote, 1),
            (What::File, 2),
            (What::Annotation, 2),
            (What::NotCompiled, 1),
            (What::OutsideDraft, 2),
            (What::Tag, 1),
        ]
    );
}

#[test]
fn zipped_by_its_binder_or_unpacked_by_another_name_it_is_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let root = folder(dir.path(), "Unpacked", &files());
    let zipped = dir.path().join("Gale.scriv.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&zipped).unwrap());
    for (name, text) in
        files().into_iter().chain([("../../__MACOSX/._Gale.scrivx".to_owned(), "no".to_owned())])
    {
        zip.start_file(format!("Gale.scriv/{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let whole = import(&root).unwrap();
    for path in [zipped, root.join("Gale.scrivx")] {
        let other = import(&path).unwrap();
        assert_eq!((other.kind, &other.book), (Kind::Scrivener, &whole.book), "{}", path.display());
        assert_eq!(told(&other), told(&whole), "{}", path.display());
    }
}

/// Version 2 calls documents by number, and keeps all files in one folder.
fn version_2() -> Vec<(String, String)> {
    let mut binder =
        BINDER.replace("Version=\"2.0\"", "Version=\"1.0\"").replace("SCRMAC-3.4-16639", "SCRMAC-2.5-25239");
    let mut all = Vec::new();
    for (number, id) in
        ["D-0", "PRO", "P-1", "C-1", "S-1", "S-2", "S-3", "PIC", "C-2", "R-0", "R-1", "R-2", "T-0"]
            .iter()
            .enumerate()
    {
        binder = binder.replace(&format!("UUID=\"{id}\""), &format!("ID=\"{number}\""));
        for (name, text) in files() {
            for (of_3, of_2) in [
                ("content.rtf", ".rtf"),
                ("synopsis.txt", "_synopsis.txt"),
                ("notes.rtf", "_notes.rtf"),
                ("content.comments", ".comments"),
            ] {
                if name == format!("Files/Data/{id}/{of_3}") {
                    all.push((format!("Files/Docs/{number}{of_2}"), text.clone()));
                }
            }
        }
    }
    all.push(("Gale.scrivx".to_owned(), binder));
    all
}

#[test]
fn a_project_of_version_2_is_read_alike() {
    let dir = tempfile::tempdir().unwrap();
    let third = import(&folder(dir.path(), "3.scriv", &files())).unwrap();
    let second = import(&folder(dir.path(), "2.scriv", &version_2())).unwrap();
    assert_eq!(second.book, third.book);
}

#[test]
fn other_shapes_of_a_draft_find_their_place() {
    let dir = tempfile::tempdir().unwrap();
    let binder = |items: &str| {
        format!(
            "<ScrivenerProject><Binder><BinderItem UUID='D' Type='DraftFolder'><Title>Draft</Title><Children>{items}</Children></BinderItem></Binder></ScrivenerProject>"
        )
    };
    let read = |name: &str, items: &str| {
        let all = ["A", "B", "C"].map(|id| (format!("Files/Data/{id}/content.rtf"), rtf(id)));
        let all: Vec<_> = all.into_iter().chain([("x.scrivx".to_owned(), binder(items))]).collect();
        import(&folder(dir.path(), name, &all)).unwrap().book
    };
    let text = |id: &str, inside: &str| {
        format!(
            "<BinderItem UUID='{id}' Type='Text'><Title>{id}</Title><Children>{inside}</Children></BinderItem>"
        )
    };
    let folder = |id: &str, inside: &str| text(id, inside).replace("Text", "Folder");
    let flat = read("flat.scriv", &[text("A", ""), text("B", "")].concat());
    assert_eq!(structure(&flat), [(None, vec![(Some("A".into()), 1), (Some("B".into()), 1)])]);
    assert_eq!(flat.title, "x");
    let stacked = read("stacked.scriv", &text("A", &text("B", &text("C", ""))));
    assert_eq!(structure(&stacked), [(None, vec![(Some("A".into()), 3)])], "documents below documents");
    assert_eq!(pages(&stacked), ["A", "B", "C"]);
    let parts = read("parts.scriv", &folder("Sea", &folder("Bay", &text("A", ""))));
    assert_eq!(structure(&parts), [(Some("Sea".into()), vec![(Some("Bay".into()), 1)])]);
    let named = read("named.scriv", &folder("Part 1", &text("A", "")).replace("UUID='Part 1'", "UUID='P'"));
    assert_eq!(structure(&named), [(Some("Part 1".into()), vec![(Some("A".into()), 1)])]);
}

#[test]
fn names_in_a_binder_and_links_in_its_folder_lead_nowhere() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("secret.rtf"), rtf("secret")).unwrap();
    let mut all = files();
    all[0].1 =
        BINDER.replace("UUID=\"PRO\"", "UUID=\"../../../secret\"").replace("UUID=\"C-2\"", "UUID=\"LINK\"");
    let root = folder(dir.path(), "Gale.scriv", &all);
    #[cfg(unix)]
    {
        std::fs::create_dir_all(root.join("Files/Data/LINK")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("secret.rtf"), root.join("Files/Data/LINK/content.rtf"))
            .unwrap();
    }
    let imported = import(&root).unwrap();
    assert!(!words(&imported.book, true).iter().any(|word| word.contains("secret")));
    assert!(imported.left_out.iter().any(|entry| entry.names.contains(&"Prologue".to_owned())));
}

#[test]
fn a_document_that_is_damaged_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let mut all = files();
    let scene = all.iter_mut().find(|(name, _)| name.ends_with("S-1/content.rtf")).unwrap();
    scene.1 = format!("{{\\rtf1 {}", "{".repeat(5_000));
    let error = import(&folder(dir.path(), "Gale.scriv", &all)).unwrap_err().to_string();
    assert!(error.contains("Low tide") && error.contains("Gale.scriv"), "{error}");
    std::fs::write(dir.path().join("Gale.scriv/Gale.scrivx"), "<ScrivenerProject><Binder>").unwrap();
    assert!(import(&dir.path().join("Gale.scriv")).unwrap_err().to_string().contains("Gale.scrivx"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_binder_is_read_or_refused(xml in "(<(BinderItem UUID='[A-D]' Type='(Text|Folder|DraftFolder|PDF)'|Children|Title|MetaData|IncludeInCompile|StatusID)>|</(BinderItem|Children|Title|MetaData|IncludeInCompile)>|Yes|[a-z]{1,4}){0,30}") {
        let dir = tempfile::tempdir().unwrap();
        let all = [("x.scrivx".to_owned(), format!("<ScrivenerProject><Binder>{xml}</Binder></ScrivenerProject>"))];
        let _ = import(&folder(dir.path(), "x.scriv", &all));
    }
}
