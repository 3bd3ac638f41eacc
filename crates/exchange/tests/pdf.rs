//! PDF, read again by poppler's programs: every word is there in its order, whatever it looks like; and what a reader's
//! program shows of a book. What needs them is skipped, and says so, where they are not installed.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use foolscap_exchange::{
    Book, ChapterStart, Direction, Exported, Format, Numbering, Options, Paper, Part, Typeface, What, export,
};
use proptest::prelude::*;

use common::{any_book, book, words};

fn made(book: &Book, options: &Options) -> (tempfile::TempDir, PathBuf, Exported) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("book.pdf");
    let exported = export(book, Format::Pdf, options, &path).unwrap();
    (dir, path, exported)
}

/// What one of poppler's programs says, or None, said so.
fn poppler(program: &str, arguments: &[&str], pdf: &Path) -> Option<String> {
    // Where its answer goes is said to one of them alone.
    let out = (program == "pdftotext").then_some("-");
    let output = match Command::new(program).args(arguments).arg(pdf).args(out).output() {
        Ok(output) => output,
        Err(_) => {
            println!("SKIPPED: {program} is not installed");
            return None;
        }
    };
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// All text but the heads and numbers of the pages, which stand in the margins of an A5.
fn body(pdf: &Path) -> Option<String> {
    let area = ["-x", "0", "-y", "52", "-W", "420", "-H", "485", "-nodiag", "-enc", "UTF-8"];
    poppler("pdftotext", &area, pdf)
}

/// Letters and signs alone: lines may end anywhere, with a hyphen or without.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}' | '\u{2010}')).collect()
}

fn a5() -> Options {
    Options { paper: Some(Paper::A5), curly_quotes: false, ..Options::default() }
}

/// All that a book's pages say, in order.
fn expected(book: &Book, options: &Options) -> String {
    let front = [Some(book.title.clone()), book.author.clone()].into_iter().flatten();
    let all: Vec<String> = front.chain(words(book, options.scene_titles)).collect();
    letters(&all.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn every_word_is_there_in_its_order_and_none_is_markup(book in any_book(), scene_titles: bool, run_on: bool) {
        let chapters = if run_on { ChapterStart::RunOn } else { ChapterStart::NewPage };
        let options = Options { scene_titles, chapters, ..a5() };
        let (_dir, pdf, _) = made(&book, &options);
        let Some(text) = body(&pdf) else { return Ok(()) };
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        // Breaks between scenes are not words; a star may be one's part.
        let is_mark = |c: char| c == '*' || ('\u{200e}'..='\u{200f}').contains(&c) || ('\u{202a}'..='\u{202e}').contains(&c);
        let there = letters(&text).replace(is_mark, "");
        let expected = expected(&book, &options).replace(is_mark, "");
        prop_assert_eq!(sorted(&there), sorted(&expected));
        // Where lines run both ways, programs do not agree in which order they are read.
        if !expected.contains('א') && book.direction == Direction::LeftToRight {
            prop_assert_eq!(there, expected);
        }
    }
}

#[test]
fn typsts_own_markup_is_text() {
    let hostile = "#set page(width: 1cm) *a* _b_ `c` $x^2$ = d\n\n- e / f: g @h <i> ~ \\ // j /* k */ #eval(\"1\") \\u{41} [l] {m} ---";
    let (_dir, pdf, _) =
        made(&book(&[("#panic(\"x\")", hostile), ("= = *", "#import \"/etc/passwd\": *")]), &a5());
    let Some(text) = body(&pdf) else { return };
    let there = letters(&text);
    for written in [
        "#panic(\"x\")",
        "#setpage(width:1cm)*a*_b_`c`$x^2$=d",
        "e/f:g@h<i>~\\//j/*k*/#eval(\"1\")\\u{41}[l]{m}",
        "==*",
        "#import\"/etc/passwd\":*",
    ] {
        assert!(there.contains(&letters(written)), "{written}: {text}");
    }
}

#[test]
fn a_book_tells_who_wrote_it_its_language_its_chapters_and_has_its_pages() {
    let mut german = book(&[("Sturm & <See>", "Er sagte: \"Nein.\"\n\nUnd ging."), ("Stille", "Ende.")]);
    german.language = Some("de-DE".into());
    german.title = "Der Sturm".into();
    let second = Part {
        title: Some("Zweiter Teil".into()),
        chapters: german.parts[0].chapters.split_off(1),
        ..Part::default()
    };
    german.parts[0].title = Some("Erster Teil".into());
    german.parts.push(second);
    let options =
        Options { paper: Some(Paper::SixByNine), numbering: Numbering::Numbers, ..Options::default() };
    let (_dir, pdf, _) = made(&german, &options);
    let Some(about) = poppler("pdfinfo", &[], &pdf) else { return };
    let line = |name: &str| {
        let found = about.lines().find_map(|line| line.strip_prefix(name));
        found.map(str::trim).unwrap_or_default().to_owned()
    };
    assert_eq!((line("Title:"), line("Author:")), ("Der Sturm".to_owned(), "Ada Writer".to_owned()));
    assert_eq!((line("Tagged:"), line("Page size:")), ("yes".to_owned(), "432 x 648 pts".to_owned()));
    assert!(!about.contains("CreationDate"), "{about}");
    assert_eq!(line("Pages:"), "5", "a title page, two parts, two chapters");
    assert!(poppler("pdfinfo", &["-meta"], &pdf).unwrap().contains("de"), "its language");
    let outline = poppler("pdftohtml", &["-xml", "-i", "-stdout"], &pdf).unwrap();
    for entry in ["Erster Teil", "1. Sturm", "Zweiter Teil", "2. Stille"] {
        let shown = |line: &str| line.starts_with("<item") && line.contains(entry);
        assert!(outline.lines().any(shown), "{entry}: {outline}");
    }
    let text = poppler("pdftotext", &[], &pdf).unwrap();
    assert!(text.contains("„Nein.“"), "quotes are those of the language: {text}");
}

#[test]
fn chapters_begin_where_they_are_asked_to() {
    let book = book(&[("One", "a"), ("Two", "b"), ("Three", "c")]);
    let pages = |chapters| {
        let (_dir, pdf, _) = made(&book, &Options { chapters, ..a5() });
        poppler("pdftotext", &[], &pdf).map(|text| text.matches('\u{c}').count())
    };
    let Some(new_page) = pages(ChapterStart::NewPage) else { return };
    assert_eq!(new_page, 4);
    assert_eq!(pages(ChapterStart::RunOn), Some(2));
    assert_eq!(pages(ChapterStart::RightHand), Some(7), "each on the front of a leaf");
}

#[test]
fn a_manuscript_has_what_editors_want() {
    let long = "She went on and on through the rain, and nothing came of it for a long time. ".repeat(60);
    let mut novel = book(&[("One", &long), ("Two", "Rain.\n\n***\n\nSun.")]);
    novel.language = Some("en-GB".into());
    let options = Options {
        manuscript: Some(Typeface::Times),
        contact: vec!["1 Long Street".into()],
        ..Options::default()
    };
    let (_dir, pdf, _) = made(&novel, &options);
    let Some(text) = poppler("pdftotext", &["-layout"], &pdf) else { return };
    let pages: Vec<&str> = text.split('\u{c}').collect();
    for first in ["Ada Writer", "1 Long Street", "about 1,000 words", "A Book"] {
        assert!(pages[0].contains(first), "{first}: {}", pages[0]);
    }
    assert!(!pages[0].contains("Writer / A BOOK"));
    assert!(pages[1].contains("Writer / A BOOK / 2"), "{}", pages[1]);
    let lines = pages[2].lines().filter(|line| !line.trim().is_empty()).count();
    assert!((20..=28).contains(&lines), "two lines for each: {lines}");
    assert!(text.lines().any(|line| line.trim() == "#"), "{text}");
    assert!(poppler("pdfinfo", &[], &pdf).unwrap().contains("595.276 x 841.89"), "A4");
}

#[test]
fn the_same_book_is_the_same_file() {
    let book = book(&[("One", "She said: “No.”\n\n> A letter.\n\n# Inside\n\nThe end.")]);
    let (_dir, first, exported) = made(&book, &Options::default());
    let (_other, second, _) = made(&book, &Options::default());
    assert_eq!(std::fs::read(&first).unwrap(), std::fs::read(second).unwrap());
    assert_eq!(std::fs::metadata(&first).unwrap().len(), exported.bytes);
}

#[test]
fn letters_that_no_font_has_are_told() {
    let (_dir, _, exported) = made(&book(&[("One", "known and \u{10fffd} not")]), &Options::default());
    let told = exported.left_out.iter().find(|entry| entry.what == What::Letter).unwrap();
    assert_eq!((told.count, told.names.as_slice()), (1, &["\u{10fffd}".to_owned()][..]));
    let (_dir, pdf, exported) = made(&book(&[("第一章", "漢字とかな。한글 العربية עברית")]), &a5());
    let missing: Vec<char> =
        exported.left_out.iter().flat_map(|entry| entry.names.iter().flat_map(|name| name.chars())).collect();
    let Some(text) = body(&pdf) else { return };
    for c in "漢字한글".chars() {
        assert!(text.contains(c) || !missing.is_empty(), "{c} is neither shown nor told");
    }
}

#[test]
fn lines_from_the_right_are_set_so() {
    let mut hebrew = book(&[("אחת", "שלום עולם. \"כן\", אמרה."), ("שתיים", "סוף.")]);
    (hebrew.language, hebrew.direction) = (Some("he".into()), Direction::RightToLeft);
    let (_dir, pdf, exported) = made(&hebrew, &a5());
    assert_eq!(exported.left_out, []);
    let Some(boxes) = poppler("pdftotext", &["-bbox"], &pdf) else { return };
    let place = |word: &str| {
        let line = boxes.lines().find(|line| line.contains(word)).unwrap_or_default().to_owned();
        let after = line.split("xMin=\"").nth(1).and_then(|rest| rest.split('"').next().map(str::to_owned));
        after.and_then(|number| number.parse::<f64>().ok()).unwrap_or(-1.0)
    };
    let at = |either: [&str; 2]| either.map(place).into_iter().fold(-1.0, f64::max);
    assert!(at(["שלום", "םולש"]) > at(["עולם", "םלוע"]), "{boxes}");
}
