//! A manuscript on its way in or out: what it is called, and its parts, chapters and scenes in order. It knows no
//! database and no file format, so that whoever stores manuscripts and whatever writes files meet in the middle.

use foolscap_manuscript::{Block, Document, SceneStatus};

/// A manuscript.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// What it is called; may be empty.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// The language it is written in, as a BCP 47 tag: `en`, `pt-BR`.
    pub language: Option<String>,
    /// Which way its lines run.
    pub direction: Direction,
    /// Its parts. A book without parts has one that has no title.
    pub parts: Vec<Part>,
}

/// Which way lines run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    #[default]
    LeftToRight,
    /// From right to left, as in Arabic or Hebrew.
    RightToLeft,
}

/// A part of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// `None` for chapters that stand in no part.
    pub title: Option<String>,
    /// What is to happen in it; readers never see it.
    pub synopsis: String,
    /// Its chapters.
    pub chapters: Vec<Chapter>,
}

/// A chapter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chapter {
    /// `None` for text that stands under no heading.
    pub title: Option<String>,
    /// What is to happen in it; readers never see it.
    pub synopsis: String,
    /// Its scenes.
    pub scenes: Vec<Scene>,
}

/// A scene.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scene {
    /// Its title, which readers may or may not see.
    pub title: Option<String>,
    /// What is to happen in it; readers never see it.
    pub synopsis: String,
    /// Notes to oneself about the whole of it; readers never see them.
    pub notes: String,
    /// How far it is, where that is known.
    pub status: Option<SceneStatus>,
    /// Its page.
    pub document: Document,
}

impl Book {
    /// All chapters, in order.
    pub fn chapters(&self) -> impl Iterator<Item = &Chapter> {
        self.parts.iter().flat_map(|part| &part.chapters)
    }

    /// All scenes, in order.
    pub fn scenes(&self) -> impl Iterator<Item = &Scene> {
        self.chapters().flat_map(|chapter| &chapter.scenes)
    }

    /// Words of all scenes, titles and notes to oneself not counted.
    pub fn words(&self) -> u32 {
        self.scenes().map(|scene| scene.document.words()).fold(0, u32::saturating_add)
    }

    /// Whether any part has a title.
    pub(crate) fn has_parts(&self) -> bool {
        self.parts.iter().any(|part| part.title.is_some())
    }

    /// Notes to oneself in all scenes.
    pub(crate) fn notes(&self) -> usize {
        let blocks = self.scenes().flat_map(|scene| &scene.document.blocks);
        blocks.filter(|block| matches!(block, Block::Note(_))).count()
    }
}

impl Direction {
    /// How a language is written, by its tag.
    pub(crate) fn of(language: &str) -> Self {
        const RIGHT_TO_LEFT: [&str; 9] = ["ar", "he", "iw", "fa", "ur", "yi", "ps", "sd", "ckb"];
        let language = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        if RIGHT_TO_LEFT.contains(&language.as_str()) { Self::RightToLeft } else { Self::LeftToRight }
    }

    /// What `rtl` and `ltr` say.
    pub(crate) fn of_tag(tag: &str) -> Self {
        if tag == "rtl" { Self::RightToLeft } else { Self::LeftToRight }
    }

    /// `ltr` or `rtl`, as HTML and EPUB say it.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}
