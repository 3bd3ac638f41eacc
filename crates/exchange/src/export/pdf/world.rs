//! What Typst asks of the world around it. There is one file, ours, and nothing else: no other file, no package, no date.

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict};
use typst::layout::PagedDocument;
use typst::syntax::{FileId, Source, VirtualPath};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::{FontSlot, Fonts};
use typst_pdf::PdfOptions;

/// How a book is set.
const BOOK: &str = include_str!("book.typ");

/// One book, ready to be printed.
pub(crate) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<FontSlot>,
    main: Source,
}

impl Press {
    /// `inputs`: what the file reads as `sys.inputs`.
    pub fn new(inputs: Dict, fonts: Fonts) -> Self {
        Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            book: LazyHash::new(fonts.book),
            fonts: fonts.fonts,
            main: Source::new(FileId::new(None, VirtualPath::new("book.typ")), BOOK.to_owned()),
        }
    }

    /// The PDF's bytes: the same for the same book and fonts. Errs with what Typst says.
    pub fn print(&self) -> Result<Vec<u8>, String> {
        let set = typst::compile::<PagedDocument>(self).output;
        let printed = set.and_then(|document| typst_pdf::pdf(&document, &PdfOptions::default()));
        // It keeps what it has set, for the next time, in memory that nobody else has.
        typst::comemo::evict(0);
        printed.map_err(|problems| {
            let told: Vec<&str> =
                problems.iter().map(|SourceDiagnostic { message, .. }| message.as_str()).collect();
            told.join("; ")
        })
    }
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index)?.get()
    }

    fn today(&self, _: Option<i64>) -> Option<Datetime> {
        None
    }
}
