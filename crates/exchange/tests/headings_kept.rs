//! No word of a heading is lost on the way in, wherever a file stands: alone, under a title of the caller's, beside other
//! files, or in a folder that is a book, a part or a chapter.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::path::{Path, PathBuf};

use foolscap_exchange::{Book, Imported, import, import_all};
use proptest::prelude::*;

use common::{structure, words};

const PROLOGUE: &str = "# Prologue\n\n## Night\n\nIt was dark.\n\n## Dawn\n\nIt was not.\n";

fn written(folder: &Path, files: &[(&str, &str)]) -> Vec<PathBuf> {
    let write = |(name, text): &(&str, &str)| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    };
    files.iter().map(write).collect()
}

/// Titles of parts, each with those of its chapters.
fn titles(book: &Book) -> Vec<(String, Vec<String>)> {
    let told = |title: Option<String>| title.unwrap_or("-".into());
    let parts = structure(book).into_iter();
    parts.map(|(part, chapters)| (told(part), chapters.into_iter().map(|(c, _)| told(c)).collect())).collect()
}

fn part(title: &str, chapters: &[&str]) -> (String, Vec<String>) {
    (title.to_owned(), chapters.iter().map(|chapter| (*chapter).to_owned()).collect())
}

#[test]
fn a_heading_above_chapters_of_a_file_in_a_folder_is_a_part() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), &[("1.md", PROLOGUE), ("2.md", "# The Sea\n\nIt rose.\n")]);
    let imported = import(dir.path()).unwrap();
    assert_eq!(titles(&imported.book), [part("Prologue", &["Night", "Dawn"]), part("-", &["The Sea"])]);
    assert!(imported.left_out.is_empty());
}

#[test]
fn in_a_folder_that_is_a_part_it_is_a_chapter_and_in_one_that_is_a_chapter_it_is_on_the_page() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), &[("Part One/1.md", PROLOGUE), ("Storm/1.md", PROLOGUE)]);
    let book = import(dir.path()).unwrap().book;
    assert_eq!(titles(&book), [part("Part One", &["Prologue"]), part("-", &["Storm"])]);
    let scenes: Vec<_> = book.scenes().map(|s| (s.title.clone().unwrap(), s.document.plain_text())).collect();
    assert_eq!(scenes[0], ("Night".into(), "It was dark.".into()));
    assert_eq!(scenes[2], ("Night".into(), "# Prologue\n\nIt was dark.".into()));
}

#[test]
fn files_that_come_together_are_parts_under_their_own_headings() {
    let dir = tempfile::tempdir().unwrap();
    let tale = |name: &str| format!("# The {name}\n\n## Morning\n\nOne.\n\n## Evening\n\nTwo.\n");
    let paths = written(dir.path(), &[("dog.md", &tale("Dog")), ("fox.md", &tale("Fox"))]);
    let both = [part("The Dog", &["Morning", "Evening"]), part("The Fox", &["Morning", "Evening"])];
    let imported = import_all(&paths).unwrap();
    assert_eq!((imported.book.title.as_str(), titles(&imported.book)), ("The Dog", both.to_vec()));
    assert_eq!(titles(&imported.called("Tales").book), both);
}

#[test]
fn a_title_that_gives_way_to_another_stays_among_the_headings_or_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let told = |text: &str, title: &str| {
        let paths = written(dir.path(), &[("a.md", text)]);
        let Imported { book, left_out, .. } = import(&paths[0]).unwrap().called(title);
        (titles(&book), left_out.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(told(PROLOGUE, "Tales"), (vec![part("Prologue", &["Night", "Dawn"])], vec![]));
    assert_eq!(told(PROLOGUE, "prologue"), (vec![part("-", &["Night", "Dawn"])], vec![]));
    let stated = "---\ntitle: The Gale\n---\n# One\n\nWind.\n";
    let sentence = "1 title of a file: left out: the project has its own (The Gale)".to_owned();
    assert_eq!(told(stated, "Tales"), (vec![part("-", &["One"])], vec![sentence]));
    assert_eq!(told(stated, "The Gale").1, [""; 0]);
    assert_eq!(told("No heading.", "Tales"), (vec![part("-", &["-"])], vec![]));
}

/// A text with headings of several levels; every word of it is another one. With the words that must be found.
fn text(file: usize) -> impl Strategy<Value = (String, Vec<String>)> {
    let kind = prop_oneof![
        3 => (1u8..=6).prop_map(Some),
        2 => Just(None),
    ];
    let front = prop_oneof!["", "Part One ", "Chapter 3: ", "Prologue "];
    let piece = (kind, front, prop::bool::weighted(0.1));
    (prop::bool::weighted(0.3), prop::collection::vec(piece, 1..9)).prop_map(move |(stated, pieces)| {
        let (mut text, mut words) = (String::new(), Vec::new());
        if stated {
            text = format!("---\ntitle: stated{file}\n---\n");
            words.push(format!("stated{file}"));
        }
        for (i, (level, front, is_break)) in pieces.iter().enumerate() {
            let word = format!("f{file}w{i}");
            match level {
                Some(level) => text += &format!("{} {front}{word}\n\n", "#".repeat(usize::from(*level))),
                None => text += &format!("{front}{word} goes on.\n\n"),
            }
            if *is_break {
                text += "***\n\n";
            }
            words.push(word);
        }
        // A file must hold some text to be one.
        text += &format!("end{file}\n");
        words.push(format!("end{file}"));
        (text, words)
    })
}

fn found(imported: &Imported) -> String {
    let names = imported.left_out.iter().flat_map(|left| left.names.clone());
    words(&imported.book, true).into_iter().chain(names).collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn every_word_of_every_heading_is_found_again(one in text(1), two in text(2)) {
        let dir = tempfile::tempdir().unwrap();
        let paths = written(dir.path(), &[("alone/a.md", &one.0), ("alone/b.md", &two.0)]);
        for (folder, name) in [("part", "Part One"), ("chapter", "Storm"), ("deep", "Part One/Storm")] {
            let (a, b) = (format!("{folder}/{name}/a.md"), format!("{folder}/{name}/b.md"));
            written(dir.path(), &[(&a, &one.0), (&b, &two.0)]);
        }
        let all = [one.1.clone(), two.1].concat();
        let mut cases = vec![
            ("under another title", import(&paths[0]).unwrap().called("Tales"), &one.1),
            ("together", import_all(&paths).unwrap().called("Tales"), &all),
        ];
        for folder in ["alone", "part", "chapter", "deep"] {
            cases.push((folder, import(&dir.path().join(folder)).unwrap(), &all));
        }
        for (case, imported, expected) in cases {
            let found = found(&imported);
            for word in expected {
                let times = found.split(|c: char| !c.is_alphanumeric()).filter(|one| one == word).count();
                prop_assert_eq!(times, 1, "{}: {} in {} of {}", case, word, &found, &one.0);
            }
        }
    }
}
