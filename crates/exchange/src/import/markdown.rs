//! Markdown as CommonMark has it, with the front matter that many editors write above it. A list's marker may be a
//! dialogue's dash and its number a year, so they stay with the words.

use std::collections::HashMap;
use std::path::Path;

use foolscap_manuscript::SceneStatus;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::book::Direction;
use crate::error::Error;
use crate::import::css::Css;
use crate::import::flow::{Flow, Look, Style};
use crate::import::html::{Meta, Page};
use crate::import::split::Hints;
use crate::import::{Card, Parsed};
use crate::left_out::What;
use crate::tag_soup::read_html;

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Parsed, Error> {
    let bytes = super::bytes(path)?;
    let mut flow = Flow::default();
    let text = crate::text::decode(&bytes, &mut flow.left_out);
    Ok(parse(&text, flow))
}

/// Reads a text; `flow` has what was left out so far.
pub(crate) fn parse(text: &str, flow: Flow) -> Parsed {
    let options = Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let (front, text) = front_matter(text);
    let notes = footnotes(Parser::new_ext(text, options));
    let mut reader = Reader { source: text, notes, flow, front: entries(front), ..Reader::default() };
    for (key, _) in reader.front.iter().filter(|(key, _)| !KNOWN.contains(&key.as_str())) {
        reader.flow.left_out.named(What::Metadata, key);
    }
    reader.front.retain(|(_, value)| !value.is_empty());
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range);
    }
    let Reader { flow, front, .. } = reader;
    let get =
        |names: &[&str]| front.iter().find(|(key, _)| names.contains(&key.as_str())).map(|(_, v)| v.clone());
    let language = get(&["lang", "language"]);
    Parsed {
        author: get(&["author", "authors", "creator", "by"]),
        direction: get(&["dir"]).map(|dir| Direction::of_tag(&dir)),
        language,
        hints: Hints { title: get(&["title"]), parts: get(&["parts"]).map(|parts| parts == "true") },
        card: Card {
            synopsis: get(&["synopsis", "summary"]).unwrap_or_default(),
            notes: get(&["notes"]).unwrap_or_default(),
            status: get(&["status"]).and_then(|name| status(&name)),
        },
        flow,
    }
}

/// What a front matter may say that a book can hold.
const KNOWN: [&str; 15] = [
    "title", "author", "authors", "creator", "by", "lang", "language", "dir", "parts", "draft", "synopsis",
    "summary", "notes", "status", "kind",
];

/// The status of a name.
fn status(name: &str) -> Option<SceneStatus> {
    STATUSES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, status)| *status)
}

/// What each status is called in a front matter.
pub(crate) const STATUSES: [(&str, SceneStatus); 4] = [
    ("planned", SceneStatus::Planned),
    ("draft", SceneStatus::Draft),
    ("revised", SceneStatus::Revised),
    ("done", SceneStatus::Done),
];

/// The front matter between two lines of dashes at the beginning, and the rest. What two breaks between scenes enclose is
/// no front matter, so each of its lines must look like it.
pub(crate) fn front_matter(text: &str) -> (&str, &str) {
    let Some(inner) = text.strip_prefix("---\n") else { return ("", text) };
    let looks_like_it = |line: &str| {
        let key = line.split_once(':').map(|(key, _)| key);
        let is_key = key.is_some_and(|key| !key.is_empty() && !key.contains([' ', '.', ',', '"', '“']));
        is_key || line.trim().is_empty() || line.starts_with([' ', '\t', '#']) || line.starts_with("- ")
    };
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return if start > 0 { (&inner[..start], &inner[at..]) } else { ("", text) };
        }
        if !looks_like_it(line) {
            break;
        }
    }
    ("", text)
}

/// The words of footnotes, by their label.
fn footnotes(events: Parser<'_>) -> HashMap<String, String> {
    let mut notes = HashMap::new();
    let mut label: Option<String> = None;
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => label = Some(name.to_string()),
            Event::End(TagEnd::FootnoteDefinition) => label = None,
            Event::Text(text) | Event::Code(text) => {
                if let Some(label) = &label {
                    notes.entry(label.clone()).or_insert_with(String::new).push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => {
                if let Some(text) = label.as_ref().and_then(|label| notes.get_mut(label)) {
                    text.push(' ');
                }
            }
            _ => {}
        }
    }
    notes
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    notes: HashMap<String, String>,
    flow: Flow,
    /// Keys and values of the front matter.
    front: Vec<(String, String)>,
    em: usize,
    strong: usize,
    quotes: usize,
    /// Text that is gathered to be read otherwise: HTML, code.
    gathered: Option<String>,
    in_note: bool,
    skipped: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
        if self.in_note {
            self.in_note = event != Event::End(TagEnd::FootnoteDefinition);
            return;
        }
        if self.skipped > 0 {
            match event {
                Event::Start(_) => self.skipped += 1,
                Event::End(_) => self.skipped -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => match &mut self.gathered {
                Some(gathered) => gathered.push_str(&text),
                None => self.flow.text(&text, self.look()),
            },
            Event::Code(text) => {
                self.flow.leave_out(What::Code);
                self.flow.text(&text, self.look());
            }
            Event::Html(html) => match &mut self.gathered {
                Some(gathered) => gathered.push_str(&html),
                None => self.html(&html),
            },
            Event::InlineHtml(tag) => self.tag(&tag),
            Event::FootnoteReference(label) => self.note(&label),
            Event::SoftBreak => self.flow.text(" ", self.look()),
            Event::HardBreak => self.flow.line_break(self.look()),
            Event::Rule => self.flow.scene_break(),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: std::ops::Range<usize>) {
        match tag {
            Tag::BlockQuote(_) => {
                self.flow.end_quote();
                self.quotes += 1;
            }
            Tag::Emphasis => self.em += 1,
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.flow.leave_out(What::Formatting),
            Tag::Link { .. } => self.flow.leave_out(What::Link),
            // What describes a picture is not the author's text.
            Tag::Image { .. } => {
                self.flow.leave_out(What::Picture);
                self.skipped = 1;
            }
            Tag::Table(_) => self.flow.leave_out(What::Table),
            Tag::Item => {
                self.flow.end(self.style());
                self.flow.leave_out(What::List);
                let source = self.source.get(range).unwrap_or_default();
                let marker = source.split_whitespace().next().unwrap_or_default();
                self.flow.text(&format!("{marker} "), Look::default());
            }
            Tag::CodeBlock(kind) => {
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.flow.leave_out(What::Code);
                }
                self.gathered = Some(String::new());
            }
            Tag::HtmlBlock => self.gathered = Some(String::new()),
            Tag::FootnoteDefinition(_) => self.in_note = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: std::ops::Range<usize>) {
        match tag {
            TagEnd::Heading(level) => self.heading(level, range),
            TagEnd::BlockQuote(_) => {
                self.flow.end(self.style());
                self.quotes = self.quotes.saturating_sub(1);
                self.flow.end_quote();
            }
            TagEnd::Emphasis => self.em = self.em.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell => {
                // A tag of HTML that was never closed ends with its paragraph.
                self.flow.end(self.style());
                (self.em, self.strong) = (0, 0);
            }
            TagEnd::CodeBlock => {
                let code = self.gathered.take().unwrap_or_default();
                for paragraph in code.split("\n\n") {
                    self.flow.text(paragraph, Look::default());
                    self.flow.end(self.style());
                }
            }
            TagEnd::HtmlBlock => {
                let html = self.gathered.take().unwrap_or_default();
                self.html(&html);
            }
            _ => {}
        }
    }

    fn look(&self) -> Look {
        Look { em: self.em > 0, strong: self.strong > 0 }
    }

    fn style(&self) -> Style {
        if self.quotes > 0 { Style::Quote } else { Style::Body }
    }

    fn heading(&mut self, level: HeadingLevel, range: std::ops::Range<usize>) {
        let source = self.source.get(range).unwrap_or_default().trim_end();
        let dashes = source.lines().next_back().is_some_and(|line| line.trim().chars().all(|c| c == '-'));
        let sentence = source.lines().count() > 1
            && source
                .lines()
                .rev()
                .nth(1)
                .is_some_and(|line| line.trim_end().ends_with(['.', '!', '?', '…', '”', '"', '’']));
        if self.flow.is_blank() {
            // A lone `#` is how manuscripts on paper part scenes.
            self.flow.end(Style::Body);
            self.flow.scene_break();
        } else if dashes && sentence {
            // Dashes right below a sentence part scenes, though to Markdown they make a heading of it.
            self.flow.end(self.style());
            self.flow.scene_break();
        } else {
            self.flow.end(Style::Heading { level: level as u8, part: false });
        }
    }

    fn html(&mut self, html: &str) {
        if html.trim_start().starts_with("<!--") {
            return self.flow.leave_out(What::Comment);
        }
        let (css, meta) = (Css::default(), Meta::default());
        read_html(html, &mut Page::new(&mut self.flow, &css, &meta));
        self.flow.end(self.style());
    }

    /// A tag within a paragraph.
    fn tag(&mut self, tag: &CowStr<'_>) {
        let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let (closing, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        let change = |count: usize| if closing { count.saturating_sub(1) } else { count + 1 };
        match name.as_str() {
            "em" | "i" => self.em = change(self.em),
            "strong" | "b" => self.strong = change(self.strong),
            "br" => self.flow.line_break(self.look()),
            _ if closing => {}
            "" => self.flow.leave_out(What::Comment),
            "img" => self.flow.leave_out(What::Picture),
            _ => self.flow.leave_out(What::Formatting),
        }
    }

    fn note(&mut self, label: &CowStr<'_>) {
        let Some(text) = self.notes.get(label.as_ref()) else { return };
        let text = format!("[{}]", text.split_whitespace().collect::<Vec<_>>().join(" "));
        self.flow.leave_out(What::Footnote);
        self.flow.text(&text, Look::default());
    }
}

/// The lines `key: value` of YAML, and `- value` below a key: all that says what a text is called.
pub(crate) fn entries(front: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in front.lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if let Some((_, value)) = found.last_mut() {
                let separator = if value.is_empty() { "" } else { ", " };
                *value = format!("{value}{separator}{}", unquoted(item));
            }
        } else if let Some((key, value)) =
            line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '#']))
        {
            found.push((key.trim().to_lowercase(), unquoted(value)));
        }
    }
    found
}

fn unquoted(value: &str) -> String {
    let inside = |quote: char| value.trim().strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if let Some(inner) = inside('"') {
        let mut text = String::with_capacity(inner.len());
        let mut chars = inner.chars();
        while let Some(c) = chars.next() {
            text.push(match (c, if c == '\\' { chars.next() } else { None }) {
                (_, Some('n')) => '\n',
                (_, Some(escaped)) => escaped,
                (c, None) => c,
            });
        }
        text
    } else if let Some(inner) = inside('\'') {
        inner.replace("''", "'")
    } else {
        value.trim().trim_matches(['[', ']']).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use foolscap_manuscript::Block;
    use proptest::prelude::*;

    use super::*;
    use crate::import::flow::Piece;

    fn parsed(text: &str) -> (Parsed, Vec<String>) {
        let mut parsed = parse(text, Flow::default());
        let pieces = std::mem::take(&mut parsed.flow).finish().0;
        let show = |piece: &Piece| match piece {
            Piece::Heading(heading) => format!("{} {}", heading.level, piece.text()),
            Piece::Block(Block::SceneBreak) => "***".to_owned(),
            Piece::Block(Block::Blockquote(_)) => format!("> {}", piece.text()),
            Piece::Block(_) => piece.text(),
        };
        let shown = pieces.iter().map(show).collect();
        (parsed, shown)
    }

    #[test]
    fn front_matter_says_what_a_text_is_called() {
        let text = "---\ntitle: \"A \\\"Book\\\": one\"\nauthor:\n  - Jane\n  - Joan\nlang: fr\n---\n# One\n";
        let (parsed, pieces) = parsed(text);
        assert_eq!(parsed.hints.title.as_deref(), Some("A \"Book\": one"));
        assert_eq!((parsed.author.as_deref(), parsed.language.as_deref()), (Some("Jane, Joan"), Some("fr")));
        assert_eq!(pieces, ["1 One"]);
    }

    #[test]
    fn what_breaks_between_scenes_enclose_is_no_front_matter() {
        assert_eq!(
            parsed("---\nOne day, he said: no.\n\n---\nTwo.").1,
            ["One day, he said: no.", "***", "Two."]
        );
        assert_eq!(
            parsed("Zero.\n\n---\nkey: one\n\n---\nTwo.").1,
            ["Zero.", "***", "key: one", "***", "Two."]
        );
    }

    #[test]
    fn a_dialogues_dash_and_a_year_are_no_list() {
        assert_eq!(
            parsed("- Bonjour, dit-il.\n\n1984. It was cold.").1,
            ["- Bonjour, dit-il.", "1984. It was cold."]
        );
    }

    #[test]
    fn all_the_ways_to_part_scenes_part_them() {
        for sign in ["***", "* * *", "---", "\\*\\*\\*", "#", "# #", "<center>***</center>"] {
            assert_eq!(parsed(&format!("one\n\n{sign}\n\ntwo")).1, ["one", "***", "two"], "{sign}");
        }
        assert_eq!(parsed("He left.\n---\nTwo").1, ["He left.", "***", "Two"]);
        assert_eq!(parsed("Title\n---\nTwo").1, ["2 Title", "Two"]);
    }

    #[test]
    fn notes_and_html_keep_their_words() {
        let text = "One[^a] <b>two</b><br>three <u>four</u>.\n\n[^a]: a *note*\n\n<div>five</div>\n\n> six\n> seven\n";
        assert_eq!(parsed(text).1, ["One[a note] two\nthree four.", "five", "> six seven"]);
    }

    #[test]
    fn indented_paragraphs_are_paragraphs() {
        assert_eq!(parsed("One.\n\n    Two.\n\n    Three.").1, ["One.", "Two.", "Three."]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[-*_#>\\[\\]()`~|a-c0-9.:<>/&!^ \n\\\\]{0,120}") {
            parsed(&text);
        }
    }
}
