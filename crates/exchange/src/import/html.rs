//! HTML and the chapters of EPUBs: a machine over their markup that writes paragraphs, and keeps the words of what a
//! page cannot hold. Italics that only a style sheet tells of are found too, for that is how many programs write them.

use std::path::Path;

use crate::book::Direction;
use crate::error::Error;
use crate::import::Parsed;
use crate::import::css::{Css, Decorations};
use crate::import::flow::{Flow, Look, Style};
use crate::import::split::{Hints, own, same_words};
use crate::left_out::What;
use crate::markup::{Attributes, Handler};
use crate::tag_soup::read_html;

/// Reads a page of HTML that stands alone.
pub(crate) fn read(path: &Path) -> Result<Parsed, Error> {
    let bytes = super::bytes(path)?;
    let mut flow = Flow::default();
    let text = crate::text::decode(&bytes, &mut flow.left_out);
    let mut about = About::default();
    read_html(&text, &mut about);
    let mut css = Css::default();
    css.add(&about.css);
    let meta = Meta { title: about.title(), author: about.author.clone() };
    read_html(&text, &mut Page::new(&mut flow, &css, &meta));
    let direction = match about.direction.as_deref() {
        Some("rtl") => Some(Direction::RightToLeft),
        Some("ltr") => Some(Direction::LeftToRight),
        _ => None,
    };
    Ok(Parsed {
        author: about.author,
        language: about.language,
        direction,
        hints: Hints { title: meta.title, parts: own(about.generator.as_deref()) },
        flow,
        ..Parsed::default()
    })
}

/// What is known of a book before its text is read: a title page that says the same again is left out.
#[derive(Debug, Default, Clone)]
pub(crate) struct Meta {
    pub title: Option<String>,
    pub author: Option<String>,
}

/// Writes the body of a page.
pub(crate) struct Page<'a> {
    flow: &'a mut Flow,
    css: &'a Css,
    meta: &'a Meta,
    open: Vec<Element>,
    /// How many of the open elements say so.
    em: usize,
    strong: usize,
    quotes: usize,
    skipped: usize,
    preserved: usize,
    /// Where a title page began.
    title_page: Option<(usize, usize)>,
}

#[derive(Debug, Default)]
struct Element {
    kind: Kind,
    em: bool,
    strong: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Inline,
    Block,
    Heading {
        level: u8,
        part: bool,
    },
    Quote,
    Preserved,
    Skipped,
    Footnote,
}

impl<'a> Page<'a> {
    pub fn new(flow: &'a mut Flow, css: &'a Css, meta: &'a Meta) -> Self {
        let open = Vec::new();
        Self {
            flow,
            css,
            meta,
            open,
            em: 0,
            strong: 0,
            quotes: 0,
            skipped: 0,
            preserved: 0,
            title_page: None,
        }
    }

    fn look(&self) -> Look {
        Look { em: self.em > 0, strong: self.strong > 0 }
    }

    /// Ends the paragraph that is being written.
    fn end(&mut self) {
        let heading = self.open.iter().rev().find_map(|element| match element.kind {
            Kind::Heading { level, part } => Some(Style::Heading { level, part }),
            _ => None,
        });
        let quote = if self.quotes > 0 { Style::Quote } else { Style::Body };
        self.flow.end(heading.unwrap_or(quote));
    }

    /// What an element is, and what is told about it.
    fn kind(&mut self, name: &str, attributes: &Attributes) -> Kind {
        let says = |wanted: &str| {
            let lists = [attributes.exact("epub:type"), attributes.exact("role"), attributes.exact("class")];
            lists.into_iter().flatten().flat_map(str::split_whitespace).any(|word| word == wanted)
        };
        match name {
            "head" | "script" | "style" | "template" | "title" | "iframe" => Kind::Skipped,
            "nav" => {
                self.flow.leave_out(What::Contents);
                Kind::Skipped
            }
            "img" | "picture" | "svg" | "audio" | "video" | "canvas" | "object" | "embed" => {
                self.flow.leave_out(What::Picture);
                Kind::Skipped
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                Kind::Heading { level, part: says("part") || says("doc-part") }
            }
            "blockquote" => Kind::Quote,
            "pre" => Kind::Preserved,
            "table" => {
                self.flow.leave_out(What::Table);
                Kind::Block
            }
            "li" => {
                self.flow.leave_out(What::List);
                Kind::Block
            }
            "aside" if says("footnote") || says("doc-footnote") || says("endnote") => {
                self.flow.leave_out(What::Footnote);
                Kind::Footnote
            }
            "u" | "s" | "strike" | "del" | "ins" | "sup" | "sub" | "small" | "mark" | "font" => {
                // The number that calls a note is no style of the author's.
                if !says("noteref") {
                    self.flow.leave_out(What::Formatting);
                }
                Kind::Inline
            }
            "code" | "kbd" | "samp" | "math" => {
                self.flow.leave_out(What::Code);
                Kind::Inline
            }
            "a" => {
                if attributes.get("href").is_some_and(|address| address.contains("://")) {
                    self.flow.leave_out(What::Link);
                }
                Kind::Inline
            }
            "html" | "body" | "div" | "p" | "section" | "article" | "main" | "header" | "footer"
            | "aside" | "figure" | "figcaption" | "ul" | "ol" | "dl" | "dt" | "dd" | "tr" | "td" | "th"
            | "caption" | "thead" | "tbody" | "tfoot" | "address" | "center" | "details" | "summary"
            | "hgroup" | "form" | "fieldset" | "noscript" => Kind::Block,
            _ => Kind::Inline,
        }
    }

    /// Leaves a title page out when it only says what is known.
    fn end_title_page(&mut self, mark: usize) {
        let pieces = self.flow.since(mark);
        let known = |text: &str| {
            let text = text.trim();
            let by = text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "));
            let text = if by { &text[3..] } else { text };
            [&self.meta.title, &self.meta.author].into_iter().flatten().any(|known| same_words(known, text))
        };
        if self.meta.title.is_some() && pieces.iter().all(|piece| known(&piece.text())) {
            self.flow.rewind(mark);
        }
    }
}

impl Handler for Page<'_> {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        let element = if self.skipped > 0 {
            Element::default()
        } else {
            let kind = self.kind(name, attributes);
            let class = attributes.get("class").unwrap_or_default();
            let mut style = self.css.of(name, class);
            style.apply(Decorations::of(attributes.get("style").unwrap_or_default()));
            let by_name = |names: &[&str]| names.contains(&name);
            let heading = matches!(kind, Kind::Heading { .. });
            if by_name(&["br"]) {
                self.flow.line_break(self.look());
            } else if by_name(&["hr"]) {
                self.end();
                self.flow.scene_break();
            }
            if style.hidden == Some(true) || attributes.exact("hidden").is_some() {
                self.flow.leave_out(What::Hidden);
                Element { kind: Kind::Skipped, ..Element::default() }
            } else {
                Element {
                    kind,
                    em: style.italic.unwrap_or(by_name(&["em", "i", "cite", "dfn", "var"])) && !heading,
                    strong: style.bold.unwrap_or(by_name(&["strong", "b"])) && !heading,
                }
            }
        };
        if self.skipped == 0 && !matches!(element.kind, Kind::Inline | Kind::Skipped) {
            self.end();
            let types = attributes.exact("epub:type").or(attributes.exact("class")).unwrap_or_default();
            if self.title_page.is_none() && types.split_whitespace().any(|word| word == "titlepage") {
                self.title_page = Some((self.open.len(), self.flow.mark()));
            }
        }
        match element.kind {
            Kind::Skipped => self.skipped += 1,
            Kind::Preserved => self.preserved += 1,
            Kind::Quote => {
                self.flow.end_quote();
                self.quotes += 1;
            }
            Kind::Footnote => self.flow.text("[", self.look()),
            Kind::Inline | Kind::Block | Kind::Heading { .. } => {}
        }
        self.em += usize::from(element.em);
        self.strong += usize::from(element.strong);
        self.open.push(element);
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        let look = self.look();
        if self.preserved > 0 { self.flow.text(text, look) } else { self.flow.collapsed(text, look) }
    }

    fn close(&mut self, _: &str) {
        let Some(element) = self.open.last() else { return };
        let kind = element.kind;
        if self.skipped == 0 {
            if kind == Kind::Footnote {
                self.flow.text("]", Look::default());
            }
            if kind != Kind::Inline {
                self.end();
            }
        }
        match kind {
            Kind::Skipped => self.skipped -= 1,
            Kind::Preserved => self.preserved -= 1,
            Kind::Quote => {
                self.quotes -= 1;
                self.flow.end_quote();
            }
            _ => {}
        }
        if let Some(element) = self.open.pop() {
            self.em -= usize::from(element.em);
            self.strong -= usize::from(element.strong);
        }
        if let Some((_, mark)) = self.title_page.filter(|(depth, _)| *depth == self.open.len()) {
            self.title_page = None;
            self.end_title_page(mark);
        }
    }
}

/// What the head of a page says.
#[derive(Debug, Default)]
struct About {
    within: Vec<String>,
    page_title: String,
    meta_title: Option<String>,
    author: Option<String>,
    language: Option<String>,
    direction: Option<String>,
    generator: Option<String>,
    css: String,
}

impl About {
    fn title(&self) -> Option<String> {
        let title = self.meta_title.as_deref().unwrap_or(&self.page_title);
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        (!title.is_empty()).then_some(title)
    }
}

impl Handler for About {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        let content =
            || attributes.get("content").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        match (name, attributes.exact("name").unwrap_or_default().to_ascii_lowercase().as_str()) {
            ("html", _) => {
                self.language = attributes.get("lang").filter(|tag| !tag.is_empty()).map(str::to_owned);
                self.direction = attributes.exact("dir").map(str::to_owned);
            }
            ("meta", "author" | "dc.creator") => self.author = content(),
            ("meta", "generator") => self.generator = content(),
            ("meta", "dc.title") => self.meta_title = content(),
            _ => {}
        }
        self.within.push(name.to_owned());
    }

    fn text(&mut self, text: &str) {
        match self.within.last().map(String::as_str) {
            // Drawings have titles, too.
            Some("title") if !self.within.iter().any(|open| open == "svg") => self.page_title.push_str(text),
            Some("style") => self.css.push_str(text),
            _ => {}
        }
    }

    fn close(&mut self, _: &str) {
        self.within.pop();
    }
}

#[cfg(test)]
mod tests {
    use foolscap_manuscript::Block;

    use super::*;
    use crate::import::flow::Piece;

    fn pieces(html: &str) -> (Vec<Piece>, Vec<What>) {
        let mut flow = Flow::default();
        let mut css = Css::default();
        css.add(".slanted { font-style: italic } p.none { display:none }");
        let meta = Meta { title: Some("The Title".into()), author: Some("A. Writer".into()) };
        read_html(html, &mut Page::new(&mut flow, &css, &meta));
        let (pieces, left_out) = flow.finish();
        (pieces, left_out.into_list().into_iter().map(|entry| entry.what).collect())
    }

    fn shown(html: &str) -> Vec<String> {
        let show = |piece: &Piece| match piece {
            Piece::Heading(heading) => format!("{} {}", heading.level, piece.text()),
            Piece::Block(Block::Blockquote(_)) => format!("> {}", piece.text()),
            Piece::Block(Block::SceneBreak) => "***".to_owned(),
            Piece::Block(_) => piece.text(),
        };
        pieces(html).0.iter().map(show).collect()
    }

    #[test]
    fn blocks_headings_quotations_and_breaks_are_kept() {
        let html = "<h2>One <br>two</h2>loose <b>words</b><p>a<br/>b<hr><blockquote><p>q<p>r</blockquote><div>c<div>d</div>e</div>";
        assert_eq!(shown(html), ["2 One\ntwo", "loose words", "a\nb", "***", "> q\nr", "c", "d", "e"]);
    }

    #[test]
    fn italics_are_found_in_elements_classes_and_styles() {
        for html in [
            "<p>a <em>b</em> c",
            "<p>a <span class='x slanted'>b</span> c",
            "<p>a <span style='color: red; font-style: oblique'>b</span> c",
            "<p class='slanted'><span style='font-style:normal'>a </span>b<i style='font-style:normal'> c</i>",
        ] {
            let Piece::Block(Block::Paragraph(paragraph)) = &pieces(html).0[0] else { panic!("{html}") };
            let slanted = paragraph.content.iter().filter(|inline| inline.marks().em);
            let slanted: String = slanted.map(|inline| inline.text()).collect();
            assert!(slanted.trim() == "b" || html.contains("normal"), "{html}: {slanted}");
        }
    }

    #[test]
    fn what_a_page_cannot_hold_keeps_its_words_and_is_told() {
        let html = "<p>a <img alt=x> <u>b</u> <a href='http://x'>c</a><table><tr><td>d<td>e</table><ul><li>f</ul>\
                    <p class=none>g</p><script>h</script>";
        assert_eq!(shown(html), ["a b c", "d", "e", "f"]);
        let told = pieces(html).1;
        assert_eq!(
            told,
            [What::Picture, What::Formatting, What::Link, What::Table, What::List, What::Hidden]
        );
    }

    #[test]
    fn a_title_page_that_says_nothing_new_is_left_out() {
        assert_eq!(
            shown("<header class=titlepage><h1>The Title</h1><p>By A. Writer</p></header><p>a"),
            ["a"]
        );
        let more = "<header class=titlepage><h1>The Title</h1><p>To my mother</p></header>";
        assert_eq!(shown(more), ["1 The Title", "To my mother"]);
    }
}
