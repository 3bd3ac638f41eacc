//! PDF: a book as it is printed, or a manuscript as editors want it. Words are shaped, and lines broken, by Parley; the file is
//! written by krilla; pages are made here. Typst, which does all of it, would be two thirds of what the project compiles.

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
