//! Files in and out of a manuscript: Markdown, plain text, HTML, DOCX, ODT, RTF, EPUB and Scrivener projects in; Markdown,
//! plain text, HTML, DOCX and EPUB 3 out. What a format cannot hold is counted and told, and no word is lost on the way.

mod archive;
mod book;
mod error;
mod export;
mod import;
mod left_out;
mod limits;
mod markup;
mod preview;
mod tag_soup;
mod text;

pub use book::{Book, Chapter, Direction, Part, Scene};
pub use error::Error;
pub use export::{Exported, Format, Numbering, Options, Typeface, export, write_whole};
pub use import::{Imported, Kind, Titled, import, import_all, kind_of};
pub use left_out::{LeftOut, What};
pub use preview::{ChapterPreview, PartPreview, Preview, preview};
