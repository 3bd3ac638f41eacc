//! Files out: a book in a format that others read, made whole in memory, written beside its place and renamed, so that
//! there is never half a file and never none where one was before.

mod docx;
mod docx_parts;
mod epub;
mod folder;
mod html;
mod manuscript;
mod markdown;
pub(crate) mod outline;
mod pdf;
mod txt;
mod whole;
mod zipped;

use std::path::Path;

use crate::book::Book;
use crate::error::Error;
use crate::left_out::{LeftOut, Tally, What};
pub use whole::write_whole;
pub(crate) use zipped::GENERATOR;

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Markdown, with title, author and language above it.
    Markdown,
    /// Plain text, without italics.
    Text,
    /// One page of HTML.
    Html,
    /// Word's DOCX.
    Docx,
    /// EPUB 3.
    Epub,
    /// PDF, to be printed or sent.
    Pdf,
    /// A folder of Markdown, a file a scene, with synopses, notes and statuses: for its author.
    Folder,
}

/// How a book is exported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Standard manuscript format, for DOCX and PDF: 12 points, double space, surname, title and page above each page.
    pub manuscript: Option<Typeface>,
    /// Address lines for the first page of a manuscript.
    pub contact: Vec<String>,
    /// Whether readers see the titles of scenes; otherwise a break stands between scenes.
    pub scene_titles: bool,
    /// What is written above a chapter.
    pub numbering: Numbering,
}

/// The typeface of a manuscript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typeface {
    /// Times New Roman.
    Times,
    /// Courier New.
    Courier,
}

/// What is written above a chapter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Numbering {
    /// Its title; its number where it has none.
    #[default]
    Titles,
    /// "3. The Storm".
    Numbers,
    /// The word in the book's language: "Chapter 3: The Storm".
    Named(String),
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Its size.
    pub bytes: u64,
    /// Words of the text in it.
    pub words: u32,
    /// What the format, or every export, leaves out.
    pub left_out: Vec<LeftOut>,
}

/// Writes a book into a file, or a folder. A file that was there is replaced when the new one is whole; a folder must be a
/// new one.
pub fn export(book: &Book, format: Format, options: &Options, path: &Path) -> Result<Exported, Error> {
    if outline::outline(book, options).is_empty() {
        return Err(Error::Empty { path: path.to_owned() });
    }
    let mut left_out = Tally::default();
    let file = |bytes: Vec<u8>| write_whole(path, &bytes).map(|()| bytes.len() as u64);
    let bytes = match format {
        Format::Markdown => file(markdown::write(book, options).into_bytes())?,
        Format::Text => file(txt::write(book, options).into_bytes())?,
        Format::Html => file(html::write(book, options).into_bytes())?,
        Format::Docx => file(docx::write(book, options)?)?,
        Format::Epub => file(epub::write(book, options)?)?,
        Format::Pdf => {
            let (bytes, missing) = pdf::write(book, options)?;
            left_out.count(What::Letter, missing);
            file(bytes)?
        }
        Format::Folder => folder::write(book, path)?,
    };
    left_out.count(What::Note, book.notes());
    if format != Format::Folder && !options.scene_titles {
        left_out.count(What::SceneTitle, book.scenes().filter(|scene| scene.title.is_some()).count());
    }
    if format == Format::Text {
        left_out.count(What::Formatting, emphasised(book));
    }
    Ok(Exported { bytes, words: book.words(), left_out: left_out.into_list() })
}

/// Passages in italics or bold.
fn emphasised(book: &Book) -> usize {
    let blocks = book.scenes().flat_map(|scene| scene.document.textblocks());
    blocks.flat_map(|block| block.content).filter(|inline| inline.marks().em || inline.marks().strong).count()
}
