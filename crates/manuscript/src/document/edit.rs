//! Changing a page without losing what its words are: replacing some of them, cutting it in two, bringing it
//! into the editor's own form.

use std::ops::Range;

use super::{Block, Document, Inline, Level, Marks, Paragraph};

/// Characters of one paragraph or heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TextRange {
    /// The text block, by its number among [`Document::textblocks`].
    pub block: usize,
    /// Bytes of its [`text`](super::Textblock::text).
    pub bytes: Range<usize>,
}

/// Words to put in the place of others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Replacement {
    /// The words to take out.
    pub range: TextRange,
    /// The words to put there.
    pub with: String,
}

impl Document {
    /// Makes all these replacements at once; ranges are those of the page as it is before. New words look as
    /// the first of the old ones did, and are nobody's but the author's. Those that overlap an earlier one,
    /// or are not there, are left out. Returns how many were made.
    pub fn replace(&mut self, replacements: &[Replacement]) -> usize {
        let mut ordered: Vec<&Replacement> = replacements.iter().collect();
        ordered.sort_by_key(|r| (r.range.block, r.range.bytes.start, r.range.bytes.end));
        let mut made = 0;
        for (index, content) in self.contents_mut().into_iter().enumerate() {
            let of_block: Vec<&Replacement> =
                ordered.iter().filter(|r| r.range.block == index).copied().collect();
            if !of_block.is_empty() {
                made += replace_in(content, &of_block);
            }
        }
        tidy(self);
        made
    }

    /// Cuts the page in two at a position of the editor. A paragraph cut in the middle goes on in the second
    /// part; what is left of a heading does so as a paragraph. An edge of a block leaves no empty one behind.
    pub fn split_at(self, position: usize) -> (Self, Self) {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut at = 0;
        for block in self.blocks {
            let (start, end) = (at, at + block.size());
            at = end;
            if end <= position {
                before.push(block);
            } else if start >= position {
                after.push(block);
            } else {
                let (left, right) = cut_block(block, position - start);
                before.extend(left);
                after.extend(right);
            }
        }
        (Self { blocks: before }.tidied(), Self { blocks: after }.tidied())
    }

    /// Puts another page below this one.
    pub fn append(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
        tidy(self);
    }

    /// Whether there is nothing on it: no word, no break.
    pub fn is_blank(&self) -> bool {
        self.blocks.iter().all(|block| !matches!(block, Block::SceneBreak))
            && self.textblocks().all(|block| block.content.is_empty())
    }

    fn contents_mut(&mut self) -> Vec<&mut Vec<Inline>> {
        let mut contents = Vec::new();
        for block in &mut self.blocks {
            match block {
                Block::Paragraph(Paragraph { content }) | Block::Heading { content, .. } => {
                    contents.push(content)
                }
                Block::SceneBreak => {}
                Block::Blockquote(inner) | Block::Note(inner) => {
                    contents.extend(inner.iter_mut().map(|paragraph| &mut paragraph.content));
                }
            }
        }
        contents
    }
}

/// Brings a page into the form the editor gives it.
pub(super) fn tidy(document: &mut Document) {
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(Paragraph { content }) => tidy_content(content),
            Block::Heading { content, .. } => {
                for inline in content.iter_mut() {
                    if let Inline::LineBreak { marks } = inline {
                        *inline = Inline::Text { text: " ".to_owned(), marks: std::mem::take(marks) };
                    }
                }
                tidy_content(content);
            }
            Block::SceneBreak => {}
            Block::Blockquote(inner) | Block::Note(inner) => {
                inner.iter_mut().for_each(|paragraph| tidy_content(&mut paragraph.content));
            }
        }
    }
    document
        .blocks
        .retain(|block| !matches!(block, Block::Blockquote(inner) | Block::Note(inner) if inner.is_empty()));
    if document.blocks.is_empty() {
        document.blocks.push(Block::Paragraph(Paragraph::default()));
    }
}

fn tidy_content(content: &mut Vec<Inline>) {
    let mut tidied: Vec<Inline> = Vec::with_capacity(content.len());
    for inline in content.drain(..) {
        match (tidied.last_mut(), inline) {
            (_, Inline::Text { text, .. }) if text.is_empty() => {}
            (Some(Inline::Text { text: before, marks: of_before }), Inline::Text { text, marks })
                if *of_before == marks =>
            {
                before.push_str(&text);
            }
            (_, inline) => tidied.push(inline),
        }
    }
    *content = tidied;
}

fn replace_in(content: &mut Vec<Inline>, replacements: &[&Replacement]) -> usize {
    let text: String = content.iter().map(Inline::text).collect();
    let mut made = 0;
    let mut rebuilt = Vec::new();
    let mut at = 0;
    for replacement in replacements {
        let Range { start, end } = replacement.range.bytes.clone();
        if start < at || text.get(start..end).is_none() {
            continue;
        }
        rebuilt.extend(slice(content, at..start));
        let first = slice(content, start..end).into_iter().next();
        let first = first.or_else(|| slice(content, 0..start).pop());
        let marks = first.map(|inline| Marks { machine: None, ..inline.marks().clone() }).unwrap_or_default();
        rebuilt.extend(Inline::lines(&replacement.with, &marks));
        at = end;
        made += 1;
    }
    rebuilt.extend(slice(content, at..text.len()));
    *content = rebuilt;
    made
}

/// What stands in a range of bytes, with its marks.
fn slice(content: &[Inline], range: Range<usize>) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut at = 0;
    for inline in content {
        let text = inline.text();
        let from = range.start.clamp(at, at + text.len()) - at;
        let to = range.end.clamp(at, at + text.len()) - at;
        at += text.len();
        if from < to {
            found.push(match inline {
                Inline::Text { marks, .. } => {
                    Inline::Text { text: text[from..to].to_owned(), marks: marks.clone() }
                }
                Inline::LineBreak { marks } => Inline::LineBreak { marks: marks.clone() },
            });
        }
    }
    found
}

/// Both parts of a block that is cut inside; `position` counts from before the block.
fn cut_block(block: Block, position: usize) -> (Option<Block>, Option<Block>) {
    match block {
        Block::Paragraph(paragraph) => {
            let (left, right) = cut_paragraph(paragraph, position);
            (left.map(Block::Paragraph), right.map(Block::Paragraph))
        }
        Block::Heading { level, content } => cut_heading(level, content, position),
        // It has no inside.
        Block::SceneBreak => (Some(Block::SceneBreak), None),
        Block::Blockquote(inner) => {
            let (left, right) = cut_paragraphs(inner, position);
            (filled(left).map(Block::Blockquote), filled(right).map(Block::Blockquote))
        }
        Block::Note(inner) => {
            let (left, right) = cut_paragraphs(inner, position);
            (filled(left).map(Block::Note), filled(right).map(Block::Note))
        }
    }
}

fn cut_heading(level: Level, content: Vec<Inline>, position: usize) -> (Option<Block>, Option<Block>) {
    let (left, right) = cut_paragraph(Paragraph { content }, position);
    let heading = |paragraph: Paragraph| Block::Heading { level, content: paragraph.content };
    match (left, right) {
        (None, right) => (None, right.map(heading)),
        (left, right) => (left.map(heading), right.map(Block::Paragraph)),
    }
}

fn cut_paragraphs(inner: Vec<Paragraph>, position: usize) -> (Vec<Paragraph>, Vec<Paragraph>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    // Past the edge of the block around them.
    let mut at = 1;
    for paragraph in inner {
        let (start, end) = (at, at + paragraph.size());
        at = end;
        if end <= position {
            before.push(paragraph);
        } else if start >= position {
            after.push(paragraph);
        } else {
            let (left, right) = cut_paragraph(paragraph, position - start);
            before.extend(left);
            after.extend(right);
        }
    }
    (before, after)
}

/// A part with no words in it is none.
fn cut_paragraph(paragraph: Paragraph, position: usize) -> (Option<Paragraph>, Option<Paragraph>) {
    if paragraph.content.is_empty() {
        return (None, Some(paragraph));
    }
    let text: String = paragraph.content.iter().map(Inline::text).collect();
    // Past the paragraph's own edge; a position inside a surrogate pair is before the character.
    let mut units = position.saturating_sub(1);
    let mut bytes = 0;
    for c in text.chars() {
        if c.len_utf16() > units {
            break;
        }
        units -= c.len_utf16();
        bytes += c.len_utf8();
    }
    let part = |range| Some(Paragraph { content: slice(&paragraph.content, range) });
    (part(0..bytes).filter(has_words), part(bytes..text.len()).filter(has_words))
}

fn has_words(paragraph: &Paragraph) -> bool {
    !paragraph.content.is_empty()
}

fn filled(inner: Vec<Paragraph>) -> Option<Vec<Paragraph>> {
    (!inner.is_empty()).then_some(inner)
}
