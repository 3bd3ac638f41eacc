//! What others make of our files: LibreOffice opens the DOCX and finds every word, epubcheck finds no fault with the EPUB,
//! and what LibreOffice writes is read here. Skipped, and said so, where a program is not installed.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use foolscap_exchange::{Book, Direction, Format, LeftOut, Options, Part, Typeface, export, import};

use common::{add_note, book, letters, structure, words};

/// A book with all that a format must bear.
fn rich() -> Book {
    let text = "She said: “No.”\n\nAnd <went> & left\nin the rain.\n\n***\n\n> A letter,\n\n> twice.\n\n# Inside\n\nThe end.";
    let mut book =
        book(&[("Prologue", "Zero."), ("The Storm & the <Sea>", text), ("Calm", "Words.\n\n***\n\nMore.")]);
    let mut emphasised = foolscap_manuscript::Document::from_plain_text("Plain slanted heavy both plain.");
    let at = |range, em, strong| (range, foolscap_manuscript::Marks { em, strong, machine: None });
    let looks = [
        at(0..6, false, false),
        at(6..14, true, false),
        at(14..20, false, true),
        at(20..25, true, true),
        at(25..31, false, false),
    ];
    let words = "Plain slanted heavy both plain.";
    let content = looks
        .map(|(range, marks)| foolscap_manuscript::Inline::Text { text: words[range].to_owned(), marks });
    emphasised.blocks = vec![foolscap_manuscript::Block::Paragraph(foolscap_manuscript::Paragraph {
        content: content.to_vec(),
    })];
    book.parts[0].chapters[0].scenes[0].document = emphasised;
    book.language = Some("en-GB".into());
    let second = Part {
        title: Some("Part Two".into()),
        chapters: book.parts[0].chapters.split_off(2),
        ..Part::default()
    };
    book.parts[0].title = Some("Part One".into());
    book.parts.push(second);
    book
}

/// Where a program lies, or None, said so.
fn found(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(program)).find(|path| path.is_file());
    if found.is_none() {
        println!("SKIPPED: {program} is not installed");
    }
    found
}

/// What LibreOffice makes of a file.
fn converted(path: &Path, format: &str, extension: &str) -> PathBuf {
    let dir = path.parent().unwrap();
    let profile = format!("-env:UserInstallation=file://{}", dir.join("profile").display());
    let out = dir.join(format!("as-{extension}"));
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", format, "--outdir"])
        .arg(&out)
        .arg(path)
        .output()
        .unwrap();
    let made = out.join(path.file_stem().unwrap()).with_extension(extension);
    assert!(made.is_file(), "soffice made nothing: {}", String::from_utf8_lossy(&output.stderr));
    made
}

#[test]
fn libreoffice_reads_and_rewrites_our_docx_without_losing_a_word() {
    if found("soffice").is_none() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let book = rich();
    for (name, manuscript) in [("plain.docx", None), ("standard.docx", Some(Typeface::Courier))] {
        let path = dir.path().join(name);
        let options = Options { manuscript, scene_titles: true, ..Options::default() };
        export(&book, Format::Docx, &options, &path).unwrap();
        let text = std::fs::read_to_string(converted(&path, "txt:Text (encoded):UTF8", "txt")).unwrap();
        let there: Vec<&str> = text.split_whitespace().filter(|word| !matches!(*word, "*" | "#")).collect();
        let ours = words(&book, true);
        assert!(there.windows(ours.len()).any(|window| window == ours), "{name}: {text}");
        for (format, extension) in [("odt", "odt"), ("docx", "docx"), ("rtf", "rtf")] {
            let back = import(&converted(&path, format, extension)).unwrap().book;
            assert_eq!(words(&back, true), ours, "{name} as {extension}");
            assert_eq!(letters(&back), letters(&book), "{name} as {extension}");
            assert_eq!(structure(&back), structure(&import(&path).unwrap().book), "{name} as {extension}");
            assert_eq!(
                (back.title, back.author),
                (book.title.clone(), book.author.clone()),
                "{name} as {extension}"
            );
        }
    }
}

/// What epubcheck says. Debian's is a bare archive of Java's, which a kernel starts only where it was told how.
fn checked(epubcheck: &Path, epub: &Path) -> Output {
    let mut command = match std::fs::read(epubcheck).unwrap().starts_with(b"PK") {
        true => Command::new("java"),
        false => Command::new(epubcheck),
    };
    if command.get_program() == "java" {
        command.arg("-jar").arg(epubcheck);
    }
    command.arg(epub).output().unwrap()
}

#[test]
fn epubcheck_finds_no_fault_with_our_epub() {
    let Some(epubcheck) = found("epubcheck") else { return };
    let dir = tempfile::tempdir().unwrap();
    let mut untitled = book(&[("x", "Only words.")]);
    untitled.parts[0].chapters[0].title = None;
    let mut empty = book(&[("x", "")]);
    empty.parts[0].chapters[0].title = None;
    let mut hebrew = book(&[("אחת", "שלום"), ("שתיים", "עולם")]);
    (hebrew.language, hebrew.direction) = (Some("he".into()), Direction::RightToLeft);
    for (name, book) in [("rich", rich()), ("untitled", untitled), ("empty", empty), ("hebrew", hebrew)] {
        let path = dir.path().join(name).with_extension("epub");
        export(&book, Format::Epub, &Options { scene_titles: true, ..Options::default() }, &path).unwrap();
        let output = checked(&epubcheck, &path);
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success() && !said.contains("WARNING"), "{name}: {said}");
    }
}

/// The text of a PDF.
fn copied(pdf: &Path) -> String {
    let output = Command::new("pdftotext").args(["-layout"]).arg(pdf).arg("-").output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn notes_to_oneself_are_in_no_pdf_and_are_told() {
    if found("pdftotext").is_none() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let mut book = book(&[("One", "kept")]);
    add_note(&mut book, "secret");
    for manuscript in [None, Some(Typeface::Times)] {
        let path = dir.path().join("book.pdf");
        let options = Options { manuscript, ..Options::default() };
        let exported = export(&book, Format::Pdf, &options, &path).unwrap();
        let told = |entry: &LeftOut| entry.to_string().contains("1 note to oneself");
        assert!(exported.left_out.iter().any(told), "{manuscript:?}");
        let text = copied(&path);
        assert!(text.contains("kept") && !text.contains("secret"), "{manuscript:?}: {text}");
        assert!(
            !String::from_utf8_lossy(&std::fs::read(&path).unwrap()).contains("secret"),
            "{manuscript:?}"
        );
    }
}

#[test]
fn every_word_can_be_copied_out_of_our_pdf() {
    if found("pdftotext").is_none() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let paragraph = "She went up to the lamp room again, and looked out over the quiet water. ".repeat(9);
    let long = format!("{paragraph}\n\n").repeat(40);
    let long = book(&[("One", &long), ("Two", &long)]);
    for (name, book) in [("rich", rich()), ("long", long)] {
        for manuscript in [None, Some(Typeface::Times)] {
            let path = dir.path().join(name).with_extension("pdf");
            let options = Options { manuscript, scene_titles: true, ..Options::default() };
            export(&book, Format::Pdf, &options, &path).unwrap();
            let text = copied(&path);
            let mut there = text.split_whitespace();
            // Between the words of the book stand numbers of pages, heads and signs of breaks.
            for word in words(&book, true) {
                assert!(there.any(|one| one == word), "{name} {manuscript:?}: {word} in {text}");
            }
        }
    }
}
