//! Going through a page from one line of text to the next, and where each lies: in the editor's positions
//! (UTF-16 units, one for every edge of a node) and in bytes of its own text.

use std::ops::Range;

use super::{Block, Document, Inline, Level, Marks, Paragraph};

/// What kind of block words stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The story itself.
    Paragraph,
    /// A heading.
    Heading(Level),
    /// A paragraph of a quotation.
    Quote,
    /// A paragraph of a note to self.
    Note,
}

/// A paragraph or heading, wherever it stands.
#[derive(Debug, Clone, Copy)]
pub struct Textblock<'a> {
    /// Its number among the text blocks of the page, from 0.
    pub index: usize,
    /// The block of [`Document::blocks`] it is, or is in.
    pub block: usize,
    /// What it is.
    pub kind: BlockKind,
    /// The editor's position of its first character.
    pub start: usize,
    /// Its words.
    pub content: &'a [Inline],
}

/// Characters of a text block that have the same marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<'a> {
    /// Where they are in [`Textblock::text`], in bytes.
    pub range: Range<usize>,
    /// The characters; a line break is `\n`.
    pub text: &'a str,
    /// How they look and who wrote them.
    pub marks: &'a Marks,
}

impl Document {
    /// Every paragraph and heading, from top to bottom, those in quotations and notes too.
    pub fn textblocks(&self) -> impl Iterator<Item = Textblock<'_>> {
        let mut found = Vec::new();
        let mut position = 0;
        for (block, node) in self.blocks.iter().enumerate() {
            let mut add = |kind, start, content| {
                found.push(Textblock { index: found.len(), block, kind, start, content });
            };
            match node {
                Block::Paragraph(paragraph) => add(BlockKind::Paragraph, position + 1, &paragraph.content),
                Block::Heading { level, content } => add(BlockKind::Heading(*level), position + 1, content),
                Block::SceneBreak => {}
                Block::Blockquote(paragraphs) | Block::Note(paragraphs) => {
                    let quote = matches!(node, Block::Blockquote(_));
                    let kind = if quote { BlockKind::Quote } else { BlockKind::Note };
                    let mut inside = position + 1;
                    for paragraph in paragraphs {
                        add(kind, inside + 1, &paragraph.content);
                        inside += paragraph.size();
                    }
                }
            }
            position += node.size();
        }
        found.into_iter()
    }
}

impl<'a> Textblock<'a> {
    /// Its characters, line breaks as `\n`, without the signs of the plain-text form.
    pub fn text(&self) -> String {
        self.content.iter().map(Inline::text).collect()
    }

    /// Its characters in pieces of the same marks.
    pub fn runs(&self) -> impl Iterator<Item = Run<'a>> + use<'a> {
        let mut at = 0;
        self.content.iter().map(move |inline| {
            let text = inline.text();
            let range = at..at + text.len();
            at = range.end;
            Run { range, text, marks: inline.marks() }
        })
    }

    /// The editor's position of the character at a byte of [`Textblock::text`].
    pub fn position(&self, byte: usize) -> usize {
        let mut position = self.start;
        for run in self.runs() {
            let inside = byte.saturating_sub(run.range.start).min(run.text.len());
            let whole = run.text.char_indices().take_while(|(at, _)| *at < inside);
            position += whole.map(|(_, c)| c.len_utf16()).sum::<usize>();
        }
        position
    }
}

impl Block {
    /// Positions the editor gives it: one for each edge of a node and for each UTF-16 unit.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Paragraph(paragraph) => paragraph.size(),
            Self::Heading { content, .. } => 2 + size_of(content),
            Self::SceneBreak => 1,
            Self::Blockquote(paragraphs) | Self::Note(paragraphs) => {
                2 + paragraphs.iter().map(Paragraph::size).sum::<usize>()
            }
        }
    }
}

impl Paragraph {
    pub(super) fn size(&self) -> usize {
        2 + size_of(&self.content)
    }
}

fn size_of(content: &[Inline]) -> usize {
    content.iter().flat_map(|inline| inline.text().chars()).map(char::len_utf16).sum()
}
