//! Files in: what kind a file is, from its content before its name, and then a book of it. Whatever a page cannot hold is
//! counted and told.

mod css;
mod docx;
pub(crate) mod docx_styles;
mod epub;
pub(crate) mod flow;
pub(crate) mod folder;
mod front;
mod html;
pub(crate) mod markdown;
mod nest;
mod odt;
mod rtf;
mod scrivener;
mod several;
pub(crate) mod split;
mod txt;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use foolscap_manuscript::SceneStatus;

use crate::archive::Archive;
use crate::book::{Book, Direction, Part, Scene};
use crate::error::Error;
use crate::left_out::{LeftOut, Tally, What};
use crate::limits;
use flow::Flow;
use nest::under_title;
pub use several::import_all;
use split::{Hints, same_words, split};

/// What can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A folder of Markdown or plain text.
    Folder,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
    /// A page of HTML.
    Html,
    /// Word's DOCX.
    Docx,
    /// LibreOffice's ODT.
    Odt,
    /// An EPUB, 2 or 3.
    Epub,
    /// RTF.
    Rtf,
    /// A Scrivener project, as a folder or zipped.
    Scrivener,
}

/// A book that was read from a file.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The book.
    pub book: Book,
    /// What the file was.
    pub kind: Kind,
    /// Where the book's title was found.
    pub titled: Titled,
    /// What did not come along as it was.
    pub left_out: Vec<LeftOut>,
}

/// Where a book's title was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Titled {
    /// In the file's name, or in a heading that the book has as well: nothing is lost with it.
    Otherwise,
    /// In what the file says of itself.
    Beside,
    /// In the text, as the heading above all of it; it stands there no more.
    InText,
}

impl Imported {
    /// The book as it is where it stands under another title than its own: a heading that was its title becomes one of its
    /// parts or chapters, and a title that the file only states is told among what is left out.
    #[must_use]
    pub fn called(mut self, title: &str) -> Self {
        let own = self.book.title.clone();
        let stands_there = |parts: &[Part]| {
            let chapters = parts.iter().flat_map(|part| &part.chapters).map(|chapter| &chapter.title);
            let mut titles = parts.iter().map(|part| &part.title).chain(chapters).flatten();
            titles.any(|title| same_words(title, &own))
        };
        match self.titled {
            _ if same_words(&own, title) => {}
            Titled::InText => self.book.parts = under_title(self.book.parts, own),
            Titled::Beside if !stands_there(&self.book.parts) => {
                let mut left_out = Tally::default();
                left_out.named(What::Title, &own);
                self.left_out.append(&mut left_out.into_list());
            }
            Titled::Beside | Titled::Otherwise => {}
        }
        self.titled = Titled::Otherwise;
        self
    }
}

/// What a reader of a format gives: the text, and what the file says of itself.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub flow: Flow,
    pub hints: Hints,
    pub author: Option<String>,
    pub language: Option<String>,
    pub direction: Option<Direction>,
    pub card: Card,
}

/// What a text says of itself that is kept beside a scene.
#[derive(Debug, Default)]
pub(crate) struct Card {
    pub synopsis: String,
    pub notes: String,
    pub status: Option<SceneStatus>,
}

impl Card {
    /// Whether it says nothing.
    pub fn is_blank(&self) -> bool {
        self.synopsis.is_empty() && self.notes.is_empty() && self.status.is_none()
    }

    /// Puts it beside a scene.
    pub fn onto(self, scene: &mut Scene) {
        (scene.synopsis, scene.notes, scene.status) = (self.synopsis, self.notes, self.status);
    }
}

/// Reads a file or folder. A book without a title of its own is called as the file is.
pub fn import(path: &Path) -> Result<Imported, Error> {
    let kind = kind_of(path)?;
    let ((mut book, is_heading), left_out) = match kind {
        Kind::Folder => {
            let mut left_out = Default::default();
            ((folder::read(path, &mut left_out)?, false), left_out)
        }
        Kind::Markdown => book_of(markdown::read(path)?),
        Kind::Text => book_of(txt::read(path)?),
        Kind::Html => book_of(html::read(path)?),
        Kind::Docx => book_of(docx::read(path)?),
        Kind::Odt => book_of(odt::read(path)?),
        Kind::Epub => book_of(epub::read(path)?),
        Kind::Rtf => book_of(rtf::read(path)?),
        Kind::Scrivener => {
            let mut left_out = Default::default();
            ((scrivener::read(path, &mut left_out)?, false), left_out)
        }
    };
    let is_blank = |book: &Book| book.words() == 0 && book.chapters().all(|chapter| chapter.title.is_none());
    if is_blank(&book) {
        return Err(Error::Empty { path: path.to_owned() });
    }
    let titled = match is_heading {
        _ if book.title.is_empty() => Titled::Otherwise,
        true => Titled::InText,
        false => Titled::Beside,
    };
    if titled == Titled::Otherwise {
        let name = if kind == Kind::Folder { path.file_name() } else { path.file_stem() };
        book.title = name.unwrap_or_default().to_string_lossy().into_owned();
    }
    Ok(Imported { book, kind, titled, left_out: left_out.into_list() })
}

/// The book, and whether its title was a heading of its text.
fn book_of(parsed: Parsed) -> ((Book, bool), Tally) {
    let Parsed { flow, hints, author, language, direction, card } = parsed;
    let (pieces, mut left_out) = flow.finish();
    let mut split = split(pieces, &hints, &mut left_out);
    let mut scenes = split.parts.iter_mut().flat_map(|part| &mut part.chapters).flat_map(|c| &mut c.scenes);
    match (scenes.next(), scenes.next()) {
        (Some(only), None) => card.onto(only),
        _ if card.is_blank() => {}
        // It is about all of them.
        _ => left_out.named(What::Metadata, "synopsis"),
    }
    // What a file says where it does not know.
    let language = language.filter(|tag| !tag.is_empty() && tag != "und");
    let by_language = || language.as_deref().map(Direction::of).unwrap_or_default();
    let direction = direction.unwrap_or_else(by_language);
    let author = author.filter(|author| !author.trim().is_empty());
    let title = split.title.unwrap_or_default();
    ((Book { title, author, language, direction, parts: split.parts }, split.is_heading), left_out)
}

/// What a file is: by its first bytes, and where these say nothing, by its name.
pub fn kind_of(path: &Path) -> Result<Kind, Error> {
    let about = std::fs::metadata(path).map_err(Error::read(path))?;
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let unknown = |what, way_out| Err(Error::Unknown { path: path.to_owned(), what, way_out });
    if about.is_dir() {
        let is_project = extension == "scriv" || scrivener::store::binder_in(path).is_ok();
        return Ok(if is_project { Kind::Scrivener } else { Kind::Folder });
    }
    if scrivener::store::is_binder(path) {
        return Ok(Kind::Scrivener);
    }
    let mut head = Vec::new();
    let file = File::open(path).map_err(Error::read(path))?;
    file.take(8192).read_to_end(&mut head).map_err(Error::read(path))?;
    let text = String::from_utf8_lossy(&head).to_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with(b"PK\x03\x04") {
        return kind_of_archive(path);
    }
    if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return unknown(
            "an old Word document (.doc), or one that is protected by a password",
            "Open it in Word or LibreOffice, save it as DOCX without a password, and import that",
        );
    }
    if head.starts_with(b"%PDF") {
        return unknown(
            "a PDF, which holds the look of pages and not their text",
            "Import the document it was made from; or open it in a program that turns PDF into DOCX, and import that",
        );
    }
    if text.starts_with("{\\rtf") {
        return Ok(Kind::Rtf);
    }
    let binary = head.contains(&0) && !head.starts_with(b"\xff\xfe") && !head.starts_with(b"\xfe\xff");
    if binary && !looks_like_utf_16(&head) {
        return unknown(
            "no text",
            "Markdown, plain text, HTML, DOCX, ODT, RTF, EPUB and Scrivener projects can be imported",
        );
    }
    let is_html = text.starts_with("<!doctype html") || text.starts_with("<html") || text.contains("<html");
    Ok(match extension.as_str() {
        "md" | "markdown" | "mdown" | "mkd" => Kind::Markdown,
        "html" | "htm" | "xhtml" => Kind::Html,
        "txt" | "text" => Kind::Text,
        _ if is_html => Kind::Html,
        _ => Kind::Text,
    })
}

fn kind_of_archive(path: &Path) -> Result<Kind, Error> {
    let mut archive = Archive::open(path, "zip")?;
    let declared = archive.find("mimetype")?.unwrap_or_default();
    let declared = String::from_utf8_lossy(&declared).trim().to_owned();
    let names = archive.names();
    let has = |name: &str| names.iter().any(|other| other == name);
    if declared == "application/epub+zip" || has("META-INF/container.xml") && !has("content.xml") {
        Ok(Kind::Epub)
    } else if declared.starts_with("application/vnd.oasis.opendocument.text") {
        Ok(Kind::Odt)
    } else if names.iter().any(|name| name.starts_with("word/")) {
        Ok(Kind::Docx)
    } else if scrivener::store::binder_of(&names).is_some() {
        Ok(Kind::Scrivener)
    } else {
        Err(Error::Unknown {
            path: path.to_owned(),
            what: "an archive that is neither DOCX, ODT, EPUB nor a Scrivener project",
            way_out: "Unpack it, and import the folder or file inside",
        })
    }
}

fn looks_like_utf_16(head: &[u8]) -> bool {
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    (even == 0 || odd == 0) && even.max(odd) * 4 > head.len()
}

/// The bytes of a text file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let file = File::open(path).map_err(Error::read(path))?;
    let mut bytes = Vec::new();
    file.take(limits::ENTRY + 1).read_to_end(&mut bytes).map_err(Error::read(path))?;
    if bytes.len() as u64 > limits::ENTRY {
        return Err(Error::TooLarge {
            path: path.to_owned(),
            part: "the whole".into(),
            limit: limits::ENTRY,
        });
    }
    Ok(bytes)
}
