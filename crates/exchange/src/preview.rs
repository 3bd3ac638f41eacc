//! What an import would make, for an author to look at before anything is stored: numbers, parts and chapters by name, and
//! what does not come along.

use std::path::PathBuf;

use crate::error::Error;
use crate::import::{Imported, Kind, import_all};
use crate::left_out::LeftOut;

/// What an import would make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What the book is called.
    pub title: String,
    /// Who wrote it, where the files say so.
    pub author: Option<String>,
    /// Its language as a BCP 47 tag, where the files say so.
    pub language: Option<String>,
    /// What the first file is.
    pub kind: Kind,
    /// Parts that have a title.
    pub parts: usize,
    /// Chapters that have a title.
    pub chapters: usize,
    /// Scenes.
    pub scenes: usize,
    /// Words on all pages.
    pub words: u32,
    /// Parts, and the chapters of each, in order.
    pub outline: Vec<PartPreview>,
    /// What does not come along as it is.
    pub left_out: Vec<LeftOut>,
}

/// A part that would be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPreview {
    /// `None` for chapters that stand in no part.
    pub title: Option<String>,
    /// Its chapters.
    pub chapters: Vec<ChapterPreview>,
}

/// A chapter that would be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChapterPreview {
    /// `None` for scenes that stand in no chapter.
    pub title: Option<String>,
    /// How many scenes it has.
    pub scenes: usize,
    /// Words of all of them.
    pub words: u32,
}

/// What an import of these files in this order would make. Nothing is stored.
pub fn preview(paths: &[PathBuf]) -> Result<Preview, Error> {
    Ok(import_all(paths)?.into())
}

impl From<Imported> for Preview {
    fn from(Imported { book, kind, left_out, .. }: Imported) -> Self {
        let parts = book.parts.iter().map(|part| PartPreview {
            title: part.title.clone(),
            chapters: part
                .chapters
                .iter()
                .map(|chapter| ChapterPreview {
                    title: chapter.title.clone(),
                    scenes: chapter.scenes.len(),
                    words: chapter.scenes.iter().map(|scene| scene.document.words()).sum(),
                })
                .collect(),
        });
        let outline: Vec<PartPreview> = parts.collect();
        Self {
            parts: outline.iter().filter(|part| part.title.is_some()).count(),
            chapters: book.chapters().filter(|chapter| chapter.title.is_some()).count(),
            scenes: book.scenes().count(),
            words: book.words(),
            title: book.title,
            author: book.author,
            language: book.language,
            kind,
            outline,
            left_out,
        }
    }
}
