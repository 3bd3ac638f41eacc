//! PDF: a book as it is printed, or a manuscript as editors want it. Words are shaped, and lines broken, by Parley; the file is
//! written by krilla; pages are made here. Typst does all of it, at a price in building (ARCHITECTURE.md).

mod blocks;
mod design;
mod draw;
mod lines;
mod pages;

use crate::book::Book;
use crate::error::Error;
use crate::export::Options;

/// The file's bytes, and how many characters no font at hand has.
///
/// # Errors
/// [`Error::Format`] when a font of this machine cannot be put into the file.
pub(crate) fn write(book: &Book, options: &Options) -> Result<(Vec<u8>, usize), Error> {
    let design = design::Design::of(book, options);
    let blocks = blocks::blocks(book, options);
    let set = lines::Setter::new(&design, book.language.as_deref()).set_all(&blocks);
    let pages = pages::paginate(&design, &blocks, &set);
    draw::draw(book, &design, &blocks, &set, &pages)
}

#[cfg(test)]
mod tests {
    use foolscap_manuscript::Document;

    use super::*;
    use crate::book::{Chapter, Direction, Part, Scene};

    fn book(text: &str) -> Book {
        let scene = Scene { document: Document::from_plain_text(text), ..Scene::default() };
        let chapter = Chapter { title: Some("One".into()), scenes: vec![scene], ..Chapter::default() };
        Book {
            title: "A Light".into(),
            author: Some("Ada Writer".into()),
            parts: vec![Part { chapters: vec![chapter], ..Part::default() }],
            ..Book::default()
        }
    }

    #[test]
    fn what_no_font_has_is_counted() {
        let options = Options::default();
        let (bytes, missing) = write(&book("Ça, naïve — “yes” … Ωмега."), &options).unwrap();
        assert!(bytes.starts_with(b"%PDF-"));
        assert_eq!(missing, 0);
        // Of private use: no font says what it is.
        assert_eq!(write(&book("A \u{f8ffe}\u{f8fff} sign."), &options).unwrap().1, 2);
    }

    #[test]
    fn words_longer_than_a_line_and_lines_that_run_from_right_to_left_are_set() {
        let long =
            book(&format!("{} end.\n\nline\nbreak\n\n\u{5e9}\u{5dc}\u{5d5}\u{5dd} one", "x".repeat(400)));
        let long = Book { language: Some("he".into()), direction: Direction::RightToLeft, ..long };
        for manuscript in [None, Some(crate::export::Typeface::Courier)] {
            let options = Options { manuscript, ..Options::default() };
            assert!(write(&long, &options).unwrap().0.len() > 1000);
        }
    }
}
