//! How long a novel takes: `cargo run --release -p foolscap-exchange --example novel [TEXT]`. A book of 120,000 words, from
//! the text file that is named or else made up, goes out in every format and in again; times are printed.

use std::time::Instant;

use foolscap_exchange::{Book, Chapter, Format, Options, Part, Scene, Typeface, export, import};
use foolscap_manuscript::Document;

const WORDS: usize = 120_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = match std::env::args().nth(1) {
        Some(path) => std::fs::read_to_string(path)?,
        None => made_up(),
    };
    let book = book(&text);
    println!(
        "{} words, {} chapters, {} scenes",
        book.words(),
        book.chapters().count(),
        book.scenes().count()
    );
    let dir = tempfile::tempdir()?;
    let manuscript = Options { manuscript: Some(Typeface::Times), ..Options::default() };
    let plain = Options::default();
    let ways = [
        ("Markdown", Format::Markdown, &plain, "md"),
        ("text", Format::Text, &plain, "txt"),
        ("HTML", Format::Html, &plain, "html"),
        ("DOCX", Format::Docx, &plain, "docx"),
        ("DOCX, standard manuscript", Format::Docx, &manuscript, "manuscript.docx"),
        ("EPUB", Format::Epub, &plain, "epub"),
    ];
    println!("{:<26} {:>9} {:>9} {:>9} {:>9}", "", "kB", "out, ms", "in, ms", "words");
    for (name, format, options, extension) in ways {
        let path = dir.path().join(format!("novel.{extension}"));
        let start = Instant::now();
        let exported = export(&book, format, options, &path)?;
        let out = start.elapsed().as_millis();
        let start = Instant::now();
        let back = import(&path)?.book;
        let back_in = start.elapsed().as_millis();
        println!("{name:<26} {:>9} {out:>9} {back_in:>9} {:>9}", exported.bytes / 1000, back.words());
    }
    Ok(())
}

/// A chapter of about 4,000 words for every twelve scenes or so, as long as the text lasts and the words do.
fn book(text: &str) -> Book {
    let mut chapters: Vec<Chapter> = Vec::new();
    let mut paragraphs: Vec<&str> = Vec::new();
    let (mut all, mut words) = (0, 0);
    for paragraph in
        text.split("\n\n").map(str::trim).filter(|text| !text.is_empty() && !text.starts_with('#'))
    {
        let count = paragraph.split_whitespace().count();
        paragraphs.push(paragraph);
        (all, words) = (all + count, words + count);
        if words > 1_300 {
            let document = Document::from_plain_text(&paragraphs.join("\n\n"));
            if chapters.last().is_none_or(|chapter| chapter.scenes.len() == 3) {
                let title = Some(format!("The Chapter of {}", chapters.len() + 1));
                chapters.push(Chapter { title, scenes: Vec::new() });
            }
            if let Some(chapter) = chapters.last_mut() {
                chapter.scenes.push(Scene { title: None, document });
            }
            paragraphs.clear();
            words = 0;
        }
        if all > WORDS {
            break;
        }
    }
    let parts = vec![Part { title: None, chapters }];
    Book {
        title: "A Novel".into(),
        author: Some("Ada Writer".into()),
        language: Some("en".into()),
        parts,
        ..Book::default()
    }
}

/// Sentences of the lengths that sentences have.
fn made_up() -> String {
    const WORD: [&str; 16] = [
        "the",
        "night",
        "was",
        "over",
        "her",
        "shoulder",
        "and",
        "nobody",
        "said",
        "anything",
        "of",
        "it",
        "until",
        "rain",
        "came",
        "“softly”",
    ];
    let mut text = String::new();
    for i in 0..WORDS + WORDS / 8 {
        text.push_str(WORD[(i * 7 + i / 11) % WORD.len()]);
        text.push_str(if i % 60 == 59 {
            ".\n\n"
        } else if i % 13 == 12 {
            ". "
        } else {
            " "
        });
    }
    text
}
