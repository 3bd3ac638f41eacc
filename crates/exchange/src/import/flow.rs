//! What every reader of a format writes to: words with their marks, ends of paragraphs, breaks. It knows what makes a
//! paragraph blank, a break between scenes or a quotation, so that all formats agree on it.

use foolscap_manuscript::{Block, Inline, Marks, Paragraph};

use crate::left_out::{Tally, What};

/// A text on its way in: headings of any depth between blocks.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    pieces: Vec<Piece>,
    line: Vec<Inline>,
    /// Whether the next paragraph of a quotation carries the last one on.
    in_quote: bool,
    /// What was left out on the way.
    pub left_out: Tally,
}

/// A heading or a block below one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    Heading(Heading),
    Block(Block),
}

/// A heading as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Heading {
    /// 1 is the highest.
    pub level: u8,
    /// Whether the file says that it begins a part.
    pub part: bool,
    pub content: Vec<Inline>,
}

/// What a paragraph turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Body,
    Quote,
    Heading { level: u8, part: bool },
}

/// How words look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub em: bool,
    pub strong: bool,
}

impl Flow {
    /// Words as they are, their spaces too. A `\n` breaks the line.
    pub fn text(&mut self, text: &str, look: Look) {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.line_break(look);
            }
            self.append(line, look);
        }
    }

    /// Words of a markup in which any run of white space is one space.
    pub fn collapsed(&mut self, text: &str, look: Look) {
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        let mut piece = String::with_capacity(text.len());
        let mut after_space = match self.line.last() {
            None | Some(Inline::LineBreak { .. }) => true,
            Some(Inline::Text { text, .. }) => text.ends_with(' '),
        };
        for c in text.chars() {
            if !is_space(c) {
                piece.push(c);
            } else if !after_space {
                piece.push(' ');
            }
            after_space = is_space(c);
        }
        self.append(&piece, look);
    }

    pub fn line_break(&mut self, look: Look) {
        self.line.push(Inline::LineBreak { marks: marks(look) });
    }

    /// Whether nothing was written since the last paragraph ended.
    pub fn is_blank(&self) -> bool {
        self.line.iter().all(|inline| inline.text().chars().all(char::is_whitespace))
    }

    /// Ends the paragraph. A blank one leaves no trace, and one of nothing but ornaments is a break between scenes.
    pub fn end(&mut self, style: Style) {
        let content = trimmed(std::mem::take(&mut self.line), &mut self.left_out);
        if content.is_empty() {
            return;
        }
        let text: String = content.iter().map(Inline::text).collect();
        if is_ornament(&text) {
            return self.scene_break();
        }
        let quotes = matches!(style, Style::Quote);
        match style {
            Style::Heading { level, part } => {
                self.pieces.push(Piece::Heading(Heading { level, part, content }))
            }
            Style::Body => self.pieces.push(Piece::Block(Block::Paragraph(Paragraph { content }))),
            Style::Quote => match self.pieces.last_mut() {
                Some(Piece::Block(Block::Blockquote(paragraphs))) if self.in_quote => {
                    paragraphs.push(Paragraph { content });
                }
                _ => self.pieces.push(Piece::Block(Block::Blockquote(vec![Paragraph { content }]))),
            },
        }
        self.in_quote = quotes;
    }

    /// Takes the paragraph that is being written out of the text; None when it is blank.
    pub fn take_line(&mut self) -> Option<String> {
        let content = trimmed(std::mem::take(&mut self.line), &mut self.left_out);
        let text: String = content.iter().map(Inline::text).collect();
        (!text.is_empty()).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// What comes next is no part of the quotation before it.
    pub fn end_quote(&mut self) {
        self.in_quote = false;
    }

    pub fn scene_break(&mut self) {
        self.in_quote = false;
        if !matches!(self.pieces.last(), None | Some(Piece::Block(Block::SceneBreak))) {
            self.pieces.push(Piece::Block(Block::SceneBreak));
        }
    }

    /// The text so far, and what was left out of it.
    pub fn finish(mut self) -> (Vec<Piece>, Tally) {
        self.end(Style::Body);
        (self.pieces, self.left_out)
    }

    /// Where the text stands, for [`Flow::since`].
    pub fn mark(&mut self) -> usize {
        self.end(Style::Body);
        self.pieces.len()
    }

    /// What was written since a mark; the caller may take it away with [`Flow::rewind`].
    pub fn since(&self, mark: usize) -> &[Piece] {
        self.pieces.get(mark..).unwrap_or_default()
    }

    /// Takes away what was written since a mark.
    pub fn rewind(&mut self, mark: usize) {
        self.pieces.truncate(mark);
        self.in_quote = false;
    }

    /// Takes out what was written since a mark, to be put back by [`Flow::paste`].
    pub fn cut(&mut self, mark: usize) -> Vec<Piece> {
        self.pieces.split_off(mark.min(self.pieces.len()))
    }

    /// Puts pieces at the end.
    pub fn paste(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        self.pieces.extend(pieces);
        self.in_quote = false;
    }

    /// Gives headings of level 0, whose depth nobody told, the depth that most others have.
    pub fn settle_levels(&mut self) {
        let mut counts = [0usize; 256];
        let headings = self.pieces.iter_mut().filter_map(|piece| match piece {
            Piece::Heading(heading) => Some(heading),
            Piece::Block(_) => None,
        });
        let (unknown, known): (Vec<_>, Vec<_>) = headings.partition(|heading| heading.level == 0);
        for heading in known {
            counts[usize::from(heading.level)] += 1;
        }
        // Of equally many the higher one.
        let most = (1..=u8::MAX).rev().max_by_key(|level| counts[usize::from(*level)]).unwrap_or(1);
        for heading in unknown {
            heading.level = most;
        }
    }

    fn append(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        let new = marks(look);
        match self.line.last_mut() {
            Some(Inline::Text { text: last, marks }) if *marks == new => last.push_str(text),
            _ => self.line.push(Inline::Text { text: text.to_owned(), marks: new }),
        }
    }
}

impl Piece {
    /// Its characters, paragraphs and lines on lines of their own.
    pub fn text(&self) -> String {
        let joined = |content: &[Inline]| content.iter().map(Inline::text).collect::<String>();
        match self {
            Self::Heading(heading) => joined(&heading.content),
            Self::Block(Block::Paragraph(paragraph)) => joined(&paragraph.content),
            Self::Block(Block::Heading { content, .. }) => joined(content),
            Self::Block(Block::SceneBreak) => String::new(),
            Self::Block(Block::Blockquote(paragraphs) | Block::Note(paragraphs)) => {
                paragraphs.iter().map(|paragraph| joined(&paragraph.content)).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

fn marks(look: Look) -> Marks {
    Marks { em: look.em, strong: look.strong, machine: None }
}

/// Without white space at both ends, around line breaks, and without what no text may hold.
fn trimmed(line: Vec<Inline>, left_out: &mut Tally) -> Vec<Inline> {
    let mut content: Vec<Inline> = Vec::with_capacity(line.len());
    for inline in line {
        match inline {
            Inline::LineBreak { marks } => {
                trim_end(&mut content);
                if !content.is_empty() {
                    content.push(Inline::LineBreak { marks });
                }
            }
            Inline::Text { text, marks } => {
                let text = if text.chars().all(crate::text::is_text) {
                    text
                } else {
                    crate::text::clean(&text, left_out).replace('\n', " ")
                };
                let starts = matches!(content.last(), None | Some(Inline::LineBreak { .. }));
                let text = if starts { text.trim_start() } else { &text };
                if !text.is_empty() {
                    content.push(Inline::Text { text: text.to_owned(), marks });
                }
            }
        }
    }
    trim_end(&mut content);
    while let Some(Inline::LineBreak { .. }) = content.last() {
        content.pop();
        trim_end(&mut content);
    }
    content
}

fn trim_end(content: &mut Vec<Inline>) {
    while let Some(Inline::Text { text, .. }) = content.last_mut() {
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            break;
        }
        content.pop();
    }
}

/// Whether a paragraph is a sign between scenes: `***`, `# # #`, `⁂`, `-----` …
pub(crate) fn is_ornament(text: &str) -> bool {
    const ALONE: &str = "*#~•·⁂❦❧☙◆◇◊✦✧★☆✻✽❖∗⸻○●";
    const REPEATED: &str = "-–—_=+";
    let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    (1..=40).contains(&signs.len())
        && (signs.iter().all(|c| ALONE.contains(*c))
            || (signs.len() >= 3 && signs.iter().all(|c| REPEATED.contains(*c))))
}

impl Flow {
    /// Something that has no words, or whose words were written otherwise.
    pub fn leave_out(&mut self, what: What) {
        self.left_out.add(what);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look { em: false, strong: false };

    fn pieces(write: impl FnOnce(&mut Flow)) -> Vec<Piece> {
        let mut flow = Flow::default();
        write(&mut flow);
        flow.finish().0
    }

    #[test]
    fn white_space_of_markup_is_one_space_wherever_it_lies() {
        let pieces = pieces(|flow| {
            flow.collapsed("\n  one ", PLAIN);
            flow.collapsed(" two\n", Look { em: true, strong: false });
            flow.line_break(PLAIN);
            flow.collapsed(" three\u{a0} ", PLAIN);
        });
        assert_eq!(pieces[0].text(), "one two\nthree");
    }

    #[test]
    fn ornaments_are_breaks_and_never_stand_at_the_beginning_or_twice() {
        for sign in ["***", "* * *", "#", "⁂", "-----", "~"] {
            let pieces = pieces(|flow| {
                for text in [sign, "one", sign, sign, "two"] {
                    flow.text(text, PLAIN);
                    flow.end(Style::Body);
                }
            });
            assert_eq!(pieces.len(), 3, "{sign}");
            assert_eq!(pieces[1], Piece::Block(Block::SceneBreak), "{sign}");
        }
        assert!(!is_ornament("—"));
        assert!(!is_ornament("…"));
        assert!(!is_ornament(""));
    }

    #[test]
    fn paragraphs_of_one_quotation_stay_together_and_two_quotations_apart() {
        let quotes = |apart: bool| {
            pieces(|flow| {
                flow.text("one", PLAIN);
                flow.end(Style::Quote);
                if apart {
                    flow.end_quote();
                }
                flow.text("two", PLAIN);
                flow.end(Style::Quote);
            })
            .len()
        };
        assert_eq!((quotes(false), quotes(true)), (1, 2));
    }
}
