//! What a scene's page may hold, as types: the same schema as the editor's (`ui/src/editor/schema.ts`), so
//! that whatever splits, merges, searches, counts, imports or exports works on blocks and marks and never on
//! loose JSON. The plain-text form is the editor's as well: what a model reads is what the page holds.

use std::fmt;

use crate::words::count_words;

mod blocks;
mod edit;
mod json;
mod text;

pub use blocks::{BlockKind, Run, Textblock};
pub use edit::{Replacement, TextRange};

/// A page: blocks, one below the other.
///
/// Any value of this type can be written; [`Document::to_json`] first brings it into the one form in which
/// the editor holds it (see [`Document::tidied`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Document {
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

/// A block of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Block {
    /// A paragraph of the story.
    Paragraph(Paragraph),
    /// A heading. It has one line: a line break in it is written as a space.
    Heading {
        /// How deep it is.
        level: Level,
        /// Its words.
        content: Vec<Inline>,
    },
    /// The sign between two scenes.
    SceneBreak,
    /// Paragraphs set off from the story: a letter, a verse.
    Blockquote(Vec<Paragraph>),
    /// A note of the author to themselves, where it belongs in the text. It is not exported, not counted, not
    /// in the plain text, and no model reads it.
    Note(Vec<Paragraph>),
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Paragraph {
    /// Its words and line breaks.
    pub content: Vec<Inline>,
}

/// What stands in a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Inline {
    /// Characters that look the same and have the same author.
    Text {
        /// The characters.
        text: String,
        /// How they look and who wrote them.
        marks: Marks,
    },
    /// A new line in the same paragraph.
    LineBreak {
        /// Marks of the words around it.
        marks: Marks,
    },
}

/// How words look and who wrote them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Marks {
    /// Emphasis, mostly set in italics.
    pub em: bool,
    /// Strong emphasis, mostly set in bold.
    pub strong: bool,
    /// The candidate these words were taken from; `None` for the author's own.
    pub machine: Option<Machine>,
}

/// The candidate that words were taken from, see [`NewSuggestion`](crate::NewSuggestion).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Machine {
    /// The request.
    pub request: String,
    /// The candidate's number among the answers to it.
    pub candidate: u32,
}

/// How deep a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The highest.
    One = 1,
    /// Below it.
    Two = 2,
    /// The lowest.
    Three = 3,
}

impl Document {
    /// Reads what the editor wrote. An empty string is the empty page; a node, mark or attribute that the
    /// schema does not have is refused by name, so that nothing is dropped unseen.
    pub fn from_json(json: &str) -> Result<Self, DocumentError> {
        json::read(json)
    }

    /// ProseMirror JSON, as the editor itself would write it.
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    /// A page that holds this text, see [`Document::plain_text`]. Line ends of Windows and old Macs become
    /// `\n`.
    pub fn from_plain_text(text: &str) -> Self {
        text::read(text)
    }

    /// The page as plain text: blocks with a blank line between them, `# ` to `### ` before a heading, `> `
    /// before each line of a quotation, `***` for a scene break; notes are left out. For every text without
    /// carriage returns, `from_plain_text(text).plain_text() == text`.
    pub fn plain_text(&self) -> String {
        text::write(self)
    }

    /// Words, notes and the signs of the plain-text form not counted; see [`count_words`].
    pub fn words(&self) -> u32 {
        let counted = self.textblocks().filter(|block| block.kind != BlockKind::Note);
        counted.map(|block| count_words(&block.text())).fold(0, u32::saturating_add)
    }

    /// The same page in the one form the editor gives it: neighbouring words with the same marks in one
    /// piece, no empty pieces, no quotation or note without a paragraph, no line breaks in headings, at least
    /// one block.
    pub fn tidied(mut self) -> Self {
        edit::tidy(&mut self);
        self
    }
}

impl Paragraph {
    /// A paragraph with these words and no marks; `\n` becomes a line break.
    pub fn plain(text: &str) -> Self {
        Self { content: Inline::lines(text, &Marks::default()) }
    }
}

impl Inline {
    /// Words with the same marks; `\n` becomes a line break.
    pub fn lines(text: &str, marks: &Marks) -> Vec<Self> {
        let mut content = Vec::new();
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                content.push(Self::LineBreak { marks: marks.clone() });
            }
            if !line.is_empty() {
                content.push(Self::Text { text: line.to_owned(), marks: marks.clone() });
            }
        }
        content
    }

    /// The characters it stands for.
    pub fn text(&self) -> &str {
        match self {
            Self::Text { text, .. } => text,
            Self::LineBreak { .. } => "\n",
        }
    }

    /// Its marks.
    pub fn marks(&self) -> &Marks {
        match self {
            Self::Text { marks, .. } | Self::LineBreak { marks } => marks,
        }
    }
}

impl Level {
    /// The level of that number, if there is one.
    pub fn new(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            3 => Some(Self::Three),
            _ => None,
        }
    }

    /// 1 to 3.
    pub fn number(self) -> u8 {
        self as u8
    }
}

/// Why a document cannot be read: what is in it that a page cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentError(pub(crate) String);

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DocumentError {}

#[cfg(test)]
mod tests;
