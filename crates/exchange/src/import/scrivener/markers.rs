//! Scrivener keeps some of its own things as characters in the text: annotations, inline footnotes, and where its styles
//! begin and end. They are taken out here, or a manuscript would be full of them.

use foolscap_manuscript::{Block, Inline, Paragraph};

use crate::import::flow::{Flow, Look, Piece, Style};
use crate::left_out::What;

/// Writes a text into `flow` without Scrivener's signs. Returns the words of its annotations.
pub(crate) fn clean(pieces: Vec<Piece>, flow: &mut Flow) -> Vec<String> {
    let mut cleaner = Cleaner { flow, inside: None, body: String::new(), annotations: Vec::new() };
    for piece in pieces {
        match piece {
            Piece::Heading(heading) => {
                let style = Style::Heading { level: heading.level, part: heading.part };
                cleaner.paragraph(&heading.content, style);
            }
            Piece::Block(Block::Paragraph(paragraph)) => cleaner.paragraph(&paragraph.content, Style::Body),
            Piece::Block(Block::Heading { level, content }) => {
                cleaner.paragraph(&content, Style::Heading { level: level.number(), part: false });
            }
            Piece::Block(Block::Blockquote(paragraphs) | Block::Note(paragraphs)) => {
                cleaner.flow.end_quote();
                for Paragraph { content } in &paragraphs {
                    cleaner.paragraph(content, Style::Quote);
                }
            }
            Piece::Block(Block::SceneBreak) => cleaner.flow.scene_break(),
        }
    }
    cleaner.finish()
}

/// What its signs enclose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Annotation,
    Footnote,
}

impl Inside {
    fn end(self) -> &'static str {
        match self {
            Self::Annotation => "\\end_Scrv_annot}",
            Self::Footnote => "\\end_Scrv_fn}",
        }
    }
}

const SIGNS: [(&str, Option<Inside>); 4] = [
    ("{\\Scrv_annot", Some(Inside::Annotation)),
    ("{\\Scrv_fn=", Some(Inside::Footnote)),
    ("<$Scr", None),
    ("<!$Scr", None),
];

/// How long the sign of a style may be.
const STYLE: usize = 60;

struct Cleaner<'a> {
    flow: &'a mut Flow,
    /// What began in this paragraph or an earlier one.
    inside: Option<Inside>,
    body: String,
    annotations: Vec<String>,
}

impl Cleaner<'_> {
    fn paragraph(&mut self, content: &[Inline], mut style: Style) {
        let text: String = content.iter().map(Inline::text).collect();
        let mut at = 0;
        while at < text.len() {
            at = match self.inside {
                Some(inside) => self.inner(&text, at, inside),
                None => self.outer(&text, at, content, &mut style),
            };
        }
        if self.inside.is_some() {
            self.body.push(' ');
        }
        self.flow.end(style);
    }

    /// Goes on to the end of what is enclosed, or of the paragraph.
    fn inner(&mut self, text: &str, at: usize, inside: Inside) -> usize {
        let Some(length) = text[at..].find(inside.end()) else {
            self.body.push_str(&text[at..]);
            return text.len();
        };
        self.body.push_str(&text[at..at + length]);
        self.inside = None;
        self.enclosed(inside);
        at + length + inside.end().len()
    }

    /// Writes words as far as the next sign, and takes that.
    fn outer(&mut self, text: &str, at: usize, content: &[Inline], style: &mut Style) -> usize {
        let next = SIGNS.iter().filter_map(|(sign, inside)| {
            let found = text[at..].find(sign)? + at;
            Some((found, *sign, *inside))
        });
        let Some((found, sign, inside)) = next.min_by_key(|(found, ..)| *found) else {
            self.words(content, at, text.len());
            return text.len();
        };
        self.words(content, at, found);
        if inside.is_some() {
            self.inside = inside;
            return found + sign.len();
        }
        let rest = &text[found..];
        match rest.find('>').filter(|end| *end <= STYLE) {
            Some(end) => {
                let level = rest[..end].strip_prefix("<$Scr_H::").and_then(|level| level.parse().ok());
                if let Some(level) = level.filter(|level| *level > 0) {
                    *style = Style::Heading { level, part: false };
                }
                found + end + 1
            }
            // It only looks like one.
            None => {
                self.words(content, found, found + sign.len());
                found + sign.len()
            }
        }
    }

    fn enclosed(&mut self, inside: Inside) {
        let body = std::mem::take(&mut self.body);
        match inside {
            Inside::Annotation => {
                let words = body.split_once("\\text=").map_or(body.as_str(), |(_, words)| words);
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                self.annotations.extend(Some(words).filter(|words| !words.is_empty()));
            }
            Inside::Footnote => {
                let words = body.split_whitespace().collect::<Vec<_>>().join(" ");
                if !words.is_empty() {
                    self.flow.leave_out(What::Footnote);
                    self.flow.text(&format!("[{words}]"), Look::default());
                }
            }
        }
    }

    /// Writes the words from a byte of the paragraph to another.
    fn words(&mut self, content: &[Inline], from: usize, to: usize) {
        let mut at = 0;
        for inline in content {
            let text = inline.text();
            let (start, end) = (from.clamp(at, at + text.len()) - at, to.clamp(at, at + text.len()) - at);
            at += text.len();
            let look = Look { em: inline.marks().em, strong: inline.marks().strong };
            self.flow.text(&text[start..end], look);
        }
    }

    fn finish(mut self) -> Vec<String> {
        // What was never closed is the text's own.
        if self.inside.take().is_some() {
            let body = std::mem::take(&mut self.body);
            self.flow.text(body.trim(), Look::default());
            self.flow.end(Style::Body);
        }
        self.annotations
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cleaned(lines: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut before = Flow::default();
        for line in lines {
            before.text(line, Look::default());
            before.end(Style::Body);
        }
        let mut flow = Flow::default();
        let annotations = clean(before.finish().0, &mut flow);
        let show = |piece: &Piece| match piece {
            Piece::Heading(heading) => format!("{} {}", heading.level, piece.text()),
            Piece::Block(Block::SceneBreak) => "***".to_owned(),
            Piece::Block(_) => piece.text(),
        };
        (flow.finish().0.iter().map(show).collect(), annotations)
    }

    #[test]
    fn styles_leave_no_sign_and_headings_are_known_by_theirs() {
        let lines = [
            "<$ScrKeepWithNext><$Scr_H::1><$Scr_Ps::0>Blah<!$Scr_Ps::0><!$Scr_H::1>",
            "a <$Scr_Cs::3>b<!$Scr_Cs::3>.",
            "<$Scr_Ps::1>#<!$Scr_Ps::1>",
            "c",
        ];
        assert_eq!(cleaned(&lines).0, ["1 Blah", "a b.", "***", "c"]);
        assert_eq!(
            cleaned(&["a <$note> b < c", "<$Scr and so on for ever"]).0,
            ["a <$note> b < c", "<$Scr and so on for ever"]
        );
    }

    #[test]
    fn annotations_are_taken_out_and_footnotes_put_into_brackets() {
        let lines = [
            "One {\\Scrv_annot \\color={\\R=1.0\\G=0.0\\B=0.0} \\text=check",
            "this\\end_Scrv_annot}two{\\Scrv_fn=A note.\\end_Scrv_fn}.",
        ];
        let (text, annotations) = cleaned(&lines);
        assert_eq!(text, ["One", "two[A note.]."]);
        assert_eq!(annotations, ["check this"]);
    }

    #[test]
    fn what_is_never_closed_is_text() {
        assert_eq!(cleaned(&["a {\\Scrv_fn=b c", "d"]).0, ["a", "b c d"]);
    }

    proptest! {
        #[test]
        fn anything_is_cleaned_and_words_without_signs_stay(lines in prop::collection::vec("(<\\$Scr|<!\\$Scr_Ps::1>|\\{\\\\Scrv_fn=|\\\\end_Scrv_fn\\}|\\{\\\\Scrv_annot \\\\text=|[a-zé<>{ ]{1,4}){0,8}", 1..5)) {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let (text, _) = cleaned(&lines);
            if lines.iter().all(|line| !line.contains('$') && !line.contains('\\')) {
                let words = |lines: &[String]| lines.join(" ").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
                let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
                prop_assert_eq!(words(&text), words(&lines));
            }
        }
    }
}
