//! Out and in again: no word may be lost or change its place, and italics and bold stay where a format has them.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::path::Path;

use foolscap_exchange::{Book, Format, Numbering, Options, Typeface, export, import, import_all, preview};
use proptest::prelude::*;

use common::{any_book, letters, structure, words};

fn there_and_back(book: &Book, format: Format, options: &Options, name: &str) -> Book {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    export(book, format, options, &path).unwrap();
    import(&path).unwrap().book
}

const RICH: [(Format, &str); 4] = [
    (Format::Markdown, "book.md"),
    (Format::Html, "book.html"),
    (Format::Docx, "book.docx"),
    (Format::Epub, "book.epub"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn formats_with_marks_keep_every_word_its_marks_and_the_tree(book in any_book(), scene_titles: bool, courier: bool) {
        let manuscript = courier.then_some(Typeface::Courier);
        let options = Options { scene_titles, manuscript, ..Options::default() };
        for (format, name) in RICH {
            let back = there_and_back(&book, format, &options, name);
            prop_assert_eq!(words(&back, scene_titles), words(&book, scene_titles), "{}", name);
            prop_assert_eq!(letters(&back), letters(&book), "{}", name);
            prop_assert_eq!(structure(&back), structure(&book), "{}", name);
            prop_assert_eq!((&back.title, &back.author), (&book.title, &book.author), "{}", name);
            prop_assert_eq!((&back.language, back.direction), (&book.language, book.direction), "{}", name);
        }
    }

    #[test]
    fn plain_text_keeps_every_word(book in any_book(), scene_titles: bool) {
        let options = Options { scene_titles, ..Options::default() };
        let back = there_and_back(&book, Format::Text, &options, "book.txt");
        let front = [Some(book.title.clone()), book.author.clone()].into_iter().flatten();
        let front = front.flat_map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let expected: Vec<String> = front.chain(words(&book, scene_titles)).collect();
        prop_assert_eq!(words(&back, true), expected);
    }

    #[test]
    fn a_folder_keeps_what_is_beside_each_scene_too(book in any_book()) {
        let back = there_and_back(&book, Format::Folder, &Options::default(), "The Whole");
        prop_assert_eq!(words(&back, true), words(&book, true));
        prop_assert_eq!(letters(&back), letters(&book));
        prop_assert_eq!(structure(&back), structure(&book));
        let about = |book: &Book| (book.title.clone(), book.author.clone(), book.language.clone(), book.direction);
        prop_assert_eq!(about(&back), about(&book));
        let synopses = |book: &Book| -> Vec<String> {
            book.chapters().map(|chapter| chapter.synopsis.clone()).collect()
        };
        prop_assert_eq!(synopses(&back), synopses(&book));
        let beside = |book: &Book| -> Vec<_> {
            book.scenes().map(|scene| (scene.title.clone(), scene.synopsis.clone(), scene.notes.clone(), scene.status)).collect()
        };
        prop_assert_eq!(beside(&back), beside(&book));
        prop_assert_eq!(&there_and_back(&back, Format::Folder, &Options::default(), "Again"), &back);
    }

    #[test]
    fn what_was_imported_is_exported_the_same_again(book in any_book()) {
        for (format, name) in RICH {
            let once = there_and_back(&book, format, &Options::default(), name);
            let twice = there_and_back(&once, format, &Options::default(), name);
            prop_assert_eq!(once, twice, "{}", name);
        }
    }
}

#[test]
fn an_export_is_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("book.md");
    std::fs::write(&path, "what was there").unwrap();
    let book = common::book(&[("One", "words")]);
    assert!(export(&Book::default(), Format::Markdown, &Options::default(), &path).is_err());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "what was there");
    export(&book, Format::Markdown, &Options::default(), &path).unwrap();
    assert!(std::fs::read_to_string(&path).unwrap().contains("words"));
    let missing = dir.path().join("no such folder/book.md");
    assert!(
        export(&book, Format::Markdown, &Options::default(), &missing)
            .unwrap_err()
            .to_string()
            .contains("no such folder")
    );
    let left = std::fs::read_dir(dir.path()).unwrap().count();
    assert_eq!(left, 1, "no temporary file stays behind");
}

#[test]
fn a_folder_is_a_new_one_and_whole() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("The Whole");
    let mut book = common::book(&[("One: *two* / three?", "words"), ("..", "***")]);
    book.parts[0].chapters[1].title = None;
    export(&book, Format::Folder, &Options::default(), &path).unwrap();
    let mut names: Vec<String> =
        std::fs::read_dir(&path).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["1 One two three", "2", "about.md"]);
    let error = export(&book, Format::Folder, &Options::default(), &path).unwrap_err();
    assert!(error.to_string().contains("name a new folder"), "{error}");
    let lost = dir.path().join("no/such/folder");
    assert!(export(&book, Format::Folder, &Options::default(), &lost).is_err());
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing else stays behind");
}

#[test]
fn what_a_folders_own_texts_say_of_their_scenes_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("Mine");
    std::fs::create_dir_all(root.join("1 Storm")).unwrap();
    std::fs::write(root.join("1 Storm/1 dawn.md"), "---\nsynopsis: They meet.\nstatus: Done\n---\none")
        .unwrap();
    std::fs::write(root.join("1 Storm/about.md"), "About the storm.").unwrap();
    let book = import(&root).unwrap().book;
    let scenes: Vec<_> = book.scenes().map(|s| (s.title.as_deref(), s.synopsis.as_str(), s.status)).collect();
    let done = Some(foolscap_manuscript::SceneStatus::Done);
    assert_eq!(scenes, [(Some("dawn"), "They meet.", done), (Some("about"), "", None)]);
}

#[test]
fn several_files_are_one_book_in_the_order_given() {
    let dir = tempfile::tempdir().unwrap();
    let files =
        [("b.rtf", "{\\rtf1 first}"), ("a.md", "# Two\n\nsecond\n\n# Three\n\nthird"), ("c.txt", "fourth")];
    let paths = files.map(|(name, text)| {
        std::fs::write(dir.path().join(name), text).unwrap();
        dir.path().join(name)
    });
    let book = import_all(&paths).unwrap().book;
    assert_eq!(book.title, "b");
    let titles: Vec<_> = book.chapters().filter_map(|chapter| chapter.title.clone()).collect();
    assert_eq!(titles, ["b", "Two", "Three", "c"]);
    let told = preview(&paths).unwrap();
    assert_eq!((told.parts, told.chapters, told.scenes, told.words), (0, 4, 4, 4));
    assert_eq!(told.outline[0].chapters[1].title.as_deref(), Some("Two"));
    assert!(import_all(&[]).is_err());
    let missing = import_all(&[paths[0].clone(), dir.path().join("no.md")]).unwrap_err();
    assert!(missing.to_string().contains("no.md"), "{missing}");
}

#[test]
fn notes_to_oneself_never_leave_and_are_told() {
    let mut book = common::book(&[("One", "kept")]);
    common::add_note(&mut book, "secret");
    let dir = tempfile::tempdir().unwrap();
    // A PDF is looked at in `peers.rs`: it does not come in again.
    let others = [(Format::Text, "book.txt"), (Format::Folder, "folder")];
    for (format, name) in RICH.into_iter().chain(others) {
        let path = dir.path().join(name);
        let exported = export(&book, format, &Options::default(), &path).unwrap();
        assert!(
            exported.left_out.iter().any(|entry| entry.to_string().contains("1 note to oneself")),
            "{name}"
        );
        assert!(!words(&import(&path).unwrap().book, true).contains(&"secret".to_owned()), "{name}");
    }
}

#[test]
fn a_numbered_list_in_a_scene_comes_back_from_plain_text_as_it_was() {
    let list = "She took:\n\n1. A rope\n\n2. A lamp\n\n3. Courage\n\n***\n\n1. One thing\n\nAnd went.";
    for numbering in [Numbering::Titles, Numbering::Numbers, Numbering::Named("Chapter".into())] {
        let book = common::book(&[
            ("Storm", list),
            ("Calm", "1. First\n\nText.\n\n2. Second\n\nMore."),
            ("Sea", "x"),
        ]);
        let options = Options { numbering, ..Options::default() };
        let back = there_and_back(&book, Format::Text, &options, "book.txt");
        let chapters: Vec<_> = back.chapters().filter_map(|chapter| chapter.title.clone()).collect();
        assert_eq!(chapters.len(), 3, "{chapters:?}");
        let pages = |book: &Book, skip: usize| -> String {
            let pages = book.scenes().skip(skip).map(|scene| scene.document.plain_text());
            pages.collect::<Vec<_>>().join("\n\n***\n\n")
        };
        assert_eq!(pages(&back, 1), pages(&book, 0));
    }
    let mut plain = common::book(&[("x", "1. A rope\n\n2. A lamp\n\n3. Courage")]);
    plain.parts[0].chapters[0].title = None;
    let back = there_and_back(&plain, Format::Text, &Options::default(), "book.txt");
    assert!(back.chapters().all(|chapter| chapter.title.is_none()), "{:?}", structure(&back));
}

#[test]
fn scene_titles_that_readers_do_not_see_are_counted() {
    let mut book = common::book(&[("One", "kept"), ("Two", "kept")]);
    book.parts[0].chapters[1].scenes[0].title = Some("The flour".into());
    let dir = tempfile::tempdir().unwrap();
    let told = |format, name: &str, scene_titles| -> Vec<String> {
        let options = Options { scene_titles, ..Options::default() };
        let exported = export(&book, format, &options, &dir.path().join(name)).unwrap();
        exported.left_out.iter().map(ToString::to_string).collect()
    };
    let sentence = "1 scene title: left out: ask for scene titles (--scene-titles) to let readers see them";
    for (format, name) in RICH.into_iter().chain([(Format::Text, "book.txt"), (Format::Pdf, "book.pdf")]) {
        let left = told(format, name, false);
        assert!(left.iter().any(|left| left == sentence), "{name}: {left:?}");
        assert!(!told(format, name, true).iter().any(|left| left == sentence), "{name}");
    }
    assert_eq!(told(Format::Folder, "folder", false), [""; 0]);
}

#[test]
fn a_folder_of_markdown_becomes_parts_chapters_and_scenes() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("My Novel");
    let write = |name: &str, text: &str| {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("00 Prologue.md", "zero");
    write("1 Part One/2 Storm/1 dawn.md", "one");
    write("1 Part One/2 Storm/10 dusk.md", "three");
    write("1 Part One/2 Storm/2 noon.txt", "two");
    write("1 Part One/3 Calm.md", "# The Calm\n\nfour\n\n***\n\nfive");
    write("map.png", "no text");
    write(".hidden/x.md", "no");
    let imported = import(&root).unwrap();
    let told = structure(&imported.book);
    assert_eq!(
        told,
        [
            (None, vec![(Some("Prologue".to_owned()), 1)]),
            (
                Some("Part One".to_owned()),
                vec![(Some("Storm".to_owned()), 3), (Some("The Calm".to_owned()), 2)]
            ),
        ]
    );
    assert_eq!(imported.book.title, "My Novel");
    let text: Vec<String> = imported.book.scenes().map(|scene| scene.document.plain_text()).collect();
    assert_eq!(text, ["zero", "one", "two", "three", "four", "five"]);
    assert!(imported.left_out[0].to_string().contains("map.png"), "{:?}", imported.left_out);
}

#[test]
fn chapters_can_be_numbered() {
    let book = common::book(&[("Storm", "a"), ("Calm", "b")]);
    let options = Options { numbering: Numbering::Named("Chapter".into()), ..Options::default() };
    let back = there_and_back(&book, Format::Docx, &options, "book.docx");
    let titles: Vec<_> = back.chapters().filter_map(|chapter| chapter.title.clone()).collect();
    assert_eq!(titles, ["Chapter 1: Storm", "Chapter 2: Calm"]);
}

#[test]
fn a_missing_file_is_told_by_name() {
    let error = import(Path::new("/no/such/book.docx")).unwrap_err();
    assert!(error.to_string().contains("book.docx"), "{error}");
}
